"""From somebody else's text to HTML: clean, escape, then mark. Nothing else in this room makes HTML of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

Range = tuple[int, int]

_UNWANTED = dict.fromkeys(
    (
        *(*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)),
        *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
        *(0xFFFE, 0xFFFF),
    )
)
"""Control characters, which XML forbids, and bidirectional controls, which make a text read otherwise than it is."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ANY_UNWANTED = re.compile("[" + "".join(re.escape(chr(code)) for code in _UNWANTED) + "\ud800-\udfff]")


def visible(value: Any) -> Any:
    """`value` without characters that may not reach a page; anything but text as it is. Templates print through this."""
    if not isinstance(value, str) or not _ANY_UNWANTED.search(value):
        return value
    cleaned = _LONE_SURROGATE.sub("\ufffd", str(value).translate(_UNWANTED))
    return Markup(cleaned) if isinstance(value, Markup) else cleaned  # noqa: S704 - cleaning only takes characters away


def marked(text: str, ranges: Iterable[Range], numbers: Iterator[int] | None = None) -> Markup:
    """Escape `text` and wrap its half-open `ranges` in ``<mark>``; with `numbers`, each mark gets the id ``k<number>``.

    Ranges that overlap an earlier one or leave the text are not marked.
    """
    pieces: list[str] = []
    at = 0
    for start, end in ranges:
        if not at <= start < end <= len(text):
            continue
        tag = f'<mark id="k{next(numbers)}">' if numbers is not None else "<mark>"
        pieces += [escape(text[at:start]), tag, escape(text[start:end]), "</mark>"]
        at = end
    pieces.append(escape(text[at:]))
    return Markup("".join(pieces))  # noqa: S704 - every piece of the text was escaped above


def host(url: str) -> str:
    """The host of a safe link, for a reader: ``bacgiang.example``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
