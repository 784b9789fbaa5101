"""What relates one article to another."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import StoredDocument


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """An article related to another one, and why.

    `score` is at most about 1; `likeness` the cosine of the texts among the candidates, `shared` that of their pairs alone; `terms` and
    `places` are labels of what both are about; `days` lie between their dates (0: they may be of one day), None where one has no date.
    `same_event`: both report one event. `similar`: so many near-duplicates of it are related too, and stand under it.
    """

    stored: StoredDocument
    score: float
    likeness: float
    shared: float = 0.0
    terms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    days: int | None = None
    same_event: bool = False
    similar: int = 0


@dataclass(frozen=True, slots=True)
class Related:
    """The articles related to `stored`, best first. `timed_out`: a part of the index did not answer, so there may be others."""

    stored: StoredDocument
    documents: tuple[RelatedDocument, ...]
    timed_out: bool = False
