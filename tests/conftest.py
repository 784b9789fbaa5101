"""What all tests share: the analyzer, the project's own articles analysed once, and what lies beside the checkout."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

import analyzers
import benchmarks
import cli
import engine
import indexer
import search_app
from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import PlaceFinder
from cli.settings import CONFIG_VARIABLE, SETTINGS
from engine.model import AnalyzedDocument
from tests import support
from tests.opensearch_server import Cluster, UnavailableError
from tests.support import ROOT, seed_documents

PEERS = "benchmarks.peers."
"""The other engines of the benchmark, which need not be installed."""

_UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("same", derandomize=True, **_UNHURRIED)
settings.register_profile("explore", **_UNHURRIED)
settings.load_profile("same")
"""Every run tries the same examples, and none is measured by the clock; other examples: ``pytest --hypothesis-profile=explore``."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Load the whole project before the first property test.

    hypothesis also draws from the constants in the modules loaded so far: with pytest-xdist that would be another set in every
    process and run, and an example found in one could not be found again in the next.
    """
    if any(is_hypothesis_test(getattr(item, "obj", None)) for item in items):
        for package in (analyzers, benchmarks, cli, engine, indexer, search_app):
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                if not module.name.endswith(".__main__") and not module.name.startswith(PEERS):
                    importlib.import_module(module.name)


@pytest.fixture(scope="session")
def analyzer() -> ArticleAnalyzer:
    """The default analyzer: building it reads the gazetteer and the segmenter's tables."""
    return ArticleAnalyzer(Analyzer(), PlaceFinder())


@pytest.fixture(scope="session")
def seeds(analyzer: ArticleAnalyzer) -> tuple[AnalyzedDocument, ...]:
    """Every article of seeds/, analysed."""
    return seed_documents(analyzer)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data beside the checkout; tests that need it are skipped without."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("the measuring data (../shared) is not here")
    return path


@pytest.fixture(scope="session")
def opensearch() -> Iterator[Cluster]:
    """One node of OpenSearch, for all tests that name it."""
    try:
        started = Cluster()
    except UnavailableError as error:
        pytest.skip(str(error))
    with started:
        support.CLUSTER[:] = started.urls
        yield started
        support.CLUSTER.clear()


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests reaches them."""
    for name in (CONFIG_VARIABLE, *(setting.variable for setting in SETTINGS)):
        monkeypatch.delenv(name, raising=False)
