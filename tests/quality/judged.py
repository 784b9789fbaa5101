"""The project's own judged set: queries over ``seeds/`` with the articles that answer them."""

from __future__ import annotations

from pathlib import Path

from engine.model import Document
from indexer.documents import document
from tests.support import seed_articles

JUDGED = Path(__file__).with_name("judged_seeds.tsv")

Judged = dict[str, dict[str, int]]


def judged() -> Judged:
    """Query -> relevant articles with their grades: 2 about it, 1 partly."""
    ids = {path.removeprefix("seeds/"): document(article, path).doc_id for path, article in seed_articles().items()}
    rows: Judged = {}
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            query, *columns = line.split("\t")
            rows[query] = {ids[place]: grade for grade, places in zip((2, 1), columns, strict=False) for place in places.split()}
    return rows


def seed_documents() -> list[Document]:
    """Every article of the seeds, as it is judged."""
    return [document(article, path) for path, article in seed_articles().items()]
