"""The unit a source is at home in: from its host name, from its other articles, and from how its texts speak of themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from analyzers.analyzer import AnalyzedText
from analyzers.places.era import EVE, TODAY
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.model import Place
from analyzers.places.spelling import slug

_SELF_CUES = frozenset({"ubnd", "hđnd", "bàn", "toàn", "đạo", "mttq", "đoàn", "dân", "phòng", "bộ", "an"})
"""Syllables before a type word that make it mean the source's own unit: ``UBND huyện``, ``trên địa bàn tỉnh``, ``toàn huyện``."""
LEAST_ARTICLES, LEAST_SHARE = 10, 0.6
"""A home is learnt from this many articles about some place, when this share of them lies in one unit."""


class LearntHome(NamedTuple):
    """A unit most of a source's articles are about: `share` of `articles`. Shown to the owner, never applied silently."""

    path: str
    share: float
    articles: int


def learn_home(primaries: Iterable[tuple[Place, ...]]) -> LearntHome | None:
    """The finest unit (above the commune) that holds enough of a source's articles; one tuple of primary places an article."""
    counts: Counter[str] = Counter()
    articles = 0
    for places in primaries:
        if places:
            articles += 1
            counts.update({path for place in places for path in place.paths[:2]})
    likely = [path for path, count in counts.items() if articles >= LEAST_ARTICLES and count >= LEAST_SHARE * articles]
    if not likely:
        return None
    best = max(likely, key=lambda path: (path.count("/"), counts[path], path))
    return LearntHome(best, counts[best] / articles, articles)


def home_of_host(gazetteer: Gazetteer, host: str) -> str | None:
    """The path a host is named after: ``daksong.daknong.gov.vn`` -> ``dak-nong/dak-song``, ``baogialai.com.vn`` -> ``gia-lai``."""
    known = _paths_by_run_together_name(gazetteer)
    found: str | None = None
    for part in reversed(host.lower().split(".")):
        name = part.removeprefix("bao").replace("-", "")
        inside = _inside(known.get(name, ()), found)
        if len(inside) == 1:
            found = inside[0]
    return found


def _inside(paths: tuple[str, ...], above: str | None) -> list[str]:
    """Provinces first; once a province is known, only its own districts."""
    if above is None:
        return [path for path in paths if "/" not in path] or list(paths)
    return [path for path in paths if path.startswith(f"{above}/")]


@lru_cache(2)
def _paths_by_run_together_name(gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """Paths of provinces and districts, past and present, by their last part without hyphens."""
    found: dict[str, tuple[str, ...]] = {}
    for day in (EVE, TODAY):
        for unit in gazetteer.at(day):
            if unit.level != "commune":
                path, name = gazetteer.path(unit, day), slug(unit.name).replace("-", "")
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), path)))
    return found


def speaks_of(text: AnalyzedText, kind: str) -> bool:
    """Whether the type word `kind` stands alone behind an office or *địa bàn*, or its party committee is named."""
    words = kind.split(" ")
    marked, size = text.marked, len(words)
    for at in range(1, len(marked) - size + 1):
        if marked[at] != words[0] or marked[at : at + size] != words:
            continue
        after = at + size
        if after < len(marked) and marked[after] == "ủy":
            return True
        named = after < len(marked) and text.text[text.starts[after]].isupper()
        if not named and marked[at - 1] in _SELF_CUES:
            return True
    return False
