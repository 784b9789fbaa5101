"""Lines that recur on a site's pages: learnt from a folder, the same in every order, never the article itself."""

from __future__ import annotations

from pathlib import Path

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from indexer.extract import extract
from indexer.model import Article, Page
from indexer.recurring import FOLDERS, LEAST_PAGES, Recurring, Seen, learn
from indexer.run import index_paths

SLOGAN = "Chung sức xây dựng nông thôn mới, bài số {}."


def html(number: int, slogan: bool = True, host: str = "hoatien.example") -> str:
    own = f"Sáng {number % 28 + 1}-9-2022, thôn {number} khánh thành nhà văn hóa rộng {number + 40} m² trong niềm vui của bà con."
    more = f"Ông Lò Văn Pản, trưởng thôn {number}, cho biết kinh phí do bà con đóng góp là chính, huyện hỗ trợ thêm."
    tail = f"<p>{SLOGAN.format(number)}</p>" if slogan else ""
    title = f"Thôn {chr(65 + number % 26)}{'x' * number} khánh thành nhà văn hóa"
    head = f"<title>{title}</title><link rel=canonical href=https://{host}/{number}>"
    return f"<html><head>{head}</head><body><h1>{title}</h1><div><p>{own}</p><p>{more}</p>{tail}</div></body></html>"


def folder(path: Path, pages: list[str]) -> Path:
    path.mkdir(exist_ok=True)
    for number, page in enumerate(pages):
        (path / f"{number:03}.html").write_text(page)
    return path


def stripped(recurring: Recurring, path: Path) -> tuple[Article, tuple[str, ...]]:
    page = Page(str(path), path.read_bytes())
    found = extract(page)
    assert isinstance(found, Article)
    return recurring.strip(page, found)


def test_a_line_on_most_pages_is_dropped_and_counted(tmp_path: Path) -> None:
    """Numbers in it do not matter; the rest of the article stays."""
    path = folder(tmp_path / "site", [html(number) for number in range(25)])
    article, dropped = stripped(Recurring(), path / "003.html")
    assert dropped == (SLOGAN.format(3),)
    assert len(article.body) == 2
    assert article.rules[-1] == "recurring:1"


def test_few_pages_teach_nothing(tmp_path: Path) -> None:
    path = folder(tmp_path / "site", [html(number) for number in range(LEAST_PAGES - 1)])
    assert stripped(Recurring(), path / "003.html")[1] == ()


def test_a_line_on_few_pages_stays(tmp_path: Path) -> None:
    path = folder(tmp_path / "site", [html(number, slogan=number < 5) for number in range(30)])
    assert stripped(Recurring(), path / "003.html")[1] == ()


def test_pages_of_another_site_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    pages = [html(number) for number in range(22)] + [html(90, host="khac.example")]
    path = folder(tmp_path / "site", pages)
    assert stripped(Recurring(), path / "022.html")[1] == ()


def test_copies_of_a_page_teach_nothing() -> None:
    """The same title over and over is one page."""
    assert learn([Seen("a.example", "một bài", ("dòng một", "dòng hai"))] * 100) == {}
    own = [Seen("a.example", f"bài {number}", ("chân trang", f"tin riêng số {chr(97 + number)}")) for number in range(25)]
    assert learn(own) == {"a.example": frozenset({"chân trang"})}


def test_an_article_never_loses_half_of_itself(tmp_path: Path) -> None:
    same = html(1).split("<div>")[1]
    path = folder(tmp_path / "site", [html(number).split("<div>")[0] + "<div>" + same for number in range(25)])
    article, dropped = stripped(Recurring(), path / "003.html")
    assert (dropped, len(article.body)) == ((), 3)


def test_what_is_learnt_is_the_same_for_everybody(tmp_path: Path) -> None:
    """Whichever page comes first, and however many folders were met between."""
    path = folder(tmp_path / "site", [html(number) for number in range(60)])
    names = sorted(path.iterdir())
    forth, back, short = Recurring(), Recurring(), Recurring()
    there = [stripped(forth, name) for name in names]
    assert there == [stripped(back, name) for name in reversed(names)][::-1]
    for number in range(FOLDERS + 1):
        (tmp_path / f"other{number}").mkdir()
        (tmp_path / f"other{number}" / "a.html").write_text(html(number))
        stripped(short, tmp_path / f"other{number}" / "a.html")
    assert [stripped(short, name) for name in names] == there


def test_a_path_that_is_not_on_disk_is_left_alone() -> None:
    page = Page("web.warc#3.html", html(3).encode())
    found = extract(page)
    assert isinstance(found, Article)
    assert Recurring().strip(page, found) == (found, ())


def test_indexing_leaves_recurring_lines_out(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    path = folder(tmp_path / "site", [html(number) for number in range(25)])
    index = Index.create(tmp_path / "index", analyzer, "memory")
    assert index_paths(index, [str(path)]).added == 25
    bodies = _all(index)
    assert len(bodies) == 25
    assert [body for body in bodies if "bài số" in body] == []


def _all(index: Index) -> list[str]:
    from engine.model import SearchRequest
    from engine.search import Searcher

    return [hit.document.body for hit in Searcher(index).search(SearchRequest(limit=100, copies=True)).hits]
