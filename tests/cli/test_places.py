"""`timtin places`: mentions with their rules, and what the text is about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analyzers.places import PlaceFinder, store
from analyzers.places.model import PlaceRole
from cli.main import timtin
from cli.places import ERA_RULES, MENTION_RULES, PLACE_RULES
from engine.dates import parse_partial
from tests.analyzers.test_places_tagger import analyzed

TEXT = "UBND thị xã An Khê (tỉnh Gia Lai) họp; xã Tân Thành nghe. Xe từ Lai Châu về."


def placed(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(timtin, ["places", *arguments], input=typed)


def answer(*arguments: str) -> dict[str, Any]:
    result = placed(*arguments, "--json")
    assert result.exit_code in (0, 1), result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_table_names_span_unit_rule_and_resolution() -> None:
    result = placed(TEXT, "--date", "2023-06")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert any(line.startswith("5–18") and "thị xã An Khê (Gia Lai)" in line and "address:" in line for line in lines)
    assert any("? (27)" in line and "ambiguous:" in line for line in lines)
    assert any(line.startswith("  may be xã Tân Thành (") and "and 23 more" in line for line in lines)
    assert "primary: thị xã An Khê (gia-lai/an-khe; today gia-lai/an-binh, gia-lai/an-khe, gia-lai/cuu-an): named in the lead" in lines
    assert "map of: 2023-06-01 (the date given)" in lines


def test_json_carries_the_same_with_spans_of_the_text() -> None:
    found = answer(TEXT, "--date", "2023")
    assert [found["text"][one["start"] : one["end"]] for one in found["mentions"]] == [one["text"] for one in found["mentions"]]
    assert [(one["text"], one["unit"], one["rule"]) for one in found["mentions"]][:2] == [
        ("thị xã An Khê", "d623:o", "address"),
        ("tỉnh Gia Lai", "p64:o", "typed"),
    ]
    assert len(found["mentions"][2]["candidates"]) == 27
    assert (found["places"][0]["path"], found["places"][0]["role"], found["places"][0]["rule"]) == ("gia-lai/an-khe", "primary", "lead")
    assert found["era"] == {"day": "2023-01-01", "rule": "date"}


@pytest.mark.parametrize(
    ("text", "era"),
    [
        ("Năm 2021, huyện Đắk Song họp.", {"day": "2021-12-31", "rule": "text"}),
        ("Hà Nội mưa.", {"day": "today", "rule": "both"}),
        ("Trời nắng.", None),
    ],
)
def test_the_era_says_how_it_was_found(text: str, era: dict[str, str] | None) -> None:
    assert answer(text)["era"] == era


def test_lines_are_answered_one_by_one() -> None:
    result = placed("-", "--ndjson", typed="Phường Tây Sơn họp.\n\nHuyện Đắk Song họp.\n")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [len(one["places"]) for one in found] == [0, 1]
    assert (found[0]["mentions"][0]["rule"], len(found[0]["mentions"][0]["candidates"])) == ("ambiguous", 3)
    assert result.exit_code == 0
    assert placed("-", typed="Trời nắng.\n").exit_code == 1


def test_the_source_settles_what_the_text_leaves_open(elsewhere: Path) -> None:
    by_host = answer("Xã Trường Xuân họp.", "--date", "2021", "--url", "https://daksong.daknong.gov.vn/bai")
    assert (by_host["places"][0]["path"], by_host["places"][0]["rule"]) == ("dak-nong/dak-song/truong-xuan", "home")
    assert by_host["home"]["origin"] == "host"
    (elsewhere / "timtin.toml").write_text('[homes]\n"Bản tin A" = "dak-nong/dak-song"\n', encoding="utf-8")
    by_name = answer("Xã Trường Xuân họp.", "--date", "2021", "--source", "Bản tin A")
    assert (by_name["places"], by_name["home"]["origin"]) == (by_host["places"], "setting")


def test_a_date_that_is_none_is_an_error() -> None:
    result = placed("An Khê", "--date", "hôm nào")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "hôm nào" in result.stderr


def test_every_rule_there_is_has_its_words() -> None:
    """Rules are collected from texts that show each of them."""
    texts: list[tuple[str, str | None, str | None]] = [
        ("Xã Trường Xuân họp. Xã Trường Xuân vui.", "2021", "dak-nong/dak-song"),
        (TEXT, "2023", None),
        ("Xã Nam Đông, tỉnh Lâm Đồng họp.", "2026", None),
        ("Thành ủy họp ở phường Tây Sơn, tỉnh Vân Nam.", "2023", None),
        ("Sa Pa mưa. Phường Bình An họp.", None, None),
        ("Huế", "2024", None),
    ]
    finder = PlaceFinder()
    seen, roles = set[str](), set[PlaceRole]()
    for text, day, home in texts:
        found = finder.find([analyzed(""), analyzed(""), analyzed(text)], parse_partial(day).first_day if day else None, home=home)
        seen |= {one.rule for one in found.mentions}
        roles |= {one.role for one in found.places}
        assert {one.rule for one in found.places} <= set(PLACE_RULES)
        assert found.era is None or found.era.rule in ERA_RULES
    assert {"home", "ambiguous", "contradicted", "unknown", "typed", "address", "province", "unique"} <= seen <= set(MENTION_RULES)
    assert roles == {"primary", "secondary", "mentioned"}


@pytest.fixture
def damaged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The gazetteer's main file as a cut-off copy leaves it."""
    read = store._read
    monkeypatch.setattr(store, "_read", lambda name: read(name)[:-40] if name == store.UNITS else read(name))
    store.load.cache_clear()
    yield
    store.load.cache_clear()


@pytest.mark.usefixtures("damaged")
@pytest.mark.parametrize("arguments", [["places", "An Khê"], ["analyze"], ["stats"]])
def test_a_damaged_gazetteer_is_one_clear_line(arguments: list[str]) -> None:
    result = CliRunner().invoke(timtin, arguments, input="An Khê\n")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "units.tsv is damaged" in result.stderr
    assert "python -m analyzers.places.build" in result.stderr
