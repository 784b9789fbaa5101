"""Which commit of an index was read last, by the file that every commit replaces."""

from __future__ import annotations

from pathlib import Path


class Newest:
    """Tells one commit from the next, whichever process made it."""

    def __init__(self, path: Path) -> None:
        """`path`: the file in whose place each commit puts a new one."""
        self._path = path
        self._noted: tuple[int, int] | None = None

    def changed(self) -> bool:
        """Whether there is another file than the one that was noted; not while there is none, as when an index is built anew."""
        found = self._now()
        return found is not None and found != self._noted

    def note(self) -> None:
        """Note the file that there is; before it is read, so that one that comes meanwhile is read too."""
        self._noted = self._now()

    def _now(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns
