"""Processes that tests start: `timtin` as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

PATIENCE = 120
"""Seconds a process may take: it starts in one, but machines that run tests are busy."""


def environment(**more: str) -> dict[str, str]:
    """This process's environment without settings of timtin and of terminals, and with the rooms these tests import."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TIMTIN_", "NO_COLOR", "FORCE_COLOR", "TTY_"))}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8", **more}


_WITH_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from cli.main import main; main()"
"""Answers to Ctrl-C even where the tests themselves run in the background, which is inherited."""


def start(*arguments: object, cwd: Path, stdin: int | IO[bytes] = subprocess.DEVNULL, **more: str) -> subprocess.Popen[bytes]:
    """Start `timtin …` and return at once."""
    command = [sys.executable, "-c", _WITH_CTRL_C, *map(str, arguments)]
    return subprocess.Popen(command, cwd=cwd, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**more))


def timtin(*arguments: object, cwd: Path, typed: bytes = b"", **more: str) -> tuple[int, str, str]:
    """Run `python -m cli …` to its end; exit status, stdout and stderr."""
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, input=typed, capture_output=True, env=environment(**more), check=False, timeout=PATIENCE)
    return done.returncode, done.stdout.decode("utf-8", "backslashreplace"), done.stderr.decode("utf-8", "backslashreplace")


def python(code: str, *arguments: object, typed: bytes = b"") -> str:
    """What a piece of code prints in a process of its own."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, input=typed, capture_output=True, env=environment(), check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
