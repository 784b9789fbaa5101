"""Help with a query that was mistyped or finds nothing: another spelling, run or offered, and wider searches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

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
from engine.query.tree import And, Word
from engine.spellings import Spellings
from engine.spellings.rewording import Analyze, rewordings

MOST_SPELLINGS = 3
"""Other spellings offered."""
NEAR_NAME = 80
"""Likeness (0 to 100, rapidfuzz's ratio of the unmarked names) of a name that may have been meant."""
SPELLING = "Có phải bạn tìm"

Run = Callable[[SearchRequest], SearchResponse]


def assisted(response: SearchResponse, run: Run, snapshot: Snapshot, analyze: Analyze, gazetteer: Gazetteer) -> SearchResponse:
    """`response` with offers; what the query was meant to say in its place, when it found nothing and that is sure and allowed.

    `run` answers a request without help. A search that found something costs two or three look-ups a syllable.
    """
    request = response.request
    if not request.q.strip() and response.total:
        return response

    def count(other: SearchRequest) -> int:
        return run(replace(other, limit=0, offset=0, facets=(), explain=False)).total

    found, sure = _spellings(request, response.total, count, Spellings(snapshot), analyze)
    if response.total or not (request.limit or found):
        return replace(response, offers=found if request.limit else ())
    if sure and request.corrections:
        return _corrected(response, found, run)
    if not snapshot.count():
        return response
    near = () if found else worthwhile(_names(request, snapshot, gazetteer), count, most=MOST_SPELLINGS)
    return replace(response, offers=(*found, *near, *worthwhile(wider(request, gazetteer), count)) if request.limit else ())


def _spellings(request: SearchRequest, total: int, count: Callable[[SearchRequest], int], spellings: Spellings, analyze: Analyze) -> tuple[tuple[Offer, ...], bool]:
    """Other spellings that find more, and whether the first may run by itself."""
    ideas = rewordings(request.q, spellings, analyze)
    sure = {one.q for one in ideas if one.sure}
    found = worthwhile((Idea("spelling", SPELLING, asking(request, one.q)) for one in ideas), count, total, MOST_SPELLINGS)
    return found, bool(found) and found[0].request.q in sure


def _corrected(response: SearchResponse, found: tuple[Offer, ...], run: Run) -> SearchResponse:
    typed, meant = response.request, replace(found[0].request, offset=response.request.offset)
    again = run(meant)
    said = f"Không có bài nào khớp “{typed.q}”; đang hiện kết quả cho “{meant.q}”."
    notices = (Notice("corrected", said, undo="sua=khong"), *again.notices)
    return replace(again, notices=notices, offers=found[1:] if typed.limit else (), corrected_from=typed.q)


def _names(request: SearchRequest, snapshot: Snapshot, gazetteer: Gazetteer) -> Iterator[Idea]:
    """Whole names (places, sources, key terms) spelt much like the whole query."""
    from rapidfuzz import fuzz, process  # twenty milliseconds that a search without a mistake does without

    tree = parse(request.q).tree
    plain = isinstance(tree, Word) or (isinstance(tree, And) and all(isinstance(child, Word) for child in tree.children))
    if not plain or len(request.q) > LONGEST_NAME:
        return
    wanted = _folded(request.q)
    labels = [*gazetteer.nearest(request.q), *(value for value in snapshot.keys("source", "") if value != UNKNOWN)]
    labels += [term_label(value) for value in snapshot.keys("term", "") if value != UNKNOWN]
    names = {label: _folded(label) for label in labels}
    for _, _, label in process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=NEAR_NAME, limit=2 * MOST_SPELLINGS):
        if names[label] != wanted or label.casefold() != request.q.strip().casefold():
            yield Idea("spelling", SPELLING, asking(request, label))


def _folded(text: str) -> str:
    return " ".join(map(folded_key, SYLLABLE.findall(text)))
