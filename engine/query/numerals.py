"""Numbers as they are written otherwise than in figures: Roman ones, and the words of ordinals, up to 39."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = tuple(tens + ones for tens in ("", "x", "xx", "xxx") for ones in _ONES)
ROMANS = {roman: value for value, roman in enumerate(_ROMANS) if roman}
"""Roman numbers, in small letters, with their values."""
DIGITS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_TENS = {0: "", 10: "mười", 20: "hai mươi", 30: "ba mươi"}
_FIRST, _TEN_AND, _TWENTY_AND = {1: "nhất", 4: "tư"}, {5: "lăm"}, {1: "mốt", 4: "tư", 5: "lăm"}
"""Digits that have another name in *lần thứ nhất*, *mười lăm*, *hai mươi mốt*."""
WORDS = (*DIGITS, "mười", "nhất", "tư", "lăm", "mốt")
"""The words of ordinals; *mươi*, which is *mười* without its marks, is left out."""
_MORE = ("mươi", "mười", "trăm", "nghìn", "ngàn", "mốt", "lăm")
"""What makes the number before it another one."""


def roman(value: int) -> str | None:
    """A number in Roman ones, in small letters; None for one that is too large."""
    return _ROMANS[value] if 0 < value < len(_ROMANS) else None


def ordinal(value: int) -> list[str]:
    """The words of an ordinal behind *thứ*: *nhất*, *hai mươi mốt*; none for one that is too large."""
    tens, digit = value - value % 10, value % 10
    if tens not in _TENS:
        return []
    names = _FIRST if not tens else _TEN_AND if tens == 10 else _TWENTY_AND
    return [*_TENS[tens].split(), *([names.get(digit, DIGITS[digit - 1])] if digit else [])]


@cache
def ordinals(key: Callable[[str], str]) -> dict[tuple[str, ...], int]:
    """The values of ordinals by the keys of their words, in all usual forms: *thứ tư*, *thứ bốn*, *thứ mười tư*."""
    found = {(*tens.split(), *([DIGITS[digit - 1]] if digit else [])): ten + digit for ten, tens in _TENS.items() for digit in range(10)}
    found |= {(*tens.split(), "tư"): ten + 4 for ten, tens in _TENS.items()}
    found |= {tuple(ordinal(value)): value for value in range(1, len(_ROMANS))}
    return {tuple(map(key, words)): value for words, value in found.items() if value}


def ordinal_at_start(keys: Sequence[str], key: Callable[[str], str]) -> int:
    """How many keys a row begins with are the words of an ordinal; 0 where they go on to a number that is not known."""
    found = max((size for size in range(1, min(len(keys), 3) + 1) if tuple(keys[:size]) in ordinals(key)), default=0)
    return 0 if set(map(key, _MORE)).intersection(keys[found : found + 1]) else found
