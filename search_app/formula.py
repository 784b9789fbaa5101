"""How a score came about, in Vietnamese: the lines of `engine.explanation`, whose words and fields are those of the code."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from engine.explanation import Explanation, lines
from engine.labels import number_label

MOST_LEVELS = 12
"""Levels that are indented; deeper parts stand as deep."""
_FIELDS = {
    "title": "tiêu đề", "lead": "đoạn mở đầu", "body": "thân bài", "title_folded": "tiêu đề bỏ dấu", "lead_folded": "mở đầu bỏ dấu",
    "body_folded": "thân bài bỏ dấu", "pairs": "hai tiếng liền nhau", "units": "số, ngày, số hiệu",
    "place": "nơi chốn", "place_now": "nơi chốn hiện nay", "place_old": "tỉnh cũ", "date": "thời gian", "source": "nguồn",
    "term": "từ khóa",
}  # fmt: skip
_STAGES = {
    "first stage + title + headline + head + passage + kin":
        "vòng một + tiêu đề + giống cả tiêu đề + phần đầu + đoạn hay nhất + gần các bài khác",
    "title: weight × BM25 without length of the title": "tiêu đề: trọng số × BM25 của tiêu đề, không kể độ dài",
    "headline: weight × score of all that is wanted × likeness of query and title":
        "giống cả tiêu đề: trọng số × điểm của mọi chữ cần tìm × độ giống giữa câu tìm và tiêu đề",
    "head: weight × BM25 without length of the first": "phần đầu: trọng số × BM25, không kể độ dài, của số tiếng đầu bài là",
    "passage: weight × BM25 without length of the best": "đoạn hay nhất: trọng số × BM25, không kể độ dài, của số tiếng liền nhau là",
    "kin: weight × mean over the candidates of cosine × score so far, the best counting most":
        "gần các bài khác: trọng số × trung bình (độ giống × điểm tới đây) với những bài đứng đầu, bài càng cao càng tính nhiều",
}  # fmt: skip
_WORDS = (
    *((re.compile(re.escape(english)), vietnamese) for english, vietnamese in _STAGES.items()),
    (re.compile(r" syllables(?: in a row)?$"), ""),
    (re.compile(r"^sum of\b:?"), "tổng của"),
    (re.compile(r"^max of\b:?"), "lớn nhất trong"),
    (re.compile(r"^Boost x(\S+) of$"), r"\1 lần của"),
    (re.compile(r"^\(K1\+1\)$"), "hằng số K1 + 1"),
    (re.compile(r"^idf, computed as "), "độ hiếm của chữ trong kho (idf; n bài có, N bài cả kho) = "),
    (re.compile(r"^freq / \("), "số lần có trong bài, so với độ dài bài (freq lần, bài dài dl) = freq / ("),
    (re.compile(r"\bBM25 of "), "BM25 của "),
    (re.compile(r"^(\S+) for a condition$"), r"cộng \1 vì một điều kiện"),
    (re.compile(r"^for a condition$"), "vì một điều kiện"),
    (re.compile(r"^nothing for "), "không cộng gì vì "),
    (re.compile(r"^([\d.]+) for "), r"cộng \1 vì "),
    (re.compile(r" and (?=\w+:)"), " và "),
    (re.compile(r" \| (?=\w+:)"), " hoặc "),
)
_DAYS = re.compile(r"\b(?:first_day|last_day):(\d*)\.\.(\d*)")
_FIELD = re.compile(r"\b([a-z_]+):(?=\S)")
_DECIMAL = re.compile(r"(?<![\w.,])(\d+)\.(\d+)(?![\w.])")
_MANY = re.compile(r"(?<== )\d{4,}\b")


class FormulaLine(NamedTuple):
    """A part of a score: how deep it stands, its value, and what it is."""

    level: int
    value: str
    text: str


def formula(explanation: Explanation) -> tuple[FormulaLine, ...]:
    """The score and its parts, a line each, parts behind their whole."""
    return tuple(map(_line, lines(explanation)))


def _line(line: str) -> FormulaLine:
    text = line.lstrip(" ")
    value, _, what = text.partition(" ")
    return FormulaLine(min((len(line) - len(text)) // 2, MOST_LEVELS), value.replace(".", ","), in_vietnamese(what))


def in_vietnamese(text: str) -> str:
    """What a part is; words that are not known stay as they are."""
    for english, vietnamese in _WORDS:
        text = english.sub(vietnamese, text)
    text = _FIELD.sub(_field, _DAYS.sub(_days, text))
    return _MANY.sub(lambda number: number_label(int(number[0])), _DECIMAL.sub(r"\1,\2", text))


def _field(named: re.Match[str]) -> str:
    return f"{_FIELDS[named[1]]}: " if named[1] in _FIELDS else named[0]


def _days(between: re.Match[str]) -> str:
    ends = (("từ", between[1]), ("đến", between[2]))
    known = (f"{word} {date.fromordinal(int(day)):%d/%m/%Y}" for word, day in ends if day and 0 < int(day) <= date.max.toordinal())
    return " ".join(("đăng", *known))
