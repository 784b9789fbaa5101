"""A table that is filled when it is asked, for keys without number."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """Key -> what `make` gives for it, made once. Forgotten when it holds `most` keys, so that junk cannot eat the memory.

    A known key is a look-up in a dict, without a call: for tables that are asked for every syllable of a text.
    """

    def __init__(self, make: Callable[[K], V], most: int) -> None:
        self._make = make
        self._most = most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        made = self[key] = self._make(key)
        return made
