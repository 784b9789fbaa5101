"""Which commit of an index was read last, by the file that every commit replaces."""

from __future__ import annotations

from pathlib import Path

Mark = tuple[int, int, int]
"""Inode, size and time: systems give the number of a deleted file to the next one, and many count time in steps of 4 to 10 ms."""


class Newest:
    """Tells one commit from the next, whichever process made it."""

    def __init__(self, path: Path) -> None:
        """`path`: the file in whose place each commit puts a new one."""
        self._path = path
        self._read: Mark | None = None

    def changed(self) -> bool:
        """Whether there is another file than the one that was read; not while there is none, as when an index is built anew."""
        found = self.mark()
        return found is not None and found != self._read

    def mark(self) -> Mark | None:
        """What tells the file that there is from any other one; to be asked for before it is read."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def read(self, mark: Mark | None) -> None:
        """Note that the file of that mark was read, to the end."""
        self._read = mark
