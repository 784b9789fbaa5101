"""An evaluation: index a judged collection, ask its queries, measure."""

from __future__ import annotations

import json
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from analyzers.article import ArticleAnalyzer
from cli.evaluation.baselines import baseline
from cli.evaluation.collection import JudgedQuery, judged_only, read_documents, read_judgements, read_queries
from cli.evaluation.errors import EvaluationError
from cli.evaluation.measures import DEPTH, measure, trec_lines
from cli.evaluation.slips import slipped
from cli.options import BASELINES
from engine.index import ENGINES, Index
from engine.model import Document, SearchRequest
from engine.search import Searcher
from indexer.analysis import analyze_documents
from indexer.run import COMMIT_EVERY

SYSTEMS = (*ENGINES, *BASELINES)
BATCH = 50
_STAMP = "collection.json"
"""Written last, beside a kept index: names and sizes of the files it holds."""
Ranking = list[tuple[str, float]]
Progress = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What to measure. `system` is an engine, or a baseline by name; `keep` a directory where the index stays for the next run."""

    corpus: Path
    queries: Path
    qrels: Path
    system: str
    distractors: tuple[Path, ...] = ()
    strip_marks: bool = False
    typos: int | None = None
    keep: Path | None = None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Rankings of each query, best first, and their measures."""

    system: str
    rankings: dict[str, Ranking]
    measures: dict[str, float]

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {"engine": self.system, "queries": len(self.rankings), **self.measures}

    def trec(self) -> Iterable[str]:
        """Lines of a TREC run."""
        return trec_lines(self.rankings, f"timtin-{self.system}")


def evaluate(wanted: Evaluation, analyzer: ArticleAnalyzer, progress: Progress = lambda _number, _name: None) -> Evaluated:
    """Run an evaluation. Raises EvaluationError on files that cannot be used."""
    judgements = read_judgements(wanted.qrels)
    queries = judged_only(read_queries(wanted.queries), judgements, wanted.queries)
    rankings = {}
    with _system(wanted, analyzer, progress) as search:
        for number, query in enumerate(queries, start=1):
            rankings[query.query_id] = search(_typed(query, wanted))
            progress(number, query.text)
    ids = {query: [doc_id for doc_id, _ in found] for query, found in rankings.items()}
    return Evaluated(wanted.system, rankings, measure(ids, judgements))


def _typed(query: JudgedQuery, wanted: Evaluation) -> str:
    text = unmarked(query.text) if wanted.strip_marks else query.text
    return text if wanted.typos is None else slipped(text, query.query_id, wanted.typos)


def unmarked(text: str) -> str:
    """`text` as typed without any mark."""
    kept = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", kept.replace("đ", "d").replace("Đ", "D"))


def documents(paths: Sequence[Path]) -> Iterator[Document]:
    """Documents of all files; of two with one id, the first."""
    seen: set[str] = set()
    for item in chain.from_iterable(map(read_documents, paths)):
        if item.doc_id not in seen:
            seen.add(item.doc_id)
            yield item


@contextmanager
def _system(wanted: Evaluation, analyzer: ArticleAnalyzer, progress: Progress) -> Iterator[Callable[[str], Ranking]]:
    """What answers a query with a ranking: an engine over an index of the collection, or a baseline."""
    paths = (wanted.corpus, *wanted.distractors)
    if wanted.system in BASELINES:
        simple = baseline(wanted.system, _counted(documents(paths), progress), analyzer.analyzer)
        yield lambda text: simple.search(text, DEPTH)
        return
    with tempfile.TemporaryDirectory(prefix="timtin-eval-") as folder:
        index = _index(wanted, Path(folder) / "index", analyzer, paths, progress)
        searcher = Searcher(index)
        yield lambda text: _search(searcher, text)


def _index(wanted: Evaluation, throw_away: Path, analyzer: ArticleAnalyzer, paths: Sequence[Path], progress: Progress) -> Index:
    """The index of a collection: a throw-away one, or one kept from an earlier run over the same files."""
    directory = wanted.keep or throw_away
    stamp, contents = directory / _STAMP, json.dumps([[path.name, path.stat().st_size] for path in paths])
    if stamp.exists() and stamp.read_text(encoding="utf-8") == contents:
        return Index.open(directory, analyzer, wanted.system)
    if directory.exists() and any(directory.iterdir()):
        raise EvaluationError(f"{directory} holds no whole index of these files. Name another directory with --index, or delete it.")
    index = Index.create(directory, analyzer, wanted.system)
    with index.writer() as writer:
        for number, batch in enumerate(_batches(_counted(documents(paths), progress)), start=1):
            for analyzed in analyze_documents(analyzer, batch):
                writer.add(analyzed)
            if number * BATCH % COMMIT_EVERY == 0:
                writer.commit()
    stamp.write_text(contents, encoding="utf-8")
    return index


def _search(searcher: Searcher, text: str) -> Ranking:
    response = searcher.search(SearchRequest(text, limit=DEPTH, facets=(), snippets=0, copies=True))
    return [(hit.document.doc_id, hit.score) for hit in response.hits]


def _batches(items: Iterable[Document]) -> Iterator[list[Document]]:
    """Analysing documents together is faster than one by one."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _counted(items: Iterable[Document], progress: Progress) -> Iterator[Document]:
    for number, item in enumerate(items, start=1):
        yield item
        progress(number, item.doc_id)
