"""Documents: what is stored of an article, and the id that stays the same."""

from __future__ import annotations

import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.dates import PartialDate
from engine.codec import decode, encode
from engine.model import AnalyzedDocument, Document
from engine.schema import numbers
from indexer.documents import MAX_ID_CHARS, MAX_LABEL_CHARS, canonical, clean, clean_line, digest, document, text_digest
from indexer.model import Article

ANY_TEXT = st.text(st.characters(), max_size=60)  # lone surrogates, controls and marks without a letter included


def made(path: str = "/x/bai.html", given_id: str | None = None, **fields: Any) -> Document:
    return document(Article(**{"title": "Tin", "body": ("Thân bài.",), **fields}), path, given_id)


# --- texts ---


@given(ANY_TEXT)
@settings(deadline=None)
def test_cleaned_text_is_nfc_encodable_and_cleaning_is_idempotent(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()
    assert clean(cleaned) == cleaned
    assert not {c for c in cleaned if unicodedata.category(c) == "Cc"} - {"\n"}


def test_a_control_character_between_letter_and_mark_leaves_the_letter_whole() -> None:
    assert clean("a\x00\u0323n") == "ạn"


@given(ANY_TEXT)
@settings(deadline=None)
def test_a_line_is_one_line(text: str) -> None:
    assert clean_line(text).splitlines() in ([], [clean_line(text)])


def test_cleaning_keeps_everything_else() -> None:
    text = "Điều 5: “15/2024/QĐ-UBND” – 1.234,5 m² 👨‍👩‍👧 ＜b＞ \u202eabc Ð"
    assert clean(text) == text


@given(title=ANY_TEXT, lead=ANY_TEXT, body=st.lists(ANY_TEXT, max_size=3), source=ANY_TEXT, url=ANY_TEXT, given_id=st.none() | ANY_TEXT)
@settings(deadline=None)
def test_any_article_gives_a_document_that_can_be_stored(
    title: str, lead: str, body: list[str], source: str, url: str, given_id: str | None
) -> None:
    """Its id and all its texts survive encoding, storing and ordering."""
    item = made(given_id=given_id, title=f"Tin {title}", lead=lead, body=tuple(body), source=source, url=url)
    stored = decode(encode(AnalyzedDocument(item, {}, {})))
    assert stored.document == item
    assert numbers(AnalyzedDocument(item, {}, {}))["newest"] >= 0
    assert 0 < len(item.doc_id) <= MAX_ID_CHARS
    assert "\n" not in item.doc_id


def test_empty_paragraphs_leave_no_empty_lines() -> None:
    assert made(body=("Một.", " \x00 ", "", "Hai.")).body == "Một.\nHai."


def test_the_host_is_the_source_where_none_is_given() -> None:
    assert made(url="https://www.baogialai.example/tin/1").source == "baogialai.example"
    assert made(url="https://baogialai.example/1", source="Báo Gia Lai").source == "Báo Gia Lai"
    assert made(url="http://[bad/").source is None


def test_a_source_as_long_as_an_article_is_cut() -> None:
    assert len(made(source="báo " * 40_000).source or "") <= MAX_LABEL_CHARS


# --- ids ---


@pytest.mark.parametrize("path", ["/tin/1", "/vi/tin", "/trang-chu/tin-1", "/home-nay", "/index", "/xa/index.html"])
def test_other_addresses_are_no_home(path: str) -> None:
    item = Article("Một", body=("Một.",), url=f"https://xa.example{path}")
    assert document(item, "/a.html").doc_id.startswith("a-") == (path == "/index")


def test_the_sources_own_id_is_kept_as_it_is() -> None:
    assert made(given_id="Tin-15/2024 (b)").doc_id == "Tin-15/2024 (b)"


def test_long_ids_stay_apart() -> None:
    left, right = (made(given_id="x" * 400 + end).doc_id for end in "ab")
    assert left != right
    assert len(left) <= MAX_ID_CHARS


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.example/tin/1",
        "http://bao.example/tin/1/",
        "https://www.bao.example/tin/1#binh-luan",
        "https://BAO.example:443/tin/1",
        "http://bao.example:80/tin/1",
        "https://ai:do@bao.example/tin/1",
    ],
)
def test_addresses_of_one_page_give_one_id(url: str) -> None:
    assert made(url=url).doc_id == made(url="https://bao.example/tin/1").doc_id


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.example/tin/2",
        "https://bao.example/tin/1?trang=2",
        "https://bao.example/Tin/1",
        "https://bao.example:8080/tin/1",
        "https://xa.bao.example/tin/1",
        "/tin/1",
    ],
)
def test_addresses_of_other_pages_give_other_ids(url: str) -> None:
    assert made(url=url).doc_id != made(url="https://bao.example/tin/1").doc_id


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.example",
        "https://www.bao.example/",
        "http://bao.example:80/#/tin/1",
        "HTTPS://toi@BAO.example/",
        "https://xa.example/trang-chu",
        "https://xa.example/Default.aspx",
        "https://xa.example/vi/",
        "https://xa.example/web/guest/home",
        "https://xa.example/Pages/Home.aspx",
    ],
)
def test_the_address_of_a_site_is_the_id_of_no_article(url: str) -> None:
    """Many systems state their home as the address of every page, which would then be one article."""
    assert document(Article("Một", body=("Một.",), url=url), "/a.html").doc_id.startswith("a-")
    assert document(Article("Hai", body=("Hai.",), url=url), "/b.html").doc_id.startswith("b-")
    assert not document(Article("Ba", body=("Ba.",), url=f"{url.split('#')[0].rstrip('/')}/?tin=1"), "/c.html").doc_id.startswith("c-")


@given(ANY_TEXT)
@settings(deadline=None)
def test_any_address_has_a_canonical_form_that_is_its_own(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


ADDRESSES = st.from_regex(
    r"https?://(www\.)?[a-z0-9][a-z0-9.-]{0,9}(/[a-zA-Z0-9._~%:@!$&'()*+,;=/-]{0,9})?(\?[a-z0-9=&/?%-]{0,8})?(#[a-z]{0,2})?",
    fullmatch=True,
)


@given(ADDRESSES)
@settings(deadline=None)
def test_plain_addresses_mean_what_the_parser_says(url: str) -> None:
    """Addresses with a user's name go through the parser, others past it."""
    scheme, rest = url.split("://")
    with_user = f"{scheme}://toi@{rest}"
    assert canonical(url) == canonical(with_user)
    assert made(url=url).source == made(url=with_user).source


def test_the_id_of_a_file_tells_its_name_and_place() -> None:
    here, there = made("/a/An Khê 2023-06.html"), made("/b/An Khê 2023-06.html")
    assert here.doc_id.startswith("an-khe-2023-06-")
    assert here.doc_id != there.doc_id
    assert made("/a/tin.ndjson.gz#3").doc_id.startswith("tin-3-")
    assert made("/a/.html").doc_id
    assert made("/a/***.html").doc_id


def test_two_streams_do_not_take_each_others_ids() -> None:
    """The third line of one stream is not the third line of another; the same article streamed again is the same."""
    one, other = made("-#3", title="Một"), made("-#3", title="Hai")
    assert one.doc_id != other.doc_id
    assert made("-#7", title="Một").doc_id == one.doc_id


# --- digests ---


def test_a_digest_changes_with_anything_that_is_stored() -> None:
    base = made()
    others = [
        made(title="Khác"), made(lead="Dẫn"), made(body=("Khác",)), made(url="https://a.example/1"), made(source="Báo"),
        made(author="Ai"), made(category="Mục"), made(published=PartialDate("2023", "given")), made(given_id="khác"),
    ]  # fmt: skip
    assert len({digest(item) for item in (base, *others)}) == 10


def test_the_same_title_and_text_have_the_same_text_digest() -> None:
    """Whoever published them, whatever lead stands before them, however they are spaced and capitalised."""
    base = text_digest(made(title="Tin lũ", lead="Nước lên.", body=("Dân lên đồi.", "Nước rút.")))
    same = made(title="TIN LŨ", lead="Theo hãng tin.", body=("Dân  lên đồi. Nước rút.",), source="Báo B", url="https://b.example/1")
    assert text_digest(same) == base
    assert text_digest(made(title="Tin lũ", lead="Nước lên.", body=("Dân lên đôi.", "Nước rút."))) != base
    assert text_digest(made(title="Tin", lead="Nước lên.", body=())) != text_digest(made(title="Tin", lead="Nước xuống.", body=()))


def test_a_long_label_is_not_kept() -> None:
    """Junk in a field of few values must not eat the memory."""
    text = "Báo Hoa Tiên " * (MAX_LABEL_CHARS // 10)
    before = sys.getrefcount(text)
    assert len(made(source=text, author=text, category=text).source or "") <= MAX_LABEL_CHARS
    assert sys.getrefcount(text) == before
