"""An indexing run: sources -> pages -> articles -> documents -> analysed -> engine writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.model import Document
from engine.port import Writer
from indexer.analysis import analyze_document
from indexer.documents import MAX_TEXT_CHARS, characters, digest, document, text_digest
from indexer.extract import extract, record
from indexer.manifest import OWN, REPEATED, Known, Manifest
from indexer.model import Page, Rejected, Skipped
from indexer.report import IndexReport
from indexer.sources import PLAIN, STDIN, UNREADABLE, Reading, Record, SourceFile, fingerprint, read, source_file, walk

COMMIT_EVERY = 5000
"""Documents between commits: what a power cut can cost to read again."""

Progress = Callable[[int, str], None]
"""Called with the number of inputs done and the name of the one at hand."""


def index_paths(index: Index, paths: Sequence[str], *, progress: Progress | None = None, reading: Reading = PLAIN) -> IndexReport:
    """Bring `index` up to date with `paths`, read as `reading` says; a damaged input is only counted.

    Documents of a file that is gone stay: a folder may be a spool. Documents that a changed file no longer holds go.
    Raises NoSuchInputError, IndexBusyError.
    """
    started = perf_counter()
    with closing(Manifest(index.directory)) as manifest:
        manifest.doubt(index.snapshot().count())
        with index.writer() as writer:
            run = _Run(index.analyzer, writer, manifest, progress, reading)
            for source in walk(paths, reading):
                run.source(source)
            run.finish()
        manifest.commit()
    run.report.seconds = perf_counter() - started
    return run.report


class _Held(NamedTuple):
    """The document a record became or repeats, and which of the two."""

    doc_id: str
    how: int


class _Run:
    """One run. Every record is counted once, when it is first looked at; a second look may change what it counts as."""

    def __init__(
        self, analyzer: ArticleAnalyzer, writer: Writer, manifest: Manifest, progress: Progress | None, reading: Reading = PLAIN
    ) -> None:
        self.report = IndexReport()
        self._analyzer = analyzer
        self._writer = writer
        self._manifest = manifest
        self._progress = progress
        self._reading = reading
        self._pending = 0
        self._met: dict[str, bytes] = {}
        self._skipped: dict[str, bool] = {}

    def source(self, source: SourceFile | Rejected) -> None:
        """Index one file."""
        if isinstance(source, Rejected):
            self._reject(source)
            return
        reading = replace(self._reading, format=source.format)
        known = self._manifest.unchanged(source, reading.text())
        self._skipped[source.path] = known is not None
        if known is None:
            self._read(source, reading)
        else:
            self.report.unchanged += known
            self._tell(source.path)

    def finish(self) -> None:
        """Look again into inputs that are due, each once: a text that was another document's may now need one of its own."""
        looked: set[str] = set()
        while waiting := [path for path in self._manifest.due() if path not in looked]:
            looked.update(waiting)
            for path in waiting:
                reading = Reading.of(self._manifest.reading(path))
                source = source_file(Path(path), reading.format)
                if isinstance(source, Rejected):
                    self._manifest.forget_input(path)
                elif path in self._skipped:
                    self._look_again(source, reading)
                else:
                    self._read(source, reading)

    def _read(self, source: SourceFile, reading: Reading) -> None:
        before = self._manifest.held_by(source.path)
        sha256 = fingerprint(source.path) if source.path != STDIN else None
        self._manifest.start_input(source.path)
        found: dict[str, int] = {}
        records, rejected, whole = 0, self.report.rejected, True
        for item in read(source, reading):
            if isinstance(item, Skipped):
                records += item.count
                self.report.skip(item)
                continue
            records += 1
            held = item if isinstance(item, Rejected) else self._item(item)
            if isinstance(held, Rejected):
                self._reject(held)
                whole = whole and held.outcome != UNREADABLE
            else:
                found[held.doc_id] = found.get(held.doc_id, 0) | held.how
                self._manifest.hold(source.path, held.doc_id, found[held.doc_id])
            self._tell(item.path)
            self._commit_if_due()
        if source.path == STDIN:
            return
        self._manifest.finish_input(source, records, self.report.rejected - rejected, reading.text(), sha256)
        if whole:
            self._let_go(source.path, before, found)

    def _item(self, item: Page | Record) -> _Held | Rejected:
        made = self._made(item)
        if isinstance(made, Rejected):
            return made
        content, text = digest(made), text_digest(made)
        if self._met.get(made.doc_id) == content:
            self.report.duplicates.append((item.path, made.doc_id))
            return _Held(made.doc_id, OWN)
        known = self._manifest.known(made.doc_id)
        if known is not None and known.content == content:
            self.report.unchanged += 1
            self._met[made.doc_id] = content
            return _Held(made.doc_id, OWN)
        if (twin := self._twin(made.doc_id, text, known)) is not None:
            self.report.duplicates.append((item.path, twin))
            return _Held(twin, REPEATED)
        self._write(made, content, text, known)
        if known is None:
            self.report.added += 1
        else:
            self.report.updated += 1
        return _Held(made.doc_id, OWN)

    def _look_again(self, source: SourceFile, reading: Reading) -> None:
        """Give records that lost the document they repeated one of their own; what was counted stays counted once."""
        held = self._manifest.held_by(source.path)
        noted = len(self.report.unread_dates)
        for item in read(source, reading):
            made = item if isinstance(item, Rejected | Skipped) else self._made(item)
            if isinstance(made, Rejected | Skipped):
                continue
            content, text = digest(made), text_digest(made)
            known = self._manifest.known(made.doc_id)
            if known is not None and (known.content == content or made.doc_id in self._met):
                continue
            if (twin := self._twin(made.doc_id, text, known)) is not None:
                doc_id, how = twin, REPEATED
            else:
                self._write(made, content, text, known)
                self.report.recount(item.path, was_unchanged=self._skipped[source.path], now_added=known is None)
                doc_id, how = made.doc_id, OWN
            held[doc_id] = held.get(doc_id, 0) | how
            self._manifest.hold(source.path, doc_id, held[doc_id])
            self._commit_if_due()
        self._manifest.settle(source.path)
        del self.report.unread_dates[noted:]  # said at the first look

    def _made(self, item: Page | Record) -> Document | Rejected:
        try:
            article = extract(item) if isinstance(item, Page) else record(item.fields, item.path)
        except Exception as error:  # noqa: BLE001  # one page of a million must not end the run
            return Rejected(item.path, f"cannot be taken apart: {type(error).__name__}: {error}", UNREADABLE)
        if isinstance(article, Rejected):
            return article
        given = item.fields.get("id") if isinstance(item, Record) else None
        made = document(article, item.path, None if given is None else str(given))
        if not made.title:
            return Rejected(item.path, "no title")
        if characters(made) > MAX_TEXT_CHARS:
            return Rejected(item.path, f"{characters(made):,} characters of text; an article may have {MAX_TEXT_CHARS:,}")
        self.report.note_rules(item.path, article.rules)
        return made

    def _twin(self, doc_id: str, text: bytes, known: Known | None) -> str | None:
        """Another document with this text, unless the index has the document with this text already."""
        return None if known is not None and known.text == text else self._manifest.same_text(text, doc_id)

    def _write(self, item: Document, content: bytes, text: bytes, known: Known | None) -> None:
        self._writer.add(analyze_document(self._analyzer, item))
        if known is not None and known.text != text:
            self._manifest.make_due(item.doc_id, REPEATED)
        self._manifest.put(item.doc_id, content, text)
        self._met[item.doc_id] = content
        self._pending += 1

    def _let_go(self, path: str, before: dict[str, int], found: dict[str, int]) -> None:
        """Remove what was this input's own and is no longer, unless another input that still exists has it too."""
        self._manifest.release(path, before.keys() - found.keys())
        for doc_id in sorted(doc_id for doc_id, how in before.items() if how & OWN and not found.get(doc_id, 0) & OWN):
            self._manifest.make_due(doc_id, OWN | REPEATED)
            if not self._manifest.owned(doc_id):
                self._writer.delete(doc_id)
                self._manifest.drop(doc_id)
                self.report.removed += 1
                self._pending += 1

    def _reject(self, rejected: Rejected) -> None:
        self.report.reject(rejected)
        self._tell(rejected.path)

    def _commit_if_due(self) -> None:
        if self._pending >= COMMIT_EVERY:
            self._writer.commit()
            self._manifest.commit()
            self._pending = 0

    def _tell(self, name: str) -> None:
        if self._progress is not None:
            self._progress(self.report.inputs, name)
