"""Memory and processor time of processes, as the system counts them (Linux: ``/proc``)."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

EVERY_SECONDS = 0.2
_KIB = 1024
_TICKS = os.sysconf("SC_CLK_TCK")
_USER, _SYSTEM = 11, 12
"""Places in ``/proc/PID/stat`` after the name of the command."""


@dataclass(slots=True)
class Watched:
    """What a process and its children took: bytes at their highest, seconds of wall and of processor time.

    `own` is memory that is no copy of a file (anonymous and shared memory), which the system cannot take back: of the process, and of
    it and all its children together, where what a fork shares counts in each. `resident` holds pages of mapped files too: of the
    process, and in `others` of each of its children and theirs, by its id. `spent` is the processor time of each as last seen.
    `output` is what it printed, without its messages.
    """

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    own: int = 0
    own_of_all: int = 0
    resident: int = 0
    others: dict[int, int] = field(default_factory=dict)
    output: str = ""
    spent: dict[int, float] = field(default_factory=dict)

    def sample(self, pid: int) -> None:
        """Look at the process and its children once."""
        mine, others = own_bytes(pid), [*descendants(pid)]
        self.own = max(self.own, mine)
        self.own_of_all = max(self.own_of_all, mine + sum(map(own_bytes, others)))
        self.resident = max(self.resident, peak_bytes(pid))
        for each in (pid, *others):
            self.spent[each] = cpu_seconds(each) or self.spent.get(each, 0.0)
        for other in others:
            # The latest, which is the highest: a child that has not yet begun its own program shows the memory of its parent.
            self.others[other] = peak_bytes(other) or self.others.get(other, 0)


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Watched:
    """Run a command to its end, looking at its memory all the while. Raises RuntimeError with its messages when it fails."""
    watched, ended = Watched(), threading.Event()
    started, cpu = perf_counter(), _cpu_of_children()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:

        def look() -> None:
            while not ended.wait(EVERY_SECONDS):
                watched.sample(process.pid)

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        try:
            watched.output, errors = process.communicate()
        finally:
            ended.set()
            looking.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {errors}")
    watched.seconds = perf_counter() - started
    # The system adds up what was waited for; nobody waits for processes that a server of forks started, like the workers.
    watched.cpu_seconds = max(_cpu_of_children() - cpu, sum(watched.spent.values()))
    return watched


def own_bytes(pid: int) -> int:
    """Memory of a process that is no copy of a file; 0 for one that is gone."""
    return _status(pid, "RssAnon") + _status(pid, "RssShmem")


def peak_bytes(pid: int) -> int:
    """The most that a process had resident so far, pages of mapped files included; 0 for one that is gone."""
    return _status(pid, "VmHWM")


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far, that of its threads included and of its children not; 0 for one that is gone."""
    try:
        # The second field is the name in brackets, which may hold blanks.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS


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


def _cpu_of_children() -> float:
    """Processor time of the children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _status(pid: int, name: str) -> int:
    """Bytes of an entry of ``/proc/PID/status``; 0 where there is none."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    line = next((line for line in text.splitlines() if line.startswith(name + ":")), None)
    return int(line.split()[1]) * _KIB if line else 0
