"""Runs of `timtin index` as processes: stopped, killed, watching; and its options."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from cli.main import timtin
from tests.process import PATIENCE, start

PROC = Path("/proc")
PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p><p>{1}</p></body></html>"
TEXT = "Sáng 3/5/2023, xã Ia Rong khởi công con đường liên thôn dài hai cây số, người dân góp một nửa số vốn và ngày công."

pytestmark = pytest.mark.usefixtures("elsewhere")


def record(number: int, title: str = "Tin", more: int = 0) -> str:
    body = f"Bài số {number}. " + TEXT * more
    return json.dumps({"id": str(number), "title": f"{title} {number}", "text": body, "date": "2023-05-03"}, ensure_ascii=False) + "\n"


def index(*arguments: object) -> Result:
    return CliRunner().invoke(timtin, ["index", *map(str, arguments)])


def count() -> int:
    return int(CliRunner().invoke(timtin, ["count"]).stdout)


@pytest.fixture
def large(elsewhere: Path) -> Path:
    """A file that takes a while."""
    path = elsewhere / "large.ndjson"
    path.write_text("".join(record(n, more=60) for n in range(2500)))
    return path


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def family(pid: int) -> set[int]:
    """A process and all that descend from it."""
    parents: dict[int, int] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:  # it has just ended
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def alive(pid: int) -> bool:
    """Whether it runs; one that has ended and was not waited for does not."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked up in /proc")
@pytest.mark.parametrize(
    ("number", "status", "told"),
    [
        (signal.SIGKILL, -9, ""),
        (signal.SIGTERM, 143, "timtin: terminated. The index is as it was at its last commit; the next run goes on from there.\n"),
        (signal.SIGINT, 130, "timtin: interrupted. The index is as it was at its last commit.\n"),
    ],
)
def test_however_a_run_is_ended_no_process_of_it_is_left(
    elsewhere: Path, large: Path, number: signal.Signals, status: int, told: str
) -> None:
    """And the index is as it was; the next run takes everything in."""
    (elsewhere / "a.ndjson").write_text(record(1))
    index("a.ndjson")
    process = start("index", large, "-", "--workers", 2, cwd=elsewhere, stdin=subprocess.PIPE)  # whose end it waits for, however fast
    until(lambda: len(family(process.pid)) >= 5)  # with two workers, the process they are forked from, and its tracker
    everybody = family(process.pid)
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err.decode().lstrip()) == (status, b"", told)
    until(lambda: not any(map(alive, everybody)))
    assert count() == 1
    large.write_text(record(7) + record(8))
    assert "2 added" in index(large).stderr


def test_the_same_articles_are_found_however_many_workers_there_were(elsewhere: Path) -> None:
    (elsewhere / "news").mkdir()
    (elsewhere / "news" / "a.ndjson").write_text("".join(record(n % 280, more=2) for n in range(300)) + "{broken\n")
    (elsewhere / "news" / "b.html").write_text(PAGE.format("Xã khởi công đường liên thôn", TEXT))
    answers = []
    for workers in ("0", "1", "auto"):
        result = index("news", "--index", f"ix{workers}", "--workers", workers, "--json")
        report = json.loads(result.stdout)
        told = {key: report[key] for key in ("inputs", "added", "duplicate", "rejected", "dated", "rejections", "duplicates")}
        search = ["search", "khởi công", "--json", "--limit", "300", "--index", f"ix{workers}"]
        found = json.loads(CliRunner().invoke(timtin, search).stdout)
        answers.append((result.exit_code, told, found["total"], [hit["doc_id"] for hit in found["hits"]], found["facets"]))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 1
    assert answers[0][1]["added"] == 281


@pytest.mark.parametrize("value", ["-1", "x", "1.5", "257"])
def test_a_number_of_workers_that_is_none_is_named(elsewhere: Path, value: str) -> None:
    (elsewhere / "a.ndjson").write_text(record(1))
    result = index("a.ndjson", f"--workers={value}")
    assert result.exit_code == 2
    assert f"--workers: workers = '{value}' cannot be used" in result.stderr


# --- gone inputs ---


def test_inputs_that_are_gone_are_named_and_with_prune_removed(elsewhere: Path) -> None:
    news = elsewhere / "news"
    news.mkdir()
    for n in range(3):
        (news / f"{n}.ndjson").write_text(record(n))
    (elsewhere / "other.ndjson").write_text(record(9))
    index(news, "other.ndjson")
    (news / "1.ndjson").unlink()
    (elsewhere / "other.ndjson").unlink()
    told = index(news).stderr
    assert f"gone {news}/1.ndjson: its articles stay; --prune removes them\n" in told
    assert "other" not in told  # which is not below what was named
    assert count() == 4
    told = index(news, "--prune").stderr
    assert f"gone {news}/1.ndjson: its articles were removed\n" in told
    assert "2 unchanged" in told
    assert ", 1 removed;" in told
    assert count() == 3
    assert "gone" not in index(news, "--prune").stderr


def test_pruning_leaves_what_another_input_has_and_gives_repetitions_their_own(elsewhere: Path) -> None:
    news = elsewhere / "news"
    news.mkdir()
    (news / "a.ndjson").write_text(record(1) + record(2))
    (news / "b.ndjson").write_text(record(1))
    (news / "c.ndjson").write_text(record(2).replace('"2"', '"3"'))
    assert "2 added, 0 updated, 0 unchanged, 2 duplicate" in index(news).stderr
    (news / "a.ndjson").unlink()
    told = index(news, "--prune").stderr
    assert "1 added" in told
    assert ", 1 removed;" in told
    assert sorted(json.loads(line)["doc_id"] for line in CliRunner().invoke(timtin, ["search", "--ndjson"]).stdout.splitlines()) == [
        "1",
        "3",
    ]


def test_a_folder_that_may_not_be_looked_into_loses_nothing(elsewhere: Path) -> None:
    """Only what is certainly not there is gone: here a link that leads nowhere for a while stands for it."""
    disk = elsewhere / "disk"
    disk.mkdir()
    (disk / "a.ndjson").write_text(record(1))
    (elsewhere / "news").symlink_to(disk)
    index("news", "--prune")
    disk.rename(elsewhere / "elsewhere")
    assert index("news", "--prune").exit_code == 2
    assert count() == 1


# --- parts ---


def test_parts_share_out_the_articles(elsewhere: Path) -> None:
    (elsewhere / "a.ndjson").write_text("".join(record(n) for n in range(60)))
    ids = []
    for part in ("1/3", "2/3", "3/3"):
        report = json.loads(index("a.ndjson", "--part", part, "--index", f"ix{part[0]}", "--json").stdout)
        assert (report["added"] + report["elsewhere"], report["inputs"]) == (60, 60)
        again = json.loads(index("a.ndjson", "--part", part, "--index", f"ix{part[0]}", "--json").stdout)
        assert (again["unchanged"], again["elsewhere"]) == (report["added"], report["elsewhere"])
        found = CliRunner().invoke(timtin, ["search", "--ndjson", "--limit", "100", "--index", f"ix{part[0]}"]).stdout
        ids.append({json.loads(line)["doc_id"] for line in found.splitlines()})
    assert sum(map(len, ids)) == 60 == len(set.union(*ids))
    assert all(len(part) > 10 for part in ids)
    assert "60 added" not in index("a.ndjson", "--index", "ix1").stderr
    assert "0 elsewhere" not in index("a.ndjson", "--index", "ix1").stderr


@pytest.mark.parametrize("part", ["0/3", "4/3", "1", "1/0", "x/y", "1/1000000"])
def test_a_part_that_is_none_is_named(elsewhere: Path, part: str) -> None:
    (elsewhere / "a.ndjson").write_text(record(1))
    result = index("a.ndjson", "--part", part)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"timtin: --part {part}: a part is written K/N")


# --- the report ---


def test_each_input_is_in_the_report_once_by_what_became_of_it(elsewhere: Path) -> None:
    """Pages that are no articles are counted by type, named only when asked, and no reason to fail."""
    news = elsewhere / "news"
    news.mkdir()
    (news / "a.ndjson").write_text(record(1) + record(1).replace('"1"', '"2"'))
    (news / "b.html").write_text(PAGE.format("404 Not Found", "Trang không tồn tại."))
    rows = "".join(f'<li><a href="/{n}.html">Xã số {n} mở hội nghị tổng kết công tác năm vừa qua</a></li>' for n in range(20))
    (news / "c.html").write_text(
        f'<html><head><title>Tin tức</title><link rel="canonical" href="https://xa.example/tin-tuc/"></head><body><ul>{rows}</ul></body></html>'
    )
    result = index(news, "--report", "report.json")
    assert result.exit_code == 0
    assert "4 inputs: 1 added, 0 updated, 0 unchanged, 1 duplicate, 1 error, 1 list, 0 rejected" in result.stderr
    assert "b.html" not in result.stderr.replace("slowest", "")
    report = json.loads((elsewhere / "report.json").read_text())
    assert report["format"] == 1
    assert report["inputs"] == sum(report[name] for name in ("added", "updated", "unchanged", "duplicate", "error", "list", "rejected"))
    assert report["dated"] == {"field": 2}
    assert [(Path(one["path"]).name, one["outcome"]) for one in report["not_articles"]] == [("b.html", "error"), ("c.html", "list")]
    (elsewhere / "var").rename(elsewhere / "old")
    told = index(news, "-v").stderr
    assert f"error {news}/b.html: error page" in told
    assert f"list {news}/c.html: 20 linked headlines" in told
    told = index(news).stderr
    assert "0 added, 0 updated, 2 unchanged, 0 duplicate, 1 error, 1 list, 0 rejected" in told


@pytest.mark.parametrize("place", ["nowhere/report.json", "."])
def test_a_report_that_cannot_be_written_shows_before_the_run(elsewhere: Path, place: str) -> None:
    (elsewhere / "a.ndjson").write_text(record(1))
    result = index("a.ndjson", "--report", place)
    assert result.exit_code == 2
    assert f"--report {place}" in result.stderr
    assert not (elsewhere / "var").exists()


# --- watching ---


@contextmanager
def watching(folder: Path, *flags: str) -> Iterator[tuple[subprocess.Popen[bytes], list[str]]]:
    """A run that watches, and the lines it has written so far."""
    process = start("index", "news", "--watch", *flags, cwd=folder)
    lines: list[str] = []
    stream = process.stderr
    assert stream is not None
    reader = threading.Thread(target=collect, args=(stream, lines))
    reader.start()
    try:
        until(lambda: any("watching" in line for line in lines))
        yield process, lines
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        reader.join()
        assert process.stdout is not None
        process.stdout.close()
        stream.close()


def collect(stream: IO[bytes], lines: list[str]) -> None:
    lines.extend(line.decode() for line in stream)


def put(path: Path, text: str) -> None:
    """Write a file as programs do whose files are watched: it is there whole, or not yet."""
    whole = path.parent.with_name(f"{path.name}.new")
    whole.write_text(text)
    whole.replace(path)


def test_watching_follows_additions_changes_and_deletions_and_outlives_errors(elsewhere: Path) -> None:
    news = elsewhere / "news"
    news.mkdir()
    (news / "a.ndjson").write_text(record(1))
    with watching(elsewhere, "--prune") as (process, lines):

        def told(text: str) -> None:
            until(lambda: any(text in line for line in lines))

        told("1 added")
        put(news / "b.ndjson", record(2))
        told("1 added, 0 updated, 1 unchanged")
        put(news / "b.ndjson", record(2, "Tin mới"))
        told("1 updated")
        put(news / "c.html", "")
        told("news/c.html: empty file")
        (news / "c.html").unlink()
        (news / "a.ndjson").unlink()
        told("1 removed")
        news.rename(elsewhere / "away")
        told("No such file or folder: news. Trying again")
        (elsewhere / "away").rename(news)
        put(news / "d.ndjson", record(3))
        until(lambda: sum("1 added, 0 updated, 1 unchanged" in line for line in lines) == 2)
        assert process.poll() is None
    assert process.returncode == 0
    assert lines[-1] == "timtin: stopped\n"
    assert not any("Traceback" in line for line in lines)
    assert count() == 2


@pytest.mark.parametrize("path", ["-", "n*ws"])
def test_what_cannot_be_watched_is_named(elsewhere: Path, path: str) -> None:
    (elsewhere / "news").mkdir()
    (elsewhere / "news" / "a.ndjson").write_text(record(1))
    result = index(path, "--watch")
    assert (result.exit_code, result.stderr) == (2, f"timtin: --watch follows files and folders, not {path!r}\n")
