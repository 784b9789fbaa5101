"""What processes used: CPU time and memory, read from ``/proc`` where there is one."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterable

from benchmarks import memory


def cpu_seconds(processes: Iterable[int]) -> float:
    """CPU seconds of all of them so far, threads included, and of this one's ended children."""
    return sum(_own() if process == os.getpid() else memory.cpu_seconds(process) for process in processes)


def peak_bytes(processes: Iterable[int]) -> int:
    """The most memory each had resident at any time, added up."""
    return sum(memory.peak_bytes(process) or _without_proc(process) for process in processes)


def _own() -> float:
    ended = os.times()
    return time.process_time() + ended.children_user + ended.children_system


def _without_proc(process: int) -> int:
    """The peak of this process only, as the system keeps it."""
    # On Linux this would start from the memory of the process that started this one.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 if process == os.getpid() else 0
