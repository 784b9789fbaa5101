"""`timtin index`: one run, or one after each change, and what is said about it."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

import click

from cli import house, output
from cli.progress import Progress
from cli.settings import Settings, SettingsError
from engine.errors import EngineError
from engine.index import Index
from indexer.errors import IndexerError
from indexer.part import Part
from indexer.report import IndexReport, Repeat
from indexer.run import Options, index_paths
from indexer.sources import STDIN, raise_if_missing, reading
from indexer.sources.forms import known
from indexer.workers.server import begin

TERMINATED = 143
STOPPED = "timtin: terminated. The index is as it was at its last commit; the next run goes on from there."
MAX_RULES = 6
_PAUSE_MS = 1000
"""How long nothing may happen before a run that failed is tried again."""


class Terminated(BaseException):
    """SIGTERM came."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about runs, and where."""

    index: str
    as_json: bool
    verbose: bool
    file: str | None
    new: bool = False
    """Whether there was no index before."""


def index(
    settings: Settings,
    paths: tuple[str, ...],
    *,
    rebuild: bool,
    as_json: bool,
    verbose: bool,
    prune: bool,
    part: str | None,
    watch: bool,
    report_file: str | None,
    profile: Path | None,
    workers: object = None,
    **how: Any,
) -> int:
    """Index `paths`; the exit status."""
    del workers  # already in the settings
    options = Options(reading(profile, **how), house.workers(settings), prune, _part(part))
    said = Said(settings.index, as_json, verbose, report_file, new=rebuild or not Path(settings.index).exists())
    raise_if_missing(paths)
    if watch and (missing := next((path for path in paths if path == STDIN or not Path(path).exists()), None)) is not None:
        raise SettingsError(f"--watch follows files and folders, not {missing!r}")
    if report_file:
        _raise_if_no_place(report_file)
    if rebuild:
        house.analyzer(settings)  # a wrong setting must show before anything is deleted
        house.remove_index(settings)
    try:
        with _terminable():
            report = _run(settings, paths, options, said)
            _tell(report, said)
            if watch:
                _follow(settings, paths, options, replace(said, new=False), report)
            return 1 if report.rejected else 0
    except Terminated:
        click.echo(STOPPED, err=True)
        return TERMINATED


def _run(settings: Settings, paths: Sequence[str], options: Options, said: Said) -> IndexReport:
    if options.workers and not Path(settings.index).exists():
        begin()  # there will be work for them
    with _opened(settings) as opened, Progress("Indexing") as progress:
        report = index_paths(opened, paths, options, progress=progress.update)
    if said.file:
        Path(said.file).write_text(output.json_text(report.as_dict(), 1) + "\n", encoding="utf-8")
    return report


def _follow(settings: Settings, paths: Sequence[str], options: Options, said: Said, last: IndexReport) -> None:
    """Run again after each change, until Ctrl-C, and tell what is new. A run that fails is told and tried again."""
    from watchfiles import watch

    own = Path(settings.index).resolve()
    click.echo("timtin: watching for changes (Ctrl-C stops)", err=True)

    def theirs(_: object, path: str) -> bool:
        return not Path(path).is_relative_to(own)

    due, failed = True, False  # the first time for what changed before the watch began
    for changes in watch(*paths, watch_filter=theirs, raise_interrupt=False, yield_on_timeout=True, rust_timeout=_PAUSE_MS):
        if not changes and not due:
            continue
        try:
            report = _run(settings, paths, options, said)
            due = failed = False
        except (EngineError, IndexerError, OSError) as error:
            if not failed:
                click.echo(f"timtin: {output.safe(str(error)).rstrip('.')}. Trying again.", err=True)
            due = failed = True
            continue
        if report.changed or report.rejections != last.rejections:
            _tell(report, said)
        last = report
    click.echo("timtin: stopped", err=True)


@contextmanager
def _opened(settings: Settings) -> Iterator[Index]:
    """The index. The garbage collector looks neither while tables are loaded nor through them later: that took an eighth of a run.

    Nor does it look at every few of the many objects that a batch is made of, and that go with it: that took a seventh of unpacking them.
    """
    before = gc.get_threshold()
    gc.disable()
    try:
        opened = house.open_or_create_index(settings)
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
    finally:
        gc.enable()
    try:
        yield opened
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _part(text: str | None) -> Part | None:
    try:
        return None if text is None else Part.parse(text)
    except ValueError as error:
        raise SettingsError(f"--part {text}: {error}") from error


def _raise_if_no_place(file: str) -> None:
    """A report that cannot be written must show before the run, not after it."""
    folder = Path(file).parent
    if not folder.is_dir() or Path(file).is_dir():
        raise SettingsError(f"--report {file}: {folder if not folder.is_dir() else file} is {'no' if not folder.is_dir() else 'a'} folder")


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends the run as Ctrl-C does: uncommitted work is undone, workers are stopped."""

    def stop(_: int, __: FrameType | None) -> None:
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(report: IndexReport, said: Said) -> None:
    """Names first, then the table, then all of it in one line."""
    _names(report, said.verbose)
    if said.as_json:
        output.as_json(report.as_dict())
        return
    for name, value in _table(report):
        click.echo(f"  {name:<12}{output.safe(value)}", err=True)
    counts = ", ".join(f"{number} {name}" for name, number in report.counts().items() if number or name not in ("skipped", "unread"))
    if not report.inputs and not report.removed:
        click.echo("timtin: there was no input", err=True)
    elif report.inputs == report.unread and not report.removed:
        click.echo(f"timtin: nothing there that is read; kinds of files that are: {known()}", err=True)
    removed = f", {report.removed} removed" if report.removed else ""
    where = f"new index in {Path(said.index).resolve()}" if said.new else f"index in {said.index}"
    inputs = "1 input" if report.inputs == 1 else f"{report.inputs} inputs"
    click.echo(f"timtin: {inputs}: {counts}{removed}; {report.seconds:.1f} s, {output.safe(where)}", err=True)


def _names(report: IndexReport, verbose: bool) -> None:
    for rejected in report.rejections:
        _echo(f"rejected {rejected.path}: {rejected.reason}")
    if report.rejected > len(report.rejections):
        _echo(f"timtin: … and {report.rejected - len(report.rejections)} more rejected")
    for skipped in report.skips:
        _echo(f"skipped {skipped.path}: {skipped.count} {skipped.reason}")
    for path, reason in report.plain:
        _echo(f"read as plain text {path}: {reason}")
    for path, written in report.unread_dates:
        _echo(f"no date {path}: its date {written} cannot be read")
    for path in report.gone:
        _echo(f"gone {path}: its articles {'were removed' if report.pruned else 'stay; --prune removes them'}")
    if verbose:
        for other in report.not_articles:
            _echo(f"{other.outcome} {other.path}: {other.reason}")
        for repeat in report.duplicates:
            _echo(f"duplicate {repeat.path}: same text as {_bearer(repeat)}")
        for one in report.replacements:
            _echo(f"replaced {_bearer(one)}: {one.path} has the same id")
        for path in report.unread_files:
            _echo(f"unread {path}: a kind of file that is not read")


def _bearer(one: Repeat) -> str:
    """The article whose text is repeated."""
    return f"{one.file} ({one.of})" if one.file else one.of


def _replaced(report: IndexReport) -> str:
    """How many articles went because a later one bears their id, with one of them and what can be done."""
    first = report.replacements[0]
    many = "1 article gave way to a later one" if report.replaced == 1 else f"{report.replaced:,} articles gave way to later ones"
    more = " … (--verbose names all)" if report.replaced > 1 else ""
    help_ = "--map id=COLUMN says which column is the id" if "#" in first.path else "the pages state that they have one address"
    return f"{many} with the same id: {first.path} has that of {_bearer(first)}{more}; {help_}"


def _table(report: IndexReport) -> Iterator[tuple[str, str]]:
    """Rows of what is more than a count."""
    if report.speed:
        by = f", {report.workers} worker processes" if report.workers else ""
        yield "speed", f"{report.speed:,.1f} inputs a second{by}"
    if report.duplicates:
        first = report.duplicates[0]
        yield "duplicates", f"{first.path} has the text of {_bearer(first)}" + (" … (--verbose names all)" if report.duplicate > 1 else "")
    if report.replaced:
        yield "replaced", _replaced(report)
    if report.unread:
        kinds = ", ".join(f"{number:,} {kind or 'without a suffix'}" for kind, number in report.unread_kinds.most_common(MAX_RULES))
        more = len(report.unread_kinds) - MAX_RULES
        yield "not read", kinds + (f", {more} other kinds" if more > 0 else "") + " (--verbose names them)"
    if report.dated:
        most = report.dated.most_common()
        more = sum(number for _, number in most[MAX_RULES:])
        rules = [f"{number:,} {rule}" for rule, number in most[:MAX_RULES]]
        yield "dated by", ", ".join(rules + ([f"{more:,} other rules"] if more else []))
    if report.slowest:
        seconds, path = report.slowest[0]
        yield "slowest", f"{seconds:.2f} s {path}"


def _echo(text: str) -> None:
    click.echo(output.safe(text), err=True)
