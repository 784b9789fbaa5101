"""The benchmark of growth: its articles, its table, what it sees of a process's memory."""

from __future__ import annotations

import gzip
import json
import re
import signal
import sys
from pathlib import Path

import pytest
import zstandard

from benchmarks import scale_stages
from benchmarks.make_corpus import Maker, main
from benchmarks.scale import table
from benchmarks.scale_stages import Place, articles

TALKATIVE = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print(end="lỗi " * 60_000, file=sys.stderr)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print("chờ một chút", file=sys.stderr)
print(f"http://127.0.0.1:{server.server_port}/", file=sys.stderr)
server.serve_forever()
"""
"""A server that says more at each request than a pipe holds."""


@pytest.mark.parametrize("name", ["a.ndjson", "a.ndjson.gz", "a.ndjson.zst"])
def test_fewer_articles_are_the_first_of_more_however_they_are_packed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert main(["7", "--out", str(path)]) == 0
    packed = path.read_bytes()
    text = gzip.decompress(packed) if name.endswith("gz") else packed
    if name.endswith("zst"):
        with zstandard.open(path, "rb") as file:
            text = file.read()
    assert [json.loads(line) for line in text.decode().splitlines()] == [*Maker().articles(9)][:7]


def test_a_size_has_its_articles_and_those_that_change(tmp_path: Path) -> None:
    given = tmp_path / "all.ndjson.zst"
    main(["210", "--out", str(given)])
    place = Place(tmp_path, 200, given, queries=1, workers=0)
    figures = articles(place)
    with zstandard.open(place.articles, "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert len(lines) == 200
    assert figures["text_bytes"] == sum(len("".join((one["title"], one["lead"], *one["body"])).encode()) for one in lines)
    changed = [json.loads(line) for line in place.changed("hundredth").read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in changed] == [lines[51]["id"], lines[151]["id"]]
    assert changed[0]["body"][:-1] == lines[51]["body"]
    assert len(place.changed("1000").read_text(encoding="utf-8").splitlines()) == 200


@pytest.mark.parametrize(("size", "expected"), [(10_000, 26), (100_000, 3)])
def test_no_article_is_among_both_that_change(tmp_path: Path, size: int, expected: int) -> None:
    """Seen in the first of them: which they are hangs on their number and the size alone."""
    given = tmp_path / "some.ndjson.zst"
    main(["260", "--out", str(given)])
    place = Place(tmp_path, size, given, queries=1, workers=0)
    articles(place)
    few, hundredth = (
        {json.loads(line)["id"] for line in place.changed(name).read_text(encoding="utf-8").splitlines()} for name in ("1000", "hundredth")
    )
    assert (len(few), len(hundredth)) == (expected, 3)
    assert not few & hundredth


def test_a_server_may_say_more_than_a_pipe_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale_stages, "_timtin", lambda *_: [sys.executable, "-c", TALKATIVE])
    with scale_stages._server(Place(tmp_path, 1, None, queries=1, workers=0)) as (process, connection):
        assert [scale_stages._get(connection, "/", q="xã") for _ in range(3)] == ["ok"] * 3
    assert process.returncode == -signal.SIGTERM


def test_a_server_that_does_not_start_is_quoted(tmp_path: Path) -> None:
    """The real one, over an index that is not there."""
    server = scale_stages._server(Place(tmp_path, 1, None, queries=1, workers=0))
    with pytest.raises(RuntimeError, match=f"cli serve .* said: .*{re.escape(str(tmp_path / 'index'))}"), server:
        pass


def test_the_table_says_how_figures_grow_and_which_are_too_high() -> None:
    small = {"p50_ms": 4.0, "serving_memory": 100e6, "segments": 3.0}
    rows = table({100_000: small, 1_000_000: {**small, "p50_ms": 27.0, "serving_memory": 700e6}})
    shown = {line.split(",")[0].strip(): (line, bad) for line, bad in rows}
    assert shown["search p50"][1]
    assert "4.00" in shown["search p50"][0]
    assert "27.0! ×6.8" in shown["search p50"][0]
    assert "700! ×7.0" in shown["serving memory"][0]
    line, bad = next((line, bad) for line, bad in rows if line.startswith("segments"))
    assert "×1.0" in line
    assert not bad
    assert not any(line.startswith("open") for line, _ in rows)
