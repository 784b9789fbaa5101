"""What a page must pass before any tree parser sees it: linear scans that bound size, depth and attributes.

libxml2 drops what is nested too deep without a word, and its cost is quadratic in the attributes of one tag (5,000
attributes 0.07 s, 20,000 2.5 s). So: cut at MAX_CHARS, take scripts, styles and comments out, drop oversized attributes,
flatten below MAX_DEPTH (the text stays). An unclosed comment is dropped: parsers differ on whether it is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARS = 4_000_000
MAX_DEPTH = 200
"""Open elements before flattening; libxml2 stops at 256 (2,048 with huge_tree) and adds html, body and tbody of its own."""
MAX_TAG_CHARS = 16_000
MAX_ATTRIBUTES = 64
MAX_TAGS = 24_000
"""Tags before the page is read as plain text: 200,000 short paragraphs are slow in every pass. The largest real page seen has 6,400."""

VOID = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "o:p",
    )
)  # fmt: skip
BLOCK = frozenset(
    (
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_OUT = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{name}(?![\w-])[^>]{{0,100}}>", re.IGNORECASE) for name in ("script", "style")}
_TAGS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_LONG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:_-]{0,40})[^>]{2000}")
_ATTRIBUTE = re.compile(r"""[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
_TAG_RUN = re.compile(r"(?>(?:</?[a-zA-Z][a-zA-Z0-9]{0,10}\s?>\s?){100,1000})")


@dataclass(frozen=True, slots=True)
class Guarded:
    """Markup safe for a tree parser. `rules` name what was changed; `plain` says there are too many tags for a tree."""

    text: str
    rules: tuple[str, ...] = ()
    plain: bool = False


def guard(text: str) -> Guarded:
    """Bound the markup of a page; linear in its length, never raises."""
    rules: list[str] = []
    if len(text) > MAX_CHARS:
        many = text.count("<", 0, MAX_CHARS) > MAX_TAGS
        text = (_TAG_RUN.sub("\n", text[: 4 * MAX_CHARS]) if many else text)[:MAX_CHARS]
        rules.append("guard:cut")
    text, unclosed = strip_silent(text)
    if unclosed:
        rules.append(f"guard:{unclosed}")
    if text.count("<") > MAX_TAGS and len(_TAGS.findall(text)) > MAX_TAGS:
        return Guarded(text, (*rules, "guard:tags"), plain=True)
    if _LONG.search(text):
        text, thinned = _thin(text)
        rules += ["guard:attributes"] if thinned else []
    if _depth(text) > MAX_DEPTH:
        text, flattened = _flatten(text)
        rules += ["guard:depth"] if flattened else []
    return Guarded(text, tuple(rules))


def strip_silent(text: str) -> tuple[str, str]:
    """Markup without scripts, styles and comments, and the name of the one that never ends ("" when all do)."""
    parts, position = [], 0
    while match := _OUT.search(text, position):
        parts.append(text[position : match.start()])
        if match[1]:
            end = _ENDS[match[1].lower()].search(text, match.end())
            stop = end.end() if end else -1
        else:
            stop = text.find("-->", match.end())
            stop = stop + 3 if stop >= 0 else -1
        if stop < 0:
            return "".join(parts) + (_unscripted(text, match) if match[1] else ""), match[1].lower() if match[1] else "comment"
        position = stop
    parts.append(text[position:])
    return "".join(parts), ""


def _unscripted(text: str, match: re.Match[str]) -> str:
    """What follows a script tag that never ends, its tag and all such tags taken off: the text may be the article."""
    return re.sub(r"<!--|<(?:script|style)\b[^>]{0,2000}>?", "", text[match.start() :], flags=re.IGNORECASE)


def _depth(text: str) -> int:
    """Upper estimate of open elements at once: elements that close themselves (``p``, ``li``) count as open."""
    depth = deepest = 0
    for closing, name in _TAGS.findall(text):
        if closing:
            depth = depth - 1 if depth else 0
        elif name not in VOID:
            depth += 1
            if depth > deepest:
                deepest = depth
    return deepest


def _thin(text: str) -> tuple[str, bool]:
    """Keep the first attributes of huge tags."""
    parts, position, changed = [], 0, False
    while start := _LONG.search(text, position):
        end = text.find(">", start.start()) + 1 or len(text)
        name, attributes = start[1], text[start.end(1) : end].rstrip(">")
        kept = _ATTRIBUTE.findall(attributes[:MAX_TAG_CHARS])
        if len(attributes) > MAX_TAG_CHARS or len(kept) > MAX_ATTRIBUTES:
            changed = True
            short = " ".join(attribute for attribute in kept[:MAX_ATTRIBUTES] if len(attribute) < 2000)
            parts += [text[position : start.start()], f"<{name} {short}>"]
        else:
            parts.append(text[position:end])
        position = end
    return "".join([*parts, text[position:]]), changed


_FLAT = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})[^>]{0,4000}>")
_CLOSED_BY_ITSELF = frozenset(("p", "li", "td", "tr", "th", "dt", "dd", "option"))


def _flatten(text: str) -> tuple[str, bool]:
    """Replace the tags below MAX_DEPTH by breaks; the text between them stays."""
    opened: list[str] = []
    flat: list[str] = []
    parts, position, changed = [], 0, False
    for match in _FLAT.finditer(text):
        closing, name = match[1], match[2].lower()
        if name in VOID or match[0].endswith("/>"):
            continue
        if not closing and not flat and len(opened) < MAX_DEPTH:
            if not (name in _CLOSED_BY_ITSELF and opened and opened[-1] == name):
                opened.append(name)
            continue
        if closing and not flat:
            if name in opened[-64:]:
                while opened.pop() != name:
                    pass
            continue
        if closing and name in flat[-64:]:
            while flat.pop() != name:
                pass
        elif not closing:
            flat.append(name)
        changed = True
        parts += [text[position : match.start()], "<br>" if name in BLOCK else ""]
        position = match.end()
    return "".join([*parts, text[position:]]), changed
