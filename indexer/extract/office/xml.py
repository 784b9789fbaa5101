"""Elements by their local names: both namespaces of OOXML (of ECMA and of ISO) and all prefixes mean the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree


def local(element: etree._Element) -> str:
    """The name without its namespace; "" for what is no element (an entity that is not expanded)."""
    tag = element.tag
    return _name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def get(element: etree._Element | None, name: str) -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of this local name."""
    for one in element if element is not None else ():
        if local(one) == name:
            return one
    return None


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of this local name."""
    for one in element if element is not None else ():
        if local(one) == name:
            yield one
