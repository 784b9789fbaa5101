"""The other way: the keystrokes of a syllable. For tests, and to show users what was recognised."""

from __future__ import annotations

from analyzers.encodings.syllable import split_tone
from analyzers.keyboards import marks, telex

METHODS = ("telex", "vni", "viqr")


def typed_as(syllable: str, method: str) -> str:
    """Return the usual keystrokes of one Vietnamese syllable, in lower case. Raises ValueError for an unknown method or two tones."""
    bare, tone = split_tone(syllable)
    if tone is None:
        raise ValueError(f"{syllable!r} is not one syllable: it carries two tones")
    if method == "telex":
        return telex.keys(bare, tone)
    if method in METHODS:
        return marks.keys(bare, tone, marks.VNI if method == "vni" else marks.VIQR)
    raise ValueError(f"unknown input method {method!r}; known: {', '.join(METHODS)}")
