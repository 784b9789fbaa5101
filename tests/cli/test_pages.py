"""`timtin extract` and `timtin doctor`: what is made of a page, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.extraction import KEYS
from cli.main import timtin
from engine.search import Searcher
from tests.cli.conftest import Command
from tests.indexer.inputs import write, zipped
from tests.indexer.portal.others import OTHER_PAGES
from tests.indexer.portal.shells import page
from tests.indexer.test_multipart import html as part_of
from tests.indexer.test_recurring import LEAST_PAGES
from tests.indexer.test_recurring import html as recurring
from tests.support import SEEDS

PAGE = SEEDS / "html" / "nukeviet-an-khe-so-ket-6-thang-2023.html"


def extracted(*arguments: str, typed: bytes | None = None) -> tuple[Result, list[dict[str, Any]]]:
    result = CliRunner().invoke(timtin, ["extract", *arguments], input=typed)
    return result, [json.loads(line) for line in result.stdout.splitlines()]


def test_an_article_has_the_documented_keys() -> None:
    result, (found,) = extracted(str(PAGE))
    assert result.exit_code == 0
    assert tuple(found) == KEYS
    assert (found["path"], found["outcome"], found["reason"], found["encoding"]) == (str(PAGE), "article", None, "utf-8")
    assert isinstance(found["body"], list)
    published, event = found["published"], found["event_date"]
    assert isinstance(published, dict)
    assert list(published) == ["date", "precision", "rule", "evidence"]
    assert isinstance(event, dict)
    assert (published["date"], event["date"]) == ("2023-06-30", "2023-06-30")


def test_every_input_gives_a_line_and_bad_ones_are_rejected_by_name(tmp_path: Path) -> None:
    """A missing file, an empty one, a folder, a file whose suffix says nothing, records with a damaged line."""
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "page").write_text(page(3).html)
    (tmp_path / "records.ndjson").write_text('{"title": "Cầu mới", "text": "Sáng 14-9-2022, xã khánh thành cầu."}\n{broken\n')
    names = ("gone.html", "empty.html", "page", "records.ndjson")
    result, found = extracted(*(str(tmp_path / name) for name in names))
    assert result.exit_code == 1
    assert [one["outcome"] for one in found] == ["rejected", "rejected", "article", "article", "rejected"]
    assert [Path(str(one["path"])).name for one in found] == ["gone.html", "empty.html", "page", "records.ndjson#1", "records.ndjson#2"]
    assert all(one["reason"] for one in found if one["outcome"] == "rejected")
    assert {tuple(one) for one in found} == {KEYS}


@pytest.mark.parametrize("index", range(0, len(OTHER_PAGES), 6))
def test_what_is_no_article_says_what_it_is_and_is_no_failure(tmp_path: Path, index: int) -> None:
    name, outcomes, html, _ = OTHER_PAGES[index]
    (tmp_path / f"{name}.html").write_text(html)
    result, (found,) = extracted(str(tmp_path / f"{name}.html"))
    assert (result.exit_code, found["outcome"] in outcomes, found["body"], found["title"]) == (0, True, [], None)


def test_standard_input_is_a_page_or_records() -> None:
    _, (one,) = extracted("-", typed=PAGE.read_bytes())
    assert (one["path"], one["outcome"]) == ("-", "article")
    record = '{"title": "Cầu mới", "text": "Sáng 14-9-2022, xã khánh thành cầu."}\n'
    _, two = extracted("-", typed=(record * 2).encode())
    assert [row["path"] for row in two] == ["-#1", "-#2"]


def test_address_and_day_of_the_crawl_date_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<h1>Xã khánh thành cầu treo Nậm Pô</h1><p>Sáng 14-9, xã khánh thành cầu treo bắc qua suối.</p>" * 2)
    _, (bare,) = extracted(str(tmp_path / "a.html"))
    _, (addressed,) = extracted("--url", "https://a.example/2022/09/cau.html", str(tmp_path / "a.html"))
    _, (crawled,) = extracted("--crawled", "2022-10-01", str(tmp_path / "a.html"))
    assert bare["published"] is None
    assert [one["published"]["date"] for one in (addressed, crawled)] == ["2022-09-14", "2022-09-14"]


def test_a_day_that_is_none_is_an_error() -> None:
    result, _ = extracted("--crawled", "hôm qua", str(PAGE))
    assert result.exit_code == 2


def doctor(run: Command, *arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("doctor", *arguments, "--json").stdout)
    return found


def test_the_doctor_names_every_rule_with_its_text(run: Command) -> None:
    told = doctor(run, PAGE)
    assert told["rules"] == ["decode:utf-8", "body:nukeviet", "title:og:title+heading", "lead:family nukeviet", "published:microdata"]
    dates = told["dates"]
    assert isinstance(dates, list)
    assert [one["verdict"] for one in dates if one["verdict"] == "taken"] == ["taken"]
    verdicts = {one["date"]: one["verdict"] for one in dates}
    assert verdicts["2021-03-18"] == "refused: a line about the licence or the copyright"
    assert verdicts["2023-07-04"] == "refused: in a box named as nav"
    lines = {line["text"]: line["why"] for line in told["left_out"]}
    assert lines["Lưu bài viết này"].endswith("lexicon, buttons 5")
    assert told["places"][0]["rule"] == "title"
    assert told["terms"]


def test_the_doctor_explains_a_page_of_an_archive_as_it_is_indexed(run: Command, tmp_path: Path) -> None:
    """With its further parts, or as one, and without the lines that recur beside it."""
    first, further = {"tin.html": part_of(1)}, {"tin-p2.html": part_of(2)}
    whole = doctor(run, write(tmp_path / "a.zip", zipped(first | further)))
    assert (whole["paragraphs"], "parts:2" in list(whole["rules"])) == (4, True)  # type: ignore[call-overload]  # JSON holds a list there
    one = doctor(run, write(tmp_path / "b.zip", zipped(further | first)))
    assert (one["outcome"], one["reason"]) == ("part", "part 2 of tin.html")
    site = doctor(run, write(tmp_path / "c.zip", zipped({f"{number}.html": recurring(number) for number in range(LEAST_PAGES)})))
    assert "recurs on this site's pages" in str(site["left_out"])


def test_the_doctor_says_the_same_in_words(run: Command) -> None:
    text = run("doctor", PAGE).stdout
    for part in ("body:nukeviet", "rule microdata", "refused: a line about the licence", "gia-lai/an-khe", "lines left out", "key terms"):
        assert part in text


def test_an_article_of_the_index_is_found_by_id_and_by_address(run: Command, archive: Searcher) -> None:
    """With the rules that made it, as they were stored."""
    from engine.model import SearchRequest

    hit = next(hit for hit in archive.search(SearchRequest(limit=100)).hits if hit.document.url and "body:nukeviet" in hit.document.rules)
    by_id, by_address = doctor(run, hit.document.doc_id), doctor(run, hit.document.url)
    assert by_id == by_address
    assert by_id["rules"] == list(hit.document.rules)
    assert by_id["encoding"] == "utf-8"


def test_a_page_that_is_no_article_is_explained_too(run: Command, tmp_path: Path) -> None:
    (tmp_path / "list.html").write_text(OTHER_PAGES[0][2])
    result = run("doctor", tmp_path / "list.html")
    assert result.exit_code == 1
    assert "linked headlines" in result.stdout


def test_what_is_neither_file_nor_article_is_1_and_said(run: Command) -> None:
    result = run("doctor", "khong-co")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "khong-co" in result.stderr
