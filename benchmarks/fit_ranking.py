"""Fit the weights of ranking on judged collections, one after the other, and print what each value reaches.

usage: python -m benchmarks.fit_ranking COLLECTION… [--every N] [--folds 2]

COLLECTION are folders with corpus.jsonl, queries.jsonl and qrels.tsv. Each parameter is tried at some values around its own, the others
left as they are (coordinate ascent, one round); a value is printed as better only when it is better on every fold of the queries, so that
what fits by chance is not taken. The figure is the mean nDCG@10 over the collections, with and without marks.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import PlaceFinder
from cli.evaluation.collection import JudgedQuery, Judgements, read_judgements, read_queries
from cli.evaluation.measures import measure
from cli.evaluation.run import documents, unmarked
from engine.index import Index
from engine.model import SearchRequest
from engine.query import plan as planning
from engine.query import roles
from engine.rerank import stage
from engine.search import Searcher
from indexer.analysis import analyze_documents

FACTORS = (0.5, 0.75, 1.25, 1.5)
PARAMETERS = (
    ("first stage", "pair"), ("first stage", "sentence_title"), ("first stage", "sentence_lead"),
    *(("statement", name) for name in ("title", "headline", "head", "passage", "kin")),
    *(("question", name) for name in ("headline", "head", "passage", "kin")),
    ("roles", "ASKING_WEIGHT"), ("roles", "JOINING_WEIGHT"), ("stage", "LEADING"),
)  # fmt: skip


class Collection:
    """A judged collection in a throw-away index."""

    def __init__(self, folder: Path, directory: Path, analyzer: ArticleAnalyzer, every: int) -> None:
        self.name = folder.name
        self.queries: list[JudgedQuery] = read_queries(folder / "queries.jsonl")[::every]
        self.judgements: Judgements = read_judgements(folder / "qrels.tsv")
        index = Index.create(directory, analyzer)
        with index.writer() as writer:
            for analyzed in analyze_documents(analyzer, [*documents([folder / "corpus.jsonl"])]):
                writer.add(analyzed)
        self.searcher = Searcher(index)

    def ndcg(self, fold: int, folds: int) -> float:
        """Mean over marked and unmarked queries of a fold."""
        values = []
        for strip in (False, True):
            found = {}
            for query in self.queries[fold::folds]:
                text = unmarked(query.text) if strip else query.text
                hits = self.searcher.search(SearchRequest(text, limit=10, facets=(), snippets=0)).hits
                found[query.query_id] = [hit.document.doc_id for hit in hits]
            values.append(measure(found, self.judgements)["ndcg@10"])
        return sum(values) / len(values)


@contextmanager
def _tried(collections: Sequence[Collection], kind: str, name: str, factor: float) -> Any:
    """Within the block, one parameter is `factor` of itself; yields its value."""
    if kind == "first stage":
        before = collections[0].searcher.weights
        value = getattr(before, name) * factor
        for one in collections:
            one.searcher.weights = replace(before, **{name: value})
        yield value
        for one in collections:
            one.searcher.weights = before
        return
    owner: Any = {"statement": planning, "question": planning, "roles": roles, "stage": stage}[kind]
    attribute = kind.upper() if owner is planning else name
    was = getattr(owner, attribute)
    value = getattr(was, name) * factor if owner is planning else was * factor
    setattr(owner, attribute, replace(was, **{name: value}) if owner is planning else value)
    yield value
    setattr(owner, attribute, was)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collections", nargs="*", type=Path)
    parser.add_argument("--every", type=int, default=1, help="use every n-th query only")
    parser.add_argument("--folds", type=int, default=2)
    options = parser.parse_args(arguments)
    if not options.collections:
        print("no judged collection named: nothing to fit")
        return 0
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
    with tempfile.TemporaryDirectory() as folder:
        made = [Collection(path, Path(folder) / path.name, analyzer, options.every) for path in options.collections]

        def reached() -> list[float]:
            return [sum(one.ndcg(fold, options.folds) for one in made) / len(made) for fold in range(options.folds)]

        now = reached()
        print(f"{'as it is':<32}" + _row(now))
        for kind, name in PARAMETERS:
            for factor in FACTORS:
                with _tried(made, kind, name, factor) as value:
                    found = reached()
                better = all(new > old for new, old in zip(found, now, strict=True))
                print(f"{kind + ' ' + name:<26}{value:>6.3g}" + _row(found) + ("  better on every fold" if better else ""), flush=True)
    return 0


def _row(figures: Sequence[float]) -> str:
    return "".join(f"  {figure:.4f}" for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
