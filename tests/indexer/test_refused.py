"""Documents that the engine refuses for good: each a rejection of the report, and nothing else is lost.

On a real server, behind a proxy with a rule of its own about what is too much.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzers.article import ArticleAnalyzer
from cli.main import timtin
from engine.errors import EngineUnavailableError
from engine.index import Index
from engine.options import EngineOptions
from engine.search import Searcher
from indexer import run
from indexer.reindex import reindex
from indexer.report import IndexReport
from indexer.run import Options, index_paths
from tests.opensearch_proxy import Exchange, Proxy, no_fault
from tests.opensearch_server import Cluster
from tests.support import ids, opensearch_options

BAD = "Báo xấu"
"""A source that the server refuses."""


def refuse(exchange: Exchange) -> tuple[int, bytes] | None:
    if exchange.is_bulk and f'"source":["{BAD}"]'.encode() in exchange.body:
        return 413, b'{"error":{"type":"illegal_argument_exception","reason":"too large"},"status":413}'
    return None


@pytest.fixture
def proxy(opensearch: Cluster) -> Iterator[Proxy]:
    with Proxy(opensearch.url, refuse) as started:
        yield started


@pytest.fixture
def options(proxy: Proxy) -> EngineOptions:
    return opensearch_options(opensearch_urls=(proxy.url,))


@pytest.fixture
def index(tmp_path: Path, analyzer: ArticleAnalyzer, options: EngineOptions) -> Index:
    return Index.create(tmp_path / "index", analyzer, "opensearch", options)


@pytest.fixture
def news(tmp_path: Path) -> Callable[..., str]:
    """Write articles into a file, one a line; its path. Keyword: id -> source."""

    def write(name: str, **sources: str) -> str:
        path = tmp_path / name
        rows = (
            {"id": doc_id, "title": f"Tin {doc_id}", "body": f"Xã {doc_id} họp.", "source": source} for doc_id, source in sources.items()
        )
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        return str(path)

    return write


def found(index: Index) -> set[str]:
    return set(ids(Searcher(index), "tin"))


def counts(report: IndexReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.rejected


@pytest.mark.parametrize("workers", [0, 1])
def test_a_refused_article_is_a_rejection_and_the_others_are_there(index: Index, news: Callable[..., str], workers: int) -> None:
    many = {f"m{number}": "Báo" for number in range(250 if workers else 5)}
    report = index_paths(index, [news("a.ndjson", a="Báo", bad=BAD, b="Báo", **many)], Options(workers=workers))
    assert report.workers == workers
    assert counts(report) == (2 + len(many), 0, 0, 1)
    assert report.inputs == 3 + len(many)
    (rejection,) = report.rejections
    assert rejection.path.endswith("a.ndjson#2")
    assert "refused by the engine" in rejection.reason
    assert "too large" in rejection.reason
    assert index.snapshot().count() == 2 + len(many)
    assert index.snapshot().get("bad") is None


def test_a_refusal_in_the_middle_of_a_run_is_counted_once(index: Index, news: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "COMMIT_EVERY", 1)
    paths = [news(f"{name}.ndjson", **{name: BAD if name in "bd" else "Báo"}) for name in "abcde"]
    report = index_paths(index, paths)
    assert counts(report) == (3, 0, 0, 2)
    assert found(index) == {"a", "c", "e"}


def test_the_next_run_names_it_again_and_does_not_send_it(index: Index, news: Callable[..., str], proxy: Proxy) -> None:
    path = news("a.ndjson", a="Báo", bad=BAD)
    first = index_paths(index, [path])
    sent = len(proxy.bulks)
    second = index_paths(index, [path])
    assert len(proxy.bulks) == sent
    assert counts(second) == (0, 0, 1, 1)
    assert second.rejections == first.rejections
    news("a.ndjson", a="Báo", bad="Báo mới")
    assert counts(index_paths(index, [path])) == (1, 0, 1, 0)
    assert found(index) == {"a", "bad"}
    assert counts(index_paths(index, [path])) == (0, 0, 2, 0)


def test_an_article_that_changes_into_one_that_is_refused_goes(index: Index, news: Callable[..., str]) -> None:
    """The index must not go on showing what its source no longer says."""
    path = news("a.ndjson", a="Báo", b="Báo")
    index_paths(index, [path])
    news("a.ndjson", a=BAD, b="Báo")
    assert counts(index_paths(index, [path])) == (0, 0, 1, 1)
    assert found(index) == {"b"}
    news("a.ndjson", a="Báo", b="Báo")
    assert counts(index_paths(index, [path])) == (1, 0, 1, 0)
    assert found(index) == {"a", "b"}


def failing(status: int, operation: str, doc_id: str) -> Callable[[Exchange], tuple[int, bytes] | None]:
    """Change the server's answer: this one action was not done."""

    def change(exchange: Exchange) -> tuple[int, bytes] | None:
        if not exchange.is_bulk:
            return None
        answer = json.loads(exchange.answer)
        for item in answer["items"]:
            if item.get(operation, {}).get("_id") == doc_id:
                item[operation].update(status=status, error={"type": "illegal_state_exception", "reason": "not today"})
        return 200, json.dumps(answer).encode()

    return change


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other at once."""
    monkeypatch.setattr("engine.opensearch.writer._FIRST_PAUSE_SECONDS", 0.0)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(("status", "operation"), [(500, "index"), (409, "index"), (500, "delete"), (400, "delete")])
def test_what_need_not_be_for_good_ends_the_run_and_is_tried_again(
    index: Index, news: Callable[..., str], proxy: Proxy, status: int, operation: str
) -> None:
    """A fault of the server says nothing of the article, and one that its source no longer has must not stay to be found."""
    path = news("a.ndjson", a="Báo", b="Báo", gone="Báo")
    index_paths(index, [path])
    news("a.ndjson", a="Báo", b="Báo mới")
    proxy.after = failing(status, operation, {"index": "b", "delete": "gone"}[operation])
    with pytest.raises(EngineUnavailableError, match=rf"1 document.*8 tries: not today \({status}\)"):
        index_paths(index, [path])
    proxy.after = no_fault
    report = index_paths(index, [path])
    assert (*counts(report), report.removed) == (0, 1, 1, 0, 1)
    assert found(index) == {"a", "b"}


@pytest.mark.usefixtures("hurried")
def test_the_earlier_version_of_a_refused_article_that_cannot_be_deleted_ends_the_run(
    index: Index, news: Callable[..., str], proxy: Proxy
) -> None:
    path = news("a.ndjson", a="Báo", b="Báo")
    index_paths(index, [path])
    news("a.ndjson", a=BAD, b="Báo")
    proxy.after = failing(400, "delete", "a")
    with pytest.raises(EngineUnavailableError, match="not today"):
        index_paths(index, [path])
    proxy.after = no_fault
    assert counts(index_paths(index, [path])) == (0, 0, 1, 1)
    assert found(index) == {"b"}


def test_another_article_with_the_text_of_a_refused_one_stands_for_it(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    rows = ({"id": doc_id, "title": "Tin một", "body": "Cùng một câu.", "source": source} for doc_id, source in (("a", BAD), ("b", "Báo")))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = index_paths(index, [str(path)])
    assert counts(report) == (1, 0, 0, 1)
    assert (report.duplicate, report.inputs) == (0, 2)
    assert found(index) == {"b"}


def test_the_command_names_it_and_ends_with_one(
    tmp_path: Path, news: Callable[..., str], options: EngineOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMTIN_OPENSEARCH_URLS", options.opensearch_urls[0])
    monkeypatch.setenv("TIMTIN_OPENSEARCH_ALIAS", options.opensearch_alias)
    at = ["--index", str(tmp_path / "i")]
    done = CliRunner().invoke(timtin, ["index", *at, "--engine", "opensearch", news("a.ndjson", a="Báo", bad=BAD)])
    assert done.exit_code == 1, done.output
    assert "a.ndjson#2: refused by the engine: " in done.stderr
    assert "Traceback" not in done.output
    done = CliRunner().invoke(timtin, ["reindex", *at])
    assert (done.exit_code, done.stderr.split(",")[0]) == (0, "timtin: 1 articles analysed anew")


def test_a_reindexing_remembers_what_was_refused_though_other_machines_wrote_more(
    tmp_path: Path, index: Index, analyzer: ArticleAnalyzer, news: Callable[..., str], proxy: Proxy, options: EngineOptions
) -> None:
    """That the index holds less than this machine wrote does not show: which articles are gone has to be known."""
    proxy.before = no_fault
    path = news("a.ndjson", a="Báo", b=BAD, c="Báo")
    index_paths(index, [path])
    other = Index.create(tmp_path / "other", analyzer, "opensearch", options)
    index_paths(other, [news("d.ndjson", d="Báo", e="Báo")])
    proxy.before = refuse
    assert list(reindex(index.directory, analyzer, options).refused) == ["b"]
    index = Index.open(index.directory, analyzer)
    assert found(index) == {"a", "c", "d", "e"}
    proxy.before = no_fault
    assert counts(index_paths(index, [path])) == (1, 0, 2, 0)
    assert found(index) == {"a", "b", "c", "d", "e"}
    assert counts(index_paths(index, [path])) == (0, 0, 3, 0)


def test_a_reindexing_names_what_the_new_version_refuses_and_the_next_run_tries_it_again(
    index: Index, analyzer: ArticleAnalyzer, news: Callable[..., str], proxy: Proxy, options: EngineOptions
) -> None:
    """As when a new schema has a field that one article's value does not fit."""
    proxy.before = no_fault
    path = news("a.ndjson", a="Báo", b=BAD, c="Báo")
    index_paths(index, [path])
    proxy.before = refuse
    replaced = reindex(index.directory, analyzer, options)
    assert (replaced.documents, list(replaced.refused)) == (2, ["b"])
    index = Index.open(index.directory, analyzer)
    assert found(index) == {"a", "c"}
    proxy.before = no_fault
    index_paths(index, [path])
    assert found(index) == {"a", "b", "c"}
