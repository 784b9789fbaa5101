"""`timtin suggest`, other spellings and offers on the command line."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Command


def test_suggestions_are_lines_with_their_counts(run: Command) -> None:
    result = run("suggest", "an", "kh")
    assert result.exit_code == 0
    first = result.stdout.splitlines()[0].split()
    assert first[1:4] == ["place", "thị", "xã"]
    assert first[-1] == "gia-lai/an-khe"
    assert int(first[0]) > 0


def test_suggestions_as_data(run: Command) -> None:
    whole = json.loads(run("suggest", "--json", "hội ng").stdout)
    lines = [json.loads(line) for line in run("suggest", "--ndjson", "hội ng").stdout.splitlines()]
    table = run("suggest", "--csv", "hội ng").stdout.splitlines()
    assert whole["format"] == 1
    assert whole["query"] == "hội ng"
    assert whole["suggestions"] == lines != []
    assert table[0] == "kind,text,label,count,value"
    assert len(table) == len(lines) + 1


def test_nothing_to_suggest_is_status_1(run: Command) -> None:
    result = run("suggest", "zzzz")
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_mistyped_query_runs_as_meant_and_says_so(run: Command) -> None:
    result = run("count", "ngần sách")
    assert result.exit_code == 0
    assert int(result.stdout) == int(run("count", "ngân sách").stdout)
    assert "“ngần sách”" in result.stderr
    assert "“ngân sách”" in result.stderr


def test_exactly_what_was_typed_is_run_on_demand_and_the_rest_offered(run: Command) -> None:
    result = run("search", "--sua", "khong", "ngần sách")
    assert result.exit_code == 0
    assert result.stdout.startswith("---- ")
    assert "more match without the marks typed" in result.stdout.splitlines()[0]
    count = run("count", "ngân sách").stdout.strip()
    assert f"timtin: Có phải bạn tìm: 'ngân sách' --sua khong ({count} bài)" in result.stderr.splitlines()


def test_offers_are_said_with_flags_that_can_be_typed(run: Command) -> None:
    result = run("search", "hoi nghi", "--noi", "an-giang", "--tu", "1999", "--den", "1999")
    assert result.exit_code == 1
    offered = [line for line in result.stderr.splitlines() if "Bỏ mọi bộ lọc" in line]
    assert offered == [f"timtin: Bỏ mọi bộ lọc: 'hoi nghi' ({run('count', 'hoi nghi').stdout.strip()} bài)"]


def test_offers_are_in_the_json(run: Command) -> None:
    found = json.loads(run("search", "--json", "--sua", "khong", "ngần sách").stdout)
    first = found["offers"][0]
    assert (first["kind"], first["query"], first["parameters"]) == ("spelling", "ngân sách", [["q", "ngân sách"], ["sua", "khong"]])


def test_abbreviations_can_be_left_as_typed(run: Command) -> None:
    by_either = run("count", '"ủy ban nhân dân"')
    as_typed = run("count", '"ủy ban nhân dân"', "--viettat", "khong")
    assert "Tìm cả" in by_either.stderr
    assert as_typed.stderr == ""
    assert int(as_typed.stdout) < int(by_either.stdout)


@pytest.mark.parametrize("flag", ["--viettat", "--sua", "--abbreviations", "--correct"])
def test_a_switch_that_is_neither_is_an_error_that_names_the_values(run: Command, flag: str) -> None:
    result = run("search", "hội nghị", flag, "maybe")
    assert result.exit_code == 2
    assert "maybe" in result.stderr
    assert "khong" in result.stderr
