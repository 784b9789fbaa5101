"""Spellings read off an index: marks put back, syllables that look mistyped, queries as they may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from analyzers.keyboards import METHODS, typed_as
from analyzers.keys import folded_key, has_marks, marked_key
from engine.model import AnalyzedDocument
from engine.search import Searcher
from engine.spellings import Correction, Spellings
from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.restore import restored
from engine.spellings.rewording import rewordings
from engine.spellings.variants import letter_slips, marked_slips, spellings
from tests.support import make, searcher_over

SENTENCES = (
    "Phường thu ngân sách vượt dự toán nhờ các hộ kinh doanh.",
    "Ngân sách của xã dành cho đường giao thông nông thôn.",
    "Nông thôn mới ở xã có đường giao thông sạch đẹp.",
    "Người dân mua bảo hiểm y tế ở trạm y tế của thị xã An Khê.",
    "Thứ hai hằng tuần, thị xã An Khê họp bàn thu ngân sách.",
    "Hội nghị của đồng bào bàn văn hóa, hòa giải ở cơ sở.",
    "Chị Tèo hát rất hay.",
)
TIMES = 12
"""How often each sentence is in the archive, so that what it says counts as usage."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    texts = [make(f"{n}-{time}", sentence, sentence) for n, sentence in enumerate(SENTENCES) for time in range(TIMES)]
    return searcher_over(tmp_path_factory.mktemp("spellings") / "index", analyzer, texts)


@pytest.fixture
def table(archive: Searcher) -> Spellings:
    return Spellings(archive.index.snapshot())


def corrected(archive: Searcher, text: str) -> list[Correction]:
    return Spellings(archive.index.snapshot()).corrections(archive.index.analyzer.analyzer.analyze(text))


def reworded(archive: Searcher, q: str) -> list[tuple[str, bool]]:
    found = rewordings(q, Spellings(archive.index.snapshot()), archive.index.analyzer.analyzer.analyze)
    return [(one.q, one.sure) for one in found]


# --- variants: pure rules ---


@pytest.mark.parametrize(
    ("folded", "some"),
    [
        ("ba", {"ba", "bà", "bá", "bả", "bã", "bạ"}),
        ("duong", {"đường", "dương", "dưỡng", "đương"}),
        ("ky", {"ky", "kỹ", "kỳ"}),
        ("facebook", {"facebook"}),
    ],
)
def test_spellings_are_what_the_rules_allow(folded: str, some: set[str]) -> None:
    found = spellings(folded)
    assert some <= set(found)
    assert len(found) == len(set(found))


@given(st.sampled_from(["duong", "nghieng", "hoa", "quy", "thuy", "ba", "uyen", "giac", "ky"]))
def test_every_spelling_folds_to_its_key(folded: str) -> None:
    assert {folded_key(key) for key in spellings(folded)} == {folded}
    assert all(marked_key(key) == key for key in spellings(folded))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("tihn", "tinh"), ("tinnh", "tinh"), ("tih", "tinh"), ("tixh", "tich"), ("inh", "tinh")],
)
def test_one_letter_slip_is_undone(typed: str, meant: str) -> None:
    found = list(letter_slips(typed))
    assert meant in found
    assert typed not in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("tỉhn", "tỉnh"), ("tỉnhh", "tỉnh"), ("thểể", "thể"), ("phươg", "phương"), ("hòan", "hòa"), ("đườnng", "đường"), ("tịhc", "tịch")],
)
def test_a_slip_in_a_marked_syllable_keeps_its_tone(typed: str, meant: str) -> None:
    found = marked_slips(marked_key(typed))
    assert meant in found
    assert all(marked_key(key) == key for key in found)


@given(st.text(max_size=60))
def test_variants_take_any_text(text: str) -> None:
    for key in (*spellings(text), *letter_slips(text), *marked_slips(text)):
        assert isinstance(key, str)


# --- marks put back ---


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("thu ngan sach", "thu ngân sách"),
        ("thi xa an khe", "thị xã an khê"),
        ("bao hiem y te", "bảo hiểm y tế"),
        ("duong giao thong nong thon", "đường giao thông nông thôn"),
        ("thu hai", "thứ hai"),
        ("thứ hai", "thứ hai"),
        ("", None),
        ("…", None),
    ],
)
def test_marks_are_put_back_as_neighbours_have_them(table: Spellings, text: str, read: str | None) -> None:
    found = table.readings(text)
    assert (found[0].text if found else None) == read


def test_readings_are_counted_by_a_search(table: Spellings) -> None:
    (best, *others) = table.readings("thu ngan sach")
    assert best.documents == 2 * TIMES
    assert best.share > 0.5
    assert all(other.documents > 0 for other in others)


def test_what_nobody_wrote_stays_as_typed(table: Spellings) -> None:
    assert [(one.text, one.documents) for one in table.readings("zzz wwww")] == [("zzz wwww", 0)]


@given(
    st.lists(st.sampled_from(("thu", "hai", "ngan", "sach", "thi", "xa", "nong", "thôn", "an", "khe")), min_size=1, max_size=5),
    st.integers(1, 7),
)
@settings(deadline=None)
def test_the_likeliest_readings_are_those_of_all_that_there_are(archive: Searcher, keys: list[str], count: int) -> None:
    """Against every product of spellings, scored by itself."""
    lexicon = Lexicon(archive.index.snapshot())
    syllables = [Syllable.of(key) for key in keys]
    found = restored(syllables, lexicon, count)
    every = [tuple(one) for one in product(*([key] if has_marks(key) else lexicon.spellings(key) for key in keys))]
    scores = sorted((_score(row, syllables, lexicon) for row in every), reverse=True)
    assert [path.score for path in found] == pytest.approx(scores[:count])
    assert [path.score for path in found] == pytest.approx([_score(path.keys, syllables, lexicon) for path in found])
    assert len({path.keys for path in found}) == len(found)


def _score(row: Sequence[str], syllables: Sequence[Syllable], lexicon: Lexicon) -> float:
    """Log of the shares of the spellings, and of how much likelier than by chance neighbours are side by side."""
    shares = [
        1.0 if one.typed else lexicon.spellings(one.folded)[key] / sum(lexicon.spellings(one.folded).values())
        for key, one in zip(row, syllables, strict=True)
    ]
    total = sum(map(log, shares))
    for at, both in enumerate(pairwise(row)):
        recorded = lexicon.readings(syllables[at].folded, syllables[at + 1].folded)
        counted = recorded.get(both, 0) / (shares[at] * shares[at + 1])
        total += log((counted + 2) / (sum(recorded.values()) + 2))
    return total


def test_typed_marks_stay(table: Spellings, analyzer: ArticleAnalyzer) -> None:
    assert table.marked(("thứ", "ngân", "sach")) == ("thứ", "ngân", "sách")
    assert table.marked(()) == ()


# --- corrections ---


@pytest.mark.parametrize(
    ("q", "position", "meant", "kind"),
    [
        ("thu ngần sách", 1, "ngân", "marks"),
        ("thu ngna sach", 1, "ngan", "letters"),
        ("thu ngânn sách", 1, "ngân", "letters"),
        ("đường giao thôg", 2, "thông", "letters"),
        ("họp ở thị xã ankhe", 4, "an khe", "space"),
        ("nôngthôn mới", 0, "nông thôn", "space"),
        ("bảohiểmytế", 0, "bảo hiểm y tế", "space"),
        ("ddoongf bào", 0, "đồng", "keyboard"),
        ("d9o6ng2 bào", 0, "đồng", "keyboard"),
    ],
)
def test_a_slip_is_found_with_what_was_meant(archive: Searcher, q: str, position: int, meant: str, kind: str) -> None:
    (found,) = corrected(archive, q)
    assert found.position == position
    assert (found.alternatives[0].text, found.alternatives[0].kind) == (meant, kind)
    assert 0.3 <= found.alternatives[0].weight <= 1


def test_of_two_neighbours_the_likelier_correction_is_kept_unless_both_go_together(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    """*Lại xuất* and *lãi suất* both speak for themselves, *lại suất* is neither; *xã hội* is meant by both of ``xả hôi``."""
    told = {"Lãi suất tăng.": 30, "Hàng lại xuất kho.": 12, "Nhà xã hội mới.": 30, "Xả lũ, hôi tanh.": 4}
    texts = [make(f"{n}-{time}", sentence, sentence) for n, (sentence, times) in enumerate(told.items()) for time in range(times)]
    searcher = searcher_over(tmp_path / "i", analyzer, texts)
    (found,) = corrected(searcher, "lãi xuất")
    assert (found.position, found.alternatives[0].text) == (1, "suất")
    assert [(one.position, one.alternatives[0].text) for one in corrected(searcher, "nhà xả hôi mới")] == [(1, "xã"), (2, "hội")]


@pytest.mark.parametrize(
    "q",
    [
        "thu ngân sách thị xã An Khê", "thu ngan sach thi xa an khe", "bảo hiểm y tế", "hòa giải ở cơ sở", "hoà giải", "Tèo họp bàn",
        "ngân", "15/2024/QĐ-UBND", "2023", "", "…", "10.040 tỷ",
    ],
)  # fmt: skip
def test_what_is_well_typed_is_left_alone(archive: Searcher, q: str) -> None:
    assert corrected(archive, q) == []


@pytest.mark.parametrize("method", METHODS[:2])
def test_every_syllable_typed_with_the_input_method_off_is_read(archive: Searcher, method: str) -> None:
    for word in ("ngân", "đường", "người", "thị"):
        keys = typed_as(word, method)
        (found,) = corrected(archive, keys)
        assert found.alternatives[0].text == word, keys


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_corrections_take_any_text(archive: Searcher, text: str) -> None:
    analyzed = archive.index.analyzer.analyzer.analyze(text)
    for found in Spellings(archive.index.snapshot()).corrections(analyzed):
        assert 0 <= found.position < len(analyzed)
        assert 0 < sum(one.weight for one in found.alternatives) <= 1.01


def test_the_work_does_not_grow_faster_than_the_query(archive: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mistyped syllable costs its own look-ups; counted, not timed."""
    looked = 0
    count = Lexicon._count

    def counting(self: Lexicon, field: str, key: str) -> int:
        nonlocal looked
        looked += 1
        return count(self, field, key)

    monkeypatch.setattr(Lexicon, "_count", counting)
    costs = []
    for times in (4, 8, 16):
        looked = 0
        corrected(archive, " ".join(["thu ngna sach"] * times))
        costs.append(looked)
    assert costs[2] - costs[1] <= 2.2 * (costs[1] - costs[0])


# --- evidence ---


def test_pairs_are_estimated_with_their_marks(archive: Searcher) -> None:
    lexicon = Lexicon(archive.index.snapshot())
    budget = Syllable.of("ngân")
    assert lexicon.together(budget, Syllable.of("sách")) == 3 * TIMES
    assert lexicon.together(budget, Syllable.of("sach")) == 3 * TIMES
    assert lexicon.together(Syllable.of("ngần"), Syllable.of("sách")) < 1
    assert lexicon.together(Syllable.of("sách"), budget) == 0
    assert lexicon.readings("ngan", "sach") == {("ngân", "sách"): 3 * TIMES}
    assert list(lexicon.spellings("thu")) == ["thu", "thứ"]
    assert not has_marks("thu")


# --- queries ---


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("thu ngần sách", ("thu ngân sách", True)),
        ("Thu  Ngna sach", ("Thu  Ngan sach", True)),
        ('"thu ngần sách"', ('"thu ngân sách"', False)),
        ("title:nôngthôn -ngần", ("title:nông thôn -ngần", True)),
        ("ddoongf bào", ("đồng bào", True)),
        ("ngần", ("ngân", False)),
        ("đường giao thôg | nôngthôn", ("đường giao thông | nông thôn", True)),
    ],
)
def test_a_query_keeps_its_shape(archive: Searcher, q: str, first: tuple[str, bool]) -> None:
    assert reworded(archive, q)[0] == first


@pytest.mark.parametrize("q", ["nguồn:ngna", "-ngna", "-title:ngna", "ở:ngna", "thu ngân sách", "", "((", "OR | HOẶC"])
def test_filters_and_what_is_left_out_are_not_respelt(archive: Searcher, q: str) -> None:
    assert reworded(archive, q) == []


@settings(max_examples=40)
@given(st.text(max_size=120))
def test_rewordings_take_any_text(archive: Searcher, q: str) -> None:
    assert q not in [text for text, _ in reworded(archive, q)]


def test_the_projects_own_articles_are_well_typed(seeds: Iterable[AnalyzedDocument], tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    """Titles of the archive itself, asked for as they stand: hardly one is taken for mistyped."""
    documents = list(seeds)
    searcher = searcher_over(tmp_path / "i", analyzer, documents)
    titles = [one.document.title for one in documents]
    assert [title for title in titles if corrected(searcher, title)] == []
