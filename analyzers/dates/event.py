"""The day the headline's event happened, with its year completed from the publication date.

In order: a day in the headline; the dateline; a later sentence that opens with a day; a time of day in the lead; the month
or year that the headline reports on. Where the dateline is only the day of a statement ("Sáng 29-5, công an cho biết …")
and the headline is not about a statement or a legal step, the incident that the text then tells is the event.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import tee
from typing import NamedTuple

from analyzers.dates.context import date_role
from analyzers.dates.dateline import announced, dateline_text, opens_sentence
from analyzers.dates.mention import DateMention, mentions, mentions_in
from analyzers.dates.model import PartialDate
from analyzers.dates.year import Witnesses, make_date, nearest_year

READ_CHARS = 6000
"""Code points of the text that are read for the event."""
HEAD_PARAGRAPHS = 3
OLDEST_REPORT, NEWEST_PLAN = timedelta(-60), timedelta(100)
"""How far from publication a day without a year may lie: reports are fresh, plans are near. Beyond, the year is a guess."""
INCIDENT_DAYS = 14
NEAR, HEAD, INCIDENT_REACH = 900, 1500, 1500
"""Code points: from the beginning to a day of the first sentences, to one of the head; from the dateline to the incident it tells."""

_SERVICE = re.compile(
    r"^\W*(?:trực\s+tiếp|lịch\s+(?:thi\s+đấu|phát\s+sóng|truyền\s+hình)|nhận\s+định|kết\s+quả\s+xổ\s+số|xổ\s+số|tử\s+vi|giá\s+vàng|tỷ\s+giá|tỉ\s+giá|dự\s+báo\s+thời\s+tiết)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"\b(?:cho\s+(?:biết|hay)|xác\s+nhận|thông\s+tin\s+từ|trao\s+đổi|trả\s+lời|thông\s+báo|nguồn\s+tin|khởi\s+tố|tạm\s+giữ)\b",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"\b(?:khởi\s+tố|bắt|tạm\s+(?:giam|giữ)|truy\s+tố|xét\s+xử|xử\s+lý|xử\s+phạt|phạt|kỷ\s+luật|tuyên\s+án|lĩnh\s+án|khai|trả\s+hồ\s+sơ|nói|lên\s+tiếng|khẳng\s+định|trả\s+lời|đề\s+nghị|yêu\s+cầu|muốn|cảnh\s+báo|công\s+bố|kêu\s+gọi|bổ\s+nhiệm"
    r"|quyết\s+định|chỉ\s+đạo|phê\s+duyệt)\b|:\s*[“\"'‘]",
    re.IGNORECASE,
)
_INCIDENT = re.compile(
    r"(?:trước\s+đó|cụ\s+thể|ban\s+đầu|xảy\s+ra|khoảng|lúc|hồi|giờ|\d\s*h\d*|sáng|trưa|chiều|tối|đêm)[^.;]{0,24}$", re.IGNORECASE
)
_SHALL = re.compile(r"\bsẽ\b[^.;]*\btừ\s+(?:\d+\s*(?:h|giờ)\S*\s+)?(?:ngày\s*)?$", re.IGNORECASE)
_TODAY = re.compile(
    r"\b(?:sáng|trưa|chiều|tối|đêm)\s+(?:nay|qua)\b|\b(?:sáng|chiều|tối)\s+hôm\s+(?:nay|qua)\b|(?:^|[.!?]\s)Hôm\s+(?:nay|qua)\s*,",
    re.IGNORECASE,
)
_PARTS_OF_DAY = ("áng", "trưa", "ều", "tố", "đêm", "hôm")
"""Parts of the words of which `_TODAY` needs one."""
_YEAR = re.compile(r"\btrong\s+năm\s+((?:19|20)\d\d)(?!\s*[-–]\s*\d|\d)", re.IGNORECASE)
_TITLE_YEAR = re.compile(r"(?<!đầu )(?<!cuối )(?<!kỳ )\bnăm\s+((?:19|20)\d\d)(?!\s*[-–]\s*\d|\d)", re.IGNORECASE)


class _Found(NamedTuple):
    """A mention with the paragraph it stands in, and that paragraph's offset in the whole text."""

    text: str
    mention: DateMention
    offset: int
    opens: bool
    strong: bool

    @property
    def place(self) -> int:
        return self.offset + self.mention.start


def event_date(
    title: str, paragraphs: Sequence[str], published: PartialDate | None, stretches: Sequence[tuple[int, int]] | None = None
) -> PartialDate | None:
    """Day (or month, or year) of the main event, or None when the text gives none. `paragraphs` begins with the lead.

    `stretches` are the `day_stretches` of title and paragraphs, a line for each, where they are known: nothing else is read.
    """
    if _SERVICE.match(title):
        return None
    texts = Witnesses(paragraphs)
    for mention in mentions(title):
        found = _complete(mention, texts, published) if mention.day and date_role(title, mention) in ("", "future") else None
        if found is not None:
            return PartialDate(found, "title", dateline_text(title, mention))
    ahead, told = tee(found for found in _told(paragraphs, stretches, len(title) + 1) if _complete(found.mention, texts, published))
    main = _main(ahead)
    if main is not None:
        return _dated(_incident(title, main, told, texts, published) or main, texts, published)
    return _relative(paragraphs, published) or _whole(title, paragraphs)


def _relative(paragraphs: Sequence[str], published: PartialDate | None) -> PartialDate | None:
    """ "sáng nay", "tối qua" in the first lines: the day of publication or the one before."""
    if published is None or published.precision != "day":
        return None
    for paragraph in paragraphs[:2]:
        head = paragraph[:300]
        words = head.lower()
        told = ("nay" in words or "qua" in words) and any(part in words for part in _PARTS_OF_DAY)
        match = _TODAY.search(head) if told else None
        if match is not None:
            day = published.first_day - timedelta(1 if match[0].lower().endswith("qua") else 0)
            return PartialDate(day.isoformat(), "relative", match[0])
    return None


def _told(paragraphs: Sequence[str], stretches: Sequence[tuple[int, int]] | None, begin: int) -> Iterator[_Found]:
    """Days of the text that may be an event, in order, each read when it is asked for. Paragraphs `begin` there in `stretches`."""
    offset = 0
    known = deque(stretches or ())
    for paragraph in paragraphs:
        left = READ_CHARS - offset
        own = _own(known, begin, len(paragraph))
        # Cut short, a number may look like another, so that what is not read whole is read anew.
        whole = stretches is not None and len(paragraph) <= left
        for mention in mentions_in(paragraph, own) if whole else mentions(paragraph[:left]):
            if mention.day is not None and date_role(paragraph, mention) in ("", "future"):
                yield _Found(paragraph, mention, offset, opens_sentence(paragraph, mention), announced(mention))
        offset += len(paragraph)
        begin += len(paragraph) + 1
        if offset >= READ_CHARS:
            return


def _own(ahead: deque[tuple[int, int]], begin: int, size: int) -> list[tuple[int, int]]:
    """What of the stretches `ahead` lies in the next paragraph, counted from its `begin`; those that end in it are taken off."""
    own = []
    while ahead and ahead[0][0] < begin + size:
        start, end = ahead[0]
        if end > begin:
            own.append((max(0, start - begin), min(size, end - begin)))
        if end > begin + size:
            break
        ahead.popleft()
    return own


def _main(told: Iterable[_Found]) -> _Found | None:
    """The dateline, else a time of day near the head, else any sentence that opens with a day, else a day near the head.

    Reads no further than it must: positions only grow.
    """
    strong: list[_Found] = []
    near: list[_Found] = []
    opens: list[_Found] = []
    for found in told:
        if found.place < NEAR and found.opens:
            return found
        if found.place >= NEAR and strong:
            break
        if found.place < HEAD and found.strong:
            strong.append(found)
        if found.place < NEAR:
            near.append(found)
        if found.opens:
            opens.append(found)
    calm = [found for found in near if not _SHALL.search(found.text[max(0, found.mention.start - 60) : found.mention.start])]
    lead = [found for found in calm if found.offset == 0]
    return next((group[0] for group in (strong, lead, opens, calm) if group), None)


def _incident(title: str, main: _Found, told: Iterable[_Found], texts: Witnesses, published: PartialDate | None) -> _Found | None:
    """What happened, when the dateline is only when it was told."""
    after = main.text[main.mention.end : main.mention.end + 200].split(". ")[0]
    if not _STATEMENT.search(after) or _FORMAL.search(title):
        return None
    known = _day(main, texts, published)
    for found in told:
        gap = found.place - main.place
        if gap > INCIDENT_REACH:
            break
        if (
            gap <= 0
            or not _INCIDENT.search(found.mention.cue)
            or not (found.opens or found.strong or re.search(r"xảy\s+ra|giờ|\d\s*h", found.mention.cue))
        ):
            continue
        day = _day(found, texts, published)
        if day is not None and known is not None and timedelta() <= known - day <= timedelta(INCIDENT_DAYS):
            return found
    return None


def _day(found: _Found, texts: Witnesses, published: PartialDate | None) -> date | None:
    iso = _complete(found.mention, texts, published)
    return date.fromisoformat(iso) if iso else None


def _dated(found: _Found, texts: Witnesses, published: PartialDate | None) -> PartialDate | None:
    iso = _complete(found.mention, texts, published)
    rule = "dateline" if found.opens or found.strong else "text"
    return PartialDate(iso, rule, dateline_text(found.text, found.mention)) if iso else None


def _complete(mention: DateMention, texts: Witnesses, published: PartialDate | None) -> str | None:
    """ISO day of the mention, its year from itself, the publication date or the text."""
    day = mention.day or 0
    if mention.year is not None:
        known = make_date(mention.year, mention.month, day)
        far = published is not None and known is not None and abs(known - published.first_day) > timedelta(400)
        return None if far else mention.iso
    if published is None:
        inferred = texts.year(day, mention.month)
        found = make_date(inferred[0], mention.month, day) if inferred else None
        return found.isoformat() if found else None
    middle = published.last_day if published.precision == "month" else published.first_day
    year = nearest_year(day, mention.month, middle)
    found = make_date(year, mention.month, day) if year else None
    slack = timedelta(31) if published.precision != "day" else timedelta()
    return found.isoformat() if found and OLDEST_REPORT - slack <= found - middle <= NEWEST_PLAN else None


def _whole(title: str, paragraphs: Sequence[str]) -> PartialDate | None:
    """The month in the headline, or the year that headline and first paragraph both report on."""
    month = next((mention for mention in mentions(title) if mention.day is None and mention.iso), None)
    if month is not None and month.iso:
        return PartialDate(month.iso, "title", title[month.start : month.end])
    years = set(_TITLE_YEAR.findall(title)) if "năm" in title.lower() else set()
    if len(years) != 1:
        return None
    first = next((match for match in _YEAR.finditer(paragraphs[0] if paragraphs else "") if match[1] in years), None)
    return PartialDate(first[1], "title", first[0]) if first is not None else None
