"""Related articles on the page of an article: first those about the same event, then the others."""

from __future__ import annotations

from typing import NamedTuple

from engine.related import Related, RelatedDocument

from .addresses import Addresses
from .excerpt import DateView, date_view

_REASONS = 3
"""Places and terms named as what both articles are about."""


class RelatedLink(NamedTuple):
    """A related article; `why` names what both are about."""

    title: str
    href: str
    date: DateView
    source: str | None
    similar: str
    why: str


class RelatedLists(NamedTuple):
    """The related articles of a page, and the address of the same as data."""

    same_event: tuple[RelatedLink, ...]
    others: tuple[RelatedLink, ...]
    json: str
    lacking: bool
    """A part of the index did not answer, so there may be others."""


def related_lists(found: Related, addresses: Addresses) -> RelatedLists:
    """Present the articles related to one."""
    return RelatedLists(
        same_event=tuple(_link(one, addresses) for one in found.documents if one.same_event),
        others=tuple(_link(one, addresses) for one in found.documents if not one.same_event),
        json=addresses.related(found.stored.document.doc_id),
        lacking=found.timed_out,
    )


def _link(one: RelatedDocument, addresses: Addresses) -> RelatedLink:
    document = one.stored.document
    about = (*one.places, *one.terms)[:_REASONS]
    return RelatedLink(
        title=document.title.strip() or "(không có tiêu đề)",
        href=addresses.article(document.doc_id),
        date=date_view(document.published),
        source=document.source,
        similar=f"{one.similar} bài tương tự" if one.similar else "",
        why=f"cùng nói về {', '.join(about)}" if about else "",
    )
