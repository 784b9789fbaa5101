"""The model applied the slow, obvious way: attribute by attribute, in CRFsuite's own order of additions.

This is the oracle of the fast path and its referee: floating-point sums depend on their order, so when a
decision is so close that the order could matter, the fast path asks here. It also explains decisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analyzers.segmentation.model import LABELS, Model, Pair
from analyzers.segmentation.rules import may_join

BEGIN, INSIDE = range(len(LABELS))


class Reason(NamedTuple):
    """What one attribute of a token adds to the scores of its two labels, (B_W, I_W)."""

    attribute: str
    weights: Pair


class Decision(NamedTuple):
    """Why `token` begins a word or joins the token before: the model's `label`, its `reasons`, and the rules."""

    token: str
    label: str
    joins: bool
    reasons: tuple[Reason, ...]


class ExactTagger:
    """Labels sequences of pyvi's tokens."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._words = frozenset(model.bigrams + model.trigrams)

    def labels(self, tokens: Sequence[str]) -> list[int]:
        """Return BEGIN or INSIDE for each token: the best path of the CRF, ties to BEGIN as in CRFsuite."""
        if not tokens:
            return []
        scores, sources = self._score(tokens, 0), []
        for i in range(1, len(tokens)):
            begin, inside = self._score(tokens, i)
            from_begin, from_inside = self._best(scores, BEGIN), self._best(scores, INSIDE)
            sources.append((from_begin[1], from_inside[1]))
            scores = (from_begin[0] + begin, from_inside[0] + inside)
        path = [INSIDE if scores[INSIDE] > scores[BEGIN] else BEGIN]
        for source in reversed(sources):
            path.append(source[path[-1]])
        return path[::-1]

    def explain(self, tokens: Sequence[str]) -> list[Decision]:
        """Return why each token is where it is."""
        decisions = []
        for i, (token, label) in enumerate(zip(tokens, self.labels(tokens), strict=True)):
            joins = label == INSIDE and i > 0 and may_join(tokens[i - 1], token)
            decisions.append(Decision(token, LABELS[label], joins, tuple(self.reasons(tokens, i))))
        return decisions

    def reasons(self, tokens: Sequence[str], i: int) -> Iterator[Reason]:
        """Yield what is known of token `i`, in the order of pyvi's `word2features`; what is false is left out."""
        for attribute in self._attributes(tokens, i):
            yield Reason(attribute, self._model.weights(attribute))

    def _score(self, tokens: Sequence[str], i: int) -> Pair:
        begin = inside = 0.0
        for _, weights in self.reasons(tokens, i):
            begin += weights[BEGIN]
            inside += weights[INSIDE]
        return begin, inside

    def _best(self, scores: Pair, label: int) -> tuple[float, int]:
        """Return the best score of reaching `label` and the label it comes from."""
        begin = scores[BEGIN] + self._model.transition[BEGIN][label]
        inside = scores[INSIDE] + self._model.transition[INSIDE][label]
        return (inside, INSIDE) if inside > begin else (begin, BEGIN)

    def _attributes(self, tokens: Sequence[str], i: int) -> Iterator[str]:
        token, last = tokens[i], len(tokens) - 1
        yield "bias"
        yield f"word.lower():{token.lower()}"
        yield from _true("", token, ("isupper", "istitle", "isdigit"))
        if i > 0:
            yield from _neighbour("-1:", tokens[i - 1])
            if self._is_word(tokens[i - 1 : i + 1]):
                yield "-1:word.bi_gram()"
            if i > 1 and self._is_word(tokens[i - 2 : i + 1]):
                yield "-2:word.tri_gram()"
        if i < last:
            yield from _neighbour("+1:", tokens[i + 1])
            if self._is_word(tokens[i : i + 2]):
                yield "+1:word.bi_gram()"
            if i + 1 < last and self._is_word(tokens[i : i + 3]):
                yield "+2:word.tri_gram()"

    def _is_word(self, tokens: Sequence[str]) -> bool:
        return " ".join(tokens).lower() in self._words


def _neighbour(side: str, token: str) -> Iterator[str]:
    yield f"{side}word.lower():{token.lower()}"
    yield from _true(side, token, ("istitle", "isupper"))


def _true(side: str, token: str, tests: tuple[str, ...]) -> Iterator[str]:
    """Name the tests of `str` that `token` passes. For the others CRFsuite adds a weight times 0.0: nothing."""
    for test in tests:
        if getattr(token, test)():
            yield f"{side}word.{test}()"
