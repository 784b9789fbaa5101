"""What benchmarks see of the memory and of the processor time of processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import memory
from benchmarks.peers import usage
from tests.process import PATIENCE

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked at in /proc, which Linux has")


WAIT = f"""
import os, sys, time
until = time.monotonic() + {PATIENCE}
while not os.path.exists(sys.argv[1]) and time.monotonic() < until:
    time.sleep(0.01)
"""
"""Stays until the file is there that the argument names."""


def when(seen: Callable[[memory.Watched], bool], file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `file` once what was seen of the watched processes is enough: they stay until then, however rarely they are looked at."""
    sample = memory.Watched.sample

    def looked(watched: memory.Watched, pid: int) -> None:
        sample(watched, pid)
        if seen(watched):
            file.touch()

    monkeypatch.setattr(memory.Watched, "sample", looked)


def test_memory_of_a_process_and_its_children_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = f"kept = b'x' * 50_000_000\n{WAIT}"
    code = f"import subprocess, sys; kept = b'x' * 60_000_000; subprocess.run([sys.executable, '-c', {child!r}, sys.argv[1]])"
    when(lambda watched: watched.own_of_all > 110e6 and max(watched.others.values(), default=0) > 50e6, tmp_path / "seen", monkeypatch)
    watched = memory.run([sys.executable, "-c", code, str(tmp_path / "seen")], {})
    assert 60e6 < watched.own < 110e6
    assert watched.own_of_all > 110e6
    assert watched.cpu_seconds > 0
    assert watched.own < watched.resident
    (other,) = watched.others.values()
    assert 50e6 < other < watched.resident


def test_time_of_a_child_that_nobody_waits_for_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = f"import time\nwhile time.process_time() < 0.9: pass\n{WAIT}"
    given = f"[sys.executable, '-c', {child!r}, sys.argv[1]]"
    code = f"import os, subprocess, sys; subprocess.Popen({given}, stdout=-1).stdout.read(); os._exit(0)"
    when(lambda watched: sum(watched.spent.values()) > 0.8, tmp_path / "seen", monkeypatch)
    assert memory.run([sys.executable, "-c", code, str(tmp_path / "seen")]).cpu_seconds > 0.8


def test_output_is_read_apart_from_messages_however_much_there_is_of_both() -> None:
    """Far more than a pipe holds, so a process would stand still whose output is left until its end."""
    code = "import sys; [print(end='ra' * 50_000, file=file) for file in (sys.stdout, sys.stderr) * 5]"
    assert memory.run([sys.executable, "-c", code]).output == "ra" * 250_000


def test_a_command_that_fails_is_named_with_its_status_and_its_messages() -> None:
    with pytest.raises(RuntimeError, match=r"SystemExit\('hỏng'\) ended with 1: hỏng\n"):
        memory.run([sys.executable, "-c", "raise SystemExit('hỏng')"])


def test_what_several_processes_used_is_added_up() -> None:
    """Of one that waits, whose name has blanks and a bracket, of this one, and of one that is gone."""
    code = "import time\nkept = b'x' * 50_000_000; open('/proc/self/comm', 'w').write('a ) b')\nwhile time.process_time() < 0.1: pass\n"
    code += "print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        other = usage.cpu_seconds([process.pid])
        assert other > 0
        assert usage.cpu_seconds([os.getpid(), process.pid]) > other
        peak = usage.peak_bytes([process.pid])
        assert peak > 50e6
        assert usage.peak_bytes([os.getpid(), process.pid]) > peak
    assert (usage.cpu_seconds([process.pid]), usage.peak_bytes([process.pid])) == (0, 0)
