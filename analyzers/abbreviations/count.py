"""Count the table's evidence on a corpus, articles as JSON lines on standard input: in how many articles a reading's forms stand.

``xz -dc CORPUS.jsonl.xz | python -m analyzers.abbreviations.count > NEW.tsv`` prints the table with new counts and the sources that
follow from them (not onto the table itself, which a shell would empty first).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence

from analyzers.abbreviations.index import Index
from analyzers.abbreviations.model import NAME, NUMBER, Evidence, Expansion
from analyzers.abbreviations.shape import is_name_part, is_number
from analyzers.abbreviations.store import load
from analyzers.abbreviations.table import write_table
from analyzers.abbreviations.writings import Writing
from analyzers.keys import folded_key, marked_key
from analyzers.syllables import spans
from analyzers.text import nfc

_TOGETHER = 3
"""Of 35,425 articles; below that, chance meetings of frequent words and real ones look alike."""


def count(rows: Sequence[Expansion], texts: Iterable[str]) -> list[Expansion]:
    """`rows` with the evidence of `texts` (one an article)."""
    index = Index(rows)
    written, full, together, defined = ([0] * len(rows) for _ in range(4))
    for text in map(nfc, texts):
        shorts: set[int] = set()
        fulls: set[int] = set()
        ends: dict[int, set[int]] = {}
        for writing, first, end in _occurrences(index, text):
            if writing.surfaces:
                shorts.add(writing.row)
                defined[writing.row] += writing.row in ends.get(first, ())
            elif len(writing.marked) > 1 or not index.rows[writing.row].contexts:
                fulls.add(writing.row)
                if _opens(text, end):
                    ends.setdefault(first + len(writing.marked), set()).add(writing.row)
        for row in shorts:
            written[row] += 1
        for row in fulls:
            full[row] += 1
        for row in shorts & fulls:
            together[row] += 1
    counts = zip(written, full, together, defined, strict=True)
    return [_with(row, Evidence(*numbers)) for row, numbers in zip(rows, counts, strict=True)]


def is_seen(evidence: Evidence) -> bool:
    """Whether counting bears out a reading: defined in brackets once, or forms and full forms together in three articles."""
    return evidence.defined >= 1 or evidence.together >= _TOGETHER


def _with(row: Expansion, evidence: Evidence) -> Expansion:
    counted = "corpus" if is_seen(evidence) else "usage"
    return row._replace(evidence=evidence, source=row.source if row.source == "nd30" else counted)


def _opens(text: str, end: int) -> bool:
    """Whether a bracket opens right behind `end`."""
    return text[end : end + 2].lstrip().startswith("(")


def _occurrences(index: Index, text: str) -> Iterator[tuple[Writing, int, int]]:
    """Every full form and every abbreviation in its case: writing, first syllable, end in the text."""
    found = spans(text)
    surfaces = [text[start:end] for start, end in found]
    folded = [folded_key(surface) for surface in surfaces]
    for first, key in enumerate(folded):
        for size in range(1, min(index.longest(key), len(folded) - first) + 1):
            for writing in index.at(tuple(folded[first : first + size])):
                last = first + size
                if writing.surfaces:
                    fits = writing.surfaces == tuple(surfaces[first:last]) and _context(index.rows[writing.row], surfaces, last)
                else:
                    fits = all(marked_key(surface) == key for surface, key in zip(surfaces[first:last], writing.marked, strict=True))
                if fits:
                    yield writing, first, found[last - 1][1]


def _context(row: Expansion, surfaces: Sequence[str], last: int) -> bool:
    """Whether what must follow this abbreviation does."""
    if not row.contexts or row.default:
        return True
    following = surfaces[last] if last < len(surfaces) else ""
    return (NAME in row.contexts and is_name_part(following)) or (
        NUMBER in row.contexts and is_number(folded_key(following), row.abbreviation)
    )


def main() -> None:
    """Read articles, write the table."""
    articles = (json.loads(line) for line in sys.stdin)
    rows = count(load().rows, (f"{article.get('title') or ''}\n{article.get('text') or ''}" for article in articles))
    sys.stdout.write(write_table(rows))


if __name__ == "__main__":
    main()
