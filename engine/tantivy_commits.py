"""Which commit of a tantivy index is shown, to all threads of a process.

tantivy's own watch is late by half a second, reads on when a reader is done, and knows nothing of what values are packed with. Here each
snapshot looks at the file that a commit replaces, whichever process made it.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import NamedTuple

import tantivy

from engine import tantivy_settings
from engine.errors import IndexDamagedError
from engine.newest import Newest
from engine.tantivy_packing import Packing
from engine.tantivy_totals import Totals


class Commit(NamedTuple):
    """A commit, what its values were packed with, the dictionaries that were read off it whole (field -> key -> documents), and totals."""

    searcher: tantivy.Searcher
    packing: Packing
    dictionaries: dict[str, dict[str, int]]
    totals: Totals


class Commits:
    """Those of the index in a directory, opened as `index`."""

    def __init__(self, directory: Path, index: tantivy.Index) -> None:
        self._directory, self._index = directory, index
        index.config_reader("manual", 0)
        self._newest = Newest(directory / tantivy_settings.META)
        self._guard = Lock()
        self._shown = Commit(index.searcher(), Packing(directory), {}, {})
        self.reload()

    def newest(self) -> Commit:
        """The newest one; of an index that is built anew, the last one of before until there is one. Raises IndexDamagedError."""
        if self._newest.changed():
            self.reload()
        return self._shown

    def reload(self) -> None:
        """Read the newest one, unless it was read."""
        with self._guard:
            while self._newest.changed():
                mark = self._newest.mark()
                if self._shown.searcher.num_docs and not tantivy_settings.committed(self._directory):
                    return
                try:
                    self._index.reload()
                except ValueError as error:
                    raise IndexDamagedError(
                        f"{self._directory}: tantivy cannot read the newest commit ({error}). Rebuild it: timtin index --rebuild PATH…"
                    ) from error
                shown = Commit(self._index.searcher(), self._shown.packing.current(), {}, {})
                if self._newest.mark() == mark:  # else the index may have been built anew in between: two parts of different ones
                    self._shown = shown
                    self._newest.read(mark)
