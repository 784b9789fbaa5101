"""Documents say what the program does: their commands run, and every command, setting and field is in them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import timtin
from cli.settings import SETTINGS
from engine.query.lexer import _FIELD_NAMES
from tests.support import ROOT, SEEDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = README + (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
COMMANDS = [line.split("  #")[0].strip() for line in re.findall(r"^timtin [^|\n]*$", SHOWN, re.MULTILINE)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("readme") / "index"
    done = CliRunner(env={"TIMTIN_INDEX": str(directory)}).invoke(timtin, ["index", str(SEEDS)])
    assert done.exit_code == 0, done.stderr
    return directory


def test_the_readme_and_its_page_show_commands() -> None:
    assert len(COMMANDS) >= 15


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_they_show_runs_and_finds_something(command: str, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TIMTIN_INDEX", str(archive))
    done = CliRunner().invoke(timtin, shlex.split(command)[1:])
    assert done.exit_code == 0, done.output


def test_every_command_is_in_the_readme_or_the_documents() -> None:
    text = README + "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    for name in timtin.commands:
        assert f"timtin {name}" in text, name


def test_every_setting_is_documented_with_its_default() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default != "" else "*(empty)*"
        assert f"| `{setting.name}` | `{setting.variable}` | {default} | {setting.help} |" in text, setting.name


def test_every_field_of_the_query_language_is_documented() -> None:
    text = (ROOT / "docs" / "query-syntax.md").read_text(encoding="utf-8")
    for field in _FIELD_NAMES:
        assert f"`{field}:" in text, field


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_picture_is_there() -> None:
    assert (ROOT / "docs" / "images" / "results.png").stat().st_size > 20_000
