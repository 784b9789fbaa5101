"""Workers begin to load before the command itself does, where an index will be made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli import start
from cli.settings import CONFIG_FILE, CONFIG_VARIABLE, SETTINGS


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
        (["index", "seeds/"], {CONFIG_VARIABLE: "other.toml"}, False),
        (["search", "index"], {}, False),
        ([], {}, False),
        (["index", "--workers"], {}, True),
        (["index", "--index", "x" * 5000, "seeds/"], {}, True),  # too long to be looked at; the command says so
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


def test_it_loads_nothing_that_takes_long() -> None:
    """Every worker loads it, too."""
    root = str(Path(start.__file__).parent.parent)
    code = "import sys, cli.start, indexer.workers.server; print(sorted({'numpy', 'click', 'tantivy', 'cli.main'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
