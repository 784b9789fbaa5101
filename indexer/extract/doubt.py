"""A first look at a text: can it be in an encoding from before Unicode at all? Apart, because every record comes through here."""

from __future__ import annotations

import re

_MARKED = re.compile("[\u1ea0-\u1ef9]")
"""Letters with a tone mark in Unicode: in Vietnamese, one in seven."""
_LOOKED_AT = 1000


def doubtful(text: str) -> bool:
    """Whether a text has none of the letters that Unicode Vietnamese is full of: a necessary sign of an old encoding, in a microsecond."""
    return len(text) > 12 and _MARKED.search(text, 0, _LOOKED_AT) is None
