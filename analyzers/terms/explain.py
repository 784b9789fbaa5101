"""Why an article has the key terms it has: the same result as `extract`, found the slow and obvious way.

`explain` looks up every run of syllables from the left, the longest first; tests hold it equal to the fast path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analyzers.analyzer import AnalyzedText
from analyzers.terms.choose import KEPT, fates, frequency
from analyzers.terms.index import Form, Term, TermIndex
from analyzers.terms.model import EARLY, ZONE_WEIGHTS, KeyTerm
from analyzers.terms.scan import is_sign, is_written, stands_for_lead
from analyzers.terms.store import load, load_words
from analyzers.terms.unknown import unknown_terms

SHORT = 2
"""Forms of so many syllables must begin and end where words do."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A term an article holds: `score` = `frequency` x `idf` x `termhood`, and why it is kept or not.

    `title`, `lead` and `body` count occurrences; `evidence` is their weighted sum, with what weaker longer terms lent. All are 0
    but the evidence for a word the table lacks.
    """

    value: str
    label: str
    title: int
    lead: int
    body: int
    evidence: int
    frequency: float
    idf: float
    termhood: float
    score: float
    why: str
    known: bool

    @property
    def kept(self) -> bool:
        return self.why == KEPT

    @property
    def term(self) -> KeyTerm:
        return KeyTerm(self.value, self.label, self.score)


def explain(zones: Sequence[AnalyzedText], excluded: Container[str] = frozenset()) -> tuple[Verdict, ...]:
    """Everything considered for an article given as (title, lead, body), best first."""
    index = load()
    counts: dict[Term, Counter[int]] = {}
    for zone, text in enumerate(zones):
        early = EARLY if stands_for_lead(zones, zone) else 0
        for first, term in _read(text, index):
            counts.setdefault(term, Counter())[1 if first < early else zone] += 1
    found = {term: sum(ZONE_WEIGHTS[zone] * count for zone, count in by_zone.items()) for term, by_zone in counts.items()}
    found.update(unknown_terms(zones, index, load_words()))
    verdicts = []
    for term, fate in fates(found, excluded).items():
        title, lead, body = (counts.get(term, Counter())[zone] for zone in range(len(ZONE_WEIGHTS)))
        often = frequency(fate.found)
        row = (term.value, term.label, title, lead, body, fate.found, often, term.idf, term.termhood, fate.score, fate.why)
        verdicts.append(Verdict(*row, known=term.value in index.terms))
    return tuple(verdicts)


def _read(text: AnalyzedText, index: TermIndex) -> Iterator[tuple[int, Term]]:
    """Occurrences by trying, at every syllable, every form of the table that could stand there."""
    inner = {at for first, last in text.words for at in range(first + 1, last)}
    free = 0
    alone = []
    for first in range(len(text)):
        if first < free:
            continue
        fitting = [form for form, keys in _forms(index).get(text.marked[first], ()) if _fits(text, first, form, keys, inner)]
        if fitting:
            best = max(fitting, key=lambda form: form.size)
            free = first + best.size
            yield first, best.term
        else:
            alone.append(first)
    for at in alone:
        sign = index.signs.get(text.marked[at])
        if sign and is_sign(text, at, sign):
            yield at, sign.term


def _fits(text: AnalyzedText, first: int, form: Form, keys: list[str], inner: set[int]) -> bool:
    last = first + form.size
    return (
        text.marked[first:last] == keys
        and is_written(text, first, form)
        and (form.size > SHORT or (first not in inner and last not in inner))
    )


@cache
def _forms(index: TermIndex) -> dict[str, list[tuple[Form, list[str]]]]:
    """Every form with all its keys, by its first key."""
    forms: dict[str, list[tuple[Form, list[str]]]] = {}
    for pair, branch in index.pairs.items():
        if branch.short:
            forms.setdefault(pair[0], []).append((branch.short, list(pair)))
        for third, longer in branch.longer.items():
            forms.setdefault(pair[0], []).extend((form, [*pair, third, *form.rest]) for form in longer)
    return forms
