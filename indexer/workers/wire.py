"""What goes between processes, pickled as its values alone: a dataclass with slots looks up its fields again for every object."""

from __future__ import annotations

from dataclasses import fields
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from typing import Any

from analyzers.dates import PartialDate, TextDates
from engine.model import AnalyzedDocument, Document
from indexer.sources import Line, Record


def register() -> None:
    """Make pipes between processes pickle so, in this process; what comes out needs nothing."""
    for kind in (AnalyzedDocument, Document, Line, PartialDate, Record, TextDates):
        ForkingPickler.register(kind, _reducer(kind))


def _reducer(kind: type[Any]) -> Any:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda item: (kind, values(item))
