"""Where `timtin` begins. What it needs takes most of a second to load; workers, which need other things, begin to load beside it.

Worker processes look into the program that started them, which loads this alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_DEFAULT_INDEX, _CONFIG = "var/index", "timtin.toml"
_OTHERS = ("-h", "--help", "--engine", "--segmenter")
"""With these there may be no work, or other workers."""


def main() -> None:
    """Entry point of the `timtin` command."""
    try:
        if will_build(sys.argv[1:], os.environ):
            from indexer.workers.server import begin

            begin()
        from cli.main import main as run

        run()
    except KeyboardInterrupt:  # while it loads; a command that runs says more
        sys.exit(130)


def will_build(arguments: Sequence[str], variables: Mapping[str, str]) -> bool:
    """Whether an index will be made with worker processes, as far as arguments alone tell: a guess that costs nothing but its work."""
    if list(arguments[:1]) != ["index"] or any(argument.partition("=")[0] in _OTHERS for argument in arguments) or len(_cores()) < 2:
        return False
    if "TIMTIN_CONFIG" in variables or _is_there(_CONFIG):
        return False
    if _value("workers", arguments, variables) == "0":
        return False
    return not _is_there(_value("index", arguments, variables) or _DEFAULT_INDEX)


def _is_there(path: str) -> bool:
    """Also where it cannot be looked at, which the command tells."""
    try:
        return Path(path).exists()
    except OSError:
        return True


def _value(name: str, arguments: Sequence[str], variables: Mapping[str, str]) -> str:
    """The last that is said of a setting, empty when nothing is."""
    found = variables.get(f"TIMTIN_{name.upper()}", "")
    for at, argument in enumerate(arguments):
        if argument.startswith(f"--{name}="):
            found = argument.partition("=")[2]
        elif argument == f"--{name}" and at + 1 < len(arguments):
            found = arguments[at + 1]
    return found


def _cores() -> Sequence[int]:
    return [*os.sched_getaffinity(0)] if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
