"""A search response as a table: the same columns and cells for the web's download and the command line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from engine.labels import place_words
from engine.links import safe_link
from engine.model import Hit

COLUMNS = ("rank", "doc_id", "score", "title", "date", "precision", "source", "places", "terms", "url", "snippet")
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, full-width forms too."""
_SPACES = dict.fromkeys((*range(0x09, 0x0E), 0x85, 0x2028, 0x2029), " ")
_REMOVED = dict.fromkeys(
    (
        *range(0x09),
        *range(0x0E, 0x20),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)
_HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_CLEAN = {**_SPACES, **_REMOVED, **_HALVES}


def hit_row(hit: Hit) -> tuple[object, ...]:
    """The values of COLUMNS: a date as far as it is known and how far, lists parted by semicolons."""
    document = hit.document
    published = document.published
    return (
        hit.rank,
        document.doc_id,
        hit.score,
        document.title,
        published.date if published else "",
        published.precision if published else "",
        document.source or "",
        "; ".join(place_words(place) for place in hit.stored.places if place.role != "mentioned"),
        "; ".join(term.label for term in hit.stored.terms),
        safe_link(document.url) or "",
        " … ".join(snippet.text for snippet in hit.snippets),
    )


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]], newline: str = "\n") -> None:
    """Write a header and `rows` as comma-separated values, every text a safe `cell`."""
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)


def cell(value: object) -> object:
    """A text on one line, without controls and changes of direction; what would run as a formula gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    text = value.translate(_CLEAN).strip()
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
