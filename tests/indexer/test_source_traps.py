"""Walking and standing in: patterns, given formats, standard input by its content, files that change or go while they are read."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import zstandard

from indexer.errors import NoSuchInputError
from indexer.model import UNREADABLE, Page, Rejected
from indexer.sources import PLAIN, STDIN, Reading, Record, SourceFile, fingerprint, pages, raise_if_missing, read, reader, walk
from indexer.sources.forms import DUMP
from tests.indexer.inputs import ONE, PAGE, items, outline, tarred, write, zipped
from tests.indexer.test_sources import names

# --- patterns ---


@pytest.fixture
def news(tmp_path: Path) -> Path:
    for name in ("a.html", "2023/b.html", "2023/05/c.html", "2023/d.csv", "2023/anh.jpg", "2023/README.md", ".an/e.html"):
        write(tmp_path / name, "x")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.html", ["a.html"]),
        ("**/*.html", ["2023/05/c.html", "2023/b.html", "a.html"]),
        ("2023/*", ["2023/05/c.html", "(2023/anh.jpg)", "2023/b.html", "2023/d.csv"]),
        ("**", ["a.html", "(2023/anh.jpg)", "2023/b.html", "2023/d.csv", "2023/05/c.html"]),
        ("20[12]3/?.csv", ["2023/d.csv"]),
    ],
)
def test_patterns_are_expanded_in_order(news: Path, pattern: str, found: list[str]) -> None:
    assert names(news, news / pattern) == found


def test_a_pattern_that_matches_nothing_is_an_error_and_a_name_with_brackets_is_a_name(news: Path) -> None:
    for look in (lambda path: list(walk([path])), lambda path: raise_if_missing([path])):
        with pytest.raises(NoSuchInputError, match=r"No file matches: .*\*\.warc"):
            look(str(news / "*.warc"))
    write(news / "tin[1].html", "x")
    assert names(news, news / "tin[1].html") == ["tin[1].html"]


def test_an_index_inside_a_folder_is_no_input(news: Path) -> None:
    write(news / "var" / "index" / "timtin.json", "{}")
    write(news / "var" / "index" / "engine" / "meta.json", "{}")
    write(news / "var" / "ghi-chu.txt", "x")
    assert [name for name in names(news) if name.startswith("var")] == ["var/ghi-chu.txt"]


def test_a_dump_in_a_folder_is_named(tmp_path: Path) -> None:
    write(tmp_path / "bao.sql.gz", b"")
    assert list(walk([str(tmp_path)])) == [Rejected(str(tmp_path / "bao.sql.gz"), DUMP)]


def test_a_format_is_for_what_is_named_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "xuat.dat", "id,title,text\n1,Tin,Bài\n")
    assert outline(path, Reading(format="csv")) == ["#2 1"]
    assert outline(write(tmp_path / "xuat.dat.gz", gzip.compress(path.read_bytes())), Reading(format="csv")) == ["#2 1"]
    write(tmp_path / "trang.html", PAGE)
    found = [item for source in walk([str(tmp_path)], Reading(format="csv")) if isinstance(source, SourceFile) for item in read(source)]
    assert [type(item) for item in found] == [Page]


# --- standard input ---

TEXT = "Xã Ia Rong làm đường\n\nSáng nay xã khởi công con đường dài hai cây số."
RSS = "<?xml version='1.0'?><rss><channel><item><title>T</title><link>http://a.example/1</link></item></channel></rss>"


class _Pipe(io.BytesIO):
    """Bytes that come once and cannot be gone back to."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise OSError("a pipe")


def piped(raw: bytes | str, monkeypatch: pytest.MonkeyPatch, how: Reading = PLAIN) -> str:
    """Path, type and what is most telling of each item that comes from these bytes on standard input."""
    stream = _Pipe(raw.encode() if isinstance(raw, str) else raw)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    found = []
    for item in read(SourceFile(STDIN), how):
        said = item.fields.get("id") if isinstance(item, Record) else item.kind if isinstance(item, Page) else item.reason
        found.append(f"{item.path} {type(item).__name__} {said}")
    return "\n".join(found)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (ONE, "-#1 Record a"),
        (f"\ufeff{ONE}\n{ONE}", "-#1 Record a\n-#2 Record a"),
        (f"[{ONE}]", "-#1 Record a"),
        (f'{{"data": [{ONE}]}}', "-#1 Record a"),
        (PAGE, "- Page html"),
        (TEXT, "- Page text"),
        (f"---\ntitle: Tin\n---\n{TEXT}", "- Page markdown"),
        ("id;title;text\n1;Tin;Bài", "-#2 Record 1"),
        ("id\ttitle\n1\tTin".encode("utf-16"), "-#2 Record 1"),
        (RSS, "- Skipped teasers in a feed; the articles stand at their addresses (--teasers takes what is here)"),
        (zipped({"a.html": PAGE}), "-!/a.html Page None"),
        (gzip.compress(tarred({"a.ndjson": ONE}), mtime=0), "-!/a.ndjson#1 Record a"),
        (gzip.compress(gzip.compress(ONE.encode(), mtime=0), mtime=0), "-#1 Record a"),
        (bz2.compress(PAGE), "- Page html"),
        (zstandard.ZstdCompressor().compress(ONE.encode()), "-#1 Record a"),
        (b"-- MySQL dump 10\nCREATE TABLE", f"- Rejected {DUMP}"),
        (b"\x93\xf1\x02\xee\x07" + bytes(range(32)) * 50, "- Rejected unknown kind of content; say what it is: --format"),
        (b"", ""),
        (b"\n \n", ""),
    ],
)
def test_standard_input_is_told_by_its_content(raw: bytes | str, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert piped(raw, monkeypatch) == found


@pytest.mark.parametrize(("name", "raw", "found"), [("csv", "title\nTin", "-#2 Record None"), ("md", TEXT, "- Page markdown")])
def test_a_format_that_is_given_is_believed(name: str, raw: str, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert piped(raw, monkeypatch, Reading(format=name)) == found


# --- files that change, go, or become something else ---


def touching(monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """Make a file change right after it was opened, `times` times; returns how often it was opened."""
    opened = reader.opened
    count: list[int] = []

    @contextmanager
    def changing(path: str) -> Iterator[Any]:
        with opened(path) as handle:
            yield handle if len(count) >= times else _Changed(handle, path, len(count))
            count.append(1)

    class _Changed:
        """A handle whose file is written to at the first read."""

        def __init__(self, handle: Any, path: str, number: int) -> None:
            self._handle, self._path, self._number = handle, path, number

        def __getattr__(self, name: str) -> Any:
            if name in ("read", "readline", "peek", "read1"):
                os.utime(self._path, ns=(1, 10**18 + self._number))
            return getattr(self._handle, name)

    monkeypatch.setattr(pages, "opened", changing)
    return count


def test_a_page_that_changes_while_it_is_read_is_read_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "x.html", PAGE)
    count = touching(monkeypatch, 1)
    assert items(path) == [Page(str(path), PAGE)]
    assert len(count) == 2


def test_a_page_that_keeps_changing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touching(monkeypatch, 9)
    (item,) = items(write(tmp_path / "x.html", PAGE))
    assert item == Rejected(str(tmp_path / "x.html"), "changed while it was read; the next run reads it again", UNREADABLE)


def test_records_that_are_written_to_while_they_are_read_are_named_after_what_was_read(tmp_path: Path) -> None:
    path = write(tmp_path / "x.ndjson", f"{ONE}\n" * 3)
    found = []
    for item in read(SourceFile(str(path))):
        if not found:
            with path.open("a") as handle:
                handle.write(f"{ONE}\n")
        found.append(item)
    assert [type(item) for item in found] == [Record] * 3 + [Rejected] or [type(item) for item in found] == [Record] * 4 + [Rejected]
    assert found[-1] == Rejected(str(path), "changed while it was read; the next run reads it again", UNREADABLE)


@pytest.mark.parametrize("name", ["x.html", "x.ndjson", "x.zip"])
def test_a_file_that_became_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    (source,) = walk([str(write(tmp_path / name, "x"))])
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    assert isinstance(source, SourceFile)
    assert list(read(source)) == [Rejected(str(tmp_path / name), "cannot be read: not a regular file any more", UNREADABLE)]


@pytest.mark.parametrize("name", ["x.html", "x.txt", "x.ndjson", "x.json", "x.csv", "x.zip", "x.tar", "x.warc", "x.rss", "x.ndjson.gz"])
def test_an_empty_file_is_named_once(tmp_path: Path, name: str) -> None:
    found = items(write(tmp_path / name, b""))
    assert len(found) == 1
    assert isinstance(found[0], Rejected) or found == [Page(str(tmp_path / name), b"")]


def test_names_of_any_bytes_are_read_in_archives_too(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/xu\xffong\n.zip"))
    path.write_bytes(zipped({"a.html": PAGE}))
    (source,) = walk([str(tmp_path)])
    assert isinstance(source, SourceFile)
    assert os.fsencode(source.path) == os.fsencode(path)
    assert [item.path for item in read(source)] == [rf"{tmp_path}/xu\xffong\n.zip!/a.html"]


def test_a_fingerprint_is_of_the_bytes(tmp_path: Path) -> None:
    one, two, three = write(tmp_path / "1", "a"), write(tmp_path / "2", "a"), write(tmp_path / "3", "b")
    assert fingerprint(str(one)) == fingerprint(str(two)) != fingerprint(str(three))
    assert fingerprint(str(tmp_path / "4")) is None
    assert STDIN == "-"
