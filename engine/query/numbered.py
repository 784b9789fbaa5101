"""Numbers that name something together with the word before them: *phường 5*, *lớp 10*, *bão số 10*.

By itself such a number says nothing: it stands in most articles, and *phường 5* is neither a ward here nor the fifth of June there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from analyzers.keys import folded_key, has_marks, marked_key
from engine.query.words import Span

_NUMBER = re.compile(r"\d{1,3}[a-e]?")
"""Not the number of a year, which may well stand by itself."""
_DAY, _MONTH = re.compile(r"0?[1-9]|[12]\d|3[01]", re.ASCII), re.compile(r"0?[1-9]|1[0-2]", re.ASCII)
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = tuple(tens + ones for tens in ("", "x", "xx", "xxx") for ones in _ONES)
"""Roman numbers up to 39 at their index."""
_NUMBERS = {roman: str(number) for number, roman in enumerate(_ROMANS) if roman}
_HEADS = """
phường quận tổ phố thôn ấp khóm xóm bản buôn khu cụm lô lộ đường tuyến km cây ngõ ngách hẻm kiệt số tầng đội trạm kênh vùng lớp khối khóa
kỳ lần thứ hạng loại cấp bậc vòng bảng đợt tập phần chương điều khoản mục bài tháng quý ngày ca nhân
"""
"""Syllables that a number follows as a name: the last ones of *khu phố*, *quốc lộ*, *đại hội lần thứ*, *bệnh nhân*."""
_IN_ROMAN = "khóa thứ kỳ hội quý chương phần tập loại hạng vùng vực"
"""Those whose number is also written in Roman ones: *đại hội XIII*, *quý II*, *đô thị loại IV*, *khu vực I*."""
_COUNTED = """
triệu tỷ nghìn ngàn trăm chục vạn đồng usd ha km m kg tấn tạ lít người hộ em cháu tuổi con cái chiếc vụ làn tầng phòng giờ phút căn cây
lần điểm
"""
"""What is counted by the number before it: *số 100 triệu* names nothing."""
_TIMES = "năm tháng tuần ngày"
"""Counted too, but where a number follows: *nhiệm kỳ 5 năm*, but *quý 2 năm 2023*."""


def numbered(marked: Sequence[str]) -> Iterator[Span]:
    """The spans of two syllables, in a row of keys as typed, of which the second is a number that belongs to the first."""
    key = _key(marked)
    heads, in_roman, counted, times = (_keys(words, key) for words in (_HEADS, _IN_ROMAN, _COUNTED, _TIMES))
    for at, (head, number) in enumerate(pairwise(marked)):
        behind = marked[at + 2 : at + 4]
        counts = counted.intersection(behind[:1]) or (times.intersection(behind[:1]) and not any(map(str.isdigit, behind[1:])))
        if head in in_roman and number in _NUMBERS:
            yield at, at + 2
        elif _NUMBER.fullmatch(number) and not counts:
            congress = (key("đại"), key("hội")) == tuple(marked[max(at - 1, 0) : at + 1])  # in *xã hội 5 năm* it counts the years
            if head in heads or congress or (head in in_roman and head != key("hội") and number in _NUMBERS.values()):
                yield at, at + 2


def dates(marked: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """The spans of days of a year in a row of keys as typed, *(ngày) 2 tháng 9*, and the key of each as a unit: *2/9*."""
    key = _key(marked)
    for at, (day, word, month) in enumerate(zip(marked, marked[1:], marked[2:], strict=False)):
        lasting = {key("tháng"), key("ngày")}.intersection(marked[at + 3 : at + 4])  # *6 tháng 12 tháng* are no date
        if word == key("tháng") and not lasting and _DAY.fullmatch(day) and _MONTH.fullmatch(month):
            first = at - 1 if at and marked[at - 1] == key("ngày") else at
            yield (first, at + 3), f"{int(day)}/{int(month)}"


def written_otherwise(marked: Sequence[str], span: Span) -> tuple[str, str] | None:
    """The keys of what a number belongs to and of the number in its other writing, Roman or not: *quý 2*, *quý II*."""
    head, number = marked[span[0]], marked[span[1] - 1]
    key = _key(marked)
    weekday = head == key("thứ") and key("lần") not in marked[max(span[0] - 1, 0) : span[0]]  # *thứ 2* is Monday, *lần thứ 2* the second
    if head not in _keys(_IN_ROMAN, key) or weekday:
        return None
    if number in _NUMBERS:
        return head, _NUMBERS[number]
    return (head, _ROMANS[int(number)]) if number in _NUMBERS.values() else None


def _key(marked: Sequence[str]) -> Callable[[str], str]:
    """A row without any marks may have left them out."""
    return marked_key if any(map(has_marks, marked)) else folded_key


@cache
def _keys(words: str, key: Callable[[str], str]) -> frozenset[str]:
    return frozenset(map(key, words.split()))
