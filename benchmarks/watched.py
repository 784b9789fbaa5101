"""A command run to its end, with the processor time and the memory of each process that it started, from /proc (Linux)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep

_EVERY = 0.1
_TICKS = os.sysconf("SC_CLK_TCK")
_SESSION, _USER, _SYSTEM = 3, 11, 12
"""Places in ``/proc/PID/stat`` after the name of the command."""


@dataclass(slots=True)
class Watched:
    """`cpu` and `peak` of each process, by its id in the order they were met: seconds, and bytes resident at most."""

    seconds: float
    cpu: dict[int, float] = field(default_factory=dict)
    peak: dict[int, int] = field(default_factory=dict)
    output: str = ""

    @property
    def cpu_seconds(self) -> float:
        """Processor time of all."""
        return sum(self.cpu.values())

    @property
    def own_peak(self) -> int:
        """Peak of the process that was started."""
        return next(iter(self.peak.values()), 0)

    @property
    def other_peaks(self) -> list[int]:
        """Peaks of the others, the largest first."""
        return sorted([*self.peak.values()][1:], reverse=True)


def watched(command: Sequence[str]) -> Watched:
    """Run `command`. Raises CalledProcessError with its output when it fails."""
    started = perf_counter()
    found = Watched(0.0)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True) as process:
        while process.poll() is None:
            for pid in (process.pid, *_session(process.pid)):
                _look(pid, found)
            sleep(_EVERY)
        found.seconds = perf_counter() - started
        assert process.stdout is not None
        found.output = process.stdout.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, found.output)
    return found


def _session(leader: int) -> list[int]:
    """Processes of the session that `leader` leads, but for itself."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if pid != leader and (stat := _stat(pid)) and int(stat[_SESSION]) == leader]


def _look(pid: int, found: Watched) -> None:
    stat = _stat(pid)
    if not stat:
        return
    found.cpu[pid] = (int(stat[_USER]) + int(stat[_SYSTEM])) / _TICKS
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    except OSError:
        return
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), None)
    if peak is not None:
        found.peak[pid] = int(peak.split()[1]) * 1024


def _stat(pid: int) -> list[str]:
    """Fields of ``/proc/PID/stat`` after the name; empty for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return []
