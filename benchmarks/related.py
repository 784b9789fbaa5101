"""Related articles: recall@10 and nDCG@10 on clusters of articles about one event each, beside the title as a query.

usage: python -m benchmarks.related [EVAL…] [--engine tantivy] [--every N] [--explain]

EVAL are folders with corpus.jsonl and qrels.tsv; documents relevant to the same query are related. Every judged document is asked
for its related ones among the whole collection. The peers rank by the title alone: its syllables, and its syllables and pairs.
Printed too: the likeness of related and of other candidates, from which the threshold of one event is taken, and CPU time a request.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import log2
from pathlib import Path
from time import process_time

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import PlaceFinder
from engine.index import Index
from engine.model import Document, StoredDocument
from engine.plan import AllOf, AnyOf, Plan, TermNode
from engine.related import related, telling
from engine.schema import FOLDED, PAIRS, ZONES, pairs
from engine.search import Searcher
from indexer.analysis import analyze_document

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "eval"
DEPTH = 10

Ranker = Callable[[StoredDocument], list[str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each collection."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / "vims", SHARED / "vietnamese_mds"])
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--every", type=int, default=1, help="ask for every n-th judged document only")
    options = parser.parse_args(arguments)
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
    for folder in options.folders:
        if not (folder / "qrels.tsv").is_file():
            print(f"{folder}: no judged collection here", file=sys.stderr)
            return 2
        with tempfile.TemporaryDirectory() as directory:
            _measure(folder, _indexed(folder, Path(directory) / "index", analyzer, options.engine), options.every)
    return 0


def _indexed(folder: Path, directory: Path, analyzer: ArticleAnalyzer, engine: str) -> Searcher:
    index = Index.create(directory, analyzer, engine)
    with index.writer() as writer, (folder / "corpus.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            writer.add(analyze_document(analyzer, Document(record["id"], record["title"], "", record["text"])))
    return Searcher(index)


def clusters(lines: Iterable[str]) -> dict[str, set[str]]:
    """Document -> the documents that are relevant to a query it is relevant to, itself left out."""
    relevant: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        query, _, doc_id, grade = line.rstrip("\n").split("\t")
        if int(grade) > 0:
            relevant[query].add(doc_id)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for members in relevant.values():
        for doc_id in members:
            found[doc_id] |= members - {doc_id}
    return {doc_id: others for doc_id, others in found.items() if others}


def _measure(folder: Path, searcher: Searcher, every: int) -> None:
    judged = clusters((folder / "qrels.tsv").read_text(encoding="utf-8").splitlines())
    asked = [searcher.get(doc_id) for doc_id in sorted(judged)[::every]]
    stored = [one for one in asked if one is not None]
    print(f"{folder.name}: {searcher.index.snapshot().count():,} documents, {len(stored)} asked for their related ones")
    for name, rank in rankers(searcher).items():
        started = process_time()
        runs = [rank(one) for one in stored]
        took = (process_time() - started) / max(len(stored), 1) * 1000
        wanted = [judged[one.document.doc_id] for one in stored]
        recall = _mean([_recall(run, want) for run, want in zip(runs, wanted, strict=True)])
        gain = _mean([_ndcg(run, want) for run, want in zip(runs, wanted, strict=True)])
        right = sum(len(want.intersection(run)) for run, want in zip(runs, wanted, strict=True)) / max(sum(map(len, runs)), 1)
        print(f"  {name:<28} recall@10 {recall:.3f}  nDCG@10 {gain:.3f}  precision {right:.2f}  {took:.1f} ms CPU")
    _likeness(searcher, stored, judged)


def rankers(searcher: Searcher) -> dict[str, Ranker]:
    """The method and its peers."""
    analyze = searcher.index.analyzer.analyzer.analyze
    snapshot = searcher.index.snapshot()

    def by_title(stored: StoredDocument, *, paired: bool) -> list[str]:
        keys = analyze(stored.document.title).folded
        nodes = [TermNode(zone + FOLDED, key) for key in dict.fromkeys(keys) for zone in ZONES]
        nodes += [TermNode(PAIRS, pair, 0.5) for pair in dict.fromkeys(pairs(list(keys)))] if paired else []
        query = AllOf(must=(AnyOf(tuple(nodes)),), must_not=(TermNode("doc_id", stored.document.doc_id, 0.0),))
        return [one.stored.document.doc_id for one in snapshot.search(Plan(query, limit=DEPTH)).ranked]

    def by_kinship(stored: StoredDocument, *, telling_only: bool = False) -> list[str]:
        found = related(snapshot, analyze, stored, DEPTH)
        return [one.stored.document.doc_id for one in (telling(found, DEPTH) if telling_only else found).documents]

    return {
        "title, syllables": lambda stored: by_title(stored, paired=False),
        "title, syllables and pairs": lambda stored: by_title(stored, paired=True),
        "related": by_kinship,
        "related that stand out": lambda stored: by_kinship(stored, telling_only=True),
    }


def _recall(run: Sequence[str], wanted: set[str]) -> float:
    """Of those that ten places can hold."""
    return len(wanted.intersection(run)) / min(len(wanted), DEPTH)


def _ndcg(run: Sequence[str], wanted: set[str]) -> float:
    gain = sum(1 / log2(at + 2) for at, doc_id in enumerate(run) if doc_id in wanted)
    return gain / sum(1 / log2(at + 2) for at in range(min(len(wanted), DEPTH)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(len(values), 1)


def _likeness(searcher: Searcher, stored: Sequence[StoredDocument], judged: dict[str, set[str]]) -> None:
    """How alike related candidates are, and others; precision and recall of thresholds among what is shown."""
    analyze = searcher.index.analyzer.analyzer.analyze
    snapshot = searcher.index.snapshot()
    pairs_seen = [
        (one.likeness, one.shared, one.stored.document.doc_id in judged[article.document.doc_id])
        for article in stored[::4]
        for one in related(snapshot, analyze, article, DEPTH).documents
    ]
    for name, column in (("likeness", 0), ("shared", 1)):
        rows = []
        for least in (0.04, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4):
            above = [row[2] for row in pairs_seen if row[column] >= least]
            share = sum(above) / max(sum(row[2] for row in pairs_seen), 1)
            rows.append(f"{least}: {_mean(above):.2f}/{share:.2f}")
        print(f"  precision/recall of related among shown with {name} of at least  {'  '.join(rows)}")


if __name__ == "__main__":
    sys.exit(main())
