"""Worker processes: the same result as without, whatever happens to them; none is left behind."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.model import SearchRequest
from engine.search import Searcher
from indexer import run
from indexer.errors import WorkersError
from indexer.report import IndexReport
from indexer.run import Options, index_paths
from indexer.sources import Record
from indexer.workers import choice, pool
from indexer.workers.pool import Pool
from indexer.workers.process import default_analyzer
from indexer.workers.team import Prepared
from tests.indexer import saboteur
from tests.support import SEEDS

PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p><p>{2}</p></body></html>"
LONG = "Sáng 12/7/2023, Ủy ban nhân dân xã Hòa Bình khai giảng lớp học xóa mù chữ cho hai mươi lăm người dân ở ba thôn của xã."
MORE = "Lớp học kéo dài bốn tháng, mỗi tuần ba buổi tối; giáo viên là cán bộ đoàn xã và thầy cô của trường tiểu học gần đó."


def record(doc_id: str, title: str, body: str = "", **fields: str) -> str:
    return json.dumps({"id": doc_id, "title": title, "text": body or f"Thân bài của {title}.", **fields}, ensure_ascii=False)


def write(path: Path, lines: Sequence[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def all_in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No input is small enough for this process."""
    monkeypatch.setattr(choice, "SMALL", 0)


@pytest.fixture
def harmed(tmp_path: Path, all_in_processes: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., IndexReport]:
    """Runs whose worker processes can be harmed by words of the inputs."""
    monkeypatch.setattr(run, "default_analyzer", saboteur.build)
    index = Index.create(tmp_path / "ix", saboteur.default_analyzer("tables"), "memory")
    monkeypatch.setattr(run, "partial", lambda build, _, homes: partial(build, str(tmp_path / "once"), homes))

    def indexed(*paths: Path, workers: int = 2) -> IndexReport:
        return index_paths(index, [str(path) for path in paths], Options(workers=workers))

    indexed.index = index  # type: ignore[attr-defined]  # for tests that look into it
    return indexed


def titles(index: Index) -> list[str]:
    return sorted(hit.document.title for hit in Searcher(index).search(SearchRequest(limit=1000, facets=(), snippets=0, copies=True)).hits)


def said(report: IndexReport) -> dict[str, object]:
    """The report without what depends on the clock."""
    timed = {"seconds", "inputs_per_second", "slowest", "workers"}
    return {key: value for key, value in report.as_dict().items() if key not in timed}


@pytest.mark.usefixtures("all_in_processes")
def test_the_result_is_the_same_whatever_the_number_of_workers(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    """Documents, ids, repetitions, report and rejections; also of a second run over changed inputs."""
    lines = [record(f"d{n % 40}", f"Tin {n % 37}", lead=f"Sapo {n}.") for n in range(100)]
    file = write(tmp_path / "news" / "a.ndjson", [*lines[:50], "{broken", *lines[50:]])
    (tmp_path / "news" / "b.html").write_bytes(b"")
    found = []
    for workers in (0, 3):
        write(file, [*lines[:50], "{broken", *lines[50:]])
        index = Index.create(tmp_path / f"ix{workers}", analyzer, "memory")
        reports = [index_paths(index, [str(tmp_path / "news"), str(SEEDS)], Options(workers=workers))]
        write(file, lines[30:])
        reports.append(index_paths(index, [str(tmp_path / "news"), str(SEEDS)], Options(workers=workers)))
        assert all(report.workers == workers for report in reports)
        hits = Searcher(index).search(SearchRequest(limit=1000, facet_limit=1000, copies=True))
        found.append(([said(report) for report in reports], [hit.stored for hit in hits.hits], hits.facets))
    assert found[0] == found[1]
    assert found[0][0][0]["duplicate"]
    assert found[0][0][0]["rejected"] == 2


@pytest.mark.parametrize(("small", "started"), [(11, 0), (10, 2)])
def test_batches_wait_until_it_is_known_whether_there_is_work_for_processes(
    analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch, small: int, started: int
) -> None:
    """Those that waited are done in their order, in this process or in others."""
    monkeypatch.setattr(choice, "SMALL", small)
    batches = [[Record("tin", {"title": "Họp xã", "text": "Xã họp bàn."})] * size for size in (3, 3, 3, 2)]
    with choice.Choice(analyzer, partial(default_analyzer, "tables"), 2) as team:
        for batch in batches:
            assert team.has_room
            team.give(batch)
        assert team.started == started
        for number, batch in enumerate(batches):
            while isinstance(answer := team.take(), Prepared):
                team.analyse(answer.number, range(len(answer.results)))
            assert answer.number == number
            assert len(answer.results) == len(batch)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("HỎNG-NHỚ", "ended the worker process (SIGSEGV)"),
        ("BỊ-GIẾT", "ended the worker process (SIGKILL)"),
        ("TỰ-THOÁT", "ended the worker process (exit status 3)"),
        ("QUAY-MÃI", "takes more processor time than it may"),
        ("NGỦ-MÃI", "does not end within 5 s"),
        ("NUỐT-NHỚ", "needs more memory than a page may take"),
    ],
)
def test_a_page_that_is_fatal_is_read_as_plain_text_and_the_others_as_ever(
    tmp_path: Path, harmed: Callable[..., IndexReport], monkeypatch: pytest.MonkeyPatch, word: str, reason: str
) -> None:
    if word == "NGỦ-MÃI":
        monkeypatch.setattr(pool, "HANG_SECONDS", 5)
    news = tmp_path / "news"
    news.mkdir()
    for n in range(9):
        title = f"Xã mở lớp {word if n == 4 else n}"
        (news / f"{n}.html").write_text(PAGE.format(title, LONG, MORE + f" Lớp số {n}."))
    report = harmed(news)
    assert (report.added, report.rejected) == (9, 0)
    assert report.plain == [(f"{news}/4.html", reason)]
    assert f"Xã mở lớp {word}" in titles(harmed.index)  # type: ignore[attr-defined]  # the fixture hangs the index on the function


@pytest.mark.parametrize("word", ["HỎNG-NHỚ", "TỰ-THOÁT", "QUAY-MÃI", "NUỐT-NHỚ"])
@pytest.mark.parametrize("where", ["title", "lead"])
def test_a_record_that_is_fatal_is_rejected_by_name_and_the_others_are_indexed(
    tmp_path: Path, harmed: Callable[..., IndexReport], word: str, where: str
) -> None:
    """In the title it is fatal when it is read, in the lead when it is analysed: then another record of its text takes its place."""
    lines = [record(str(n), f"Tin {n}", lead="Sapo dài.") for n in range(100)]
    fatal = {"title": f"Tin {word}", "body": "Bài."} if where == "title" else {"title": "Tin chung", "body": "Bài.", "lead": word}
    lines[50] = record("50", **fatal)
    lines[60] = record("60", "Tin chung", "Bài.", lead="Sapo lành.")
    file = write(tmp_path / "a.ndjson", lines)
    report = harmed(file)
    assert (report.added, report.duplicate, report.rejected) == (99, 0, 1)
    assert [one.path for one in report.rejections] == [f"{file}#51"]
    assert ("analys" in report.rejections[0].reason) == (where == "lead")
    kept = sorted([*(f"Tin {n}" for n in range(100) if n not in (50, 60)), "Tin chung"])
    assert titles(harmed.index) == kept  # type: ignore[attr-defined]  # the fixture hangs the index on the function
    again = harmed(file)
    repeats = where == "lead"  # of the other record with its text, which the index now has
    assert (again.unchanged, again.duplicate, again.rejected) == (99, repeats, not repeats)
    assert titles(harmed.index) == kept  # type: ignore[attr-defined]  # the fixture hangs the index on the function


def test_a_worker_that_the_system_ends_once_costs_nothing(tmp_path: Path, harmed: Callable[..., IndexReport]) -> None:
    file = write(tmp_path / "a.ndjson", [record(str(n), f"Tin {'MỘT-LẦN' if n == 30 else n}") for n in range(90)])
    report = harmed(file)
    assert (tmp_path / "once").exists()
    assert (report.added, report.rejected) == (90, 0)


def test_a_worker_without_memory_is_replaced_and_nothing_is_rejected(tmp_path: Path, harmed: Callable[..., IndexReport]) -> None:
    """What a process has gathered over a million articles is no fault of the one that it has in hand."""
    lines = [record(str(n), f"Tin {n}", lead="ĐẦY-NHỚ" if n == 30 else "Sapo.") for n in range(90)]
    report = harmed(write(tmp_path / "a.ndjson", lines))
    assert (tmp_path / "once").exists()
    assert (report.added, report.rejected) == (90, 0)


def test_workers_that_cannot_start_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with Pool(partial(os._exit, 5), 2) as team:
        team.give([])
        with pytest.raises(WorkersError, match="--workers 0"):
            team.take()


class Deadly:
    """Ends the process that reads it off the pipe, before it has anything in hand."""

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        return os._exit, (5,)


def test_workers_that_end_again_and_again_between_two_inputs_are_an_error(tmp_path: Path) -> None:
    """Replaced for ever they would neither index nor stop."""
    with Pool(partial(default_analyzer, "tables"), 2) as team:
        team.give([Deadly()])
        with pytest.raises(WorkersError, match=r"again and again.*given ended the worker process .exit status 5.*--workers 0"):
            team.take()
