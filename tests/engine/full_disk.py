"""F3: a disk of a few megabytes that fills up under a run of `timtin index`.

The disk is a tmpfs in a mount namespace of a child process, so nothing of this machine is touched and no rights are needed. The child
makes an index, leaves so many bytes free, indexes more, looks at what there is, makes room, and goes on.
"""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from cli.main import timtin
from tests.process import environment

FIRST, MORE = 30, 150
"""Articles before and while the disk fills."""
SIZES_KB = (0, 8, 16, 40, 64, 100, 150, 200, 300, 500, 700)
"""Left free."""
_DISK_KB = 64_000


@dataclass(frozen=True, slots=True)
class Filled:
    """One filling: exit status and message of the run, articles found after it and after the run that followed once there was room."""

    free_kb: int
    status: int
    message: str
    kept: int
    whole: bool
    again: int
    then: int
    sound: bool
    leftovers: list[str]


def fillings(directory: Path, engine: str, sizes_kb: Sequence[int] = SIZES_KB, *, first: bool = True) -> list[Filled]:
    """Fill the disk once for each size, with or without a `first` index on it. Raises OSError where the system gives no namespace."""
    directory.mkdir()
    given = json.dumps([str(directory), engine, list(sizes_kb), first])
    inner = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"'
    program = [sys.executable, "-m", "tests.engine.full_disk", given]
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", inner, "sh", f"{_DISK_KB}k", str(directory), *program]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        raise OSError(done.stderr[-2000:])
    return [Filled(**row) for row in map(json.loads, done.stdout.splitlines())]


def _filled(directory: Path, engine: str, free_kb: int, *, first: bool) -> Filled:
    index = directory / "index"
    more = articles(directory / "b.ndjson", FIRST, FIRST + MORE)
    if first:
        _run("index", articles(directory / "a.ndjson", 0, FIRST), "--engine", engine, index=index)
    gc.collect()  # what is open keeps the space of deleted files
    filler = directory / "filler"
    with filler.open("wb") as handle:
        handle.write(bytes(max(0, shutil.disk_usage(directory).free - free_kb * 1024)))
    status, message = _run("index", more, index=index)
    kept = _count(index)
    whole = _run("check", index=index)[0] == 0
    filler.unlink()
    again = _run("index", more, index=index)[0]
    sound = _run("check", index=index)[0] == 0
    leftovers = sorted(path.name for path in index.iterdir() if path.name.endswith(("-journal", ".new", ".tmp")) or path.name == "writing")
    row = Filled(free_kb, status, message, kept, whole, again, _count(index), sound, leftovers)
    shutil.rmtree(index)
    return row


def articles(path: Path, start: int, stop: int) -> Path:
    """Write a file of articles that differ enough to be no copies of each other."""
    with path.open("w", encoding="utf-8") as handle:
        for number in range(start, stop):
            words = " ".join(f"xã {number * step % 9973} họp bàn {number + step} việc" for step in range(1, 40))
            handle.write(json.dumps({"id": f"d{number}", "title": f"Tin số {number}", "body": f"Huyện {words}."}) + "\n")
    return path


def _run(name: str, *arguments: object, index: Path) -> tuple[int, str]:
    done = CliRunner().invoke(timtin, [name, "--index", str(index), *map(str, arguments)])
    broke = done.exception is not None and not isinstance(done.exception, SystemExit)
    return done.exit_code, f"TRACEBACK {done.exception!r}" if broke else done.stderr if name == "index" else done.stdout


def _count(index: Path) -> int:
    status, text = _run("count", index=index)
    return int(text) if status in (0, 1) else -1


def main() -> None:
    """In the child: one line of JSON a size."""
    name, engine, sizes, first = json.loads(sys.argv[1])
    for free_kb in sizes:
        row = _filled(Path(name), engine, free_kb, first=first)
        print(json.dumps({field: getattr(row, field) for field in Filled.__slots__}), flush=True)


if __name__ == "__main__":
    main()
