"""A progress line on stderr, on a terminal only."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

_REDRAW_SECONDS = 0.1


class Progress:
    """Counts inputs done, with the rate."""

    def __init__(self, title: str) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[rate]}"), TimeElapsedColumn())
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        self._task = self._bar.add_task(title, total=None, rate="")
        self._title = title
        self._started = self._drawn = monotonic()

    def update(self, done: int, name: str) -> None:
        """Show that `done` inputs are through, `name` the last."""
        now = monotonic()
        if now - self._drawn < _REDRAW_SECONDS:
            return
        self._drawn = now
        rate = done / max(now - self._started, 1e-9)
        short = name.rsplit("/", 1)[-1][-40:]
        self._bar.update(self._task, description=f"{self._title} {done:,}", rate=f"{rate:,.0f}/s  {short}")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()
