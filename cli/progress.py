"""A progress line on stderr, on a terminal only."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import ProgressColumn, SpinnerColumn, Task, TimeElapsedColumn
from rich.text import Text


class _Done(ProgressColumn):
    """How many inputs are through, how fast, and which was the last. Worked out when the line is drawn, which is rich's to time:
    so the line ends with the last input, however short the run."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.done, self.name = 0, ""
        self._title = title
        self._started = monotonic()

    def render(self, task: Task) -> Text:  # noqa: ARG002  # rich's interface
        if not self.done:
            return Text(self._title)
        rate = self.done / max(monotonic() - self._started, 1e-9)
        return Text(f"{self._title} {self.done:,} {rate:,.0f}/s  {self.name.rsplit('/', 1)[-1][-40:]}")


class Progress:
    """Counts inputs done, with the rate."""

    def __init__(self, title: str) -> None:
        self._done = _Done(title)
        columns = (SpinnerColumn(), self._done, TimeElapsedColumn())
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
        self._bar.add_task(title, total=None)

    def update(self, done: int, name: str) -> None:
        """`done` inputs are through, `name` the last."""
        self._done.done, self._done.name = done, name

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()
