"""What benchmarks see of the memory and of the processor time of processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import memory
from benchmarks.peers import usage

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked at in /proc, which Linux has")


def test_memory_of_a_process_and_its_children_is_seen() -> None:
    child = "import time; kept = b'x' * 50_000_000; time.sleep(1.5)"
    code = f"import subprocess, sys; kept = b'x' * 60_000_000; subprocess.run([sys.executable, '-c', {child!r}])"
    watched = memory.run([sys.executable, "-c", code], {})
    assert 60e6 < watched.own < 110e6
    assert watched.own_of_all > 110e6
    assert watched.cpu_seconds > 0
    assert watched.own < watched.resident
    (other,) = watched.others.values()
    assert 50e6 < other < watched.resident


def test_time_of_a_child_that_nobody_waits_for_counts() -> None:
    child = "import time\nwhile time.process_time() < 0.9: pass\nprint(flush=True); time.sleep(0.5)"
    code = f"import os, subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}], stdout=-1).stdout.read(); os._exit(0)"
    assert memory.run([sys.executable, "-c", code]).cpu_seconds > 0.8


def test_output_is_read_apart_from_messages_however_much_there_is_of_both() -> None:
    """Far more than a pipe holds, so a process would stand still whose output is left until its end."""
    code = "import sys; [print(end='ra' * 50_000, file=file) for file in (sys.stdout, sys.stderr) * 5]"
    assert memory.run([sys.executable, "-c", code]).output == "ra" * 250_000


def test_a_command_that_fails_is_named_with_its_status_and_its_messages() -> None:
    with pytest.raises(RuntimeError, match=r"SystemExit\('hỏng'\) ended with 1: hỏng\n"):
        memory.run([sys.executable, "-c", "raise SystemExit('hỏng')"])


def test_what_several_processes_used_is_added_up() -> None:
    """Of one that waits, whose name has blanks and a bracket, of this one, and of one that is gone."""
    code = "kept = b'x' * 50_000_000; open('/proc/self/comm', 'w').write('a ) b'); print(sum(range(2_000_000)), flush=True); input()"
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
