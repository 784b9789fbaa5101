"""What is indexed of running text, worked out on numbers, is what its definition on strings gives."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.analyzer import AnalyzedText, Analyzer
from analyzers.keys import folded_key
from engine.codes import MOST, encode
from engine.running import Running, first_places
from engine.schema import pairs
from tests.analyzers.naughty import NAUGHTY

PIECES = (
    "xã họp",
    "Xã hợp",
    "học sinh",
    "học sinh giỏi",
    "thị xã An Khê",
    "nông thôn mới",
    "R'Lấp",
    "\ufdfa",
    "𝟘x",
    "1.234,5",
    "x",
    "\n",
    "",
)
TEXT = st.builds(" ".join, st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=8))


@cache
def analyzer() -> Analyzer:
    return Analyzer()


def pairs_by_definition(zones: list[AnalyzedText]) -> str:
    for zone in zones:
        assert pairs([*zone.folded]) == [f"{left}_{right}" for left, right in pairwise(zone.folded)]  # as queries ask for them
    tokens = " ".join(f"{left}_{right}" for zone in zones for left, right in pairwise(zone.folded)).split(" ")
    return " ".join(dict.fromkeys(tokens))


def readings_by_definition(zones: list[AnalyzedText]) -> str:
    title, lead, body = zones
    neighbours = [both for zone in (title, lead) for both in pairwise(zone.marked)]
    neighbours += [both for first, last in body.words for both in pairwise(body.marked[first:last])]
    return " ".join(dict.fromkeys(f"{folded_key(one)}_{folded_key(other)}={one}_{other}" for one, other in neighbours))


@given(st.lists(TEXT, min_size=3, max_size=3))
@settings(max_examples=200, deadline=None)
def test_pairs_readings_and_codes(texts: list[str]) -> None:
    zones = analyzer().analyze_all(texts)
    running = Running(zones)
    assert running.pairs() == pairs_by_definition(zones)
    assert running.readings() == readings_by_definition(zones)
    assert running.codes() == encode([zone.marked for zone in zones])


def test_strange_texts() -> None:
    for text in NAUGHTY:
        zones = analyzer().analyze_all([text, "", f"{text}\n{text}"])
        running = Running(zones)
        found = running.pairs(), running.readings(), running.codes()
        assert found == (pairs_by_definition(zones), readings_by_definition(zones), encode([zone.marked for zone in zones]))


@pytest.mark.parametrize("title", [3, MOST + 5])
def test_codes_of_a_long_text_end(title: int) -> None:
    zones = analyzer().analyze_all(["xã " * title, "", "họp " * (MOST + 10)])
    assert Running(zones).codes() == encode([zone.marked for zone in zones])
    assert len(Running(zones).codes()) == 4 * (MOST + 1)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=60), st.sampled_from([10, 1 << 31]))
def test_first_places(both: list[tuple[int, int]], numbers: int) -> None:
    """Also with more numbers than go into one with their places."""
    left, right = np.array(both, np.int32).reshape(-1, 2).T
    expected = [at for at, pair in enumerate(both) if pair not in both[:at]]
    assert first_places(left, right, numbers).tolist() == expected
