"""From the paths a user gives to the files to read: folders, globs, single files, standard input."""

from __future__ import annotations

import contextlib
import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.errors import NoSuchInputError
from indexer.model import UNREADABLE, Rejected, Unread
from indexer.sources.forms import DUMP, form_of, is_dump, known
from indexer.sources.model import STDIN, SourceFile
from indexer.sources.names import is_aside, printable
from indexer.sources.reading import PLAIN, Reading

_OFFICE = frozenset((".doc", ".dot", ".rtf", ".pdf", ".ppt", ".pptx"))
_TABLES = frozenset((".xls", ".xlsx", ".ods"))


def walk(paths: Sequence[str], reading: Reading = PLAIN) -> Iterator[SourceFile | Rejected | Unread]:
    """Yield every input below `paths`, sorted by name, so that two runs agree.

    A path that does not exist and holds ``*``, ``?`` or ``[`` is a pattern, ``**`` for any folders. A file or folder that several
    paths or links lead to is met once. A file named directly may be hidden or a README, but its suffix must be known unless the
    reading gives a format. What is there and cannot be read is yielded as Rejected, files of other kinds in folders as Unread.
    Raises NoSuchInputError.
    """
    met = _Met()
    for given in paths:
        if given == STDIN:
            if met.first_time(STDIN):
                yield SourceFile(STDIN, format=reading.format)
        elif given and _exists(Path(given)):
            path = Path(given)
            yield from _folder(path, met) if path.is_dir() else _file(path, met, reading.format)
        else:
            yield from _matching(given, met)


def raise_if_missing(paths: Sequence[str]) -> None:
    """Raises NoSuchInputError for the first path that leads to nothing."""
    for given in paths:
        if given != STDIN and not (given and _exists(Path(given))):
            _matches(given)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError) as error:
        raise NoSuchInputError(f"{printable(str(path))}: {getattr(error, 'strerror', None) or error}") from error


def _matches(pattern: str) -> list[str]:
    if not glob.has_magic(pattern):
        raise NoSuchInputError(f"No such file or folder: {printable(pattern) or '(an empty name)'}")
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute patterns
    if not found:
        raise NoSuchInputError(f"No file matches: {printable(pattern)}")
    return found


def _matching(pattern: str, met: _Met) -> Iterator[SourceFile | Rejected | Unread]:
    """Inputs that a pattern matches, or that lie below a folder it matches, by the rules for what lies in a folder."""
    for name in _matches(pattern):
        path = Path(name)
        if _is_folder(path):
            yield from _folder(path, met)
        else:
            yield from _found(path, met)


class _Met:
    """Which files and folders the walk came by, whatever name led there."""

    def __init__(self) -> None:
        self._seen: set[object] = set()

    def first_time(self, path: Path | str, role: str = "") -> bool:
        """Whether `path` was not met in this role. Raises OSError when it cannot be looked at."""
        identity: object = path
        if isinstance(path, Path):
            info = path.stat()
            identity = (role, info.st_dev, info.st_ino) if info.st_ino else (role, path.resolve())
        if identity in self._seen:
            return False
        self._seen.add(identity)
        return True


def _folder(top: Path, met: _Met) -> Iterator[SourceFile | Rejected | Unread]:
    """Inputs below a folder: its own files first, then its folders. Links are followed; `met` ends their loops."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            paths = sorted(folder.iterdir()) if met.first_time(folder) and not _is_index(folder) else []
        except OSError as error:
            yield Rejected(printable(str(folder)), f"cannot be read: {error.strerror}", UNREADABLE)
            continue
        folders = []
        for path in paths:
            if path.name.startswith("."):
                continue
            if _is_folder(path):
                folders.append(path)
            else:
                yield from _found(path, met)
        waiting.extend(reversed(folders))


def _is_index(folder: Path) -> bool:
    """Whether a folder is an index of ours, which a walk of the folder around would take for articles."""
    return (folder / "timtin.json").is_file() and (folder / "engine").is_dir()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _found(path: Path, met: _Met) -> Iterator[SourceFile | Rejected | Unread]:
    """A file that nobody named: its own name says whether it is read."""
    if is_aside(path.name):
        return
    if form_of(path.name) is not None or is_dump(path.name):
        yield from _file(path, met)
        return
    with contextlib.suppress(OSError):  # a link to nothing is no file
        if met.first_time(path, "unread") and path.is_file():
            yield Unread(printable(str(path)), printable(path.suffix.lower()))


def _file(path: Path, met: _Met, format_name: str = "") -> Iterator[SourceFile | Rejected]:
    found = source_file(path, format_name)
    if isinstance(found, Rejected):
        yield found
        return
    with contextlib.suppress(OSError):  # gone since the line above: reading it says so
        if not met.first_time(path):
            return
    yield found


def source_file(path: Path, format_name: str = "") -> SourceFile | Rejected:
    """The file as it is now, or why it is no input."""
    name = printable(str(path))
    if not format_name and is_dump(path.name):
        return Rejected(name, DUMP)
    if not format_name and form_of(path.name) is None:
        if path.suffix.lower() in _OFFICE:
            return Rejected(name, f"{path.suffix.lower()} is not read: save it as .docx, .odt, .txt or .html. Known are {known()}")
        if path.suffix.lower() in _TABLES:
            return Rejected(name, f"{path.suffix.lower()} is not read: save it as .csv. Known are {known()}")
        return Rejected(name, f"unknown kind of file; known are {known()}. Name it yourself: --format")
    try:
        info = path.stat()
    except OSError as error:
        return Rejected(name, f"cannot be read: {error.strerror}", UNREADABLE)
    if not stat.S_ISREG(info.st_mode):
        return Rejected(name, "not a regular file")
    return SourceFile(os.fspath(path.parent.resolve() / path.name), info.st_size, info.st_mtime_ns, format_name)
