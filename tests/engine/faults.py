"""What can happen to an index: for tests at small counts, for ``python -m benchmarks.faults`` at large ones."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from whoosh.index import open_dir

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import PlaceFinder
from engine.errors import EngineError, IndexBusyError, IndexDamagedError
from engine.index import Index
from engine.model import AnalyzedDocument, SearchRequest
from engine.search import Searcher
from indexer.analysis import analyze_document
from tests.support import make

BATCH = 20
_OF_SEGMENTS = frozenset({".store", ".idx", ".pos", ".term", ".fast", ".fieldnorm", ".del", ".seg", ".trm", ".pst", ".vps", ".dcz", ".tmp"})
_context: list[ForkServerContext] = []


def processes() -> ForkServerContext:
    """Processes that start in milliseconds: they are forked from one that has made what is shared and opened no index."""
    if not _context:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.engine.faults_ready"])
        _context.append(context)
    return _context[0]


class Shared:
    """An analyzer and some analysed documents, made once a process."""

    _made: tuple[ArticleAnalyzer, list[AnalyzedDocument]] | None = None

    @classmethod
    def get(cls) -> tuple[ArticleAnalyzer, list[AnalyzedDocument]]:
        if cls._made is None:
            analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
            texts = [make(f"d{i:05}", f"Tin số {i} của huyện", f"Xã họp bàn việc làm đường, lần thứ {i}.") for i in range(BATCH)]
            cls._made = analyzer, [analyze_document(analyzer, text) for text in texts]
        return cls._made


def numbered(document: AnalyzedDocument, doc_id: str) -> AnalyzedDocument:
    """The same text under another id: what is written does not matter here, only whether it stays."""
    return replace(document, document=replace(document.document, doc_id=doc_id))


def write_for_ever(directory: Path, engine: str, told: Connection) -> None:
    """Make or open the index and commit batch after batch, telling the number of documents after each commit."""
    analyzer, documents = Shared.get()
    told.send("ready")
    index = Index.open_or_create(directory, analyzer, engine)
    done = index.snapshot().count()
    while True:
        with index.writer() as writer:
            for _ in range(3):
                for document in documents:
                    writer.add(numbered(document, f"d{done:06}"))
                    done += 1
                writer.commit()
                told.send(done)


def killed_at_random(directory: Path, engine: str, kills: int, seed: int) -> Iterator[tuple[int, int]]:
    """F1: kill -9 a writer again and again, the first time perhaps before the index is made; yield (acknowledged, found) each time."""
    chance = random.Random(seed)
    for number in range(kills):
        if number % 10 == 0 and directory.exists():
            shutil.rmtree(directory)
        moment = chance.uniform(0, 0.08) if number % 10 == 0 else chance.uniform(0.02, 0.4)
        acknowledged = max(_killed(directory, engine, moment, after_one=number % 3 == 1), default=0)
        yield acknowledged, found_in(directory)


def _killed(directory: Path, engine: str, moment: float, *, after_one: bool = False) -> Iterator[int]:
    """Kill a writer so many seconds after it has begun, or `after_one` commit, however slow the machine; what it acknowledged."""
    ours, theirs = processes().Pipe(duplex=False)
    process = processes().Process(target=write_for_ever, args=(directory, engine, theirs))
    process.start()
    theirs.close()
    ours.recv()
    if after_one:
        yield ours.recv()
    time.sleep(moment)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with ours, suppress(EOFError):
        while True:
            yield ours.recv()


def leftovers(directory: Path, engine: str) -> list[str]:
    """After a writer has come and gone: files of the engine that belong to no segment of its newest commit."""
    analyzer, documents = Shared.get()
    with Index.open(directory, analyzer).writer() as writer:
        writer.add(numbered(documents[0], "last"))
    files = directory / "engine"
    if engine == "tantivy":
        segments = {one["segment_id"].replace("-", "") for one in json.loads((files / "meta.json").read_text())["segments"]}
    elif engine == "whoosh":
        segments = {segment.segment_id() for segment in open_dir(str(files))._segments()}
    else:
        return []
    return [path.name for path in files.iterdir() if path.suffix in _OF_SEGMENTS and not any(one in path.name for one in segments)]


def reopened(directory: Path, engine: str, documents: int) -> tuple[int, float]:
    """Kill a writer beside so many committed documents; how many are found, and the seconds until they were."""
    analyzer, texts = Shared.get()
    index = Index.create(directory, analyzer, engine)
    with index.writer() as writer:
        for number in range(documents):
            writer.add(numbered(texts[number % BATCH], f"d{number:06}"))
    for _ in _killed(directory, engine, 0.1, after_one=True):
        pass
    began = time.perf_counter()
    found = Searcher(Index.open(directory, analyzer)).count(SearchRequest("huyện"))
    return found, time.perf_counter() - began


def found_in(directory: Path) -> int:
    """Documents of an index that was cut off, which must be d000000, d000001 … without a gap or a double."""
    analyzer, _ = Shared.get()
    if not (directory / "timtin.json").exists():
        return 0
    searcher = Searcher(Index.open(directory, analyzer))
    total = searcher.count(SearchRequest("huyện"))
    assert total == searcher.index.snapshot().count()
    for number in {0, total - 1} if total else ():
        assert searcher.get(f"d{number:06}") is not None
    assert searcher.get(f"d{total:06}") is None
    return total


def later(path: Path) -> None:
    """Give a file that was changed another time, which it has not by itself where the system counts in steps longer than a test takes."""
    written = path.stat().st_mtime_ns
    os.utime(path, ns=(written, written + 2_000_000_000))


def damages(engine: Path, other: Path, offsets: int, seed: int, ends: int = 8) -> Iterator[str]:
    """F5: damage each file in each way, yield what was done, then put it right again. `other`: the engine's files of another index.

    A bit is flipped in each of the first and last `ends` bytes of a file and at so many random `offsets`.
    """
    chance = random.Random(seed)
    for path in sorted(engine.iterdir()):
        whole = path.read_bytes()
        if not whole or path.name.lower().endswith("lock"):
            continue
        size = len(whole)
        places = {*range(min(ends, size)), *range(max(0, size - ends), size), *(chance.randrange(size) for _ in range(offsets))}
        for at in sorted(places):
            flipped = bytearray(whole)
            flipped[at] ^= 1 << chance.randrange(8)
            path.write_bytes(flipped)
            later(path)
            yield f"{path.name}: bit flipped at {at}"
        for name, content in (("zeroed", bytes(size)), ("cut", whole[: size // 2]), ("empty", b""), ("longer", whole + b"\0")):
            path.write_bytes(content)
            later(path)
            yield f"{path.name}: {name}"
        stranger = next(
            (each for each in sorted(other.iterdir()) if each.suffix == path.suffix and each.read_bytes() not in (whole, b"")), None
        )
        if stranger is not None:
            path.write_bytes(stranger.read_bytes())
            later(path)
            yield f"{path.name}: swapped"
        path.unlink()
        yield f"{path.name}: deleted"
        path.write_bytes(whole)


def answer(directory: Path) -> str:
    """What opening and searching comes to: ``right``, ``found: …`` for damage that was noticed, ``wrong: …`` for anything else."""
    analyzer, _ = Shared.get()
    try:
        total = Searcher(Index.open(directory, analyzer)).search(SearchRequest("huyện họp")).total
    except IndexDamagedError as error:
        return f"found: {error}"
    except EngineError as error:
        return f"wrong: {type(error).__name__} {error}"
    return "right" if total == 3 * BATCH else f"wrong: {total}"


def compete(directory: Path, told: Connection) -> None:
    """F6: try to become the writer when told to; tell how it went; a writer stays until it is told to end."""
    analyzer, documents = Shared.get()
    index = Index.open(directory, analyzer)
    told.send("ready")
    told.recv()
    began = time.monotonic()
    try:
        with index.writer() as writer:
            writer.add(numbered(documents[0], f"p{os.getpid()}"))
            told.send(("wrote", time.monotonic() - began))
            told.recv()
    except IndexBusyError:
        told.send(("busy", time.monotonic() - began))


def competition(directory: Path, writers: int, *, kill: bool = False) -> list[tuple[str, float]]:
    """One round: all try at the same moment, and nobody ends before all have tried; outcome and seconds of each.

    With `kill`, whoever became the writer is killed: the next round has to have one nevertheless.
    """
    ends = []
    for _ in range(writers):
        ours, theirs = processes().Pipe()
        process = processes().Process(target=compete, args=(directory, theirs))
        process.start()
        theirs.close()
        ends.append((ours, process))
    for ours, _ in ends:
        ours.recv()
    for ours, _ in ends:
        ours.send("try")
    outcomes = [ours.recv() for ours, _ in ends]
    for (ours, process), (kind, _) in zip(ends, outcomes, strict=True):
        if kind == "wrote" and kill:
            process.kill()
        elif kind == "wrote":
            ours.send("end")
        process.join()
        ours.close()
    return outcomes


def sealed_index(directory: Path, engine: str) -> Index:
    """An index of three batches."""
    analyzer, documents = Shared.get()
    index = Index.create(directory, analyzer, engine)
    for start in range(0, 3 * BATCH, BATCH):
        with index.writer() as writer:
            for number, document in enumerate(documents, start=start):
                writer.add(numbered(document, f"d{number:06}"))
    return index
