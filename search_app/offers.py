"""What to try when nothing was found: wider searches, each with the count it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from analyzers.keys import folded_key
from analyzers.syllables import SYLLABLE
from engine.model import SearchRequest
from engine.query import parse
from engine.query.tree import And, InField, Node, Not, Or, Phrase, Prefix, Word

from . import state
from .addresses import Addresses
from .chips import Chip
from .words import count_words

MOST = 6
"""Offers shown."""
MOST_TRIED = 16
"""Searches tried to find them."""
_TEXT_FIELDS = ("title", "lead")

Change = Callable[[Node], Node]


@dataclass(frozen=True, slots=True)
class Offer:
    """A wider search: what it changes, the query it asks (when that changes) and how many articles it finds."""

    text: str
    query: str | None
    count: str
    href: str


def offers(request: SearchRequest, chips: Sequence[Chip], count: Callable[[SearchRequest], int], addresses: Addresses) -> tuple[Offer, ...]:
    """Wider searches that find something, in the order a reader would try them."""
    found: list[Offer] = []
    tried: set[str] = set()
    for text, changed in _wider(request, chips):
        href = addresses.results(changed)
        if href in tried or len(tried) >= MOST_TRIED or len(found) >= MOST:
            continue
        tried.add(href)
        total = count(changed)
        if total:
            found.append(Offer(text, changed.q if changed.q not in ("", request.q) else None, count_words(total), href))
    return tuple(found)


def _wider(request: SearchRequest, chips: Sequence[Chip]) -> Iterator[tuple[str, SearchRequest]]:
    tree = parse(request.q).tree
    for text, change in (("Không cần đúng cụm", loose), ("Viết không dấu", without_marks), ("Có bất kỳ từ nào", any_word)):
        q = str(change(tree))
        if q != str(tree):
            yield text, state.asking(request, q)
    for chip in chips:
        if chip.without.q == request.q:
            yield f"Bỏ “{chip.lead} {chip.text}”", chip.without
    filters = state.filter_count(request)
    if filters > 1:
        yield "Bỏ mọi bộ lọc", state.without_filters(request)
    if filters and (q := str(any_word(tree))) != str(tree):
        yield "Có bất kỳ từ nào, bỏ mọi bộ lọc", state.asking(state.without_filters(request), q)


def any_word(tree: Node) -> Node:
    """Any of the words instead of all; what must not occur stays so."""
    if not isinstance(tree, And):
        return tree
    wanted = [part for part in tree.children if not isinstance(part, Not)]
    unwanted = [part for part in tree.children if isinstance(part, Not)]
    if len(wanted) < 2:
        return tree
    either = Or(tuple(option for part in wanted for option in (part.children if isinstance(part, Or) else (part,))))
    return And((either, *unwanted)) if unwanted else either


def without_marks(tree: Node) -> Node:
    """The same words without marks, which then match with any."""
    return _changed(tree, _bare)


def loose(tree: Node) -> Node:
    """The words of each phrase anywhere in the article."""
    return _flat(_changed(tree, _words))


def _bare(leaf: Node) -> Node:
    match leaf:
        case Word(text):
            return Word(_folded(text))
        case Prefix(text):
            return Prefix(_folded(text))
        case Phrase(text, slop):
            return Phrase(_folded(text), slop)
        case _:
            return leaf


def _words(leaf: Node) -> Node:
    if not isinstance(leaf, Phrase):
        return leaf
    words = tuple(Word(found) for found in SYLLABLE.findall(leaf.text))
    return And(words) if len(words) > 1 else leaf


def _changed(tree: Node, change: Change) -> Node:
    """`tree` with its wanted words and phrases changed; values of filters and what must not occur stay as they are."""
    match tree:
        case And(children):
            return And(tuple(_changed(child, change) for child in children))
        case Or(children):
            return Or(tuple(_changed(child, change) for child in children))
        case InField(name, child) if name in _TEXT_FIELDS:
            return InField(name, _changed(child, change))
        case InField() | Not():
            return tree
        case _:
            return change(tree)


def _flat(tree: Node) -> Node:
    """Without an AND directly inside an AND."""
    if not isinstance(tree, And):
        return tree
    return And(tuple(part for child in tree.children for part in (child.children if isinstance(child, And) else (child,))))


def _folded(text: str) -> str:
    return SYLLABLE.sub(lambda found: folded_key(found.group()), text)
