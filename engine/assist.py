"""Help with a query that was mistyped or finds nothing: another spelling, run or offered, and wider searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from analyzers.keys import folded_key
from analyzers.places import Gazetteer
from analyzers.syllables import SYLLABLE
from analyzers.terms import term_label
from engine.changes import asking
from engine.model import UNKNOWN, Notice, Offer, SearchRequest, SearchResponse
from engine.offers import Idea, wider, worthwhile
from engine.places import LONGEST_NAME
from engine.port import Snapshot
from engine.query import parse
from engine.query.soften import LEAST_SYLLABLES, SOFTENED
from engine.query.tree import And, Word
from engine.spellings import Spellings
from engine.spellings.rewording import Analyze, likelier, rewordings

MOST_SPELLINGS = 3
"""Other spellings offered."""
NEAR_NAME = 80
"""Likeness (0 to 100, rapidfuzz's ratio of the unmarked names) of a name that may have been meant."""
SPELLING = "Có phải bạn tìm"

Run = Callable[[SearchRequest], SearchResponse]


def assisted(response: SearchResponse, run: Run, snapshot: Snapshot, analyze: Analyze, gazetteer: Gazetteer) -> SearchResponse:
    """`response` with offers; what the query was meant to say in its place, when it found nothing and that is sure and allowed.

    `run` answers a request without help. A search that found something costs two or three look-ups a syllable, and none where they travel.
    """
    request = response.request
    partial = _short(request.q) and any(notice.code == SOFTENED for notice in response.notices)
    whole = 0 if partial else response.total
    if response.timed_out or (whole and (snapshot.distant or not request.q.strip())):
        return response

    def count(other: SearchRequest) -> int:  # of a few words, articles that hold all
        asked = replace(other, corrections=other.corrections and not _short(other.q))
        return run(replace(asked, limit=0, offset=0, facets=(), explain=False)).total

    found, runs = _spellings(request, whole, count, Spellings(snapshot), analyze)
    if whole or not (request.limit or found):
        return replace(response, offers=found if request.limit else ())
    if runs and request.corrections:
        return _corrected(response, found, run)
    if not snapshot.count():
        return response
    names = chain(() if found else _names(request, snapshot, gazetteer), _values(request, snapshot))
    near = worthwhile(names, count, most=MOST_SPELLINGS)
    return replace(response, offers=(*found, *near, *worthwhile(wider(request, gazetteer), count)) if request.limit else ())


def _spellings(
    request: SearchRequest, total: int, count: Callable[[SearchRequest], int], spellings: Spellings, analyze: Analyze
) -> tuple[tuple[Offer, ...], bool]:
    """Other spellings that find more, and whether the first may run by itself: it is sure, or of a few words the only one that does.

    Where there is none, what was much likelier meant: the words of *nông thông mới* may stand apart in more articles than those of
    *nông thôn mới* do.
    """
    ideas = rewordings(request.q, spellings, analyze, fruitless=not total)
    sure, free = {one.q for one in ideas if one.sure}, {one.q for one in ideas if one.free and _short(request.q)}
    found = worthwhile((Idea("spelling", SPELLING, asking(request, one.q)) for one in ideas), count, total, MOST_SPELLINGS)
    if not found and (meant := likelier(request.q, spellings, analyze)):
        return worthwhile([Idea("spelling", SPELLING, asking(request, meant.q))], count), False
    return found, bool(found) and (found[0].request.q in sure or (len(found) == 1 and found[0].request.q in free))


def _short(q: str) -> bool:
    """Whether a query has so few words that it is softened only when nothing holds them all."""
    return len(SYLLABLE.findall(q)) < LEAST_SYLLABLES


def _corrected(response: SearchResponse, found: tuple[Offer, ...], run: Run) -> SearchResponse:
    typed, meant = response.request, replace(found[0].request, offset=response.request.offset)
    again = run(meant)
    said = f"Không có bài nào khớp “{typed.q}”; đang hiện kết quả cho “{meant.q}”."
    notices = (Notice("corrected", said, undo="sua=khong"), *again.notices)
    return replace(again, notices=notices, offers=found[1:] if typed.limit else (), corrected_from=typed.q)


def _names(request: SearchRequest, snapshot: Snapshot, gazetteer: Gazetteer) -> Iterator[Idea]:
    """Whole names (places, sources, key terms) spelt much like the whole query."""
    tree = parse(request.q).tree
    plain = isinstance(tree, Word) or (isinstance(tree, And) and all(isinstance(child, Word) for child in tree.children))
    if not plain or len(request.q) > LONGEST_NAME:
        return
    near = {name: _folded(name) for name in gazetteer.nearest(request.q)}
    for label in _nearest(request.q, near | _folded_names(snapshot, "source") | _folded_names(snapshot, "term")):
        yield Idea("spelling", SPELLING, asking(request, label))


def _values(request: SearchRequest, snapshot: Snapshot) -> Iterator[Idea]:
    """Sources and key terms spelt much like one that is filtered by and that no article has."""
    for facet, text in (("source", "Nguồn"), ("term", "Từ khóa")):
        values = request.filters.get(facet, ())
        for value in values:
            if value == UNKNOWN or snapshot.frequencies([(facet, value)])[0]:
                continue
            for near in _nearest(value, _folded_values(tuple(snapshot.keys(facet, "")))):
                others = tuple(near if one == value else one for one in values)
                yield Idea("spelling", f"{text} “{near}”", replace(request, filters={**request.filters, facet: others}, offset=0))


def _nearest(name: str, names: dict[str, str]) -> list[str]:
    """Of `names`, given with what they are without marks, those spelt most like `name`, without itself."""
    from rapidfuzz import fuzz, process  # twenty milliseconds that a search without a mistake does without

    found = process.extract(_folded(name), names, scorer=fuzz.ratio, score_cutoff=NEAR_NAME, limit=2 * MOST_SPELLINGS + 1)
    return [one for _, _, one in found if one != name][: 2 * MOST_SPELLINGS]


def _folded_names(snapshot: Snapshot, field: str) -> dict[str, str]:
    """What the names of all sources or key terms of an index are without marks; each query that finds nothing asks for them."""
    values = tuple(snapshot.keys(field, ""))
    return _folded_labels(values) if field == "term" else _folded_values(values)


@lru_cache(8)
def _folded_labels(values: tuple[str, ...]) -> dict[str, str]:
    return {label: _folded(label) for label in dict.fromkeys(term_label(value) for value in values if value != UNKNOWN)}


@lru_cache(8)
def _folded_values(values: tuple[str, ...]) -> dict[str, str]:
    return {value: _folded(value) for value in values if value != UNKNOWN}


def _folded(text: str) -> str:
    return " ".join(map(folded_key, SYLLABLE.findall(text)))
