"""Runs: what changed is indexed, every input is counted once, and no accident leaves an index that is wrong."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from analyzers.places.errors import PlacesError
from engine.errors import IndexBusyError, IndexDamagedError
from engine.index import Index
from engine.model import SearchRequest
from engine.search import Searcher
from indexer import batches, run
from indexer.errors import ManifestError, NoSuchInputError
from indexer.model import UNREADABLE, Article, Page, Rejected
from indexer.report import IndexReport
from indexer.run import index_paths
from indexer.workers import hand
from tests.process import environment

CLOCK = itertools.count(1_700_000_000)


def record(doc_id: str | None, text: str, **fields: object) -> str:
    given = {} if doc_id is None else {"id": doc_id}
    return json.dumps({**given, "title": f"Tin {text}", "text": f"Thân bài {text}.", **fields}, ensure_ascii=False)


def write(path: Path, *lines: str | bytes) -> Path:
    """Write a file with a time of its own, as files written in one second may have the same size and time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines))
    now = next(CLOCK)
    os.utime(path, (now, now))
    return path


def counts(report: IndexReport) -> dict[str, int]:
    """Outcomes that occurred."""
    names = ("added", "updated", "unchanged", "duplicate", "rejected", "removed")
    return {name: number for name in names if (number := getattr(report, name))}


def titles(index: Index) -> Counter[str]:
    """Title without its first word of every document of the index."""
    response = Searcher(index).search(SearchRequest(limit=1000, facets=(), snippets=0, copies=True))
    assert response.total == len(response.hits)
    return Counter(hit.document.title.removeprefix("Tin ") for hit in response.hits)


@pytest.fixture
def index(tmp_path: Path, analyzer: ArticleAnalyzer) -> Index:
    return Index.create(tmp_path / "index", analyzer, "memory")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    return tmp_path / "news"


# --- one run after another ---


@pytest.mark.parametrize("engine", ["tantivy", "whoosh", "memory"])
def test_end_to_end_on_each_engine(tmp_path: Path, news: Path, analyzer: ArticleAnalyzer, engine: str) -> None:
    """Page, records and packed records go in; a second run changes nothing; a third brings what changed."""
    index = Index.create(tmp_path / "ix", analyzer, engine)
    write(news / "a.ndjson", record("1", "lũ lụt", date="2023-06-30"), "{broken", record("2", "ngân sách"))
    write(
        news / "b.txt", "Xã Hòa Bình mở lớp học", "", "Sáng 12/7/2023, xã Hòa Bình khai giảng lớp học xóa mù chữ cho 25 người dân trong xã."
    )
    (news / "c.json.gz").write_bytes(gzip.compress(f"[{record('3', 'ngân sách')}, {record('4', 'lễ hội')}]".encode()))
    first = index_paths(index, [str(news)])
    assert counts(first) == {"added": 4, "duplicate": 1, "rejected": 1}
    assert first.duplicates == [(f"{news}/c.json.gz#1", "2", f"{news}/a.ndjson")]
    assert (first.rejections[0].path, first.inputs) == (f"{news}/a.ndjson#2", 6)
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 5, "rejected": 1}
    write(news / "a.ndjson", record("1", "lũ quét"), record("2", "ngân sách"))
    third = index_paths(Index.open(tmp_path / "ix", analyzer), [str(news)])
    assert counts(third) == {"updated": 1, "unchanged": 4}
    opened = Index.open(tmp_path / "ix", analyzer)
    assert titles(opened) == Counter(["lũ quét", "ngân sách", "lễ hội", "Xã Hòa Bình mở lớp học"])


def test_a_changed_file_brings_its_changed_records_only(index: Index, news: Path) -> None:
    write(news / "a.ndjson", *(record(str(n), f"bài {n}") for n in range(5)))
    write(news / "b.ndjson", record("x", "khác"))
    index_paths(index, [str(news)])
    write(news / "a.ndjson", *(record(str(n), "bài mới" if n == 2 else f"bài {n}") for n in range(5)))
    assert counts(index_paths(index, [str(news)])) == {"updated": 1, "unchanged": 5}
    assert titles(index)["bài mới"] == 1


def test_a_touched_file_is_read_again_and_found_unchanged(index: Index, news: Path) -> None:
    lines = [record(str(n), f"bài {n}") for n in range(3)]
    write(news / "a.ndjson", *lines)
    index_paths(index, [str(news)])
    write(news / "a.ndjson", *lines)
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 3}


def test_a_record_that_is_gone_from_its_file_is_removed(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"), record("2", "hai"))
    index_paths(index, [str(news)])
    write(news / "a.ndjson", record("2", "hai"))
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 1, "removed": 1}
    assert titles(index) == Counter(["hai"])


def test_a_page_that_is_no_article_any_more_is_removed(index: Index, news: Path) -> None:
    write(news / "a.txt", "Xã Hòa Bình mở lớp học", "", "Sáng 12/7/2023, xã Hòa Bình khai giảng lớp học xóa mù chữ cho 25 người dân.")
    index_paths(index, [str(news)])
    (news / "a.txt").write_bytes(b"")
    report = index_paths(index, [str(news)])
    assert counts(report) == {"rejected": 1, "removed": 1}
    assert report.rejections[0].reason == "empty file"


def test_documents_of_a_file_that_is_gone_stay(index: Index, news: Path) -> None:
    """A folder may be a spool, emptied after each run; rebuilding the index is how to forget."""
    write(news / "a.ndjson", record("1", "một"))
    index_paths(index, [str(news)])
    (news / "a.ndjson").unlink()
    assert counts(index_paths(index, [str(news)])) == {}
    assert titles(index) == Counter(["một"])


def test_a_renamed_file_keeps_its_documents_and_answers_for_them(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"), record("2", "hai"))
    index_paths(index, [str(news)])
    (news / "a.ndjson").rename(news / "b.ndjson")
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 2}
    write(news / "b.ndjson", record("2", "hai"))
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 1, "removed": 1}


@pytest.mark.parametrize(("source", "target"), [("a", "b"), ("b", "a")])
def test_a_record_moved_to_another_file_stays(index: Index, news: Path, source: str, target: str) -> None:
    """Whichever of the two files is read first."""
    write(news / f"{source}.ndjson", record("1", "một"), record("2", "hai"))
    write(news / f"{target}.ndjson", record("3", "ba"))
    index_paths(index, [str(news)])
    write(news / f"{source}.ndjson", record("2", "hai"))
    write(news / f"{target}.ndjson", record("3", "ba"), record("1", "một"))
    assert index_paths(index, [str(news)]).inputs == 3
    assert titles(index) == Counter(["một", "hai", "ba"])


# --- the same more than once ---


def test_the_same_id_twice_is_one_document_and_the_later_text_wins(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "bản đầu"), record("1", "bản sửa"))
    assert counts(index_paths(index, [str(news)])) == {"added": 1, "updated": 1}
    assert titles(index) == Counter(["bản sửa"])


def test_the_same_record_twice_is_a_duplicate_of_itself(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"), record("1", "một"))
    report = index_paths(index, [str(news)])
    assert (counts(report), report.duplicates) == ({"added": 1, "duplicate": 1}, [(f"{news}/a.ndjson#2", "1", f"{news}/a.ndjson")])


def test_the_same_text_under_another_id_is_a_duplicate_of_the_first(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một", source="Báo A"))
    write(news / "b.ndjson", record("2", "MỘT", source="Báo B"))
    report = index_paths(index, [str(news)])
    assert (counts(report), report.duplicates) == ({"added": 1, "duplicate": 1}, [(f"{news}/b.ndjson#1", "1", f"{news}/a.ndjson")])
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 2}


def test_a_repetition_takes_the_place_of_the_text_it_repeated(index: Index, news: Path) -> None:
    """When the first bearer of a text goes or changes, the text is still in the folder and so in the index."""
    write(news / "a.ndjson", record("1", "một"), record("3", "ba"))
    write(news / "b.ndjson", record("2", "một"))
    write(news / "c.ndjson", record("4", "ba"), record("5", "ba"))
    index_paths(index, [str(news)])
    write(news / "a.ndjson", record("3", "mới"))
    report = index_paths(index, [str(news)])
    assert counts(report) == {"updated": 1, "added": 2, "unchanged": 1, "removed": 1}
    assert titles(index) == Counter(["một", "mới", "ba"])


def test_a_repetition_in_the_same_file_takes_the_place_too(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"), record("2", "một"))
    index_paths(index, [str(news)])
    write(news / "a.ndjson", record("2", "một"))
    assert counts(index_paths(index, [str(news)])) == {"added": 1, "removed": 1}
    assert titles(index) == Counter(["một"])


def test_a_text_that_becomes_another_ones_is_a_duplicate_from_then_on(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"), record("2", "hai"))
    index_paths(index, [str(news)])
    write(news / "a.ndjson", record("1", "một"), record("2", "một"))
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 1, "duplicate": 1, "removed": 1}
    assert titles(index) == Counter(["một"])


def test_lines_without_ids_may_move_up_and_down(index: Index, news: Path) -> None:
    """Their ids are their lines; whatever moves, the texts of the file are the texts of the index."""
    for texts in (["một", "hai", "ba"], ["mới", "một", "hai", "ba"], ["hai", "ba"], ["ba", "hai"]):
        write(news / "a.ndjson", *(record(None, text) for text in texts))
        assert index_paths(index, [str(news)]).inputs == len(texts)
        assert titles(index) == Counter(texts)


def test_two_streams_add_up(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records without ids of a second stream are no changes of the first one's; nothing of it is removed."""
    for line, want in ((record(None, "một"), ["một"]), (record(None, "hai"), ["một", "hai"]), (record(None, "hai"), ["một", "hai"])):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
        assert index_paths(index, ["-"]).inputs == 1
        assert titles(index) == Counter(want)


# --- every input once ---

TEXTS = ("một", "hai", "ba")
BROKEN = ("{broken", "[1]", '{"id": "e"}', '{"id": "f", "text": 7}', '{"id": "g", "title": "\\ud83d", "text": " "}')
Line = tuple[int | None, str]
LINES = st.lists(st.tuples(st.none() | st.integers(0, 3), st.sampled_from(TEXTS + BROKEN)), max_size=5)
STATES = st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), LINES, min_size=1), min_size=1, max_size=4)


def _written(news: Path, state: dict[str, list[Line]]) -> tuple[int, set[str]]:
    """Write the files of a state over those before; return how many inputs there are now, and which texts."""
    for name, lines in state.items():
        write(
            news / f"{name}.ndjson", *(text if text in BROKEN else record(None if n is None else f"{name}{n}", text) for n, text in lines)
        )
    inputs, texts = 0, set()
    for path in news.iterdir():
        lines = path.read_text().splitlines()
        inputs += max(len(lines), 1)
        parsed = [json.loads(line) for line in lines if line not in BROKEN]
        last = {item.get("id", number): item["title"].removeprefix("Tin ") for number, item in enumerate(parsed)}
        texts.update(last.values())
    return inputs, texts


def _contradict(states: list[dict[str, list[Line]]]) -> bool:
    """Whether some file has an id twice with different texts."""
    pairs = [{(n, text) for n, text in lines if n is not None and text in TEXTS} for state in states for lines in state.values()]
    return any(len({n for n, _ in found}) < len(found) for found in pairs)


@given(STATES)
@settings(max_examples=60, deadline=None)
def test_any_history_of_a_folder_leaves_its_texts_each_once(analyzer: ArticleAnalyzer, states: list[dict[str, list[Line]]]) -> None:
    """Random mixes of new, changed, same, repeated and broken records, file by file, run after run.

    Each run counts every input once, and leaves in the index exactly the texts of the folder, none twice; a run without a
    change adds, updates and removes nothing and names the same rejections. Of a file that has one id twice with different
    texts only the counts are sure: reading it again goes through both.
    """
    sure = not _contradict(states)
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder) / "news"
        news.mkdir()
        index = Index.create(Path(folder) / "index", analyzer, "memory")
        for state in states:
            inputs, texts = _written(news, state)
            report = index_paths(index, [str(news)])
            assert report.inputs == inputs
            assert titles(index) == Counter(texts) or not sure
        again = index_paths(index, [str(news)])
        assert again.inputs == inputs
        assert set(counts(again)) <= {"unchanged", "duplicate", "rejected"} or not sure
        assert titles(index) == Counter(texts) or not sure
        assert again.rejections == index_paths(index, [str(news)]).rejections


# --- damaged inputs ---


def test_a_rejected_file_is_named_in_each_run(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"), "{broken")
    (news / "b.html").write_bytes(b"")
    (news / "c.json").write_text("[")
    for _ in range(2):
        report = index_paths(index, [str(news)])
        assert [Path(one.path).name for one in report.rejections] == ["a.ndjson#2", "b.html", "c.json"]
        assert report.inputs == 4


def test_what_a_file_held_stays_while_it_cannot_be_read(index: Index, news: Path) -> None:
    """A download that is half done does not take articles away."""
    chance = random.Random(7)
    whole = gzip.compress("".join(record(str(n), f"bài {n} {chance.randbytes(30).hex()}") + "\n" for n in range(60)).encode())
    path = news / "a.ndjson.gz"
    path.write_bytes(whole)
    index_paths(index, [str(path)])
    path.write_bytes(whole[: len(whole) // 2])
    report = index_paths(index, [str(path)])
    assert report.rejections[0].outcome == UNREADABLE
    assert (report.removed, sum(titles(index).values())) == (0, 60)
    path.write_bytes(whole)
    assert counts(index_paths(index, [str(path)])) == {"unchanged": 60}


def test_a_file_that_grows_while_it_is_read_is_read_again(index: Index, news: Path) -> None:
    path = write(news / "a.ndjson", *(record(str(n), f"bài {n}") for n in range(3)))

    def append(done: int, name: str) -> None:
        if done == 3:
            with path.open("a") as handle:
                handle.write(record("late", "muộn") + "\n")

    index_paths(index, [str(path)], progress=append)
    assert index_paths(index, [str(path)]).inputs == 4
    assert titles(index)["muộn"] == 1


def test_names_of_any_bytes_are_indexed_and_remembered(index: Index, news: Path) -> None:
    for name in (b"xu\xffong.ndjson", b"hai\ndong.ndjson"):
        Path(os.fsdecode(os.fsencode(news) + b"/" + name)).write_text(record(None, name.hex()))
    assert counts(index_paths(index, [str(news)])) == {"added": 2}
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 2}


def test_a_page_that_breaks_the_reader_is_rejected_and_the_run_goes_on(index: Index, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours in one page must not keep the others out, nor take away what the page was before."""
    for name in ("a", "b", "c"):
        write(news / f"{name}.txt", f"Xã {name} mở lớp học", "", f"Sáng 12/7/2023, xã {name} khai giảng lớp học xóa mù chữ cho dân.")
    index_paths(index, [str(news / "b.txt")])
    write(news / "b.txt", "Xã b mở lớp học khác")
    works = hand.extract

    def failing(page: Page) -> Article | Rejected:
        if "khác".encode() in page.raw:
            raise RecursionError("maximum recursion depth exceeded")
        return works(page)

    monkeypatch.setattr(hand, "extract", failing)
    report = index_paths(index, [str(news)])
    assert counts(report) == {"added": 2, "rejected": 1}
    assert report.rejections[0].path == f"{news}/b.txt"
    assert report.rejections[0].reason == (
        "cannot be taken apart: RecursionError: maximum recursion depth exceeded; what it held before stays in the index"
    )
    assert sum(titles(index).values()) == 3


def test_an_analysis_that_fails_stops_the_run_and_takes_nothing_away(index: Index, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would fail for every article, as when its tables are missing: that is no fault of the inputs."""
    write(news / "a.ndjson", record("1", "một"))
    index_paths(index, [str(news)])

    def failing(*_: object) -> None:
        raise PlacesError("the gazetteer is missing")

    monkeypatch.setattr(hand, "analyze_documents", failing)
    write(news / "a.ndjson", record("1", "mới"))
    with pytest.raises(PlacesError):
        index_paths(index, [str(news)])
    assert titles(index) == Counter(["một"])


def test_an_article_as_long_as_a_library_is_rejected(index: Index, news: Path) -> None:
    """Analysing it would take gigabytes."""
    write(news / "a.ndjson", record("1", "x " * 1_200_000), record("2", "hai"))
    report = index_paths(index, [str(news)])
    assert counts(report) == {"added": 1, "rejected": 1}
    assert report.rejections[0].reason == "4,800,013 characters of text; an article may have 2,000,000"


def test_hostile_records_are_taken_in_or_rejected(tmp_path: Path, news: Path, analyzer: ArticleAnalyzer) -> None:
    """Half characters, controls, huge ids and labels, odd types: none stops the run, and what was taken in can be found."""
    lines = [
        '{"id": "\\ud800", "title": "Tin \\udfff một", "text": "Thân\\u0000 bài"}',
        '{"id": 7, "title": "Tin bảy", "text": ["Đoạn một.", "Đoạn hai."], "date": 1688083200}',
        '{"id": null, "url": "http://[::1", "title": "Tin địa chỉ", "text": "Bài."}',
        '{"id": true, "title": "Tin đúng", "text": "Bài."}',
        '{"id": "n", "title": "Tin nguồn", "text": "Bài nguồn.", "source": "' + "báo " * 20_000 + '"}',
        '{"id": "' + "x" * 70_000 + '", "title": "Tin dài", "text": "Bài dài."}',
        '{"id": "d", "title": "Tin ngày", "text": "Bài ngày.", "date": NaN}',
        '{"id": "t", "title": "' + "a" * 70_000 + '", "text": "Bài."}',
        '{"id": "r", "title": "Tin \\u202eđảo", "text": "\\u2066Bài\\u0301"}',
        '{"title": {}, "text": "Bài."}',
        '{"html": "<p>Bài</p>", "title": "Tin trang"}',
        '{"id": "", "title": "", "text": "\\u200b"}',
    ]
    write(news / "a.ndjson", *lines)
    index = Index.create(tmp_path / "ix", analyzer, "tantivy")
    report = index_paths(index, [str(news)])
    assert report.inputs == len(lines)
    found = Searcher(index).search(SearchRequest(limit=100, copies=True))
    assert len(found.hits) == found.total == report.added
    assert all(Searcher(index).get(hit.document.doc_id) == hit.stored for hit in found.hits)
    assert counts(index_paths(index, [str(news)])) | {"rejected": 0} == {"unchanged": report.added, "rejected": 0}


def test_a_date_that_cannot_be_read_is_told_once_and_the_article_taken_in(index: Index, news: Path) -> None:
    """Also when the file is looked at a second time."""
    write(news / "a.ndjson", record("1", "một"))
    write(news / "b.ndjson", record("2", "một", date="hôm nào"), record("3", "ba", date="hôm kia"))
    report = index_paths(index, [str(news)])
    told = [(f"{news}/b.ndjson#1", "'hôm nào'"), (f"{news}/b.ndjson#2", "'hôm kia'")]
    assert (counts(report), report.unread_dates) == ({"added": 2, "duplicate": 1}, told)
    write(news / "a.ndjson", record("1", "mới"))
    write(news / "b.ndjson", record("2", "một", date="hôm nào"))
    report = index_paths(index, [str(news)])
    assert (counts(report), report.unread_dates) == ({"updated": 1, "added": 1, "removed": 1}, told[:1])


# --- accidents ---


def test_a_path_that_is_not_there_leaves_the_index_as_it_was(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"))
    with pytest.raises(NoSuchInputError, match="khong-co"):
        index_paths(index, [str(news), str(news / "khong-co")])
    assert not titles(index)
    assert counts(index_paths(index, [str(news)])) == {"added": 1}


@pytest.mark.parametrize("engine", ["tantivy", "whoosh", "memory"])
@pytest.mark.parametrize("when", [1, 4, 7, 9])
def test_an_interrupted_run_leaves_the_last_commit_and_goes_on_from_there(
    tmp_path: Path, news: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch, engine: str, when: int
) -> None:
    monkeypatch.setattr(run, "COMMIT_EVERY", 3)
    monkeypatch.setattr(batches, "BATCH_ITEMS", 1)
    index = Index.create(tmp_path / "ix", analyzer, engine)
    write(news / "a.ndjson", *(record(str(n), f"bài {n}") for n in range(5)))
    write(news / "b.ndjson", *(record(str(n), f"bài {n}") for n in range(5, 10)))

    def stop(done: int, name: str) -> None:
        if done == when:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_paths(index, [str(news)], progress=stop)
    committed = (when - 1) // 3 * 3
    assert sum(titles(Index.open(tmp_path / "ix", analyzer)).values()) == committed
    report = index_paths(Index.open(tmp_path / "ix", analyzer), [str(news)])
    assert (report.inputs, report.added, report.unchanged) == (10, 10 - committed, committed)
    assert titles(Index.open(tmp_path / "ix", analyzer)) == Counter(f"bài {n}" for n in range(10))


INDEX_SLOWLY = """
import sys
from pathlib import Path
from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import PlaceFinder
from engine.index import Index
from indexer import batches, run
from indexer.workers import choice
run.COMMIT_EVERY = 7
batches.BATCH_ITEMS = 4
choice.SMALL = 0
index = Index.open_or_create(Path(sys.argv[1]), ArticleAnalyzer(Analyzer(), PlaceFinder()), "tantivy")
print("ready", flush=True)
run.index_paths(index, [sys.argv[2]], run.Options(workers=int(sys.argv[3])))
"""


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_run_killed_at_any_moment_goes_on_to_the_complete_index(
    tmp_path: Path, news: Path, analyzer: ArticleAnalyzer, workers: str
) -> None:
    """Killed again and again, at random moments, the making of the index included; the index opens each time.

    A run that ends before it is killed begins anew, and those after it are killed sooner: so six are, on a machine of any speed.
    """
    for part in range(8):
        write(news / f"{part}.ndjson", *(record(f"{part}-{n}", f"bài {part} {n} " + "xã báo cáo " * 40) for n in range(60)))
    moments, longest = random.Random(7), 0.15 if workers == "0" else 1.5
    before = kills = 0
    while kills < 6:
        command = [sys.executable, "-c", INDEX_SLOWLY, tmp_path / "ix", news, workers]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment())
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0, longest))
        process.kill()
        status = process.wait()
        process.stdout.close()
        now = sum(titles(Index.open(tmp_path / "ix", analyzer)).values())
        assert now >= before, "documents of a commit were lost"
        assert status in (0, -signal.SIGKILL)
        before = now
        kills += status != 0
        if not status and kills < 6:
            longest, before = longest / 2, 0
            shutil.rmtree(tmp_path / "ix")
    index = Index.open(tmp_path / "ix", analyzer)
    assert index_paths(index, [str(news)]).inputs == 480
    found = Searcher(index).search(SearchRequest(limit=0, facets=()))
    assert found.total == 480
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 480}


def test_a_second_run_at_the_same_time_is_refused(index: Index, news: Path, analyzer: ArticleAnalyzer) -> None:
    """Whatever the engine: a run keeps others out from its first to its last moment, also between commits."""
    write(news / "a.ndjson", record("1", "một"))
    refused: list[str] = []

    def meanwhile(done: int, name: str) -> None:
        with pytest.raises(IndexBusyError) as raised:
            index_paths(Index.open(index.directory, analyzer), [str(news)])
        refused.append(str(raised.value))

    index_paths(index, [str(news)], progress=meanwhile)
    assert refused == [f"{index.directory}: another process is writing to this index. Wait until it has finished."]
    assert counts(index_paths(index, [str(news)])) == {"unchanged": 1}


def test_a_damaged_manifest_is_a_clear_error(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"))
    index_paths(index, [str(news)])
    (index.directory / "manifest.sqlite").write_bytes(b"\x00" * 5000)
    with pytest.raises(ManifestError, match="timtin index --rebuild PATH"):
        index_paths(index, [str(news)])


def test_without_its_manifest_an_index_takes_everything_in_again_and_none_twice(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"), record("2", "hai"))
    index_paths(index, [str(news)])
    (index.directory / "manifest.sqlite").unlink()
    assert counts(index_paths(index, [str(news)])) == {"added": 2}
    assert titles(index) == Counter(["một", "hai"])


def test_an_index_set_back_to_an_older_state_gets_what_it_lost(tmp_path: Path, news: Path, analyzer: ArticleAnalyzer) -> None:
    """As after a power cut, or when all but the manifest was restored from a copy."""
    index = Index.create(tmp_path / "ix", analyzer, "tantivy")
    write(news / "a.ndjson", record("1", "một"))
    index_paths(index, [str(news)])
    shutil.copytree(tmp_path / "ix", tmp_path / "copy")
    write(news / "b.ndjson", record("2", "hai"), record("3", "hai"))
    index_paths(index, [str(news)])
    shutil.copy(tmp_path / "ix" / "manifest.sqlite", tmp_path / "copy")
    shutil.rmtree(tmp_path / "ix")
    shutil.copytree(tmp_path / "copy", tmp_path / "ix")
    again = Index.open(tmp_path / "ix", analyzer)
    assert index_paths(again, [str(news)]).inputs == 3
    assert titles(again) == Counter(["một", "hai"])


def test_an_index_without_its_engine_files_is_an_error_that_says_how_to_rebuild(
    index: Index, news: Path, analyzer: ArticleAnalyzer
) -> None:
    write(news / "a.ndjson", record("1", "một"))
    index_paths(index, [str(news)])
    shutil.rmtree(index.directory / "engine")
    with pytest.raises(IndexDamagedError, match="timtin index --rebuild"):
        Index.open(index.directory, analyzer)


def test_progress_tells_each_input_in_order(index: Index, news: Path) -> None:
    write(news / "a.ndjson", record("1", "một"), "{broken", record("2", "hai"))
    told: list[tuple[int, str]] = []
    index_paths(index, [str(news)], progress=lambda done, name: told.append((done, Path(name).name)))
    assert [number for number, _ in told] == sorted(number for number, _ in told)
    assert {name for _, name in told} == {"a.ndjson#1", "a.ndjson#2", "a.ndjson#3"}
