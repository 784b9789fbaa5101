"""Score extraction and dates on the shared samples, and time them: ``python -m benchmarks.extraction ../shared [--misses]``.

Pages are scored by ``tools/score-extraction`` of that folder. The portal gold has another shape and is turned into the tool's;
its Bắc Giang pages state no date, so none is expected of them. Times are CPU time of one core: a page from bytes to Article, a
record from its file to a Document. Ends with status 1 when a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

from analyzers.dates import DateClues, PartialDate, event_date, periods, published
from analyzers.dates.dateline import dateline
from analyzers.dates.line import date_line
from indexer.documents import document
from indexer.extract import extract, record
from indexer.model import Article, Page, Rejected
from indexer.sources import read, walk

FLOORS = {"recall": 0.98, "title": 0.97, "date": 0.97}
LEAKS, WRONG, P50, P99, RECORDS, EVENT_RIGHT, EVENT_WRONG, DATELINES = 0.2, 0.01, 15.0, 60.0, 20_000, 0.90, 0.03, 0.98
SETS = ("locality_a_dev", "locality_headlines_dev", "locality_bacgiang_dev", "locality_daksong_dev")
Row = dict[str, Any]


def main() -> int:
    """Run every part; the exit status says whether a floor was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    shared: Path = options.shared
    parts = [
        imitated(shared, options.misses),
        portal(shared, options.misses),
        datelines(shared, options.misses),
        events(shared, options.misses),
    ]
    parts += [pages(shared), hostile(), records(shared), text_only(shared)]
    print("all floors reached" if all(parts) else "A FLOOR WAS MISSED")
    return 0 if all(parts) else 1


def answer(path: Path) -> Row:
    """What ``timtin extract`` prints for a page."""
    found = extract(Page(str(path), path.read_bytes()))
    if isinstance(found, Rejected):
        return {"path": str(path), "outcome": found.outcome, "reason": found.reason}
    when = found.published
    return asdict(found) | {
        "path": str(path),
        "outcome": "article",
        "published": {"date": when.date, "precision": when.precision, "rule": when.rule, "evidence": when.evidence} if when else None,
        "periods": [period.label for period in periods("\n".join((found.lead, *found.body)))],
    }


def scored(shared: Path, gold: Path, paths: Iterable[Path], misses: bool) -> Row:
    """The tool's figures."""
    answers = "\n".join(json.dumps(answer(path), ensure_ascii=False) for path in paths)
    command = [sys.executable, str(shared / "tools" / "score-extraction"), str(gold)]
    lines = subprocess.run(command, input=answers, capture_output=True, text=True, check=True).stdout.splitlines()
    if misses:
        print("\n".join(lines[:-1]))
    figures: Row = json.loads(lines[-1])
    return figures


def floors(name: str, figures: Row) -> bool:
    """Print a set's figures and whether they reach the floors."""
    right, of = (int(part) for part in figures["non_articles"].split("/"))
    good = all(figures[key] >= floor for key, floor in FLOORS.items()) and figures["leaks_per_page"] <= LEAKS
    print(f"{name:12} {json.dumps(figures)}")
    return good and figures["wrong_date"] <= WRONG and right >= 0.95 * of


def imitated(shared: Path, misses: bool) -> bool:
    folder = shared / "html" / "imitated"
    return floors("imitated", scored(shared, folder / "gold.json", sorted(folder.glob("*.html")), misses))


def portal(shared: Path, misses: bool) -> bool:
    """The dev half of two portals; documents without text count as non-articles."""
    rows = [json.loads(line) for line in (shared / "gold" / "extraction_portal_dev.jsonl").read_text("utf-8").splitlines()]
    gold = Path("var") / "portal_gold.jsonl"
    gold.parent.mkdir(exist_ok=True)
    with gold.open("w", encoding="utf-8") as handle:
        for row in rows:
            stated = row["published"] if "daksong" in row["path"] else None
            handle.write(
                json.dumps(
                    {
                        "file": row["path"],
                        "title": row["title"],
                        "include": row["must_contain"],
                        "exclude": row["must_not_contain"],
                        "date": stated,
                        "is_article": not row.get("no_body", False),
                    }
                )
                + "\n"
            )
    return floors("portal dev", scored(shared, gold, [shared / row["path"] for row in rows], misses))


def datelines(shared: Path, misses: bool) -> bool:
    """Days of the collected date strings; a ``?`` stands for the year. Rows without a day must give none."""
    right = taken = dated = 0
    for line in (shared / "html" / "datelines.tsv").read_text("utf-8").splitlines()[1:]:
        text, expected = line.split("\t")[:2]
        got = _day(text)
        wanted = expected if expected[0] in "?12" else None
        dated += wanted is not None
        right += wanted is not None and got == wanted
        taken += wanted is None and got is not None
        if misses and got != wanted:
            print("  dateline", repr(text), "gives", got, "not", wanted)
    print(f"{'datelines':12} {right}/{dated} days right, {taken} taken where there is none")
    return right >= DATELINES * dated and taken == 0


def _day(text: str) -> str | None:
    """The day of one string as the rules read it: a date line, a header's month with a dateline, a dateline."""
    line = date_line(text)
    if line is not None:
        return line.iso
    found = extract(Page("line.txt", text.encode()))
    when = found.published if isinstance(found, Article) else published(DateClues(paragraphs=(text,)))
    if when is not None and when.precision == "day":
        return when.date
    mention = dateline(text)
    return f"{mention.year or '?'}-{mention.month:02d}-{mention.day:02d}" if mention else None


def events(shared: Path, misses: bool) -> bool:
    """Event dates on the hand-read articles; rows that a second reader could date otherwise are counted apart."""
    documents = {row["id"]: row for row in _lines(shared / "gold" / "documents.jsonl")}
    rows = [row for name in SETS for row in _lines(shared / "gold" / f"{name}.jsonl")]
    wanted = {row["id"] for row in rows} - documents.keys()
    with lzma.open(next((shared / "corpus").glob("*.jsonl.xz")), "rt", encoding="utf-8") as handle:
        documents |= {row["id"]: row for row in map(json.loads, handle) if row["id"] in wanted}
    counts: Counter[tuple[bool, str]] = Counter()
    for row in rows:
        title, paragraphs = _text(shared, row, documents)
        day = row.get("published") or (documents.get(row["id"]) or {}).get("date")
        found = event_date(title, paragraphs, PartialDate(day[:10], "gold") if day else None)
        got, expected = found.date if found else None, row.get("event_date")
        kind = ("right" if got == expected else "missed") if expected else ("wrong" if got else "none")
        counts[bool(row.get("ambiguous")), kind] += 1
        if misses and kind in ("missed", "wrong"):
            print("  event", row["id"], "gives", got, "not", expected, "|", title[:70])
    return _report_events(counts)


def _report_events(counts: Counter[tuple[bool, str]]) -> bool:
    good = True
    for label, groups in (("events", (False,)), ("events, all", (False, True))):
        given = sum(counts[group, kind] for group in groups for kind in ("right", "missed"))
        none = sum(counts[group, kind] for group in groups for kind in ("wrong", "none"))
        right, wrong = sum(counts[group, "right"] for group in groups) / given, sum(counts[group, "wrong"] for group in groups) / none
        print(f"{label:12} {right:.3f} of {given} right, {wrong:.3f} of {none} without a date given one")
        good = good and (len(groups) == 2 or (right >= EVENT_RIGHT and wrong <= EVENT_WRONG))
    return good


def _text(shared: Path, row: Row, documents: dict[str, Row]) -> tuple[str, tuple[str, ...]]:
    """Title and paragraphs of a gold row: the stored text, or the portal's page as extracted."""
    if row["id"] in documents:
        document = documents[row["id"]]
        return document["title"], tuple(line.strip() for line in document["text"].split("\n") if line.strip())
    path = shared / row["path"]
    found = extract(Page(str(path), path.read_bytes()))
    return (found.title, (found.lead, *found.body) if found.lead else found.body) if isinstance(found, Article) else ("", ())


def _lines(path: Path) -> Iterator[Row]:
    return map(json.loads, path.read_text("utf-8").splitlines())


def pages(shared: Path) -> bool:
    """Time of real portal pages of 40–56 kB, bytes to Article."""
    archive = next((shared / "html" / "real" / "neardup_trap").glob("*.tar.xz"))
    with tarfile.open(archive) as tar:
        # A regular file always has contents, which tarfile's types leave open.
        raws = [tar.extractfile(member).read() for member in tar if member.isfile() and 40_000 < member.size < 56_000]  # type: ignore[union-attr]  # a file has one
    extract(Page("warm.html", raws[0]))
    times = sorted(_timed(Page("page.html", raw)) for raw in raws)
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{'pages':12} {len(times)} pages of about 48 kB: p50 {p50:.1f} ms, p99 {p99:.1f} ms, slowest {times[-1]:.1f} ms")
    return p50 <= P50 and p99 <= P99


def _timed(page: Page) -> float:
    start = process_time()
    extract(page)
    return (process_time() - start) * 1000


def hostile() -> bool:
    """Seconds of the worst pages known; the tests hold more of them, and their memory."""
    line = "<p>Sáng 22-6-2023, huyện tổ chức hội nghị sơ kết công tác phòng, chống thiên tai 6 tháng đầu năm.</p>"
    worst = {
        "100,000 nested": "<div>" * 100_000 + line,
        "50,000 attributes": "<div " + " ".join(f"a{n}=1" for n in range(50_000)) + ">" + line,
        "20,000 unclosed": line + "<p><b><i>chữ " * 20_000,
        "200,000 paragraphs": line + "<p>Đoạn văn ngắn có nội dung gì đó.</p>" * 200_000,
        "22 MB text": line + "chữ nghĩa dài dòng " * 1_000_000,
    }
    times = {
        name: _timed(Page("page.html", f"<title>Huyện sơ kết công tác năm</title>{page}".encode())) / 1000 for name, page in worst.items()
    }
    print(f"{'hostile':12} " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in times.items()))
    return max(times.values()) <= 2


def records(shared: Path) -> bool:
    """NDJSON without extraction: from the file to Documents, and what of that `json.loads` alone takes, turn about."""
    with lzma.open(next((shared / "corpus").glob("*.jsonl.xz"))) as handle:
        lines = list(islice(handle, 6000))
    path = Path("var") / "records.ndjson"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"".join(lines))
    parsing, whole = [], []
    for _ in range(5):
        start = process_time()
        for line in lines:
            json.loads(line)
        middle = process_time()
        for source in walk([str(path)]):
            for item in read(source):  # type: ignore[arg-type]  # the file is there
                document(record(item.fields, item.path), item.path, item.fields["id"])  # type: ignore[union-attr,arg-type]  # and sound
        parsing.append(middle - start)
        whole.append(process_time() - middle)
    path.unlink()
    rate, ratio = len(lines) / min(whole), min(whole) / min(parsing)
    size = sum(map(len, lines)) / len(lines)
    print(f"{'records':12} {rate:,.0f} articles of {size:,.0f} bytes a second, file to Documents, {ratio:.2f} times json.loads alone")
    return rate >= RECORDS


def text_only(shared: Path) -> bool:
    """How right the text alone dates articles whose day is known: calibrates the dateline rules (no floor)."""
    counts: Counter[tuple[str, str]] = Counter()
    with lzma.open(next((shared / "corpus").glob("*.jsonl.xz")), "rt", encoding="utf-8") as handle:
        for row in map(json.loads, islice(handle, 0, None, 4)):
            found = published(DateClues(paragraphs=tuple(line for line in row["text"].split("\n") if line.strip())))
            if found is not None and found.precision == "day" and row.get("date"):
                late = (date.fromisoformat(row["date"][:10]) - found.first_day).days
                counts[found.rule, "right" if -1 <= late <= 3 else "near" if -7 <= late <= 14 else "wrong"] += 1
    for rule in sorted({rule for rule, _ in counts}):
        print(f"{'text only':12} {rule}: " + ", ".join(f"{counts[rule, kind]} {kind}" for kind in ("right", "near", "wrong")))
    return True


if __name__ == "__main__":
    sys.exit(main())
