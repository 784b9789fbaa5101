"""What kind of page it is when it is not an article: error, form, list, home or gallery."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from indexer.extract.blocks import Block, Outline
from indexer.extract.main_content import prose
from indexer.extract.metadata import Metadata

_ERROR = re.compile(
    r"\b(?:404|403|500|502|503)\b(?:\s*[-–:|]|\s+(?:not\s+found|forbidden|error|internal|bad|service|page|trang|lỗi|file)|$)|not\s+found|page\s+not|server\s+error|bad\s+gateway|service\s+unavailable|access\s+denied"
    r"|không\s+tìm\s+thấy|không\s+tồn\s+tại|runtime\s+error|lỗi\s+(?:hệ\s+thống|\d{3}|máy\s+chủ|trang|truy\s+cập)|the\s+page\s+you|trang\s+(?:bạn|này)\s+.{0,30}không|http\s+status|bảo\s+trì",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"^(?:đăng\s+(?:nhập|ký)|login|sign\s*in|log\s*in|quên\s+mật\s+khẩu|liên\s+hệ|góp\s+ý|gửi\s+(?:bài|email|ý\s+kiến|câu\s+hỏi|phản\s+ánh|liên\s+hệ|thư)|giới\s+thiệu\s+bài\s+viết|tìm\s+kiếm|tra\s+cứu|hỏi\s+đáp|đặt\s+câu\s+hỏi|kết\s+quả\s+tìm"
    r"|gửi\s+tin|phản\s+ánh|khảo\s+sát|bình\s+chọn|thăm\s+dò)",
    re.IGNORECASE,
)
_LIST_TITLE = re.compile(r"^(?:tin\s+tức|chuyên\s+mục|danh\s+(?:mục|sách)|tin\s+trong|chủ\s+đề|tag|từ\s+khóa|lưu\s+trữ|archive|category|trang\s+\d+|tất\s+cả|thông\s+báo$|tin\s+hoạt\s+động$)", re.IGNORECASE)
_PAGER = re.compile(r"^(?:[«‹<]*\s*(?:trang\s+(?:sau|trước|đầu|cuối|tiếp)|tiếp|sau|trước|next|previous|cuối|đầu|\d{1,3}|[«»‹›<>]+)\s*)+(?:[»›>]*)$", re.IGNORECASE)
HEADLINE = 25
"""Code points from which a linked line counts as another article's headline."""


def page_type(outline: Outline, body: Sequence[Block], title: str, meta: Metadata, url: str | None, dated: bool) -> tuple[str, str]:
    """(outcome, reason) with outcome "article" or the kind of page; `body` are the blocks of the chosen box."""
    text = sum(prose(block) for block in body)
    heads = [meta.title, title, *(block.text for block in outline.blocks[:40] if block.heading)]
    if text < 600 and any(_ERROR.search(head) for head in heads if head and len(head) < 120):
        return "error", f"error page: {next(head for head in heads if head and _ERROR.search(head))[:80]!r}"
    if text < 400 and (outline.passwords or outline.inputs >= 3 or (outline.inputs >= 1 and any(_FORM.match(head) for head in heads if head))):
        return "form", f"form with {outline.inputs} fields and {text} code points of text"
    links = [block for block in outline.blocks if block.linked and len(block.text) >= HEADLINE and block.zone not in ("footer",)]
    inner = [block for block in body if block.linked and len(block.text) >= HEADLINE and not block.zone]
    paragraphs = [block for block in body if prose(block)]
    if not meta.article and _is_list(inner, paragraphs, text, title, dated):
        return _list_kind(links, inner, url, outline)
    if text < 60:
        if len(links) >= 8:
            return _list_kind(links, inner, url, outline)
        if len(outline.images) >= 4 and text < 60 and len(body) >= 1 and not links:
            return "gallery", f"{len(outline.images)} pictures and no text"
    return "article", ""


def _is_list(inner: Sequence[Block], paragraphs: Sequence[Block], text: int, title: str, dated: bool) -> bool:
    """Whether a box is headlines with teasers: as many links to articles as paragraphs, or paragraphs cut short by dots."""
    if len(inner) < 3:
        return False
    teasers = sum(block.text.endswith(("...", "…", "[…]", "[...]")) for block in paragraphs)
    if len(inner) >= 3 and teasers >= max(2, 0.6 * len(paragraphs)):
        return True
    limit = 1.0 if dated else 0.6
    return len(inner) >= max(4, limit * len(paragraphs)) and text < 250 * len(inner)


def _list_kind(links: Sequence[Block], inner: Sequence[Block], url: str | None, outline: Outline) -> tuple[str, str]:
    path = urlsplit(url).path.strip("/").lower() if url else None
    home = path is not None and path in ("", "index.html", "index.htm", "default.aspx", "trang-chu", "home", "index.php")
    home = home or (path is None and len(links) >= 60)
    return ("home" if home else "list"), f"{len(inner)} linked headlines in the main box, {len(links)} on the page"
