"""Numbers that name something together with the word before them: *phường 5*, *lớp 10*, *bão số 10*.

By itself such a number says nothing: it stands in most articles, and *phường 5* is neither a ward here nor the fifth of June there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise, product

from analyzers.keys import folded_key, has_marks, marked_key
from engine.query.words import Span

_NUMBER = re.compile(r"\d{1,3}[a-e]?")
"""Not the number of a year, which may well stand by itself."""
_DAY, _MONTH = re.compile(r"0?[1-9]|[12]\d|3[01]", re.ASCII), re.compile(r"0?[1-9]|1[0-2]", re.ASCII)
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = tuple(tens + ones for tens in ("", "x", "xx", "xxx") for ones in _ONES)
"""Roman numbers up to 39 at their index."""
_NUMBERS = {roman: str(number) for number, roman in enumerate(_ROMANS) if roman}
_ORDINALS = "nhất hai ba tư năm sáu bảy tám chín mười"
"""In *lần thứ hai*, from the first."""
_HEADS = """
phường quận tổ phố thôn ấp khóm xóm bản buôn khu cụm lô lộ đường tuyến km cây ngõ ngách hẻm kiệt số tầng đội trạm kênh vùng lớp khối khóa
kỳ lần thứ hạng loại cấp bậc vòng bảng đợt tập phần chương điều khoản mục bài tháng quý ngày ca nhân
"""
"""Syllables that a number follows as a name: the last ones of *khu phố*, *quốc lộ*, *đại hội lần thứ*, *bệnh nhân*."""
_IN_ROMAN = "khóa lần thứ kỳ hội quý chương phần tập loại hạng vùng vực"
"""Those whose number is also written in Roman ones: *đại hội XIII*, *quý II*, *đô thị loại IV*, *khu vực I*."""
_COUNTED = """
triệu tỷ nghìn ngàn trăm chục vạn đồng usd ha km m kg tấn tạ lít người hộ em cháu tuổi con cái chiếc vụ làn tầng phòng giờ phút căn cây
lần điểm
"""
"""What is counted by the number before it: *số 100 triệu* names nothing."""
_TIMES = "năm tháng tuần ngày"
"""Counted too, but where a number follows: *nhiệm kỳ 5 năm*, but *quý 2 năm 2023*."""


def numbered(marked: Sequence[str]) -> Iterator[Span]:
    """The spans of two syllables, or of *lần thứ* and one more, in a row of keys as typed, of which the last is a number that belongs to
    those before it."""
    key = _key(marked)
    heads, in_roman, counted, times = (_keys(words, key) for words in (_HEADS, _IN_ROMAN, _COUNTED, _TIMES))
    for at, (head, number) in enumerate(pairwise(marked)):
        behind = marked[at + 2 : at + 4]
        counts = counted.intersection(behind[:1]) or (times.intersection(behind[:1]) and not any(map(str.isdigit, behind[1:])))
        before = (*marked[max(at - 1, 0) : at], head)
        ordinal = before == (key("lần"), key("thứ"))
        congress = before == (key("đại"), key("hội"))  # in *xã hội 5 năm* the number counts the years
        roman = head in in_roman and number in _NUMBERS
        digits = _NUMBER.fullmatch(number) and not counts
        short = head in in_roman and head != key("hội") and number in _NUMBERS.values()
        if roman or (ordinal and number in _ordinals(key)) or (digits and (head in heads or congress or short)):
            yield at - int(ordinal), at + 2


def dates(marked: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """The spans of days of a year in a row of keys as typed, *(ngày) 2 tháng 9*, and the key of each as a unit: *2/9*."""
    key = _key(marked)
    for at, (day, word, month) in enumerate(zip(marked, marked[1:], marked[2:], strict=False)):
        lasting = {key("tháng"), key("ngày")}.intersection(marked[at + 3 : at + 4])  # *6 tháng 12 tháng* are no date
        if word == key("tháng") and not lasting and _DAY.fullmatch(day) and _MONTH.fullmatch(month):
            first = at - 1 if at and marked[at - 1] == key("ngày") else at
            yield (first, at + 3), f"{int(day)}/{int(month)}"


def days_otherwise(marked: Sequence[str], span: Span) -> list[tuple[str, ...]]:
    """The keys of a day in words with a nought before its numbers or without: *02 tháng 9*, *2 tháng 09* for *2 tháng 9*."""
    *before, day, word, month = marked[slice(*span)]
    ways = ((*before, one, word, other) for one, other in product(_digits(int(day)), _digits(int(month))))
    return [way for way in ways if way != tuple(marked[slice(*span)])]


def written_otherwise(marked: Sequence[str], span: Span) -> list[tuple[str, ...]]:
    """The keys of a number and of what it belongs to in its other writings.

    With a nought before it or without (*tháng 05*), in Roman ones (*quý II* for *quý 2*), as an ordinal (*lần thứ 2*, *lần thứ hai*
    for *lần 2*).
    """
    typed = tuple(marked[slice(*span)])
    head, number = typed[0], typed[-1]
    key = _key(marked)
    if head == key("thứ"):  # *thứ 2* is Monday
        return []
    in_roman = head in _keys(_IN_ROMAN, key)
    ordinals = _ordinals(key) if len(typed) > 2 else {}
    value = int(number) if number.isdigit() else int(_NUMBERS.get(number, 0)) if in_roman else 0
    value = value or ordinals.get(number, 0)
    if not value:
        return []
    roman = [_ROMANS[value]] if in_roman and value < len(_ROMANS) else []
    if not is_ordinal(marked, span):
        ways: list[tuple[str, ...]] = [(head, one) for one in (*_digits(value), *roman)]
    else:
        words = [word for word, its in _ordinals(key).items() if its == value]
        ways = [(head, str(value)), *((head, key("thứ"), one) for one in (str(value), *words, *roman))]
    return [way for way in ways if way != typed]


def is_ordinal(marked: Sequence[str], span: Span) -> bool:
    """Whether a span is that of *lần 2*, *lần thứ hai*."""
    return marked[span[0]] == _key(marked)("lần")


def in_letters(way: Sequence[str]) -> list[str]:
    """The keys of *lần thứ hai* as they are written."""
    marks = {folded_key(word): word for word in ("lần", "thứ", *_ORDINALS.split())}
    return [marks.get(key, key) for key in way]


def shown(words: Sequence[str]) -> str:
    """A word and its number for readers: Roman ones in capitals."""
    *head, number = words
    return " ".join((*head, number.upper() if number.lower() in _NUMBERS else number))


def _digits(value: int) -> tuple[str, ...]:
    return (str(value), f"0{value}") if value < 10 else (str(value),)


def _key(marked: Sequence[str]) -> Callable[[str], str]:
    """A row without any marks may have left them out."""
    return marked_key if any(map(has_marks, marked)) else folded_key


@cache
def _keys(words: str, key: Callable[[str], str]) -> frozenset[str]:
    return frozenset(map(key, words.split()))


@cache
def _ordinals(key: Callable[[str], str]) -> dict[str, int]:
    return {key(word): value for value, word in enumerate(_ORDINALS.split(), start=1)}
