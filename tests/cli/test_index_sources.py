"""`timtin index` over more than folders: patterns, mapping flags, profiles, formats, and what it says about them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from indexer.sources import reading
from indexer.sources.forms import FORMATS, SUFFIXES
from indexer.sources.mapping import FIELDS
from tests.cli.test_index import GOOD, index, stats, write
from tests.indexer.inputs import zipped
from tests.support import ROOT

DOC = (ROOT / "docs" / "ingest.md").read_text(encoding="utf-8")
TABLE = "ma;tieu_de;noi_dung;ngay\n1;Huyện họp;Bài một.;3/5/2023\n2;Xã họp;Bài hai.;4/5/2023\nhỏng\n"

pytestmark = pytest.mark.usefixtures("elsewhere")


def test_a_table_is_mapped_by_flags_and_a_bad_row_is_named(elsewhere: Path) -> None:
    flags = ("--map", "title=tieu_de", "--map", "body=noi_dung", "--map", "published=ngay", "--map", "id=ma", "--set", "source=Bản tin")
    result = index(write(elsewhere / "a.csv", TABLE), *flags)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == f"rejected {elsewhere}/a.csv#4: 1 cell in a row; the header has 4"
    assert stats()["documents"] == 2


def test_the_profile_of_the_documents_works(elsewhere: Path) -> None:
    block = next(block for block in re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL) if "[map]" in block)
    row = {"ma": "1", "tieu_de": "Huyện họp", "mo_ta": "Mở đầu.", "noi_dung": "Một.||Hai.", "thong_tin": {"ngay_dang": "2023-05-03"}}
    write(elsewhere / "a.json", json.dumps({"data": {"items": [{**row, "chuyen_muc": ["Thời sự"]}]}}))
    result = index(elsewhere / "a.json", "--profile", write(elsewhere / "p.toml", block))
    assert (result.exit_code, stats()["documents"]) == (0, 1)


def test_what_is_wrong_with_mapping_or_format_is_2_and_one_line(elsewhere: Path) -> None:
    file = write(elsewhere / "a.ndjson", GOOD)
    for flags, said in (
        (("--map", "ten=x"), f"timtin: --map ten=x: unknown field 'ten'; fields are {', '.join(FIELDS)}\n"),
        (("--format", "doc"), f"timtin: --format doc: unknown format; formats are {', '.join(FORMATS)}\n"),
        (("--profile", "khong-co.toml"), "timtin: khong-co.toml cannot be read: No such file or directory\n"),
    ):
        result = index(file, *flags)
        assert (result.exit_code, result.stderr) == (2, said)
    assert not (elsewhere / "var").exists()


def test_patterns_are_expanded_and_one_without_a_match_is_an_error(elsewhere: Path) -> None:
    write(elsewhere / "tin" / "2023" / "a.ndjson", GOOD)
    result = index("tin/**/*.ndjson")
    assert (result.exit_code, stats()["documents"]) == (0, 1)
    result = index("tin/**/*.warc")
    assert (result.exit_code, result.stderr) == (2, "timtin: No file matches: tin/**/*.warc\n")


def test_what_is_skipped_is_told_and_is_no_failure(elsewhere: Path) -> None:
    (elsewhere / "a.zip").write_bytes(zipped({"a.ndjson": GOOD, "anh.png": b"x"}))
    result = index("a.zip")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == f"skipped {elsewhere}/a.zip: 1 members that are no articles by their names"
    assert ", 1 skipped, " in result.stderr.splitlines()[-1]


def test_standard_input_may_be_a_table(elsewhere: Path) -> None:
    assert index("-", typed="title,text\nHuyện họp,Bài một.\n").exit_code == 0
    assert stats()["documents"] == 1


def test_the_documents_name_every_suffix_format_field_and_key() -> None:
    for name in (*SUFFIXES, *FORMATS, *FIELDS, "--map", "--set", "--profile", "--format", "--teasers"):
        assert re.search(rf"(?<![\w-]){re.escape(name)}\b", DOC), name
    assert reading().text() == ""


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("bao-cao.doc", ".doc is not read: save it as .docx, .odt, .txt or .html"),
        ("BIEU.XLSX", ".xlsx is not read: save it as .csv"),
        ("tin.pdf", ".pdf is not read: save it as .docx, .odt, .txt or .html"),
    ],
)
def test_a_file_of_an_office_program_that_is_not_read_says_what_to_save_it_as(elsewhere: Path, name: str, hint: str) -> None:
    (elsewhere / name).write_bytes(b"PK\x03\x04")
    result = index(name)
    assert result.exit_code == 1
    assert name in result.stderr
    assert hint in result.stderr
