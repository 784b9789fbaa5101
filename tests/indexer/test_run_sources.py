"""Runs over archives, tables and feeds: known again when unchanged, read again when read otherwise, and no damage loses a document."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from indexer import beside
from indexer.documents import document
from indexer.model import Article
from indexer.run import Options, index_paths
from indexer.sources import Reading, reading
from tests.indexer.inputs import write, zipped
from tests.indexer.test_run import counts, record, titles

TEXT = "Sáng 3/5/2023, xã Ia Rong khởi công con đường liên thôn số {} dài hai cây số, người dân góp một nửa số vốn."


def page(number: int) -> str:
    text = TEXT.format(number)
    return f"<html><head><title>Tin {number}</title></head><body><h1>Tin đường số {number}</h1><p>{text}</p><p>{text}</p></body></html>"


@pytest.fixture
def index(tmp_path: Path, analyzer: ArticleAnalyzer) -> Index:
    return Index.create(tmp_path / "index", analyzer, "memory")


def test_an_archive_is_one_input_that_is_known_again(index: Index, tmp_path: Path) -> None:
    archive = write(tmp_path / "a.zip", zipped({"1.html": page(1), "2.html": page(2), "x.ndjson": record("n", "ba"), "anh.png": "x"}))
    first = index_paths(index, [str(archive)])
    assert (counts(first), first.skipped, first.inputs) == ({"added": 3}, 1, 4)
    second = index_paths(index, [str(archive)])
    assert (counts(second), second.inputs) == ({"unchanged": 4}, 4)


def test_an_archive_without_a_member_it_had_loses_its_document_only(index: Index, tmp_path: Path) -> None:
    archive = write(tmp_path / "a.zip", zipped({"1.html": page(1), "2.html": page(2)}))
    index_paths(index, [str(archive)])
    write(archive, zipped({"1.html": page(1)}))
    assert counts(index_paths(index, [str(archive)])) == {"unchanged": 1, "removed": 1}


def test_a_damaged_member_or_archive_keeps_what_was_indexed(index: Index, tmp_path: Path) -> None:
    whole = zipped({"1.html": page(1), "2.html": page(2)}, 0)
    archive = write(tmp_path / "a.zip", whole)
    index_paths(index, [str(archive)])
    broken = bytearray(whole)
    broken[whole.index("liên thôn số 2".encode())] ^= 1
    write(archive, bytes(broken))
    assert counts(index_paths(index, [str(archive)])) == {"unchanged": 1, "rejected": 1}
    write(archive, whole[:-10])
    assert counts(index_paths(index, [str(archive)])) == {"unchanged": 2, "rejected": 1}
    write(archive, whole[: whole.index(b"2.html") + 50])
    assert counts(index_paths(index, [str(archive)])) == {"unchanged": 1, "rejected": 2}
    assert sum(titles(index).values()) == 2
    write(archive, whole)
    assert counts(index_paths(index, [str(archive)])) == {"unchanged": 2}


def test_a_file_of_another_time_and_the_same_bytes_is_not_read_again(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = write(tmp_path / "a.zip", zipped({"1.html": page(1)}))
    index_paths(index, [str(archive)])
    os.utime(archive, (1, 1))
    monkeypatch.setattr(beside, "read", lambda *_: pytest.fail("it was read"))
    assert counts(index_paths(index, [str(archive)])) == {"unchanged": 1}


def test_a_table_that_is_read_otherwise_is_read_again(index: Index, tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", "id,title,ten,text\n1,Tin một,Tin hai,Bài về đường.\n")
    assert counts(index_paths(index, [str(table)])) == {"added": 1}
    assert counts(index_paths(index, [str(table)], Options(reading(maps=["title=ten"])))) == {"updated": 1}
    assert counts(index_paths(index, [str(table)], Options(reading(maps=["title=ten"])))) == {"unchanged": 1}
    assert titles(index) == {"hai": 1}


def test_a_mapping_that_does_not_fit_removes_nothing(index: Index, tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", "ma,ten,bai\n1,Tin một,Bài về đường.\n")
    how = reading(maps=["id=ma", "title=ten", "body=bai"])
    index_paths(index, [str(table)], Options(how))
    assert counts(index_paths(index, [str(table)])) == {"rejected": 1}
    assert counts(index_paths(index, [str(table)], Options(reading(maps=["title=khac"])))) == {"rejected": 1}
    assert titles(index) == {"một": 1}
    assert counts(index_paths(index, [str(table)], Options(how))) == {"unchanged": 1}


def test_an_input_that_is_due_is_read_as_it_was(index: Index, tmp_path: Path) -> None:
    """The table repeats a text; when the other file changes, it is read again by its own mapping, given in another run."""
    write(tmp_path / "a.ndjson", record("1", "một"))
    write(tmp_path / "b.dat", "ma,ten,bai\n2,Tin một,Thân bài một.\n")
    index_paths(index, [str(tmp_path / "a.ndjson")])
    how = reading(maps=["id=ma", "title=ten", "body=bai"], format_name="csv")
    assert counts(index_paths(index, [str(tmp_path / "b.dat")], Options(how))) == {"duplicate": 1}
    write(tmp_path / "a.ndjson", record("1", "khác"))
    assert counts(index_paths(index, [str(tmp_path / "a.ndjson")])) == {"updated": 1, "added": 1}
    assert titles(index) == {"khác": 1, "một": 1}


def test_the_report_says_what_was_skipped_once_for_each_kind(index: Index, tmp_path: Path) -> None:
    feed = "<rss><channel>" + "<item><title>Tin</title><link>http://bao.example/1</link></item>" * 3 + "</channel></rss>"
    report = index_paths(index, [str(write(tmp_path / "a.rss", feed))])
    assert (report.skipped, report.inputs, len(report.skips)) == (3, 3, 1)
    assert report.as_dict()["skips"] == [
        {"path": str(tmp_path / "a.rss"), "count": 3, "reason": report.skips[0].reason},
    ]
    taken = index_paths(index, [str(tmp_path / "a.rss")], Options(Reading(teasers=True)))
    assert taken.skipped == 0


# --- ids of a source ---


@pytest.mark.parametrize("given", [".", "..", "../x", "a/../b", "a/..", "..\\x", "%2e%2e", ".%2E/x", "a/./b"])
def test_an_id_that_would_walk_about_in_an_address_is_replaced(given: str) -> None:
    made = document(Article("Tin", "", ("Bài.",)), "/x/a.ndjson#1", given)
    assert made.doc_id.isalnum()
    assert made.doc_id == document(Article("Khác"), "/y#2", given).doc_id, "the same id stays the same document"


@pytest.mark.parametrize("given", ["a.json", "...", "a..b", "tin.tuc/1", "https://bao.example/1", "..a", ".an"])
def test_other_ids_are_kept(given: str) -> None:
    assert document(Article("Tin", "", ("Bài.",)), "/x/a.ndjson#1", given).doc_id == given


def test_what_is_streamed_has_an_id_of_its_text() -> None:
    one, two = (Article(title, "", ("Bài.",)) for title in ("Một", "Hai"))
    for path in ("-", "-#1", "-!/a.html", "-!/a.ndjson#1"):
        assert document(one, path).doc_id == document(one, "-#99").doc_id != document(two, path).doc_id
