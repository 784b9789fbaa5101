"""Columns and keys with Vietnamese names are read without a mapping, and never spoil what was read before."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from indexer.sources import PLAIN, Reading, Record, reading
from indexer.sources.detect import detected
from indexer.sources.vietnamese import says_columns
from tests.indexer.inputs import items, write

TEXT = "Mưa lớn làm ngập chợ huyện."


def fields(path: Path, how: Reading = PLAIN) -> dict[str, object]:
    """Fields of the only record."""
    (item,) = items(path, how)
    assert isinstance(item, Record), item
    return item.fields


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("tiêu đề", "title"), ("TIÊU ĐỀ", "title"), ("Tieu_De", "title"), ("tít", "title"), ("tóm tắt", "lead"), ("Sapo", "lead"),
        ("sa pô", "lead"), ("sa-po", "lead"), ("mo_ta", "lead"), ("nội dung", "text"), ("noi-dung", "text"), ("NoiDung", "text"),
        ("Bài viết", "text"), ("toan van", "text"), ("ngày", "published"), ("Ngày đăng", "published"), ("ngay_xuat_ban", "published"),
        ("thời gian", "published"), ("nguồn", "source"), ("báo", "source"), ("tac_gia", "author"), ("Chuyên mục", "category"),
        ("mục", "category"), ("mã", "id"), ("ma_bai", "id"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", ["csv", "ndjson", "json"])
def test_a_vietnamese_name_is_the_field_it_says(tmp_path: Path, suffix: str, name: str, target: str) -> None:
    """With and without marks, in any case, with spaces, underscores, dashes or nothing between the syllables."""
    other = "title" if target in ("text", "lead") else "text"
    text = f"{name},{other}\nx1,{TEXT}\n" if suffix == "csv" else json.dumps({name: "x1", other: TEXT}, ensure_ascii=False)
    assert fields(write(tmp_path / f"x.{suffix}", text)) == {target: "x1", other: TEXT}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_table_of_vietnamese_columns_needs_no_mapping(tmp_path: Path, form: str) -> None:
    header = unicodedata.normalize(form, "Tiêu đề;Sa pô;Nội dung;Ngày đăng;Nguồn;Tác giả;Chuyên mục;Đường dẫn;Mã bài")
    row = f"Chợ ngập;Chợ ngập từ sáng.;{TEXT};12/10/2024;Báo huyện;An Bình;Xã hội;https://bao.example/1;b1"
    assert fields(write(tmp_path / "x.csv", f"{header}\n{row}\n")) == {
        "title": "Chợ ngập", "lead": "Chợ ngập từ sáng.", "text": TEXT, "published": "12/10/2024", "source": "Báo huyện",
        "author": "An Bình", "category": "Xã hội", "url": "https://bao.example/1", "id": "b1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"title": "Một", "tiêu đề": "Hai", "text": TEXT}, {"title": "Một", "tiêu đề": "Hai", "text": TEXT}),
        ({"date": "2024-10-12", "ngày": "1", "text": TEXT}, {"date": "2024-10-12", "ngày": "1", "text": TEXT}),
        ({"ngày": "1", "ngày đăng": "2", "text": TEXT}, {"ngày": "1", "published": "2", "text": TEXT}),
        ({"title": "Một", "text": TEXT, "địa chỉ": "12 Hùng Vương"}, {"title": "Một", "text": TEXT, "địa chỉ": "12 Hùng Vương"}),
        ({"title": "Một", "text": TEXT, "nguồn": {"tên": "Báo"}}, {"title": "Một", "text": TEXT, "nguồn": {"tên": "Báo"}}),
        ({"title": "Một", "text": TEXT, "bão": "Trà Mi"}, {"title": "Một", "text": TEXT, "bão": "Trà Mi"}),
        ({"tiêu đề": "Một", "nội dung": [TEXT, "Hai."], "mã": 7}, {"title": "Một", "text": [TEXT, "Hai."], "id": 7}),
        ({"tiêu đề": "Một", "nội dung": TEXT, "ảnh": [{"tệp": "a"}]}, {"title": "Một", "text": TEXT, "ảnh": [{"tệp": "a"}]}),
    ],
)
def test_names_do_not_clash(tmp_path: Path, given: dict[str, object], found: dict[str, object]) -> None:
    """A name of records wins, then the name that says most; a value of another kind stays what it was."""
    assert fields(write(tmp_path / "x.json", json.dumps(given, ensure_ascii=False))) == found


def test_a_mapping_wins(tmp_path: Path) -> None:
    """What is mapped is taken from where it was said to be, also when the name means something else by itself."""
    table = write(tmp_path / "x.csv", f"tiêu đề,mô tả,đầu\nMột,{TEXT},Hai\n")
    assert fields(table, reading(maps=["body=mô tả", "title=đầu"])) == {"mô tả": TEXT, "đầu": "Hai", "title": "Hai", "text": TEXT}
    nested = write(tmp_path / "x.ndjson", json.dumps({"tiêu đề": "Một", "nội dung": {"chữ": TEXT}}, ensure_ascii=False))
    found = fields(nested, reading(maps=["body=nội dung.chữ"]))
    assert (found["title"], found["text"]) == ("Một", TEXT)


def test_a_stream_of_them_is_told_from_text() -> None:
    """The columns name a table; a sentence with one such word before its comma is a sentence."""
    table, text = detected("Tiêu đề,Nội dung\nMột,Hai\n".encode(), PLAIN), detected("Thời gian, địa điểm của phiên chợ\n".encode(), PLAIN)
    assert table is not None
    assert text is not None
    assert (table.kind, text.kind) == ("csv", "text")
    assert not says_columns(["Báo", "đài đưa tin"])
