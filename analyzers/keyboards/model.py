"""What a query may have been meant to say."""

from __future__ import annotations

from typing import NamedTuple


class Reading(NamedTuple):
    """One syllable of a query that looks like keystrokes, and what they would have given.

    ``start`` and ``end`` are a half-open range of code points of the query as given; ``text`` is the syllable the keys stand for: NFC,
    tone placed as in raw news, case as typed. ``method`` is ``telex``, ``vni`` or ``viqr``. ``ambiguous``: what was typed may also be
    meant as it stands (a word, a name, a word and a number). A reading is a suggestion: nothing here applies one by itself.
    """

    start: int
    end: int
    text: str
    method: str
    ambiguous: bool = False


class Typed(NamedTuple):
    """A syllable got out of keystrokes."""

    bare: str
    """Lower case, with shapes, without tone."""
    tone: int
    """An index of `analyzers.encodings.syllable.TONES`."""
    in_order: bool
    """Each shape key directly behind its letter, and the tone last: how most people type, and foreign words hardly look."""
