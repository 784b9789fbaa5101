"""Snippets: the passages of a stored text that answer the query, with what matched in them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate, pairwise

from analyzers.keys import folded_key
from engine.highlight import adjoined
from engine.model import Snippet
from engine.other_words import Range

SNIPPET_CHARS = 220
"""Length aimed at, in code points; a snippet ends at a word."""
MOST_INSIDE = 40
"""Matches that are counted in one passage."""
FARTHEST = SNIPPET_CHARS // 3
"""From the beginning of a passage to the match that it was chosen for."""
STARTS_PER_WORD = 8
"""Matches of one word tried as the start of a passage: a rare word at the end of a long text still gets its passage."""
_BOUND = re.compile(r"[.!?;] |\n")
"""What a sentence begins behind."""


def running_text(lead: str, body: str) -> str:
    """The text that passages are taken from."""
    return f"{lead}\n{body}" if lead and body else lead or body


def passages(text: str, ranges: list[Range], most: int) -> tuple[Snippet, ...]:
    """Return at most `most` passages of a text, given what matches in it, in its order; without any match, the beginning."""
    if not text or most < 1:
        return ()
    if not ranges:
        return (_cut(text, 0, []),)
    taken: list[Range] = []
    joined = adjoined(text, ranges)
    for first in _beginnings(text, ranges):
        begin, end = _not_within(joined, first, _end(text, first))
        if all(end <= first or begin >= last for first, last in taken):
            taken.append((begin, end))
        if len(taken) == most:
            break
    return tuple(_window(text, start, end, ranges) for start, end in sorted(taken))


def _not_within(joined: list[Range], begin: int, end: int) -> Range:
    """A passage that cuts none of the rows of matches, unless they are long: *Hải quan* is not cut behind *Hải*."""
    for at in {max(bisect_left(joined, (edge, 0)) - 1, 0) for edge in (begin, end)}:
        start, stop = joined[at]
        if stop - start <= FARTHEST:
            begin = start if start < begin < stop else begin
            end = stop if start < end < stop else end
    return begin, end


def _beginnings(text: str, ranges: list[Range]) -> list[int]:
    """Where passages may begin, the best first: many different matched words, close together, early in the text."""
    words = [folded_key(text[start:end]) for start, end in ranges]
    ends = [end for _, end in ranges]
    close = [0, *accumulate(right[0] - left[1] <= 1 for left, right in pairwise(ranges))]
    scored: list[tuple[float, int]] = []
    begin, before = -1, 0
    for i in _starts(words):
        match = ranges[i][0]
        if 0 <= begin >= match - FARTHEST and not _BOUND.search(text, before, match):
            continue  # in the sentence of the start before, whose passage holds it too
        begin, before = _begin(text, match), match
        last = min(i + MOST_INSIDE, bisect_right(ends, begin + SNIPPET_CHARS))
        inside = max(last - i, 0)
        together = close[last - 1] - close[i] if inside else 0
        scored.append((-(len(set(words[i:last])) * 3 + together + 0.1 * inside), begin))
    return [begin for _, begin in sorted(scored)]


def _starts(words: list[str]) -> list[int]:
    """Indices of the matches worth starting a passage at."""
    seen: Counter[str] = Counter()
    chosen = []
    for i, word in enumerate(words):
        seen[word] += 1
        if seen[word] <= STARTS_PER_WORD:
            chosen.append(i)
    return chosen


def _begin(text: str, match: int) -> int:
    """Where a passage holding `match` starts: its sentence, or a few words before it."""
    farthest = max(0, match - FARTHEST)
    begin = 0 if farthest == 0 else -1
    for bound in _BOUND.finditer(text, max(0, farthest - 2), match):
        begin = bound.end()
    if begin >= farthest:
        return begin
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
