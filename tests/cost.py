"""What work costs: processor time, which other processes do not add to; compared with other work, never with a clock."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Return the least processor time that `work` takes, without the garbage collector's, which looks at all that other tests left."""
    measured = []
    collects = gc.isenabled()
    gc.disable()
    try:
        for _ in range(times):
            start = process_time()
            work()
            measured.append(process_time() - start)
    finally:
        if collects:
            gc.enable()
    return min(measured)
