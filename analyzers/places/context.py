"""What a name does where it stands: scene of the news, authority, somebody's home, a route's end, part of a facility's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyzers.places import lexicon
from analyzers.places.scan import Found

if TYPE_CHECKING:
    from analyzers.analyzer import AnalyzedText

_LINKS = frozenset({"", ",", "(", "-", "–", "—", ", (", ",(", "/", "thuộc", ", thuộc", "của", "(thuộc", ",thuộc", "(thuộc", "tại", ";("})
_SENTENCE_END = re.compile(r"[.!?…]\s|[\n;]|[.!?…]$")
_TIME = re.compile(
    r"\d ?(?:h\b|h\d|giờ|g\d|/ ?\d|[-.]\d{1,2}\b(?![.,]\d|%))|ngày \d|\b(?:sáng|chiều|tối|đêm|trưa|khuya)\b|xảy ra|diễn ra|tổ chức|khai mạc|hôm nay|hôm qua|giờ tý", re.IGNORECASE
)
"""Signs that a sentence reports an event: a clock, a date, a part of the day, *xảy ra*."""
_WINDOW = 10
"""Syllables looked at to the left of a name; noun phrases are shorter."""
_ADDRESS = 18
"""Syllables an address may take before its first unit."""


def link_chains(items: Sequence[Found], text: AnalyzedText) -> None:
    """Number the address chains (``xã Tam Dân, huyện Phú Ninh``): neighbours with nothing but light punctuation between."""
    chain = 0
    for number, item in enumerate(items):
        if number:
            before = items[number - 1]
            gap = text.text[text.ends[before.last - 1] : text.starts[item.first]]
            item.link = " ".join(gap.split()) if len(gap) <= 12 else None
            if item.link not in _LINKS:
                chain += 1
                item.link = None
        item.chain = chain


def set_contexts(items: Sequence[Found], text: AnalyzedText) -> None:
    """Fill `context`, `cue` and `timed` of every item of one text; a chain shares its head's context."""
    head: Found | None = None
    for number, item in enumerate(items):
        if head is None or item.chain != head.chain:
            head = item
            _Reader(text).read(item)
            if _foreign_after(_chain_end(items, number), text):
                item.context = "foreign"
        else:
            item.context, item.cue, item.timed, item.detail, item.birth = head.context, head.cue, head.timed, head.detail, head.birth
            if head.context == "facility" and head.scene_noun and not item.inherited:
                item.context, item.cue = "about", True
            elif item.authority:
                item.context = "authority"


class _Reader:
    """Reads the words to the left of one name."""

    def __init__(self, text: AnalyzedText) -> None:
        self.source, self.starts, self.ends, self.marked = text.text, text.starts, text.ends, text.marked

    def read(self, item: Found) -> None:
        at = item.first
        if item.authority or item.run:
            item.context = "authority" if item.authority else "facility"
            item.timed = item.authority and self._timed(at)
            return
        opened = self._gap(at).strip() in ("(", ",") if at else False
        first = self._clause(at - 1 if opened else at)
        left = self.marked[first:at]
        facility = "" if item.plural else self._facility(left, item, opened)
        home, cue = self._walk(at, item)
        if home:
            item.context = home
        elif facility:
            item.context, item.scene_noun = "facility", facility == "scene"
        elif left and left[-1] in lexicon.ROUTE_WORDS and not item.types and not opened:
            item.context, item.cue = ("about", True) if left[-1] in ("về", "đến", "qua") else ("route", False)
        elif not opened and self._authority(left):
            item.context = "authority"
        else:
            item.cue = cue
        if item.cue or item.context == "authority" or item.scene_noun:
            item.timed = self._timed(at)

    def _clause(self, at: int) -> int:
        """First syllable of the run to the left that only blanks (or a hyphen) separate, at most `_WINDOW` long."""
        first = max(at, 0)
        floor = max(0, at - _WINDOW)
        while first > floor and self._gap(first) in (" ", "-", " - ", "\u00a0", " – "):
            first -= 1
        return first

    def _facility(self, left: Sequence[str], item: Found, opened: bool) -> str:
        """``scene`` or ``body`` when a noun for a thing or an institution governs the name with no preposition between."""
        if left and not item.types and not opened:
            if left[-1] in lexicon.SCENE_NOUNS and left[-2:] not in (["thành", "phố"], ["đường", "phố"], ["cửa", "ngõ"]):
                return "scene"
            if left[-1] in lexicon.BODY_NOUNS:
                return "body"
        for i in range(len(left) - 1, -1, -1):
            if left[i] in lexicon.LEFT_STOPS and not (left[i] == "tại" and left[max(0, i - 2) : i] == ["cấp", "cao"]):
                return ""
            if " ".join(left[i : i + 2]) in lexicon.BODY_PHRASES:
                return "body"
        return ""

    def _authority(self, left: Sequence[str]) -> bool:
        if not lexicon.AUTHORITY_WORDS.isdisjoint(left):
            return True
        return any(f"{one} {two}" in lexicon.AUTHORITY_PHRASES for one, two in zip(left, left[1:], strict=False))

    def _walk(self, at: int, item: Found) -> tuple[str, bool]:
        """Go left through an address: ``("home", …)`` when *trú, quê, tuổi …* opens it, else whether a preposition of place does."""
        cue = dwelling = opened = False
        for i in range(at - 1, max(-1, at - _ADDRESS), -1):
            gap = self._gap(i + 1)
            if ")" in gap or _SENTENCE_END.search(gap):
                break
            opened = opened or "(" in gap
            word, surface = self.marked[i], self.source[self.starts[i] : self.ends[i]]
            lower = not surface[0].isupper() or surface.isupper() and word in ("hktt", "đkhktt", "đktt", "sn")
            if word in lexicon.HOME_CUES and (lower or self._opens_sentence(i)):
                item.birth = word in lexicon.BIRTH_CUES
                return ("home", False) if self.marked[i - 1 : i] != ["dân"] else ("", True)
            if lower and word in lexicon.SCENE_CUES:
                cue, dwelling = True, dwelling or word == "ở"
            elif word in lexicon.TITLES and (dwelling or opened):
                return "residence", cue
            elif surface[0].isupper():
                if opened and self._person(i):
                    return "residence", cue
            elif word in lexicon.ADDRESS_WORDS or surface[0].isdigit():
                item.detail = item.detail or word in lexicon.DETAIL_WORDS
            else:
                break
        return "", cue or opened

    def _person(self, at: int) -> bool:
        """Whether a person's name starts here: a family name, another capital behind it, and no noun for a thing in front."""
        if self.marked[at] not in lexicon.PEOPLE or self._capital(at - 1) or not self._capital(at + 1):
            return False
        return not at or self.marked[at - 1] not in lexicon.SCENE_NOUNS and self.marked[at - 1] not in lexicon.BODY_NOUNS

    def _opens_sentence(self, at: int) -> bool:
        return not at or self._gap(at) != " "

    def _timed(self, at: int) -> bool:
        """Whether the sentence around the syllable tells when something happened."""
        start = self.starts[at]
        low = max(0, start - 400)
        begin = max((match.end() for match in _SENTENCE_END.finditer(self.source, low, start)), default=low)
        end = _SENTENCE_END.search(self.source, start)
        return _TIME.search(self.source, begin, min(end.start() if end else len(self.source), start + 300)) is not None

    def _gap(self, at: int) -> str:
        return self.source[self.ends[at - 1] : self.starts[at]]

    def _capital(self, at: int) -> bool:
        return 0 <= at < len(self.starts) and self.source[self.starts[at]].isupper()


def _chain_end(items: Sequence[Found], number: int) -> Found:
    chain = items[number].chain
    while number + 1 < len(items) and items[number + 1].chain == chain:
        number += 1
    return items[number]


def _foreign_after(item: Found, text: AnalyzedText) -> bool:
    """Whether a country's name closes the address: ``Trùng Khánh, Trung Quốc``."""
    at = item.last
    if at >= len(text.marked) or not text.text[text.starts[at]].isupper():
        return False
    gap = " ".join(text.text[text.ends[at - 1] : text.starts[at]].split())
    if gap not in (",", "(", "-", "–", ""):
        return False
    return any(" ".join(text.marked[at : at + length]) in lexicon.COUNTRIES for length in (3, 2, 1))
