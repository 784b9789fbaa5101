"""The stages of `benchmarks.scale`: each takes a place to work in and returns figures. Every one can be done again."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import zstandard

from benchmarks import memory
from benchmarks.make_corpus import Maker

ROOT = Path(__file__).resolve().parent.parent
UPDATED = 1000
ROUNDS = 100
PATIENCE_SECONDS = 600
BEGUN = "index.begun"
_SERVED = re.compile(r"http://([\d.]+):(\d+)/")
_POLL_SECONDS = 0.2

Figures = dict[str, float]
Article = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one size is measured: its folder, the number of its articles, and a file that begins with them, if there is one."""

    folder: Path
    size: int
    given: Path | None
    queries: int
    workers: int

    @property
    def articles(self) -> Path:
        return self.folder / "articles.jsonl.zst"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def changed(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl"


def articles(place: Place) -> Figures:
    """Write the articles, and those that are changed later."""
    started = perf_counter()
    text = 0
    every = max(1, place.size // min(UPDATED, place.size))
    wanted = min(UPDATED, place.size)
    with place.changed("1000").open("w") as few, place.changed("hundredth").open("w") as hundredth, _packed(place.articles) as out:
        for number, line in enumerate(_lines(place)):
            out(line)
            article = json.loads(line)
            text += sum(len(part.encode()) for part in (article["title"], article["lead"], *article["body"]))
            if number % every == 0 and number // every < wanted:
                few.write(_changed(article, "doimot"))
            if number % 100 == 51:  # none of the thousand where there are 10,000 articles or a multiple of them
                hundredth.write(_changed(article, "doihai"))
    return {"text_bytes": text, "make_seconds": perf_counter() - started}


def index(place: Place) -> Figures:
    """Index them with the command line; an index that was begun is gone on with."""
    spent = _spent(place)
    if spent is None:
        shutil.rmtree(place.index, ignore_errors=True)
    (place.folder / BEGUN).write_text(json.dumps([spent or 0.0, time.time()]))
    watched, report = _indexed(place, place.articles)
    (place.folder / BEGUN).unlink()
    seconds = watched.seconds + (spent or 0.0)
    kinds = {f"{kind}_bytes": float(size) for kind, size in _sizes(place.index / "engine").items()}
    return kinds | {
        "index_seconds": seconds,
        "articles_per_second": place.size / seconds,
        "index_cpu_seconds": watched.cpu_seconds,
        "indexing_memory": watched.own_of_all,
        "indexing_memory_parent": watched.own,
        "indexing_resident_parent": watched.resident,
        "index_bytes": _bytes(place.index),
        "segments": _segments(place.index),
        "duplicates": report["duplicate"],
    }


def search(place: Place) -> Figures:
    """Open and search in a fresh process: once when the files have to come from the disk, then with what is measured warm."""
    _forget(place.index)
    cold = _reader(place, queries=20)
    warm = _reader(place, queries=place.queries)
    return warm | {"cold_open_ms": cold["open_ms"], "cold_first_search_ms": cold["first_search_ms"]}


def serve(place: Place) -> Figures:
    """Searches over HTTP, as pages, from the real server, and the memory it keeps to itself; suggestions are asked for too."""
    queries = [_query(json.loads(line)["title"], number) for number, line in enumerate(islice(_lines(place), place.queries))]
    with _server(place) as (process, connection):
        _get(connection, "/goi-y.json", q="xã")
        for q in queries:
            _get(connection, "/tim", q=q)
        times = []
        for q in queries:
            started = perf_counter()
            _get(connection, "/tim", q=q)
            times.append((perf_counter() - started) * 1000)
        _get(connection, "/")
        own = memory.own_bytes(process.pid)
    times.sort()
    return {"http_p50_ms": times[len(times) // 2], "http_p99_ms": times[len(times) * 99 // 100], "serving_memory": own}


def update_1000(place: Place) -> Figures:
    """Change a thousand articles while a server runs, until it finds them all."""
    return {f"update_1000_{name}": value for name, value in _updated(place, "1000", "doimot").items()}


def update_hundredth(place: Place) -> Figures:
    """Change one article in a hundred."""
    return {f"update_hundredth_{name}": value for name, value in _updated(place, "hundredth", "doihai").items()}


def rounds(place: Place) -> Figures:
    """Change one article in a hundred, a hundred times over, drawn anew each time, and look at the disk."""
    directory = place.folder / "rounds"
    shutil.rmtree(directory, ignore_errors=True)
    _command("index", place.articles, "--index", directory, "--workers", place.workers, "--json")
    fresh = _bytes(directory)
    changing = place.folder / "changing"
    changing.mkdir(exist_ok=True)
    every = [json.loads(line) for line in _lines(place)]
    most, started = 0, perf_counter()
    chance = random.Random(1)
    for number in range(ROUNDS):
        path = changing / f"{number:03}.jsonl"
        path.write_text(
            "".join(_changed(article, f"vong{number}") for article in chance.sample(every, place.size // ROUNDS)), encoding="utf-8"
        )
        _command("index", path, "--index", directory, "--workers", "0", "--json")
        most = max(most, _bytes(directory))
    seconds = perf_counter() - started
    figures = {"rounds_disk": _bytes(directory) / fresh, "rounds_disk_highest": most / fresh, "rounds_segments": _segments(directory)}
    shutil.rmtree(directory)
    return figures | {"rounds_seconds_each": seconds / ROUNDS}


def _spent(place: Place) -> float | None:
    """Seconds that an attempt to index took which was cut off, counted to its last sign of life; None when there was none."""
    if not (place.folder / BEGUN).exists():
        return None
    seconds, started = map(float, json.loads((place.folder / BEGUN).read_text()))
    newest = max((entry.stat().st_mtime for entry in place.index.rglob("*")), default=0.0)
    return seconds + max(0.0, newest - started)


def _updated(place: Place, name: str, mark: str) -> Figures:
    """Seconds of the run and until all its articles are found, and what it wrote."""
    path = place.changed(name)
    wanted = sum(1 for _ in path.open("rb"))
    tag = f"{mark}{time.time_ns() // 1_000_000_000}"  # so that the stage can be done again
    tagged = path.with_stem(f"{name}-{tag}")
    tagged.write_text(path.read_text(encoding="utf-8").replace(mark, tag), encoding="utf-8")
    with _server(place) as (_, connection), ThreadPoolExecutor(1) as beside:
        _get(connection, "/tim", q="xã")
        started = perf_counter()
        run = beside.submit(_indexed, place, tagged)
        while json.loads(_get(connection, "/tim.json", q=f'"{tag}"', gop="khong", sua="khong"))["total"] != wanted:
            if run.done() and perf_counter() - started > PATIENCE_SECONDS:
                raise RuntimeError(f"{tag}: not all of {wanted} changed articles are found: {run.result()}")
            time.sleep(_POLL_SECONDS)
        seen = perf_counter() - started
        watched, report = run.result()
    if report["updated"] != wanted:
        raise RuntimeError(f"{report['updated']} of {wanted} articles were updated: {report}")
    return {
        "seconds": watched.seconds,
        "cpu_seconds": watched.cpu_seconds,
        "seen_seconds": seen,
        "memory": watched.own_of_all,
        "index_bytes": _bytes(place.index),
    }


def _lines(place: Place) -> Iterator[str]:
    """The articles as lines of JSON."""
    source = place.articles if place.articles.exists() else place.given
    if source is None:
        yield from (json.dumps(article, ensure_ascii=False) for article in Maker().articles(place.size))
        return
    with zstandard.open(source, "rt", encoding="utf-8") as lines:
        yield from (line.rstrip("\n") for line in islice(lines, place.size))


@contextmanager
def _packed(path: Path) -> Iterator[Any]:
    """Writes lines to a file that is there when it is whole."""
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as raw, zstandard.ZstdCompressor(1).stream_writer(raw) as stream:
        yield lambda line: stream.write(line.encode() + b"\n")
    temporary.replace(path)


def _changed(article: Article, mark: str) -> str:
    """The article with another last paragraph, as a line."""
    return json.dumps({**article, "body": [*article["body"], f"Tin này đã sửa: {mark}."]}, ensure_ascii=False) + "\n"


def _indexed(place: Place, path: Path) -> tuple[memory.Watched, Any]:
    command = _timtin("index", path, "--index", place.index, "--workers", place.workers, "--json")
    watched = memory.run(command, _environment())
    return watched, json.loads(watched.output)


def _reader(place: Place, queries: int) -> Figures:
    command = [sys.executable, "-m", "benchmarks.scale_reader", str(place.index), "--queries", str(queries)]
    figures: Figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=_environment()).stdout)
    return figures


@contextmanager
def _server(place: Place) -> Iterator[tuple[subprocess.Popen[str], HTTPConnection]]:
    """`timtin serve` on a free port of this machine. Raises RuntimeError with what it said when it ends before it serves."""
    command = _timtin("serve", "--index", place.index, "--port", "0")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=_environment()) as process, ThreadPoolExecutor(1) as beside:
        try:
            assert process.stderr is not None
            said, match = "", None
            while match is None and (line := process.stderr.readline()):
                said, match = said + line, _SERVED.search(line)
            if match is None:
                raise RuntimeError(f"{' '.join(command)} said: {said}")
            beside.submit(deque, process.stderr, 0)  # what it says from now on is read and dropped: it would stand still at a full pipe
            with closing(HTTPConnection(match[1], int(match[2]), timeout=PATIENCE_SECONDS)) as connection:
                yield process, connection
        finally:
            process.terminate()


def _get(connection: HTTPConnection, path: str, **parameters: str) -> str:
    address = f"{path}?{urlencode(parameters)}" if parameters else path
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
    except ConnectionError:  # the server closes a connection that was idle for long
        connection.close()
        connection.request("GET", address)
        answer = connection.getresponse()
    body = answer.read().decode()
    if answer.status != HTTPStatus.OK:
        raise RuntimeError(f"{path} {parameters}: {answer.status}")
    return body


def _query(title: str, number: int) -> str:
    """One to four syllables of a headline."""
    words = title.split()
    start = number % max(1, len(words) - 3)
    return " ".join(words[start : start + 1 + number % 4])


def _command(*arguments: object) -> None:
    subprocess.run(_timtin(*arguments), check=True, capture_output=True, env=_environment())


def _timtin(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "cli", *map(str, arguments)]


def _environment() -> dict[str, str]:
    """Of a command that keeps its compiled modules, as an installed one does: to compile them anew takes a second each time."""
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH", "")])])
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": path}


def _forget(directory: Path) -> None:
    """Have the system drop what it keeps of these files in memory."""
    for path in directory.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _bytes(directory: Path) -> int:
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def _sizes(engine: Path) -> dict[str, int]:
    """Bytes by the kind of file."""
    sizes: dict[str, int] = {}
    for path in engine.iterdir():
        if path.suffix:
            sizes[path.suffix[1:]] = sizes.get(path.suffix[1:], 0) + path.stat().st_size
    return sizes


def _segments(directory: Path) -> int:
    return len(json.loads((directory / "engine" / "meta.json").read_text(encoding="utf-8"))["segments"])


STAGES: Sequence[Any] = (articles, index, search, serve, update_1000, update_hundredth, rounds)
