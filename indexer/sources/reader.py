"""From a file to its pages and records. Nothing is raised: what cannot be read is Rejected, and the rest is read."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, overload

from indexer.model import UNREADABLE, Page, Rejected, Skipped
from indexer.sources.detect import HEAD_BYTES, detected, packing_of
from indexer.sources.feeds import read_xml
from indexer.sources.files import opened, state, with_head
from indexer.sources.forms import ARCHIVES, DUMP, PAGES, Form, forced, form_of, looks_like_dump
from indexer.sources.json_values import read_json
from indexer.sources.lines import raw_lines, read_line, read_lines
from indexer.sources.mapping import FieldMap
from indexer.sources.members import Member
from indexer.sources.model import STDIN, Line, Record, SourceFile
from indexer.sources.names import printable
from indexer.sources.pages import CHANGED, read_page, read_page_file
from indexer.sources.reading import PLAIN, Reading
from indexer.sources.tables import read_table
from indexer.sources.tars import read_tar
from indexer.sources.unpack import MAX_ARCHIVE_EXPANSION, MAX_EXPANSION, READ_ERRORS, Budget, ExpansionError, reason, unpacked
from indexer.sources.vietnamese import mapped_names, named
from indexer.sources.web_archives import read_warc
from indexer.sources.zips import read_zip

MAX_DEPTH = 2
"""Archives within archives that are opened; what lies deeper is named."""
MAX_LATER_BYTES = 1024 * 1024
"""A line larger than this is taken apart at once: workers have memory for articles."""
Item = Page | Record | Rejected | Skipped


def holds_pages(source: SourceFile) -> bool:
    """Whether a file is one that many pages lie in."""
    form = forced(source.path, source.format) if source.format else form_of(source.path)
    return form is not None and (form.kind in ARCHIVES or form.kind == "warc")


@overload
def read(source: SourceFile, reading: Reading = ..., *, later: Literal[False] = ...) -> Iterator[Item]: ...


@overload
def read(source: SourceFile, reading: Reading = ..., *, later: bool) -> Iterator[Item | Line]: ...


def read(source: SourceFile, reading: Reading = PLAIN, *, later: bool = False) -> Iterator[Item | Line]:
    """Yield the pages and records of a file, in its order; with `later`, records may come as lines that are yet to be taken apart."""
    name = printable(source.path)
    try:
        if source.path == STDIN:
            yield from _standard_input(name, _Place(reading, later=later))
        else:
            yield from _file(source, name, _Place(reading, later=later))
    except READ_ERRORS as error:
        yield _unreadable(name, error)


def _unreadable(name: str, error: BaseException) -> Rejected:
    return Rejected(name, f"cannot be read: {printable(reason(error))}", UNREADABLE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where reading has come to: `depth` archives are open around, `budget` is the innermost, None in a file that is not packed.

    `later`: lines are handed on as they are.
    """

    reading: Reading
    budget: Budget | None = None
    depth: int = 0
    later: bool = False


def _file(source: SourceFile, name: str, place: _Place) -> Iterator[Item | Line]:
    form = forced(source.path, source.format) if source.format else form_of(source.path)
    if form is None:
        yield Rejected(name, "unknown kind of file")
    elif form.kind in PAGES and not form.packing:
        yield read_page_file(source, name, form)
    else:
        with opened(source.path) as handle:
            before = state(handle)
            yield from _contents(handle, name, form, place)
            if state(handle) != before:
                yield Rejected(name, CHANGED, UNREADABLE)


def _standard_input(name: str, place: _Place) -> Iterator[Item | Line]:
    stream: io.BufferedIOBase = sys.stdin.buffer  # type: ignore[assignment]  # a BufferedReader, says the documentation of sys
    reading = place.reading
    head = stream.read(HEAD_BYTES)
    stream = with_head(head, stream)
    for _ in range(MAX_DEPTH):
        if not (packing := packing_of(head)):
            break
        budget = place.budget or _budget(stream, "tar")
        place, stream = replace(place, budget=budget), unpacked(stream, packing, budget)
        head = stream.read(HEAD_BYTES)
        stream = with_head(head, stream)
    if not head.strip():
        return
    if looks_like_dump(head):
        yield Rejected(name, DUMP)
        return
    form = replace(forced("", reading.format), packing="") if reading.format else detected(head, reading)
    if form is None:
        yield Rejected(name, "unknown kind of content; say what it is: --format")
    else:
        yield from _contents(stream, name, form, place)


def _budget(stream: io.BufferedIOBase, kind: str) -> Budget:
    return Budget(stream.tell, MAX_ARCHIVE_EXPANSION if kind == "tar" else MAX_EXPANSION)


def _contents(stream: io.BufferedIOBase, name: str, form: Form, place: _Place) -> Iterator[Item | Line]:
    """Items of a stream whose form is known. Raises one of READ_ERRORS where it is damaged."""
    if form.packing:
        budget = place.budget or _budget(stream, form.kind)
        with unpacked(stream, form.packing, budget) as inner:
            yield from _contents(inner, name, replace(form, packing=""), replace(place, budget=budget))
    elif form.kind in PAGES:
        yield read_page(stream, name, form)
    elif form.kind in ARCHIVES:
        yield from _archive(stream, name, form, place)
    elif form.kind == "xml":
        yield from read_xml(stream, name, place.reading)
    elif form.kind == "warc":
        yield from read_warc(stream, name)
    else:
        yield from _records(stream, name, form.kind, place)


def _archive(stream: io.BufferedIOBase, name: str, form: Form, place: _Place) -> Iterator[Item | Line]:
    if place.depth == MAX_DEPTH:
        yield Rejected(name, f"an archive more than {MAX_DEPTH} deep in others; unpack it first")
        return
    budget, inside = place.budget, place.depth > 0
    members = read_zip(stream, name, budget, inside=inside) if form.kind == "zip" else read_tar(stream, name, budget)
    empty = True
    for member in members:
        empty = False
        if isinstance(member, Member):
            yield from _member(member, place)
        else:
            yield member
    if empty:
        yield Rejected(name, "no member in it")


def _member(member: Member, place: _Place) -> Iterator[Item | Line]:
    """Items of a member; one that is damaged does not end the archive, one that expands too far does where the archive as a whole does."""
    try:
        with member.open() as stream:
            yield from _contents(stream, member.path, member.form, replace(place, budget=member.budget, depth=place.depth + 1))
    except ExpansionError as error:
        if member.budget is not None and (error.budget is not member.budget or member.budget is place.budget):
            raise
        yield _unreadable(member.path, error)
    except READ_ERRORS as error:
        yield _unreadable(member.path, error)


def _records(stream: io.BufferedIOBase, name: str, kind: str, place: _Place) -> Iterator[Item | Line]:
    items: Iterable[Record | Line | Rejected]
    handle = stream if isinstance(stream, io.BufferedReader) else with_head(b"", stream)
    if kind == "ndjson" and place.later and not place.reading.fields:
        items = _small(raw_lines(handle, name))
    else:
        kept = mapped_names(place.reading.fields)
        found = (named(item, kept) for item in _found(handle, name, kind, place.reading))
        items = _mapped(found, place.reading.fields) if place.reading.fields else found
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        yield Rejected(name, "no record in it")


def _found(handle: io.BufferedReader, name: str, kind: str, reading: Reading) -> Iterable[Record | Rejected]:
    if kind == "ndjson":
        return read_lines(handle, name)
    if kind == "json":
        return read_json(handle, name, reading)
    return read_table(handle, name, reading, "\t" if kind == "tsv" else "")


def _small(lines: Iterable[Line | Rejected]) -> Iterator[Record | Line | Rejected]:
    """The lines, but for large ones, which are taken apart."""
    for item in lines:
        yield named(read_line(item.raw, item.path)) if isinstance(item, Line) and len(item.raw) > MAX_LATER_BYTES else item


def _mapped(items: Iterable[Record | Rejected], fields: FieldMap) -> Iterator[Record | Rejected]:
    for item in items:
        if isinstance(item, Rejected):
            yield item
            continue
        renamed = fields.apply(item.fields)
        yield Rejected(item.path, renamed) if isinstance(renamed, str) else Record(item.path, renamed)
