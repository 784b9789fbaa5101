"""Killed, damaged, fought over: an index loses nothing that was committed and gives no answer from a damaged file.

The same at large counts: ``python -m benchmarks.faults``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzers.article import ArticleAnalyzer
from cli.main import timtin
from engine import integrity
from engine.errors import IndexDamagedError
from engine.footer import wrong_footer
from engine.index import Index
from engine.model import SearchRequest
from engine.search import Searcher
from tests.engine import faults
from tests.engine.full_disk import FIRST, MORE, articles, fillings
from tests.process import PATIENCE, environment

EMBEDDED = ("tantivy", "whoosh", "memory")


@pytest.mark.parametrize(("engine", "kills"), [("tantivy", 50), ("whoosh", 6), ("memory", 4)])
def test_a_killed_writer_loses_nothing_it_had_committed(tmp_path: Path, engine: str, kills: int) -> None:
    rounds = list(faults.killed_at_random(tmp_path / "i", engine, kills, seed=7))
    for acknowledged, found in rounds:
        assert found >= acknowledged
        assert found % faults.BATCH == 0
    assert max(found for _, found in rounds) > 0
    assert faults.leftovers(tmp_path / "i", engine) == []


@pytest.mark.parametrize("engine", EMBEDDED)
def test_every_damage_is_found_before_an_answer_is_given(tmp_path: Path, engine: str) -> None:
    index = faults.sealed_index(tmp_path / "i", engine)
    faults.sealed_index(tmp_path / "other", engine)
    files = index.directory / "engine"
    done = 0
    for damage in faults.damages(files, tmp_path / "other" / "engine", offsets=6, seed=11):
        answer = faults.answer(index.directory)
        assert answer.startswith("found: "), f"{damage}: {answer}"
        assert damage.split(":")[0] in answer
        assert "timtin index --rebuild" in answer
        done += 1
    assert done > 20
    assert faults.answer(index.directory) == "right"


@pytest.mark.parametrize("damage", [b"", b"{}", b"00000000\n{}"])
def test_a_damaged_list_of_checksums_is_damage(tmp_path: Path, damage: bytes) -> None:
    index = faults.sealed_index(tmp_path / "i", "memory")
    (index.directory / integrity.LIST).write_bytes(damage)
    assert faults.answer(index.directory).startswith("found: ")
    (index.directory / integrity.LIST).unlink()
    assert faults.answer(index.directory).startswith("found: ")


def test_while_a_writer_is_at_work_readers_open_what_is_committed(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    index = faults.sealed_index(tmp_path / "i", "tantivy")
    _, documents = faults.Shared.get()
    before = set((index.directory / "engine").glob("*.store"))
    with index.writer() as writer:
        writer.add(faults.numbered(documents[0], "new"))
        writer.commit()
        assert Searcher(Index.open(index.directory, analyzer)).count(SearchRequest("huyện")) == 3 * faults.BATCH + 1
        (newest,) = set((index.directory / "engine").glob("*.store")) - before
        first = newest.read_bytes()[:1]
        overwrite(newest, b"x")
        assert wrong_footer(newest)
        with pytest.raises(IndexDamagedError, match=newest.name):
            Index.open(index.directory, analyzer)
        overwrite(newest, first)
    assert not (index.directory / integrity.MARK).exists()


def test_files_a_writer_has_committed_are_read_once_while_it_is_at_work(
    tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = faults.sealed_index(tmp_path / "i", "tantivy")
    _, documents = faults.Shared.get()
    read: list[Path] = []

    def noted(path: Path) -> str | None:
        read.append(path)
        return wrong_footer(path)

    monkeypatch.setattr("engine.integrity.wrong_footer", noted)
    with index.writer() as writer:
        writer.add(faults.numbered(documents[0], "new"))
        writer.commit()
        Index.open(index.directory, analyzer)
        assert len(read) > 5
        read.clear()
        Index.open(index.directory, analyzer)
        assert read == []


def test_checksums_of_what_was_written_need_no_reading_and_are_right(
    tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    crc = integrity._crc
    read: list[str] = []
    monkeypatch.setattr("engine.integrity._crc", lambda path: [read.append(path.suffix), crc(path)][1])
    index = faults.sealed_index(tmp_path / "i", "tantivy")
    assert set(read) <= {".json"}
    listed = integrity._listed(index.directory)
    assert listed is not None
    assert listed.files == {path.name: (path.stat().st_size, crc(path)) for path in integrity._files(index.directory / "engine")}
    Index.open(index.directory, analyzer)
    assert {".json", *read} > {".json", ".store"}  # nobody has seen them on the disk yet
    read.clear()
    Index.open(index.directory, analyzer)
    assert read == []


def overwrite(path: Path, start: bytes) -> None:
    """Change the first bytes in place: the writer has the file mapped, and one that is cut short under it would end the process."""
    with path.open("r+b") as handle:
        handle.write(start)
    faults.later(path)


def test_a_file_that_looks_unchanged_is_read_again_only_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = faults.sealed_index(tmp_path / "i", "tantivy")
    files = index.directory / "engine"
    read: list[Path] = []
    crc = integrity._crc

    def counted(path: Path) -> int:
        read.append(path)
        return crc(path)

    integrity.verify(index.directory, files)
    monkeypatch.setattr("engine.integrity._crc", counted)
    integrity.verify(index.directory, files)
    assert read == []
    integrity.verify(index.directory, files, whole=True)
    assert len(read) > 5
    store = next(files.glob("*.store"))
    faults.later(store)
    read.clear()
    integrity.verify(index.directory, files)
    assert read == [store]
    assert integrity.problems(index.directory, files) == []


@pytest.mark.parametrize(("engine", "sizes"), [("tantivy", (0, 16, 40)), ("whoosh", (40,))])
def test_a_full_disk_is_said_and_costs_nothing_that_was_committed(tmp_path: Path, engine: str, sizes: tuple[int, ...]) -> None:
    try:
        filled = fillings(tmp_path / "disk", engine, sizes)
    except OSError as error:
        pytest.skip(f"no mount namespace to be had here: {error}")
    assert len(filled) == len(sizes)
    for one in filled:
        assert one.kept in (FIRST, FIRST + MORE), one  # all where the index was complete and only the records beside it were not
        assert (one.status, one.then) == (2, FIRST + MORE), one
        assert str(tmp_path) in one.message, one
        assert "space" in one.message or "MB free" in one.message, one
        assert one.message.count("\n") == 1, one
        assert (one.whole, one.again, one.sound, one.leftovers) == (True, 0, True, []), one


def test_a_disk_that_is_full_from_the_start_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    try:
        filled = fillings(tmp_path / "disk", "tantivy", (0, 40), first=False)
    except OSError as error:
        pytest.skip(f"no mount namespace to be had here: {error}")
    for one in filled:
        assert (one.status, one.again, one.then, one.sound) == (2, 0, MORE, True), one
        assert "TRACEBACK" not in one.message
        assert "disk" in one.message or "space" in one.message, one


@pytest.mark.parametrize("kilobytes", [1, 100])
def test_a_file_that_may_not_grow_is_said_and_costs_nothing_that_was_committed(tmp_path: Path, kilobytes: int) -> None:
    """Under a limit of the system (`ulimit -f`) writing fails in the middle of a file, wherever that is."""
    index = tmp_path / "i"
    first, more = (articles(tmp_path / f"{at}.ndjson", at, at + MORE) for at in (0, MORE))

    def run(name: str, *arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(timtin, [name, "--index", str(index), *map(str, arguments)])
        return done.exit_code, done.stdout

    assert run("index", first)[0] == 0
    limited = ["sh", "-c", 'ulimit -f "$0"; exec "$@"', str(2 * kilobytes), sys.executable, "-m", "cli", "index", "--index", str(index)]
    stopped = subprocess.run([*limited, str(more)], env=environment(), capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert stopped.returncode == 2
    assert str(index) in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert run("count") == (0, f"{MORE}\n")
    assert run("check")[0] == 0
    assert run("index", more)[0] == 0
    assert run("count") == (0, f"{2 * MORE}\n")


def test_writers_that_compete_are_one_and_the_rest_are_told_at_once(tmp_path: Path) -> None:
    index = faults.sealed_index(tmp_path / "i", "tantivy")
    for number in range(4):
        outcomes = faults.competition(index.directory, writers=8, kill=number % 2 == 0)
        assert [kind for kind, _ in outcomes].count("wrote") == 1
        assert {kind for kind, _ in outcomes} == {"wrote", "busy"}


def test_what_a_cut_making_of_an_index_left_is_cleared(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    index = faults.sealed_index(tmp_path / "i", "tantivy")
    (index.directory / "timtin.json").unlink()
    (index.directory / "creating").touch()
    assert Index.open_or_create(index.directory, analyzer, "whoosh").snapshot().count() == 0
