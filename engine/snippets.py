"""Snippets: the passages of a stored text that answer the query, with what matched.

Vietnamese text in NFC folds letter by letter (``ổ`` -> ``o``, ``đ`` -> ``d``), so a folded copy has the same
length as the text and a plain search in it gives offsets of the text itself. That is much cheaper than
analysing ten articles again, and agrees with the analyzer because every match is checked by its keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from analyzers.keys import INVISIBLE, folded_key, marked_key
from analyzers.syllables import SYLLABLE
from engine.model import Snippet
from engine.query.plan import Match

SNIPPET_CHARS = 220
"""Length aimed at, in code points; a snippet ends at a word."""
MAX_MATCHES = 2000
"""Matches of one key looked at in one text: a word in every line of a 1 MB text must not cost a second."""
STARTS_PER_WORD = 25
"""Matches of one word tried as the start of a passage: a rare word at the end of a long text still gets its passage."""
_NOT_ONE_TO_ONE = re.compile(f"[\u0300-\u036f{INVISIBLE}\u2100-\u214f\ufb00-\ufb06\uff00-\uffef]")
_FOLD = {
    ord(char): folded
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
    if (char := chr(code)).isalpha() and len(folded := folded_key(char)) == 1
}

Range = tuple[int, int]


def highlight(text: str, matches: Sequence[Match]) -> list[Range]:
    """Return the half-open ranges of `text` that match, in order, not overlapping."""
    ranges: list[Range] = []
    if not matches or not text:
        return ranges
    return _merged(_by_tokens(text, matches) if _NOT_ONE_TO_ONE.search(text) else _by_folded_copy(text, matches))


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
            found.append((_whole(re.escape(folded_key(match.keys[0])) + r"[^\W_]*"), _prefix_accepts(match)))
        elif match.phrase:
            body = r"[\W_]{1,8}".join(re.escape(folded_key(key)) for key in match.keys)
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
    pattern = _whole("|".join(re.escape(key) for key in sorted(wanted, key=len, reverse=True)))
    if all(keys is None for keys in wanted.values()):
        return pattern, None
    return pattern, lambda surface, folded: (keys := wanted[folded]) is None or marked_key(surface) in keys


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


def title_snippet(title: str, matches: Sequence[Match]) -> Snippet:
    """The whole title with its matches."""
    return Snippet(title, tuple(adjoined(title, highlight(title, matches))))


def snippets(lead: str, body: str, matches: Sequence[Match], most: int) -> tuple[Snippet, ...]:
    """Return at most `most` passages, in the order of the text; without any match, the beginning."""
    text = f"{lead}\n{body}" if lead and body else lead or body
    ranges = highlight(text, matches)
    if not text or most < 1:
        return ()
    if not ranges:
        return (_cut(text, 0, []),)
    chosen: list[Range] = []
    windows = _windows(text, ranges)
    taken: list[Range] = []
    for start, end in windows:
        if all(end <= first or start >= last for first, last in taken):
            taken.append((start, end))
            chosen.append((start, end))
        if len(chosen) == most:
            break
    return tuple(_window(text, start, end, ranges) for start, end in sorted(chosen))


def _windows(text: str, ranges: list[Range]) -> list[Range]:
    """Candidate passages, best first: many different matched words, close together, early in the text."""
    scored: list[tuple[float, int, int]] = []
    for i in _starts(text, ranges):
        start = ranges[i][0]
        begin = _begin(text, start)
        inside = [r for r in ranges[i : i + 40] if r[1] <= begin + SNIPPET_CHARS]
        distinct = len({folded_key(text[a:b]) for a, b in inside})
        close = sum(1 for left, right in pairwise(inside) if right[0] - left[1] <= 1)
        scored.append((-(distinct * 3 + close + 0.1 * len(inside)), begin, _end(text, begin)))
    scored.sort()
    return [(begin, end) for _, begin, end in scored]


def _starts(text: str, ranges: list[Range]) -> list[int]:
    """Indices of the ranges worth starting a passage at."""
    seen: Counter[str] = Counter()
    chosen = []
    for i, (start, end) in enumerate(ranges):
        word = text[start:end].lower()
        seen[word] += 1
        if seen[word] <= STARTS_PER_WORD:
            chosen.append(i)
    return chosen


def _begin(text: str, match: int) -> int:
    """Where a passage holding `match` starts: its sentence, or a few words before it."""
    line = text.rfind("\n", 0, match) + 1
    stops = [text.rfind(stop, line, match) for stop in (". ", "! ", "? ", "; ")]
    sentence = max([line, *(stop + 2 for stop in stops if stop >= 0)])
    if match - sentence <= SNIPPET_CHARS // 3:
        return sentence
    space = text.find(" ", match - SNIPPET_CHARS // 4, match)
    return space + 1 if space >= 0 else match


def _end(text: str, begin: int) -> int:
    """Where a passage that starts at `begin` ends: its paragraph, or a word near SNIPPET_CHARS."""
    line = text.find("\n", begin)
    line = len(text) if line < 0 else line
    if line - begin <= SNIPPET_CHARS:
        return line
    space = text.rfind(" ", begin, begin + SNIPPET_CHARS)
    return space if space > begin else begin + SNIPPET_CHARS


def _cut(text: str, begin: int, ranges: list[Range]) -> Snippet:
    return _window(text, begin, _end(text, begin), ranges)


def _window(text: str, begin: int, end: int, ranges: list[Range]) -> Snippet:
    """The passage with an ellipsis where a sentence is cut, its ranges counted in the passage."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    passage = text[begin:end]
    cut_before = begin > 0 and text[begin - 1] != "\n" and not text[:begin].rstrip().endswith((".", "!", "?", ";"))
    before = "… " if cut_before else ""
    after = " …" if end < len(text) and text[end] != "\n" else ""
    shift = len(before) - begin
    inside = [(start + shift, stop + shift) for start, stop in ranges if start >= begin and stop <= end]
    marked = f"{before}{passage}{after}"
    return Snippet(marked, tuple(adjoined(marked, inside)))


def adjoined(text: str, ranges: Sequence[Range]) -> list[Range]:
    """Join matches that only a space parts, so that ``thu ngân sách`` is marked as one."""
    joined: list[Range] = []
    for start, end in ranges:
        if joined and text[joined[-1][1] : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
