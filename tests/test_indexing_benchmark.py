"""What the benchmark of indexing measures with: articles as files."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks import articles


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
