"""Legacy encodings: restored articles, false alarms and cost: ``python -m benchmarks.encodings ../shared [--misses]``.

Every article of the three judged collections is written in every form and repaired. `exact` counts those equal to the original in
NFC, `restored` those equal to what the form can hold (`analyzers.encodings.representable`): TCVN3 has no capitals with tones, and
its signs, VNI's and windows-1258's take the places of some foreign letters. `mixed` repairs an article of which every other line is
in that form. The clean corpus must come back untouched. Costs are CPU time of one core. Ends with status 1 when a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from analyzers.encodings import FORMS, encode_as, repair, representable
from analyzers.text import nfc

COLLECTIONS = ("vims", "vietnamese_mds", "vinewsqa")
UNCHANGED_BY_NFC = {"windows-1258", "nfd"}
"""Forms that NFC alone undoes: there is nothing to detect."""
RESTORED, FALSE_ALARMS, MICROSECONDS = 0.995, 0, 20.0
"""Floors: restored share of articles, alarms on clean articles, CPU microseconds per kB of clean UTF-8."""


def rows(path: Path) -> Iterator[str]:
    """Yield title and text of each article as one NFC text."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield nfc(f"{row['title']}\n{row['text']}")


def every_other_line(text: str, name: str) -> tuple[str, str]:
    """`text` with its even lines in a form, and the best that can come back."""
    lines = text.split("\n")
    written = [line if at % 2 else encode_as(line, name) for at, line in enumerate(lines)]
    return "\n".join(written), "\n".join(line if at % 2 else representable(line, name) for at, line in enumerate(lines))


def restored(articles: list[str], name: str, misses: int) -> float:
    """Print one form's row; return the share restored."""
    exact = best = mixed = named = 0
    spent = 0.0
    for article in articles:
        written, wanted = encode_as(article, name), representable(article, name)
        start = process_time()
        found = repair(written)
        spent += process_time() - start
        exact += found.text == article
        best += found.text == wanted
        named += found.encoding is not None
        if found.text != wanted and misses:
            misses -= 1
            show(found.text, wanted, found.evidence)
        halves, wanted = every_other_line(article, name)
        mixed += repair(halves).text == wanted
    count, size = len(articles), sum(len(article.encode()) for article in articles) / 1000
    shares = [f"{part / count:9.2%}" for part in (best, exact, named, mixed)]
    print(f"{name:28}", *shares, f"{spent / size * 1e6:8.0f}")
    return best / count


def show(found: str, wanted: str, why: str) -> None:
    """Print the first place where two texts differ."""
    at = next((i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b), min(len(found), len(wanted)))
    print("   ", repr(found[max(0, at - 20) : at + 20]), "wanted", repr(wanted[max(0, at - 20) : at + 20]), why)


def clean(articles: Iterator[str], misses: int) -> tuple[int, int, float]:
    """Articles, those that were taken for something else, and microseconds per kB."""
    count = alarms = size = 0
    spent = 0.0
    for article in articles:
        start = process_time()
        found = repair(article)
        spent += process_time() - start
        count += 1
        size += len(article.encode())
        if found.encoding is not None or found.text != article:
            alarms += 1
            if alarms <= misses:
                show(found.text, article, found.evidence)
    return count, alarms, spent / size * 1e9


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encodings", description=__doc__)
    parser.add_argument("shared", type=Path, help="folder with eval/ and corpus/")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show up to N misses of each kind")
    parser.add_argument("--form", choices=list(FORMS), action="append", help="only these forms")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth article")
    options = parser.parse_args(arguments)
    articles = [article for name in COLLECTIONS for article in rows(options.shared / "eval" / name / "corpus.jsonl")][:: options.every]
    missed = []
    print(f"{len(articles)} articles of {', '.join(COLLECTIONS)}")
    print(f"{'form':28} {'restored':>9} {'exact':>9} {'detected':>9} {'mixed':>9} {'us/kB':>8}")
    for name in options.form or FORMS:
        share = restored(articles, name, options.misses)
        if share < RESTORED:
            missed.append(f"{name} {share:.2%} < {RESTORED:.1%}")
    corpus = (article for at, article in enumerate(rows(next((options.shared / "corpus").glob("*.jsonl.xz")))) if at % options.every == 0)
    count, alarms, cost = clean(corpus, options.misses)
    print(f"{count} clean articles: {alarms} false alarms, {cost:.1f} us/kB")
    if alarms > FALSE_ALARMS:
        missed.append(f"{alarms} false alarms")
    if cost > MICROSECONDS:
        missed.append(f"{cost:.1f} us/kB > {MICROSECONDS}")
    print("floors:", "; ".join(missed) or "all reached")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
