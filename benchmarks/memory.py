"""Memory of processes, as the system counts it (Linux: ``/proc``)."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

EVERY_SECONDS = 0.2
_KIB = 1024


@dataclass(slots=True)
class Watched:
    """What a process and its children took: bytes at their highest, seconds of wall and of processor time.

    `own` is memory that is no copy of a file (anonymous and shared memory), which the system cannot take back: of the process, and of
    it and all its children together, where what a fork shares counts in each. `resident` holds pages of mapped files too.
    """

    status: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    own: int = 0
    own_of_all: int = 0
    resident: int = 0
    output: str = ""
    errors: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)

    def sample(self, pid: int) -> None:
        """Look at the process and its children once."""
        mine = own_bytes(pid)
        self.own = max(self.own, mine)
        self.own_of_all = max(self.own_of_all, mine + sum(map(own_bytes, descendants(pid))))
        self.resident = max(self.resident, _status(pid, "VmHWM"))


def run(command: Sequence[str], environment: dict[str, str]) -> Watched:
    """Run a command to its end, looking at its memory all the while."""
    watched = Watched()
    started, cpu = perf_counter(), _cpu_of_children()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:

        def look() -> None:
            while not watched._stop.wait(EVERY_SECONDS):
                watched.sample(process.pid)

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        try:
            watched.output, watched.errors = process.communicate()
        finally:
            watched._stop.set()
            looking.join()
    watched.status, watched.seconds, watched.cpu_seconds = process.returncode, perf_counter() - started, _cpu_of_children() - cpu
    return watched


def _cpu_of_children() -> float:
    """Processor time of the children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def own_bytes(pid: int) -> int:
    """Memory of a process that is no copy of a file; 0 for one that is gone."""
    return _status(pid, "RssAnon") + _status(pid, "RssShmem")


def descendants(pid: int) -> Iterator[int]:
    """Children of a process, and theirs."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return
    for thread in threads:
        try:
            children = Path(f"/proc/{pid}/task/{thread}/children").read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from descendants(child)


def _status(pid: int, name: str) -> int:
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    line = next((line for line in text.splitlines() if line.startswith(name + ":")), None)
    return int(line.split()[1]) * _KIB if line else 0
