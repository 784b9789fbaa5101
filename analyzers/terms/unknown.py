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
UNKNOWN_IDF, UNKNOWN_TERMHOOD = 0.6, 0.6
"""As those of a mined term of middling rarity and certainty: what stands out in its own article only does not lead the list."""
BEFORE_NOUNS = frozenset("các những một mỗi mọi nhiều giống cây con quả củ nghề loại món vụ vùng trồng nuôi bán hộ số của về làng".split())
BEFORE_VERBS = frozenset("đã sẽ đang không chưa được bị phải hãy rất cũng đều nên vẫn càng hơn khá quá".split())


def unknown_terms(zones: Sequence[AnalyzedText], index: TermIndex, words: Container[str]) -> dict[Term, int]:
    """Terms of this kind in (title, lead, body), with their evidence. `words` are values of the words known to be no terms."""
    _, _, body = zones
    found: dict[Term, int] = {}
    seen: dict[str, int] = {}
    for value, weight in _heads(zones):
        if value not in index.terms and value not in words:
            seen[value] = max(seen.get(value, 0), weight)
    for value, weight in seen.items():
        repeats = list(_standing(body, value.split()))
        if len(repeats) >= LEAST_REPEATS and _is_noun(body, repeats):
            found[Term(value, value, UNKNOWN_IDF, UNKNOWN_TERMHOOD, local=False)] = weight + len(repeats)
    return found


def _heads(zones: Sequence[AnalyzedText]) -> Iterator[tuple[str, int]]:
    """Words of title and lead in lower case (their first letter aside), with the weight of the zone."""
    for zone, text in enumerate(zones):
        limit = len(text) if zone < len(zones) - 1 else EARLY if stands_for_lead(zones, zone) else 0
        weight = min(ZONE_WEIGHTS[zone : zone + 1] or (1,)) if zone < len(zones) - 1 else ZONE_WEIGHTS[1]
        for first, last in text.words:
            if last > limit:
                break
            if last - first <= MOST_SYLLABLES and _is_plain(text, first, last):
                yield " ".join(text.marked[first:last]), weight


def _is_plain(text: AnalyzedText, first: int, last: int) -> bool:
    """Letters only, and no capital after the first syllable."""
    rest = text.text[text.starts[first + 1] : text.ends[last - 1]]
    return rest.islower() and rest.replace(" ", "").isalpha() and text.text[text.starts[first] : text.ends[first]].isalpha()


def _standing(text: AnalyzedText, keys: list[str]) -> Iterator[int]:
    """Yield where `keys` stand in `text`."""
    size = len(keys)
    for at in places(text.marked, keys[0]):
        if text.marked[at : at + size] == keys:
            yield at


def _is_noun(text: AnalyzedText, at: list[int]) -> bool:
    before = {text.marked[first - 1] for first in at if first}
    return not before.isdisjoint(BEFORE_NOUNS) and before.isdisjoint(BEFORE_VERBS)
