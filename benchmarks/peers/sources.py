"""Where articles, queries, sentences and judged collections come from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from benchmarks import articles
from benchmarks.peers.model import Article
from benchmarks.peers.task import Collection, Question, Task, article
from cli.evaluation.collection import read_judgements, read_queries
from cli.evaluation.run import documents, unmarked
from engine.model import Document
from tests.quality.judged import judged, seed_documents

SEED = 20261122
COLLECTIONS = ("vinewsqa", "vims")
SENTENCES = 2000


def task(corpus: Path | None, number: int, queries: int) -> Task:
    """Over the first articles of a corpus (JSON lines, ``.xz`` or not), or over generated ones without it."""
    records = ({"id": f"n{at}", **record} for at, record in enumerate(islice(articles.read(corpus, number), number)))
    found = [article(record) for record in records]
    source = f"the first {len(found):,} articles of {corpus.name}" if corpus else f"{len(found):,} generated articles"
    return Task(source, found, title_queries(found, queries), [*islice(_sentences(found), SENTENCES)])


def title_queries(over: Sequence[Article], number: int) -> list[str]:
    """Runs of one to four syllables of titles, every second one without marks; the same on every run."""
    rng = random.Random(SEED)
    titles = [title for each in over if (title := re.findall(r"\w+", each.title))]
    found = []
    for at in range(number):
        title = rng.choice(titles)
        size = rng.randint(1, 4)
        start = rng.randrange(max(1, len(title) - size))
        run = " ".join(title[start : start + size])
        found.append(unmarked(run) if at % 2 else run)
    return found


def _sentences(over: Iterable[Article]) -> Iterator[str]:
    lines = chain.from_iterable(each.text.split("\n") for each in over)
    return (sentence for line in lines for sentence in re.split(r"(?<=[.!?…]) +", line) if sentence.strip())


def collections(folder: Path, most: int) -> dict[str, Collection]:
    """The project's own judged set, and those of `folder` that are there, with at most so many questions from all over them."""
    found = {"seeds": Collection([_of(item) for item in seed_documents()], [_question(text, grades) for text, grades in judged().items()])}
    for name in COLLECTIONS:
        if (place := folder / name).is_dir():
            judgements = read_judgements(place / "qrels.tsv")
            queries = [query for query in read_queries(place / "queries.jsonl") if query.query_id in judgements]
            questions = [_question(query.text, judgements[query.query_id]) for query in queries[:: -(-len(queries) // most)]]
            found[name] = Collection([_of(item) for item in documents([place / "corpus.jsonl"])], questions)
    return found


def _question(text: str, grades: Mapping[str, int]) -> Question:
    return Question(text, unmarked(text), grades)


def _of(item: Document) -> Article:
    record = {"id": item.doc_id, "title": item.title, "lead": item.lead, "text": item.body}
    return article(record if item.published is None else {**record, "date": str(item.published)})
