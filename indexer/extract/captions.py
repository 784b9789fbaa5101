"""Captions of photographs that stand in the text as lines of their own."""

from __future__ import annotations

import re

_OPENING = re.compile(r"^(?:\(?\s*)?(?:quang\s+cảnh|toàn\s+cảnh|khung\s+cảnh|một\s+góc|trong\s+ảnh\b|ảnh\s+trên\b)", re.IGNORECASE)
_CREDIT = re.compile(r"[.(\s–-]\s*\(?(?:ảnh|photo|nguồn ảnh|ảnh minh họa)\s*:\s*[^:;]{1,40}\)?\.?$", re.IGNORECASE)
_LABEL = re.compile(r"^\(?(?:ảnh|hình)\s*\d*\s*[:.]\s*(?P<rest>.{2,100})$", re.IGNORECASE)
_PERSON = re.compile(
    r"^(?:các\s+)?(?:đồng\s+chí|đ/c|ông|bà|chị|anh|ủy\s+viên|uỷ\s+viên|bí\s+thư|phó\s+bí\s+thư|chủ\s+tịch|phó\s+chủ\s+tịch|đại\s+biểu|lãnh\s+đạo|đoàn|giám\s+đốc|thường\s+trực|cán\s+bộ|chiến\s+sĩ|"
    r"lực\s+lượng|người\s+dân|học\s+sinh|nông\s+dân)\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"\b(?:phát\s+biểu|trao|tặng|kiểm\s+tra|thăm|chủ\s+trì|chụp\s+ảnh|tham\s+dự|dự|thu\s+hoạch|chăm\s+sóc|khai\s+mạc|thảo\s+luận|chia\s+sẻ|giới\s+thiệu|động\s+viên)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"\bphát\s+biểu(?:\s+\S+){0,7}\.?$", re.IGNORECASE)
LONGEST = 220
"""Code points; longer lines are paragraphs."""


def is_credited(line: str) -> bool:
    """Whether a line names its photographer as captions do: ``… Ảnh: Q.T``."""
    if len(line) > LONGEST:
        return False
    label = _LABEL.match(line)
    if label is not None:
        return len(label["rest"].split()) <= 6 or not line.endswith(".")
    return bool(_CREDIT.search(line))


def is_caption(line: str) -> bool:
    """Whether a line of plain text is a photograph's caption by its own words."""
    if len(line) > LONGEST:
        return False
    if is_credited(line) or (_OPENING.match(line) and len(line) <= 120):
        return True
    open_end = not line.endswith((".", "!", "?", "…", ":", ";", ",", "”", '"'))
    if _PERSON.match(line) and _ACT.search(line) and open_end and ":" not in line:
        return True
    return bool(_PERSON.match(line) and len(line) <= 120 and line.count(".") <= 1 and _SPEECH.search(line))
