"""The small process that workers are forked from. Importing this loads nothing else, so that process can begin before all that does."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

_PRELOADED = ["indexer.workers.warm"]


def begin() -> ForkServerContext:
    """Start it, unless it runs: it loads its tables while the caller loads its own. The way to start workers."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(_PRELOADED)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no matrices are multiplied, and its threads take 0.1 s of every process
    with _deaf():
        forkserver.ensure_running()
    return found


@contextmanager
def _deaf() -> Iterator[None]:
    """What starts meanwhile does not hear Ctrl-C, which goes to the whole group: it ends with its parent."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
