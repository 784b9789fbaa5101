"""Build this room's data: ``python -m analyzers.terms.build [ARTICLES.jsonl.xz] [--out FOLDER] [--limit N]``.

ARTICLES holds a JSON object a line with `title` and `text`. Writes ``terms.tsv`` and ``words.txt`` beside the hand-written lists of
``data/``, which it reads. The same input gives the same bytes. Takes minutes and two gigabytes.

Without ARTICLES only what was written by hand is brought in again: mined terms and counts stay, new terms have none yet.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from analyzers.places import Gazetteer, load
from analyzers.terms.build.corpus import read_articles, read_columns
from analyzers.terms.build.count import count_articles, known_words
from analyzers.terms.build.grams import count_grams
from analyzers.terms.build.lists import read_edges, read_local, read_stops
from analyzers.terms.build.select import Edges, select
from analyzers.terms.model import Entry
from analyzers.terms.spelling import value_of
from analyzers.terms.store import TERMS, WORDS
from analyzers.terms.table import Table, read_table, write_table

DATA = Path(__file__).parent.parent / "data"
LEAST_HELD = 20
"""Mined terms that fewer articles hold, once longer terms have taken their share, are left out."""
LEAST_KNOWN = 8
"""A word that so many articles hold is known: an article cannot make a term of it by repeating it."""
YEARS = range(2004, 2027)


class Data(NamedTuple):
    """What is written: the table, and the words that are no terms."""

    table: Table
    words: list[str]


class Hand(NamedTuple):
    """What was written by hand, and the names that are no terms because they are places."""

    local: list[Entry]
    stops: frozenset[str]
    edges: Edges
    places: frozenset[str]

    @property
    def taken(self) -> frozenset[str]:
        """Values that no mined term may have."""
        return self.places | {value_of(spelling) for entry in self.local for spelling in (entry.label, *entry.others)}


def by_hand() -> Hand:
    edges = Edges(*read_edges(DATA / "edges.txt"))
    return Hand(read_local(DATA / "local.txt"), read_stops(DATA / "stop.txt"), edges, place_names(load()))


def place_names(gazetteer: Gazetteer) -> frozenset[str]:
    """Values of the names of all provinces and districts of these years."""
    units = (unit for year in YEARS for unit in gazetteer.at(date(year, 12, 31)))
    return frozenset(value_of(unit.name) for unit in units if unit.level != "commune")


def mine(articles: Iterable[tuple[str, str]], hand: Hand) -> Data:
    """Everything from articles, given as (title, text)."""
    columns = read_columns(articles)
    mined = [entry for entry in select(columns, count_grams(columns), hand.stops, hand.edges) if value_of(entry.label) not in hand.taken]
    entries = count_articles(columns, [*hand.local, *mined])
    kept = [entry for entry in entries if entry.local or entry.documents >= LEAST_HELD]
    return Data(Table(kept, columns.articles), _words(known_words(columns, LEAST_KNOWN), kept, hand.stops))


def relist(data: Data, hand: Hand) -> Data:
    """The same mined terms and counts with today's lists."""
    counts = {value_of(entry.label): entry.documents for entry in data.table.entries}
    local = [entry._replace(documents=counts.get(value_of(entry.label), 0)) for entry in hand.local]
    out = hand.taken | hand.stops
    mined = [entry for entry in data.table.entries if not entry.local and value_of(entry.label) not in out]
    entries = [*local, *mined]
    return Data(Table(entries, data.table.documents), _words(data.words, entries, hand.stops))


def _words(known: Iterable[str], entries: Iterable[Entry], stops: frozenset[str]) -> list[str]:
    """The known words and stops of several syllables that are no terms."""
    terms = {value_of(entry.label) for entry in entries}
    words = {value: value for value in stops if " " in value} | {value_of(word): word for word in known}
    return sorted(word for value, word in words.items() if value not in terms)


def read_data(folder: Path) -> Data:
    table = read_table((folder / TERMS).read_text(encoding="utf-8"), TERMS)
    return Data(table, (folder / WORDS).read_text(encoding="utf-8").splitlines())


def rendered(data: Data) -> dict[str, str]:
    """The content of each file, by name."""
    return {TERMS: write_table(*data.table), WORDS: "".join(f"{word}\n" for word in data.words)}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m analyzers.terms.build", description=__doc__)
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write to")
    parser.add_argument("--limit", type=int, help="read only so many articles")
    options = parser.parse_args(arguments)
    hand = by_hand()
    data = mine(read_articles(options.articles, options.limit), hand) if options.articles else relist(read_data(DATA), hand)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, text in rendered(data).items():
        (options.out / name).write_text(text, encoding="utf-8", newline="\n")
    counts = f"{len(data.table.entries)} terms, {len(data.words)} other words from {data.table.documents} articles"
    sys.stdout.write(f"{counts} written to {options.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
