"""`timtin export`, `--fields` and `count --batch`: what other programs take up."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli.export import FIELDS
from cli.main import timtin
from engine.model import AnalyzedDocument
from engine.search import Searcher
from engine.serialize import HIT_KEYS
from engine.table import COLUMNS
from tests.cli.conftest import Command

READ_AGAIN = ("id", "title", "lead", "body", "url", "source", "author", "category", "published")


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_everything_is_exported_whole_the_oldest_first(run: Command, seeds: tuple[AnalyzedDocument, ...]) -> None:
    done = run("export")
    found = lines(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert {one["id"]: (one["title"], "\n".join(one["body"])) for one in found} == {
        item.document.doc_id: (item.document.title, item.document.body) for item in seeds
    }
    assert {tuple(one) for one in found} == {FIELDS}
    days = [one["published"] for one in found if one["published"]]
    assert len(days) > 50
    assert [day[:4] for day in days] == sorted(day[:4] for day in days)
    assert [one["published"] is None for one in found] == sorted(one["published"] is None for one in found)


def exported_twice(run: Command, tmp_path: Path) -> tuple[str, str]:
    """An export, and the export of an index made of it."""
    first = run("export").stdout
    (tmp_path / "first.ndjson").write_text(first, "utf-8")
    again = tmp_path / "again"
    assert CliRunner().invoke(timtin, ["index", str(tmp_path / "first.ndjson"), "--index", str(again), "--workers", "0"]).exit_code == 0
    return first, run("export", "--index", again).stdout


def test_what_is_exported_can_be_indexed_again(run: Command, tmp_path: Path, seeds: tuple[AnalyzedDocument, ...]) -> None:
    """Word for word, also a first paragraph that is the title."""

    def texts(text: str) -> dict[str, dict[str, Any]]:
        return {one["id"]: {name: one[name] for name in READ_AGAIN} for one in lines(text)}

    before, after = map(texts, exported_twice(run, tmp_path))
    assert after == {doc_id: before[doc_id] for doc_id in after}
    assert len(before) == len(seeds)
    assert len(after) == len({(item.document.title, item.document.body) for item in seeds})  # a text that is there already is a duplicate


ODD = (
    ("title.txt", "Sáng nay mưa to ở Ia Tô.\nBà con vui.\n"),
    ("report.txt", "Sáng 12/10/2024, xã Ia Tô họp dân.\n"),
    ("tags.txt", "Học gõ thẻ ở Ia Tô\nThẻ <b>đậm</b> và &amp; là gì?\nGõ <p>một đoạn</p> rồi <br> là xong.\n"),
    ("old.txt", "Ho so xa Ia To 2024\nXa Ia To hop dan, ban lam duong vao lang O.\n"),
    ("lead.ndjson", '{"id": "../a b", "title": "Xã họp", "lead": "Xã họp dân.", "text": ["Xã họp dân.", "Xã họp dân."]}\n'),
    ("undated.html", "<title>Họp dân Ia Tô</title><h1>Họp dân Ia Tô</h1><p>12/10/2024 08:00</p><p>Xã Ia Tô họp dân bàn làm đường mới.</p>"),
)


def test_an_export_is_a_backup_of_odd_articles_too(tmp_path: Path) -> None:
    """Of paragraphs that are the title, text about HTML, and articles that rules would read otherwise a second time."""
    for name, text in ODD:
        (tmp_path / name).write_text(text, "utf-8")
    first, second = tmp_path / "first", tmp_path / "second"

    def run(*args: object) -> str:
        done = CliRunner().invoke(timtin, [*map(str, args), "--workers", "0"] if args[0] == "index" else [*map(str, args)])
        assert done.exit_code == 0, done.output
        return done.stdout

    run("index", *(tmp_path / name for name, _ in ODD), "--index", first)
    out = run("export", "--index", first)
    (tmp_path / "out.ndjson").write_text(out, "utf-8")
    run("index", tmp_path / "out.ndjson", "--index", second)
    assert len(lines(out)) == len(ODD)
    assert run("export", "--index", second) == out


@pytest.mark.parametrize("words", [("nông thôn mới",), ("thu ngân sách", "--noi", "gia-lai"), ("họp", "--tu", "2024"), ("--ngay", "2023")])
def test_what_matches_is_exported_near_duplicates_too(run: Command, words: tuple[str, ...]) -> None:
    searched = lines(run("search", *words, "--gop", "khong", "--sua", "khong", "--limit", "1000", "--ndjson").stdout)
    found = [one["id"] for one in lines(run("export", *words).stdout)]
    assert sorted(found) == sorted(one["doc_id"] for one in searched if not one["folded"])
    assert found


def test_a_table_has_a_row_for_each_and_columns_can_be_chosen(run: Command, archive: Searcher) -> None:
    rows = [*csv.DictReader(io.StringIO(run("export", "--csv").stdout))]
    assert len(rows) == archive.index.snapshot().count()
    assert [*rows[0]] == [*READ_AGAIN, "places", "terms"]
    assert any("An Khê" in row["places"] for row in rows)
    [first, *_] = csv.DictReader(io.StringIO(run("export", "--csv", "--fields", "body, periods,id").stdout))
    assert [*first] == ["body", "periods", "id"]
    assert "\n" not in first["body"]
    assert first["body"] == " ".join(line for line in lines(run("export").stdout)[0]["body"])


def test_fields_are_chosen_in_order(run: Command) -> None:
    found = lines(run("search", "họp", "--ndjson", "--fields", "title,rank").stdout)
    assert [[*one] for one in found] == [["title", "rank"]] * len(found)
    assert [one["rank"] for one in found] == [*range(1, len(found) + 1)]
    table = run("search", "họp", "--csv", "--fields", "date,title", "--limit", "2").stdout
    assert table.splitlines()[0] == "date,title"
    assert [row["title"] for row in csv.DictReader(io.StringIO(table))] == [one["title"] for one in found[:2]]
    assert lines(run("export", "--fields", "id").stdout)[0].keys() == {"id"}


def test_the_keys_of_a_hit_are_those_that_can_be_chosen(run: Command) -> None:
    [hit] = lines(run("search", "họp", "--ndjson", "--limit", "1").stdout)
    assert tuple(hit) == HIT_KEYS
    [explained] = lines(run("search", "họp", "--ndjson", "--limit", "1", "--explain").stdout)
    assert tuple(explained) == (*HIT_KEYS, "explanation")


@pytest.mark.parametrize(
    ("arguments", "known"),
    [
        (("search", "họp", "--csv"), COLUMNS),
        (("search", "họp", "--ndjson"), HIT_KEYS),
        (("export",), FIELDS),
        (("export", "--csv"), FIELDS),
    ],
)
def test_a_field_that_there_is_not_is_named_with_those_there_are(run: Command, arguments: tuple[str, ...], known: tuple[str, ...]) -> None:
    result = run(*arguments, "--fields", "title,tieu_de")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'tieu_de'" in result.stderr
    assert ", ".join(known) in result.stderr
    assert run(*arguments, "--fields", " , ").exit_code == 2


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_fields_of_what_has_none_are_refused(run: Command, form: tuple[str, ...]) -> None:
    result = run("search", "họp", "--fields", "title", *form)
    assert result.exit_code == 2
    assert "--ndjson or --csv" in result.stderr


def test_conditions_that_are_not_understood_are_said(run: Command) -> None:
    done = run("export", "họp ngày:2023-13")
    assert done.exit_code == 0
    assert "Không hiểu ngày “2023-13”" in done.stderr


def test_an_explanation_is_a_field_where_there_is_one(run: Command) -> None:
    [one] = lines(run("search", "họp", "--ndjson", "--limit", "1", "--explain", "--fields", "doc_id,explanation").stdout)
    assert one["explanation"]["value"] > 0
    assert run("search", "họp", "--ndjson", "--fields", "explanation").exit_code == 2


def test_nothing_to_export_is_1(run: Command) -> None:
    assert (run("export", "khongcotunaynhuthe").exit_code, run("export", "khongcotunaynhuthe").stdout) == (1, "")
    assert run("export", "khongcotunaynhuthe", "--csv", "--fields", "id").stdout == "id\n"
    assert run("export", "--noi", "Xứ Ngàn Hoa").exit_code == 2


# --- count --batch ---


def counted(archive: Searcher, given: bytes, *flags: str) -> tuple[int, str, str]:
    arguments = ["count", "--batch", "--index", str(archive.index.directory), *flags]
    result = CliRunner().invoke(timtin, arguments, input=given)
    return result.exit_code, result.stdout, result.stderr


def test_queries_are_counted_a_line_each_as_alone(run: Command, archive: Searcher) -> None:
    queries = ["nông thôn mới", "thu ngan sach", "khongcotunaynhuthe", "", '"hội nghị" -xã']
    alone = [run("count", query).stdout.strip() for query in queries]
    status, out, _ = counted(archive, "\n".join(queries).encode())
    assert status == 0
    assert out.splitlines() == [f"{number}\t{query}" for number, query in zip(alone, queries, strict=True)]


def test_filters_hold_for_each_and_notices_name_their_query(run: Command, archive: Searcher) -> None:
    status, out, err = counted(archive, "nông thôn mới\r\nhọp\r\n".encode("utf-8-sig"), "--tu", "2024")
    assert status == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == [
        run("count", query, "--tu", "2024").stdout.strip() for query in ("nông thôn mới", "họp")
    ]
    assert "timtin: line 1, nông thôn mới: Tìm cả" in err


def test_lines_that_are_no_text_are_queries_all_the_same(archive: Searcher) -> None:
    status, out, err = counted(archive, b"\xff\xfe\x00\n" + "họp\tbáo\x1b[31m".encode())
    assert status == 0
    assert out.count("\n") == out.count("\t") == 2
    assert "\x1b" not in out + err


def test_a_notice_names_a_long_query_by_its_beginning_and_a_line_without_end_is_refused(archive: Searcher) -> None:
    status, _, err = counted(archive, ("(((" + " họp" * 400).encode())
    said = err.splitlines()
    assert status in (0, 1)
    assert said
    assert len(set(said)) == len(said)
    assert max(map(len, said)) < 400
    status, out, err = counted(archive, b"h\n" + b"\0" * 100_000)
    assert (status, out.count("\n")) == (2, 1)
    assert "longer than 64000 bytes" in err


def test_nothing_counted_is_1_and_two_ways_to_ask_are_refused(archive: Searcher) -> None:
    assert counted(archive, b"")[:2] == (1, "")
    assert counted(archive, b"khongcotunaynhuthe\n")[0] == 1
    status, _, err = counted(archive, b"", "họp")
    assert status == 2
    assert "--batch" in err


def test_an_export_that_finds_nothing_says_what_a_search_would_find(run: Command) -> None:
    """A search takes most of the words for enough, an export does not."""
    words = ("nông", "thôn", "mới", "thu", "ngân", "sách", "qwzx")
    assert run("search", *words).exit_code == 0
    done = run("export", *words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert re.search(
        r"timtin: no article holds all words, and only such are exported; \d+ hold most of them: write fewer words", done.stderr
    )
    assert run("export", "qwzx").stderr == ""
