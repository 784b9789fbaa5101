"""What a page must pass before any tree parser sees it: one linear scan that bounds size, depth and attributes.

libxml2 drops everything below 256 levels without a word, and its cost is quadratic in the attributes of one tag
(5,000 attributes 0.07 s, 20,000 2.5 s). So: cut at MAX_CHARS, flatten below MAX_DEPTH (the text stays), drop oversized
attributes, drop an unclosed comment (parsers differ on whether it is text).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARS = 4_000_000
MAX_DEPTH = 200
"""Open elements before flattening; libxml2 stops at 256, and adds html, body, tbody and p of its own."""
MAX_TAG_CHARS = 16_000
MAX_ATTRIBUTES = 64
MAX_TAGS = 40_000
"""Tags before the page is read as plain text: trees of more are slow in every pass (200,000 short paragraphs)."""

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr o:p".split())
_BLOCK = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section"
    " table tbody td tfoot th thead tr ul".split()
)
_CLOSED_BY_ITSELF = frozenset(("p", "li", "td", "tr", "th", "dt", "dd", "option"))
_TOKEN = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})|<[!?]")
_RAW = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea", "title", "xmp")}
_ATTRIBUTE = re.compile(r"""[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")


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
        text, rules = text[:MAX_CHARS], ["guard:cut"]
    if text.count("<") > MAX_TAGS and len(_TOKEN.findall(text)) > MAX_TAGS:
        return Guarded(text, (*rules, "guard:tags"), plain=True)
    scan = _Scan(text)
    scan.run()
    return Guarded(scan.result(), (*rules, *sorted(scan.rules)))


class _Scan:
    """One pass over the tags; collects replacements only where a bound is broken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rules: set[str] = set()
        self.cuts: list[tuple[int, int, str]] = []
        self.open: list[str] = []
        self.flat: list[str] = []
        self.unending: set[str] = set()

    def run(self) -> None:
        position = 0
        while match := _TOKEN.search(self.text, position):
            if match[2]:
                position = self._tag(match)
            elif match[0] == "<!--":
                position = self._comment(match.start())
            else:
                end = self.text.find(">", match.end())
                position = end + 1 if end >= 0 else match.end()

    def result(self) -> str:
        if not self.cuts:
            return self.text
        parts, position = [], 0
        for start, end, replacement in self.cuts:
            parts += [self.text[position:start], replacement]
            position = max(position, end)
        return "".join([*parts, self.text[position:]])

    def _comment(self, start: int) -> int:
        end = self.text.find("-->", start + 4)
        if end >= 0:
            return end + 3
        # An open comment would swallow the rest (libxml2) or be printed (html.parser): its own marker goes, its text stays out.
        self.rules.add("guard:comment")
        self.cuts.append((start, len(self.text), ""))
        return len(self.text)

    def _tag(self, match: re.Match[str]) -> int:
        name = match[2].lower()
        end = _tag_end(self.text, match.end())
        if end - match.start() > 2000:
            self._thin(match, name, end)
        if match[1]:
            self._close(name, match.start(), end)
        elif name not in _VOID and self.text[end - 2 : end] != "/>":
            self._push(name, match.start(), end)
            if name in _RAW:
                return self._raw_end(name, end)
        return end

    def _raw_end(self, name: str, position: int) -> int:
        """Where the text of a script or style ends; its angle brackets are not tags. Looked for once when it never ends."""
        if name in self.unending:
            return position
        closing = _RAW[name].search(self.text, position)
        if closing is None:
            self.unending.add(name)
        return closing.start() if closing else position

    def _thin(self, match: re.Match[str], name: str, end: int) -> None:
        """Keep the first attributes of a huge tag."""
        attributes = self.text[match.end() : end - 1]
        kept = _ATTRIBUTE.findall(attributes[:MAX_TAG_CHARS])
        if len(attributes) <= MAX_TAG_CHARS and len(kept) <= MAX_ATTRIBUTES:
            return
        self.rules.add("guard:attributes")
        short = " ".join(attribute for attribute in kept[:MAX_ATTRIBUTES] if len(attribute) < 2000)
        self.cuts.append((match.start(), end, f"<{match[1]}{name} {short}>"))

    def _push(self, name: str, start: int, end: int) -> None:
        if name in _CLOSED_BY_ITSELF and self.open and self.open[-1] == name:
            return
        if len(self.open) < MAX_DEPTH:
            self.open.append(name)
            return
        self.rules.add("guard:depth")
        self.flat.append(name)
        self._replace(start, end, name)

    def _close(self, name: str, start: int, end: int) -> None:
        if self.flat:
            if name in self.flat[-8:]:
                while self.flat.pop() != name:
                    pass
            self._replace(start, end, name)
        elif name in self.open[-64:]:
            while self.open.pop() != name:
                pass

    def _replace(self, start: int, end: int, name: str) -> None:
        if self.cuts and self.cuts[-1][0] == start:
            self.cuts.pop()
        self.cuts.append((start, end, "<br>" if name in _BLOCK else ""))


def _tag_end(text: str, position: int) -> int:
    """Index after the tag's ``>``, quotes respected as browsers do; a tag never runs over 1 MB."""
    limit = min(len(text), position + 1_000_000)
    plain = text.find(">", position, limit)
    if plain < 0:
        return limit
    if text.count('"', position, plain) % 2 == 0 and text.count("'", position, plain) % 2 == 0:
        return plain + 1
    match = _QUOTED.match(text, position, min(limit, position + _QUOTED_CHARS))
    return match.end() if match and match.end() > position and text[match.end() - 1] == ">" else plain + 1


_QUOTED_CHARS = 4000
"""How far a quote that holds ``>`` is followed: bounds the work on tags whose quotes never close."""
_QUOTED = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
