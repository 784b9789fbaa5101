"""``make bench``: every benchmark that can run here, one after the other.

Each prints figures measured in this run only; compare ratios, not absolute times, between machines.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def main() -> int:
    """Run them; the exit status is the worst of theirs."""
    corpus = SHARED / "corpus"
    runs = [["benchmarks.search", *([str(corpus)] if corpus.is_dir() else [])]]
    found = next(corpus.glob("*.jsonl.xz"), None)
    runs.append(["benchmarks.peers", *(["--corpus", str(found)] if found else [])])
    runs.append(["benchmarks.scale", "10000"])
    runs.append(["benchmarks.indexing", *([str(found)] if found else [])])
    if corpus.is_dir():
        runs.append(["benchmarks.compare_pyvi", str(next(corpus.glob("*.jsonl.xz"))), "--limit", "2000"])
        runs.append(["benchmarks.analysis", str(next(corpus.glob("*.jsonl.xz")))])
        runs.append(["benchmarks.terms", str(next(corpus.glob("*.jsonl.xz")))])
        runs.append(["benchmarks.encodings", str(SHARED), "--every", "10"])
        runs.append(["benchmarks.places", str(SHARED)])
        runs.append(["benchmarks.extraction", str(SHARED)])
    if (SHARED / "eval").is_dir():
        runs.append(["benchmarks.related"])
    ranked = [str(path) for name in ("vietnamese_mds", "vims") if (path := SHARED / "eval" / name).is_dir()]
    runs.append(["benchmarks.fit_ranking", *ranked, "--every", "5"])
    runs.append(["benchmarks.subjects", *([str(corpus)] if corpus.is_dir() else [])])
    runs.append(["benchmarks.agreement", "seeds", "--engines", "tantivy", "whoosh", "--queries", "60"])
    judged = SHARED / "eval" / "vinewsqa"
    runs.append(["benchmarks.spelling", *([str(judged / "queries.jsonl"), str(judged / "corpus.jsonl")] if judged.is_dir() else [])])
    worst = 0
    for run in runs:
        print(f"\n== python -m {' '.join(run)}", flush=True)
        worst = max(worst, subprocess.run([sys.executable, "-m", *run], check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
