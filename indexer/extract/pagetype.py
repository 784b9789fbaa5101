"""What kind of page it is when it is not an article: error, form, list, home or gallery."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from analyzers.dates.line import date_line
from indexer.addresses import is_home
from indexer.extract.blocks import Block
from indexer.extract.layout import Layout
from indexer.extract.lexicon import line_kind
from indexer.extract.main_content import prose
from indexer.extract.parse import Parsed
from indexer.extract.title import is_site_name

_ERROR = re.compile(
    r"^\W*(?:lỗi|error)?\W*(?:404|403|500|502|503)\W*$|\b(?:404|403|502|503)\b\s*[-–:|]"
    r"|\b(?:404|403|500|502|503)\s+(?:not\s+found|forbidden|error|internal|bad|service|page|trang|lỗi|file)"
    r"|not\s+found|page\s+not|server\s+error|bad\s+gateway|service\s+unavailable|access\s+denied|runtime\s+error|http\s+status|the\s+page\s+you"
    r"|không\s+tìm\s+thấy(?:\W*$|\s+(?:trang|nội\s+dung|bài\s+viết|dữ\s+liệu|tài\s+nguyên|đường\s+dẫn|tập\s+tin))"
    r"|(?:trang|nội\s+dung|bài\s+viết|đường\s+dẫn|địa\s+chỉ)(?:\s+\S+){0,5}\s+không\s+(?:tồn\s+tại|tìm\s+thấy|còn)"
    r"|không\s+có\s+quyền\s+truy\s+cập|request\s+rejected|đã\s+bị\s+(?:xóa|xoá|gỡ)\s+(?:hoặc|khỏi)|^\W*(?:thông\s+báo\s+)?lỗi(?:\s+(?:hệ\s+thống|máy\s+chủ|trang|truy\s+cập))?\W*$|(?:website|trang|hệ\s+thống)\s+(?:\S+\s+){0,3}đang\s+bảo\s+trì",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"^(?:đăng\s+(?:nhập|ký)|login|sign\s*in|log\s*in|quên\s+mật\s+khẩu|liên\s+hệ|góp\s+ý|gửi\s+(?:bài|email|ý\s+kiến|câu\s+hỏi|phản\s+ánh|liên\s+hệ|thư|tin)|giới\s+thiệu\s+bài\s+viết|tìm\s+kiếm|tra\s+cứu|hỏi\s*[-–&]?\s*đáp|q\s*&\s*a\b|faqs?\b|đặt\s+câu\s+hỏi|kết\s+quả\s+tìm"
    r"|phản\s+ánh|khảo\s+sát|bình\s+chọn|thăm\s+dò)",
    re.IGNORECASE,
)
_SEARCH = re.compile(r"^(?:đăng\s+nhập|(?:thông\s+tin\s+)?liên\s+hệ|góp\s+ý|tìm\s+kiếm|kết\s+quả\s+tìm)\b.{0,25}$", re.IGNORECASE)
"""Titles of pages that ask something, also where the fields are made by a script: no table or list makes an article of them."""
_INDEX = re.compile(
    r"^(?:(?:các\s+)?kênh\s+)?rss\b|^(?:sơ\s+đồ|bản\s+đồ)\s+(?:trang|site|web|cổng)|^site\s*map$|^danh\s+bạ\b", re.IGNORECASE
)
"""Titles of pages that only list addresses."""
_MORE = re.compile(r"^[\s\[(>»]*(?:xem\s+(?:chi\s+tiết|tiếp|thêm)|chi\s+tiết|đọc\s+(?:tiếp|thêm)|read\s+more)[\s\])>».…]*$", re.IGNORECASE)
_MORE_END = re.compile(r"(?:xem\s+(?:chi\s+tiết|tiếp|thêm)|chi\s+tiết|đọc\s+(?:tiếp|thêm)|read\s+more)[\s\])>».…]*$", re.IGNORECASE)
HEADLINE = 25
"""Code points from which a linked line counts as another article's headline."""
RUN = 350
"""Code points of unbroken prose that make a page an article whatever else is on it; two paragraphs do as well."""


@dataclass(slots=True)
class Shape:
    """How text and links alternate on a page.

    `run`: longest unbroken prose, of `paragraphs`; `free` and `free_paragraphs`: the same of runs that do not begin below a linked
    headline; `lone`: longest paragraph; `teasers`: prose right below a linked headline, or in one line with it.
    """

    run: int = 0
    paragraphs: int = 0
    free: int = 0
    free_paragraphs: int = 0
    teasers: int = 0
    headlines: int = 0
    more: int = 0
    lone: int = 0


def shape(blocks: Sequence[Block], title: str = "") -> Shape:
    """Read the alternation in one pass; the page's own title may be a link."""
    found = Shape()
    run = paragraphs = 0
    below_link = taken = False
    for block in blocks:
        if block.zone in ("footer", "nav", "comment"):
            continue
        if block.text != title and _breaks(block, found):
            below_link, taken, run, paragraphs = True, False, 0, 0
        elif (size := prose(block)) and (size > 120 or date_line(block.text) is None):
            mixed = block.link >= HEADLINE and block.link * 5 >= len(block.text)
            if mixed or below_link:
                found.teasers += 1
                below_link, taken, run, paragraphs = mixed, True, size, 1
                continue
            run, paragraphs = run + size, paragraphs + 1
            _note(found, run, paragraphs, size, taken)
    return found


def _breaks(block: Block, found: Shape) -> bool:
    """Whether a line is another article's headline or its "read more", counted."""
    if block.linked and len(block.text) >= HEADLINE and line_kind(block.text) != "noise":
        found.headlines += 1
        return True
    if (block.link and len(block.text) < 24 and _MORE.match(block.text)) or (0 < block.link < 24 and _MORE_END.search(block.text)):
        found.more += 1
        return True
    return False


def _note(found: Shape, run: int, paragraphs: int, size: int, taken: bool) -> None:
    """Keep the longest run, apart for those that began below a headline (`taken`)."""
    found.lone = max(found.lone, size)
    if run > found.run:
        found.run, found.paragraphs = run, paragraphs
    if not taken and run > found.free:
        found.free, found.free_paragraphs = run, paragraphs


def page_type(parsed: Parsed, where: Layout, url: str | None) -> tuple[str, str]:
    """(outcome, reason): "article", or the kind of page with what shows it."""
    own = _own_link(parsed, where)
    seen, box = shape(parsed.blocks, own), shape(where.body, own)
    heads = [
        head
        for head in (parsed.meta.title, where.title, *(block.text for block in parsed.blocks[:60] if block.heading))
        if head and len(head) < 140
    ]
    error = next((head for head in heads if _ERROR.search(head)), None)
    if error is not None and seen.run < 900:
        return "error", f"error page: {error[:80]!r}"
    formal = parsed.outline.inputs >= 1 and any(_FORM.match(head) for head in (parsed.meta.title, where.title) if head)
    if formal and box.run < 600 and box.teasers < 3 and not parsed.meta.article:
        return "form", f"form with {parsed.outline.inputs} fields and {box.run} code points of text"
    if box.run < 600 and any(_INDEX.match(head) for head in (parsed.meta.title, where.title) if head):
        return "list", f"an index by its title, with {box.run} code points of text"
    if where.tabular:
        return ("form", f"called {where.title[:80]!r}, without any text") if _SEARCH.match(where.title) else ("article", "")
    if (
        (
            box.free >= RUN
            or box.free_paragraphs >= 2
            or (box.free and _headed(parsed, where))
            or (box.teasers <= 2 and (box.run >= RUN or box.paragraphs >= 2))
        )
        and not (seen.more >= 3 and box.run < 600 and box.free_paragraphs < 2)
        and box.teasers <= 2 + box.run / 60
    ):
        return "article", ""
    if (parsed.outline.passwords or parsed.outline.inputs >= 3) and box.teasers < 3:
        return "form", f"form with {parsed.outline.inputs} fields and {box.run} code points of text"
    if seen.teasers >= 3 or seen.headlines >= 4 or seen.more >= 3:
        return _list_kind(parsed, seen, url)
    if seen.teasers and not box.lone:
        return _list_kind(parsed, seen, url)
    pictures = sum(where.title_at < number <= where.title_at + 30 for number in parsed.outline.images) if where.title_at >= 0 else 0
    if pictures >= 4 and box.run < 100:
        return "gallery", f"{pictures} pictures and {box.run} code points of text"
    return "article", ""


def _own_link(parsed: Parsed, where: Layout) -> str:
    """The page's title when it is a link to the page itself: the head confirms it, or no other link is set like it. Else ""."""
    if where.title_at < 0 or not parsed.blocks[where.title_at].linked:
        return ""
    title = parsed.blocks[where.title_at]
    alike = sum(block.linked and block.tag == title.tag and len(block.text) >= HEADLINE for block in parsed.blocks)
    return title.text if alike == 1 or where.title_rule.endswith("+heading") else ""


def _headed(parsed: Parsed, where: Layout) -> bool:
    """Whether a lone paragraph stands under its own headline and is not a teaser: short news of one paragraph."""
    if where.title_at < 0 or where.first <= where.title_at or is_site_name(where.title):
        return False
    title = parsed.blocks[where.title_at]
    between = parsed.blocks[where.title_at + 1 : where.first]
    return not title.linked and len(between) <= 12 and not any(block.linked and len(block.text) >= HEADLINE for block in between)


def _list_kind(parsed: Parsed, seen: Shape, url: str | None) -> tuple[str, str]:
    home = is_home(urlsplit(url).path) if url else seen.headlines >= 60 or (seen.headlines >= 12 and is_site_name(parsed.meta.title))
    return ("home" if home else "list"), f"{seen.headlines} linked headlines, {seen.teasers} teasers, longest text {seen.run} code points"
