"""What every peer gets: articles, queries, sentences and judged collections, written to a folder that their processes read."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from benchmarks.make_corpus import Maker
from benchmarks.peers.model import Article
from cli.evaluation.collection import read_judgements, read_queries
from cli.evaluation.run import documents, unmarked
from engine.model import Document
from tests.quality.judged import judged, seed_documents

SEED = 20261122
COLLECTIONS = ("vinewsqa", "vims")
_TASK, _JUDGED = "task.json", "judged"


@dataclass(frozen=True, slots=True)
class Collection:
    """A judged collection: articles, and query -> relevant article -> grade."""

    articles: list[Article]
    judgements: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Task:
    """The articles to index, the queries to time, the sentences to segment; `source` names where they come from."""

    source: str
    articles: list[Article]
    queries: list[str]
    sentences: list[str]

    def text_bytes(self) -> int:
        """UTF-8 bytes of all titles and texts."""
        return sum(len(f"{article.title}{article.text}".encode()) for article in self.articles)


def made(number: int, queries: int) -> Task:
    """Over generated articles."""
    return _task(f"{number:,} generated articles", Maker().articles(number), queries)


def sampled(corpus: Path, number: int, queries: int) -> Task:
    """Over the first articles of a corpus (JSON lines, ``.xz`` or not)."""
    with lzma.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".xz" else corpus.open(encoding="utf-8") as lines:
        records = ({"id": f"n{at}", **json.loads(line)} for at, line in enumerate(islice(lines, number)))
        return _task(f"the first {number:,} articles of {corpus.name}", records, queries)


def _task(source: str, records: Iterable[Mapping[str, Any]], queries: int) -> Task:
    articles = [article(record) for record in records]
    return Task(source, articles, title_queries(articles, queries), [*islice(_sentences(articles), 10 * queries)])


def article(record: Mapping[str, Any]) -> Article:
    """The article of a record with the keys of ``timtin index``."""
    body = record.get("text") or record.get("body") or ""
    parts = [record.get("lead") or "", *([body] if isinstance(body, str) else body)]
    return Article(str(record["id"]), record.get("title") or "", "\n".join(filter(None, parts)), record)


def title_queries(articles: Sequence[Article], number: int) -> list[str]:
    """Runs of one to four syllables of titles, every second one without marks; the same on every run."""
    rng = random.Random(SEED)
    titles = [title for each in articles if (title := re.findall(r"\w+", each.title))]
    found = []
    for at in range(number):
        title = rng.choice(titles)
        size = rng.randint(1, 4)
        start = rng.randrange(max(1, len(title) - size))
        run = " ".join(title[start : start + size])
        found.append(unmarked(run) if at % 2 else run)
    return found


def _sentences(articles: Iterable[Article]) -> Iterator[str]:
    lines = chain.from_iterable(each.text.split("\n") for each in articles)
    return (sentence for line in lines for sentence in re.split(r"(?<=[.!?…]) +", line) if sentence.strip())


def collections(folder: Path, every: int) -> dict[str, Collection]:
    """The project's own judged set, and those of `folder` that are there, with every n-th of their queries."""
    found = {"seeds": Collection([_of(item) for item in seed_documents()], judged())}
    for name in COLLECTIONS:
        if (place := folder / name).is_dir():
            judgements = read_judgements(place / "qrels.tsv")
            queries = [query for query in read_queries(place / "queries.jsonl") if query.query_id in judgements][::every]
            articles = [_of(item) for item in documents([place / "corpus.jsonl"])]
            found[name] = Collection(articles, {query.text: judgements[query.query_id] for query in queries})
    return found


def _of(item: Document) -> Article:
    record = {"id": item.doc_id, "title": item.title, "lead": item.lead, "text": item.body}
    return article(record if item.published is None else {**record, "date": str(item.published)})


def write(folder: Path, task: Task, judged_sets: Mapping[str, Collection]) -> None:
    """Lay out what the processes of peers read."""
    records = [each.record for each in task.articles]
    _dump(folder / _TASK, {"source": task.source, "articles": records, "queries": task.queries, "sentences": task.sentences})
    (folder / _JUDGED).mkdir()
    for name, one in judged_sets.items():
        _dump(folder / _JUDGED / f"{name}.json", {"articles": [each.record for each in one.articles], "judgements": one.judgements})


def read(folder: Path) -> Task:
    """The task of `folder`."""
    rows = json.loads((folder / _TASK).read_text(encoding="utf-8"))
    return Task(rows["source"], [article(record) for record in rows["articles"]], rows["queries"], rows["sentences"])


def read_collections(folder: Path) -> Iterator[tuple[str, Collection]]:
    """Name and content of each judged collection, one at a time."""
    for path in sorted((folder / _JUDGED).glob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))
        yield path.stem, Collection([article(record) for record in rows["articles"]], rows["judgements"])


def _dump(path: Path, rows: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
