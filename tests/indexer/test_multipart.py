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


WAYS = ["tin-p{}.html", "tin_p{}.html", "tin-page-{}.html", "tin-trang-{}.html", "tin.html@page={}.html", "tin.page{}.html"]


@pytest.mark.parametrize("way", [*WAYS, "tin_trang-{}.html", "tin?trang={}.html", "tin.html?p={}.html"])
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


NAMES = [
    f"tin{mark}{word}{joint}{{}}.html" for mark in ("-", "_", ".") for word in ("p", "page", "trang", "P") for joint in ("", "-", "_", "0")
] + [f"tin{end}{mark}{word}={{}}.html" for end in ("", ".html") for mark in "?&@_" for word in ("p", "page", "trang")]


@pytest.mark.parametrize("numbers", [(2, 3), (3,), (2, 4)])
@pytest.mark.parametrize("name", NAMES)
def test_the_text_of_a_part_is_never_lost(tmp_path: Path, name: str, numbers: tuple[int, ...]) -> None:
    """Whatever it is called and whichever is missing: a page that is no article of its own stands in the first one's."""
    (tmp_path / "tin.html").write_text(html(1))
    for number in numbers:
        (tmp_path / name.format(number)).write_text(html(number))
    articles = [found for path in tmp_path.iterdir() if isinstance(found := result(path), Article)]
    texts = sorted(text for article in articles for text in article.body)
    assert [text[:18] for text in texts] == sorted(f"Đoạn {line} của phần {part}:"[:18] for part in (1, *numbers) for line in (1, 2))


def test_parts_behind_another_article_stay_articles(tmp_path: Path) -> None:
    """The second is of another headline, so the first part does not reach the third; nor those beyond the last it takes."""
    for name, page in {
        "tin": html(1),
        "tin-p2": html(2, "Bài khác hẳn"),
        "tin-p3": html(3),
        "tin_p2": html(2),
        "tin-p21": html(21),
    }.items():
        (tmp_path / f"{name}.html").write_text(page)
    whole = result(tmp_path / "tin.html")
    assert isinstance(whole, Article)
    assert (len(whole.body), whole.rules[-1]) == (4, "parts:2")
    assert [isinstance(result(tmp_path / f"{name}.html"), Article) for name in ("tin-p2", "tin-p3", "tin-p21", "tin_p2")] == [
        True,
        True,
        True,
        False,
    ]


def test_two_series_of_one_article_give_each_line_once(tmp_path: Path) -> None:
    for name, number in {"tin": 1, "tin-p2": 2, "tin_trang-2": 2, "tin_trang-3": 3}.items():
        (tmp_path / f"{name}.html").write_text(html(number))
    whole = result(tmp_path / "tin.html")
    assert isinstance(whole, Article)
    assert len(whole.body) == len(set(whole.body)) == 6
    assert not any(isinstance(result(tmp_path / f"{name}.html"), Article) for name in ("tin-p2", "tin_trang-2", "tin_trang-3"))


def test_a_page_named_as_a_part_takes_none_itself(tmp_path: Path) -> None:
    """It may be a part, and what it took would be lost with it."""
    for name, number in {"tin": 1, "tin-p2": 2, "tin-p2-p2": 3}.items():
        (tmp_path / f"{name}.html").write_text(html(number))
    assert [isinstance(result(tmp_path / f"{name}.html"), Article) for name in ("tin", "tin-p2", "tin-p2-p2")] == [True, False, True]
