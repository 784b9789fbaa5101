"""Highlighting: where the keys of a query stand in a stored text.

Vietnamese text in NFC folds letter by letter (``ổ`` -> ``o``, ``đ`` -> ``d``), so a folded copy has the same
length as the text and a plain search in it gives offsets of the text itself. That is much cheaper than
analysing ten articles again, and agrees with the analyzer because every match is checked by its keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from analyzers.keys import INVISIBLE, folded_key, marked_key, surface_pattern
from analyzers.syllables import SYLLABLE
from analyzers.units import units
from engine.query.plan import Match

MAX_MATCHES = 2000
"""Matches of one key looked at in one text: a word in every line of a 1 MB text must not cost a second."""
_NOT_ONE_TO_ONE = re.compile(f"[\u0300-\u036f{INVISIBLE}\u2100-\u214f\ufb00-\ufb06\uff00-\uffef]")
_FOLD = {
    ord(char): folded
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
    if (char := chr(code)).isalpha() and len(folded := folded_key(char)) == 1
}

Range = tuple[int, int]
Spellings = dict[str, set[str]]
"""Folded key -> the marked keys that are meant by it."""


def highlight(text: str, matches: Sequence[Match], spellings: Spellings | None = None) -> list[Range]:
    """Return the half-open ranges of `text` that match, in order, not overlapping.

    `spellings` are those `intended` by syllables typed without marks; by default what `text` itself shows.
    """
    ranges = _all_matching(text, matches)
    if spellings is None:
        spellings = _intended(text, ranges, matches)
    if not spellings:
        return ranges
    return [(start, end) for start, end in ranges if _is_intended(text[start:end], spellings)]


def _all_matching(text: str, matches: Sequence[Match]) -> list[Range]:
    if not matches or not text:
        return []
    wanted = {match.keys[0] for match in matches if match.unit}
    matches = [match for match in matches if not match.unit]
    found = _by_tokens(text, matches) if _NOT_ONE_TO_ONE.search(text) else _by_folded_copy(text, matches)
    return _merged([*found, *_units(text, wanted)] if wanted else found)


def _units(text: str, wanted: set[str]) -> Iterable[Range]:
    return [(unit.start, unit.end) for unit in units(text) if not wanted.isdisjoint(unit.keys)]


def intended(texts: Iterable[str], matches: Sequence[Match]) -> Spellings:
    """Which spellings the unmarked syllables of a query mean, as far as an article's `texts` show.

    ``thu ngan sach`` matches *thứ* and *thì* of any sentence too; but where the article says *thu ngân sách* in a
    row, those are what was meant, and only they are marked.
    """
    if len(_loose(matches)) < 2:
        return {}
    found: dict[str, set[str]] = {}
    for text in texts:
        for folded, keys in _intended(text, _all_matching(text, matches), matches).items():
            found.setdefault(folded, set()).update(keys)
    return found


def located(texts: Sequence[str], matches: Sequence[Match]) -> list[list[Range]]:
    """The ranges of every text of one article, each text looked through once; spellings are decided by all of them."""
    every = [_all_matching(text, matches) for text in texts]
    spellings: Spellings = {}
    for text, ranges in zip(texts, every, strict=True):
        for folded, keys in _intended(text, ranges, matches).items():
            spellings.setdefault(folded, set()).update(keys)
    if not spellings:
        return every
    return [
        [(start, end) for start, end in ranges if _is_intended(text[start:end], spellings)]
        for text, ranges in zip(texts, every, strict=True)
    ]


def _intended(text: str, ranges: Sequence[Range], matches: Sequence[Match]) -> Spellings:
    loose = _loose(matches)
    if len(loose) < 2:
        return {}
    following = set(pairwise(match.keys[0] for match in matches if len(match.keys) == 1 and not match.prefix))
    following = {(folded_key(left), folded_key(right)) for left, right in following}
    found: dict[str, set[str]] = {}
    for (start, end), (after, stop) in pairwise(ranges):
        if text[end:after] == " ":
            left, right = text[start:end], text[after:stop]
            if (folded_key(left), folded_key(right)) in following:
                found.setdefault(folded_key(left), set()).add(marked_key(left))
                found.setdefault(folded_key(right), set()).add(marked_key(right))
    return {key: spellings for key, spellings in found.items() if key in loose}


def _loose(matches: Sequence[Match]) -> list[str]:
    """Single syllables typed without marks."""
    return [match.keys[0] for match in matches if len(match.keys) == 1 and not match.marked[0] and not match.prefix]


def _is_intended(surface: str, spellings: Spellings) -> bool:
    wanted = spellings.get(folded_key(surface))
    return wanted is None or marked_key(surface) in wanted


def _by_folded_copy(text: str, matches: Sequence[Match]) -> Iterable[Range]:
    folded = text.translate(_FOLD)
    for pattern, accepts in _patterns(tuple(matches)):
        seen: dict[str, int] = {}
        for found in pattern.finditer(folded):
            start, end = found.span()
            key = found.group()
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > MAX_MATCHES:
                continue
            if accepts is None or accepts(text[start:end], key):
                yield start, end


Accepts = Callable[[str, str], bool]
"""Tells from a surface form and its folded copy whether the marks agree; None where any do."""


@lru_cache(256)
def _patterns(matches: tuple[Match, ...]) -> tuple[tuple[re.Pattern[str], Accepts | None], ...]:
    """One pattern for all single keys, one for each phrase and prefix."""
    singles = [match for match in matches if not match.phrase and not match.prefix]
    found = [_singles(singles)] if singles else []
    for match in matches:
        if match.prefix:
            found.append((_whole(surface_pattern(folded_key(match.keys[0])) + r"[^\W_]*"), _prefix_accepts(match)))
        elif match.phrase:
            body = r"[\W_]{1,8}".join(surface_pattern(folded_key(key)) for key in match.keys)
            found.append((_whole(body), _phrase_accepts(match)))
    return tuple(found)


def _whole(body: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{body})(?![^\W_])")


def _singles(matches: Sequence[Match]) -> tuple[re.Pattern[str], Accepts | None]:
    wanted: dict[str, set[str] | None] = {}
    for match in matches:
        for key, marked in zip(match.keys, match.marked, strict=True):
            folded = folded_key(key)
            if not marked:
                wanted[folded] = None
            elif (keys := wanted.setdefault(folded, set())) is not None:
                keys.add(key)
    pattern = _whole("|".join(surface_pattern(key) for key in sorted(wanted, key=len, reverse=True)))
    if all(keys is None for keys in wanted.values()):
        return pattern, None
    return pattern, lambda surface, folded: (keys := wanted[folded_key(folded)]) is None or marked_key(surface) in keys


def _prefix_accepts(match: Match) -> Accepts | None:
    return (lambda surface, _: marked_key(surface).startswith(match.keys[0])) if match.marked[0] else None


def _phrase_accepts(match: Match) -> Accepts | None:
    if not match.marked[0]:
        return None
    return lambda surface, _: tuple(marked_key(found) for found in SYLLABLE.findall(surface)) == match.keys


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
                yield tokens[i][0], tokens[i + size - 1][1]


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
