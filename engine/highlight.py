"""Highlighting: where the keys of a query stand in a stored text.

Vietnamese text in NFC folds letter by letter (``ổ`` -> ``o``, ``đ`` -> ``d``), so a folded copy, a byte for each code
point, has the same length as the text, and a plain search in it gives offsets of the text itself. That is much cheaper
than analysing ten articles again, and agrees with the analyzer because every match is checked by its keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.coordinate import turns
from analyzers.keys import INVISIBLE, bare_spellings, folded_key, marked_key
from analyzers.segmentation.chunks import code_points
from analyzers.syllables import SYLLABLE
from analyzers.units import units
from engine.other_words import APART, Range, Whole, paired, side_by_side, without_accidents
from engine.query.nodes import Match

MAX_MATCHES = 2000
"""Matches of one key looked at in one text: a word in every line of a 1 MB text must not cost a second."""
_NOT_ONE_TO_ONE = re.compile(f"[\u0300-\u036f{INVISIBLE}\u2100-\u214f\ufb00-\ufb06\uff00-\uffef]")
_FOLDED_RANGES = (range(0x30, 0x250), range(0x1E00, 0x1F00))
_BETWEEN, _OTHER_LETTER, _ODD = b" ", 1, 2
_LAST_MAPPED = 0xFFFF
_LETTER = re.compile(r"[^\W_]")

Spellings = dict[str, set[str]]
"""Folded key -> the marked keys that are meant by it."""


class Intent(NamedTuple):
    """What an article tells about a query: the `spellings` meant by syllables typed without marks, and the folded keys of syllables
    that it has side by side as the query does.
    """

    spellings: Spellings
    paired: frozenset[str]


NO_INTENT = Intent({}, frozenset())


def highlight(text: str, matches: Sequence[Match], intent: Intent | None = None) -> list[Range]:
    """Return the half-open ranges of `text` that match, in order, not overlapping.

    `intent` is what the article tells (`intended`); by default what `text` itself does.
    """
    wanted = _wanted(tuple(matches))
    ranges = _all_matching(text, wanted)
    if intent is None:
        intent = _intent([(text, ranges)], wanted)
    ranges = _intended(text, ranges, intent.spellings)
    if not (intent.paired or wanted.whole.of_names):
        return ranges
    return without_accidents(text, ranges, intent.paired, wanted.whole, wanted.following)


def _all_matching(text: str, wanted: _Wanted) -> list[Range]:
    if not text or not (wanted.keys or wanted.units):
        return []
    folded = _folded_copy(text) if wanted.plain else None
    found = _by_tokens(text, wanted.keys) if folded is None else _by_folded_copy(text, folded, wanted)
    if folded is not None and not (wanted.units or wanted.phrases or wanted.prefixes):
        return sorted(found)  # different syllables do not overlap, and each is found once
    return _merged([*found, *_units(text, wanted.units)] if wanted.units else found)


def _units(text: str, wanted: frozenset[str]) -> Iterable[Range]:
    return [(unit.start, unit.end) for unit in units(text) if not wanted.isdisjoint(unit.keys)]


def intended(texts: Iterable[str], matches: Sequence[Match]) -> Intent:
    """What the syllables of a query mean, as far as an article's `texts` show.

    ``thu ngan sach`` matches *thứ* and *thì* of any sentence too, and *sách* of *danh sách*; but where the article says *thu ngân sách*
    in a row, those are what was meant, and only they are marked.
    """
    wanted = _wanted(tuple(matches))
    if not wanted.following:
        return NO_INTENT
    return _intent([(text, _all_matching(text, wanted)) for text in texts], wanted)


def located(title: str, text: str, matches: Sequence[Match]) -> tuple[list[Range], list[Range]]:
    """The ranges of title and text of one article, looked through once; spellings are decided by both."""
    begin = len(title) + len(APART)
    ranges = highlight(f"{title}{APART}{text}", matches)
    in_text = [(start - begin, end - begin) for start, end in ranges if start >= begin]
    return [(start, end) for start, end in ranges if end <= len(title)], in_text


def _intent(texts: Sequence[tuple[str, list[Range]]], wanted: _Wanted) -> Intent:
    """What texts tell in which these ranges match."""
    found: Spellings = {}
    if len(wanted.loose) > 1:
        for text, ranges in texts:
            for i, pair in side_by_side(text, ranges, wanted.following):
                for folded, (start, end) in zip(pair, ranges[i : i + 2], strict=True):
                    found.setdefault(folded, set()).add(marked_key(text[start:end]))
    spellings = _with_meant({key: found[key] for key in wanted.loose if key in found}, texts, wanted)
    meant = ((text, _intended(text, ranges, spellings)) for text, ranges in texts)
    return Intent(spellings, paired(meant, wanted.following))


def _intended(text: str, ranges: list[Range], spellings: Spellings) -> list[Range]:
    """The matches but for those of another spelling than is meant."""
    if not spellings:
        return ranges
    found = []
    for start, end in ranges:
        keys = spellings.get(folded_key(text[start:end]))
        if keys is None or marked_key(text[start:end]) in keys:
            found.append((start, end))
    return found


def _with_meant(spellings: Spellings, texts: Iterable[tuple[str, Sequence[Range]]], wanted: _Wanted) -> Spellings:
    """`spellings`, and where the article leaves a syllable open, the spelling that the query probably meant if the article has it."""
    found = {key: meant for key, meant in wanted.meant.items() if key not in spellings}
    if found:
        there = {marked_key(text[start:end]) for text, ranges in texts for start, end in ranges}
        spellings |= {key: {meant} for key, meant in found.items() if meant in there}
    return spellings


def _loose(matches: Sequence[Match]) -> list[str]:
    """Single syllables typed without marks."""
    return [match.keys[0] for match in matches if len(match.keys) == 1 and not match.marked[0] and not match.prefix]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a query marks, made ready for many texts."""

    keys: tuple[Match, ...]
    units: frozenset[str]
    singles: tuple[tuple[bytes, frozenset[str] | None], ...]
    """Bare spelling of a syllable, and the marked keys that count; None: any."""
    phrases: tuple[tuple[re.Pattern[bytes], Match], ...]
    prefixes: tuple[tuple[bytes, Match], ...]
    loose: tuple[str, ...]
    meant: dict[str, str]
    """Folded keys of loose syllables, and the marked keys that they probably stand for."""
    following: frozenset[tuple[str, str]]
    """Folded keys of syllables that stand side by side in the query."""
    whole: Whole
    plain: bool
    """Whether all keys are of letters and digits that a folded copy shows."""


@lru_cache(256)
def _wanted(matches: tuple[Match, ...]) -> _Wanted:
    row = [match for match in matches if (len(match.keys) == 1 or match.phrase) and not (match.prefix or match.unit or match.other)]
    keys = tuple(match for match in dict.fromkeys(matches) if not match.unit)
    phrases = [match for match in keys if match.phrase and not match.prefix]
    prefixes = [match for match in keys if match.prefix]
    every = [folded_key(key) for match in keys for key in match.keys]
    plain = all(key.isascii() and key.isalnum() for key in every)
    return _Wanted(
        keys,
        frozenset(match.keys[0] for match in matches if match.unit),
        tuple(_singles([match for match in keys if not match.phrase and not match.prefix])) if plain else (),
        tuple((_phrase_pattern(match), match) for match in phrases) if plain else (),
        tuple((folded_key(match.keys[0]).encode(), match) for match in prefixes) if plain else (),
        tuple(_loose(keys)),
        {match.keys[0]: match.meant for match in keys if match.meant is not None},
        frozenset(_following(row)),
        _whole(keys),
        plain,
    )


def _whole(matches: Sequence[Match]) -> Whole:
    """The syllables that are only looked for as parts of words, or of names; not those that are looked for by themselves too."""
    words, names = ({folded_key(match.keys[0]) for match in matches if match.part == kind} for kind in ("word", "name"))
    alone = {folded_key(key) for match in matches if match.part is None and not match.phrase and not match.prefix for key in match.keys}
    begun = tuple(folded_key(match.keys[0]) for match in matches if match.prefix)
    alone |= {key for key in words | names if key.startswith(begun)}
    return Whole(frozenset(words - alone), frozenset(names - words - alone))


def _following(row: Sequence[Match]) -> Iterator[tuple[str, str]]:
    """Folded keys of the neighbours in a row of syllables; those of a word that means the same turned around also so.

    A phrase is one where a name was typed joined (*Bà Rịa-Vũng Tàu*, *Ea H'leo*): its ends are neighbours of the other parts.
    """
    for left, right in pairwise(row):
        if (left.phrase or right.phrase) and not (left.part or right.part):
            continue
        first, second = folded_key(left.keys[-1]), folded_key(right.keys[0])
        yield first, second
        if left.part == right.part == "word" and turns(*(match.meant or match.keys[0] for match in (left, right))):
            yield second, first


def _singles(matches: Sequence[Match]) -> Iterator[tuple[bytes, frozenset[str] | None]]:
    found: dict[str, frozenset[str] | None] = {}
    for match in matches:
        for key, marked in zip(match.keys, match.marked, strict=True):
            folded = folded_key(key)
            known = found.get(folded, frozenset())
            found[folded] = None if known is None or not marked else known | {key}
    for folded, keys in found.items():
        for spelling in bare_spellings(folded):
            yield spelling.encode(), keys


def _phrase_pattern(match: Match) -> re.Pattern[bytes]:
    parts = ["|".join(bare_spellings(folded_key(key))) for key in match.keys]
    return re.compile((" " + " {1,8}".join(f"(?:{part})" if "|" in part else part for part in parts) + "(?= )").encode())


@cache
def _table() -> NDArray[np.uint8]:
    """Code point -> the byte that stands for it in a folded copy."""
    table = np.full(_LAST_MAPPED + 1, ord(_BETWEEN), np.uint8)
    every = "".join(map(chr, range(_LAST_MAPPED + 1)))
    table[[found.start() for found in _LETTER.finditer(every)]] = _OTHER_LETTER
    for code in (code for codes in _FOLDED_RANGES for code in codes if chr(code).isalnum()):
        folded = folded_key(chr(code))
        if len(folded) != 1:
            table[code] = _ODD
        elif folded.isascii():
            table[code] = ord(folded)
    table[[found.start() for found in _NOT_ONE_TO_ONE.finditer(every)]] = _ODD
    return table


def _folded_copy(text: str) -> bytes | None:
    """A byte for each code point of `text`, and a blank at either end; None when it does not fold letter by letter."""
    units_of_two = text.encode("utf-16-le", "surrogatepass")
    if len(units_of_two) == 2 * len(text):
        points = np.frombuffer(units_of_two, "<u2")  # nearly every text, in half the time
    else:
        points = code_points(text)
        beyond = points > _LAST_MAPPED
        if any(chr(point).isalnum() for point in np.unique(points[beyond]).tolist()):
            return None
        points = np.where(beyond, ord(_BETWEEN), points)
    folded: bytes = _table().take(points).tobytes()
    return None if _ODD in folded else _BETWEEN + folded + _BETWEEN


def _by_folded_copy(text: str, folded: bytes, wanted: _Wanted) -> Iterator[Range]:
    for spelling, keys in wanted.singles:
        for start, end in islice(_standing(folded, spelling), MAX_MATCHES):
            if keys is None or marked_key(text[start:end]) in keys:
                yield start, end
    for begun, match in wanted.prefixes:
        for start, end in islice(_beginning(folded, begun), MAX_MATCHES):
            if not match.marked[0] or marked_key(text[start:end]).startswith(match.keys[0]):
                yield start, end
    for pattern, match in wanted.phrases:
        for found in islice(pattern.finditer(folded), MAX_MATCHES):
            start, end = found.start(), found.end() - 1
            if not match.marked[0] or tuple(map(marked_key, SYLLABLE.findall(text[start:end]))) == match.keys:
                yield start, end


def _standing(folded: bytes, spelling: bytes) -> Iterator[Range]:
    """Where a syllable stands, as a range of the text."""
    needle = _BETWEEN + spelling + _BETWEEN
    at = folded.find(needle)
    while at >= 0:
        yield at, at + len(spelling)
        at = folded.find(needle, at + len(spelling) + 1)


def _beginning(folded: bytes, begun: bytes) -> Iterator[Range]:
    """Where a syllable stands that begins so, as a range of the text."""
    needle = _BETWEEN + begun
    at = folded.find(needle)
    while at >= 0:
        end = folded.find(_BETWEEN, at + 1)
        yield at, end - 1
        at = folded.find(needle, end)


def _by_tokens(text: str, matches: Sequence[Match]) -> Iterable[Range]:
    """The same by analysing the text: for the few with letters that do not fold one to one."""
    tokens = [(found.start(), found.end(), found.group()) for found in SYLLABLE.finditer(text)]
    for match in matches:
        wanted = match.keys
        keys = [(marked_key if match.marked[0] else folded_key)(surface) for _, _, surface in tokens]
        size = len(wanted) if match.phrase else 1
        for i in range(len(tokens) - size + 1):
            here = tuple(keys[i : i + size])
            if (here == wanted) if match.phrase else any(here[0].startswith(w) if match.prefix else here[0] == w for w in wanted):
                start, end = tokens[i][0], tokens[i + size - 1][1]
                if APART not in text[start:end]:
                    yield start, end


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """Order ranges and join those that overlap."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def adjoined(text: str, ranges: Sequence[Range]) -> list[Range]:
    """Join matches that only a space parts, so that ``thu ngân sách`` is marked as one."""
    joined: list[Range] = []
    for start, end in ranges:
        if joined and text[joined[-1][1] : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
