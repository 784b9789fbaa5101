"""What a date in a text is a date *of*: most are not the day something happened.

Sources of the rules: the licence footer every Vietnamese news site must carry, the way legal documents are cited
("Nghị quyết số 37-NQ/TW, ngày 1/7/2004 của Bộ Chính trị"), lunar dates beside solar ones ("tức mồng 6 tết").
"""

from __future__ import annotations

import re
from typing import Literal

from analyzers.dates.mention import DateMention

DateRole = Literal["", "licence", "legal", "lunar", "life", "range", "future", "deadline"]

_LICENCE = re.compile(
    r"giấy\s*phép|\bGP[-\s]|/GP|\bGPXB|GP-?\s?(?:BTTTT|TTĐT|STTTT|BC|BVHTT)|bản quyền|chịu trách nhiệm|cấp\s+(?:lại\s+)?ngày|©|copyright",
    re.IGNORECASE,
)
_DOCUMENTS = (
    "nghị quyết", "nghị định", "quyết định", "chỉ thị", "thông tư", "thông báo", "kế hoạch", "công văn", "công điện", "kết luận", "luật",
    "pháp lệnh", "hướng dẫn", "tờ trình", "báo cáo", "văn bản", "sắc lệnh", "công ước", "hiến pháp", "quy định", "đề án", "giấy mời",
    "bản án", "tờ khai", "hợp đồng",
)  # fmt: skip
_DOCUMENT = f"(?:{'|'.join(_DOCUMENTS)})".replace(" ", r"\s+")
_LEGAL_BEFORE = re.compile(
    rf"(?:\b{_DOCUMENT}\b(?:\s+(?:liên\s+tịch|chung|hỏa\s+tốc))?\s*(?:số\s*:?\s*)?[^.;!?\n]{{0,14}}\d[^;!?\n]{{0,24}}"
    rf"|\bsố\s*:?\s*\d+[^;!?\n\s]*[/-][^;!?\n\s]*\s*(?:[^.;!?\n]{{0,24}})|\b{_DOCUMENT})\s*,?\s*\(?(?:ban\s+hành\s+)?(?:ký\s+)?ngày\s*$",
    re.IGNORECASE,
)
_LEGAL_AFTER = re.compile(
    r"\s*,?\s*(?:của|do)\s+(?:bộ|ban\s+(?:chấp|bí|thường|chỉ|tuyên|tổ)|chính\s+phủ|thủ\s+tướng|trung\s+ương|quốc\s+hội|ubnd|ủy\s+ban|uỷ\s+ban|hđnd|hội\s+đồng|tỉnh"
    r"|thành\s+ủy|huyện|sở|chủ\s+tịch|ủy\s+ban|liên\s+bộ)",
    re.IGNORECASE,
)
_LUNAR_AFTER = re.compile(
    r"[^.;\d]{0,18}?(?:âm\s+lịch|\bÂL\b|tháng\s+(?:giêng|chạp))|\s*năm\s+(?:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý)\s", re.IGNORECASE
)
_LUNAR_BEFORE = re.compile(r"(?:mồng|mùng|rằm|âm\s+lịch)\s*(?:ngày\s+)?\(?$|(?:tức|nhằm)\s+(?:ngày\s+)?$", re.IGNORECASE)
_LIFE_BEFORE = re.compile(
    r"(?:sinh|mất|từ\s+trần|thành\s+lập|giải\s+phóng|truyền\s+thống|kỷ\s+niệm|quốc\s+khánh|lần\s+thứ\s+\d+)[^.;]{0,24}\(?\s*(?:ngày\s+)?$",
    re.IGNORECASE,
)
_RANGE_AFTER = re.compile(r"\s*[-–—]\s*(?:ngày\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")
_RANGE_BEFORE = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\s*[-–—]\s*(?:ngày\s+)?$")
_FUTURE_AFTER = re.compile(r"\s*(?:\)\s*)?(?:tới\b|sắp\s+tới|tới\s+đây|\btới\b)", re.IGNORECASE)
_DEADLINE_BEFORE = re.compile(
    r"(?:trước|sau|đến(?:\s+hết)?|tính\s+đến|chậm\s+nhất|hạn\s+chót|muộn\s+nhất|hết)\s+(?:(?:sáng|trưa|chiều|tối|đêm|\d{1,2}\s*(?:h|giờ)\S*)\s+)*(?:ngày\s*)?$",
    re.IGNORECASE,
)
_LICENCE_BEFORE = re.compile(r"giấy\s*phép|/GP|GP-", re.IGNORECASE)
# Without one of these the patterns above find nothing; looking for words is many times faster.
_LEGAL_WORDS = (*_DOCUMENTS, "số")
_LUNAR_WORDS = ("mồng", "mùng", "rằm", "âm", "tức", "nhằm")
_DEADLINE_WORDS = ("trước", "sau", "đến", "chậm", "hạn", "muộn", "hết")
_LOOK_BACK = 110


def is_licence_line(line: str) -> bool:
    """Whether `line` is about the site's licence or copyright: its date says nothing about the article."""
    return bool(_LICENCE.search(line))


def date_role(text: str, mention: DateMention) -> DateRole:
    """What the mention dates, when it is not an event of the text; "" when nothing says so."""
    before, after = text[max(0, mention.start - _LOOK_BACK) : mention.start], text[mention.end : mention.end + 60]
    words = before.lower()
    last = words.rstrip()
    announced = last.endswith("ngày")
    if ("giấy" in words or "gp" in words) and _LICENCE_BEFORE.search(before):
        return "licence"
    if (announced and _holds(" ".join(words.split()), _LEGAL_WORDS) and _LEGAL_BEFORE.search(before)) or (
        mention.year is not None and _LEGAL_AFTER.match(after) and not _starts_sentence(before)
    ):
        return "legal"
    if (_holds(words, _LUNAR_WORDS) and _LUNAR_BEFORE.search(before)) or _LUNAR_AFTER.match(after):
        return "lunar"
    if _RANGE_AFTER.match(after) or ((announced or last.endswith(("-", "–", "—"))) and _RANGE_BEFORE.search(before)):
        return "range"
    if mention.year is not None and _LIFE_BEFORE.search(before):
        return "life"
    if _FUTURE_AFTER.match(after):
        return "future"
    return "deadline" if _holds(words, _DEADLINE_WORDS) and _DEADLINE_BEFORE.search(before) else ""


def _holds(words: str, any_of: tuple[str, ...]) -> bool:
    return any(map(words.__contains__, any_of))


def _starts_sentence(before: str) -> bool:
    return bool(re.search(r"(?:^|[.!?…:]\s+|[)\]]\s*[-–]?\s*|^\s*)(?:sáng|trưa|chiều|tối|vào|trong|ngày|\s)*$", before, re.IGNORECASE))
