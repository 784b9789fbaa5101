"""What a terminal gets: colours only where they are wanted, and nothing of a document that it would obey."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analyzers.article import ArticleAnalyzer
from cli.main import timtin
from engine.search import Searcher
from tests.support import make, searcher_over

ANSI = re.compile(r"\x1b\[")
COMMANDS = (["search", "ngân sách"], ["facets", "ngân sách"], ["show", "x"])


def on_terminal(archive: Searcher, *arguments: str, before: tuple[str, ...] = (), **environment: str) -> Result:
    """The command with its output on something that shows colours."""
    command = [*before, *arguments, "--index", str(archive.index.directory)]
    return CliRunner().invoke(timtin, command, color=True, env={"NO_COLOR": "", **environment})


@pytest.mark.parametrize("command", COMMANDS[:2], ids=lambda command: command[0])
def test_matches_are_coloured_on_a_terminal_unless_told_otherwise(archive: Searcher, command: list[str]) -> None:
    assert ANSI.search(on_terminal(archive, *command).stdout)
    assert not ANSI.search(on_terminal(archive, *command, NO_COLOR="1").stdout)
    assert not ANSI.search(on_terminal(archive, *command, before=("--color", "never")).stdout)
    assert ANSI.search(on_terminal(archive, *command, before=("--color", "always"), NO_COLOR="1").stdout)


@pytest.mark.parametrize("command", COMMANDS[:2], ids=lambda command: command[0])
def test_a_pipe_gets_no_colours_unless_asked_for(archive: Searcher, command: list[str]) -> None:
    given = [*command, "--index", str(archive.index.directory)]
    assert not ANSI.search(CliRunner().invoke(timtin, given).stdout)
    assert ANSI.search(CliRunner().invoke(timtin, ["--color", "always", *given]).stdout)


@pytest.mark.parametrize("command", COMMANDS[:2], ids=lambda command: command[0])
def test_colours_may_be_told_behind_the_command_which_counts_more(archive: Searcher, command: list[str]) -> None:
    given = [*command, "--index", str(archive.index.directory), "--color"]
    assert ANSI.search(CliRunner().invoke(timtin, [*given, "always"], env={"NO_COLOR": "1"}).stdout)
    assert not ANSI.search(CliRunner().invoke(timtin, ["--color", "always", *given, "never"]).stdout)
    assert not ANSI.search(on_terminal(archive, *given, "auto", NO_COLOR="1").stdout)
    assert ANSI.search(on_terminal(archive, *given, "auto").stdout)


@pytest.mark.parametrize("form", ["--json", "--ndjson", "--csv"])
def test_data_has_no_colours_at_all(archive: Searcher, form: str) -> None:
    assert not ANSI.search(on_terminal(archive, "search", "ngân sách", form, before=("--color", "always")).stdout)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    """An index, from elsewhere perhaps, whose texts hold what terminals and spreadsheets obey."""
    bad = "\x1b[2J\x1b]0;mất\x07\x9b31m\u202eđảo\u2066\x00\x7f\u2028\r"
    item = make(
        "x", f"=Ngân sách{bad}", f"Ngân sách{bad} xã.\nĐoạn{bad} hai.", lead=f"Dẫn{bad} ngân sách.", date="2023", source=f"@Báo{bad}"
    )
    return searcher_over(tmp_path_factory.mktemp("hostile") / "index", analyzer, [item])


@pytest.mark.parametrize(
    "command",
    [
        *COMMANDS,
        *(["search", "ngân sách", form] for form in ("--json", "--ndjson", "--csv")),
        *(["facets", "ngân sách", form] for form in ("--json", "--ndjson", "--csv")),
        ["search", "ngân sách", "--explain"],
        ["show", "x", "--json"],
        ["stats"],
        ["stats", "--json"],
    ],
    ids=" ".join,
)
def test_no_control_character_of_a_document_reaches_the_terminal(hostile: Searcher, command: list[str]) -> None:
    result = CliRunner().invoke(timtin, [*command, "--index", str(hostile.index.directory)])
    assert result.exit_code == 0
    assert "ngân sách" in result.stdout.casefold() or command[0] in ("facets", "stats")
    bad = {c for c in result.output if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")} - {"\n"}
    assert bad == set()


def test_no_control_character_of_a_query_or_a_path_comes_back(archive: Searcher, tmp_path: Path) -> None:
    for command in (
        ["search", "\x1b[2Jkhong"],
        ["search", "a", "--noi", "\x1b[2J"],
        ["show", "\x1b[2J"],
        ["search", "a", "--tu", "\x1b]0;x\x07"],
    ):
        result = CliRunner().invoke(timtin, [*command, "--index", str(archive.index.directory)])
        assert "\x1b" not in result.output
        assert "\x07" not in result.output
    assert "\x1b" not in CliRunner().invoke(timtin, ["index", str(tmp_path / "\x1b[2J")]).output


def test_a_source_like_a_formula_is_harmless_in_a_spreadsheet(hostile: Searcher) -> None:
    row = CliRunner().invoke(timtin, ["search", "ngân sách", "--csv", "--index", str(hostile.index.directory)]).stdout.splitlines()[1]
    assert ",'=Ngân sách" in row
    assert ",'@Báo" in row
