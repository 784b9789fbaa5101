"""The process that measures one peer: ``python -m benchmarks.peers.child speed|quality|segment NAME FOLDER``.

Prints one line of JSON, ``{"not_run": reason}`` when the peer cannot be run here. It measures one peer only, so that what one leaves
in memory or warm is no other's.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.peers import task as tasks
from benchmarks.peers.model import PEERS, SEGMENTERS, NotRunError, Peer, SegmenterPeer, load
from benchmarks.peers.usage import cpu_seconds, peak_bytes

Row = dict[str, Any]
WARM_UP = "Thị xã An Khê tổng kết năm 2023 ."


def speed(peer: Peer, task: tasks.Task, directory: Path) -> Row:
    """Cost of indexing, size of the index, memory, and milliseconds of searches after a first pass over the queries."""
    before = cpu_seconds(peer.processes())
    peer.index(task.articles, directory)
    seconds = cpu_seconds(peer.processes()) - before
    size = peer.size(directory)
    totals = [peer.search(query).total for query in task.queries]
    before, times = cpu_seconds(peer.processes()), []
    for query in task.queries:
        started = peer.clock()
        peer.search(query)
        times.append((peer.clock() - started) * 1000)
    searching = cpu_seconds(peer.processes()) - before
    return {
        "articles_per_second": len(task.articles) / seconds,
        "index_per_text": None if size is None else size / task.text_bytes(),
        "peak_mb": peak_bytes(peer.processes()) / 1e6,
        "search_cpu_ms": 1000 * searching / len(times),
        "search_ms": sorted(times),
        "totals": totals.count(None) == 0,
    }


def quality(peer: Peer, folder: Path) -> Row:
    """Rankings of each judged collection: those of the queries as typed, and without marks."""
    found: Row = {}
    for name, (articles, questions) in tasks.read_collections(folder):
        with tempfile.TemporaryDirectory(prefix="timtin-peer-") as directory:
            peer.index_judged(articles, Path(directory))
            found[name] = [[peer.search(query).ids for query in queries] for queries in zip(*(each[:2] for each in questions), strict=True)]
    return {"rankings": found}


def segment(peer: SegmenterPeer, sentences: Sequence[str]) -> Row:
    """Sentences a CPU second after a warm-up, and what they became."""
    peer.segment([WARM_UP])
    before = process_time()
    found = peer.segment(sentences)
    return {"sentences_per_second": len(sentences) / (process_time() - before), "segmented": found}


def measured(kind: str, name: str, folder: Path) -> Row:
    """What is asked for, of the peer of that name."""
    try:
        peer = load(name, SEGMENTERS if kind == "segment" else PEERS)
    except NotRunError as error:
        return {"not_run": str(error)}
    said = {"version": peer.version(), "settings": peer.settings}
    if kind == "segment":
        return said | segment(peer, tasks.read(folder).sentences)
    try:
        if kind == "quality":
            return said | quality(peer, folder)
        with tempfile.TemporaryDirectory(prefix="timtin-peer-") as directory:
            return said | speed(peer, tasks.read(folder), Path(directory))
    except NotRunError as error:
        return {"not_run": str(error)}
    finally:
        peer.close()


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    kind, name, folder = arguments
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(json.dumps(measured(kind, name, Path(folder)), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
