"""Mutated pages through extraction: ``python -m benchmarks.fuzz_extraction [--pages 20000] [--seed 1]``.

Pages of seeds/ are cut, doubled, spliced, re-encoded and spiked with what breaks parsers; every one must give an article or a reason,
sound texts, and end within 2 s of CPU time. Prints counts and the slowest pages; ends with status 1 when one did not.
The same page comes from the same seed and number: ``--only N`` runs one again.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time

from analyzers.dates import text_dates
from analyzers.text import nfc
from indexer.documents import document
from indexer.extract import extract
from indexer.model import Page, Rejected

LIMIT = 2.0
"""Seconds of CPU time a page may take."""
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SUFFIXES = (".html", ".htm", ".txt", ".md")
SPIKES = (
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"<script>",
    b"</script>",
    b"<style",
    b"<div>" * 300,
    b"</div>" * 300,
    b"<table><tr><td>" * 80,
    b"<p " + b"a=1 " * 400,
    b"<b><i>" * 200,
    b"&#0;",
    b"&#xD800;",
    b"&nbsp;" * 50,
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r\n" * 100,
    b"<a href='",
    b'"' * 40,
    b"<title>",
    b"<h1>",
    b"<meta charset='utf-16'>",
    b"<meta charset='cp1258'>",
    b"<![CDATA[",
    b"]]>",
    b"<?xml version='1.0' encoding='x'?>",
    b"---\ntitle: [\n---\n",
    b"\xcc\x81" * 60,
    b"30/02/2023 ",
    b"99/99/9999 ",
    b"1" * 3000,
    "ngày ".encode() * 200,
    "Tin liên quan".encode(),
    "Bình luận".encode(),
    b"<br>" * 500,
    b"<li><a href=#>x</a>" * 100,
    b'<script type="application/ld+json">{"@graph":[[[[',
    b'"datePublished":"0001-01-01"',
    b"<iframe src=http://127.0.0.1:1/>",
    b"\xf0\x9f\x98\x80" * 50,
    b"*" * 500,
)


def pages() -> list[bytes]:
    """The pages that are mutated."""
    return [path.read_bytes() for path in sorted(SEEDS.rglob("*")) if path.suffix in SUFFIXES and path.name != "README.md"]


def mutated(raws: list[bytes], seed: int, number: int) -> Page:
    """Page `number` of a run."""
    draw = Random(f"{seed}:{number}")
    raw = draw.choice(raws)
    for _ in range(draw.randint(1, 6)):
        raw = _mutate(raw, raws, draw)[:2_000_000]
    return Page(f"{number}{draw.choice(SUFFIXES)}", raw)


def _mutate(raw: bytes, raws: list[bytes], draw: Random) -> bytes:
    at = draw.randrange(len(raw) + 1)
    to = min(len(raw), at + draw.choice((1, 10, 200, 5000)))
    match draw.randrange(8):
        case 0:
            return raw[:at] + raw[to:]
        case 1:
            return raw[:at] + raw[at:to] * draw.choice((2, 3, 20)) + raw[to:]
        case 2:
            return raw[:at] + draw.choice(SPIKES) + raw[at:]
        case 3:
            other = draw.choice(raws)
            start = draw.randrange(len(other) + 1)
            return raw[:at] + other[start : start + 20_000] + raw[at:]
        case 4:
            return raw[:at] + draw.randbytes(draw.choice((1, 4, 60))) + raw[to:]
        case 5:
            codec = draw.choice(("cp1258", "utf-16", "utf-8-sig", "latin-1", "utf-16-be"))
            return raw.decode("utf-8", "replace").encode(codec, "ignore")
        case 6:
            return raw[:at]
        case _:
            return raw.replace(draw.choice((b"</div>", b"</p>", b">", b'"', b" ")), draw.choice((b"", b"<", b"\n", b"<p>")), 40)


def fault(page: Page) -> tuple[str, float]:
    """What is wrong with the answer ("" for nothing), and the seconds it took."""
    start = process_time()
    try:
        found = extract(page)
        wrong = _unsound(found, page)
    except Exception as error:  # noqa: BLE001  # whatever it raises is what is looked for
        wrong = f"{type(error).__name__}: {error}"
    seconds = process_time() - start
    return wrong or ("too slow" if seconds > LIMIT else ""), seconds


def _unsound(found: object, page: Page) -> str:
    if isinstance(found, Rejected):
        return "" if found.reason else "rejected without a reason"
    item = document(found, page.path)  # type: ignore[arg-type]  # an Article otherwise
    text_dates(item.title, (item.lead, *item.body.split("\n")), item.published)
    texts = (item.title, item.lead, item.body)
    return "" if item.title and all(nfc(text) == text and "\x00" not in text for text in texts) else "text that is not sound"


def run(count: int, seed: int) -> Iterator[tuple[int, str, float]]:
    """(number, fault, seconds) of each page."""
    raws = pages()
    for number in range(count):
        wrong, seconds = fault(mutated(raws, seed, number))
        yield number, wrong, seconds


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    if options.only is not None:
        page = mutated(pages(), options.seed, options.only)
        print(page.path, len(page.raw), extract(page))
        return 0
    faults: Counter[str] = Counter()
    times: list[tuple[float, int]] = []
    for number, wrong, seconds in run(options.pages, options.seed):
        times.append((seconds, number))
        if wrong:
            faults[wrong] += 1
            print(f"page {number}: {wrong}", flush=True)
    times.sort(reverse=True)
    total = sum(seconds for seconds, _ in times)
    slowest = ", ".join(f"{seconds:.2f} s (page {number})" for seconds, number in times[:3])
    print(f"{len(times)} mutated pages, {sum(faults.values())} faults, {total / len(times) * 1000:.1f} ms a page; slowest {slowest}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
