"""How a score came about, in lines for a reader.

Engines explain a score as a tree ``{"value", "description", "details", "context"?}``; the JSON has it whole. Here a sum or a term is one
line, the numbers of its formula stand behind it, and a sum of one part is that part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from engine.plan import AllOf, AnyOf, AtLeast, ConstantNode, NumbersNode, PhraseNode, PlanNode, PrefixNode, RangeNode, TermNode

Explanation = dict[str, Any]
_INDENT = "  "
_SUM = re.compile(r"sum of\b")
_SYMBOL = re.compile(r"(\w+)(?:, | \()")
"""What the leaves of a formula begin with: ``n, number of docs …``."""


def described(node: PlanNode) -> str:
    """What a node of a plan adds to a score, for engines that do not say it themselves."""
    match node:
        case TermNode(field, text, weight) if weight:
            return f"{weight:g} × BM25 of {field}:{text}"
        case PhraseNode(field, keys, slop, weight):
            return f'{weight:g} × BM25 of {field}:"{" ".join(keys)}"' + (f"~{slop}" if slop else "")
        case ConstantNode(child, score):
            return f"{score:g} for {_condition(child)}"
        case AnyOf() | AtLeast() | AllOf():
            return "sum of"
        case TermNode() | PrefixNode() | RangeNode() | NumbersNode():
            return f"nothing for {_condition(node)}"


def lines(explanation: Explanation) -> list[str]:
    """The tree in lines, parts indented under their whole."""
    return list(_lines(explanation, ""))


def _condition(node: PlanNode) -> str:
    match node:
        case TermNode(field, text):
            return f"{field}:{text}"
        case PhraseNode(field, keys):
            return f'{field}:"{" ".join(keys)}"'
        case PrefixNode(field, text):
            return f"{field}:{text}*"
        case RangeNode(field, low, high):
            return f"{field}:{low or ''}..{high or ''}"
        case NumbersNode(field, numbers):
            return f"{field}:{'|'.join(map(str, numbers))}"
        case ConstantNode(child):
            return _condition(child)
        case AnyOf(children) | AtLeast(children):
            return " | ".join(map(_condition, children))
        case AllOf(must):
            return " and ".join(map(_condition, must))


def _lines(node: Explanation, indent: str) -> Iterator[str]:
    details: list[Explanation] = node.get("details") or []
    text = str(node["description"]).removesuffix(" ...")
    if _SUM.match(text) and len(details) == 1:
        yield from _lines(details[0], indent)
        return
    symbols = [_SYMBOL.match(str(one["description"])) for one in details if not one.get("details")]
    inline = bool(details) and len(symbols) == len(details) and all(symbols)
    if inline:
        text += ": " + ", ".join(f"{symbol[1]} = {_number(one)}" for symbol, one in zip(symbols, details, strict=True) if symbol)
    yield " ".join((f"{indent}{_number(node)}", text, *node.get("context", ())))
    if not inline:
        for one in details:
            yield from _lines(one, indent + _INDENT)


def _number(node: Explanation) -> str:
    return f"{round(float(node['value']), 4) + 0.0:.4f}".rstrip("0").rstrip(".")  # adding 0 makes 0 of -0
