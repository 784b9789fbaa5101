"""`timtin segment` and `timtin analyze`: a line in, a line out."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.analysis import text_of
from cli.main import timtin
from tests.support import ROOT

RECORD = {
    "id": "bai-1",
    "title": "Thị xã An Khê thu ngân sách đạt khá",
    "text": "Sáng 30-6, thị xã An Khê (tỉnh Gia Lai) sơ kết 6 tháng đầu năm 2023, thu 10.040 tỷ đồng, nhiệm kỳ 2020-2025.",
    "date": "2023-06-30",
}
SENTENCE = "Sáng 30-6-2023, thị xã An Khê (tỉnh Gia Lai) tổng kết thu ngân sách."


def piped(*arguments: str, typed: str | bytes) -> Result:
    return CliRunner().invoke(timtin, arguments, input=typed)


def analyzed(*flags: str, typed: str) -> list[dict[str, Any]]:
    result = piped("analyze", *flags, typed=typed)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_segmenting_gives_each_line_its_line() -> None:
    result = piped("segment", typed="thị xã An Khê\n\nthu ngân sách\r\n")
    assert (result.exit_code, result.stdout) == (0, "thị_xã An_Khê\n\nthu ngân_sách\n")


def test_segmenting_answers_as_pyvi_does() -> None:
    from pyvi import ViTokenizer

    lines = ["Thị xã An Khê thu ngân sách.", "", "Ủy ban nhân dân phường Tây Sơn"]
    result = piped("segment", typed="\n".join(lines) + "\n")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [ViTokenizer.tokenize(line) if line else "" for line in lines]


def test_bytes_that_are_no_text_pass_through_segmenting() -> None:
    assert piped("segment", typed=b"xin ch\xc3\xa0o \xff b\xe1\xba\xa1n\n").stdout_bytes == b"xin ch\xc3\xa0o \xff b\xe1\xba\xa1n\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-8-sig"])
def test_other_encodings_of_unicode_are_read(tmp_path: Path, encoding: str) -> None:
    """Editors of Windows write them, with a byte order mark; without one, the zeros tell."""
    raw = "thị xã An Khê\r\nthu ngân sách\r\n".encode(encoding)
    (tmp_path / "a.txt").write_bytes(raw)
    for result in (piped("segment", typed=raw), CliRunner().invoke(timtin, ["segment", str(tmp_path / "a.txt")])):
        assert (result.exit_code, result.stdout) == (0, "thị_xã An_Khê\nthu ngân_sách\n")
    assert json.loads(piped("analyze", typed=raw).stdout.splitlines()[0])["places"][0]["path"] == "gia-lai/an-khe"


@pytest.mark.parametrize("command", ["segment", "analyze"])
@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 40, b"\x00\x01\x02\x03\x04abc" * 50])
def test_bytes_that_are_no_text_at_all_are_refused(tmp_path: Path, command: str, raw: bytes) -> None:
    result = piped(command, typed=raw)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "standard input: binary data" in result.stderr
    (tmp_path / "anh.png").write_bytes(raw)
    assert "anh.png: binary data" in CliRunner().invoke(timtin, [command, str(tmp_path / "anh.png")]).stderr


@pytest.mark.parametrize("typed", [b"", b"\n", b"\0\0", "ă\n".encode()])
def test_little_is_no_binary_data(typed: bytes) -> None:
    assert piped("segment", typed=typed).exit_code == 0


def test_lines_are_answered_as_they_come() -> None:
    """A pipe whose other end waits for the answer must not be read to its end first."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as source, os.fdopen(writer, "wb", buffering=0) as given:
        given.write("thị xã An Khê\n".encode())
        lines = iter(text_of(source, "replace"))
        given.write(b"x")
        assert next(lines) == "thị xã An Khê\n"


@pytest.mark.parametrize("command", ["segment", "analyze"])
def test_a_file_may_be_named_and_one_that_is_not_there_is_2(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text("ngân sách\n")
    found = CliRunner().invoke(timtin, [command, str(tmp_path / "a.txt")])
    assert (found.exit_code, found.stdout.count("\n")) == (0, 1)
    result = CliRunner().invoke(timtin, [command, str(tmp_path / "b.txt")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "b.txt" in result.stderr


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_analysis_spans_are_code_points_of_the_nfc_text(form: str) -> None:
    (found,) = analyzed("--tokens", "--explain", typed=unicodedata.normalize(form, SENTENCE))  # type: ignore[arg-type]  # one of the four names
    spans = [*found["mentions"], *found["tokens"]["body"]["syllables"], *found["tokens"]["body"]["units"]]
    assert {"thị xã An Khê", "tỉnh Gia Lai", "Khê"} <= {span["text"] for span in spans}
    assert [span for span in spans if SENTENCE[span["start"] : span["end"]] != span["text"]] == []
    assert found["places"][0]["path"] == "gia-lai/an-khe"
    assert found["places"][0]["rule"]
    assert found["event_date"]["date"] == "2023-06-30"


def test_places_dates_and_periods_of_a_document_are_found() -> None:
    (answer,) = analyzed("--ndjson", typed=json.dumps(RECORD, ensure_ascii=False))
    assert answer["id"] == "bai-1"
    assert (answer["published"]["date"], answer["event_date"]["date"]) == ("2023-06-30", "2023-06-30")
    place = answer["places"][0]
    assert (place["province"], place["district"], place["unit"], place["role"]) == ("Gia Lai", "An Khê", "d623:o", "primary")
    assert {period["label"] for period in answer["periods"]} >= {"6 tháng đầu năm 2023"}
    for mention in answer["mentions"]:
        text = RECORD["title"] if mention["zone"] == "title" else RECORD["text"]
        assert text[mention["start"] : mention["end"]] == mention["text"]


def test_tokens_and_rules_are_left_out_unless_asked_for() -> None:
    (found,) = analyzed(typed=SENTENCE)
    assert found["id"] is None
    assert "tokens" not in found
    assert "rule" not in found["places"][0]


def test_tokens_are_syllables_words_and_units() -> None:
    (full,) = analyzed("--tokens", typed="Thị xã An Khê, tỉnh Gia Lai thu 10.040 tỷ\n")
    tokens = full["tokens"]["body"]
    assert [token["text"] for token in tokens["syllables"]][:4] == ["Thị", "xã", "An", "Khê"]
    assert tokens["words"][0] == {"text": "Thị xã", "first": 0, "last": 2}
    assert tokens["units"][0]["keys"] == ["10040"]


def test_documents_are_analysed_as_they_are_indexed() -> None:
    lines = (ROOT / "seeds" / "ndjson" / "mien_bac.ndjson").read_text(encoding="utf-8")
    found = analyzed("--ndjson", typed=lines)
    assert len(found) == len(lines.splitlines())
    assert all(one["published"] and one["places"] for one in found)


def test_a_document_that_cannot_be_read_is_1_and_named_and_the_others_are_analysed() -> None:
    good = json.dumps({"id": "a", "title": "Tin", "text": SENTENCE})
    result = piped("analyze", "--ndjson", typed=f'{good}\n{{broken\n[1]\n{{"title": "x"}}\n{good}\n')
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "a"]
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["rejected line 2", "rejected line 3", "rejected line 4"]


@pytest.mark.parametrize(("line", "reason"), [("{broken", "not JSON"), ("[1]", "not a JSON object"), ('{"id": 1, "title": 7}', "title")])
def test_a_broken_document_is_named_with_its_reason_and_the_rest_goes_on(line: str, reason: str) -> None:
    result = piped("analyze", "--ndjson", typed=f"{line}\n{json.dumps(RECORD)}\n")
    assert result.exit_code == 1
    assert reason in result.stderr
    assert "line 1" in result.stderr
    assert json.loads(result.stdout)["id"] == "bai-1"


def test_no_control_character_of_a_text_comes_back() -> None:
    result = piped("analyze", "--tokens", typed=f"Huyện \x1b[2JĐak\x9b Pơ {SENTENCE}\u202e\n")
    assert not {c for c in result.output if unicodedata.category(c) in ("Cc", "Cf")} - {"\n"}


def test_a_place_that_is_merely_mentioned_is_a_mention_and_no_place() -> None:
    text = "Ca sĩ trẻ, quê ở tỉnh Phú Thọ, kể chuyện học đàn. Cô tập mỗi ngày sáu giờ và thích hát dân ca."
    (answer,) = [json.loads(line) for line in CliRunner().invoke(timtin, ["analyze", "-"], input=text).stdout.splitlines()]
    assert answer["places"] == []
    assert [mention["text"] for mention in answer["mentions"]] == ["tỉnh Phú Thọ"]
