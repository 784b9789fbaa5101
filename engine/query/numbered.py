"""Numbers that name something together with the word before them: *phường 5*, *lớp 10*, *bão số 10*.

By itself such a number says nothing: it stands in most articles, and *phường 5* is neither a ward here nor the fifth of June there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise, product

from analyzers.keys import folded_key, has_marks, marked_key
from engine.query.numerals import DIGITS, ROMANS, WORDS, ordinal, ordinal_at_start, ordinals, roman
from engine.query.words import Span, is_word

_NUMBER = re.compile(r"\d{1,3}[a-e]?")
"""Not the number of a year, which may well stand by itself."""
_PLAIN = re.compile(r"0?[1-9]|[1-9]\d{1,2}", re.ASCII)
_DAY, _MONTH = re.compile(r"0?[1-9]|[12]\d|3[01]", re.ASCII), re.compile(r"0?[1-9]|1[0-2]", re.ASCII)
_WITH_ROMANS = frozenset(map(str, ROMANS.values()))
_NTH = "lần họp nghị"
"""What comes before *thứ hai* that is not Monday: *lần thứ hai*, *kỳ họp thứ hai*, *hội nghị thứ hai*."""
_VI = "rút rus"
"""What comes behind *vi* in words that segmentation does not know."""
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
    """The spans, in a row of keys as typed, of a word and the number that belongs to it: *phường 5*, *lần thứ hai*, *quý II*."""
    key = _key(marked)
    heads, in_roman, counted, times = (_keys(words, key) for words in (_HEADS, _IN_ROMAN, _COUNTED, _TIMES))
    for at, (head, number) in enumerate(pairwise(marked)):
        behind = marked[at + 2 : at + 4]
        before = (*marked[max(at - 1, 0) : at], head)
        nth = head == key("thứ") and before[0] in _keys(_NTH, key)
        congress = before == (key("đại"), key("hội"))  # in *xã hội 5 năm* the number counts the years
        counts = counted.intersection(behind[:1]) or (times.intersection(behind[:1]) and not any(map(str.isdigit, behind[1:])))
        romans = head in in_roman and number in ROMANS and not _is_syllable(number, behind[:1], key)
        digits = _NUMBER.fullmatch(number) and (nth or not counts)
        short = head in in_roman and head != key("hội") and number in _WITH_ROMANS
        if nth and (words := ordinal_at_start(marked[at + 1 :], key)):
            yield at - 1, at + 1 + words
        elif romans or (digits and (head in heads or congress or short)):
            yield at - int(nth), at + 2


def _is_syllable(number: str, behind: Sequence[str], key: Callable[[str], str]) -> bool:
    """Whether what looks like a Roman number is the first syllable of a word: *lần vi phạm*, *loại vi rút*."""
    return is_word((number, *behind)) or (number == "vi" and not _keys(_VI, key).isdisjoint(behind))


def dates(marked: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """The spans of days of a year in a row of keys as typed, *(ngày) 2 tháng 9*, and the key of each as a unit: *2/9*."""
    key = _key(marked)
    for at, (day, word, month) in enumerate(zip(marked, marked[1:], marked[2:], strict=False)):
        told = at > 0 and marked[at - 1] == key("ngày")
        counting = _keys("tháng ngày", key) if told else _keys("tháng ngày" + _COUNTED, key)
        if counting.intersection(marked[at + 3 : at + 4]):  # *6 tháng 12 tháng*, *1 tháng 1 lần* are no dates
            continue
        if word == key("tháng") and _DAY.fullmatch(day) and _MONTH.fullmatch(month):
            yield (at - int(told), at + 3), f"{int(day)}/{int(month)}"


def days_otherwise(marked: Sequence[str], span: Span) -> list[tuple[str, ...]]:
    """The keys of a day in words with a nought before its numbers or without: *02 tháng 9*, *2 tháng 09* for *2 tháng 9*."""
    *before, day, word, month = marked[slice(*span)]
    ways = ((*before, one, word, other) for one, other in product(_noughts(day), _noughts(month)))
    return [way for way in ways if way != tuple(marked[slice(*span)])]


def written_otherwise(marked: Sequence[str], span: Span) -> list[tuple[str, ...]]:
    """The keys of a number and of what it belongs to in its other writings.

    With a nought before its one digit or without (*tháng 05*), in Roman ones (*quý II* for *quý 2*), as an ordinal (*lần thứ 2*, *lần thứ
    hai* for *lần 2*).
    """
    typed = tuple(marked[slice(*span)])
    key = _key(marked)
    head, nth = typed[0], key("thứ") in typed[1:2]
    number = typed[1 + nth :]
    time = head == key("lần")
    in_roman = nth or head in _keys(_IN_ROMAN, key)
    value = _value(number, key, in_roman=in_roman, in_words=nth)
    if not value or head == key("thứ"):  # *thứ 2* is Monday
        return []
    ways = [(one,) for one in _noughts(str(value))]
    if in_roman and (other := roman(value)):
        ways.append((other,))
    found: list[tuple[str, ...]] = [(head, *way) for way in ways if not nth or (time and way[0].isdigit())]
    if nth or time:
        words = [(*map(key, ordinal(value)),)]
        found += [(head, key("thứ"), *way) for way in (*ways, *words) if way]
    return [way for way in dict.fromkeys(found) if way != typed]


def _noughts(number: str) -> tuple[str, ...]:
    value = int(number)
    return (str(value), f"0{value}") if value < 10 else (str(value),)


def _value(number: tuple[str, ...], key: Callable[[str], str], *, in_roman: bool, in_words: bool) -> int:
    """The number that a row of keys is; 0 for none: *007* is a name."""
    if in_words and number in ordinals(key):
        return ordinals(key)[number]
    if len(number) != 1:
        return 0
    if _PLAIN.fullmatch(number[0]):
        return int(number[0])
    return ROMANS.get(number[0], 0) if in_roman else 0


def silent_from(marked: Sequence[str], span: Span) -> int:
    """From which of its syllables on a number and its word say nothing by themselves: *lần*, but not *phường* or *họp*."""
    key = _key(marked)
    if marked[span[0]] == key("lần"):
        return span[0]
    return span[0] + 1 if span[1] - span[0] > 2 else span[1] - 1


def in_letters(way: Sequence[str]) -> list[str]:
    """The keys of *lần thứ hai mươi* as they are written."""
    words = {folded_key(word): word for word in ("thứ", *_NTH.split(), *WORDS)}
    found = [words.get(key, key) for key in way]
    return ["mươi" if word == "mười" and before in DIGITS else word for before, word in zip(["", *found], found, strict=False)]


def shown(words: Sequence[str]) -> str:
    """A word and its number for readers: Roman ones in capitals."""
    *head, number = words
    return " ".join((*head, number.upper() if number.lower() in ROMANS else number))


def _key(marked: Sequence[str]) -> Callable[[str], str]:
    """A row without any marks may have left them out."""
    return marked_key if any(map(has_marks, marked)) else folded_key


@cache
def _keys(words: str, key: Callable[[str], str]) -> frozenset[str]:
    return frozenset(map(key, words.split()))
