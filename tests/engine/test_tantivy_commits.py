"""Which commit of a tantivy index its readers see, while others write to it, build it anew or damage it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest
import tantivy

from analyzers.article import ArticleAnalyzer
from engine import tantivy_packing
from engine.errors import EngineError, IndexDamagedError
from engine.index import Index, remove
from engine.tantivy import TantivyBackend
from tests.engine import faults

FEW = 40
"""Articles that a dictionary is learnt from in these tests."""


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tantivy_packing, "LEARN_FROM", FEW)


class Slow:
    """A tantivy index that takes its time to reload."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index

    def reload(self) -> None:
        sleep(0.05)
        self._index.reload()
        sleep(0.05)

    def searcher(self) -> tantivy.Searcher:
        return self._index.searcher()


def build(directory: Path, analyzer: ArticleAnalyzer, name: str, first: int) -> None:
    """An index of twice as many articles as a dictionary is learnt from, called `name` and a number; others for another `first`."""
    texts = faults.Shared.get()[1]
    with Index.create(directory, analyzer).writer() as writer:
        for number in range(2 * FEW):
            writer.add(faults.numbered(texts[(first + number // 3) % len(texts)], f"{name}{number}"))


def read(backend: TantivyBackend) -> str:
    """The first letter of the articles that a snapshot holds, all of which must be of one building."""
    snapshot = backend.snapshot()
    found = {name: snapshot.get(f"{name}{2 * FEW - 1}") for name in "ab"}
    return "".join(name for name, stored in found.items() if stored is not None)


def test_all_threads_see_one_building_or_the_other(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    build(tmp_path / "i", analyzer, "a", 0)
    backend = TantivyBackend(tmp_path / "i" / "engine", create=False)
    assert read(backend) == "a"
    backend._commits._index = Slow(backend.index)
    remove(tmp_path / "i")
    build(tmp_path / "i", analyzer, "b", 7)
    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(lambda _: read(backend), range(24))) == {"b"}


def test_until_the_first_commit_of_an_index_built_anew_the_old_one_answers(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    build(tmp_path / "i", analyzer, "a", 0)
    backend = TantivyBackend(tmp_path / "i" / "engine", create=False)
    assert read(backend) == "a"
    remove(tmp_path / "i")
    assert read(backend) == "a"
    made = Index.create(tmp_path / "i", analyzer)
    assert read(backend) == "a"
    with made.writer() as writer:
        assert read(backend) == "a"
        writer.commit()
    assert (read(backend), backend.snapshot().count()) == ("", 0)


def test_a_commit_that_cannot_be_read_is_told_each_time(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    build(tmp_path / "i", analyzer, "a", 0)
    backend = TantivyBackend(tmp_path / "i" / "engine", create=False)
    path = tmp_path / "i" / "engine" / "meta.json"
    whole = path.read_bytes()
    path.write_bytes(whole[:50])
    for _ in range(2):
        with pytest.raises(IndexDamagedError, match="timtin index --rebuild"):
            backend.snapshot()
    path.write_bytes(whole)
    assert read(backend) == "a"


def test_rows_that_cannot_be_read_are_told_each_time(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    index = faults.sealed_index(tmp_path / "i", "memory")
    path = next((index.directory / "engine").iterdir())
    path.write_bytes(path.read_bytes()[:50])
    for _ in range(2):
        with pytest.raises(EngineError, match="timtin index --rebuild"):
            index.snapshot()
