"""Numbers that name something together with the word before them: *phường 5*, *lớp 10*, *bão số 10*.

By itself such a number says nothing: it stands in most articles, and *phường 5* is neither a ward here nor the fifth of June there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from analyzers.keys import folded_key, has_marks, marked_key
from engine.query.words import Span

_NUMBER = re.compile(r"\d{1,3}[a-e]?")
"""Not the number of a year, which may well stand by itself."""
_HEADS = """
phường quận tổ phố thôn ấp khóm xóm bản buôn khu cụm lô lộ đường tuyến km cây ngõ ngách hẻm kiệt số tầng đội trạm kênh vùng lớp khối khóa
kỳ lần thứ hạng loại cấp bậc vòng bảng đợt tập phần chương điều khoản mục bài tháng quý ngày ca nhân
"""
"""Syllables that a number follows as a name: the last ones of *khu phố*, *quốc lộ*, *đại hội lần thứ*, *bệnh nhân*."""
_COUNTED = """
triệu tỷ nghìn ngàn trăm chục vạn đồng usd ha km m kg tấn tạ lít người hộ em cháu tuổi con cái chiếc vụ làn tầng phòng giờ phút căn cây
lần điểm
"""
"""What is counted by the number before it: *số 100 triệu* names nothing."""


def numbered(marked: Sequence[str]) -> Iterator[Span]:
    """The spans of two syllables, in a row of keys as typed, of which the second is a number that belongs to the first."""
    heads, counted = _known(marked=any(map(has_marks, marked)))
    for at, (head, number) in enumerate(pairwise(marked)):
        if head in heads and _NUMBER.fullmatch(number) and not counted.intersection(marked[at + 2 : at + 3]):
            yield at, at + 2


@cache
def _known(*, marked: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of what numbers follow, and of what they count, with marks or without."""
    key = marked_key if marked else folded_key
    return frozenset(map(key, _HEADS.split())), frozenset(map(key, _COUNTED.split()))
