"""Workers begin to load before the command itself does, where an index will be made."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

import cli.main
from cli import start
from cli.settings import CONFIG_FILE, CONFIG_VARIABLE, SETTINGS
from indexer.workers import server
from tests.process import python


@pytest.fixture(autouse=True)
def two_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(start, "_cores", lambda: [0, 1])


@pytest.mark.parametrize(
    ("arguments", "variables", "expected"),
    [
        (["index", "seeds/"], {}, True),
        (["index", "--index", "new", "seeds/"], {}, True),
        (["index", "--index=there", "seeds/"], {}, False),
        (["index", "seeds/"], {"TIMTIN_INDEX": "there"}, False),
        (["index", "--index", "new", "seeds/"], {"TIMTIN_INDEX": "there"}, True),
        (["index", "--workers", "0", "seeds/"], {}, False),
        (["index", "--workers=2", "seeds/"], {"TIMTIN_WORKERS": "0"}, True),
        (["index", "seeds/"], {"TIMTIN_WORKERS": "0"}, False),
        (["index", "--help"], {}, False),
        (["index", "--engine", "memory", "seeds/"], {}, False),
        (["index", "--engine=memory", "seeds/"], {}, False),
        (["index", "--segmenter=pyvi", "seeds/"], {}, False),
        (["index", "seeds/"], {CONFIG_VARIABLE: "other.toml"}, False),
        (["search", "index"], {}, False),
        ([], {}, False),
        (["index", "--workers"], {}, True),
        (["index", "--index", "x" * 5000, "seeds/"], {}, False),  # too long to be looked at; the command says so
    ],
)
def test_only_where_an_index_will_be_made(arguments: list[str], variables: dict[str, str], expected: bool) -> None:
    Path("there").mkdir()
    assert start.will_build(arguments, variables) is expected


def test_not_where_a_file_of_settings_may_say_otherwise() -> None:
    Path(CONFIG_FILE).touch()
    assert not start.will_build(["index", "seeds/"], {})


def test_not_on_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "_cores", lambda: [0])
    assert not start.will_build(["index", "seeds/"], {})


def test_it_knows_the_default_index() -> None:
    (default,) = (setting.default for setting in SETTINGS if setting.name == "index")
    Path(default).mkdir(parents=True)
    assert not start.will_build(["index", "seeds/"], {})


@pytest.mark.parametrize(("command", "order"), [("index", ["begin", "main"]), ("search", ["main"])])
def test_workers_begin_before_the_command_is_loaded(command: str, order: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(sys, "argv", ["timtin", command, "seeds/"])
    monkeypatch.setattr(server, "begin", lambda: done.append("begin"))
    monkeypatch.setattr(cli.main, "main", lambda: done.append("main"))
    start.main()
    assert done == order


def test_ctrl_c_while_it_loads_ends_it_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed() -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(sys, "argv", ["timtin", "index", "seeds/"])
    monkeypatch.setattr(server, "begin", pressed)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(SystemExit) as ended:
            start.main()
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.value.code == 130


_BEGUN = """
import os, signal, time
from multiprocessing import forkserver
from pathlib import Path
from indexer.workers.server import begin

os.environ.pop("OPENBLAS_NUM_THREADS", None)
signal.signal(signal.SIGINT, signal.default_int_handler)
begin()
seen = Path("/proc") / str(forkserver._forkserver._forkserver_pid)
ignored = next(line for line in (seen / "status").read_text().splitlines() if line.startswith("SigIgn:"))
while not (given := (seen / "environ").read_bytes()):  # the system has it a moment after the process
    time.sleep(0.001)
print(int(ignored.split()[1], 16) >> (signal.SIGINT - 1) & 1, b"OPENBLAS_NUM_THREADS=1" in given.split(b"\\0"))
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="what a process ignores is read from /proc")
def test_what_workers_are_forked_from_does_not_hear_ctrl_c() -> None:
    """From its first moment, and it has the threads that it needs; the command hears it as before."""
    assert python(_BEGUN).split() == ["1", "True", "True"]


def test_it_loads_nothing_that_takes_long() -> None:
    """Every worker loads it, too."""
    root = str(Path(start.__file__).parent.parent)
    code = "import sys, cli.start, indexer.workers.server; print(sorted({'numpy', 'click', 'tantivy', 'cli.main'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
