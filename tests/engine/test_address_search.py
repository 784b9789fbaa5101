"""Addresses of the web as queries: known as such, and leading to the article that lies there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from engine.address_search import address_notices, article_at, is_address
from engine.model import Document
from engine.search import Searcher
from engine.web_addresses import canonical, id_of, untracked
from tests.support import make, searcher_over

SLUG = "https://bao.example/xa-hoi/khanh-thanh-cau-treo-hoa-tien-4711.html"


def at(url: str, doc_id: str, title: str, body: str) -> Document:
    return replace(make(doc_id, title, body), url=url)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    text = "Cầu treo dài 84 m nối làng Đung với trung tâm xã."
    documents = (
        at(SLUG, "own-1", "Khánh thành cầu treo Hòa Tiến", text),
        at(SLUG.replace("-4711", "-2"), "own-2", "Khánh thành cầu treo Hòa Tiến đợt hai", text + " Đợt hai."),
        at("http://www.tin.example/xem?id=5", id_of("//tin.example/xem?id=5"), "Chợ phiên vùng cao", "Chợ phiên đông khách."),
        at("http://www.tong.example/a/c/9001.epi", "bm9001", "Mưa lũ ở huyện Ia Grai", "Mưa lũ làm hỏng đường."),
        at("http://www.tong.example/a/c/9002.epi", "bm9002", "Nắng hạn ở huyện Chư Prông", "Nắng hạn làm chết cà phê."),
        at("https://cong.example/tin.aspx?ma=77001", "77001", "Lớp học xóa mù chữ", "Hai mươi lăm người dân học."),
        make("khong", "Bài không có địa chỉ", "Không rõ ở đâu."),
    )
    return searcher_over(tmp_path_factory.mktemp("addresses") / "index", analyzer, documents)


@pytest.mark.parametrize(
    ("typed", "doc_id"),
    [
        (SLUG, "own-1"),
        (f"  {SLUG}  ", "own-1"),
        (SLUG.removeprefix("https://"), "own-1"),
        (SLUG.replace("https://", "http://www."), "own-1"),
        (f"{SLUG}/", "own-1"),
        (f"{SLUG}?utm_source=zalo&fbclid=abc#binh-luan", "own-1"),
        (SLUG.replace("-4711", "-2"), "own-2"),
        ("tin.example/xem?id=5", id_of("//tin.example/xem?id=5")),
        ("https://www.tin.example/xem?utm_medium=x&id=5", id_of("//tin.example/xem?id=5")),
        ("tong.example/a/c/9001.epi", "bm9001"),
        ("https://tong.example/a/c/9002.epi?gidzl=1", "bm9002"),
        ("cong.example/tin.aspx?ma=77001", "77001"),
    ],
)
def test_an_address_leads_to_its_article_however_it_is_written(searcher: Searcher, typed: str, doc_id: str) -> None:
    stored = article_at(searcher, typed)
    assert stored is not None
    assert stored.document.doc_id == doc_id
    (notice,) = address_notices(searcher, typed)
    assert (notice.code, stored.document.title in notice.message) == ("at-address", True)


@pytest.mark.parametrize(
    "typed",
    [
        SLUG.replace("4711", "4712"), SLUG.replace("bao.", "khac."), "tin.example/xem?id=6", "tong.example/a/c/9003.epi",
        "https://khac.example/a/c/9001.epi", "cong.example/tin.aspx?ma=77001&trang=2",
    ],
)  # fmt: skip
def test_an_address_that_is_near_is_another_one(searcher: Searcher, typed: str) -> None:
    assert article_at(searcher, typed) is None
    assert [notice.code for notice in address_notices(searcher, typed)] == ["no-such-address"]


@pytest.mark.parametrize(
    "typed",
    [
        "", "bao.example", "https://bao.example/", "15/2024/QĐ-UBND", "TP.HCM", "và/hoặc", "1.5/2", "nông thôn mới", "tiêu_đề:cháy", "http://",
        f"xem {SLUG}", "30/6/2023", "a" * 5000,
    ],
)  # fmt: skip
def test_words_are_no_address(searcher: Searcher, typed: str) -> None:
    assert not is_address(typed)
    assert address_notices(searcher, typed) == ()


def test_parameters_that_name_the_article_stay() -> None:
    assert untracked(canonical("https://www.tin.example/xem.aspx?id=5&utm_source=a&trang=2")) == "//tin.example/xem.aspx?id=5&trang=2"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_none(text: str) -> None:
    """Property: nothing is raised, and an address stays itself when it is written once more."""
    for each in (text, f"https://bao.example/{text}"):
        if is_address(each):
            assert untracked(untracked(canonical(each))) is not None


def test_a_copy_has_an_address_of_its_own(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    """Near-duplicates are left out of a search and not of this."""
    text = "Cầu treo dài 84 m nối làng Đung với trung tâm xã đã khánh thành sau tám tháng thi công, với vốn 2,4 tỷ đồng của huyện." * 3
    urls = {name: f"https://{name}.example/khanh-thanh-cau-treo-moi.html" for name in ("mot", "hai")}
    documents = [at(url, name, "Khánh thành cầu treo mới", text) for name, url in urls.items()]
    found = searcher_over(tmp_path / "ix", analyzer, documents)
    for name, url in urls.items():
        stored = article_at(found, url)
        assert stored is not None
        assert stored.document.doc_id == name
