"""The opensearch engine keeps the contract, on a real server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import support
from tests.engine.contract import Contract
from tests.opensearch_server import Cluster, UnavailableError


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[Cluster]:
    """One node, for all tests of this file."""
    try:
        started = Cluster()
    except UnavailableError as error:
        pytest.skip(str(error))
    with started:
        support.CLUSTER[:] = started.urls
        yield started
        support.CLUSTER.clear()


class TestOpenSearch(Contract):
    engine = "opensearch"
