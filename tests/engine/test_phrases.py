"""Phrases: one definition for all engines."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.memory import phrase_frequency
from engine.phrases import MAX_LAYOUTS, largest_slop, layouts, layouts_count


@pytest.mark.parametrize(
    ("tokens", "keys", "slop", "count"),
    [
        ("a b c", "a b c", 0, 1),
        ("a x b c", "a b c", 0, 0),
        ("a x b c", "a b c", 1, 1),
        ("a x b x c", "a b c", 1, 0),
        ("a x b x c", "a b c", 2, 1),
        ("b a c", "a b c", 9, 0),
        ("a b c a b c", "a b c", 0, 2),
        ("a a b c", "a b c", 1, 1),
        ("a b b c", "a b c", 1, 1),
        ("tin tin tin", "tin tin", 0, 2),
        ("a", "a b", 5, 0),
        ("", "a", 0, 0),
    ],
)
def test_occurrences(tokens: str, keys: str, slop: int, count: int) -> None:
    assert phrase_frequency(tokens.split(), tuple(keys.split()), slop) == count


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), min_size=1, max_size=3), st.integers(0, 3))
def test_an_occurrence_is_some_layout(tokens: list[str], keys: list[str], slop: int) -> None:
    """Counting by positions agrees with laying the keys out in every allowed way."""
    ends = {
        start + offsets[-1]
        for offsets, start in product(layouts(len(keys), slop), range(len(tokens)))
        if start + offsets[-1] < len(tokens) and all(tokens[start + at] == key for at, key in zip(offsets, keys, strict=True))
    }
    assert phrase_frequency(tokens, tuple(keys), slop) == len(ends)


@given(st.integers(1, 5), st.integers(0, 4))
def test_layouts_are_counted(keys: int, slop: int) -> None:
    found = list(layouts(keys, slop))
    assert len(found) == len(set(found)) == layouts_count(keys, slop)


@given(st.integers(1, 40), st.integers(0, 500))
def test_the_allowed_slop_keeps_layouts_bounded(keys: int, slop: int) -> None:
    allowed = largest_slop(keys, slop)
    assert 0 <= allowed <= slop
    assert allowed == 0 or layouts_count(keys, allowed) <= MAX_LAYOUTS
