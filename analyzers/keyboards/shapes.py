"""Vietnamese letters as a plain letter and a shape: what all input methods agree on."""

from __future__ import annotations

from analyzers.encodings.syllable import BARE

SHAPES = {"ă": "a(", "â": "a^", "ê": "e^", "ô": "o^", "ơ": "o+", "ư": "u+", "đ": "d-"}
"""Plain letter and shape; the shapes are named by the signs of VIQR, and ``-`` is the stroke of đ."""

_PLAIN = str.maketrans({letter: parts[0] for letter, parts in SHAPES.items()})

FOLDED = frozenset(bare.translate(_PLAIN) for bare in BARE)
"""Every syllable as hurried writers type it: no marks at all."""


def plain(bare: str) -> str:
    """Return a toneless syllable without its shapes."""
    return bare.translate(_PLAIN)


def shapes(bare: str) -> list[tuple[int, str]]:
    """Return the shapes of a toneless syllable, each with the index of its letter."""
    return [(at, SHAPES[letter][1]) for at, letter in enumerate(bare) if letter in SHAPES]
