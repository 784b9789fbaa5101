"""A headline for a text that has none: its first sentence."""

from __future__ import annotations

import re

from analyzers.dates.dateline import CODE_PREFIX

LONGEST = 160
"""Code points of a title made from a first sentence; headlines of the seed pages have 12 to 120."""
_SENTENCE = re.compile(r"(?<=[^\s.A-ZĐ])[.!?](?=\s|$)")
_BULLET = re.compile(r"^[-–—•*+]\s+")
_CLAUSE = re.compile(r"[;,]\s|\s(?=(?:nhằm|để|với|do|và|theo|trong khi|đồng thời)\s)")


def headline(paragraph: str) -> str:
    """The first sentence without the bullet of a list and the agency's code, cut at a clause when it is long."""
    paragraph = _BULLET.sub("", paragraph) or paragraph
    code = CODE_PREFIX.match(paragraph)
    text = paragraph[code.end() :] if code and code.end() < len(paragraph) else paragraph
    text = text[:2000]
    stop = _SENTENCE.search(text)
    sentence = (text[: stop.start()] if stop else text).strip()
    if len(sentence) <= LONGEST:
        return sentence
    cuts = [match.start() for match in _CLAUSE.finditer(sentence[:LONGEST]) if match.start() >= 60]
    space = sentence.rfind(" ", 0, LONGEST)
    return sentence[: cuts[-1]] if cuts else sentence[: space if space > 0 else LONGEST] + "…"
