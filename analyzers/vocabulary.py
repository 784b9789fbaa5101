"""Surface forms as small numbers: what is known of a form is worked out once and then looked up for whole arrays of them.

News repeats itself: an article of 500 syllables brings some two that were not met before.
"""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from analyzers.keys import keys
from analyzers.segmentation.chunks import LONGEST, code_units, keys_at
from analyzers.segmentation.keytable import Indices, Keys, KeyTable

REMEMBERED = 40_000
"""Surface forms that are kept. News fills it in some 15,000 articles; learning anew what is in use costs less than the memory."""

REMEMBERED_CHARACTERS = 1 << 21
"""Code points they may have together: junk without a blank can be as long as a page."""

Numbers = NDArray[np.int32]
Strings = NDArray[np.object_]
_UNKNOWN = -1
_PAD = " " * LONGEST


class Feature(Hashable, Protocol):
    """Something that a finder needs to know of every form, as a row of `dtype`."""

    dtype: np.dtype[Any]

    def row(self, surface: str, marked: str) -> tuple[int, ...]:
        """Return the row of a form with this marked key."""


class Vocabulary:
    """Numbers forms from 0 in the order they are met. Threads take turns.

    It only grows, so that numbers stay valid as long as somebody holds it; `vocabulary` replaces it when it is full.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers = _Numbers()
        self._table = KeyTable(REMEMBERED)
        self._of_key = np.full(REMEMBERED + 1, _UNKNOWN, np.int32)
        self._keys = _Numbers()  # Half of the keys are those of other forms too: told faster when they are one. They go with this.
        self._marked, self._folded = _Column(np.dtype(object)), _Column(np.dtype(object))
        self._marked_numbers, self._folded_numbers = _Column(np.dtype(np.int32)), _Column(np.dtype(np.int32))
        self._ended: dict[tuple[str, ...], _Column] = {}
        self._features: WeakKeyDictionary[Feature, _Column] = WeakKeyDictionary()

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def full(self) -> bool:
        """Whether it should be given up for a new one."""
        return len(self) >= REMEMBERED or self._numbers.characters >= REMEMBERED_CHARACTERS

    def number(self, text: str, starts: Indices, ends: Indices) -> Numbers:
        """Return the number of the form in each of these ranges of `text`."""
        units, unusual = code_units(text + _PAD)
        lengths = ends - starts
        windows = keys_at(units, starts, lengths)
        keyed = lengths <= LONGEST
        if len(starts):
            keyed[starts.searchsorted(unusual, "right") - 1] = False
        with self._lock:
            numbers = self._of_key.take(self._table.find(windows) * keyed)
            (left,) = (numbers == _UNKNOWN).nonzero()
            if len(left):
                ranges = zip(starts[left].tolist(), ends[left].tolist(), strict=True)
                numbers[left] = self._look_up([text[start:end] for start, end in ranges], windows[left], keyed[left])
            return numbers

    def _look_up(self, surfaces: list[str], windows: Keys, keyed: NDArray[np.bool_]) -> Numbers:
        """Number forms that the table of keys does not answer, most of them new."""
        known = len(self._numbers)
        numbers = np.fromiter(map(self._numbers.__getitem__, surfaces), np.int32, len(surfaces))
        new = self._numbers.forms[known:]
        both = [*map(keys, new)]
        for strings, own, which in ((self._marked, self._marked_numbers, 0), (self._folded, self._folded_numbers, 1)):
            numbered = [self._keys[one[which]] for one in both]
            own.extend(numbered)
            strings.extend([*map(self._keys.forms.__getitem__, numbered)])
        fresh, first = np.unique(numbers, return_index=True)
        wanted = (fresh >= known) & keyed[first]
        if np.count_nonzero(wanted) <= REMEMBERED - len(self._table):
            self._of_key[self._table.add(windows[first[wanted]])] = fresh[wanted]
        return numbers

    def marked(self, forms: Numbers) -> Strings:
        """Return the marked keys of `forms`."""
        return self._marked.rows.take(forms)

    def folded(self, forms: Numbers) -> Strings:
        """Return the folded keys of `forms`."""
        return self._folded.rows.take(forms)

    def marked_numbers(self, forms: Numbers) -> Numbers:
        """Return numbers of the marked keys of `forms`, all below `keys`: equal where the keys are, also to those of folded ones."""
        return self._marked_numbers.rows.take(forms)

    def folded_numbers(self, forms: Numbers) -> Numbers:
        """The same of the folded keys."""
        return self._folded_numbers.rows.take(forms)

    def ended(self, endings: tuple[str, ...], places: NDArray[np.intp]) -> Strings:
        """Return keys with one of `endings` behind: place ``len(endings) * number + i`` is that of the key `number` with ``endings[i]``."""
        with self._lock:
            column = self._ended.get(endings)
            if column is None:
                column = self._ended[endings] = _Column(np.dtype(object))
            known = len(column) // len(endings)
            column.extend([key + ending for key in self._keys.forms[known:] for ending in endings])
            return column.rows.take(places)

    @property
    def keys(self) -> int:
        """How many different keys there are."""
        return len(self._keys)

    def feature(self, feature: Feature, forms: Numbers) -> NDArray[Any]:
        """Return the rows of `forms`."""
        with self._lock:
            column = self._features.get(feature)
            if column is None:
                column = self._features[feature] = _Column(feature.dtype)
            known = len(column)
            if known < len(self._marked):
                column.extend([*map(feature.row, self._numbers.forms[known:], self._marked.rows[known : len(self._marked)])])
            return column.rows.take(forms)


class _Numbers(dict[str, int]):
    """Form -> number, given at the first look-up."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.characters = 0

    def __missing__(self, surface: str) -> int:
        number = self[surface] = len(self.forms)
        self.forms.append(surface)
        self.characters += len(surface)
        return number


class _Column:
    """An array with room to grow; `rows` may be longer than what is used of it."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self.rows: NDArray[Any] = np.empty(1 << 10, dtype)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def extend(self, values: list[Any]) -> None:
        used = self._used + len(values)
        if used > len(self.rows):
            grown = np.empty(max(used, 2 * len(self.rows)), self.rows.dtype)
            grown[: self._used] = self.rows[: self._used]
            self.rows = grown
        self.rows[self._used : used] = values
        self._used = used


_shared = Vocabulary()


def vocabulary() -> Vocabulary:
    """Return the shared vocabulary: a new one when it was full, so that junk cannot eat the memory."""
    global _shared
    if _shared.full:
        _shared = Vocabulary()
    return _shared
