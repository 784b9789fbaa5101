"""Find the syllables of a query that are keystrokes of an input method that was switched off, or of another one."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from analyzers.encodings.syllable import is_syllable, with_tone
from analyzers.keyboards import marks, telex
from analyzers.keyboards.model import Reading, Typed
from analyzers.keyboards.shapes import FOLDED
from analyzers.text import nfc

_RUN = re.compile(r"(?<![^\s\"“'(\[,;:/+–-])[^\W_](?:[^\W_]|[\^(+`~?.'])*")
_MARK = re.compile(r"[\^(+`~?.']")
# Marks that are not everyday punctuation; ' . ? only inside a word, before a small letter.
_HARD_MARK = re.compile(r"^[dD][dD]|[aeoAEO]\^|[aA]\(|[uoUO]\+|[A-Za-z][`~]|[aeiouyAEIOUY](?!(?<=^I)'m$)['.?][a-z]")
_VIETNAMESE_KEYS = re.compile("^dd|[fjw]")
_LONGEST = 14
"""Keystrokes of a syllable; ``nghieengs`` has nine."""
_SHORT = 4
"""Words in capitals up to this length are abbreviations, unless all of a query is in capitals."""

_COUNTED_WORDS = """
    ap ban bai buoi cau chuong dieu dot khoa khoi khu ky lan lo loai mau ngay phan phuong quan quy so tang tap thang thu to tuan tuyen vong
"""
COUNTED = frozenset(_COUNTED_WORDS.split())
"""Words that numbers follow: with a digit glued on they are more likely that (``quan1``: Quận 1) than a tone (quán)."""


class _Candidate(NamedTuple):
    reading: Reading
    weak: bool
    """Too much like a foreign word or a code to be offered unless the query holds other residue of the same method."""


@cache
def _foreign() -> frozenset[str]:
    """Foreign words, names and abbreviations that would read as Telex."""
    data = resources.files("analyzers.keyboards").joinpath("data/foreign_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in data.splitlines() if not line.startswith("#") for word in line.split())


def readings(text: str) -> list[Reading]:
    """Return the syllables of `text` that look typed with the input method off, in order, none overlapping."""
    runs = list(_RUN.finditer(text))
    loud = len(runs) > 1 and text.isupper()
    found = [candidate for run in runs if (candidate := _candidate(run[0], run.start(), loud))]
    sure = {candidate.reading.method for candidate in found if not candidate.weak and not candidate.reading.ambiguous}
    return [candidate.reading for candidate in found if not candidate.weak or candidate.reading.method in sure]


def spell(text: str, found: list[Reading]) -> str:
    """Return `text` with every reading put in: what to offer ("did you mean")."""
    for reading in reversed(found):
        text = text[: reading.start] + reading.text + text[reading.end :]
    return text


def _candidate(run: str, start: int, loud: bool) -> _Candidate | None:
    """Read one run of letters, digits and VIQR marks; `loud`: capitals say nothing, all of the query is in them."""
    if len(run) > 3 * _LONGEST:
        return None
    by_marks = None
    if _MARK.search(run):
        typed = marks.read(run, marks.VIQR) if run.isascii() else None
        if typed:
            weak = _HARD_MARK.search(run) is None
            by_marks = _Candidate(_reading(run, start, typed, "viqr", weak), weak)
            if not weak:
                return by_marks
        run = run.rstrip("^(+`~?.'")
    return _by_keys(run, start, loud) or by_marks


def _by_keys(run: str, start: int, loud: bool) -> _Candidate | None:
    """Read a run without marks as VNI or Telex."""
    word = nfc(run)
    lower = word.lower()
    if len(word) > _LONGEST or _MARK.search(word) or (is_syllable(word) and "oo" not in lower):
        return None
    if any(map(str.isdigit, word)):
        typed = marks.read(word, marks.VNI)
        return _vni(run, start, typed, loud) if typed else None
    typed = telex.read(word)
    if typed is None or (typed.bare.endswith("k") and not typed.bare.endswith("ăk")):
        return None  # Highland names aside (Đắk, Lắk), syllables in k are foreign: park, task, book.
    weak = lower in _foreign() or (word.isupper() and len(word) <= _SHORT and not loud)
    # Marks at a distance are common in English and Spanish (did, rosa, temer), except with keys those words do not have.
    doubtful = lower in FOLDED or not (typed.in_order or _VIETNAMESE_KEYS.search(lower))
    return _Candidate(_reading(run, start, typed, "telex", doubtful or weak), weak)


def _vni(run: str, start: int, typed: Typed, loud: bool) -> _Candidate:
    """A final digit may be a number: after words that are counted, and in codes such as MI5, A1, CO2."""
    letters = run.rstrip("0123456789")
    one_number = letters.isalpha() and letters.isascii() and len(run) - len(letters) == 1
    code = one_number and (len(letters) == 1 or (letters.isupper() and len(letters) < _SHORT and not loud) or run.lower() in _foreign())
    counted = one_number and letters.lower() in COUNTED
    return _Candidate(_reading(run, start, typed, "vni", code or counted), weak=code)


def _reading(run: str, start: int, typed: Typed, method: str, ambiguous: bool) -> Reading:
    text = with_tone(typed.bare, typed.tone)
    letters = [letter for letter in run if letter.isalpha()]
    if len(letters) > 1 and all(map(str.isupper, letters)):
        text = text.upper()
    elif letters[0].isupper():
        text = text[0].upper() + text[1:]
    return Reading(start, start + len(run), text, method, ambiguous)
