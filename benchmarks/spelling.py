"""How many typing slips are undone, how many well-typed queries are taken for mistyped, and what looking costs.

usage: python -m benchmarks.spelling [QUERIES.jsonl CORPUS.jsonl]

Each query gets one slip of each kind in a syllable chosen by a fixed seed; it is undone when the likeliest alternative there is what stood
there before. Without arguments: titles of seeds/ over the seeds. The cost is CPU time as a part of that of a search in the same run.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.encodings.syllable import allows, is_syllable, split_tone, with_tone
from analyzers.keyboards import typed_as
from analyzers.keys import bare, marked_key
from analyzers.places import PlaceFinder
from engine.index import Index
from engine.model import SearchRequest
from engine.search import Searcher
from engine.spellings import Spellings
from engine.spellings.confusions import confused_with
from indexer.run import index_paths

SEED = 1
MOST_QUERIES = 400
SURE = 0.5
Slip = Callable[[random.Random, str], str]


def _swapped(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _missing(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _other_tone(chance: random.Random, word: str) -> str:
    syllable, tone = split_tone(word)
    others = [other for other in range(6) if tone is not None and other != tone and allows(syllable, other)]
    return with_tone(syllable, chance.choice(others)) if others else word


def _keys(_: random.Random, word: str) -> str:
    return typed_as(word, "telex") if is_syllable(word) else word


def _alike(chance: random.Random, word: str) -> str:
    others = confused_with(marked_key(word))
    return chance.choice(others) if others else word


SLIPS: dict[str, Slip] = {
    "swapped": _swapped,
    "missing": _missing,
    "doubled": _doubled,
    "tone": _other_tone,
    "telex": _keys,
    "alike": _alike,
}


def _slipped(words: list[str], slip: Slip, chance: random.Random) -> tuple[str, str] | None:
    """The query with one slip, and the key of what stood there; None where there is no syllable to slip in."""
    places = [at for at, word in enumerate(words) if word.isalpha() and len(word) > 2]
    if not places:
        return None
    at = chance.choice(places)
    meant = words[at].lower()
    typed = slip(chance, meant)
    return None if marked_key(typed) == marked_key(meant) else (" ".join([*words[:at], typed, *words[at + 1 :]]), meant)


def _report(searcher: Searcher, queries: list[str]) -> Iterator[str]:
    analyze, snapshot = searcher.index.analyzer.analyzer.analyze, searcher.index.snapshot()
    for name, form in (("marked", str), ("unmarked", lambda query: " ".join(map(bare, query.split())))):
        every = [form(query) for query in queries]
        alarms = sum(any(one.alternatives[0].weight >= SURE for one in Spellings(snapshot).corrections(analyze(query))) for query in every)
        offers = sum(bool(Spellings(snapshot).likelier(analyze(query))) for query in every) / len(every)
        yield f"{name:<9} {'well typed':<10} {alarms / len(every):.3f} taken for mistyped, {offers:.3f} offered another, of {len(every)}"
        for kind, slip in SLIPS.items():
            chance = random.Random(SEED)
            slipped = [found for query in every if (found := _slipped(query.split(), slip, chance))]
            undone = 0
            for query, meant in slipped:
                corrected = Spellings(snapshot).corrections(analyze(query)) or Spellings(snapshot).likelier(analyze(query))
                undone += any(one.alternatives[0].text in (marked_key(meant), bare(meant)) for one in corrected)
            if slipped and (kind not in ("telex", "tone") or name == "marked"):
                yield f"{name:<9} {kind:<10} {undone / len(slipped):.3f} undone, of {len(slipped)}"
    looking = _seconds(lambda query: Spellings(snapshot).corrections(analyze(query)), queries)
    searching = _seconds(lambda query: searcher.search(SearchRequest(query)), queries)
    yield f"looking for slips: {looking / searching:.3f} of the CPU time of a search"


def _seconds(work: Callable[[str], object], queries: list[str]) -> float:
    for query in queries[:5]:
        work(query)
    started = time.process_time()
    for query in queries:
        work(query)
    return time.process_time() - started


def main(arguments: list[str]) -> None:
    """Build a throw-away index and print."""
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
    with tempfile.TemporaryDirectory() as folder:
        index = Index.create(Path(folder) / "index", analyzer)
        index_paths(index, [arguments[1] if arguments else "seeds"])
        searcher = Searcher(index)
        if arguments:
            rows = map(json.loads, Path(arguments[0]).read_text(encoding="utf-8").splitlines())
            queries = [str(row.get("text") or row.get("query")) for row in rows]
        else:
            queries = [hit.document.title for hit in searcher.search(SearchRequest(limit=100, facets=(), snippets=0)).hits]
        for line in _report(searcher, queries[:MOST_QUERIES]):
            print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
