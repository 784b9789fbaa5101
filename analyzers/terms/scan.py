"""Find the terms of the table in an analysed text.

From left to right the longest term wins, and terms do not overlap. A term must be written as one: its syllables separated by a
space or hyphen only, and not as a name (``báo Thanh Niên`` is no *thanh niên*). Two syllables must also begin and end where words
do (*học sinh* is not in *văn học | sinh động*); three or more meet by chance so rarely that the segmenter need not agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.batch import AnalyzedText
from analyzers.terms.index import Branch, Form, Sign, Term, TermIndex
from analyzers.terms.model import EARLY, ZONE_WEIGHTS
from analyzers.terms.probe import Hits

JOINTS = frozenset({" ", "-", " - ", "–", " – ", "/", "\u00a0"})
LOOSE_JOINTS = JOINTS | {", "}


def evidence(zones: Sequence[AnalyzedText], index: TermIndex, hits: Sequence[Hits]) -> dict[str, int]:
    """Values of the terms of an article given as (title, lead, body), with the summed ZONE_WEIGHTS of their occurrences.

    `hits` are those of the zones.
    """
    found: dict[str, int] = {}
    for zone, text in enumerate(zones):
        weight = ZONE_WEIGHTS[zone]
        early = EARLY if stands_for_lead(zones, zone) else 0
        for first, term in occurrences(text, index, hits[zone]):
            found[term.value] = found.get(term.value, 0) + (weight if first >= early else ZONE_WEIGHTS[1])
    return found


def stands_for_lead(zones: Sequence[AnalyzedText], zone: int) -> bool:
    """The beginning of the body stands for the lead of an article that has none."""
    return zone == len(ZONE_WEIGHTS) - 1 and not zones[1].marked


def occurrences(text: AnalyzedText, index: TermIndex, hits: Hits) -> list[tuple[int, Term]]:
    """The terms of `text` with the syllable each begins at: those of several syllables in order, then abbreviations outside them."""
    marked = text.marked
    found: list[tuple[int, Term]] = []
    taken: set[int] = set()
    covered = 0
    for first, short, longer, plain in zip(hits.begins, hits.short, hits.longer, hits.plain, strict=True):
        if first < covered:
            continue
        branch = index.pairs[marked[first], marked[first + 1]]
        form = longest(text, first, branch) if longer else None
        if form is None and short and branch.short and (plain or is_written(text, first, branch.short)):
            form = branch.short
        if form is not None:
            covered = first + form.size
            found.append((first, form.term))
            if hits.signs:
                taken.update(range(first, covered))
    for key, at in sorted((marked[at], at) for at in hits.signs):
        sign = index.signs[key]
        if at not in taken and is_sign(text, at, sign):
            found.append((at, sign.term))
    return found


def longest(text: AnalyzedText, first: int, branch: Branch) -> Form | None:
    """The longest of the forms of `branch` that is written at `first`, of three syllables or more."""
    marked = text.marked
    if first + 2 < len(marked):
        for form in branch.longer.get(marked[first + 2], ()):
            if (not form.rest or marked[first + 3 : first + form.size] == form.rest) and is_written(text, first, form):
                return form
    return None


def is_written(text: AnalyzedText, first: int, form: Form) -> bool:
    """`form`, whose keys stand at `first`, is written there as one, and not as a name."""
    last = first + form.size
    source, starts, ends = text.text, text.starts, text.ends
    joints = LOOSE_JOINTS if form.loose else JOINTS
    for at in range(first + 1, last):
        if source[ends[at - 1] : starts[at]] not in joints:
            return False
    begin = starts[last - 1]
    return form.capital or not source[begin].isupper() or source[begin : ends[last - 1]].isupper()


def is_sign(text: AnalyzedText, at: int, sign: Sign) -> bool:
    """Syllable `at` is written as the abbreviation is, and not as a word among others in capitals (``AI ĐÃ ĐẾN``)."""
    if _surface(text, at) not in (sign.surface, sign.surface.upper()):
        return False
    beside = [_surface(text, near) for near in (at - 1, at + 1) if 0 <= near < len(text)]
    return not beside or not all(map(str.isupper, beside))


def _surface(text: AnalyzedText, at: int) -> str:
    return text.text[text.starts[at] : text.ends[at]]


def places(keys: list[str], key: str) -> Iterator[int]:
    """Yield where `key` stands in `keys`."""
    at = -1
    while True:
        try:
            at = keys.index(key, at + 1)
        except ValueError:
            return
        yield at
