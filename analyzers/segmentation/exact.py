"""The model applied the slow, obvious way: attribute by attribute, in CRFsuite's own order of additions.

This is the oracle of the fast path and its referee: floating-point sums depend on their order, so when a
decision is so close that the order could matter, the fast path asks here. It also explains a decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analyzers.segmentation.model import LABELS, Model, Pair

BEGIN, INSIDE = range(len(LABELS))


class Reason(NamedTuple):
    """What one attribute of a token adds to the scores of its two labels, (B_W, I_W)."""

    attribute: str
    weights: Pair


def reasons(model: Model, tokens: Sequence[str], i: int) -> Iterator[Reason]:
    """Yield what is known of token `i`, in the order of pyvi's `word2features`; false attributes are left out."""
    for attribute in _attributes(model, tokens, i):
        yield Reason(attribute, model.weights(attribute))


def labels(model: Model, tokens: Sequence[str]) -> list[int]:
    """Return BEGIN or INSIDE for each token: the best path of the CRF, ties to BEGIN as in CRFsuite."""
    if not tokens:
        return []
    scores, sources = _score(model, tokens, 0), []
    for i in range(1, len(tokens)):
        begin, inside = _score(model, tokens, i)
        from_begin, from_inside = _best(model, scores, BEGIN), _best(model, scores, INSIDE)
        sources.append((from_begin[1], from_inside[1]))
        scores = (from_begin[0] + begin, from_inside[0] + inside)
    path = [INSIDE if scores[INSIDE] > scores[BEGIN] else BEGIN]
    for source in reversed(sources):
        path.append(source[path[-1]])
    return path[::-1]


def _best(model: Model, scores: Pair, label: int) -> tuple[float, int]:
    """Return the best score of reaching `label` and the label it comes from."""
    begin = scores[BEGIN] + model.transition[BEGIN][label]
    inside = scores[INSIDE] + model.transition[INSIDE][label]
    return (inside, INSIDE) if inside > begin else (begin, BEGIN)


def _score(model: Model, tokens: Sequence[str], i: int) -> Pair:
    begin = inside = 0.0
    for _, weights in reasons(model, tokens, i):
        begin += weights[BEGIN]
        inside += weights[INSIDE]
    return begin, inside


def _attributes(model: Model, tokens: Sequence[str], i: int) -> Iterator[str]:
    token, last = tokens[i], len(tokens) - 1
    yield "bias"
    yield f"word.lower():{token.lower()}"
    yield from _true("", token, ("isupper", "istitle", "isdigit"))
    if i > 0:
        yield from _neighbour("-1:", tokens[i - 1])
        if f"{tokens[i - 1]} {token}".lower() in model.bigrams:
            yield "-1:word.bi_gram()"
        if i > 1 and " ".join(tokens[i - 2 : i + 1]).lower() in model.trigrams:
            yield "-2:word.tri_gram()"
    if i < last:
        yield from _neighbour("+1:", tokens[i + 1])
        if f"{token} {tokens[i + 1]}".lower() in model.bigrams:
            yield "+1:word.bi_gram()"
        if i + 1 < last and " ".join(tokens[i : i + 3]).lower() in model.trigrams:
            yield "+2:word.tri_gram()"


def _neighbour(side: str, token: str) -> Iterator[str]:
    yield f"{side}word.lower():{token.lower()}"
    yield from _true(side, token, ("istitle", "isupper"))


def _true(side: str, token: str, tests: tuple[str, ...]) -> Iterator[str]:
    """Name the tests of `str` that `token` passes. CRFsuite adds weight times 0.0 for the others: nothing."""
    for test in tests:
        if getattr(token, test)():
            yield f"{side}word.{test}()"
