"""Help and documents of the command: examples first, nothing left unsaid."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version

import click
import pytest
from click.testing import CliRunner

from cli.main import timtin
from cli.settings import SETTINGS
from tests.support import ROOT

COMMANDS = sorted(timtin.commands)
ASKED_FOR = ("index", "search", "count", "facets", "show", "serve", "stats")


def text(*arguments: str) -> str:
    result = CliRunner().invoke(timtin, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_starts_with_examples_that_use_real_commands(flag: str) -> None:
    shown = text(flag)
    assert shown.splitlines()[2].strip() == "Examples:"
    assert shown.index("Examples:") < shown.index("Options:") < shown.index("Commands:")
    used = {word for line in shown.split("Options:")[0].splitlines() for word in re.findall(r"\btimtin ([a-z]+)", line)}
    assert {"index", "search", "serve"} <= used <= set(COMMANDS)


def test_without_a_command_the_help_is_shown_as_an_error() -> None:
    result = CliRunner().invoke(timtin, [])
    assert result.exit_code == 2
    assert "Examples:" in result.output


def test_every_command_asked_for_exists() -> None:
    assert set(ASKED_FOR) <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_and_option_says_what_it_does(name: str) -> None:
    command = timtin.commands[name]
    assert command.help
    assert command.help.strip().split("\n")[0].endswith(".")
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.opts for one in options if not (one.help or "").endswith((".", "]."))] == []
    assert "Usage: timtin " in text(name, "--help")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("serve", "stats", "segment")])
def test_commands_that_use_the_exit_status_say_so(name: str) -> None:
    assert "Exit status" in (timtin.commands[name].help or "")


def test_defaults_that_help_names_are_those_of_the_settings() -> None:
    defaults = {one.name: str(one.default) for one in SETTINGS}
    for name in COMMANDS:
        for option in timtin.commands[name].params:
            named = re.search(r"\[(.+)\]\.$", getattr(option, "help", None) or "")
            if named and option.name in defaults:
                assert named[1] == defaults[option.name], (name, option.name)
    assert f"Number of results [{defaults['page_size']}]." in text("search", "--help")
    assert f"http://{defaults['host']}:{defaults['port']}/" in text("--help")


def test_an_unknown_command_is_2_and_suggests() -> None:
    result = CliRunner().invoke(timtin, ["serach"])
    assert result.exit_code == 2
    assert "serach" in result.stderr


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    try:
        installed_version("timtin")
    except PackageNotFoundError:
        pytest.skip("timtin is not installed here")
    assert text("--version") == f"timtin, version {project['version']}\n"
