"""The date of an article, from everything a page says about it, in order of trust. Unsure is None.

1. stated by the page for machines or by a date field (`json-ld`, `meta`, `microdata`, `field`, …)
2. a visible line near the title (`visible-date`)            3. a day in the address (`url`)
4. month of the header or address + day of the dateline (`header-month+dateline`, `dateline+url-month`)
5. a dateline with its year (`dateline`), or with the year of period words or dates of the text (`dateline+period`)
6. the month alone (`header-month`, `url-month`)             7. day of the dateline before a known crawl (`dateline+crawled`)
8. when a document's file was made and saved, as far as both agree and the text names no other year (`document-properties`)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analyzers.dates.context import date_role
from analyzers.dates.dateline import announced, dateline, dateline_text, is_placed, opens_paragraph
from analyzers.dates.given import OLDEST, given_date
from analyzers.dates.mention import DateMention, mentions
from analyzers.dates.model import PartialDate
from analyzers.dates.year import latest_year, make_date, year_from_text

DATELINE_PARAGRAPHS = 3
"""How many paragraphs from the beginning may hold the dateline: lead, a caption or place line, first of the body."""
READ_CHARS = 30_000
"""Code points of the text that are read for datelines, years and periods; the longest real article seen has 28,000."""


@dataclass(frozen=True, slots=True)
class DateClues:
    """What a page offers as its date. Every text NFC.

    `stated`: (rule, value) pairs in order of trust. `lines`: visible date lines, (rule, ISO day, evidence), nearest to the title first.
    `header_month`: ISO month of a file header ("date 2023-06") and its text. `paragraphs`: lead and body. `crawled`: day the page was
    fetched, a bound for every date; None when not known. `saved`: moments at which a document says it was made and last saved.
    """

    stated: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, str, str], ...] = ()
    url: str | None = None
    header_month: tuple[str, str] | None = None
    paragraphs: tuple[str, ...] = ()
    crawled: date | None = None
    saved: tuple[str, ...] = ()


def published(clues: DateClues) -> PartialDate | None:
    """The first date the rules give that is not after the crawl; a partial one only when no rule gives a day."""
    partial: PartialDate | None = None
    for found, refused in candidates(clues):
        if refused:
            continue
        if found.precision == "day":
            return found
        partial = partial or found
    return partial


def candidates(clues: DateClues) -> Iterator[tuple[PartialDate, str]]:
    """Every date the rules give, in order of trust, with why it cannot be the publication ("" when it can)."""
    clues = replace(clues, paragraphs=tuple(bounded(clues.paragraphs)))
    dated = False
    for found in _candidates(clues):
        if found.first_day.year < OLDEST:
            refused = f"before {OLDEST}"
        elif clues.crawled and found.first_day > clues.crawled + timedelta(1):
            refused = f"after the page was fetched ({clues.crawled})"
        else:
            refused = _against_file(found, clues, dated) if found.rule == _OF_FILE else ""
        dated = dated or not refused
        yield found, refused


def bounded(paragraphs: Iterable[str]) -> Iterator[str]:
    """The paragraphs up to READ_CHARS: a page of megabytes is not read for its year."""
    left = READ_CHARS
    for paragraph in paragraphs:
        if left <= 0:
            return
        yield paragraph[:left]
        left -= len(paragraph)


def _candidates(clues: DateClues) -> Iterator[PartialDate]:
    for rule, value in clues.stated:
        day = given_date(value)
        if day is not None:
            yield PartialDate(day, rule, value.strip())
    for rule, iso, evidence in clues.lines:
        yield PartialDate(iso, rule, evidence)
    address = url_date(clues.url) if clues.url else None
    if address is not None and address.precision == "day":
        yield address
    yield from _from_dateline(clues, address)
    if clues.header_month is not None:
        yield PartialDate(clues.header_month[0], "header-month", clues.header_month[1])
    if address is not None:
        yield address
    saved = _agreed([day for moment in clues.saved if (day := given_date(moment)) is not None])
    if saved:
        yield PartialDate(saved, _OF_FILE, " … ".join(clues.saved))


_OF_FILE = "document-properties"


def _agreed(days: list[str]) -> str:
    """What ISO days have in common: the day, else the month, else the year, else nothing."""
    return next((days[0][:length] for length in (10, 7, 4) if days and len({day[:length] for day in days}) == 1), "")


def _against_file(found: PartialDate, clues: DateClues, dated: bool) -> str:
    """Why the date of a file is not that of its text: templates are older, what was saved again is younger."""
    if dated:
        return "a date of the text is known"
    latest = latest_year(clues.paragraphs)
    return f"the text speaks of {latest}" if latest is not None and latest != found.first_day.year else ""


def _from_dateline(clues: DateClues, address: PartialDate | None) -> Iterator[PartialDate]:
    head = clues.paragraphs[:DATELINE_PARAGRAPHS]
    found = next(((number, mention) for number, paragraph in enumerate(head) if (mention := dateline(paragraph))), None)
    if found is None:
        return
    number, mention = found
    evidence = dateline_text(head[number], mention)
    months = [("header-month+dateline", clues.header_month)] if clues.header_month else []
    if address is not None:
        months.append(("dateline+url-month", (address.date, address.evidence)))
    for rule, known in months:
        day = _agreeing_day(mention, known[0]) if known else None
        if day is not None and known is not None:
            yield PartialDate(day, rule, f"{known[1]} … {evidence}")
    if not months and _trusted(head[number], mention, number):
        yield from _alone(clues, mention, evidence, is_placed(head[number], mention))


def _trusted(paragraph: str, mention: DateMention, number: int) -> bool:
    """Whether a dateline alone may date the article: its paragraph opens with it, and it is the first paragraph or names a time of day.

    With its place it is no date of the text and may stand in any paragraph of the head: the body often begins with it, after the lead.
    On the dated articles of 2017, 95 % right with a time of day and 87 % in the first paragraph, 50 % elsewhere.
    """
    return is_placed(paragraph, mention) or (opens_paragraph(paragraph, mention) and (number == 0 or announced(mention)))


def _agreeing_day(mention: DateMention, month: str) -> str | None:
    """Day of the dateline in the known month (or any month of a known year); None when the dateline says another."""
    if mention.year not in (None, int(month[:4])) or (len(month) >= 7 and mention.month != int(month[5:7])):
        return None
    day = make_date(int(month[:4]), mention.month, mention.day or 0)
    return day.isoformat() if day else None


def _alone(clues: DateClues, mention: DateMention, evidence: str, placed: bool) -> Iterator[PartialDate]:
    """A dateline without any help from header or address. One with its place and day may announce days to come."""
    if mention.iso:
        # Reports at the end of a year speak of the next one; a look back names later years too, but rarely a time of day.
        ahead = (latest_year(clues.paragraphs) or 0) - (mention.year or 0)
        if ahead <= int(placed or announced(mention)) and (placed or not _later(clues.paragraphs, mention)):
            yield PartialDate(mention.iso, "dateline", evidence)
        return
    inferred = year_from_text(clues.paragraphs, mention.day or 0, mention.month)
    if inferred is not None:
        day = make_date(inferred[0], mention.month, mention.day or 0)
        if day is not None:
            yield PartialDate(day.isoformat(), "dateline+period", f"{evidence} … {inferred[1]}")
        return
    day = _before_crawl(clues, mention)
    if day is not None:
        yield PartialDate(day.isoformat(), "dateline+crawled", evidence)


def _later(paragraphs: tuple[str, ...], mention: DateMention) -> bool:
    """Whether the text tells of a day more than a week after its dateline: then it is a look back, not a report."""
    opening = make_date(mention.year or 0, mention.month, mention.day or 0)
    for text in paragraphs:
        for other in mentions(text):
            day = make_date(other.year, other.month, other.day) if other.year and other.day else None
            if opening and day and day > opening + timedelta(7) and not date_role(text, other):
                return True
    return False


def _before_crawl(clues: DateClues, mention: DateMention) -> date | None:
    """Latest such day up to the crawl, unless the text speaks of years that would contradict it."""
    if clues.crawled is None:
        return None
    days = [
        day for back in (0, 1) if (day := make_date(clues.crawled.year - back, mention.month, mention.day or 0)) and day <= clues.crawled
    ]
    years = {int(year) for paragraph in clues.paragraphs for year in re.findall(r"(?<![\d.,/])(?:19|20)\d\d(?![\d.,%])", paragraph)}
    return days[0] if days and (not years or max(years) == days[0].year) else None


_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/._-]|$)|(?<!\d)((?:20)\d\d)(\d\d)(\d\d)(?=[/._-]|$)(?!\d)|[/-](\d\d)[-](\d\d)[-]((?:19|20)\d\d)(?=[/._-]|$)"
)
_URL_END = re.compile(r"[-/](?:tu|den|het|toi|truoc|sau|han|hieu-luc|khai-mac|bat-dau|ket-thuc)(?:-het)?(?:-ngay)?-$")
_URL_RANGE = re.compile(r"-den-")
"""What makes a day of a headline in an address the end of a span, or a day to come: ``…-tu-ngay-01-01-2025-den-15-01-2025``."""
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/?-?(0[1-9]|1[0-2])(?=/|$)")


def url_date(url: str) -> PartialDate | None:
    """Day or month in the path of an address: ``/2023/06/30/``, ``/20230630/``, ``/202106/``, ``/2008/06/``."""
    path = re.sub(r"^\w+://[^/]*", "", url).split("?")[0].split("#")[0]
    for match in _URL_DAY.finditer(path):
        first = match.start() + (match[0][0] in "/-")
        if _URL_END.search(path[max(0, first - 30) : first]) or _URL_RANGE.match(path, match.end()):
            continue
        groups = match.groups()
        year, month, day = next(part for part in (groups[0:3], groups[3:6], groups[8:5:-1]) if part[0])
        found = make_date(int(year), int(month), int(day))
        if found is not None and found.year >= OLDEST:
            return PartialDate(found.isoformat(), "url", match[0].strip("/-"))
    month = _URL_MONTH.search(path)
    return PartialDate(f"{month[1]}-{month[2]}", "url-month", month[0].strip("/")) if month else None
