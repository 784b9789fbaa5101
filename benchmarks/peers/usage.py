"""What processes used: CPU time and memory, read from ``/proc`` where there is one."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")


def cpu_seconds(processes: Iterable[int]) -> float:
    """CPU seconds of all of them so far, threads included, and of this one's ended children."""
    return sum(_own() if process == os.getpid() else _other(process) for process in processes)


def peak_bytes(processes: Iterable[int]) -> int:
    """The most memory each had resident at any time, added up."""
    return sum(_peak(process) for process in processes)


def _own() -> float:
    ended = os.times()
    return time.process_time() + ended.children_user + ended.children_system


def _other(process: int) -> float:
    try:
        # The second field is the name in brackets, which may hold blanks.
        fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(process: int) -> int:
    try:
        lines = (PROC / str(process) / "status").read_text().splitlines()
    except OSError:
        # ru_maxrss would do on Linux too, but there it starts from the memory of the process that started this one.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 if process == os.getpid() else 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)
