"""`timtin index`: what it takes in, what it says, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analyzers.article import ArticleAnalyzer
from cli.main import timtin
from engine.index import Index
from engine.model import AnalyzedDocument
from engine.search import Searcher
from search_app import create_app
from tests.cli.conftest import Command
from tests.support import ROOT

GOOD = '{"id": "a", "title": "Tin một", "text": "Xã báo cáo.", "source": "Báo A", "date": "2023-06-30"}\n'

pytestmark = pytest.mark.usefixtures("elsewhere")


def index(*arguments: object, typed: str | None = None, **environment: str) -> Result:
    return CliRunner().invoke(timtin, ["index", *map(str, arguments)], input=typed, env=environment)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def stats(where: str = "var/index") -> dict[str, object]:
    found: dict[str, object] = json.loads(CliRunner().invoke(timtin, ["stats", "--json", "--index", where]).stdout)
    return found


def test_everything_taken_in_is_0_and_told_on_stderr(elsewhere: Path) -> None:
    result = index(write(elsewhere / "a.ndjson", GOOD))
    assert (result.exit_code, result.stdout) == (0, "")
    *table, last = result.stderr.splitlines()
    assert last.startswith("timtin: 1 input: 1 added, 0 updated, 0 unchanged, 0 duplicate, 0 rejected; ")
    assert last.endswith(f" s, new index in {elsewhere.resolve()}/var/index")
    assert index("a.ndjson").stderr.endswith(" s, index in var/index\n")
    assert [line.split()[0] for line in table] == ["speed", "dated", "slowest"]
    assert table[1].split() == ["dated", "by", "1", "field"]
    assert stats()["documents"] == 1


def test_near_duplicates_are_each_counted_among_what_the_index_holds(elsewhere: Path, analyzer: ArticleAnalyzer) -> None:
    """A search shows one for all of them; the index holds them all, and they are of their own sources."""
    text = " ".join(f"Xã thứ {number} họp bàn việc làm đường liên thôn số {number * 7}." for number in range(15))
    rows = ({"id": name, "title": f"Tin {name}", "body": f"{text} Tin của {name}.", "source": f"Báo {name}"} for name in "ab")
    index(write(elsewhere / "a.ndjson", "".join(json.dumps(row) + "\n" for row in rows)))
    assert CliRunner().invoke(timtin, ["count", "họp"]).stdout == "1\n"
    assert (stats()["documents"], stats()["distinct"], stats()["sources"]) == (2, 1, {"Báo a": 1, "Báo b": 1})
    told = CliRunner().invoke(timtin, ["stats"]).stdout
    assert told.startswith("documents:  2, or 1 without near-duplicates, as searches and pages count\n")
    page = create_app(Searcher(Index.open(Path("var/index"), analyzer))).test_client().get("/").text
    assert "cùng 1 bản gần trùng" in page


def test_articles_without_a_source_are_told(elsewhere: Path) -> None:
    index(write(elsewhere / "a.ndjson", GOOD + '{"id": "b", "title": "Tin chợ", "text": "Chợ phiên họp sớm, tiểu thương mừng."}\n'))
    found = stats()
    assert (found["documents"], found["sources"], found["without_source"]) == (2, {"Báo A": 1}, 1)
    assert CliRunner().invoke(timtin, ["stats"]).stdout.endswith("           1  Báo A\n           1  (without a source)\n")


def test_something_rejected_is_1_and_named_and_the_rest_is_taken_in(elsewhere: Path) -> None:
    write(elsewhere / "news" / "a.ndjson", GOOD + "{broken\n")
    write(elsewhere / "news" / "b\x1b[2J.html", "")
    result = index(elsewhere / "news")
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith(f"rejected {elsewhere}/news/a.ndjson#2: not JSON")
    assert lines[1] == rf"rejected {elsewhere}/news/b\x1b[2J.html: empty file"
    assert "3 inputs: 1 added" in lines[-1]
    assert stats()["documents"] == 1


def test_the_report_as_json_is_all_there_is_on_stdout(elsewhere: Path) -> None:
    write(elsewhere / "a.ndjson", GOOD + GOOD + "{broken\n")
    report = json.loads(index(elsewhere / "a.ndjson", "--json").stdout)
    assert {key: report[key] for key in ("inputs", "added", "updated", "unchanged", "duplicate", "rejected", "removed")} == {
        "inputs": 3, "added": 1, "updated": 0, "unchanged": 0, "duplicate": 1, "rejected": 1, "removed": 0,
    }  # fmt: skip
    assert report["duplicates"] == [{"path": f"{elsewhere}/a.ndjson#2", "of": "a", "file": f"{elsewhere}/a.ndjson"}]
    assert [(one["path"], one["outcome"]) for one in report["rejections"]] == [(f"{elsewhere}/a.ndjson#3", "rejected")]


def test_a_date_that_cannot_be_read_is_told(elsewhere: Path) -> None:
    result = index(write(elsewhere / "a.ndjson", GOOD.replace("2023-06-30", "hôm \\u001b[2Jnào")))
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0].startswith(f"no date {elsewhere}/a.ndjson#1: its date ")
    assert "\x1b" not in result.stderr


def test_verbose_names_duplicates(elsewhere: Path) -> None:
    file = write(elsewhere / "a.ndjson", GOOD + GOOD)
    assert not index(file).stderr.startswith("duplicate")
    file.touch()
    (elsewhere / "var").rename(elsewhere / "old")
    assert index(file, "-v").stderr.splitlines()[0] == f"duplicate {file}#2: same text as {file} (a)"


def test_a_duplicate_is_named_with_the_file_it_repeats(elsewhere: Path) -> None:
    first, second = write(elsewhere / "news" / "a.ndjson", GOOD), write(elsewhere / "news" / "b.ndjson", GOOD.replace('"a"', '"b"'))
    assert f"{second}#1 has the text of {first} (a)\n" in index(first.parent).stderr


def test_articles_that_give_way_to_others_of_the_same_id_are_told(elsewhere: Path) -> None:
    """A column that is a code of something else makes one article of many: nothing of it is silent."""
    rows = ("Trường mới,Xã A có trường mới.", "Lớp đêm,Xã A mở lớp đêm.", "Học bổng,Xã A trao học bổng.")
    file = write(elsewhere / "a.csv", "\n".join(["Mã,Tiêu đề,Nội dung", *(f"GD,{row}" for row in rows)]) + "\n")
    told = index(file, "--report", "report.json", "-v").stderr
    assert told.splitlines()[:2] == [f"replaced {file} (GD): {file}#{line} has the same id" for line in (3, 4)]
    assert f"  replaced    2 articles gave way to later ones with the same id: {file}#3 has that of {file} (GD)" in told
    assert "--map id=COLUMN" in told
    report = json.loads((elsewhere / "report.json").read_text())
    assert (report["replaced"], report["replacements"][0]) == (2, {"path": f"{file}#3", "of": "GD", "file": str(file)})
    again = index(file, "--map", "id=Tiêu đề").stderr
    assert "replaced" not in again
    assert stats()["documents"] == 3


def test_pages_that_state_one_address_are_told(elsewhere: Path) -> None:
    for number in (1, 2):
        text = f"<p>Đoạn văn thứ {number} kể về con đường mới mở ở huyện, dài hơn bốn ki-lô-mét.</p>"
        link = '<link rel="canonical" href="https://bao.example/xem-tin.aspx">'
        write(elsewhere / "news" / f"{number}.html", f"<html><head>{link}</head><body><h1>Tin {number} về đường</h1>{text}</body></html>")
    told = index(elsewhere / "news").stderr
    assert "1 article gave way to a later one with the same id" in told
    assert "; the pages state that they have one address\n" in told


def test_files_of_kinds_that_are_not_read_are_counted_and_no_failure(elsewhere: Path) -> None:
    """Each once, by its suffix; hidden files, papers about the folder and the index itself are no inputs."""
    write(elsewhere / "news" / "a.ndjson", GOOD)
    for name in ("b.doc", "c.PDF", "d.pdf", "e", ".f.jpg", "README.md", "LICENSE"):
        write(elsewhere / "news" / name, "x")
    result = index("news", "--index", "news/index", "--report", "report.json")
    assert result.exit_code == 0
    assert "  not read    2 .pdf, 1 .doc, 1 without a suffix" in result.stderr
    assert "5 inputs: 1 added, 0 updated, 0 unchanged, 0 duplicate, 4 unread, 0 rejected;" in result.stderr
    report = json.loads((elsewhere / "report.json").read_text())
    assert (report["inputs"], report["unread"], report["unread_kinds"]) == (5, 4, {".pdf": 2, ".doc": 1, "": 1})
    assert report["unread_files"] == [f"news/{name}" for name in ("b.doc", "c.PDF", "d.pdf", "e")]
    again = index("news", "--index", "news/index", "-v").stderr
    assert "unread news/b.doc: a kind of file that is not read\n" in again
    assert "5 inputs: 0 added, 0 updated, 1 unchanged, 0 duplicate, 4 unread" in again


def test_where_nothing_can_be_read_the_kinds_that_can_are_said(elsewhere: Path) -> None:
    write(elsewhere / "news" / "a.doc", "x")
    result = index("news")
    assert result.exit_code == 0
    assert "timtin: nothing there that is read; kinds of files that are: .html .htm" in result.stderr
    assert "inputs a second" not in result.stderr


def test_no_input_is_said_and_no_kind_of_file_is_blamed(elsewhere: Path) -> None:
    """From standard input, a folder, and where there was something to remove."""
    (elsewhere / "empty").mkdir()
    file = write(elsewhere / "news" / "a.ndjson", GOOD)
    write(elsewhere / "news" / "b.doc", "x")
    said = [index("-").stderr, index("empty").stderr, index("news").stderr]
    file.unlink()
    said.append(index("news", "--prune").stderr)
    assert ["timtin: there was no input\n" in text for text in said] == [True, True, False, False]
    assert not any("nothing there that is read" in text for text in said)
    assert " 1 removed;" in said[3]


def test_the_examples_of_the_project_are_all_taken_in() -> None:
    result = index(ROOT / "seeds")
    assert result.exit_code == 0
    assert "70 inputs: " in result.stderr
    assert " 0 rejected" in result.stderr
    assert " 70 unchanged" in index(ROOT / "seeds").stderr


def test_a_dash_reads_records_from_standard_input() -> None:
    assert index("-", typed=GOOD).exit_code == 0
    assert index("-", typed="{broken").exit_code == 1
    assert index("-", typed="").exit_code == 0
    assert stats()["documents"] == 1


@pytest.mark.parametrize("paths", [("khong-co.html",), ("-", "khong-co"), ("",), ("a.ndjson", "")])
def test_a_path_that_is_not_there_is_2_before_anything_is_done(elsewhere: Path, paths: tuple[str, ...]) -> None:
    write(elsewhere / "a.ndjson", GOOD)
    result = index(*paths, "--rebuild", typed=GOOD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"timtin: No such file or folder: {paths[-1] or '(an empty name)'}\n"
    assert not (elsewhere / "var").exists()


def test_no_path_at_all_is_2() -> None:
    result = index()
    assert result.exit_code == 2
    assert "Missing argument 'PATHS...'" in result.stderr


def test_rebuilding_starts_from_nothing(elsewhere: Path) -> None:
    file = write(elsewhere / "a.ndjson", GOOD)
    index(file)
    file.write_text(GOOD.replace('"a"', '"b"').replace("một", "hai"))
    file.rename(elsewhere / "b.ndjson")
    assert "1 added" in index(elsewhere / "b.ndjson", "--rebuild", "--engine", "memory").stderr
    assert (stats()["documents"], stats()["engine"]) == (1, "memory")


@pytest.mark.parametrize("flags", [("--engine", "lucene"), ("--segmenter", "khong-co")])
def test_a_wrong_setting_shows_before_the_old_index_is_deleted(elsewhere: Path, flags: tuple[str, str]) -> None:
    file = write(elsewhere / "a.ndjson", GOOD)
    index(file)
    result = index(file, "--rebuild", *flags)
    assert result.exit_code == 2
    assert flags[1] in result.stderr
    assert stats()["documents"] == 1


def test_a_folder_that_is_no_index_is_left_alone(elsewhere: Path) -> None:
    file = write(elsewhere / "a.ndjson", GOOD)
    mine = write(elsewhere / "mine" / "thesis.txt", "x")
    for flags in ((), ("--rebuild",)):
        result = index(file, *flags, "--index", "mine")
        assert result.exit_code == 2
        assert "mine" in result.stderr
    assert [path.name for path in mine.parent.iterdir()] == ["thesis.txt"]


def test_a_place_where_nothing_can_be_written_is_2_and_named(elsewhere: Path) -> None:
    file = write(elsewhere / "a.ndjson", GOOD)
    result = index(file, "--index", file / "index")
    assert result.exit_code == 2
    assert result.stderr == f"timtin: {file}/index: Not a directory\n"


@pytest.mark.parametrize("engine", ["tantivy", "whoosh", "memory"])
def test_the_engine_is_chosen_when_the_index_is_made(elsewhere: Path, engine: str) -> None:
    file = write(elsewhere / "a.ndjson", GOOD)
    assert index(file, TIMTIN_ENGINE=engine).exit_code == 0
    assert stats()["engine"] == engine
    other = "memory" if engine != "memory" else "whoosh"
    result = index(file, "--engine", other)
    assert result.exit_code == 2
    assert f"was built with engine '{engine}', not '{other}'" in result.stderr
    assert "timtin index --rebuild PATH…" in result.stderr


# --- an index that cannot be opened, whatever the command ---


@pytest.mark.parametrize("command", ["search", "count", "facets", "show", "stats", "serve"])
def test_without_an_index_each_command_says_how_to_make_one(elsewhere: Path, command: str) -> None:
    result = CliRunner().invoke(timtin, [command, *(["x"] if command == "show" else [])])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "timtin: There is no index in var/index. Make one: timtin index PATH… (or name another with --index).\n"
    assert not (elsewhere / "var").exists()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("engine", "whoosh", "cannot open this index"),
        ("fingerprint", "other", "built with another analyzer (other, here "),
        ("schema", 999, "has schema 999, of a newer timtin"),
        ("schema", 0, "has schema 0, of an older timtin"),
        ("schema", "x", "var/index"),
        ("engine", "lucene", "'lucene'"),
    ],
)
def test_an_index_built_otherwise_says_which_command_rebuilds_it(elsewhere: Path, key: str, value: object, said: str) -> None:
    file = write(elsewhere / "a.ndjson", GOOD)
    index(file)
    meta = elsewhere / "var" / "index" / "timtin.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), key: value}))
    for arguments in (["search", "tin"], ["index", str(file)]):
        result = CliRunner().invoke(timtin, arguments)
        assert (result.exit_code, result.stdout) == (2, ""), arguments
        assert said in result.stderr
        assert "timtin index --rebuild PATH…" in result.stderr or key == "engine"
    assert index(file, "--rebuild").exit_code == 0
    assert stats()["documents"] == 1


@pytest.mark.parametrize("damage", ["timtin.json", "engine", "manifest.sqlite"])
def test_a_damaged_index_says_how_to_rebuild_and_can_be(elsewhere: Path, damage: str) -> None:
    file = write(elsewhere / "a.ndjson", GOOD)
    index(file)
    path = elsewhere / "var" / "index" / damage
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.write_bytes(b"\x00" * 3000)
    result = index(file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "timtin index --rebuild PATH…" in result.stderr
    assert index(file, "--rebuild").exit_code == 0
    assert stats()["documents"] == 1


def test_reading_an_index_with_another_engine_than_asked_for_is_an_error(run: Command) -> None:
    result = run("search", "năm", "--engine", "memory")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "was built with engine 'tantivy', not 'memory'" in result.stderr
    assert run("search", "năm", "--engine", "tantivy").exit_code == 0
    assert run("search", "năm", TIMTIN_ENGINE="memory").exit_code == 2


def test_a_wrong_setting_is_2_for_each_command(archive: Searcher, seeds: tuple[AnalyzedDocument, ...]) -> None:
    assert isinstance(archive.index, Index)
    for command in ("search", "count", "facets", "stats", "serve"):
        result = CliRunner().invoke(timtin, [command, "--index", str(archive.index.directory)], env={"TIMTIN_PORT": "abc"})
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("timtin: TIMTIN_PORT: port = 'abc' cannot be used")
