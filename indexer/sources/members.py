"""What zips and tars have in common: members that are read one at a time and never written anywhere."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from indexer.sources.forms import Form, form_of, is_dump
from indexer.sources.names import is_aside, printable
from indexer.sources.unpack import Budget

Opener = Callable[[], AbstractContextManager[io.BufferedIOBase]]


@dataclass(frozen=True, slots=True)
class Member:
    """A member to read: ``archive!/name`` in reports. `budget` bounds what it may expand to, None where nothing is packed."""

    path: str
    form: Form
    open: Opener
    budget: Budget | None


class Names:
    """Names of members within their archive; one that comes again gets a number, so that both are read."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._met: dict[str, int] = {}

    def path(self, name: str) -> str:
        """Name of a member for reports, the path tricks in it just text."""
        shown = f"{self._archive}!/{printable(name).lstrip('/')}"
        times = self._met[shown] = self._met.get(shown, 0) + 1
        return shown if times == 1 else f"{shown}#again{times}"


def form_of_member(name: str) -> Form | None:
    """Form of a member that is an input, by the rules for files in a folder."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts or is_aside(parts[-1]) or any(part.startswith(".") or part == "__MACOSX" for part in parts[:-1]):
        return None
    return form_of(parts[-1])


def is_dump_member(name: str) -> bool:
    """Whether a member is a database dump by its name."""
    return is_dump(name.replace("\\", "/"))
