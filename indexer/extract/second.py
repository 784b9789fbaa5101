"""A second opinion on pages of no known family: trafilatura, when our own box holds little of the page's prose."""

from __future__ import annotations

from indexer.extract.blocks import Block, fold
from indexer.extract.clean import Cleaned, clean
from indexer.extract.layout import Layout
from indexer.extract.main_content import prose, teasers
from indexer.extract.parse import Parsed

LITTLE = 250
"""Code points of text below which the generic rules are doubted."""
MAX_MARKUP = 600_000
MAX_TAGS = 8000
"""Markup and tags that trafilatura is asked to read: 20–130 ms at 50 kB, more than linear beyond."""


def second_opinion(parsed: Parsed, where: Layout, found: Cleaned, rules: tuple[str, ...]) -> tuple[Cleaned, tuple[str, ...]]:
    """Our paragraphs, or trafilatura's when they hold at least twice the text and ours are few."""
    own = sum(map(len, found.body))
    told = teasers(parsed.blocks)
    everywhere = sum(prose(block) for number, block in enumerate(parsed.blocks) if number not in told)
    enough = own >= LITTLE and own >= 0.4 * everywhere
    if enough or everywhere <= 1.2 * own or len(parsed.markup) > MAX_MARKUP or parsed.markup.count("<") > MAX_TAGS:
        return found, rules
    try:
        from trafilatura import extract  # loads in 0.3 s, and most pages never need it
    except ImportError as error:  # a broken installation costs the second opinion, not the run
        return found, (*rules, f"second opinion missing: {error.name}")
    text = extract(parsed.markup, favor_precision=True, include_comments=False, include_tables=True, deduplicate=False) or ""
    other = clean([Block(line) for raw in text.split("\n") if (line := fold(raw))], where.title)
    if sum(map(len, other.body)) < max(2 * own, 200):
        return found, rules
    other.authors, other.sources, other.dates = found.authors + other.authors, found.sources + other.sources, found.dates
    return other, (*rules, "body:trafilatura")
