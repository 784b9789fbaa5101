"""Articles for benchmarks that compare ways to index them: of a corpus, or made, as NDJSON."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

Article = dict[str, Any]


def write(corpus: Path | None, number: int, to: Path, *, skip: int = 0) -> int:
    """Write so many articles of `corpus` (JSON lines, perhaps in xz), or made ones without it; return the bytes of their texts."""
    text = 0
    with to.open("w", encoding="utf-8") as out:
        for article in islice(read(corpus, skip + number), skip, skip + number):
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
            text += len(article["title"].encode()) + len(text_of(article).encode())
    return text


def text_of(article: Mapping[str, Any]) -> str:
    """Lead and body."""
    body: str | list[str] = article.get("body") or article.get("text") or ""
    return "\n".join(filter(None, (article.get("lead"), *([body] if isinstance(body, str) else body))))


def read(corpus: Path | None, number: int) -> Iterator[Article]:
    """Yield the articles of `corpus`, at least `number` if it has them, or `number` made ones without it."""
    if corpus is None:
        # Here, because benchmarks measure the memory of processes that only need `text_of`.
        from benchmarks.make_corpus import Maker

        yield from Maker().articles(number)
        return
    with lzma.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".xz" else corpus.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
