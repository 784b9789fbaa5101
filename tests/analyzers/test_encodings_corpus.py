"""The figures of legacy encodings, on a sample of the shared corpora; `benchmarks.encodings` measures all of them."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from analyzers.encodings import FORMS, encode_as, repair, representable
from benchmarks.encodings import COLLECTIONS, FALSE_ALARMS, RESTORED, rows
from tests.support import SEEDS

SAMPLE, CLEAN = 25, 2000


@pytest.fixture(scope="module")
def articles(shared: Path) -> list[str]:
    return [text for name in COLLECTIONS for text in islice(rows(shared / "eval" / name / "corpus.jsonl"), 0, SAMPLE * 20, 20)]


@pytest.mark.parametrize("name", FORMS)
def test_articles_come_back(articles: list[str], name: str) -> None:
    restored = sum(repair(encode_as(text, name)).text == representable(text, name) for text in articles)
    # One miss of 75 is 1.3 %; VIQR has some in a thousand.
    assert restored >= RESTORED * len(articles) - (name == "viqr")


def test_clean_articles_raise_no_alarm(shared: Path) -> None:
    corpus = next((shared / "corpus").glob("*.jsonl.xz"))
    alarms = [text[:60] for text in islice(rows(corpus), CLEAN) if repair(text)[:2] != (text, None)]
    assert len(alarms) <= FALSE_ALARMS, alarms


def test_the_projects_own_articles_raise_no_alarm() -> None:
    for path in sorted((SEEDS).rglob("*.txt")):
        assert repair(path.read_text(encoding="utf-8")).encoding is None, path


def test_real_double_encoded_pages_are_restored(shared: Path) -> None:
    """Three saved home pages; the third also holds references, which are undone too."""
    for name in ("giaoducvn_home", "laodong_home"):
        page = (shared / "html" / "real" / f"{name}_mojibake.html").read_text(encoding="utf-8")
        assert repair(page).text == (shared / "html" / "real" / f"{name}_repaired.html").read_text(encoding="utf-8")
