"""Extraction under a wall clock and a memory cap: one page at a time in a process of its own, with a plain reading when that fails.

The guard already bounds what every known hostile page costs; the worker is for the unknown one. A page that takes too long,
takes too much or brings the process down is read as plain text by the parent and says so in its rules.
"""

from __future__ import annotations

import multiprocessing
import resource
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType

from indexer.extract.decode import decode
from indexer.extract.dispatch import extract
from indexer.extract.guard import strip_silent
from indexer.extract.plain import extract_plain_html
from indexer.model import Article, Page, Rejected

SECONDS = 2.0
"""Wall clock of one page. The slowest real page seen takes 0.4 s on a busy core."""
BYTES = 768 * 1024 * 1024
"""Data memory of the worker, its libraries (about 130 MB) included."""
PLAIN_CHARS = 1_000_000
"""Code points that the parent reads of a page the worker failed on."""


class ExtractWorker:
    """``with ExtractWorker() as worker: worker.extract(page)``. Not for use by several threads at once."""

    def __init__(self, seconds: float = SECONDS, memory: int = BYTES) -> None:
        self._seconds, self._memory = seconds, memory
        self._context = multiprocessing.get_context("spawn")
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> ExtractWorker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process; a later page starts another."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None

    def extract(self, page: Page, *, crawled: date | None = None) -> Article | Rejected:
        """As `indexer.extract.extract`; on failure a plain reading marked ``worker:timeout`` or ``worker:crash``."""
        pipe = self._started()
        try:
            pipe.send((page, crawled))
            if not pipe.poll(self._seconds):
                return self._plainly(page, "timeout", crawled)
            answer = pipe.recv()
        except (EOFError, OSError):
            return self._plainly(page, "crash", crawled)
        return answer if isinstance(answer, (Article, Rejected)) else self._plainly(page, "memory", crawled)

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self.close()
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=_serve, args=(theirs, self._memory), daemon=True)
            process.start()
            theirs.close()
            if not ours.poll(60) or ours.recv() != "ready":
                raise OSError("the extraction worker did not start within 60 s")
            self._process, self._pipe = process, ours
        return self._pipe

    def _plainly(self, page: Page, why: str, crawled: date | None) -> Article | Rejected:
        self.close()
        decoded = decode(page.raw)
        return extract_plain_html(
            page, strip_silent(decoded.text)[0][:1_000_000], decoded.encoding, (*decoded.rules, f"worker:{why}"), crawled
        )


def _serve(pipe: Connection, memory: int) -> None:
    """The child: pages in, articles out, until the parent hangs up."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    pipe.send("ready")
    while True:
        try:
            page, crawled = pipe.recv()
        except EOFError:
            return
        try:
            answer: object = extract(page, crawled=crawled)
        except MemoryError:
            answer = "memory"
        pipe.send(answer)
