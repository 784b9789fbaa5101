"""The house itself: directions of import, packaging, and that documents say what the code does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.support import ROOT

ROOMS = ("analyzers", "engine", "indexer", "search_app", "cli")
MAY_IMPORT = {
    "analyzers": set(),
    "engine": {"analyzers"},
    "indexer": {"analyzers", "engine"},
    "search_app": {"analyzers", "engine"},
    "cli": {"analyzers", "engine", "indexer", "search_app"},
}


def _modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def _imports(path: Path) -> set[str]:
    """Top-level names of all imports of a module, wherever they stand in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_one_way(room: str) -> None:
    """analyzers <- engine <- {indexer, search_app} <- cli"""
    for path in _modules(room):
        wrong = (_imports(path) & set(ROOMS)) - MAY_IMPORT[room] - {room}
        assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"


def test_analyzers_do_no_io() -> None:
    """Nothing that opens sockets, serves or stores; package data is read through importlib.resources."""
    forbidden = {"socket", "requests", "urllib3", "flask", "sqlite3", "tantivy", "whoosh", "trafilatura", "lxml", "bs4"}
    for path in _modules("analyzers"):
        assert not _imports(path) & forbidden, path


def test_importing_the_analyzers_loads_no_web_framework_and_no_engine() -> None:
    code = (
        "import sys, analyzers.article, analyzers.analyzer; analyzers.analyzer.Analyzer();"
        "print([m for m in ('flask','tantivy','whoosh','sklearn','pyvi','trafilatura') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("engine", ["tantivy", "whoosh", "memory"])
def test_only_the_engine_in_use_is_imported(engine: str, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from analyzers.analyzer import Analyzer; from analyzers.article import ArticleAnalyzer;"
        "from analyzers.places import PlaceFinder; from engine.index import Index;"
        f"Index.create(Path({str(tmp_path / 'i')!r}), ArticleAnalyzer(Analyzer(), PlaceFinder()), {engine!r});"
        "print(sorted(m for m in ('tantivy','whoosh') if m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == str([engine] if engine != "memory" else [])


@pytest.mark.parametrize("room", [*ROOMS, "seeds"])
def test_each_room_comes_from_this_distribution_only(room: str) -> None:
    assert set(packages_distributions().get(room, ["timtin"])) == {"timtin"}


def test_files_are_small_enough_to_read() -> None:
    """One concept a file: no module of the product over 350 lines."""
    long = {str(path.relative_to(ROOT)): n for room in ROOMS for path in _modules(room) if (n := len(path.read_text().splitlines())) > 350}
    assert not long


def test_checks_that_are_switched_off_say_why() -> None:
    bare = re.compile(r"# (?:type: ignore\[[\w, -]+\]|noqa: [A-Z0-9, ]+)\s*$")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for room in (*ROOMS, "benchmarks", "tests")
        for path in _modules(room)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare.search(line)
    ]
    assert found == []


def test_nothing_runs_what_it_reads() -> None:
    """No pickle, marshal, eval or exec in our code (Whoosh's own files are said to be pickles)."""
    for room in ROOMS:
        for path in _modules(room):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
            assert not calls & {"eval", "exec", "compile", "__import__"}, path
            if path.parts[-2:] != ("segmentation", "export.py"):
                assert not _imports(path) & {"pickle", "marshal", "shelve"}, path


def test_tracked_files_name_no_machine_paths_and_no_registry_hosts() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, cwd=ROOT, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    words = [b"/" + name + b"/" for name in (b"root", b"farm", b"work")] + [b"py" + b"pi.org", b"files." + b"pythonhosted"]
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if path.suffix in {".png", ".gz", ".xz"} or not path.is_file():
            continue
        content = path.read_bytes()
        assert not [word for word in words if word in content], name


def test_every_room_of_the_picture_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for room in (*ROOMS, "seeds", "tests", "benchmarks", "docs"):
        assert f"{room}/" in text
