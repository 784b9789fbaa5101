"""Trees of queries as plain values, for the frozen table ``data/queries.jsonl`` and its properties."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from engine.query.lexer import DASHES, FIELD_OF_NAME, QUOTES, SINGLE_QUOTES
from engine.query.parser import TEXT_FIELDS
from engine.query.tree import And, Everything, InField, Node, Not, Or, Phrase, Prefix, Word


def plain(tree: Node) -> Any:
    """A tree in JSON: null, "word", ["phrase", text, slop], ["prefix", text], ["not", x], ["in", field, x], ["and", …], ["or", …]."""
    match tree:
        case Everything():
            return None
        case Word(text):
            return text
        case Phrase(text, slop):
            return ["phrase", text, slop]
        case Prefix(text):
            return ["prefix", text]
        case Not(child):
            return ["not", plain(child)]
        case InField(name, child):
            return ["in", name, plain(child)]
        case And(children):
            return ["and", *map(plain, children)]
        case Or(children):
            return ["or", *map(plain, children)]


# --- any tree that a parser can give ---

_LETTERS = "abđưởạộÝ09Ω"
_MARKS = ".,/_%&+'’:;?!=…"
_OPERATORS = {"OR", "AND", "NOT", "HOẶC", "HOAC", "VÀ"}


def _is_word(text: str) -> bool:
    name = text.partition(":")[0].casefold()
    return (
        text[0] not in DASHES + SINGLE_QUOTES
        and any(map(str.isalnum, text))
        and not (":" in text and name in FIELD_OF_NAME)
        and text not in _OPERATORS
    )


words = st.text(_LETTERS + _MARKS + "-–", min_size=1, max_size=8).filter(_is_word)
phrases = st.lists(st.text(_LETTERS + _MARKS + "-()|*~", min_size=1, max_size=6), min_size=1, max_size=4).map(" ".join)
leaves: st.SearchStrategy[Node] = st.one_of(
    words.map(Word),
    st.builds(Phrase, phrases.filter(lambda text: any(map(str.isalnum, text)) and not set(text) & set(QUOTES)), st.integers(0, 99)),
    st.builds(lambda text, last: Prefix(text + last), words, st.sampled_from("aộ9")).filter(lambda prefix: _is_word(prefix.text)),
)


def _several(kind: type[And] | type[Or], children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.lists(children.filter(lambda child: not isinstance(child, kind)), min_size=2, max_size=3).map(
        lambda found: kind(tuple(found))
    )


def _joined(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(_several(And, children), _several(Or, children), children.filter(lambda one: not isinstance(one, Not)).map(Not))


values = st.recursive(leaves, _joined, max_leaves=4)
trees: st.SearchStrategy[Node] = st.recursive(
    st.one_of(
        leaves,
        st.builds(InField, st.sampled_from(TEXT_FIELDS), leaves),
        st.builds(InField, st.sampled_from(("in", "date", "source")), values.filter(lambda one: not isinstance(one, Not))),
    ),
    lambda children: st.one_of(
        _joined(children),
        st.builds(InField, st.sampled_from(TEXT_FIELDS), children.filter(lambda one: not isinstance(one, Not | InField))),
    ),
    max_leaves=6,
)
"""Trees in the form the parser gives: flat, without double negation, values without fields inside."""
