"""Which lines of a page may state its date: after the title first, then just above it, then labelled ones below the text."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.dates.line import date_line
from indexer.extract.blocks import Block
from indexer.extract.lexicon import line_kind

_NEVER = frozenset(("footer", "related", "nav", "counter", "comment"))
_ABOVE, _BELOW = 3, 10
"""Blocks above the title and below the text in which a date line may stand."""

Line = tuple[str, str, str]


def visible_lines(blocks: Sequence[Block], title_at: int, first: int, last: int) -> list[Line]:
    """(rule, ISO day, evidence) of date lines, most trustworthy first. `title_at`, `first` and `last` are block numbers of the title and of the text."""
    between = _read(blocks[title_at + 1 : first], 0) if title_at >= 0 else _read(blocks[max(0, first - 5) : first], 2)
    inside = _read(blocks[title_at : title_at + 1], 2) if title_at >= 0 else []
    above = _read(blocks[max(0, title_at - _ABOVE) : title_at][::-1], 2, clock_only=True) if title_at > 0 else []
    below = _read(_until_related(blocks[last + 1 : last + 1 + _BELOW]), 3)
    return [*between, *inside, *above, *below]


def _read(blocks: Sequence[Block], strength: int, clock_only: bool = False) -> list[Line]:
    found: list[tuple[int, Line]] = []
    for block in blocks:
        if block.zone in _NEVER or (clock_only and block.zone in ("aside",)):
            continue
        line = date_line(block.text)
        if line is not None and line.strength >= strength:
            found.append((-line.strength, ("visible-date", line.iso, line.evidence)))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _until_related(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if line_kind(block.text) in ("related", "comments") or block.zone in ("related", "comment"):
            break
        kept.append(block)
    return kept
