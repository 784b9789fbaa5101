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
from analyzers.units import units
from analyzers.vocabulary import Vocabulary
from engine.codes import MOST, encode
from engine.running import Running, first_places, running
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


def units_by_definition(zones: list[AnalyzedText]) -> str:
    return " ".join(key for zone in zones for unit in units(zone.text) for key in unit.keys)


def by_definition(zones: list[AnalyzedText]) -> Running:
    return Running(
        pairs_by_definition(zones), readings_by_definition(zones), encode([zone.marked for zone in zones]), units_by_definition(zones)
    )


@given(st.lists(TEXT, min_size=3, max_size=3))
@settings(max_examples=200, deadline=None)
def test_pairs_readings_and_codes(texts: list[str]) -> None:
    zones = analyzer().analyze_all(texts)
    assert running([zones]) == [by_definition(zones)]


@given(st.lists(TEXT, min_size=3, max_size=12))
@settings(max_examples=100, deadline=None)
def test_documents_of_a_batch_are_kept_apart(texts: list[str]) -> None:
    texts = texts[: len(texts) // 3 * 3]
    every = analyzer().analyze_all(texts)
    documents = [every[at : at + 3] for at in range(0, len(every), 3)]
    assert running(documents) == [by_definition(zones) for zones in documents]


def test_documents_of_several_vocabularies(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Xã họp", "", "Xã họp về nông thôn mới"]
    documents = []
    for _ in range(3):
        monkeypatch.setattr("analyzers.vocabulary._shared", Vocabulary())
        documents += [analyzer().analyze_all(texts), analyzer().analyze_all(["Thị xã", "học sinh giỏi", ""])]
    assert running(documents) == [by_definition(zones) for zones in documents]
    assert running([]) == []


def test_strange_texts() -> None:
    for text in NAUGHTY:
        zones = analyzer().analyze_all([text, "", f"{text}\n{text}"])
        assert running([zones]) == [by_definition(zones)]


@pytest.mark.parametrize("title", [3, MOST + 5])
def test_codes_of_a_long_text_end(title: int) -> None:
    zones = analyzer().analyze_all(["xã " * title, "", "họp " * (MOST + 10)])
    (found,) = running([zones])
    assert found.codes == encode([zone.marked for zone in zones])
    assert len(found.codes) == 4 * (MOST + 1)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=60), st.sampled_from([10, 1 << 31]), st.integers(1, 30))
def test_first_places(both: list[tuple[int, int]], numbers: int, size: int) -> None:
    """Also with more numbers than go into one with their places."""
    left, right = np.array(both, np.int32).reshape(-1, 2).T
    owners = np.arange(len(both)) // size
    expected = [at for at, pair in enumerate(both) if pair not in both[at // size * size : at]]
    assert first_places(left, right, owners, numbers).tolist() == expected
