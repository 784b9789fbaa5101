"""What segmentation costs: time in proportion to the text, bounded memory, few imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from analyzers.segmentation import get_segmenter, memory, records
from analyzers.segmentation.tables import TableSegmenter
from tests.analyzers.naughty import ARTICLE, NAUGHTY, SENTENCE
from tests.cost import seconds
from tests.process import PATIENCE

pyvi: Any = pytest.importorskip("pyvi.ViTokenizer").ViTokenizer

ROOT = Path(__file__).resolve().parents[2]


class TestCost:
    @pytest.mark.parametrize(
        "unit",
        [
            "a", "A", "Đ", "1", "ỹ", "!", "=", "a-", "a.", "1.", "1_", "1_a", "a@", "a.@", "-@a", "A.", "://", "a://",
            "\n", " ", "a ", "a\n",
            "\u0301\u0323", "\u0323\u0301a", "😀", "\0", "học sinh ", "là của ", "\u1100\u1161",
        ],
        ids=ascii,
    )  # fmt: skip
    def test_work_grows_with_the_length_of_the_text_and_no_faster(self, unit: str) -> None:
        """Sixteen times the text may take forty times as long; quadratic work would take 256 times."""
        segmenter = TableSegmenter()
        short, long = (unit * (size // len(unit)) for size in (20_000, 320_000))
        segmenter.tokenize(short)
        assert seconds(lambda: segmenter.tokenize(long), times=1) < 40 * max(seconds(lambda: segmenter.tokenize(short), times=3), 2e-3)

    @pytest.mark.parametrize(
        "text", ["a." * 20_000 + "@", "a.b" * 10_000 + "@c", "a@" + "b" * 20_000, "\u0301\u0323" * 2_000 + "a" * 40_000]
    )
    def test_what_is_slow_in_pyvi_is_not_slow_here(self, text: str) -> None:
        """pyvi's pattern and Python's normalisation are quadratic on these: hundreds of times what as much ordinary text takes."""
        ordinary = SENTENCE * (len(text) // len(SENTENCE) + 1)
        get_segmenter().tokenize(ordinary)
        usual = max(seconds(lambda: get_segmenter().tokenize(ordinary), times=3), 2e-3)
        assert seconds(lambda: get_segmenter().tokenize(text)) < 100 * usual

    def test_a_million_different_chunks_leave_a_bounded_memory(self) -> None:
        segmenter = TableSegmenter()
        remembered = segmenter._memory
        for thousand in range(1000):
            segmenter.segment([" ".join(f"{thousand}x{n}" for n in range(1000))])
            assert len(remembered) <= memory.CHUNKS + memory.FRESH + 1000
            assert len(remembered._records._remembered) <= records.REMEMBERED
        assert segmenter.tokenize(SENTENCE) == pyvi.tokenize(SENTENCE)

    def test_a_call_with_more_new_chunks_than_fit_is_answered_all_the_same(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(memory, "CHUNKS", 50)
        monkeypatch.setattr(memory, "ROWS", 120)
        monkeypatch.setattr(memory, "FRESH", 10)
        segmenter = TableSegmenter()
        for text in (ARTICLE, SENTENCE, ARTICLE * 3, " ".join(f"từ{n}" for n in range(100)), *NAUGHTY[:90], ARTICLE):
            assert segmenter.tokenize(text) == pyvi.tokenize(text)
            assert len(segmenter._memory) <= 60

    def test_the_default_segmenter_needs_neither_pyvi_nor_scikit_learn(self) -> None:
        code = """
            import sys
            from analyzers.segmentation import get_segmenter
            assert get_segmenter().tokenize("học sinh An Khê") == "học_sinh An_Khê"
            found = {"pyvi", "sklearn", "sklearn_crfsuite", "pycrfsuite", "scipy", "joblib"} & sys.modules.keys()
            assert not found, found
        """
        subprocess.run([sys.executable, "-c", "\n".join(map(str.strip, code.split("\n")))], cwd=ROOT, check=True, timeout=PATIENCE)

    def test_the_default_segmenter_adds_less_than_sixty_megabytes(self) -> None:
        pytest.importorskip("resource")
        code = """
            import resource, sys, numpy
            def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
            before = peak()
            from analyzers.segmentation import get_segmenter
            for n in range(300): get_segmenter().segment([" ".join(f"{n}x{k}," for k in range(1000))])
            assert peak() - before < 60, peak() - before
        """
        subprocess.run([sys.executable, "-c", "\n".join(map(str.strip, code.split("\n")))], cwd=ROOT, check=True, timeout=PATIENCE)
