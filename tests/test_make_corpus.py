"""The made corpus is the same each time, and as real news in what it is fitted to."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import numpy as np

from analyzers.analyzer import Analyzer
from benchmarks.make_corpus import Maker, main
from indexer.near import similarity, sketch


def test_articles_are_the_same_for_the_same_seed_and_others_for_another(tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert main(["30", "--seed", seed, "--out", str(tmp_path / name)]) == 0
    texts = [(tmp_path / name).read_text(encoding="utf-8") for name in "abc"]
    assert texts[0] == texts[1]
    assert texts[0] != texts[2]
    assert len({json.loads(line)["id"] for line in texts[0].splitlines()}) == 30


def test_lengths_and_vocabulary_are_those_of_news() -> None:
    analyzer = Analyzer()
    syllables = [analyzer.analyze("\n".join((each["lead"], *each["body"]))).marked for each in Maker().articles(400)]
    lengths = [len(keys) for keys in syllables]
    assert 480 < np.mean(lengths) < 680
    types = len({key for keys in syllables for key in keys})
    assert 3000 < types < 9000


def test_some_articles_repeat_another_one() -> None:
    analyzer = Analyzer()
    sketches = [sketch(analyzer.analyze("\n".join(each["body"])).folded) for each in islice(Maker().articles(300), 300)]
    known = [each for each in sketches if each]
    pairs = sum(similarity(one, other) > 0.7 for i, one in enumerate(known) for other in known[:i])
    assert 1 <= pairs <= 40
