"""Tables, field mapping and JSON shapes: what a source calls its fields, and in which form they come."""

from __future__ import annotations

import codecs
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ProfileError
from indexer.extract import record
from indexer.model import UNREADABLE, Article, Rejected
from indexer.sources import PLAIN, Reading, Record, reading
from indexer.sources.mapping import FIELDS, FieldMap, looked_up
from indexer.sources.tables import MAX_ROW_CHARS
from tests.indexer.inputs import ONE, items, outline, write

TABLE = 'id,title,text\n1,"Xã họp, bàn việc","Dòng một\nDòng ""hai"""\n2,Tin hai,Bài hai\n'


def rows(path: Path, how: Reading = PLAIN) -> list[dict[str, object]]:
    """Fields of every record; nothing may be rejected."""
    found = items(path, how)
    assert all(isinstance(item, Record) for item in found), found
    return [item.fields for item in found if isinstance(item, Record)]


# --- tables ---


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1258"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_detected(tmp_path: Path, encoding: str, delimiter: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerows([["id", "Title", "text"], ["1", "Hội đồng họp; bàn, ghi | xong", 'Nói: "được"\nrồi về'], ["2", "Tin hai", "Bài hai."]])
    text = buffer.getvalue()
    if encoding == "cp1258":
        text = text.replace("ộ", "ô\u0323").replace("ọ", "o\u0323").replace("ồ", "ô\u0300").replace("ợ", "ơ\u0323").replace("ờ", "ơ\u0300")
        text = text.replace("ề", "ê\u0300")
    found = rows(write(tmp_path / "x.csv", text.encode(encoding)))
    assert [row["id"] for row in found] == ["1", "2"]
    article = record(found[0], "x")
    assert isinstance(article, Article)
    assert (article.title, article.body) == ("Hội đồng họp; bàn, ghi | xong", ('Nói: "được"', "rồi về"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("delimiter", "end"), [(";", "\r\n"), (",", "\n"), ("\t", "\r\n")])
def test_the_line_that_tells_spreadsheets_the_delimiter_is_no_header(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    lines = (f"sep={delimiter}", delimiter.join(("Tiêu đề", "Nội dung", "Ngày")), delimiter.join(("Một", "Hồ Ia Băng cạn.", "3/4/2022")))
    for said in (lines[0], f'"{lines[0]}"'):
        (found,) = rows(write(tmp_path / "x.csv", end.join((said, *lines[1:], "")).encode(encoding)))
        assert found == {"title": "Một", "text": "Hồ Ia Băng cạn.", "published": "3/4/2022"}


def test_a_tsv_is_cut_at_tabs_and_a_backslash_may_escape_quotes(tmp_path: Path) -> None:
    assert rows(write(tmp_path / "x.tsv", "id\ttitle\ttext\n1\tMột, hai\tBài.\n")) == [{"id": "1", "title": "Một, hai", "text": "Bài."}]
    assert rows(write(tmp_path / "y.csv", 'id,title,text\n1,"Tin \\"lạ\\", mới",Bài\n'))[0]["title"] == 'Tin "lạ", mới'


def test_ragged_rows_are_named_by_their_line_and_the_rest_is_read(tmp_path: Path) -> None:
    found = outline(write(tmp_path / "x.csv", TABLE + "3,Tin ba\n4,Tin bốn,Bài,thừa\n5,Tin năm,Bài,,\n\n6,Tin sáu,Bài\n"))
    assert found == [
        "#2 1", "#4 2", "#5 2 cells in a row; the header has 3", "#6 4 cells in a row; the header has 3", "#7 5", "#9 6",
    ]  # fmt: skip


def test_a_quote_that_is_never_closed_costs_its_row_only(tmp_path: Path) -> None:
    lines = [f"{n},{chr(34) if n == 3 else ''}Tin {n},Bài" for n in range(1, 9)]
    found = outline(write(tmp_path / "x.csv", "\n".join(["id,title,text", *lines]) + "\n"))
    assert [line for line in found if "quote" not in line] == [f"#{n + 1} {n}" for n in (1, 2, 4, 5, 6, 7, 8)]
    assert next(line for line in found if "quote" in line).startswith("#4 a quote is not closed, or ")


def test_a_cell_beyond_the_limit_is_named(tmp_path: Path) -> None:
    found = outline(write(tmp_path / "x.csv", f"id,title,text\n1,Tin,{'x' * (MAX_ROW_CHARS + 1)}\n2,Tin hai,Bài\n"))
    assert found[0].startswith("#2 ")
    assert found[-1].endswith(" 2")


def test_bytes_of_another_encoding_cost_their_row_only(tmp_path: Path) -> None:
    head = ("id,title,text\n" + "1,Tin,Bài một\n" * 30_000).encode()
    found = outline(write(tmp_path / "x.csv", head + b"2,B\xf4i,x\n3,Tin,x\n"))
    assert found[-2:] == ["#30002 bytes in it are not of the encoding of the rest", "#30003 3"]


def test_a_header_without_a_known_name_says_what_to_do(tmp_path: Path) -> None:
    (item,) = items(write(tmp_path / "x.csv", "so,ten\n1,Tin\n"))
    assert item == Rejected(
        str(tmp_path / "x.csv"),
        f"no column has a known name; columns are so, ten. Say what they are: --map title=COLUMN (fields: {', '.join(FIELDS)})",
        UNREADABLE,
    )


@pytest.mark.parametrize(("text", "found"), [("", " no row in it"), ("id,title,text\n", " no record in it"), ("\n\n", " no row in it")])
def test_a_table_without_rows_is_named(tmp_path: Path, text: str, found: str) -> None:
    assert outline(write(tmp_path / "x.csv", text)) == [found]


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00\r\ufeff"), max_size=20)


@given(
    table=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_goes_into_a_table_comes_out(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], delimiter: str, encoding: str
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["id", "title", "text"], *table])
    path = write(tmp_path_factory.mktemp("table") / "x.csv", buffer.getvalue().encode(encoding))
    found = rows(path, Reading(delimiter=delimiter))
    assert [[row.get(name, "") for name in ("id", "title", "text")] for row in found] == table


# --- mapping ---


def test_columns_are_mapped_by_flags(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "Mã;Tiêu đề;Sapo;Nội dung;Ngày\nt1;Huyện họp;Sáng nay họp.;Đoạn một.||Đoạn hai.;3/5/2023\n")
    how = reading(maps=["id=Mã", "title=Tiêu đề", "lead=Sapo", "body=Nội dung", "published=Ngày"], constants=["source=Bản tin Ia Rong"])
    (fields,) = rows(path, how)
    article = record(fields, "x")
    assert isinstance(article, Article)
    assert (article.title, article.lead, article.source) == ("Huyện họp", "Sáng nay họp.", "Bản tin Ia Rong")
    assert article.published is not None
    assert article.published.date == "2023-05-03"


PROFILE = """
records = "data.items"

[map]
title = "tieu_de"
body = ["mo_ta", "noi_dung"]
author = "tac_gia"
published = "thong_tin.ngay"
section = "muc.0"

[constants]
source = "Bản tin Ia Rong"

[split]
body = "||"
"""


def test_a_profile_maps_paths_lists_and_delimiters(tmp_path: Path) -> None:
    row = {
        "title": "không phải", "tieu_de": "Huyện họp", "mo_ta": "Mở đầu.", "noi_dung": "Đoạn một.||Đoạn hai.", "tac_gia": ["An", "Bình"],
        "thong_tin": {"ngay": "2023-05-03"}, "muc": ["Thời sự", "Xã hội"], "text": "không phải",
    }  # fmt: skip
    path = write(tmp_path / "x.json", json.dumps({"data": {"items": [row], "khac": [{"a": 1}]}}))
    how = reading(write(tmp_path / "p.toml", PROFILE))
    (fields,) = rows(path, how)
    assert {key: fields[key] for key in ("title", "text", "author", "published", "category", "source")} == {
        "title": "Huyện họp", "text": ["Mở đầu.", "Đoạn một.", "Đoạn hai."], "author": "An, Bình", "published": "2023-05-03",
        "category": "Thời sự", "source": "Bản tin Ia Rong",
    }  # fmt: skip
    assert Reading.of(how.text()) == how
    assert (PLAIN.text(), Reading.of("")) == ("", PLAIN)


def test_flags_win_over_the_profile(tmp_path: Path) -> None:
    how = reading(write(tmp_path / "p.toml", PROFILE), maps=["title=ten"], constants=["source=Khác"], format_name="ndjson")
    assert dict(how.fields.paths)["title"] == ("ten",)
    assert (dict(how.fields.constants), how.format) == ({"source": "Khác"}, "ndjson")


def test_columns_of_a_table_without_header_are_given(tmp_path: Path) -> None:
    how = reading(write(tmp_path / "p.toml", 'columns = ["id", "title", "text"]\ndelimiter = ";"\nencoding = "utf-16-le"\n'))
    path = write(tmp_path / "x.csv", "1;Tin;Bài\n".encode("utf-16-le"))
    assert rows(path, how) == [{"id": "1", "title": "Tin", "text": "Bài"}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[map]\ntieude = "a"\n', "p.toml, line 2: 'tieude' is an unknown field; fields are id, url, title,"),
        ('x = 1\n[map]\ntitle = "a"\n', "p.toml, line 1: 'x' is an unknown key; keys are format, records,"),
        ("[map]\ntitle = 3\n", "p.toml, line 2: 'title' must be a text or a list of texts"),
        ("map = 3\n", r"p.toml, line 1: 'map' must be a table: \[map\]"),
        ('[constants]\nsource = ""\n', "line 2: 'source' must be a text"),
        ('delimiter = ";;"\n', "line 1: 'delimiter' must be one character"),
        ('encoding = "utf-99"\n', "line 1: 'encoding' must be an encoding that Python knows"),
        ('format = "doc"\n', "line 1: 'format' must be one of html, txt"),
        ('teasers = "có"\n', "line 1: 'teasers' must be true or false"),
        ("columns = []\n", "line 1: 'columns' must be a list of texts"),
        ("[map\n", r"p.toml is not TOML: .*line 1"),
    ],
)
def test_a_profile_that_is_wrong_names_the_line_and_what_is_allowed(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ProfileError, match=message):
        reading(write(tmp_path / "p.toml", text))


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"maps": ["tieude=a"]}, "--map tieude=a: unknown field 'tieude'; fields are id, url, title"),
        ({"maps": ["title"]}, "--map title: it must be FIELD=COLUMN, such as title=tieu_de"),
        ({"constants": ["nguon=x"]}, "--set nguon=x: unknown field 'nguon'"),
        ({"format_name": "doc"}, "--format doc: unknown format; formats are html, txt, md, json"),
        ({"profile": Path("khong-co.toml")}, "khong-co.toml cannot be read: No such file or directory"),
    ],
)
def test_flags_that_are_wrong_name_what_is_allowed(flags: dict[str, Any], message: str) -> None:
    with pytest.raises(ProfileError, match=message):
        reading(**flags)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    (item,) = items(write(tmp_path / "x.csv", TABLE), reading(maps=["title=tieu_de"]))
    assert item == Rejected(str(tmp_path / "x.csv"), "title = tieu_de: there is no such column; columns are id, title, text", UNREADABLE)


def test_a_record_without_any_mapped_name_is_named_with_those_it_has(tmp_path: Path) -> None:
    how = reading(maps=["title=tieu_de", "body=noi_dung"])
    found = outline(write(tmp_path / "x.ndjson", '{"ten": "Tin", "bai": "Bài"}\n' + ONE + '\n{"tieu_de": {"vi": "x"}}\n'), how)
    assert found == [
        "#1 none of tieu_de, noi_dung is in it; it has ten, bai",
        "#2 a",
        "#3 title = tieu_de: tieu_de is an object, not a text; its keys are vi",
    ]


@pytest.mark.parametrize(
    ("path", "value"),
    [("a.b", 1), ("a.c.1", "y"), ("a.d", None), ("x.y", "dotted"), ("a.c.9", None), ("a.c.-1", None), ("a.b.c", None), ("", None)],
)
def test_paths_are_dotted_and_a_key_with_dots_comes_first(path: str, value: object) -> None:
    assert looked_up({"a": {"b": 1, "c": ["x", "y"]}, "x.y": "dotted", "x": {"y": "nested"}}, path) == value


def test_no_map_changes_nothing() -> None:
    assert not FieldMap()
    assert FieldMap().apply({"title": "a", "khac": 1}) == {"title": "a", "khac": 1}


# --- lists inside JSON ---


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"articles": [{"id": "1"}, 3, {"id": "2"}]}, ["#1 1", "#2 not a JSON object but int", "#3 2"]),
        ({"data": {"page": {"items": [{"id": "1"}]}}}, ["#1 1"]),
        ({"id": "x", "title": "Tin", "tags": [{"a": 1}]}, [" x"]),
        ({"a": [{"x": 1}], "b": {"c": [{"x": 1}]}}, [" several lists in it: a, b.c. Choose one: records = … in a --profile"]),
        ({"id": "x", "a": [1, 2]}, [" x"]),
    ],
)
def test_the_list_of_articles_inside_an_object_is_found(tmp_path: Path, value: object, found: list[str]) -> None:
    assert outline(write(tmp_path / "x.json", json.dumps(value, indent=1))) == found


def test_a_list_that_is_not_where_the_profile_says_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "x.json", json.dumps({"a": {"b": [{"id": "1"}]}}))
    assert outline(path, Reading(records="a.c")) == [" records = 'a.c': there is no list at that path; lists in it: a.b"]
    assert outline(path, Reading(records="a.b")) == ["#1 1"]


def test_an_array_that_is_damaged_gives_what_came_before(tmp_path: Path) -> None:
    path = write(tmp_path / "x.json", f"[{ONE},\n{ONE}, {{hong}}, {ONE}]")
    assert outline(path) == ["#1 a", "#2 a", " not JSON after item 2: Expecting property name enclosed in double quotes"]
    assert outline(write(tmp_path / "y.json", f"[{ONE},\n{ONE}"))[-1] == " not JSON after item 2: ends where ',' is expected"
    assert outline(write(tmp_path / "z.json", f"[{ONE}] thừa"))[-1] == " not JSON after item 1: Extra data after the array"


@given(values=st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=8) | st.integers() | st.none(), max_size=3), max_size=6))
def test_an_array_in_any_layout_is_read_item_by_item(tmp_path_factory: pytest.TempPathFactory, values: list[dict[str, object]]) -> None:
    for indent in (None, 1):
        raw = codecs.BOM_UTF8 * bool(indent) + json.dumps(values, indent=indent, ensure_ascii=not indent).encode()
        found = items(write(tmp_path_factory.mktemp("array") / "x.json", raw))
        assert [item.fields for item in found if isinstance(item, Record)] == values
