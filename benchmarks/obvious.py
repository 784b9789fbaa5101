"""The obvious pipeline of a Vietnamese search index: pyvi cuts words, Whoosh indexes them, in one process.

usage: python -m benchmarks.obvious ARTICLES.ndjson DIR

As their documentations advise: ``ViTokenizer.tokenize`` on each text, one writer with 256 MB of memory, the text stored beside its
words. Prints the seconds from the first article to the end of the commit; loading pyvi's model does not count.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.articles import text_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Index the articles; print their number, seconds, and seconds of processor time as JSON."""
    from pyvi import ViTokenizer
    from whoosh.fields import ID, STORED, TEXT, Schema
    from whoosh.index import create_in

    articles, directory = arguments or sys.argv[1:]
    ViTokenizer.tokenize("Xã họp sáng nay.")
    schema = Schema(doc_id=ID(stored=True, unique=True), title=TEXT(stored=True), body=TEXT, text=STORED)
    Path(directory).mkdir(parents=True)
    started, spent, count = perf_counter(), process_time(), 0
    with create_in(directory, schema).writer(limitmb=256) as writer, Path(articles).open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            title, text = record["title"], text_of(record)
            writer.add_document(doc_id=record["id"], title=ViTokenizer.tokenize(title), body=ViTokenizer.tokenize(text), text=text)
            count += 1
    print(json.dumps({"articles": count, "seconds": perf_counter() - started, "cpu": process_time() - spent}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
