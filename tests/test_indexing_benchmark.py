"""What the benchmark of indexing measures with: articles as files, and processes with all that they start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import articles
from benchmarks.watched import watched

HELD_BYTES = 40_000_000


def test_made_articles_are_written_with_the_bytes_of_their_texts(tmp_path: Path) -> None:
    text = articles.write(None, 3, tmp_path / "made.ndjson")
    made = [json.loads(line) for line in (tmp_path / "made.ndjson").read_text(encoding="utf-8").splitlines()]
    assert len(made) == 3
    assert text == sum(len((one["title"] + articles.text_of(one)).encode()) for one in made)
    assert all(one["lead"] in articles.text_of(one) and one["body"][-1] in articles.text_of(one) for one in made)


def test_articles_of_a_corpus_may_be_passed_over(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"id": str(n), "title": "Tin", "text": f"Bài số {n}"}) + "\n" for n in range(5)), encoding="utf-8")
    articles.write(corpus, 2, tmp_path / "some.ndjson", skip=2)
    assert [json.loads(line)["id"] for line in (tmp_path / "some.ndjson").read_text(encoding="utf-8").splitlines()] == ["2", "3"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are watched in /proc, which Linux has")
def test_a_command_is_watched_with_the_processes_that_it_starts() -> None:
    child = f"import time; held = b'x' * {HELD_BYTES}; time.sleep(1.5)"
    run = watched([sys.executable, "-c", f"import subprocess, sys; print('xong'); subprocess.run([sys.executable, '-c', {child!r}])"])
    assert run.output == "xong\n"
    assert len(run.peak) == 2
    assert run.other_peaks[0] > HELD_BYTES
    assert run.own_peak < run.other_peaks[0]
    assert run.cpu_seconds > 0
    with pytest.raises(subprocess.CalledProcessError):
        watched([sys.executable, "-c", "raise SystemExit(3)"])
