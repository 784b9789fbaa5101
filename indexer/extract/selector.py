"""A small CSS subset as compiled XPath: ``tag``, ``#id``, ``.class``, ``[attr]``, ``[attr=v]``, ``*=``, ``^=``, ``$=``, descendants, ``@attr`` at the end.

Written so that the family table stays readable without a further dependency.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree

_PART = re.compile(r"""(?P<tag>^[\w*-]+)|\#(?P<id>[\w-]+)|\.(?P<cls>[\w-]+)|\[(?P<attr>[\w:-]+)(?:(?P<op>[*^$]?=)["']?(?P<value>[^\]"']*)["']?)?\]""")


@dataclass(frozen=True, slots=True)
class Selector:
    """One compiled selector. `attribute` is read instead of the text when given."""

    source: str
    find: etree.XPath
    attribute: str | None


@cache
def selector(source: str) -> Selector:
    """Compile ``.cms-date@content``. Raises ValueError for what the subset does not know."""
    css, _, attribute = source.partition("@")
    path = "".join("/descendant::" + _step(step, source) for step in css.split())
    return Selector(source, etree.XPath(f".{path}"), attribute or None)


def _step(step: str, source: str) -> str:
    tag, tests, position = "*", [], 0
    while position < len(step):
        match = _PART.match(step, position) if position else _PART.match(step)
        if match is None:
            raise ValueError(f"selector {source!r}: cannot read {step[position:]!r}")
        if match["tag"]:
            tag = match["tag"]
        else:
            tests.append(_test(match))
        position = match.end()
    return tag + "".join(f"[{test}]" for test in tests)


def _test(match: re.Match[str]) -> str:
    if match["id"]:
        return f"@id='{match['id']}'"
    if match["cls"]:
        return f"contains(concat(' ', normalize-space(@class), ' '), ' {match['cls']} ')"
    attribute, operator, value = match["attr"], match["op"], match["value"]
    if operator is None:
        return f"@{attribute}"
    if operator == "$=":
        return f"substring(@{attribute}, string-length(@{attribute}) - {len(value) - 1}) = '{value}'"
    return f"@{attribute}='{value}'" if operator == "=" else f"{'contains' if operator == '*=' else 'starts-with'}(@{attribute}, '{value}')"
