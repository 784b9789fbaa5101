"""Units: numbers, dates, document numbers and the like, which a tokenizer of syllables takes apart.

Syllables stay as they are; a unit is one more key over the same span, so ``10.040`` is found as ``10.040``, as ``10040`` and
by its parts. Decimal comma and dotted thousands are read the Vietnamese way (``1.234,5`` is one thousand two hundred …).
Every pattern is linear: no two alternatives can match the same text in more than one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from analyzers.digits import digit_runs
from analyzers.keys import folded_key


class Unit(NamedTuple):
    """A unit of `kind` over code points ``[start, end)``; `keys` are what it is found by, the most specific first."""

    kind: str
    start: int
    end: int
    keys: tuple[str, ...]


_WORD = r"[^\W\d_]"
_EDGE = r"(?<![^\W_])"
_KINDS = (
    ("url", r"https?://[^\s<>\"'()]+|www\.[^\s<>\"'()]+"),
    ("email", r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"),
    # 15/2024/QĐ-UBND, 37/NQ-HĐND, 05-CT/TW, 30/2020/NĐ-CP
    ("document", rf"{_EDGE}\d{{1,5}}(?:/\d{{4}})?[/-]{_WORD}{{1,10}}\d{{0,2}}(?:[-/&]{_WORD}{{1,12}}){{1,4}}"),
    ("date", rf"{_EDGE}\d{{1,2}}(?P<sep>[/.-])\d{{1,2}}(?P=sep)\d{{4}}(?!\d)"),
    ("phone", rf"{_EDGE}(?:\+84|0)(?:[ .-]?\d{{2,4}}){{3,4}}(?!\d)|\(0\d{{2,3}}\) ?\d{{1,4}}(?:[ .]?\d{{3,4}}){{1,2}}"),
    ("number", rf"{_EDGE}\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?(?![\d.]*\d)|{_EDGE}\d+,\d+(?!\d)|{_EDGE}\d{{1,3}}(?: \d{{3}})+(?![\d.,])"),
    ("day", rf"{_EDGE}\d{{1,2}}[/-]\d{{1,2}}(?![\d/-])"),
    ("code", rf"{_EDGE}{_WORD}{{1,4}}/{_WORD}{{1,3}}\d{{1,3}}{_WORD}?\d{{0,3}}(?![^\W_])"),
    ("number", rf"{_EDGE}\d{{4,15}}(?![\d.,/-]*\d)"),
)
_UNIT = re.compile("|".join(f"(?P<k{number}>{pattern})" for number, (_, pattern) in enumerate(_KINDS)))


def units(text: str, digits: Sequence[tuple[int, int]] | None = None) -> list[Unit]:
    """Return the units of `text`, in order, not overlapping. `digits` are its `digit_runs`, where they are known."""
    found: list[Unit] = []
    for start, end in _chunks(text, digits):
        if end - start > _LONGEST_KEPT:
            found += _read(text, start, end)
        else:
            found += [Unit(kind, start + first, start + last, keys) for kind, first, last, keys in _units_of(text[start:end])]
    return found


_LONGEST_KEPT = 48
"""Code points of a chunk whose units are remembered; in news one of a thousand is longer. What is cut out of a word is longer, too."""


@lru_cache(1 << 13)
def _units_of(chunk: str) -> tuple[Unit, ...]:
    """The units of a chunk by itself. Two in three of a day's news were met before."""
    return tuple(_read(chunk, 0, len(chunk)))


def _read(text: str, start: int, end: int) -> Iterator[Unit]:
    for match in _UNIT.finditer(text, start, end):
        kind = "date" if match["sep"] else _KINDS[int((match.lastgroup or "k0")[1:])][0]
        if keys := _keys(kind, match.group()):
            yield Unit(kind, match.start(), match.end(), keys)


_DIGITS = re.compile(r"\d\S*(?:[ ]\d\S*)*")
_NO_UNIT_OR_DIGITS = re.compile(r"\d(?:(?<![^\s(]\d)\d{0,2}[,;:.)%]*(?!\S| \d)|(?P<digits>\S*(?:[ ]\d\S*)*))")
"""The same, and before it a number of up to three digits by itself, which is no unit and the most common word with a digit."""
_ADDRESS = re.compile(r"(?:@|://|www\.)\S*")


def _chunks(text: str, digits: Sequence[tuple[int, int]] | None) -> list[tuple[int, int]]:
    """Where units can be: words with a digit and the words of digits that follow, and web and mail addresses.

    Most words hold neither, and a search for a digit passes over them many times faster than the patterns would.
    """
    if "@" in text or "://" in text or "www." in text:
        found = sorted(match.span() for pattern in (_DIGITS, _ADDRESS) for match in pattern.finditer(text))
    else:
        found = _words_of_digits(text, digits)
    widened: list[tuple[int, int]] = []
    for start, end in found:
        least = widened[-1][1] if widened else 0
        if end <= least:
            continue
        if start > least and text[start - 1] in " \n":  # as most do
            widened.append((start, end))
            continue
        blank = text.rfind(" ", least, start)
        begin = max(blank, text.rfind("\n", max(blank, least), start)) + 1
        widened.append((max(begin, least, start - _LONGEST_HEAD), end))
    return widened


_LONG = 400
"""Code points of a text from which on finding its digits first pays."""


def _words_of_digits(text: str, digits: Sequence[tuple[int, int]] | None) -> list[tuple[int, int]]:
    """The spans of what may be a unit and begins with a digit; each match ends before white space, so none ends among digits."""
    if digits is None and len(text) < _LONG:
        return [match.span() for match in _NO_UNIT_OR_DIGITS.finditer(text) if match.lastgroup]
    found: list[tuple[int, int]] = []
    done, match_at = 0, _NO_UNIT_OR_DIGITS.match
    for start, _ in digit_runs(text) if digits is None else digits:
        if start >= done and (match := match_at(text, start)):
            done = match.end()
            if match.lastgroup:
                found.append((start, done))
    return found


_LONGEST_HEAD = 120
"""A unit's first digit (or @) stands within so many characters of its beginning."""


def _keys(kind: str, text: str) -> tuple[str, ...]:
    if kind == "number":
        return _number_keys(text)
    if kind in ("date", "day"):
        parts = [part.lstrip("0") or "0" for part in re.split(r"[/.-]", text)]
        if not (1 <= int(parts[0]) <= 31 and 1 <= int(parts[1]) <= 12):
            return ()
        return tuple("/".join(parts[:size]) for size in (3, 2) if size <= len(parts))
    if kind == "phone":
        digits = re.sub(r"\D", "", text)
        return ("0" + digits[2:] if text.startswith("+84") else digits,) if 9 <= len(digits) <= 12 else ()
    lowered = folded_key(text.rstrip(".,;:"))
    return (lowered.replace("&", "-"),)


def _number_keys(text: str) -> tuple[str, ...]:
    """``10.040`` -> ``10040``; ``1.234,50`` -> ``1234.5``."""
    whole, comma, fraction = text.replace(".", "").replace(" ", "").partition(",")
    fraction = fraction.rstrip("0")
    return (f"{whole}.{fraction}" if comma and fraction else whole,)
