"""The small process that workers are forked from. Importing this loads nothing else, so that process can begin before all that does."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

_PRELOADED = ["indexer.workers.warm"]


def begin() -> None:
    """Start it: it loads its tables while the caller loads its own."""
    context()
    forkserver.ensure_running()


def context() -> ForkServerContext:
    """The way to start workers."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(_PRELOADED)
    return found
