"""The wheel: built, installed into a clean environment, and used from outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.wheel
ROOMS = ("analyzers", "engine", "indexer", "search_app", "cli", "seeds")


def _run(*command: str | Path, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("TIMTIN_", "PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=cwd, env=environment, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("timtin-*.whl")
    return built


def test_the_wheel_holds_every_tracked_file_of_the_rooms_and_nothing_else(wheel: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z", *ROOMS], capture_output=True, cwd=ROOT, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    tracked = {name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert tracked <= packed
    assert {name.split("/")[0] for name in packed} == set(ROOMS)


def test_an_installed_timtin_indexes_and_searches_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "clean"
    _run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    python = environment / "bin" / "python"
    _run(
        python,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        ROOT / "requirements" / "run.lock",
        cwd=tmp_path,
    )
    _run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", wheel, cwd=tmp_path)
    seeds = _run(python, "-c", "import seeds; print(list(seeds.__path__)[0])", cwd=tmp_path).strip()
    assert Path(seeds).is_relative_to(environment)
    timtin = environment / "bin" / "timtin"
    _run(timtin, "index", seeds, cwd=tmp_path)
    found = json.loads(_run(timtin, "search", "thi xa an khe thu ngan sach", "--json", cwd=tmp_path))
    assert found["hits"][0]["places"][0]["district"] == "An Khê"
    page = (
        "from cli.house import searcher; from cli.settings import load; from search_app import create_app;"
        "client = create_app(searcher(load({}))).test_client(); answer = client.get('/tim?q=nong+thon+moi');"
        "print(answer.status_code, '<mark>' in answer.get_data(as_text=True))"
    )
    assert _run(python, "-c", page, cwd=tmp_path).split() == ["200", "True"]
