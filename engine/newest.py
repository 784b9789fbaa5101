"""Which commit of an index was read last, by the file that every commit replaces."""

from __future__ import annotations

from pathlib import Path


class Newest:
    """Tells one commit from the next, whichever process made it."""

    def __init__(self, path: Path) -> None:
        """`path`: the file in whose place each commit puts a new one."""
        self._path = path
        self._noted = self._found = (0, 0)

    def changed(self) -> bool:
        """Whether there is another file than the one that was noted; not while there is none, as when an index is built anew."""
        try:
            found = self._path.stat()
        except OSError:
            return False
        self._found = found.st_ino, found.st_mtime_ns
        return self._found != self._noted

    def note(self) -> None:
        """Take what `changed` has seen for read."""
        self._noted = self._found
