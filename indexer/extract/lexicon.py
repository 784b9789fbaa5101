"""What a line of a page is, by its words alone: prose, boilerplate, or a heading of other articles or comments.

The words are data (`lexicon.toml`). A line is judged as a whole: a sentence that begins with such words is kept.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from indexer.extract.names import UPPER
from indexer.extract.outline import ZoneRules

LineKind = Literal["", "noise", "related", "comments"]
_LONGEST = 260
"""Code points: no boilerplate pattern is longer."""
_DECOR = r"[\s.:;,…»›>«‹<|\-–—•·*▶►→■●✦+_/\\()\[\]]*"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    data = tomllib.loads(resources.files("indexer.extract").joinpath("lexicon.toml").read_text("utf-8"))
    atom = "|".join((*data["counters"], *data["buttons"]))
    # Atomic and possessive: a hostile line of counters must not be re-divided in every possible way.
    noise = rf"{_DECOR}+(?:(?:(?>(?:{atom})(?![^\W\d])){_DECOR}+)++|(?:{'|'.join(data['lines'])}){_DECOR})"
    zones = tuple((zone, re.compile(pattern, re.IGNORECASE)) for zone, pattern in data["zones"].items())
    related, comments = (
        re.compile(rf"{_DECOR}(?:{'|'.join(data[name])}){_DECOR}(?:\(?\d+\)?)?", re.IGNORECASE) for name in ("related", "comments")
    )
    return re.compile(noise, re.IGNORECASE), related, comments, zones


@cache
def zone_rules() -> ZoneRules:
    """The zone names of the lexicon, ready for `outline`."""
    return ZoneRules(_patterns()[3])


@lru_cache(maxsize=4096)
def line_kind(line: str) -> LineKind:
    """`noise` is dropped; `related` and `comments` are headings of what follows; "" is text."""
    if len(line) > _LONGEST:
        return ""
    if not any(map(str.isalpha, line)):
        return "noise"
    noise, related, comments, _ = _patterns()
    if related.fullmatch(line):
        return "related"
    if comments.fullmatch(line):
        return "comments"
    return "noise" if noise.fullmatch(line) else ""


def line_rule(line: str) -> str:
    """Which entry of the lexicon explains `line`: ``counters 2``; "" for text. Slow: for explanations."""
    kind = line_kind(line)
    if not kind:
        return ""
    data = tomllib.loads(resources.files("indexer.extract").joinpath("lexicon.toml").read_text("utf-8"))
    lists = ("counters", "buttons", "lines") if kind == "noise" else (kind,)
    for name in lists:
        for number, pattern in enumerate(data[name], start=1):
            if re.fullmatch(rf"{_DECOR}(?:{pattern}){_DECOR}(?:\(?\d+\)?)?", line, re.IGNORECASE):
                return f"{name} {number}"
    return "several counters and buttons" if any(map(str.isalpha, line)) else "no letters"


_RELATED_INLINE = re.compile(
    rf"(?:[>»›]{{2,}}|»)\s*(?=\S)|(?i:tin|bài|bài viết|tin bài|video)\s+(?i:liên\s+quan)\s*:?\s+(?=[\"“'‘\d{UPPER}])"
    r"|(?i:xem|đọc)\s+(?i:thêm)\s*:\s*(?=\S)"
)
_SENTENCE_END = re.compile(r"[.!?…;:][\"”’')\]]*$")


def is_related_line(line: str) -> bool:
    """Whether the line itself names another article: ``Tin liên quan <headline>``, ``>> <headline>``, ``Xem thêm: <headline>``."""
    match = _RELATED_INLINE.match(line)
    return bool(match) and len(line) <= _LONGEST and not (line.endswith(".") and not line.endswith("..."))


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return bool(_SENTENCE_END.search(line))
