"""Score the places found in hand-read articles, and time the finder: ``python -m benchmarks.places ../shared [--no-home]``.

Answers for the dev gold sets go to ``tools/score-places`` of that folder, set by set and all together; rows that miss are
listed with ``--misses``. Throughput is CPU time of one core over articles of the 2017 corpus, already analysed, scaled to the
average article of 581 syllables. Ends with status 1 when a floor is missed. Event dates are not this program's subject.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from bs4 import BeautifulSoup

from analyzers.analyzer import AnalyzedText, Analyzer
from analyzers.keys import folded_key, marked_key
from analyzers.places import Place, PlaceFinder, store
from analyzers.places.store import parse
from analyzers.syllables import spans
from analyzers.text import nfc

SETS = ("locality_a_dev", "locality_headlines_dev", "locality_bacgiang_dev", "locality_daksong_dev")
HOMES = {"locality_bacgiang_dev": "bac-giang", "locality_daksong_dev": "dak-nong/dak-song"}
"""Where the portals report from: a setting of each source."""
FLOORS = {"primary_f1": 0.90, "province": 0.96}
FALSE_PLACES, ARTICLES_A_SECOND, AVERAGE = 1, 2000, 581
DATA = Path(store.__file__).parent / "data"
LOADING = 150
BATCH = 40
"""Articles looked through at once, as when indexing."""
SKIPPED, TIMED = 3000, 2000
"""Articles of the corpus that are passed over and then timed; their order is fixed."""


class Article(NamedTuple):
    """What a row of a gold set is about."""

    texts: tuple[str, str, str]
    on: date | None


def analyzed(text: str) -> AnalyzedText:
    """Syllables and keys without compounds: all that places need."""
    text = nfc(text)
    found = spans(text)
    surfaces = [text[start:end] for start, end in found]
    keys = [marked_key(surface) for surface in surfaces], [folded_key(surface) for surface in surfaces]
    return AnalyzedText(text, [start for start, _ in found], [end for _, end in found], *keys, [])


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file, compressed or not."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def article(row: dict[str, Any]) -> Article:
    """A corpus row: the first line of its text is the lead, except in headlines, which have nothing else."""
    lead, _, body = row["text"].partition("\n")
    return Article((row["title"], lead, body), date.fromisoformat(row["date"]) if row["date"] else None)


def portal_page(path: Path) -> Article:
    """A page of the district portal: JSON front matter, then HTML."""
    front, _, body = path.read_text(encoding="utf-8", errors="replace").removeprefix("---").removeprefix("json").partition("\n---")
    meta = json.loads(front)
    text = BeautifulSoup(body, "html.parser").get_text("\n")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return Article((meta.get("title") or "", meta.get("description") or "", "\n".join(filter(None, lines))), _day(meta.get("date") or ""))


def _day(text: str) -> date | None:
    """``2020-02-02T…`` or ``14-06-2018 …``; None for anything else."""
    parts = text.replace("T", " ").partition(" ")[0].split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
    return date(int(year), int(month), int(day))


def gold_articles(shared: Path, name: str, gold: Iterable[dict[str, Any]]) -> dict[str, Article]:
    """The articles of a gold set's rows, by id."""
    if name == "locality_daksong_dev":
        return {row["id"]: portal_page(shared / row["path"]) for row in gold}
    wanted = {row["id"] for row in gold}
    source = shared / ("corpus/baomoi2017.jsonl.xz" if name == "locality_a_dev" else "gold/documents.jsonl")
    return {row["id"]: article(row) for row in rows(source) if row["id"] in wanted}


def answer(identifier: str, places: Iterable[Place]) -> dict[str, Any]:
    """A prediction as the scoring tool reads it: about-places only."""
    about = [place for place in places if place.role != "mentioned"]
    keys = ("province", "district", "commune", "role")
    return {"id": identifier, "places": [{key: getattr(place, key) for key in keys} for place in about]}


def score(shared: Path, golds: list[Path], answers: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Pipe the answers to the scoring tool; its figures for the rows that are not ambiguous."""
    lines = "".join(json.dumps(found, ensure_ascii=False) + "\n" for found in answers)
    command = [sys.executable, str(shared / "tools" / "score-places"), *map(str, golds)]
    result = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, encoding="utf-8")
    figures: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])["non_ambiguous"]
    return figures


def throughput(shared: Path, finder: PlaceFinder) -> float:
    """Average articles (581 syllables) a second on one core; the best of three rounds."""
    corpus = islice(rows(shared / "corpus" / "baomoi2017.jsonl.xz"), SKIPPED, SKIPPED + TIMED)
    texts = [article(row).texts for row in corpus]
    batches = [Analyzer().batch([text for three in texts[at : at + BATCH] for text in three]) for at in range(0, len(texts), BATCH)]
    syllables = sum(len(batch.syllables) for batch in batches)
    best = float("inf")
    for _ in range(3):
        spent = 0.0
        for batch in batches:
            analysed = batch.texts()
            start = process_time()
            glances = finder.glances(batch)
            for at in range(0, len(batch), 3):
                finder.find(analysed[at : at + 3], date(2017, 6, 1), glances=glances[at : at + 3])
            spent += process_time() - start
        best = min(best, spent)
    return syllables / AVERAGE / best


def loading() -> float:
    """Milliseconds of CPU that reading the gazetteer and building its tables of names take; the best of three rounds."""
    spent = []
    for _ in range(3):
        start = process_time()
        parse(*((DATA / name).read_text(encoding="utf-8") for name in (store.UNITS, store.COMMON, store.CHANGES, store.SPELLINGS)))
        spent.append(1000 * (process_time() - start))
    return min(spent)


def _missed(row: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether the primary places differ (in spelling at least)."""
    mine, theirs = (
        sorted([place[key] or "" for key in ("province", "district", "commune")] for place in places if place["role"] == "primary")
        for places in (found["places"], row["places"])
    )
    return mine != theirs


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.places", description=__doc__)
    parser.add_argument("shared", type=Path, help="folder with gold/, corpus/, html/ and tools/")
    parser.add_argument("--no-home", action="store_true", help="do not tell the finder where the portals report from")
    parser.add_argument("--misses", action="store_true", help="list the rows whose primary places differ")
    options = parser.parse_args(arguments)
    finder = PlaceFinder()
    every: list[dict[str, Any]] = []
    golds = [options.shared / "gold" / f"{name}.jsonl" for name in SETS]
    for name, gold in zip(SETS, golds, strict=True):
        wanted = list(rows(gold))
        home = None if options.no_home else HOMES.get(name)
        found = gold_articles(options.shared, name, wanted)
        texts = {key: [analyzed(text) for text in item.texts] for key, item in found.items()}
        answers = [answer(key, finder.find(texts[key], item.on, home=home).places) for key, item in found.items()]
        by_id = {entry["id"]: entry for entry in answers}
        every += answers
        print(f"{name:24}", json.dumps(score(options.shared, [gold], answers)))
        for row in wanted if options.misses else []:
            if _missed(row, by_id[row["id"]]):
                print("   ", json.dumps({"id": row["id"], "gold": row["places"], "found": by_id[row["id"]]["places"]}, ensure_ascii=False))
    total = score(options.shared, golds, every)
    speed = throughput(options.shared, finder)
    print(f"{'all, non_ambiguous':24}", json.dumps(total))
    print(f"{'articles a second':24} {speed:.0f}")
    print(f"{'loading, ms':24} {loading():.0f} (at most {LOADING})")
    missed = [f"{key} {total[key]} < {floor}" for key, floor in FLOORS.items() if total[key] < floor]
    if int(total["false_in_negatives"].split("/")[0]) > FALSE_PLACES:
        missed.append(f"false places in negatives: {total['false_in_negatives']}")
    if speed < ARTICLES_A_SECOND:
        missed.append(f"{speed:.0f} articles a second < {ARTICLES_A_SECOND}")
    print("floors:", "; ".join(missed) or "all reached")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
