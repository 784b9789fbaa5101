"""`timtin check`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import timtin
from tests.support import SEEDS


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of a few seeds."""
    directory = tmp_path / "index"
    assert CliRunner().invoke(timtin, ["index", "--index", str(directory), str(SEEDS / "ndjson")]).exit_code == 0
    return directory


def check(directory: Path) -> tuple[int, str]:
    """Exit status and what was said."""
    result = CliRunner().invoke(timtin, ["check", "--index", str(directory)])
    assert result.stdout == ""
    return result.exit_code, result.stderr


def test_a_whole_index_is_said_to_be_whole(index: Path) -> None:
    status, said = check(index)
    assert status == 0
    assert "is whole" in said


def test_every_damaged_file_is_named_and_nothing_is_changed(index: Path) -> None:
    store = next((index / "engine").glob("*.store"))
    term = next((index / "engine").glob("*.term"))
    for path in (store, term):
        path.write_bytes(b"x" + path.read_bytes()[1:])
    before = {path: path.read_bytes() for path in index.rglob("*") if path.is_file()}
    status, said = check(index)
    assert status == 1
    assert store.name in said
    assert term.name in said
    assert "timtin index --rebuild" in said
    assert {path: path.read_bytes() for path in index.rglob("*") if path.is_file()} == before


def test_a_damaged_manifest_is_named(index: Path) -> None:
    manifest = index / "manifest.sqlite"
    manifest.write_bytes(manifest.read_bytes()[:100] + b"\xff" * 4000)
    status, said = check(index)
    assert status == 1
    assert "manifest.sqlite" in said


def test_no_index_is_no_damage(tmp_path: Path) -> None:
    status, said = check(tmp_path / "none")
    assert status == 2
    assert "There is no index" in said
