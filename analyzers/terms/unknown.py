"""Words the table lacks: named in title or lead, repeated in the body, and used there as nouns are.

A crop or a craft that the news of 2017 never wrote about may still be what an article is about. Such a word must earn it: it is no
word of the language known to be no term, is written in lower case, stands at least `LEAST_REPEATS` times in the body, follows a word
that only nouns follow and never one that verbs follow.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from analyzers.analyzer import AnalyzedText
from analyzers.terms.index import Term, TermIndex
from analyzers.terms.model import EARLY, ZONE_WEIGHTS
from analyzers.terms.scan import places, stands_for_lead

LEAST_REPEATS = 3
MOST_SYLLABLES = 4
MOST_LOOKED_UP = 40
"""Words that are looked for in the body, from the top: a junk title of thousands must not cost thousands of searches."""
UNKNOWN_IDF, UNKNOWN_TERMHOOD = 0.6, 0.6
"""As those of a mined term of middling rarity and certainty: what stands out in its own article only does not lead the list."""
BEFORE_NOUNS = frozenset((
    "các", "những", "một", "mỗi", "mọi", "nhiều", "số", "của", "về", "giống", "loại", "cây", "con", "quả", "củ", "món",
    "nghề", "làng", "vùng", "vụ", "hộ", "trồng", "nuôi", "bán",
))  # fmt: skip
BEFORE_VERBS = frozenset((
    "đã", "sẽ", "đang", "không", "chưa", "được", "bị", "phải", "hãy", "rất", "cũng", "đều", "nên", "vẫn", "càng", "hơn", "khá", "quá",
))  # fmt: skip


def unknown_terms(zones: Sequence[AnalyzedText], index: TermIndex, words: Container[str]) -> dict[Term, int]:
    """Terms of this kind in (title, lead, body), with their evidence. `words` are known to be no terms."""
    _, _, body = zones
    found: dict[Term, int] = {}
    seen: dict[str, int] = {}
    for text, limit, weight in _heads(zones):
        marked = text.marked
        for first, last in text.words if limit else ():
            if last > limit:
                break
            if last - first > MOST_SYLLABLES or (value := " ".join(marked[first:last])) in index.terms or value in words:
                continue
            # Both spellings: the list has the usual one, which is nearly always one of them.
            surface = text.text[text.starts[first] : text.ends[last - 1]]
            if _is_common(surface) and surface.lower() not in words and len(seen) < MOST_LOOKED_UP:
                seen[value] = max(seen.get(value, 0), weight)
    for value, weight in seen.items():
        repeats = list(_standing(body, value.split()))
        if len(repeats) >= LEAST_REPEATS and _is_noun(body, repeats):
            found[Term(value, value, UNKNOWN_IDF, UNKNOWN_TERMHOOD, 0, local=False)] = weight + len(repeats)
    return found


def _heads(zones: Sequence[AnalyzedText]) -> tuple[tuple[AnalyzedText, int, int], ...]:
    """Title, lead and what stands for it: the text, where it ends in syllables, and the weight of the zone."""
    title, lead, body = zones
    early = EARLY if stands_for_lead(zones, len(zones) - 1) else 0
    return (title, len(title), ZONE_WEIGHTS[0]), (lead, len(lead), ZONE_WEIGHTS[1]), (body, early, ZONE_WEIGHTS[1])


def _is_common(surface: str) -> bool:
    """Whether a word is written in lower case, its first letter aside."""
    return surface[1:].islower() and surface.replace(" ", "").isalpha()


def _standing(text: AnalyzedText, keys: list[str]) -> Iterator[int]:
    """Yield where `keys` stand in `text`."""
    size = len(keys)
    for at in places(text.marked, keys[0]):
        if text.marked[at : at + size] == keys:
            yield at


def _is_noun(text: AnalyzedText, at: list[int]) -> bool:
    before = {text.marked[first - 1] for first in at if first}
    return not before.isdisjoint(BEFORE_NOUNS) and before.isdisjoint(BEFORE_VERBS)
