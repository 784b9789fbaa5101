"""From the label of a term to the keys of its syllables."""

from __future__ import annotations

from analyzers.keys import marked_key
from analyzers.syllables import SYLLABLE


def keys_of(label: str) -> tuple[str, ...]:
    """Marked keys of the syllables of `label`: ``Mặt trận Tổ quốc`` -> ``("mặt", "trận", "tổ", "quốc")``."""
    return tuple(map(marked_key, SYLLABLE.findall(label)))


def value_of(label: str) -> str:
    """The value of a term as facets know it: its keys joined by blanks."""
    return " ".join(keys_of(label))
