"""tantivy's explanation of a score in plain words, with the names that it does not tell."""

from __future__ import annotations

import re
from math import isclose
from typing import Any

from engine.explanation import described
from engine.plan import AllOf, AnyOf, AtLeast, ConstantNode, PlanNode
from engine.schema import TEXT_FIELDS

_TERM = re.compile(r'(?:Term=)?Term\(field=(\d+), type=Str, "(.*?)"\)')
"""A key as tantivy shows it; the fields of texts come first in the schema, in their order."""
_CONSTANT = "Const"
_PLAIN = {"BooleanClause. sum of ...": "sum of", "TermQuery, product of...": "BM25 of"}


def explained(explanation: dict[str, Any], constants: list[ConstantNode]) -> dict[str, Any]:
    """tantivy's explanation of a score in plain words.

    It tells the number of a field, and of a part that scores the same for every document the score alone: `constants` are those of the
    plan that this document matches, each taken from the list when its place is found.
    """
    text, value = str(explanation["description"]), float(explanation["value"])
    found = {**explanation, "description": _PLAIN.get(text, text)}
    if text == _CONSTANT:
        meant = next((node for node in constants if isclose(node.score, value, rel_tol=1e-4)), None)
        if meant is not None:
            constants.remove(meant)
        found["description"] = described(meant) if meant else "for a condition"
    if "context" in found:
        found["context"] = [_TERM.sub(_named, line) for line in found["context"]]
    if found.get("details"):
        found["details"] = [explained(one, constants) for one in found["details"] if one["value"]]  # conditions that only have to be met
    return found


def constants_of(node: PlanNode) -> list[ConstantNode]:
    """The parts of a plan that score the same for every document."""
    match node:
        case ConstantNode():
            return [node]
        case AnyOf(children) | AtLeast(children):
            return [one for child in children for one in constants_of(child)]
        case AllOf(must, should):
            return [one for child in (*must, *should) for one in constants_of(child)]
        case _:
            return []


def _named(term: re.Match[str]) -> str:
    return f"{TEXT_FIELDS[int(term[1])]}:{term[2]}" if int(term[1]) < len(TEXT_FIELDS) else term[0]
