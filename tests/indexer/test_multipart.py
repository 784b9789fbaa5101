"""Articles saved in parts become one; pages that are only named like parts stay what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from indexer.extract import extract
from indexer.model import Article, Page, Rejected
from indexer.multipart import MOST, joined
from indexer.run import index_paths

TITLE = "Hành trình đưa điện về hai bản vùng cao"


def html(number: int, title: str = TITLE) -> str:
    text = "".join(
        f"<p>Đoạn {line} của phần {number}: bà con bản Pa Hu kể chuyện kéo cột, dựng đường dây qua ba con suối.</p>" for line in (1, 2)
    )
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{text}</div></body></html>"


def result(path: Path) -> Article | Rejected:
    page = Page(str(path), path.read_bytes())
    found = extract(page)
    assert isinstance(found, Article)
    return joined(page, found)


@pytest.mark.parametrize("way", ["tin-p{}.html", "tin_p{}.html", "tin-page-{}.html", "tin-trang-{}.html", "tin.html@page={}.html"])
def test_parts_become_one_article(tmp_path: Path, way: str) -> None:
    """In order, every paragraph once; each further part says what it is a part of."""
    (tmp_path / "tin.html").write_text(html(1))
    for number in (2, 3):
        (tmp_path / way.format(number)).write_text(html(number, f"{TITLE} - Trang {number}" if number == 3 else TITLE))
    whole = result(tmp_path / "tin.html")
    assert isinstance(whole, Article)
    assert [text[:18] for text in whole.body] == [f"Đoạn {line} của phần {part}:"[:18] for part in (1, 2, 3) for line in (1, 2)]
    assert whole.rules[-1] == "parts:3"
    part = result(tmp_path / way.format(2))
    assert isinstance(part, Rejected)
    assert (part.outcome, part.reason) == ("part", "part 2 of tin.html")


def test_another_article_with_such_a_name_stays_one(tmp_path: Path) -> None:
    (tmp_path / "covid.html").write_text(html(1))
    (tmp_path / "covid-p2.html").write_text(html(2, "Xã Ia Tul mở lớp xóa mù chữ cho phụ nữ"))
    first, second = result(tmp_path / "covid.html"), result(tmp_path / "covid-p2.html")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (len(first.body), len(second.body)) == (2, 2)


def test_a_part_without_the_first_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "tin-p2.html").write_text(html(2))
    assert isinstance(result(tmp_path / "tin-p2.html"), Article)


def test_a_copy_is_no_part_and_series_are_bounded(tmp_path: Path) -> None:
    for number in range(1, MOST + 5):
        (tmp_path / ("tin.html" if number == 1 else f"tin-p{number}.html")).write_text(html(number))
    whole = result(tmp_path / "tin.html")
    assert isinstance(whole, Article)
    assert whole.rules[-1] == f"parts:{MOST}"
    (tmp_path / "hai.html").write_text(html(1))
    (tmp_path / "hai-p2.html").write_text(html(1))
    assert isinstance(result(tmp_path / "hai-p2.html"), Article)


def test_indexing_takes_parts_in_once(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "tin.html").write_text(html(1))
    (site / "tin-p2.html").write_text(html(2))
    index = Index.create(tmp_path / "index", analyzer, "memory")
    report = index_paths(index, [str(site)])
    assert (report.added, report.rejected, report.others["part"]) == (1, 0, 1)
