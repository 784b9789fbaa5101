"""Properties that hold for every text: spans, order, determinism, time that grows with the text and no faster."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.places import PlaceFinder, load
from analyzers.places.spelling import folded_name, name_key, slug
from tests.analyzers.test_places_tagger import analyzed
from tests.cost import seconds

FINDER = PlaceFinder()
NAMES = [unit.name for unit in load().at(date(2023, 6, 1))][::37]
PIECES = st.sampled_from(
    [
        *NAMES[:120],
        "xã", "phường", "Thị trấn", "huyện", "TX.", "TP", "tỉnh", "các xã:", "quận 1", "P5", "Q.", "Thành ủy", "trú tại", "từ",
        "đến", "ở", "Nguyễn Văn A", "Trung Quốc", "Công an", "ngày 5/6", "(", ")", ",", " - ", "\n", ". ", "'", "Đ", "Ð", "\u200b",
        "1.234,5", "😀", "và", "cũ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60)
DAYS = st.sampled_from([None, date(2004, 1, 1), date(2017, 6, 1), date(2025, 6, 30), date(2025, 7, 1), date(2030, 1, 1)])


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS, TEXTS, DAYS)
def test_mentions_slice_to_what_the_text_says(title: str, lead: str, body: str, on: date | None) -> None:
    """Spans lie inside their text, start and end on syllables, are ordered and do not overlap; the chosen unit is a candidate."""
    texts = [analyzed(title), analyzed(lead), analyzed(body)]
    analysis = FINDER.find(texts, on)
    done = (0, 0)
    for mention in analysis.mentions:
        text = texts[mention.text]
        assert (mention.text, mention.start) >= done
        assert mention.start in text.starts
        assert mention.end in text.ends
        assert text.text[mention.start : mention.end].strip()
        assert mention.unit is None or mention.unit in mention.candidates
        done = (mention.text, mention.end)


@settings(deadline=None, max_examples=60)
@given(TEXTS, DAYS)
def test_the_same_text_gives_the_same_answer(text: str, on: date | None) -> None:
    texts = [analyzed(text), analyzed(""), analyzed(text)]
    assert FINDER.find(texts, on) == FINDER.find(texts, on)


@settings(deadline=None, max_examples=60)
@given(TEXTS, DAYS)
def test_places_are_units_with_paths_that_lead_to_them(text: str, on: date | None) -> None:
    for place in FINDER.find([analyzed(text), analyzed(""), analyzed("")], on).places:
        assert place.unit in {unit.unit for unit in FINDER.gazetteer.bearers(place.path)}
        assert place.paths[-1] == place.path
        assert len(place.paths) == 1 + (place.district is not None) + (place.commune is not None)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_name_keys_are_idempotent(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert folded_name(folded_name(key)) == folded_name(key)


@pytest.mark.parametrize("name", NAMES)
def test_names_fold_to_ascii_slugs(name: str) -> None:
    assert slug(name).replace("-", "").isascii()


def test_work_grows_linearly_with_the_text() -> None:
    """Eight times the text takes about eight times as long: less than 24 times, on a busy machine."""
    piece = "Ngày 5/6, Công an huyện Lâm Hà (Lâm Đồng) bắt đối tượng trú tại xã Tân Hà, các xã: Xuân An, Song An và TP Hà Nội - Hải Phòng. "
    small, large = analyzed(piece * 40), analyzed(piece * 320)
    nothing = analyzed("")
    once, eight = (seconds(partial(FINDER.find, [nothing, nothing, text], date(2017, 6, 1)), times=3) for text in (small, large))
    assert eight < 24 * once
