"""Rebuild the news part of ``data/foreign_words.txt``: ``python -m analyzers.keyboards.build ARTICLES.jsonl[.xz] > new.txt``.

Clean news holds hardly any residue of typing, so a word without marks that stands in several articles and still reads as Telex is
foreign, a name or an abbreviation. The part written by hand is copied from the present file.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
import textwrap
from collections import Counter
from importlib import resources
from pathlib import Path

from analyzers.encodings.syllable import is_syllable
from analyzers.keyboards import telex
from analyzers.keyboards.shapes import FOLDED

MIN_ARTICLES = 2
RESIDUE = frozenset({"banr", "ddi", "ddis", "doij", "nguwoif"})
"""Words of the 2017 corpus that are slips of its typists."""
BY_HAND = "# By hand:"
_WORD = re.compile(r"(?<!\w)[a-z]+(?!\w)")


def foreign(articles: Path) -> list[str]:
    """Words of `articles` that would be taken for Telex."""
    seen: Counter[str] = Counter()
    with lzma.open(articles, "rt", encoding="utf-8") if articles.suffix == ".xz" else articles.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            seen.update(set(_WORD.findall(f"{row['title']}\n{row['text']}".lower())))
    known = (word for word, count in seen.items() if count >= MIN_ARTICLES and word not in RESIDUE | FOLDED and not is_syllable(word))
    return sorted(word for word in known if telex.read(word))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m analyzers.keyboards.build", description=__doc__)
    parser.add_argument("articles", type=Path)
    words = foreign(parser.parse_args().articles)
    present = resources.files("analyzers.keyboards").joinpath("data/foreign_words.txt").read_text(encoding="utf-8")
    head, by_hand = present.split(BY_HAND, 1)
    comments = [line for line in head.splitlines() if line.startswith("#")]
    sys.stdout.write("\n".join([*comments, *textwrap.wrap(" ".join(words), 130), "", BY_HAND]) + by_hand)


if __name__ == "__main__":
    main()
