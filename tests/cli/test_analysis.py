"""`timtin segment` and `timtin analyze`: lines in, lines out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.main import timtin

RECORD = {
    "id": "bai-1",
    "title": "Thị xã An Khê thu ngân sách đạt khá",
    "text": "Sáng 30-6, thị xã An Khê (tỉnh Gia Lai) sơ kết 6 tháng đầu năm 2023, thu 10.040 tỷ đồng, nhiệm kỳ 2020-2025.",
    "date": "2023-06-30",
}


def run(*arguments: str, lines: str) -> Result:
    return CliRunner().invoke(timtin, arguments, input=lines)


def one(result: Result) -> dict[str, Any]:
    (line,) = result.stdout.splitlines()
    answer: dict[str, Any] = json.loads(line)
    return answer


def test_segment_answers_as_pyvi_does() -> None:
    from pyvi import ViTokenizer

    lines = ["Thị xã An Khê thu ngân sách.", "", "Ủy ban nhân dân phường Tây Sơn"]
    result = run("segment", lines="\n".join(lines) + "\n")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [ViTokenizer.tokenize(line) if line else "" for line in lines]


def test_analyze_finds_places_dates_and_periods_of_a_document() -> None:
    answer = one(run("analyze", "--ndjson", lines=json.dumps(RECORD, ensure_ascii=False)))
    assert answer["id"] == "bai-1"
    assert (answer["published"]["date"], answer["event_date"]["date"]) == ("2023-06-30", "2023-06-30")
    place = answer["places"][0]
    assert (place["province"], place["district"], place["unit"], place["role"]) == ("Gia Lai", "An Khê", "d623:o", "primary")
    assert {period["label"] for period in answer["periods"]} >= {"6 tháng đầu năm 2023"}
    for mention in answer["mentions"]:
        text = RECORD["title"] if mention["zone"] == "title" else RECORD["text"]
        assert text[mention["start"] : mention["end"]] == mention["text"]


def test_tokens_and_rules_come_when_asked_for() -> None:
    plain = one(run("analyze", lines="Thị xã An Khê thu 10.040 tỷ\n"))
    assert "tokens" not in plain
    assert plain["id"] is None
    full = one(run("analyze", "--tokens", "--explain", lines="Thị xã An Khê, tỉnh Gia Lai thu 10.040 tỷ\n"))
    tokens = full["tokens"]["body"]
    assert [token["text"] for token in tokens["syllables"]][:4] == ["Thị", "xã", "An", "Khê"]
    assert tokens["words"][0] == {"text": "Thị xã", "first": 0, "last": 2}
    assert tokens["units"][0]["keys"] == ["10040"]
    assert full["places"][0]["rule"]


@pytest.mark.parametrize(("line", "reason"), [("{broken", "not JSON"), ("[1]", "not a JSON object"), ('{"id": 1, "title": 7}', "title")])
def test_a_broken_document_is_named_and_the_rest_goes_on(line: str, reason: str) -> None:
    result = run("analyze", "--ndjson", lines=f"{line}\n{json.dumps(RECORD)}\n")
    assert result.exit_code == 1
    assert reason in result.stderr
    assert "line 1" in result.stderr
    assert one(result)["id"] == "bai-1"
