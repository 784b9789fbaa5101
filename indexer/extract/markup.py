"""HTML where text was expected: fields of records that hold tags or entities, and posts as WordPress stores them. Linear in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

_TAGS = re.compile(
    r"</(?:p|div|span|strong|em|b|i|u|a|li|ul|ol|h[1-6]|table|pre|font|center|blockquote|article)>|<br\s*/?>|<(?:p|div|span|table|img|font)(?:\s[^<>]{0,1000})?>",
    re.IGNORECASE,
)
"""What tells that a text is HTML."""
_ESCAPED = re.compile(r"&lt;(?:/(?:p|div|span|strong)|p|div|br\s{0,3}/?)&gt;|&lt;(?:p|div|span)\s", re.IGNORECASE)
_PARTED = re.compile(r"<(?:p|div)\b", re.IGNORECASE)
_HOLDERS = r"p|table|ul|ol|dl|li|td|th|dt|dd|h[1-6]|figcaption|script|style"
_BLOCKS = re.compile(rf"<(/?)({_HOLDERS}|div|blockquote|figure|section|article|hr|center|form|iframe)\b", re.IGNORECASE)
_HOLDER = re.compile(_HOLDERS)
_DEEPEST = 30
"""Elements in each other up to which paragraphs are looked for: bounds the work on tags that nothing closes."""
_LINE, _EMPTY_LINES = re.compile(r"\n+"), re.compile(r"\n[^\S\n]*\n\s*")
_CAPTION = re.compile(r"\[caption[^\[\]]{0,500}\]([^\[]{0,4000})\[/caption\]")
_PICTURE = re.compile(r"(?:\s*<[^<>]{0,2000}>)*+")
_SHORTCODE = re.compile(
    r"\[/?(?:gallery|embed|audio|video|playlist)\b[^\[\]]{0,500}\]|\[/?(?:[a-z]{1,20}_[a-z0-9_]{1,40}|row|col|section)(?:\s[^\[\]]{0,1000})?\]"
)
"""What WordPress and its page builders put in: ``[gallery ids="1,2"]``, ``[vc_column_text]``, ``[col span="6"]``."""
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});")
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td)(?:\s[^<>]{0,1000})?/?>", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:span|strong|em|b|i|u|a|font|sup|sub|small|big|img|mark|o:p|table|tbody)(?:\s[^<>]{0,1000})?/?>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_LINES = ("title", "lead", "summary", "description", "author", "source", "category")


def markup_of(text: object) -> str:
    """The HTML that a field for text holds all the same, as many systems export theirs; "" for text."""
    whole = "\n\n".join(map(str, text)) if isinstance(text, list) else str(text)
    whole = unescaped_markup(whole)
    if "<" not in whole or not _TAGS.search(whole):
        return ""
    return parted(shortcodes(whole), lines=not _PARTED.search(whole))


def unescaped_markup(text: str) -> str:
    """HTML that was escaped once too often (``&lt;p&gt;…``), as HTML; any other text as it is."""
    return unescape(text) if "&lt;" in text and not _TAGS.search(text) and _ESCAPED.search(text) else text


def unescaped(text: str) -> str:
    """A text without tags, with the characters that its entities stand for: ``H&agrave; N&#7897;i``; twice escaped ones too."""
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return text


def unmarked(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Title, lead and names of a record without tags and entities. What only looks like a tag stays: ``<Infographic> …``."""
    lines = {}
    for name in _LINES:
        value = fields.get(name)
        if isinstance(value, str) and ("&" in value or "<" in value):
            lines[name] = unescaped(_INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", value)))
    return {**fields, **lines} if lines else fields


def unmarked_text(markup: str) -> str:
    """The text of markup, roughly: for what is judged by its letters."""
    return unescape(_ANY_TAG.sub("\n", markup))


def parted(markup: str, *, lines: bool) -> str:
    """Markup with a ``<p>`` for what is told from its neighbours by empty lines (or with `lines` by any line's end) and by no element.

    So WordPress stores its posts: ``<p style="…">`` stands beside paragraphs without any tag. What is inside an element is left alone.
    """
    inside: list[str] = []
    parts = []
    markup = _ANY_TAG.sub(lambda tag: tag[0].replace("\n", " "), markup.replace("\r\n", "\n").replace("\r", "\n").strip())
    for part in (_LINE if lines else _EMPTY_LINES).split(markup):
        tags = _BLOCKS.findall(part)
        bare = not tags and not inside
        parts.append(f"<p>{'<br>'.join(part.strip().splitlines())}</p>" if bare else part)
        for slash, name in tags:
            _step(inside, name.lower(), closes=bool(slash))
    return "\n".join(parts)


def _step(inside: list[str], name: str, *, closes: bool) -> None:
    """Keep which elements that hold text are open; what nothing closed ends with the element around it, and a paragraph with the next."""
    if not _HOLDER.fullmatch(name):
        return
    if not closes:
        if inside[-1:] != ["p"] or name != "p":
            inside.append(name)
        del inside[_DEEPEST:]
    elif name in inside:
        del inside[len(inside) - 1 - inside[::-1].index(name) :]


def shortcodes(markup: str) -> str:
    """Markup without what WordPress puts in brackets; of a picture's caption the tags that mean it."""
    return _SHORTCODE.sub("", _CAPTION.sub(_figure, markup)) if "[" in markup else markup


def _figure(caption: re.Match[str]) -> str:
    picture = _PICTURE.match(caption[1])
    end = picture.end() if picture else 0
    return f"<figure>{caption[1][:end]}<figcaption>{caption[1][end:]}</figcaption></figure>"
