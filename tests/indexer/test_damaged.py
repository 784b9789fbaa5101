"""An input that is damaged when it is indexed again: what it held before stays, until it is mended or gone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from indexer.report import KEPT, IndexReport
from indexer.run import Options, index_paths

NOISE = Random(7).randbytes(2000)
CLOCK = count(1_700_000_000, 10)
TITLE, TEXT = "Chợ huyện mở lại", "Sáng 12/7/2023, chợ huyện Krông Pa mở lại sau ba tháng sửa chữa mái và nền."


@pytest.fixture
def index(tmp_path: Path, analyzer: ArticleAnalyzer) -> Index:
    return Index.create(tmp_path / "index", analyzer, "memory")


def write(path: Path, raw: bytes) -> Path:
    """Write a file with a time of its own."""
    path.write_bytes(raw)
    now = next(CLOCK)
    os.utime(path, (now, now))
    return path


def counts(report: IndexReport) -> dict[str, int]:
    names = ("added", "updated", "unchanged", "rejected", "removed")
    return {name: number for name in names if (number := getattr(report, name))}


def lines(*texts: str) -> bytes:
    return "".join(json.dumps({"id": text, "title": f"Tin {text}", "text": f"Thân bài {text}."}) + "\n" for text in texts).encode()


def text_page(text: str) -> bytes:
    return f"{TITLE}\n\n{text}\n".encode()


def html_page(text: str) -> bytes:
    return f"<html><body><h1>{TITLE}</h1><p>{text}</p></body></html>".encode()


@pytest.mark.parametrize(("name", "page"), [("a.txt", text_page), ("a.html", html_page), ("a.md", text_page)])
@pytest.mark.parametrize("damage", [NOISE, bytes(4096), b"%PDF-1.7\n" + NOISE], ids=["noise", "zeros", "another format"])
def test_a_page_that_is_damaged_keeps_its_article(
    index: Index, tmp_path: Path, name: str, page: Callable[[str], bytes], damage: bytes
) -> None:
    """Said so with each run; the page mended brings its article up to date, and the page gone takes it along only when asked to."""
    path = write(tmp_path / name, page(TEXT))
    assert counts(index_paths(index, [str(path)])) == {"added": 1}
    write(path, damage)
    for _ in range(2):
        report = index_paths(index, [str(path)])
        assert counts(report) == {"rejected": 1}
        assert report.rejections[0].reason.endswith(f"; {KEPT}")
        assert index.snapshot().count() == 1
    as_json = json.loads(json.dumps(report.as_dict()))
    assert (as_json["rejected"], as_json["removed"], len(as_json["rejections"])) == (1, 0, 1)
    assert as_json["rejections"][0]["reason"].endswith(KEPT)
    write(path, page(TEXT.replace("ba tháng", "bốn tháng")))
    assert counts(index_paths(index, [str(path)])) == {"updated": 1}
    assert index.snapshot().count() == 1


def test_a_damaged_page_that_is_then_gone_is_pruned(index: Index, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    path = write(folder / "a.txt", text_page(TEXT))
    index_paths(index, [str(folder)])
    write(path, NOISE)
    index_paths(index, [str(folder)])
    path.unlink()
    assert counts(index_paths(index, [str(folder)])) == {}
    assert index.snapshot().count() == 1
    assert counts(index_paths(index, [str(folder)], Options(prune=True))) == {"removed": 1}
    assert index.snapshot().count() == 0


def test_a_page_that_was_never_an_article_keeps_nothing(index: Index, tmp_path: Path) -> None:
    report = index_paths(index, [str(write(tmp_path / "a.txt", NOISE))])
    assert counts(report) == {"rejected": 1}
    assert KEPT not in report.rejections[0].reason


def test_a_page_that_is_readable_and_empty_holds_nothing_any_more(index: Index, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", text_page(TEXT))
    index_paths(index, [str(path)])
    write(path, b"\n")
    report = index_paths(index, [str(path)])
    assert (counts(report), report.rejections[0].reason) == ({"rejected": 1, "removed": 1}, "empty file")


@pytest.mark.parametrize(
    "damage", [NOISE, lines("một") + b'{"id": "ha', lines("một").decode().encode("utf-16")], ids=["noise", "cut short", "UTF-16"]
)
def test_lines_that_are_damaged_keep_what_their_file_held(index: Index, tmp_path: Path, damage: bytes) -> None:
    """One rejection says it; once the file is whole again, what it holds no longer goes."""
    path = write(tmp_path / "a.ndjson", lines("một", "hai", "ba"))
    assert counts(index_paths(index, [str(path)])) == {"added": 3}
    write(path, damage)
    report = index_paths(index, [str(path)])
    assert report.removed == 0
    assert [KEPT in one.reason for one in report.rejections] == [True] + [False] * (report.rejected - 1)
    assert index.snapshot().count() == 3
    write(path, lines("một", "hai"))
    assert counts(index_paths(index, [str(path)])) == {"unchanged": 2, "removed": 1}


def test_a_broken_line_beside_all_that_was_there_keeps_nothing_back(index: Index, tmp_path: Path) -> None:
    path = write(tmp_path / "a.ndjson", lines("một"))
    index_paths(index, [str(path)])
    report = index_paths(index, [str(write(path, lines("một") + b"{broken"))])
    assert counts(report) == {"unchanged": 1, "rejected": 1}
    assert KEPT not in report.rejections[0].reason


def test_a_line_that_somebody_wrote_wrong_is_no_damage(index: Index, tmp_path: Path) -> None:
    """What is not among the other lines of such a file any more is gone."""
    path = write(tmp_path / "a.ndjson", lines("một", "hai"))
    index_paths(index, [str(path)])
    report = index_paths(index, [str(write(path, lines("một") + b"{broken\n"))])
    assert counts(report) == {"unchanged": 1, "rejected": 1, "removed": 1}
    assert KEPT not in report.rejections[0].reason
