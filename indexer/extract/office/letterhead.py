"""The head of an official letter (*thể thức văn bản*): who issues it, the national motto, its number, place and day, what kind it is.

The lines are those that Decree 30/2020/NĐ-CP and its predecessors prescribe, so they may be known by their words.
"""

from __future__ import annotations

import re

_MOTTO = re.compile(
    r"cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|đảng\s+cộng\s+sản\s+việt\s+nam"
    r"|độc\s+lập\s*[-–—]\s*tự\s+do\s*[-–—]\s*hạnh\s+phúc",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"số\s*:\s*[\d. …_]{0,12}[/\-]\s*\S", re.IGNORECASE)
_PLACE_AND_DAY = re.compile(r"[^\d,;:]{2,50},\s*ngày\s*[\d. …_]{1,10}tháng\s*[\d. …_]{1,10}năm\s*(?:19|20)\d", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:\(\s*)?(?:v/v|về\s+việc)\b\s*:?\s*", re.IGNORECASE)
_KIND = re.compile(
    r"báo\s+cáo|thông\s+báo|thông\s+cáo(?:\s+báo\s+chí)?|kế\s+hoạch|quyết\s+định|tờ\s+trình|nghị\s+quyết|chỉ\s+thị|kết\s+luận|chương\s+trình"
    r"|hướng\s+dẫn|biên\s+bản|đề\s+án|phương\s+án|công\s+điện|thư\s+(?:mời|ngỏ|kêu\s+gọi)|giấy\s+mời|quy\s+(?:chế|định)|lời\s+kêu\s+gọi",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:tin|bài|tin\s*[,-]?\s*bài|bản\s+tin|tin\s+(?:vắn|ngắn)|bài\s+(?:viết|tuyên\s+truyền|phát\s+thanh|dự\s+thi)|phóng\s+sự|ghi\s+chép|tiêu\s+đề|tít)\s*:?",
    re.IGNORECASE,
)


def is_motto(line: str) -> bool:
    """Whether the line is nothing but the motto of state or party, which says nothing about the letter."""
    return len(line) <= 60 and bool(_MOTTO.fullmatch(line.strip(" \t-–—_*.")))


def is_letterhead(line: str) -> bool:
    """Whether the line is one that only the head of a letter has: a motto, a number, place and day."""
    return len(line) <= 120 and (is_motto(line) or bool(_NUMBER.match(line) or _PLACE_AND_DAY.match(line)))


def is_place_and_day(line: str) -> bool:
    """Whether the line is where and when a letter was written: ``Hòa Tiến, ngày 12 tháng 10 năm 2024``."""
    return len(line) <= 120 and bool(_PLACE_AND_DAY.match(line))


def subject_of(line: str) -> str:
    """What a letter is about, by a line that says so (``V/v …``); "" for any other."""
    match = _SUBJECT.match(line)
    return line[match.end() :].strip(" )") if match else ""


def is_kind(line: str) -> bool:
    """Whether the line is the kind of a letter alone (BÁO CÁO); what it is about stands below."""
    return len(line) <= 30 and bool(_KIND.fullmatch(line.strip(" .:")))


def is_label(line: str) -> bool:
    """Whether the line is the kind of a newsroom's piece alone (TIN, BÀI VIẾT, ``Tiêu đề:``); its headline stands below."""
    return len(line) <= 30 and bool(_LABEL.fullmatch(line.strip()))
