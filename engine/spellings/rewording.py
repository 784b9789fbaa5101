"""A query as it may have been meant: its own text with the mistyped syllables replaced, operators and spaces as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from analyzers.analyzer import AnalyzedText
from analyzers.encodings.syllable import is_syllable
from analyzers.keyboards import readings as keyboard_readings
from analyzers.keyboards import spell
from analyzers.text import nfc
from engine.query.lexer import lex
from engine.query.names import names_in
from engine.query.parser import MAX_CHARS, MAX_LEXEMES
from engine.query.soften import LEAST_SYLLABLES
from engine.spellings.correct import Alternative, Correction
from engine.spellings.table import Spellings

MOST = 4
"""Readings of one query."""
SURE = 0.5
"""Weight from which a correction may run in place of a query that finds nothing."""
_FILTERS = ("in", "source", "date", "before", "after", "term")

Analyze = Callable[[str], AnalyzedText]


class Rewording(NamedTuple):
    """`sure`: it may run in place of the query when that finds nothing; `free`: so may it when nothing else would find anything.

    Not what stands in quotation marks, and not a well-formed syllable that stands alone: nothing but its absence speaks against it.
    """

    q: str
    sure: bool
    free: bool


class _Edit(NamedTuple):
    start: int
    end: int
    alternatives: tuple[Alternative, ...]
    sure: bool
    free: bool


def rewordings(q: str, spellings: Spellings, analyze: Analyze, *, fruitless: bool = False) -> list[Rewording]:
    """What `q` may have been meant to say, what is sure first, then the likeliest; empty for a query that looks well typed.

    `fruitless`: no article holds all of it, which makes a short query likelier to be mistyped.
    """
    typed = nfc(q)[:MAX_CHARS]
    keyed = keyboard_readings(typed)
    found: dict[str, Rewording] = {}
    if keyed:
        text = spell(typed, keyed)
        for reworded in _corrected(text, spellings, analyze, fruitless):
            found.setdefault(reworded.q, reworded)
        found.setdefault(text, Rewording(text, sure=True, free=True))
    for reworded in _corrected(typed, spellings, analyze, fruitless):
        found.setdefault(reworded.q, reworded)
    found.pop(typed, None)
    return sorted(found.values(), key=lambda one: not one.sure)[:MOST]


def likelier(q: str, spellings: Spellings, analyze: Analyze) -> Rewording | None:
    """What `q` was much likelier meant to say although it looks well typed; to be offered, never to run by itself."""
    text = nfc(q)[:MAX_CHARS]
    edits: list[_Edit] = []
    for run in _runs(text):
        analyzed = analyze(text[run.start : run.end])
        for one in _outside_names(spellings.likelier(analyzed), analyzed):
            start, end = run.start + analyzed.starts[one.position], run.start + analyzed.ends[one.position]
            edits.append(_Edit(start, end, one.alternatives, sure=False, free=False))
    return Rewording(_replaced(text, edits, [edit.alternatives[0] for edit in edits]), sure=False, free=False) if edits else None


def _corrected(text: str, spellings: Spellings, analyze: Analyze, fruitless: bool) -> Iterator[Rewording]:
    """What is sure alone, where there is more; the likeliest alternative everywhere, then each other alternative in its place."""
    edits = [edit for run in _runs(text) for edit in _edits(text, run, spellings, analyze, fruitless)]
    if not edits:
        return
    first = [edit.alternatives[0] for edit in edits]
    sure, free = [edit for edit in edits if edit.sure], all(edit.free for edit in edits)
    if sure and len(sure) < len(edits):
        yield Rewording(_replaced(text, sure, [edit.alternatives[0] for edit in sure]), sure=True, free=True)
    yield Rewording(_replaced(text, edits, first), len(sure) == len(edits), free)
    for at, edit in enumerate(edits):
        for other in edit.alternatives[1:]:
            yield Rewording(_replaced(text, edits, [*first[:at], other, *first[at + 1 :]]), sure=False, free=free)


class _Run(NamedTuple):
    """Neighbouring words of a query: a half-open span of its text."""

    start: int
    end: int
    quoted: bool


def _runs(text: str) -> list[_Run]:
    """Words that are looked for in texts: not what is left out, not the values of filters."""
    runs: list[_Run] = []
    lexemes = lex(text)[:MAX_LEXEMES]
    for at, lexeme in enumerate(lexemes):
        before = [one.kind for one in lexemes[max(at - 2, 0) : at]]
        field = lexemes[at - 1].text if before[-1:] == ["field"] else None
        if lexeme.kind not in ("word", "phrase") or field in _FILTERS or before[-1:] == ["not"] or before == ["not", "field"]:
            continue
        start = lexeme.start + (lexeme.kind == "phrase")
        end = start + len(lexeme.text)
        joins = runs and lexeme.kind == "word" and before[-1:] == ["word"] and text[runs[-1].end : start].isspace()
        if joins and not runs[-1].quoted:
            runs[-1] = runs[-1]._replace(end=end)
        else:
            runs.append(_Run(start, end, lexeme.kind == "phrase"))
    return runs


def _edits(text: str, run: _Run, spellings: Spellings, analyze: Analyze, fruitless: bool) -> Iterator[_Edit]:
    analyzed = analyze(text[run.start : run.end])
    found = spellings.corrections(analyzed, fruitless=fruitless and len(analyzed) < LEAST_SYLLABLES)
    for correction in _outside_names(found, analyzed):
        start, end = run.start + analyzed.starts[correction.position], run.start + analyzed.ends[correction.position]
        readable = len(analyzed) == 1 and is_syllable(text[start:end])
        free = not run.quoted and not readable
        yield _Edit(start, end, correction.alternatives, free and correction.alternatives[0].weight >= SURE, free)


def _outside_names(found: list[Correction], analyzed: AnalyzedText) -> list[Correction]:
    """Corrections that leave alone what the gazetteer knows for the name of a place, however few articles do: *KBang*."""
    names = names_in(analyzed.marked) if found else ()
    return [one for one in found if not any(first <= one.position < last for first, last in names)]


def _replaced(text: str, edits: list[_Edit], chosen: list[Alternative]) -> str:
    for edit, alternative in reversed([*zip(edits, chosen, strict=True)]):
        new = alternative.text
        typed = text[edit.start : edit.end]
        if typed[0].isupper():
            new = new.upper() if len(typed) > 1 and typed.isupper() else new[0].upper() + new[1:]
        text = text[: edit.start] + new + text[edit.end :]
    return text
