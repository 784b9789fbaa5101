"""What a run comes by, in its order, cut into batches that keep a worker busy for about a tenth of a second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.manifest import Contents
from indexer.model import Page, Rejected, Skipped, Unread
from indexer.sources import PLAIN, Line, Reading, Record, SourceFile
from indexer.workers.hand import Item

ITEMS = (Page, Record, Line)
"""What there is to work on; all other events are only told."""
BATCH_ITEMS = 64
PAGE_ITEMS = 4
"""A page counts as so many records: taking it apart costs more than analysing it."""
BATCH_BYTES = 1024 * 1024


class Opened(NamedTuple):
    """The items that follow are of this source, read so; `again`: it is looked at a second time. `sha256` is the hash it had before."""

    source: SourceFile
    reading: Reading = PLAIN
    sha256: bytes | None = None
    again: bool = False


class Closed(NamedTuple):
    """The source was read to its end."""

    source: SourceFile


class Unchanged(NamedTuple):
    """The source is as it was in an earlier run."""

    source: SourceFile
    contents: Contents


Event = Opened | Closed | Unchanged | Unread | Rejected | Skipped | Item


def batches(events: Iterable[Event]) -> Iterator[list[Event]]:
    """Cut the events so that no batch has much more than BATCH_ITEMS and BATCH_BYTES."""
    batch: list[Event] = []
    items = size = 0
    for event in events:
        batch.append(event)
        if isinstance(event, Page):
            items, size = items + PAGE_ITEMS, size + _bytes(event)
        elif isinstance(event, Line):
            items, size = items + 1, size + len(event.raw)
        elif isinstance(event, Record):
            items, size = items + 1, size + sum(len(value) for value in event.fields.values() if isinstance(value, str))
        if items >= BATCH_ITEMS or size >= BATCH_BYTES or len(batch) >= 4 * BATCH_ITEMS:
            yield batch
            batch, items, size = [], 0, 0
    if batch:
        yield batch


def _bytes(page: Page) -> int:
    """What a worker is sent for a page."""
    return len(page.raw) + (sum(len(raw) for _, raw in page.beside.pages) if page.beside else 0)


def items_of(batch: Iterable[Event]) -> list[Item]:
    """What there is to work on in a batch."""
    return [event for event in batch if isinstance(event, ITEMS)]
