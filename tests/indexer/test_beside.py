"""Pages of archives: further parts are joined and recurring lines learnt there as in a folder."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.model import Document, SearchRequest
from engine.search import Searcher
from indexer import beside
from indexer.batches import BATCH_BYTES, batches
from indexer.model import Beside, Page
from indexer.report import IndexReport
from indexer.run import Options, index_paths
from indexer.sources import PLAIN, SourceFile, walk
from tests.indexer.inputs import tarred, write, zipped
from tests.indexer.test_multipart import html as part
from tests.indexer.test_recurring import LEAST_PAGES, html

PARTS = {"bai/tin-p2.html": part(2), "bai/tin-p3.html": part(3), "bai/tin.html": part(1), "khac/tin-p2.html": part(4)}
"""The first part stands last of its series; the page in another folder is no part of it."""
SITE = {f"trang/{number:03}.html": html(number) for number in range(LEAST_PAGES + 2)}


def warc(pages: Mapping[str, str]) -> bytes:
    """A web archive of these pages at their addresses on one site."""
    records = []
    for name, page in pages.items():
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://hoatien.example/{name}\r\nWARC-Date: 2023-05-04T20:00:00Z\r\n"
        head += f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
        records.append(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    return b"".join(records)


PACKERS: dict[str, Callable[[Mapping[str, str]], bytes]] = {
    "x.zip": zipped, "x.tar": tarred, "x.tar.gz": lambda members: tarred(members, "w:gz"), "x.warc.gz": warc,
    "x.zip.tar": lambda members: tarred({"trong.zip": zipped(members)}),
}  # fmt: skip


def indexed(path: Path, analyzer: ArticleAnalyzer, workers: int = 0) -> tuple[IndexReport, list[Document]]:
    index = Index.create(path.parent / f"index{workers}", analyzer, "memory")
    report = index_paths(index, [str(path)], Options(workers=workers))
    hits = Searcher(index).search(SearchRequest(limit=100, copies=True)).hits
    return report, sorted((hit.document for hit in hits), key=lambda document: document.doc_id)


@pytest.mark.parametrize("name", PACKERS)
def test_parts_in_an_archive_become_one_article(tmp_path: Path, analyzer: ArticleAnalyzer, name: str) -> None:
    report, documents = indexed(write(tmp_path / name, PACKERS[name](PARTS)), analyzer)
    assert (report.added, report.others["part"], report.rejected) == (2, 2, 0)
    whole = max(documents, key=lambda document: len(document.body))
    assert [line[:17] for line in whole.body.split("\n")] == [
        f"Đoạn {line} của phần {number}"[:17] for number in (1, 2, 3) for line in (1, 2)
    ]
    assert "parts:3" in whole.rules


@pytest.mark.parametrize(
    ("first", "further"),
    [
        ("tin-12", "tin-12?page={}"),
        ("tin-12.html", "tin-12.html?trang={}"),
        ("xem.aspx?id=5", "xem.aspx?id=5&page={}"),
        ("tin", "tin.page{}"),
    ],
)
@pytest.mark.parametrize(("numbers", "taken"), [((2,), 1), ((3, 2), 2), ((2, 4), 1), ((3,), 0)])
def test_addresses_of_parts_may_have_the_number_in_their_query(
    tmp_path: Path, analyzer: ArticleAnalyzer, first: str, further: str, numbers: tuple[int, ...], taken: int
) -> None:
    """The first part takes those up to a gap; no line of any other is lost either."""
    pages = {further.format(number): part(number) for number in numbers} | {first: part(1)}
    report, documents = indexed(write(tmp_path / "x.warc", warc(pages)), analyzer)
    assert (report.added, report.others.get("part", 0)) == (1 + len(numbers) - taken, taken)
    whole = next(document for document in documents if "phần 1:" in document.body)
    assert lines(whole) == [f"Đoạn {line} của phần {number}" for number in range(1, taken + 2) for line in (1, 2)]
    assert [rule for rule in whole.rules if rule.startswith("parts:")] == ([f"parts:{taken + 1}"] if taken else [])
    assert sorted(text for document in documents for text in lines(document)) == sorted(
        f"Đoạn {line} của phần {number}" for number in (1, *numbers) for line in (1, 2)
    )


def lines(document: Document) -> list[str]:
    return [line.partition(":")[0] for line in document.body.split("\n")]


def test_parts_that_cannot_be_carried_are_articles(tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first part is longer than what is carried, as in a folder."""
    monkeypatch.setattr("indexer.multipart.MAX_BYTES", 2_000)
    monkeypatch.setattr(beside, "MAX_BYTES", 2_000)
    long = part(1).replace("</head>", "<!--" + "x" * 2_000 + "--></head>")
    pages = {"tin.html": long, "tin-p2.html": part(2)}
    path = write(tmp_path / "x.zip", zipped(pages))
    report, documents = indexed(path, analyzer)
    assert (report.added, report.others.get("part", 0)) == (2, 0)
    assert [len(lines(document)) for document in documents] == [2, 2]
    (source,) = walk([str(path)])
    assert isinstance(source, SourceFile)
    carried = [item.beside for item in beside.read_with_neighbours(source, PLAIN) if isinstance(item, Page)]
    assert [one and [name for name, _ in one.pages] for one in carried] == [["tin-p2.html"], []]


def test_what_pages_bring_along_counts_in_a_batch() -> None:
    along = Beside("a", (("b", b"x" * BATCH_BYTES),))
    assert [len(batch) for batch in batches([Page("a", b"x", beside=along)] * 3 + [Page("a", b"x")] * 2)] == [1, 1, 1, 2]


@pytest.mark.parametrize("name", PACKERS)
def test_lines_that_recur_in_an_archive_are_dropped(tmp_path: Path, analyzer: ArticleAnalyzer, name: str) -> None:
    report, documents = indexed(write(tmp_path / name, PACKERS[name](SITE)), analyzer)
    assert report.added == len(SITE)
    assert all("recurring:1" in document.rules and "Chung sức" not in document.body for document in documents)


def test_workers_are_told_the_same(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    path = write(tmp_path / "x.zip", zipped(SITE | PARTS))
    assert indexed(path, analyzer)[1] == indexed(path, analyzer, workers=2)[1]


def test_looking_ahead_is_bounded(tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies beyond is taken in as it is."""
    monkeypatch.setattr(beside, "SURVEYED_ITEMS", LEAST_PAGES - 1)
    report, documents = indexed(write(tmp_path / "x.zip", zipped(SITE)), analyzer)
    assert report.added == len(SITE)
    assert all("Chung sức" in document.body for document in documents)


def test_a_damaged_archive_is_reported_once(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    raw = tarred(SITE | PARTS)
    report, documents = indexed(write(tmp_path / "x.tar", raw[: len(raw) * 2 // 3]), analyzer)
    assert report.rejected == 1
    assert documents
