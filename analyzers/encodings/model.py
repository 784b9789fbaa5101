"""What repairing returns, and what an encoding has to provide."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Repaired(NamedTuple):
    """A text as it was meant.

    ``text`` is always NFC. ``encoding`` is None when nothing but NFC was done; it names the encoding that was undone, and joins several
    with ``+`` in the order they were undone (a document mixed by line, or layers such as entities over TCVN3). ``confidence``, 0 to 1,
    is how sure that decision is, also when it was to leave the text alone. ``evidence`` says why, for people.
    """

    text: str
    encoding: str | None
    confidence: float
    evidence: str


@dataclass(frozen=True)
class Encoding:
    """One way in which Vietnamese text arrives as other characters.

    `decode` and `encode` take and return whole texts and keep every line break and every space. `decode` does not judge: it
    may be given text in any other encoding. `representable` is what survives `encode`, so ``decode(encode(t)) == representable(t)``.
    """

    name: str
    standard: str
    signs: frozenset[str]
    """Strange characters that it is made of: texts with none of them are not looked at further."""
    hint: re.Pattern[str]
    """What Vietnamese in Unicode does not show; no match, the same."""
    decode: Callable[[str], str]
    encode: Callable[[str], str]
    representable: Callable[[str], str]
    telling: re.Pattern[str] | None = None
    """Only changed chunks that match it count as evidence; None: all of them."""
    decisive: re.Pattern[str] | None = None
    """A chunk that matches it and becomes Vietnamese is beyond chance: one is enough in a short text."""
    highest: str = "\u00ff"
    """The last character the encoded form uses: Vietnamese letters above it were never encoded."""
    by_sequence: bool = False
    """Each converted sequence is evidence in itself, and correct text around it stays as it is."""
    mend: Callable[[str], str] | None = None
    """For a line that `decode` changed: restores what was lost on the way, where only one letter can have stood there."""
