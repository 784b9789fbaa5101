"""From the syllables of a text to the terms of the table: one dictionary probe a syllable."""

from __future__ import annotations

from math import log
from typing import NamedTuple

from analyzers.terms.model import Entry
from analyzers.terms.spelling import keys_of
from analyzers.terms.table import Table

LOCAL_IDF = 0.5
"""That of a term which one article in 190 holds. The corpus is national news: how rare a local term is among articles of a ward or
district cannot be read from it, and terms that many articles share are the better facet."""
LEAST_SHARE = 0.0005
MOST_TERMHOOD = 9


class Term(NamedTuple):
    """A term as articles are scored with. `idf` lies between 0 (every article holds it) and 1, `termhood` too.

    `documents` counts articles of the corpus that hold it; 0 for a word the table lacks.
    """

    value: str
    label: str
    idf: float
    termhood: float
    documents: int
    local: bool


class Form(NamedTuple):
    """One way of writing a term: the keys of its syllables after the third (`rest`).

    `loose` forms may hold commas; `capital` tells that the last syllable is written with a capital.
    """

    rest: list[str]
    size: int
    term: Term
    loose: bool
    capital: bool


class Branch(NamedTuple):
    """Forms that begin with the same two keys: the one that ends there, and the longer ones by their third key, longest first."""

    short: Form | None
    longer: dict[str, list[Form]]


class Sign(NamedTuple):
    """A term written as one syllable: an abbreviation or a brand, known by its capitals."""

    surface: str
    term: Term


class TermIndex:
    """The table, ready to be looked up.

    `pairs`: the first two keys of a form -> the forms that begin so.
    `signs`: the only key of a form -> the abbreviation. `terms`: value -> term.
    """

    def __init__(self, table: Table) -> None:
        self.terms: dict[str, Term] = {}
        self.pairs: dict[tuple[str, str], Branch] = {}
        self.signs: dict[str, Sign] = {}
        for entry in table.entries:
            keys = keys_of(entry.label)
            rarity = idf(entry, table.documents)
            term = Term(" ".join(keys), entry.label, rarity, entry.termhood / MOST_TERMHOOD, entry.documents, entry.local)
            self.terms[term.value] = term
            self._add(keys, entry.label, term)
            for other in entry.others:
                self._add(keys_of(other), other, term)

    def _add(self, keys: tuple[str, ...], label: str, term: Term) -> None:
        if len(keys) == 1:
            self.signs.setdefault(keys[0], Sign(label, term))
            return
        capital = " " in label and label[label.rindex(" ") + 1].isupper()
        form = Form(list(keys[3:]), len(keys), term, "," in label, capital)
        short, longer = self.pairs.get((keys[0], keys[1])) or Branch(None, {})
        if len(keys) == 2:
            short = _joined(short, form)
        else:
            forms = longer.setdefault(keys[2], [])
            same = next((known for known in forms if known.rest == form.rest), None)
            others = [known for known in forms if known is not same]
            forms[:] = sorted([*others, _joined(same, form)], key=lambda form: -form.size)
        self.pairs[keys[0], keys[1]] = Branch(short, longer)


def _joined(known: Form | None, form: Form) -> Form:
    """Of two spellings with the same keys one form, which admits what either does; the first keeps its term."""
    if known is None:
        return form
    return known._replace(loose=known.loose or form.loose, capital=known.capital or form.capital)


def idf(entry: Entry, documents: int) -> float:
    """How much it says that an article holds the term: 1 for one article of the corpus, 0 for all of them."""
    if entry.local:
        return LOCAL_IDF
    return -log(max(entry.documents / documents, LEAST_SHARE)) / log(documents)
