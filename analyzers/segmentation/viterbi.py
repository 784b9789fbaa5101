r"""Two-state Viterbi without a loop over the tokens (except the few that need one).

For each token let ``D`` be the best score of a path that ends in I_W minus the best that ends in B_W. Then

    D[i] = d[i] + offset - clip(D[i-1], low, high)

where ``d[i]`` is the difference of the token's own scores and the three constants come from the four transition
weights. The clip is what makes this fast: whatever came before, it moves ``D`` by less than 0.4, so most tokens
are decided by ``d`` alone, and the successor of a decided one needs no chain either.

Going back from the end, a token's best label is I_W above `high`, B_W up to `low`, and in between the opposite of
its successor's. The last token is decided by the sign of ``D``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.segmentation.errors import ModelError
from analyzers.segmentation.model import Pair

Scores = NDArray[np.int32]
Bools = NDArray[np.bool_]
Indices = NDArray[np.intp]

UNIT = 2.0**-23
"""Scores are kept as whole multiples of this: sums of 32-bit integers have room up to 256; this model cannot exceed 60."""

MARGIN = 2e-6
"""Decisions closer than this to a threshold are doubtful; after a chain of n undecided tokens, n times this.

It covers the rounding to UNITs of at most 15 weights a token (9e-7) and CRFsuite's own: its sums grow by at most 50
a token, so that the few additions of token t are off by less than 50 t 2**-50, below 5e-7 up to MAX_TOKENS.
"""

MAX_TOKENS = 10_000_000


class Chain(NamedTuple):
    """The transition weights between two labels as the three constants of the recurrence above."""

    offset: float
    low: float
    high: float

    @classmethod
    def of(cls, transition: tuple[Pair, Pair]) -> Chain:
        """Derive the constants. Raises ModelError for a model whose thresholds are the other way round."""
        (begin_begin, begin_inside), (inside_begin, inside_inside) = transition
        low, high = begin_begin - inside_begin, begin_inside - inside_inside
        if low > high:
            raise ModelError(f"transition weights {transition} need another recurrence: {low} > {high}")
        return cls(begin_inside - inside_begin, low, high)


class Labels(NamedTuple):
    """`inside`: True where token i has I_W; `doubtful`: tokens whose label may hang on rounding."""

    inside: Bools
    doubtful: list[int]


def decide(d: Scores, firsts: Indices, chain: Chain) -> Labels:
    """Label the tokens of several texts laid end to end.

    `d` has the score difference of each token, at least one; `firsts` are the indices of the first token of each
    text, increasing from 0. Every text here has a token.
    """
    offset, low, high = chain
    inside = d > round((2 * high - offset + MARGIN) / UNIT)
    unsure = (d >= round((2 * low - offset - MARGIN) / UNIT)) ^ inside
    unsure[firsts] = unsure[firsts - 1] = True  # nothing comes before the first; the last has another threshold
    (where,) = unsure.nonzero()
    open_ = where.tolist()
    own = zip(open_, (d[where] * UNIT).tolist(), inside[where - 1].tolist(), strict=True)
    lasts = {len(d) - 1, *(firsts - 1).tolist()}
    totals, doubtful = _forward(own, {*firsts.tolist()}, lasts, chain)
    inside[where] = _backward(open_, totals, inside, lasts, chain)
    return Labels(inside, open_ if len(d) > MAX_TOKENS else doubtful)


def _forward(own: Iterable[tuple[int, float, bool]], firsts: set[int], lasts: set[int], chain: Chain) -> tuple[list[float], list[int]]:
    """Return ``D`` of all open tokens, and the tokens whose ``D`` is too close to a threshold.

    `own`: for each open token its index, its ``d`` and whether the token before has I_W, if that is not open too.
    """
    offset, low, high = chain
    totals: list[float] = []
    doubtful: list[int] = []
    total, before, margin = 0.0, -1, MARGIN
    for i, score, follows_inside in own:
        if i - 1 == before and i not in firsts:
            margin += MARGIN
            total = score + (offset - min(max(total, low), high))
        else:
            margin = MARGIN
            total = score if i in firsts else score + (offset - (high if follows_inside else low))
        if abs(total) < margin if i in lasts else abs(total - low) < margin or abs(total - high) < margin:
            doubtful.append(i)
        totals.append(total)
        before = i
    return totals, doubtful


def _backward(open_: list[int], totals: list[float], inside: Bools, lasts: set[int], chain: Chain) -> list[bool]:
    """Return the labels of the tokens `open_`, True for I_W; `inside` has those of all others."""
    labels: list[bool] = []
    label, after = False, -1
    for i, total in zip(reversed(open_), reversed(totals), strict=True):
        if i in lasts:
            label = total > 0.0
        elif total > chain.high:
            label = True
        elif total <= chain.low:
            label = False
        else:
            label = not (label if i + 1 == after else inside[i + 1])
        labels.append(label)
        after = i
    labels.reverse()
    return labels
