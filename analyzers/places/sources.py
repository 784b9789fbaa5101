"""The unit a source is at home in: from its host name, from its other articles, and from how its texts speak of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from analyzers.analyzer import AnalyzedText
from analyzers.places.era import EVE, TODAY
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.spelling import slug

_SELF_CUES = frozenset({"ubnd", "hđnd", "bàn", "toàn", "đạo", "mttq", "đoàn", "dân", "phòng", "bộ", "an"})
"""Syllables before a type word that make it mean the source's own unit: ``UBND huyện``, ``trên địa bàn tỉnh``, ``toàn huyện``."""
LEAST_ARTICLES, LEAST_SHARE = 10, 0.6
"""A home is learnt from this many articles about some place, when this share of them lies in one unit."""


HomeOrigin = Literal["setting", "host", "learnt"]


class Home(NamedTuple):
    """The unit a source reports from, and how that is known: set by the owner, by its host's name, or learnt.

    A learnt one says from how many articles about some place, and which share of them lies there.
    """

    path: str
    origin: HomeOrigin
    share: float = 0.0
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Homes:
    """Homes that the owner set: by host (its subdomains too) or by the source's name, in any case."""

    given: Mapping[str, str] = field(default_factory=dict)

    def of(self, gazetteer: Gazetteer, source: str | None, host: str | None) -> Home | None:
        """The home that is set for a source, else the one its host is named after."""
        for name in (*_domains(host or ""), (source or "").casefold()):
            if name in self.given:
                return Home(self.given[name], "setting")
        named = _home_of_host(gazetteer, host) if host else None
        return Home(named, "host") if named else None


def _domains(host: str) -> list[str]:
    """``www.a.b.vn`` -> itself, ``a.b.vn``, ``b.vn``."""
    parts = host.lower().split(".")
    return [".".join(parts[at:]) for at in range(len(parts) - 1)]


def home_from(counts: Mapping[str, int], articles: int) -> Home | None:
    """The finest unit (above the old commune) that holds enough of a source's articles.

    `counts` has the articles about each path and all inside it, `articles` those about any place at all.
    """
    if articles < LEAST_ARTICLES:
        return None
    likely = [path for path, count in counts.items() if path.count("/") < 2 and count >= LEAST_SHARE * articles]
    if not likely:
        return None
    best = max(likely, key=lambda path: (path.count("/"), counts[path], path))
    return Home(best, "learnt", round(counts[best] / articles, 3), articles)


@lru_cache(4096)
def _home_of_host(gazetteer: Gazetteer, host: str) -> str | None:
    return home_of_host(gazetteer, host)


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
