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

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.segmentation.errors import ModelError
from analyzers.segmentation.model import Pair

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Indices = NDArray[np.intp]

MARGIN = 1e-6
"""Decisions closer than this to a threshold are doubtful, in units of score.

CRFsuite's sums grow by 50 a token at most, so at token n they carry rounding errors of 50 n 2**-53, a few in every
addition. Errors of several tokens add up only along a chain of undecided ones.
"""

MAX_CHAIN = 10_000_000
"""Tokens times longest chain up to which all rounding errors together stay far below MARGIN."""


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
    """`inside`: True where token i has I_W; `doubtful`: tokens whose label may hang on rounding, increasing."""

    inside: Bools
    doubtful: Indices


def decide(d: Floats, breaks: Indices, chain: Chain) -> Labels:
    """Label the tokens of several texts laid end to end, one break before each text and one at the very end.

    `d` has one score difference an entry (at breaks it does not count) and is not changed; `breaks` are the
    indices of the breaks, the first 0 and the last ``len(d) - 1``.
    """
    offset, low, high = chain
    filled = breaks[:-1][np.diff(breaks) > 1]
    firsts, lasts = filled + 1, breaks[1:][np.diff(breaks) > 1] - 1
    inside = d > 2 * high - offset + MARGIN
    unsure = (d >= 2 * low - offset - MARGIN) ^ inside
    unsure[firsts] = unsure[lasts] = True  # nothing comes before the first, and the last has another threshold
    unsure[breaks] = False
    open_ = np.flatnonzero(unsure)
    capped = np.where(inside, high, low)
    capped[breaks] = offset
    totals, longest = _resolve(d, open_, unsure, capped, chain)
    is_last = np.searchsorted(open_, lasts)
    lows, highs = np.full(len(open_), low), np.full(len(open_), high)
    lows[is_last] = highs[is_last] = 0.0
    inside[open_] = totals > highs
    for i in open_[(totals > lows) & (totals <= highs)][::-1].tolist():
        inside[i] = not inside[i + 1]
    if len(d) * longest > MAX_CHAIN:
        return Labels(inside, open_)
    return Labels(inside, open_[np.minimum(abs(totals - lows), abs(totals - highs)) < MARGIN])


def _resolve(d: Floats, open_: Indices, unsure: Bools, capped: Floats, chain: Chain) -> tuple[Floats, int]:
    """Return ``D`` of the tokens `open_` and the length of their longest chain.

    `capped` holds ``clip(D, low, high)`` of all other tokens; those of `open_` are filled in.
    """
    offset, low, high = chain
    totals = d[open_] + (offset - capped[open_ - 1])
    capped[open_] = np.minimum(np.maximum(totals, low), high)
    longest = length = 1
    before = -1
    # Where the predecessor was open too, its clip was not known yet: again, in order.
    again = np.flatnonzero(unsure[open_ - 1])
    for k, i in zip(again.tolist(), open_[again].tolist(), strict=True):
        length = length + 1 if k == before + 1 else 2
        longest, before = max(longest, length), k
        total = float(d[i]) + (offset - float(capped[i - 1]))
        totals[k] = total
        capped[i] = min(max(total, low), high)
    return totals, longest
