"""The parts of the default segmenter: model data, the slow way, normal form, chunks and keys."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analyzers.segmentation import export, get_segmenter, model, nfc, viterbi
from analyzers.segmentation.chunks import LONGEST, find_chunks
from analyzers.segmentation.crfsuite import read_model
from analyzers.segmentation.errors import ModelError
from analyzers.segmentation.exact import INSIDE, ExactTagger
from analyzers.segmentation.keytable import KeyTable
from analyzers.segmentation.rules import apart, may_join
from analyzers.segmentation.syllabify import syllabify
from analyzers.segmentation.tables import TableSegmenter
from tests.analyzers.naughty import ANY_TEXT, ARTICLE, VIETNAMESE_TEXT

pyvi: Any = pytest.importorskip("pyvi.ViTokenizer").ViTokenizer


class TestModel:
    def test_the_data_file_is_what_the_installed_pyvi_gives(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert model.dump(export.installed_model()) == Path(model.DATA_PATH).read_text(encoding="utf-8")
        assert export.main(["--check"]) == 0
        assert "equal to the installed pyvi" in capsys.readouterr().out

    def test_the_export_writes_what_the_check_accepts(self, tmp_path: Path) -> None:
        path = tmp_path / "model.json"
        assert export.main(["--out", str(path), "--check"]) == 1
        assert export.main(["--out", str(path)]) == 0
        assert export.main(["--out", str(path), "--check"]) == 0
        path.write_bytes(path.read_bytes().replace(b"0.1.1", b"0.1.0"))
        assert export.main(["--out", str(path), "--check"]) == 1

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2, "labels": ["B_W", "I_W"]}'])
    def test_a_damaged_model_names_the_command_that_rebuilds_it(self, text: str) -> None:
        with pytest.raises(ModelError, match=r"python -m analyzers\.segmentation\.export"):
            model.parse(text)

    @pytest.mark.parametrize("blob", [b"", b"lCRF" * 20])
    def test_another_kind_of_model_file_is_an_error(self, blob: bytes) -> None:
        with pytest.raises(ModelError, match="not a CRFsuite model"):
            read_model(blob)

    def test_scores_cannot_outgrow_their_integers(self) -> None:
        attributes = model.load().attributes
        most: dict[str, float] = {}
        for name, (begin, inside) in attributes.items():
            family = name.partition("word.lower():")[0] + "lower" if "word.lower():" in name else name
            most[family] = max(most.get(family, 0.0), abs(inside - begin))
        assert sum(most.values()) < 60 < 2**31 * viterbi.UNIT

    def test_thresholds_the_other_way_round_are_an_error(self) -> None:
        with pytest.raises(ModelError, match="need another recurrence"):
            viterbi.Chain.of(((0.0, 0.0), (0.0, 1.0)))


class TestExactly:
    @given(VIETNAMESE_TEXT.map(syllabify))
    @settings(max_examples=100, deadline=None)
    def test_the_slow_way_gives_the_labels_of_the_crf(self, tokens: list[str]) -> None:
        labels = ExactTagger(model.load()).labels(tokens)
        expected = pyvi.model.predict([pyvi.sent2features(tokens, False)])[0] if tokens else []
        assert [model.LABELS[label] for label in labels] == list(expected)

    @given(VIETNAMESE_TEXT)
    @settings(max_examples=100, deadline=None)
    def test_the_explanation_equals_the_fast_path(self, text: str) -> None:
        decisions = ExactTagger(model.load()).explain(syllabify(text))
        assert [decision.joins for decision in decisions] == get_segmenter().segment([text]).joins.tolist()

    def test_an_explanation_names_what_speaks_for_a_word(self) -> None:
        decision = ExactTagger(model.load()).explain(["học", "sinh"])[1]
        assert (decision.token, decision.label, decision.joins) == ("sinh", "I_W", True)
        assert "-1:word.bi_gram()" in {reason.attribute for reason in decision.reasons}

    @given(st.lists(st.lists(st.integers(-60, 60), min_size=1, max_size=12), min_size=1, max_size=4))
    @settings(max_examples=300, deadline=None)
    def test_the_vectorised_viterbi_finds_the_best_path(self, texts: list[list[int]]) -> None:
        """Scores in steps of 0.1, so that chains of undecided tokens are common."""
        transition = model.load().transition
        scores = np.array([round((d / 10 + 0.0123) / viterbi.UNIT) for text in texts for d in text], np.int32)
        firsts = np.cumsum([0, *map(len, texts[:-1])])
        labels = viterbi.decide(scores, firsts, viterbi.Chain.of(transition))
        expected = [label for text in texts for label in best_path([d / 10 + 0.0123 for d in text], transition)]
        assume(not labels.doubtful)
        assert labels.inside.tolist() == expected

    def test_doubtful_decisions_are_taken_the_slow_way(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = []
        original = ExactTagger.labels
        monkeypatch.setattr(viterbi, "MARGIN", 50.0)
        monkeypatch.setattr(ExactTagger, "labels", lambda self, tokens: asked.append(tokens) or original(self, tokens))
        lines = ARTICLE.split("\n")
        assert [*TableSegmenter().tokenize_many(lines)] == [*map(pyvi.tokenize, lines)]
        assert len(asked) == sum(map(bool, lines))

    @given(st.sampled_from(["a", "A", "đ", "Đ", "1", "²", ",", "...", "Ab", "ǅ"]), st.sampled_from(["a", "B", "Đ", "2", "-", "_"]))
    def test_the_bits_of_the_rules_equal_the_rules(self, first: str, second: str) -> None:
        assert may_join(first, second) == (apart(second)[0] & apart(first)[1] == 0)


def best_path(scores: list[float], transition: tuple[tuple[float, float], tuple[float, float]]) -> list[bool]:
    """Viterbi as in a textbook: `scores` speak for label 1, 0 stands for label 0; ties go to label 0."""
    best, sources = (0.0, scores[0]), []
    for score in scores[1:]:
        options = [[best[i] + transition[i][j] for i in (0, 1)] for j in (0, 1)]
        sources.append([int(option[1] > option[0]) for option in options])
        best = (max(options[0]), max(options[1]) + score)
    path = [int(best[1] > best[0])]
    for source in reversed(sources):
        path.append(source[path[-1]])
    return [label == INSIDE for label in reversed(path)]


class TestNormalForm:
    @given(st.text("aăđê\u0301\u0323\u0302\u031b\u0344\u0f73\u0345\u1100\u1161-. \n", max_size=60), st.integers(1, 90))
    @settings(max_examples=200, deadline=None)
    def test_it_equals_unicodedata(self, text: str, times: int) -> None:
        for repeated in (text, text[:4] * times, "".join(letter * times for letter in text[:6])):
            assert nfc(repeated) == unicodedata.normalize("NFC", repeated)

    def test_a_text_in_nfc_is_returned_itself(self) -> None:
        assert nfc(ARTICLE) is ARTICLE


class TestParts:
    def test_all_white_space_is_where_chunks_look_for_it(self) -> None:
        assert max(point for point in range(sys.maxunicode + 1) if chr(point).isspace()) == 0x3000

    def test_all_white_space_separates_chunks(self) -> None:
        for point in range(0x3001):
            text = f"a{chr(point)}b"
            assert [chunk.split() for chunk in find_chunks([text]).texts(np.arange(1))] == [[text.split()[0]]], hex(point)

    @given(st.lists(ANY_TEXT, max_size=4))
    @settings(max_examples=100, deadline=None)
    def test_chunks_are_what_split_finds_and_newlines(self, texts: list[str]) -> None:
        chunks = find_chunks(texts)
        found = chunks.texts(np.arange(len(chunks.starts)))
        assert found == [chunk for text in texts for chunk in re.findall(r"\S+|\n", text)]
        assert [len(re.findall(r"\S+|\n", text)) for text in texts] == np.diff(chunks.bounds).tolist()
        assert chunks.has_key.tolist() == [len(chunk) <= LONGEST and all("\0" < letter < "\ud800" for letter in chunk) for chunk in found]
        assert len({chunk for chunk, key in zip(found, chunks.has_key, strict=True) if key}) == len(
            np.unique(chunks.keys[chunks.has_key], axis=0)
        )

    def test_a_key_table_finds_what_was_added_or_nothing(self) -> None:
        random = np.random.default_rng(1)
        keys = random.integers(1, 1 << 60, (50_000, 4), np.uint64)
        table = KeyTable(len(keys))
        assert not table.find(keys).any()
        numbers = np.concatenate([table.add(keys[:20_000]), table.add(keys[20_000:])])
        assert numbers.tolist() == list(range(1, 50_001))
        found = table.find(keys)
        assert ((found == numbers) | (found == 0)).all()
        assert (found == 0).mean() < 0.01
        assert not table.find(keys + np.uint64(1 << 62)).any()
        table.clear()
        assert not table.find(keys).any()
