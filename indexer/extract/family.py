"""The family table at work: which families a page may belong to, and what their selectors find on it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lxml import etree

from indexer.extract.selector import PageIndex, Selector, selector

PARTS = ("title", "lead", "body", "author", "date", "source", "category", "drop")


@dataclass(frozen=True, slots=True)
class Family:
    """One block of `families.toml`, selectors compiled."""

    name: str
    detect: tuple[str, ...]
    links: tuple[str, ...]
    selectors: dict[str, tuple[Selector, ...]]

    def find(self, index: PageIndex, part: str) -> list[tuple[Selector, etree._Element]]:
        """Elements that the part's selectors find, in the selectors' order."""
        return [(one, element) for one in self.selectors[part] for element in one.find(index)]


@cache
def families() -> tuple[Family, ...]:
    """All families in the table's order. Raises ValueError for a selector that cannot be read or an unknown key."""
    data = tomllib.loads(resources.files("indexer.extract").joinpath("families.toml").read_text("utf-8"))
    return tuple(_family(name, block) for name, block in data.items())


def _family(name: str, block: dict[str, list[str]]) -> Family:
    unknown = set(block) - {*PARTS, "detect", "links"}
    if unknown:
        raise ValueError(f"families.toml [{name}]: unknown keys {sorted(unknown)}; known are detect, links, {', '.join(PARTS)}")
    return Family(
        name,
        tuple(block["detect"]),
        tuple(block.get("links", ())),
        {part: tuple(selector(css) for css in block.get(part, ())) for part in PARTS},
    )


def candidates(index: PageIndex, generator: str, markup: str) -> tuple[Family, ...]:
    """Families one of whose marks stands on the page, in the table's order; the common names last."""
    names = " ".join((*index.by_class, *index.by_id, generator))
    return tuple(
        family for family in families() if any(mark in names for mark in family.detect) or any(mark in markup for mark in family.links)
    )
