"""A small CSS subset over an index of the page.

``tag``, ``#id``, ``.class``, ``[attr]``, ``[attr=v]``, ``*=``, ``^=``, ``$=``, descendants, ``@attr`` at the end.

Written so that the family table stays readable and a page is searched once, not once for each of its 250 selectors:
an XPath for each took 9 ms a page, the index takes under 1 ms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from operator import contains
from typing import cast

from lxml import etree

_PART = re.compile(
    r"""(?P<tag>^[\w*-]+)|\#(?P<id>[\w-]+)|\.(?P<cls>[\w-]+)|\[(?P<attr>[\w:-]+)(?:(?P<op>[*^$]?=)["']?(?P<value>[^\]"']*)["']?)?\]"""
)
_ATTRIBUTES = ("itemprop", "rel", "data-role", "type", "class")
"""Attributes that a selector may ask for beside an id; classes by pattern are rare."""
_CLASSED, _NAMED = etree.XPath("//*[@class]"), etree.XPath("//*[@id]")
_MARKED = etree.XPath("//*[@itemprop or @rel or @data-role or @type or contains(@class, 'MASTERCMS') or contains(@class, 'field-')]")
_TESTS: dict[str, Callable[[str, str], bool]] = {"=": str.__eq__, "*=": contains, "^=": str.startswith, "$=": str.endswith}


class PageIndex:
    """Elements of a page by what selectors ask for; in document order, hidden ones included."""

    def __init__(self, root: etree._Element) -> None:
        self.by_class: dict[str, list[etree._Element]] = defaultdict(list)
        self.by_id: dict[str, list[etree._Element]] = defaultdict(list)
        self.by_attribute: dict[str, list[etree._Element]] = defaultdict(list)
        self._root = root
        for element in cast("list[etree._Element]", _CLASSED(root)):
            for token in element.get("class", "").split():
                self.by_class[token].append(element)
        for element in cast("list[etree._Element]", _NAMED(root)):
            self.by_id[element.get("id", "")].append(element)
            self.by_attribute["id"].append(element)
        for element in cast("list[etree._Element]", _MARKED(root)):
            for name in _ATTRIBUTES:
                if element.get(name) is not None:
                    self.by_attribute[name].append(element)

    def by_tag(self, tag: str) -> list[etree._Element]:
        """All elements of a tag."""
        return list(self._root.iter(tag))


@dataclass(frozen=True, slots=True)
class Step:
    """Tests on one element: a tag ("" for any), an id, classes, and (attribute, operator, value)."""

    tag: str
    id: str
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str, str], ...]

    def candidates(self, index: PageIndex) -> Iterable[etree._Element]:
        """Elements that may match, from the narrowest list of the index."""
        if self.id:
            return index.by_id.get(self.id, ())
        if self.classes:
            return min((index.by_class.get(name, []) for name in self.classes), key=len)
        if self.attributes:
            return index.by_attribute.get(self.attributes[0][0], ())
        return index.by_tag(self.tag)

    def matches(self, element: etree._Element) -> bool:
        """Whether one element passes every test."""
        if (self.tag and element.tag != self.tag) or (self.id and element.get("id") != self.id):
            return False
        if self.classes:
            tokens = (element.get("class") or "").split()
            if not all(name in tokens for name in self.classes):
                return False
        for name, operator, value in self.attributes:
            actual = element.get(name)
            if actual is None or (operator and not _TESTS[operator](actual, value)):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Selector:
    """One compiled selector; the last step is the element, those before it are around it. `attribute` is read instead of the text."""

    source: str
    steps: tuple[Step, ...]
    attribute: str | None

    def find(self, index: PageIndex) -> list[etree._Element]:
        """Matching elements in document order."""
        return [element for element in self.steps[-1].candidates(index) if self.steps[-1].matches(element) and self._inside(element)]

    def _inside(self, element: etree._Element) -> bool:
        wanted = list(self.steps[:-1])
        around = element.getparent()
        while wanted and around is not None:
            if wanted[-1].matches(around):
                wanted.pop()
            around = around.getparent()
        return not wanted


@cache
def selector(source: str) -> Selector:
    """Compile ``.cms-date@content``. Raises ValueError for what the subset does not know."""
    css, _, attribute = source.partition("@")
    return Selector(source, tuple(_step(step, source) for step in css.split()), attribute or None)


def _step(step: str, source: str) -> Step:
    tag, name, position = "", "", 0
    classes: list[str] = []
    attributes: list[tuple[str, str, str]] = []
    while position < len(step):
        match = _PART.match(step, position)
        if match is None:
            raise ValueError(f"selector {source!r}: cannot read {step[position:]!r}")
        if match["tag"]:
            tag = match["tag"]
        elif match["id"]:
            name = match["id"]
        elif match["cls"]:
            classes.append(match["cls"])
        else:
            attributes.append((match["attr"], match["op"] or "", match["value"] or ""))
        position = match.end()
    return Step("" if tag == "*" else tag, name, tuple(classes), tuple(attributes))
