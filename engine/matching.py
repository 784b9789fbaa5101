"""Which documents a plan finds, without what only ranks them: cheaper to count by than the plan itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import is_

from analyzers.keys import folded_key
from engine.plan import AllOf, AnyOf, AtLeast, ConstantNode, PhraseNode, PlanNode, TermNode
from engine.schema import FOLDED, KEYWORD_FIELDS, PAIR_JOINT, PAIRS, ZONES


def matching(node: PlanNode) -> PlanNode:
    """A node that the same documents match, of weight 0 throughout."""
    match node:
        case TermNode(field, text, weight):
            return TermNode(field, text, 0.0) if weight else node
        case PhraseNode():
            return replace(node, weight=0.0)
        case ConstantNode(child):
            return matching(child)
        case AnyOf(children):
            telling = _telling(children)
            wanted = tuple(map(matching, telling))
            if telling is children and all(map(is_, wanted, children)):
                return node
            return wanted[0] if len(wanted) == 1 else AnyOf(wanted)
        case AtLeast(children, count):
            return AtLeast(tuple(map(matching, children)), count)
        case AllOf(must, _, must_not):
            wanted = tuple(dict.fromkeys(map(matching, needed(must))))
            return wanted[0] if len(wanted) == 1 and not must_not else AllOf(wanted, must_not=tuple(map(matching, must_not)))
        case _:
            return node


def scores(node: PlanNode) -> bool:
    """Whether anything in `node` scores; else all documents that match are equal."""
    match node:
        case ConstantNode():
            return True
        case TermNode(field, _, weight):
            return weight > 0 and field not in KEYWORD_FIELDS
        case PhraseNode(_, _, _, weight):
            return weight > 0
        case AnyOf(children) | AtLeast(children):
            return any(map(scores, children))
        case AllOf(must, should):
            return any(map(scores, must + should))
        case _:
            return False


def needed(must: Sequence[PlanNode]) -> tuple[PlanNode, ...]:
    """Those of several conditions that do not follow from the others: where a pair or a phrase stands, so do its syllables."""
    flat = tuple(_flat(must))
    marked, folded = set[str](), set[str]()
    for node in flat:
        child = _inside(node)
        if isinstance(child, TermNode) and child.field == PAIRS:
            folded.update(child.text.split(PAIR_JOINT))
        elif isinstance(child, AnyOf) and (keys := _phrase_anywhere(child)):
            marked.update(keys)
            folded.update(map(folded_key, keys))
    if not folded:
        return flat
    return tuple(dict.fromkeys(node for node in flat if _anywhere(node, FOLDED) not in folded and _anywhere(node, "") not in marked))


def _flat(must: Sequence[PlanNode]) -> Iterator[PlanNode]:
    for node in must:
        if isinstance(node, AllOf) and not node.must_not:
            yield from _flat(node.must)
        else:
            yield node


def _inside(node: PlanNode) -> PlanNode:
    return node.child if isinstance(node, ConstantNode) else node


def _anywhere(node: PlanNode, suffix: str) -> str | None:
    """The key that a node wants in any zone, without marks when `suffix` says so, and nothing else; None when it wants something else."""
    if not isinstance(node, AnyOf):
        return None
    wanted = {(child.field, child.text) if isinstance(child, TermNode) else None for child in _telling(node.children)}
    one = next(iter(wanted), None)
    return one[1] if one and wanted == {(zone + suffix, one[1]) for zone in ZONES} else None


def _phrase_anywhere(node: AnyOf) -> tuple[str, ...]:
    """The marked keys that a node wants side by side in any zone, and nothing else; none when it wants something else."""
    wanted = {(child.field, child.keys) if isinstance(child, PhraseNode) else None for child in node.children}
    one = next(iter(wanted), None)
    return one[1] if one and wanted == {(zone, one[1]) for zone in ZONES} else ()


def _telling(children: tuple[PlanNode, ...]) -> tuple[PlanNode, ...]:
    """Alternatives without those that others imply: where a spelling stands, its folded key stands too."""
    if not any(isinstance(child, TermNode) and child.field.endswith(FOLDED) for child in children):
        return children
    folded = {(child.field, child.text) for child in children if isinstance(child, TermNode)}

    def implied(child: PlanNode) -> bool:
        return isinstance(child, TermNode) and not child.field.endswith(FOLDED) and (child.field + FOLDED, folded_key(child.text)) in folded

    return tuple(child for child in children if not implied(child))
