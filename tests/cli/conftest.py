"""An index of the project's own articles, and the `timtin` command over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analyzers.article import ArticleAnalyzer
from cli.main import timtin
from engine.model import AnalyzedDocument
from engine.search import Searcher
from tests.support import searcher_over

Command = Callable[..., Result]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer, seeds: tuple[AnalyzedDocument, ...]) -> Searcher:
    """The articles of seeds/, indexed once; commands only read it."""
    return searcher_over(tmp_path_factory.mktemp("archive") / "index", analyzer, seeds)


@pytest.fixture
def run(archive: Searcher) -> Command:
    """`timtin NAME …` over the archive, in this process; options of the test win."""

    def invoke(name: str, *arguments: object, **environment: str) -> Result:
        given = [str(argument) for argument in arguments]
        over = [] if "--index" in given or name in ("segment", "analyze") else ["--index", str(archive.index.directory)]
        return CliRunner().invoke(timtin, [name, *over, *given], env=environment)

    return invoke


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder of its own: no timtin.toml, no var/index."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
