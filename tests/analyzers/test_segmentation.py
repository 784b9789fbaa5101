"""Segmentation: every segmenter says exactly what pyvi says, and knows where."""

from __future__ import annotations

import json
import lzma
import re
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzers.segmentation import (
    SEGMENTERS,
    NotNormalizedError,
    Segmenter,
    SegmenterUnavailableError,
    UnknownSegmenterError,
    Word,
    get_segmenter,
    nfc,
    tables,
)
from analyzers.segmentation.errors import AlignmentError
from analyzers.segmentation.pyvi import align
from analyzers.segmentation.syllabify import syllabify
from benchmarks import compare_pyvi
from tests.analyzers.naughty import ANY_TEXT, ARTICLE, LONG, NAUGHTY, SENTENCE, SURROGATES, TRICKY

pyvi: Any = pytest.importorskip("pyvi.ViTokenizer").ViTokenizer


@pytest.fixture(scope="module", params=list(SEGMENTERS))
def segmenter(request: pytest.FixtureRequest) -> Segmenter:
    """Each segmenter in turn: they keep one contract."""
    return get_segmenter(request.param)


def shown(text: str, segments: Any) -> str:
    """Write the only text of `segments` in pyvi's format, from its offsets alone."""
    tokens = [text[start:end] for start, end in zip(segments.starts, segments.ends, strict=True)]
    written = "".join(("_" if join else " ") + token for join, token in zip(segments.joins, tokens, strict=True))
    return written[1:] if tokens else text


class TestSameAsPyvi:
    @pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text[:20]))
    def test_naughty_strings_come_out_as_from_pyvi(self, text: str) -> None:
        assert get_segmenter().tokenize(text) == pyvi.tokenize(text)

    def test_many_texts_in_one_call_do_not_influence_each_other(self) -> None:
        texts = [*NAUGHTY, *reversed(NAUGHTY)]
        assert [*get_segmenter().tokenize_many(texts)] == [*map(pyvi.tokenize, texts)]

    @given(ANY_TEXT)
    @example("\0")
    @settings(max_examples=400, deadline=None)
    def test_any_string_comes_out_as_from_pyvi(self, text: str) -> None:
        assert get_segmenter().tokenize(text) == pyvi.tokenize(text)

    @given(st.lists(ANY_TEXT, max_size=6))
    @settings(max_examples=100, deadline=None)
    def test_any_batch_comes_out_as_from_pyvi(self, texts: list[str]) -> None:
        assert [*get_segmenter().tokenize_many(texts)] == [*map(pyvi.tokenize, texts)]

    @given(TRICKY)
    @settings(max_examples=400, deadline=None)
    def test_the_tokens_are_those_of_pyvis_pattern(self, text: str) -> None:
        normal, tokens = pyvi.sylabelize(text)
        assert syllabify(normal) == tokens

    def test_an_article_comes_out_as_from_pyvi_whole_and_by_lines(self) -> None:
        lines = ARTICLE.split("\n")
        assert get_segmenter().tokenize(ARTICLE) == pyvi.tokenize(ARTICLE)
        assert [*get_segmenter().tokenize_many(lines)] == [*map(pyvi.tokenize, lines)]

    def test_news_comes_out_as_from_pyvi(self, shared: Path) -> None:
        with lzma.open(shared / "corpus" / "baomoi2017.jsonl.xz", "rt", encoding="utf-8") as file:
            documents = [json.loads(line) for line in islice(file, 60)]
        texts = [text for document in documents for text in (document["title"], document["text"])]
        assert [*get_segmenter().tokenize_many(texts)] == [*map(pyvi.tokenize, texts)]

    def test_treebank_sentences_come_out_as_from_pyvi(self, shared: Path) -> None:
        lines = (shared / "eval" / "segmentation" / "dev.raw.txt").read_text(encoding="utf-8").split("\n")
        assert [*get_segmenter().tokenize_many(lines)] == [*map(pyvi.tokenize, lines)]


class TestContract:
    @pytest.mark.parametrize("text", [nfc(text) for text in NAUGHTY if text not in LONG], ids=lambda text: ascii(text[:20]))
    def test_offsets_cover_all_of_a_text_but_white_space(self, segmenter: Segmenter, text: str) -> None:
        segments = segmenter.segment([text])
        covered = np.zeros(len(text), np.intp)
        for start, end in zip(segments.starts, segments.ends, strict=True):
            covered[start:end] += 1
        assert covered.tolist() == [int(not character.isspace() or character == "\n") for character in text]
        assert shown(text, segments) == pyvi.tokenize(text)

    @given(st.lists(ANY_TEXT.map(nfc), max_size=5))
    @settings(max_examples=60, deadline=None)
    def test_offsets_of_several_texts_point_into_the_joined_text(self, segmenter: Segmenter, texts: list[str]) -> None:
        segments, joined, offset = segmenter.segment(texts), "\n".join(texts), 0
        assert len(segments.bounds) == len(texts) + 1
        for k, text in enumerate(texts):
            alone = segmenter.segment([text])
            tokens = slice(segments.bounds[k], segments.bounds[k + 1])
            assert (segments.starts[tokens] - offset).tolist() == alone.starts.tolist()
            assert segments.joins[tokens].tolist() == alone.joins.tolist()
            assert [joined[start:end] for start, end in zip(segments.starts[tokens], segments.ends[tokens], strict=True)] == [
                text[start:end] for start, end in zip(alone.starts, alone.ends, strict=True)
            ]
            offset += len(text) + 1

    def test_many_articles_come_out_as_one_by_one(self, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables, "BATCH", 300)
        articles = [ARTICLE.split("\n"), [], [""], ["", "học sinh", ""], ["\n"], [SENTENCE] * 5, ["a"]]
        for many, one in zip(segmenter.segment_many(articles), map(segmenter.segment, articles), strict=True):
            assert [column.tolist() for column in many] == [column.tolist() for column in one]

    def test_words_have_offsets_and_sizes(self, segmenter: Segmenter) -> None:
        text = "Học sinh  trường đại học."
        words = segmenter.words(text)
        assert words == [Word(0, 8, 2), Word(10, 16, 1), Word(17, 24, 2), Word(24, 25, 1)]
        assert segmenter.compounds(text) == [Word(0, 8, 2), Word(17, 24, 2)]
        assert segmenter.words("") == segmenter.compounds(" \t") == []

    def test_a_text_that_is_not_nfc_has_no_offsets(self, segmenter: Segmenter) -> None:
        with pytest.raises(NotNormalizedError, match=r"not in Unicode NFC, apply nfc\(\) first: 'ho"):
            segmenter.segment(["học", unicodedata.normalize("NFD", "học")])

    @pytest.mark.parametrize("text", SURROGATES, ids=ascii)
    def test_lone_surrogates_are_marks_where_pyvi_fails(self, segmenter: Segmenter, text: str) -> None:
        with pytest.raises((SystemError, UnicodeEncodeError)):
            pyvi.tokenize(text)
        assert segmenter.tokenize(text) == shown(text, segmenter.segment([text]))
        assert re.sub("[\ud800-\udfff]", "\ufffd", segmenter.tokenize(text)) == pyvi.tokenize(re.sub("[\ud800-\udfff]", "\ufffd", text))

    def test_threads_may_share_a_segmenter(self, segmenter: Segmenter) -> None:
        texts = [f"{SENTENCE} {n} chunk{n} {n * n}" for n in range(60)]
        expected = [*map(pyvi.tokenize, texts)]
        with ThreadPoolExecutor(4) as pool:
            assert [*pool.map(segmenter.tokenize, texts)] == expected

    def test_segmenters_that_say_the_same_have_the_same_fingerprint(self, segmenter: Segmenter) -> None:
        assert segmenter.fingerprint == get_segmenter("pyvi").fingerprint
        assert segmenter.fingerprint.startswith("pyvi-0.1.1-")


class TestByName:
    def test_the_default_is_tables_and_is_built_once(self) -> None:
        assert get_segmenter().name == "tables"
        assert get_segmenter() is get_segmenter("tables")

    def test_an_unknown_name_lists_the_names(self) -> None:
        with pytest.raises(UnknownSegmenterError, match="unknown segmenter 'pvyi'; there are: tables, pyvi"):
            get_segmenter("pvyi")

    def test_pyvi_not_installed_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyvi.ViTokenizer", None)
        with pytest.raises(SegmenterUnavailableError, match=r"needs pyvi .*; run: pip install pyvi==0\.1\.1"):
            type(get_segmenter("pyvi"))()

    def test_tokens_that_are_not_in_the_text_are_an_error(self) -> None:
        for tokens, written in ((["b"], "b"), (["a", "c"], "a c"), (["a"], "x")):
            with pytest.raises(AlignmentError, match=r"pyvi's token '.' is not at offset"):
                align("a b c", tokens, written)


class TestBenchmark:
    def test_it_compares_files_and_directories(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "a.jsonl").write_text(json.dumps({"title": SENTENCE, "text": ARTICLE}) + "\n", encoding="utf-8")
        (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
        assert compare_pyvi.main([str(tmp_path), "--processes", "1"]) == 0
        printed = capsys.readouterr().out
        assert re.search(r"documents +2\nlines +17\nsyllables +\d+\ndifferences +0\npyvi +", printed), printed

    def test_nothing_to_compare_is_a_failure(self, tmp_path: Path) -> None:
        assert compare_pyvi.main([str(tmp_path), "--processes", "1"]) == 1

    def test_differences_are_counted_and_shown(self) -> None:
        tally = compare_pyvi.Tally(1, 2, 3, ("text  'a'",), 1.0, 0.1, 0.05, 0.2).merge(compare_pyvi.Tally(1, 1, 1, (), 1.0, 0.1, 0.05, 0.2))
        assert tally[:4] == (2, 3, 4, ("text  'a'",))
        assert re.search(r"text  'a'\n.*\ndifferences +1\n.*10\.0 x pyvi", compare_pyvi.report(tally), re.DOTALL)
