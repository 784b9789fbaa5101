"""`timtin` as a process: pipes, Ctrl-C, two at once, other encodings, and the server."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli.main
from engine.search import Searcher
from tests.process import PATIENCE, environment, start, timtin

GOOD = b'{"id": "a", "title": "Tin m\xe1\xbb\x99t", "text": "X\xc3\xa3 b\xc3\xa1o c\xc3\xa1o."}\n'


def indexed(tmp_path: Path, raw: bytes = GOOD) -> str:
    """Index records in this process; what was said."""
    return CliRunner().invoke(cli.main.timtin, ["index", "-", "--index", str(tmp_path / "var" / "index")], input=raw).stderr


def counted(tmp_path: Path) -> int:
    return int(CliRunner().invoke(cli.main.timtin, ["count", "--index", str(tmp_path / "var" / "index")]).stdout)


def test_exit_statuses_and_streams_of_a_session(tmp_path: Path) -> None:
    """Records come through a pipe; the index is in the current folder."""
    status, out, err = timtin("index", "-", "--json", cwd=tmp_path, typed=GOOD + b"\n{broken\n")
    assert (status, json.loads(out)["added"]) == (1, 1)
    assert err.startswith("rejected -#3: not JSON")
    status, out, _ = timtin("search", "báo", "cáo", "--json", cwd=tmp_path)
    assert (status, json.loads(out)["total"]) == (0, 1)
    assert timtin("search", "lũ", "lụt", "--ndjson", cwd=tmp_path)[:2] == (1, "")
    assert timtin("index", "c.ndjson", cwd=tmp_path) == (2, "", "timtin: No such file or folder: c.ndjson\n")


def test_a_reader_that_has_enough_ends_the_command_quietly(archive: Searcher, tmp_path: Path) -> None:
    """`timtin search … --ndjson | head -1`"""
    process = start("search", "năm", "--limit", 200, "--ndjson", "--index", archive.index.directory, cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    assert json.loads(process.stdout.readline())["rank"] == 1
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(PATIENCE) == 0
    assert "Error" not in err
    assert "Exception" not in err


def _holding(tmp_path: Path) -> subprocess.Popen[bytes]:
    """A run that has begun and waits for more records."""
    process = start("index", "-", cwd=tmp_path, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(GOOD.replace(b'"a"', b'"b"').replace(b"X\xc3\xa3", b"Huy\xe1\xbb\x87n"))
    process.stdin.flush()
    until = time.monotonic() + PATIENCE
    while not (tmp_path / "var" / "index" / "manifest.sqlite-journal").exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    return process


def test_ctrl_c_leaves_the_index_at_its_last_commit(tmp_path: Path) -> None:
    indexed(tmp_path)
    process = _holding(tmp_path)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().strip() == "timtin: interrupted. The index is as it was at its last commit."
    assert counted(tmp_path) == 1
    assert "1 unchanged" in indexed(tmp_path)


def test_two_runs_at_once_are_refused_and_so_is_rebuilding_meanwhile(tmp_path: Path) -> None:
    indexed(tmp_path)
    process = _holding(tmp_path)
    for flags in ((), ("--rebuild",)):
        status, out, err = timtin("index", "-", *flags, cwd=tmp_path, typed=GOOD)
        assert (status, out) == (2, "")
        assert err == "timtin: var/index: another process is writing to this index. Wait until it has finished.\n"
    assert counted(tmp_path) == 1
    assert b"timtin: 1 input: 1 added" in process.communicate(timeout=PATIENCE)[1]
    assert counted(tmp_path) == 2


def test_a_killed_run_keeps_nobody_out(tmp_path: Path) -> None:
    indexed(tmp_path)
    process = _holding(tmp_path)
    process.kill()
    process.communicate()
    assert "1 unchanged" in indexed(tmp_path)


@pytest.mark.parametrize(("encoding", "form"), [("ascii", "--json"), ("latin-1", "--ndjson"), ("cp1258", "--csv")])
def test_a_terminal_that_lacks_letters_gets_what_it_can_show(archive: Searcher, tmp_path: Path, encoding: str, form: str) -> None:
    """JSON stays JSON, and says the same."""
    given = ("search", "ngân sách", "--noi", "An Khê", form, "--index", archive.index.directory)
    status, out, err = timtin(*given, cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert (status, "Traceback" in err) == (0, False)
    if form != "--csv":
        assert "ngân sách" in json.dumps(json.loads(out.splitlines()[0]), ensure_ascii=False).casefold()


def test_bytes_that_are_no_text_are_no_error(archive: Searcher, tmp_path: Path) -> None:
    word = os.fsdecode(b"n\xc4\x83m\xff")
    status, out, err = timtin("search", word, "--nguon", word, "--json", "--index", archive.index.directory, cwd=tmp_path)
    assert (status, "Traceback" in err) == (1, False)
    assert json.loads(out)["query"] == "năm\ufffd"


def _on_a_terminal(tmp_path: Path, *arguments: object, **more: str) -> str:
    """What `timtin …` writes to a terminal, results and all else together."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", *map(str, arguments)],
        cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(TERM="xterm", COLUMNS="100", **more),
    )  # fmt: skip
    os.close(theirs)
    written = b""
    with open(ours, "rb", buffering=0) as terminal:  # noqa: PTH123  # a descriptor, not a path
        try:
            while part := terminal.read(4096):
                written += part
        except OSError:  # the other end is closed
            pass
    process.wait(PATIENCE)
    return written.decode("utf-8", "replace")


def test_progress_and_colours_are_for_terminals(tmp_path: Path) -> None:
    lines = b"".join(GOOD.replace(b'"a"', b'"%d"' % n).replace(b"b\xc3\xa1o", b"b\xc3\xa1o %d" % n) for n in range(400))
    (tmp_path / "a.ndjson").write_bytes(lines)
    shown = _on_a_terminal(tmp_path, "index", "a.ndjson")
    assert re.search(r"Indexing [\d,]+ .*/s", shown)
    assert "400 added" in shown
    (tmp_path / "var").rename(tmp_path / "other")
    assert "Indexing" not in timtin("index", "a.ndjson", cwd=tmp_path)[2]
    assert "\x1b[33m" in _on_a_terminal(tmp_path, "search", "báo cáo", "--limit", 1)
    assert "\x1b[" not in _on_a_terminal(tmp_path, "search", "báo cáo", "--limit", 1, NO_COLOR="1")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("timtin se", {"search", "segment", "serve"}),
        ("timtin facets --facet p", {"place", "period"}),
        ("timtin search --sap l", {"lien-quan"}),
    ],
)
def test_shells_complete_commands_and_values(tmp_path: Path, typed: str, offered: set[str]) -> None:
    asked = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    status, out, err = timtin(cwd=tmp_path, _TIMTIN_COMPLETE="bash_complete", **asked)
    assert (status, {line.removeprefix("plain,") for line in out.split()}, err) == (0, offered, "")
    asked = {"COMP_WORDS": "timtin index se", "COMP_CWORD": "2"}
    assert timtin(cwd=tmp_path, _TIMTIN_COMPLETE="bash_complete", **asked)[1].split() == ["file,se"]  # which the shell does
    for shell in ("bash", "zsh", "fish"):
        status, script, _ = timtin(cwd=tmp_path, _TIMTIN_COMPLETE=f"{shell}_source")
        assert (status, "_TIMTIN_COMPLETE" in script) == (0, True)


def test_queries_from_nowhere_are_an_error(archive: Searcher, tmp_path: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m cli count --batch --index {shlex.quote(str(archive.index.directory))} <&-"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    assert "standard input" in done.stderr


# --- the server ---


def _served(archive: Searcher, tmp_path: Path, *flags: object) -> tuple[subprocess.Popen[bytes], str]:
    """A running server, and the address it printed."""
    process = start("serve", "--port", 0, "--index", archive.index.directory, *flags, cwd=tmp_path)
    assert process.stderr is not None
    line = process.stderr.readline().decode()
    found = re.fullmatch(r"timtin: (http://\S+:\d+/)  \(Ctrl-C stops\)\n", line)
    assert found, line + process.communicate(timeout=PATIENCE)[1].decode()
    return process, found[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_server_answers_where_it_says_and_ctrl_c_stops_it(archive: Searcher, tmp_path: Path, host: str) -> None:
    process, address = _served(archive, tmp_path, "--host", host)
    try:
        assert address.startswith(f"http://{host}:")
        with urllib.request.urlopen(f"{address}tim.json?q=n%C4%83m", timeout=PATIENCE) as answer:
            assert json.load(answer)["total"] > 0
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) in ((0, b""), (130, b""))
    assert b"Traceback" not in err


def test_a_port_that_is_taken_is_2_and_says_how_to_choose_another(archive: Searcher, tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, out, err = timtin("serve", "--port", port, "--index", archive.index.directory, cwd=tmp_path)
    assert (status, out) == (2, "")
    assert err.startswith(f"timtin: Cannot listen on 127.0.0.1:{port} (")
    assert "timtin serve --port 8001 (or TIMTIN_PORT=8001)" in err


@pytest.mark.parametrize("host", ["khong-co.invalid", "203.0.113.7"])
def test_a_host_that_is_not_here_is_2_and_named(archive: Searcher, tmp_path: Path, host: str) -> None:
    status, out, err = timtin("serve", "--host", host, "--port", 0, "--index", archive.index.directory, cwd=tmp_path)
    assert (status, out) == (2, "")
    assert host in err
    assert err.count("\n") == 1
