"""What a name does where it stands: scene of the news, authority, somebody's home, a route's end, part of a thing's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analyzers.places import lexicon
from analyzers.places.found import Found
from analyzers.places.window import UPPER, Window

_LINKS = frozenset({"", ",", "(", "-", "–", "—", ", (", ",(", "/", "thuộc", ", thuộc", ",thuộc", "của", "(thuộc", "tại", ";("})
"""What may stand between the units of one address."""
_JOINTS = frozenset({"và", "với"})
"""Words that set two addresses side by side."""
_LINK_LENGTH = 12
_SENTENCE_END = re.compile(r"[.!?…]\s|[\n;]|[.!?…]$")
_ENDS = (". ", "\n", "! ", "? ", "; ", "… ")
_SENTENCE = 400
"""Code points a sentence is followed to either side at most."""
_CLOCK = re.compile(r"\d(?:(?<=ngày \d)| ?(?:h\b|h\d|giờ|g\d|/ ?\d|[-.]\d{1,2}\b(?![.,]\d|%)))")
_TIME_WORDS = ("sáng", "chiều", "tối", "đêm", "trưa", "khuya", "xảy ra", "diễn ra", "được tổ chức", "khai mạc", "hôm nay", "hôm qua")
"""Signs that a sentence reports an event: a clock, a date, a part of the day, *xảy ra*."""
_WINDOW = 10
"""Syllables looked at to the left of a name; noun phrases are shorter."""
_ADDRESS = 18
"""Syllables an address may take before its first unit."""
_BLANKS = frozenset({" ", "-", " - ", "\u00a0", " – "})
_HIGH_COURT = ["cấp", "cao"]


def link_chains(items: Sequence[Found], window: Window) -> None:
    """Number the address chains (``xã Tam Dân, huyện Phú Ninh``): neighbours with nothing but light punctuation between."""
    for before, item in pairwise(items):
        gap = window.source[window.ends[before.last - 1] : window.starts[item.first]]
        link = " ".join(gap.split()) if len(gap) <= _LINK_LENGTH else None
        item.link = link if link in _LINKS else None
        item.chain = before.chain + (item.link is None)
        item.series = before.series + (item.link is None and gap.strip() not in _JOINTS)


def set_contexts(items: Sequence[Found], window: Window) -> None:
    """Fill what the words around each item of one text say; a chain shares its head's context."""
    reader = _Reader(window)
    head: Found | None = None
    for number, item in enumerate(items):
        if head is None or item.link is None:
            head = item
            reader.read(item)
            if reader.closes_abroad(items, number):
                item.context = "foreign"
            elif number and reader.onward(items[number - 1], item):
                item.context = "route"
            continue
        item.context, item.cue, item.timed, item.detail, item.birth = head.context, head.cue, head.timed, head.detail, head.birth
        if head.scene_noun and not item.inherited:
            item.context, item.cue = "about", True
        elif item.authority:
            item.context = "authority"


class _Reader:
    """Reads the words around one name."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.marked = window.marked

    def read(self, item: Found) -> None:
        at = item.first
        if item.authority or item.run:
            item.context = "authority" if item.authority else "facility"
            item.timed = item.authority and self._timed(at)
            return
        opened = at > 0 and self.window.gap(at).strip() in ("(", ",")
        left = self.marked[self._clause(at - 1 if opened else at) : at]
        thing = "" if item.plural else _thing(left, own=not (item.types or opened))
        home = self._walk(at, item)
        if home:
            item.context = "home" if home == "home" else "residence"
        elif thing:
            item.context, item.scene_noun, item.thing = "facility", thing == "scene", not (item.types or opened)
        elif self._leaves(left, item, opened):
            item.context = "route"
        elif not opened and _is_office(left):
            item.context = "authority"
        if item.cue or item.context == "authority" or item.scene_noun:
            item.timed = self._timed(at)

    def _clause(self, at: int) -> int:
        """First syllable of the run to the left that only blanks (or a hyphen) separate, at most `_WINDOW` long."""
        source, starts, ends = self.window.source, self.window.starts, self.window.ends
        first, floor = at, max(0, at - _WINDOW)
        while first > floor and source[ends[first - 1] : starts[first]] in _BLANKS:
            first -= 1
        return first

    def _leaves(self, left: Sequence[str], item: Found, opened: bool) -> bool:
        """Whether the name is an end of a route: ``từ X đi Y``, ``tuyến X``, ``hướng X``."""
        if not left or opened:
            return False
        if left[-1] == "từ" and item.last < len(self.marked) and self.marked[item.last] in lexicon.ONWARD:
            return True
        return not item.types and left[-1] in lexicon.ROUTE_WORDS

    def onward(self, before: Found, item: Found) -> bool:
        """Whether the item is where the route that the item before starts goes."""
        return before.context == "route" and item.first - before.last == 1 and self.marked[before.last] in lexicon.ONWARD

    def _walk(self, at: int, item: Found) -> str:
        """Go left through an address: ``home`` when *trú, quê, tuổi …* opens it, ``residence`` when a person does.

        Notes on the way whether a preposition of place leads to the name (`cue`) and whether streets or hamlets do (`detail`).
        """
        window, cue, dwelling, opened = self.window, False, False, False
        source, starts, ends = window.source, window.starts, window.ends
        for i in range(at - 1, max(-1, at - _ADDRESS), -1):
            gap = source[ends[i] : starts[i + 1]]
            if ")" in gap or (gap != " " and _SENTENCE_END.search(gap)):
                break
            opened = opened or "(" in gap
            word, letter = self.marked[i], source[starts[i]]
            if word in lexicon.HOME_CUES and self._opens_address(i, letter):
                if self.marked[i - 1 : i] != ["dân"]:
                    item.birth = word in lexicon.BIRTH_CUES
                    return "home"
                cue = True
                break
            if word in lexicon.SCENE_CUES and (letter not in UPPER or window.starts_sentence(i)):
                cue, dwelling = True, dwelling or word == "ở"
            elif (word in lexicon.PERSONS and (dwelling or opened)) or (opened and letter in UPPER and self._person(i)):
                item.cue = cue and not opened
                return "residence"
            elif word in lexicon.ADDRESS_WORDS or letter.isdigit():
                item.detail = item.detail or word in lexicon.DETAIL_WORDS
            elif letter not in UPPER:
                break
        item.cue = cue or opened
        return ""

    def _opens_address(self, at: int, letter: str) -> bool:
        """A cue is a common word (``thôn Trùng Quán`` is not *quê quán*) and not part of another (*nữ sinh*, *làng quê*)."""
        word = self.marked[at]
        after = self.marked[at + 1] if at + 1 < self.window.count else ""
        before = self.marked[at - 1] if at else ""
        if after not in lexicon.HOME_ONLY_BEFORE.get(word, (after,)) or before not in lexicon.HOME_ONLY_AFTER.get(word, (before,)):
            return False
        if before in lexicon.HOME_NOT_AFTER.get(word, ()):
            return False
        return letter not in UPPER or self.window.surface(at).isupper() or not at or self.window.gap(at) != " "

    def _person(self, at: int) -> bool:
        """Whether a person's name starts here: a family name, capitals behind it, and no noun for a thing in front."""
        window = self.window
        if self.marked[at] not in lexicon.PEOPLE or window.capital(at - 1) or not window.capital(at + 1):
            return False
        before = self.marked[at - 1] if at else ""
        if before.isdigit() or before in lexicon.SCENE_NOUNS or before in lexicon.BODY_NOUNS:
            return False
        return window.capital(at + 2) or before in lexicon.TITLES

    def _timed(self, at: int) -> bool:
        """Whether the sentence around the syllable tells when something happened."""
        source, start = self.window.source, self.window.starts[at]
        begin, stop = max(0, start - _SENTENCE), min(len(source), start + _SENTENCE)
        for end in _ENDS:  # each looks only nearer than those before; none begins as another one ends
            begin = max(begin, source.rfind(end, begin, start))
            near = source.find(end, start, stop)
            stop = near if near >= 0 else stop
        sentence = source[begin:stop].lower()
        for word in _TIME_WORDS:
            if word in sentence:
                return True
        return _CLOCK.search(sentence) is not None

    def closes_abroad(self, items: Sequence[Found], number: int) -> bool:
        """Whether a country's name closes the address that begins with this item, or one of its units: ``Trùng Khánh, Trung Quốc``."""
        if self._abroad(items[number]):
            return True
        for item in items[number + 1 :]:
            if item.link is None:
                return False
            if self._abroad(item):
                return True
        return False

    def _abroad(self, item: Found) -> bool:
        at = item.last
        if not self.window.capital(at) or self.window.gap(at).strip() not in (",", "(", "-", "–", ""):
            return False
        for length in (3, 2, 1):
            if " ".join(self.marked[at : at + length]) in lexicon.COUNTRIES:
                after = at + length
                return not (self.window.capital(after) and self.window.gap(after) == " ")  # Lào is a country, Lào Cai is not
        return False


def _thing(left: Sequence[str], own: bool) -> str:
    """``scene`` or ``body`` when a noun for a thing or an institution governs the name, with no preposition between.

    `own`: the name stands right behind, so that it would be the thing's own name.
    """
    if own and left:
        if " ".join(left[-2:]) in lexicon.NOT_THINGS:
            return ""
        if left[-1] in lexicon.SCENE_NOUNS:
            return "scene"
        if left[-1] in lexicon.BODY_NOUNS:
            return "body"
    for i in range(len(left) - 1, -1, -1):
        if left[i] in lexicon.LEFT_STOPS and not (left[i] == "tại" and left[max(0, i - 2) : i] == _HIGH_COURT):
            return ""
        if left[i] in lexicon.SCHOOL_NOUNS or " ".join(left[i : i + 2]) in lexicon.BODY_PHRASES:
            return "body"
    return ""


def _is_office(left: Sequence[str]) -> bool:
    if not lexicon.AUTHORITY_WORDS.isdisjoint(left):
        return True
    return any(f"{one} {two}" in lexicon.AUTHORITY_PHRASES for one, two in pairwise(left))
