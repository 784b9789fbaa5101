"""An indexing run: sources -> batches -> documents -> decisions -> analysed -> engine writer.

One process reads, decides and writes, in the order of the inputs; whoever does the rest (`indexer.workers`) answers in that order too.
So a run comes to the same result however many workers it has.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from time import monotonic, perf_counter

from engine.errors import DocumentsRefusedError
from engine.index import Index
from engine.model import AnalyzedDocument
from engine.port import Writer
from indexer.batches import ITEMS, Closed, Event, Opened, Unchanged, batches, items_of
from indexer.beside import read_with_neighbours
from indexer.clusters import FILE as CLUSTERS
from indexer.clusters import Clusters
from indexer.decisions import Decisions
from indexer.homes import settle_homes
from indexer.manifest import Manifest
from indexer.model import Rejected, Unread
from indexer.part import Part
from indexer.report import MAX_LISTED, IndexReport
from indexer.sources import PLAIN, STDIN, Reading, SourceFile, fingerprint, source_file, walk
from indexer.workers.choice import Choice
from indexer.workers.hand import Made
from indexer.workers.process import default_analyzer
from indexer.workers.team import Analysed, Prepared, Team

COMMIT_EVERY = 50_000
COMMIT_SECONDS = 60.0
"""Documents, and seconds, between commits: what a power cut can cost to read again. The workers wait while one is made. A writer that
holds much in memory asks for one sooner."""

Progress = Callable[[int, str], None]
"""Called with the number of inputs done and the name of the one at hand."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run. `workers`: processes that take inputs apart, 0 for none but this one. `prune`: drop what gone inputs held."""

    reading: Reading = PLAIN
    workers: int = 0
    prune: bool = False
    part: Part | None = None


def index_paths(index: Index, paths: Sequence[str], options: Options | None = None, *, progress: Progress | None = None) -> IndexReport:
    """Bring `index` up to date with `paths`. Raises NoSuchInputError, IndexBusyError; a damaged input is only counted.

    Documents of a file that is gone stay, unless pruned: a folder may be a spool. Documents that a changed file no longer holds go.
    """
    options = options or Options()
    started = perf_counter()
    with closing(Manifest(index.directory)) as manifest, Clusters(index.directory / CLUSTERS) as clusters:
        manifest.doubt(index.snapshot().count())
        build = partial(default_analyzer, index.analyzer.analyzer.segmenter.name, index.analyzer.homes)
        with Choice(index.analyzer, build, options.workers) as team, index.writer() as writer:
            run = _Run(team, writer, manifest, clusters, options, progress)
            run.through(run.events(walk(paths, options.reading)))
            run.look_for_gone(paths)
            run.through_due()
            run.finish()
        if run.report.added or run.report.updated or run.report.removed:
            settle_homes(index, clusters)
        clusters.commit()
        manifest.commit()
    run.report.workers = team.started
    run.report.finish(perf_counter() - started)
    return run.report


class _Run:
    """One run: moves batches from the sources to the team, to the decisions, back to the team and to the writer."""

    def __init__(
        self, team: Team, writer: Writer, manifest: Manifest, clusters: Clusters, options: Options, progress: Progress | None
    ) -> None:
        self.report = IndexReport(pruned=options.prune)
        self._team = team
        self._writer = writer
        self._manifest = manifest
        self._clusters = clusters
        self._options = options
        self._decisions = Decisions(manifest, self.report, options.part, self._delete, progress)
        self._undecided: deque[list[Event]] = deque()
        self._unwritten: deque[list[tuple[Made, bool]]] = deque()
        self._written: dict[str, tuple[Made, bool]] = {}
        self._pending = 0
        self._committed = monotonic()

    def events(self, sources: Iterable[SourceFile | Rejected | Unread]) -> Iterator[Event]:
        """What the sources hold, but for those that have not changed."""
        part = str(self._options.part or "")
        for source in sources:
            if isinstance(source, Rejected | Unread):
                yield source
                continue
            reading = replace(self._options.reading, format=source.format)
            if (contents := self._manifest.unchanged(source, reading.text(), part)) is not None:
                yield Unchanged(source, contents)
            else:
                yield from _whole(source, reading, again=False)

    def through(self, events: Iterable[Event]) -> None:
        """Take these inputs through all stages."""
        for batch in batches(events):
            self._undecided.append(batch)
            self._team.give(items_of(batch))
            while not self._team.has_room:
                self._step()
        while self._undecided or self._unwritten:
            self._step()

    def through_due(self) -> None:
        """Look again into inputs that are due, each once: a text that was another document's may now need one of its own."""
        looked: set[str] = set()
        while waiting := [path for path in self._manifest.due() if path not in looked]:
            looked.update(waiting)
            self.through(self._again(waiting))

    def finish(self) -> None:
        """Hand the rest to the engine. Where it refuses a document, another that repeats its text has to stand for it."""
        while not self._hand_over():
            self.through_due()

    def look_for_gone(self, paths: Sequence[str]) -> None:
        """Find inputs below `paths` that an earlier run read and that are there no more; drop what they held, when asked to."""
        roots = {str(Path(path).resolve()) for path in paths if path != STDIN}
        highest = [root for root in sorted(roots) if not _below(root, roots - {root})]
        for path in chain.from_iterable(map(self._manifest.unvisited, highest)):
            if _is_gone(path):
                if len(self.report.gone) < MAX_LISTED:
                    self.report.gone.append(path)
                if self._options.prune:
                    self._decisions.let_go(path)
                    self._manifest.forget_input(path)

    def _again(self, paths: Sequence[str]) -> Iterator[Event]:
        for path in paths:
            reading = Reading.of(self._manifest.reading(path))
            source = source_file(Path(path), reading.format)
            if isinstance(source, Rejected):
                self._manifest.forget_input(path)
            else:
                yield from _whole(source, reading, again=bool(self._manifest.visited(path)))

    def _step(self) -> None:
        """Deal with the next answer."""
        answer = self._team.take()
        if isinstance(answer, Prepared):
            self._decide(answer)
        else:
            self._write(answer)

    def _decide(self, answer: Prepared) -> None:
        wanted: list[int] = []
        chosen: list[tuple[Made, bool]] = []
        results = iter(enumerate(answer.results))
        for event in self._undecided.popleft():
            if isinstance(event, ITEMS):
                index, made = next(results)
                known = self._decisions.item(made)
                if known is not None and isinstance(made, Made):
                    wanted.append(index)
                    chosen.append((made, known))
                self._decisions.tell(made.path)
            else:
                self._decisions.other(event)
        self._pending += len(wanted)
        self._unwritten.append(chosen)
        self._team.analyse(answer.number, wanted)
        if self._is_commit_due:
            self._commit()

    def _write(self, answer: Analysed) -> None:
        for (made, known), one in zip(self._unwritten.popleft(), answer.results, strict=True):
            if isinstance(one, AnalyzedDocument):
                self._writer.add(self._clusters.placed(one))
                self._written[made.doc_id] = made, known
            else:
                self._decisions.withdraw(made, known, replace(one, path=made.path))

    def _hand_over(self) -> bool:
        """Commit what the writer has; whether the engine took all of it. What it refuses is withdrawn."""
        written, self._written = self._written, {}
        try:
            self._writer.commit()
        except DocumentsRefusedError as error:
            for doc_id, reason in error.reasons.items():
                self._decisions.refuse(*written[doc_id], reason)
            self._writer.commit()  # earlier versions of what was refused go, and deletions are never refused
            return False
        return True

    def _commit(self) -> None:
        """Write all that was decided, then make the records of it durable, the index first."""
        while self._unwritten:
            answer = self._team.take(prepared=False)
            assert isinstance(answer, Analysed)
            self._write(answer)
        self._hand_over()
        self._clusters.commit()
        self._manifest.commit()
        self._pending, self._committed = 0, monotonic()

    @property
    def _is_commit_due(self) -> bool:
        late = self._pending > 0 and monotonic() - self._committed > COMMIT_SECONDS
        return late or self._pending >= COMMIT_EVERY or self._writer.full

    def _delete(self, doc_id: str) -> None:
        self._writer.delete(doc_id)
        self._pending += 1


def _whole(source: SourceFile, reading: Reading, *, again: bool) -> Iterator[Event]:
    sha256 = fingerprint(source.path) if source.path != STDIN and not again else None
    yield Opened(source, reading, sha256, again)
    yield from read_with_neighbours(source, reading, later=True)
    yield Closed(source)


def _below(path: str, roots: Iterable[str]) -> bool:
    return any(path.startswith(root.rstrip("/") + "/") for root in roots)


def _is_gone(path: str) -> bool:
    """Whether it is certain that there is nothing; a folder that may not be looked into says nothing."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
