"""An index on disk: every state it can be found in, and what is said about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from engine.errors import EngineError, IndexDamagedError, IndexMismatchError, IndexMissingError, UnknownEngineError
from engine.index import ENGINES, Index, read_meta, remove
from engine.schema import SCHEMA_VERSION


@pytest.fixture
def made(tmp_path: Path, analyzer: ArticleAnalyzer) -> Path:
    Index.create(tmp_path / "index", analyzer, "memory")
    with Index.open(tmp_path / "index", analyzer).writer():
        pass
    return tmp_path / "index"


def _rewrite(directory: Path, **changes: object) -> None:
    path = directory / "timtin.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_a_missing_index_names_the_command_that_makes_one(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    with pytest.raises(IndexMissingError, match="timtin index PATH"):
        Index.open(tmp_path / "nothing", analyzer)
    assert not (tmp_path / "nothing").exists()


def test_an_equal_one_opens(made: Path, analyzer: ArticleAnalyzer) -> None:
    assert Index.open(made, analyzer).snapshot().count() == 0
    assert read_meta(made).schema == SCHEMA_VERSION


@pytest.mark.parametrize(("version", "age"), [(SCHEMA_VERSION - 1, "older"), (SCHEMA_VERSION + 1, "newer")])
def test_another_schema_names_the_command_that_rebuilds(made: Path, analyzer: ArticleAnalyzer, version: int, age: str) -> None:
    _rewrite(made, schema=version)
    with pytest.raises(IndexMismatchError, match=f"{age}.*timtin index --rebuild"):
        Index.open(made, analyzer)


def test_another_analyzer_is_refused(made: Path, analyzer: ArticleAnalyzer) -> None:
    _rewrite(made, fingerprint="0" * 16)
    with pytest.raises(IndexMismatchError, match=r"another analyzer.*timtin index --rebuild"):
        Index.open(made, analyzer)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"engine": "memory"}', '{"engine": 1, "fingerprint": 2, "extra": 3}', "\x00\x01"])
def test_damaged_settings_are_said_to_be_damaged(made: Path, analyzer: ArticleAnalyzer, content: str) -> None:
    (made / "timtin.json").write_text(content)
    with pytest.raises(IndexDamagedError, match=r"timtin\.json.*timtin index --rebuild"):
        Index.open(made, analyzer)


def test_an_unknown_engine_lists_the_engines(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    with pytest.raises(UnknownEngineError, match=", ".join(ENGINES)):
        Index.create(tmp_path / "i", analyzer, "lucene")
    assert not (tmp_path / "i").exists()


def test_a_missing_package_says_what_to_install(tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "engine.whoosh", None)
    with pytest.raises(EngineError, match="pip install"):
        Index.create(tmp_path / "i", analyzer, "whoosh")


def test_a_folder_of_somebody_else_is_neither_used_nor_deleted(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(IndexMismatchError, match="not empty"):
        Index.create(tmp_path, analyzer, "memory")
    with pytest.raises(IndexMismatchError, match="not deleted"):
        remove(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "keep me"


def test_removing_an_index_leaves_nothing(made: Path) -> None:
    remove(made)
    assert not made.exists()
    remove(made)


def test_the_segmenter_decides_the_fingerprint_only_through_what_it_finds(analyzer: ArticleAnalyzer) -> None:
    """pyvi itself and its tables give the same words, so an index built with one opens with the other."""
    assert Analyzer("pyvi").fingerprint == analyzer.analyzer.fingerprint
