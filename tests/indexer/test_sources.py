"""Sources: which files a walk yields, and what reading each of them gives."""

from __future__ import annotations

import gzip
import inspect
import io
import json
import lzma
import os
import random
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import NoSuchInputError
from indexer.model import UNREADABLE, Page, Rejected, Unread
from indexer.sources import STDIN, Line, Reading, Record, SourceFile, lines, read, read_line, reader, walk
from indexer.sources.mapping import FieldMap
from tests.process import python

ONE = '{"id": "a", "title": "Một", "text": "Bài một."}'
TWO = '{"id": "b", "title": "Hai", "text": "Bài hai."}'


def names(folder: Path, *paths: Path | str) -> list[str]:
    """What a walk of `paths` yields, by name below `folder`; rejections in brackets, kinds that are not read in parentheses."""
    found = []
    for item in walk([str(path) for path in paths or (folder,)]):
        name = os.path.relpath(item.path, folder.resolve())
        found.append(f"[{name}]" if isinstance(item, Rejected) else f"({name})" if isinstance(item, Unread) else name)
    return found


def write(path: Path, content: str | bytes = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def items(path: Path) -> list[Page | Record | Rejected]:
    """What reading the one file at `path` gives."""
    (source,) = walk([str(path)])
    assert isinstance(source, SourceFile)
    return list(read(source))


def outline(path: Path) -> list[str]:
    """Items of a file of records in short: the id of a record, the reason of a rejection, each with its line."""
    return [
        f"{item.path.removeprefix(str(path.resolve()))} "
        + (str(item.fields.get("id")) if isinstance(item, Record) else item.reason if isinstance(item, Rejected) else "page")
        for item in items(path)
    ]


# --- walking ---


def test_a_walk_is_sorted_and_tells_what_is_of_no_known_suffix(tmp_path: Path) -> None:
    for name in (
        "b.html",
        "a.txt",
        "c/d.md",
        "c/a.json",
        "B.HTM",
        "x.jsonl.gz",
        "y.ndjson.xz",
        "z.ndjson",
        "pic.jpg",
        "a.html.gz",
        "noext",
    ):
        write(tmp_path / name)
    assert names(tmp_path) == [
        "B.HTM", "a.html.gz", "a.txt", "b.html", "(noext)", "(pic.jpg)", "x.jsonl.gz", "y.ndjson.xz", "z.ndjson", "c/a.json", "c/d.md",
    ]  # fmt: skip


def test_hidden_files_and_folders_and_papers_about_the_folder_are_left_out(tmp_path: Path) -> None:
    for name in (".a.html", ".git/b.html", "README.md", "readme.txt", "LICENSE.txt", "CHANGELOG.md", "bai.md"):
        write(tmp_path / name)
    assert names(tmp_path) == ["bai.md"]


def test_what_is_named_directly_may_be_hidden_or_a_readme(tmp_path: Path) -> None:
    hidden, readme = write(tmp_path / ".a.html"), write(tmp_path / "README.md")
    assert names(tmp_path, hidden, readme) == [".a.html", "README.md"]


def test_an_unknown_suffix_named_directly_is_rejected_with_the_known_ones(tmp_path: Path) -> None:
    (item,) = walk([str(write(tmp_path / "bai.blob"))])
    assert isinstance(item, Rejected)
    assert item.reason.startswith("unknown kind of file; known are .html .htm .xhtml")


def test_the_suffix_of_a_link_decides_not_that_of_its_target(tmp_path: Path) -> None:
    target = write(tmp_path / "store" / "blob", "<p>Bài</p>")
    (tmp_path / "bai.html").symlink_to(target)
    (item,) = items(tmp_path / "bai.html")
    assert isinstance(item, Page)
    assert item.raw == b"<p>B\xc3\xa0i</p>"


def test_a_file_met_twice_is_yielded_once(tmp_path: Path) -> None:
    """By the same name, by its folder, by a link, by a hard link, and by another way to write the path."""
    file = write(tmp_path / "a" / "x.html")
    (tmp_path / "a" / "y.html").symlink_to(file)
    (tmp_path / "a" / "z.html").hardlink_to(file)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    ways = (file, file, tmp_path / "a", tmp_path / "b", tmp_path / "a" / ".." / "a" / "x.html", tmp_path)
    assert names(tmp_path, *ways) == ["a/x.html"]


def test_links_that_go_round_in_circles_end(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.html")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    (tmp_path / "a" / "self.html").symlink_to(tmp_path / "a" / "self.html")
    assert names(tmp_path) == ["[a/self.html]", "a/x.html"]


def test_a_linked_folder_is_walked(tmp_path: Path) -> None:
    """An archive on another disk counts as part of the folder it is linked into."""
    write(tmp_path / "disk" / "2023" / "x.html")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "old").symlink_to(tmp_path / "disk")
    assert names(tmp_path, tmp_path / "news") == ["disk/2023/x.html"]


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.html").symlink_to(tmp_path / "gone.html")
    (item,) = walk([str(tmp_path)])
    assert item == Rejected(str(tmp_path / "x.html"), "cannot be read: No such file or directory", UNREADABLE)


@pytest.mark.parametrize("path", ["khong-co", "khong-co/bai.html", ""])
def test_a_path_that_is_not_there_is_an_error_that_names_it(tmp_path: Path, path: str) -> None:
    given = str(tmp_path / path) if path else ""
    with pytest.raises(NoSuchInputError, match=f"No such file or folder: .*{path or 'empty name'}"):
        list(walk([given]))


def test_a_folder_called_like_a_page_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "trang.html" / "bai.html")
    assert names(tmp_path) == ["trang.html/bai.html"]


def test_what_is_no_regular_file_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.html")
    (tmp_path / "zero.html").symlink_to("/dev/zero")
    listener = socket.socket(socket.AF_UNIX)
    home = Path.cwd()
    os.chdir(tmp_path)  # the path of a socket has a hundred bytes at most
    try:
        listener.bind("socket.ndjson")
    finally:
        os.chdir(home)
    found = list(walk([str(tmp_path)]))
    listener.close()
    assert [item.reason for item in found if isinstance(item, Rejected)] == ["not a regular file"] * 3


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a" / "x.html")
    write(tmp_path / "b" / "y.html")
    listed = Path.iterdir

    def refusing(folder: Path) -> object:
        if folder.name == "a":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refusing)
    assert names(tmp_path) == ["[a]", "b/y.html"]


def test_a_folder_far_down_is_reached(tmp_path: Path) -> None:
    """Deeper than functions may call themselves."""
    write(tmp_path.joinpath(*["d"] * 200) / "x.html")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert len(names(tmp_path)) == 1
    finally:
        sys.setrecursionlimit(limit)


def test_names_of_any_bytes_are_walked_and_shown_safely(tmp_path: Path) -> None:
    for name in (b"xu\xffong.txt", b"hai\ndong.txt", b"esc\x1b[31m.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"Tin.")
    shown = []
    for source in walk([str(tmp_path)]):
        assert isinstance(source, SourceFile)
        (page,) = read(source)
        assert isinstance(page, Page)
        shown.append(Path(page.path).name)
    assert shown == [r"esc\x1b[31m.txt", r"hai\ndong.txt", r"xu\xffong.txt"]


# --- pages ---


def test_a_page_is_its_bytes(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf<p>\xff\x00</p>"
    assert items(write(tmp_path / "x.html", raw)) == [Page(str(tmp_path / "x.html"), raw)]


def test_a_page_that_cannot_be_read_is_rejected_not_raised(tmp_path: Path) -> None:
    """Also for the superuser, who may read everything: this file of the kernel has no readable first page."""
    memory = Path("/proc/self/mem")
    if not memory.exists():
        pytest.skip("no /proc here")
    (tmp_path / "x.html").symlink_to(memory)
    (item,) = items(tmp_path / "x.html")
    assert item == Rejected(str(tmp_path / "x.html"), "cannot be read: Input/output error", UNREADABLE)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_page_without_permission_is_rejected_not_raised(tmp_path: Path) -> None:
    path = write(tmp_path / "x.html")
    path.chmod(0)
    (item,) = items(path)
    assert item == Rejected(str(path), "cannot be read: Permission denied", UNREADABLE)


def test_a_file_that_goes_between_walk_and_reading_is_rejected(tmp_path: Path) -> None:
    (source,) = walk([str(write(tmp_path / "x.ndjson"))])
    Path(source.path).unlink()
    assert isinstance(source, SourceFile)
    assert list(read(source)) == [Rejected(source.path, "cannot be read: No such file or directory", UNREADABLE)]


def test_a_page_of_ten_gigabytes_is_rejected_unread(tmp_path: Path) -> None:
    with (tmp_path / "x.html").open("wb") as handle:
        handle.truncate(10_000_000_000)
    (item,) = items(tmp_path / "x.html")
    assert isinstance(item, Rejected)
    assert item.reason == "10,000,000,000 bytes; a page may have 67,108,864"


# --- records ---


def test_one_object_a_line_with_broken_lines_among_them(tmp_path: Path) -> None:
    """Each broken line is rejected under its own number, and the others are read."""
    lines = [ONE, "", "{broken", "[1]", '"text"', '{"id": "\\ud83d"}', '{"id": "bad \xff"}', "   ", TWO]
    raw = "\n".join(lines).encode().replace("\xff".encode(), b"\xff")
    found = outline(write(tmp_path / "x.ndjson", raw))
    assert [line.split(" ", 1)[0] for line in found] == ["#1", "#3", "#4", "#5", "#6", "#7", "#9"]
    assert found[0] == "#1 a"
    assert found[1].startswith("#3 not JSON: Expecting property name")
    assert found[2] == "#4 not a JSON object but list"
    assert found[3] == "#5 not a JSON object but str"
    assert found[5].startswith("#7 not JSON: 'utf-8' codec can't decode")
    assert found[6] == "#9 b"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.ndjson", f'{ONE}\n\n{{"id": "b" "title": "Hai"}}\n', ["#1 a", "#3 not JSON: Expecting ',' delimiter at column 12"]),
        (
            "x.ndjson",
            f'{ONE}\n{{"id": "b",\n',
            ["#1 a", "#2 not JSON: Expecting property name enclosed in double quotes where the line ends"],
        ),
        ("x.ndjson", f'{ONE}\n{{"id": "b\n', ["#1 a", "#2 not JSON: Invalid control character where the line ends"]),
        ("x.json", '\n{\n  "id": "a",\n  "title": Một\n}\n', [" not JSON: Expecting value at line 4, column 12"]),
    ],
)
def test_the_line_of_the_file_is_named_once(tmp_path: Path, name: str, text: str, said: list[str]) -> None:
    """The decoder sees one line, or a part of the file, and counts from there."""
    assert outline(write(tmp_path / name, text)) == said


@pytest.mark.parametrize("suffix", [".ndjson", ".jsonl", ".json"])
@pytest.mark.parametrize("pack", ["", ".gz", ".xz"])
def test_records_are_read_under_each_name_packed_or_not(tmp_path: Path, suffix: str, pack: str) -> None:
    squeeze: Callable[[bytes], bytes] = {"": bytes, ".gz": gzip.compress, ".xz": lzma.compress}[pack]
    path = write(tmp_path / f"x{suffix}{pack}", squeeze(f"{ONE}\n{TWO}\n".encode()))
    assert outline(path) == ["#1 a", "#2 b"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"[{ONE}, {TWO}]", ["#1 a", "#2 b"]),
        (json.dumps([json.loads(ONE), 7, json.loads(TWO)], indent=2), ["#1 a", "#2 not a JSON object but int", "#3 b"]),
        (ONE, [" a"]),
        (ONE + "\n", [" a"]),
        (json.dumps(json.loads(ONE), indent=2), [" a"]),
        (f"{ONE}\n{TWO}", ["#1 a", "#2 b"]),
        (f"{ONE}\n{{broken\n{TWO}", ["#1 a", "#2 not JSON", "#3 b"]),
        (f"{{broken\n{ONE}\n{TWO}", ["#1 not JSON", "#2 a", "#3 b"]),
        ("[{]", [" not JSON"]),
        ("7", [" not a JSON object but int"]),
        ("", [" not JSON"]),
        ("[]", [" no record in it"]),
    ],
)
def test_a_json_file_is_an_array_an_object_or_lines(tmp_path: Path, text: str, found: list[str]) -> None:
    got = outline(write(tmp_path / "x.json", text))
    assert [line.split(":")[0] for line in got] == found


@pytest.mark.parametrize("name", ["x.json", "x.ndjson", "x.json.gz"])
def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path, name: str) -> None:
    raw = b"\xef\xbb\xbf" + ONE.encode()
    assert (
        len(
            [item for item in items(write(tmp_path / name, gzip.compress(raw) if name.endswith("gz") else raw)) if isinstance(item, Record)]
        )
        == 1
    )


def test_utf_16_is_rejected_once_and_not_line_by_line(tmp_path: Path) -> None:
    path = write(tmp_path / "x.ndjson", f"{ONE}\n{TWO}\n".encode("utf-16"))
    assert outline(path) == [" text in UTF-16; save it as UTF-8"]


@pytest.mark.parametrize("content", [b"", b"\n \n\n"])
def test_a_file_without_a_record_is_named(tmp_path: Path, content: bytes) -> None:
    assert outline(write(tmp_path / "x.ndjson", content)) == [" no record in it"]


@pytest.mark.parametrize("line", ["[" * 100_000, '{"a":' * 100_000, '{"a": ' + "9" * 5000 + "}"])
def test_a_line_that_would_upset_the_parser_is_rejected_alone(tmp_path: Path, line: str) -> None:
    found = outline(write(tmp_path / "x.ndjson", f"{ONE}\n{line}\n{TWO}"))
    assert [text[:11] for text in found] == ["#1 a", "#2 not JSON", "#3 b"]
    assert outline(write(tmp_path / "x.json", line))[0].startswith(" not JSON: ")


def test_a_line_beyond_the_limit_is_skipped_and_the_next_one_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_RECORD_BYTES", 1000)
    monkeypatch.setattr(lines, "_SKIPPED_BYTES", 300)
    filled = [f'{{"id": "{n}", "text": "{"x" * n}"}}' for n in (940, 1000, 1001, 2000, 5000)]
    found = outline(write(tmp_path / "x.ndjson", "\n".join([*filled, ONE])))
    assert found == ["#1 940", *(f"#{n} line longer than 1,000 bytes" for n in (2, 3, 4, 5)), "#6 a"]


@pytest.mark.parametrize("text", [f"[{ONE}, {TWO}]", f"[\n{ONE},\n{TWO}\n]"])
def test_an_array_may_go_on_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(lines, "MAX_RECORD_BYTES", 60)
    assert outline(write(tmp_path / "x.json", text)) == ["#1 a", "#2 b"]


def test_an_object_beyond_the_limit_is_rejected_with_a_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_RECORD_BYTES", 60)
    text = json.dumps({"items": [json.loads(ONE)] * 3}, indent=2)
    assert outline(write(tmp_path / "x.json", text)) == [" larger than 60 bytes; write one object a line (.ndjson) instead"]


def test_lines_under_the_name_json_may_go_on_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_RECORD_BYTES", 60)
    assert outline(write(tmp_path / "x.json", f"{ONE}\n{TWO}\n" * 3)) == ["#1 a", "#2 b", "#3 a", "#4 b", "#5 a", "#6 b"]


# --- packed files ---


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_a_packed_file_cut_short_gives_what_came_before_the_cut(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(7)
    lines = "".join(json.dumps({"id": str(n), "text": chance.randbytes(40).hex()}) + "\n" for n in range(2000)).encode()
    squeezed = gzip.compress(lines) if suffix == ".gz" else lzma.compress(lines)
    found = items(write(tmp_path / f"x.ndjson{suffix}", squeezed[: len(squeezed) * 3 // 4]))
    assert len([item for item in found if isinstance(item, Record)]) > 500
    last = found[-1]
    assert isinstance(last, Rejected)
    assert (last.path, last.outcome) == (str(tmp_path / f"x.ndjson{suffix}"), UNREADABLE)
    assert last.reason == "cannot be read: Compressed file ended before the end-of-stream marker was reached"


@pytest.mark.parametrize("name", ["x.ndjson.gz", "x.ndjson.xz", "x.json.gz", "x.json.xz"])
@pytest.mark.parametrize("damage", ["middle", "head", "not packed", "empty"])
def test_a_damaged_packed_file_is_rejected_not_raised(tmp_path: Path, name: str, damage: str) -> None:
    chance = random.Random(7)
    lines = "".join(json.dumps({"id": str(n), "text": chance.randbytes(40).hex()}) + "\n" for n in range(500)).encode()
    squeezed = bytearray(gzip.compress(lines) if name.endswith(".gz") else lzma.compress(lines))
    if damage == "middle":
        middle = len(squeezed) // 2
        squeezed[middle : middle + 400] = bytes(400)
    elif damage == "head":
        squeezed[:4] = b"\0\0\0\0"
    last = items(write(tmp_path / name, {"not packed": ONE.encode(), "empty": b""}.get(damage, bytes(squeezed))))[-1]
    assert isinstance(last, Rejected)


COUNT = """
import re, sys
from indexer.sources import SourceFile, read, unpack
unpack.MIN_EXPANDED_BYTES = 4_000_000
number, last = 0, None
for item in read(SourceFile(sys.argv[1])):
    number, last = number + 1, item
peak = re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())
print(number, int(peak[1]) // 1024 if peak else 0, last.reason)
"""


@pytest.mark.parametrize(
    ("name", "filling"),
    [
        ("x.ndjson.gz", b"x"),
        ("x.ndjson.gz", b"\n"),
        ("x.ndjson.xz", b'{"a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}\n'),
        ("x.json.gz", b"["),
        ("x.json.gz", b'{"a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}\n'),
    ],
)
def test_a_bomb_stops_in_little_memory(tmp_path: Path, name: str, filling: bytes) -> None:
    """Little that expands to a lot: as one line, as blank lines, as small records, as one value."""
    block = filling * (1024 * 1024 // len(filling))
    path = tmp_path / name
    with gzip.open(path, "wb", 1) if name.endswith("gz") else lzma.open(path, "wb", preset=0) as handle:
        for _ in range(80):
            handle.write(block)
    number, megabytes, reason = python(COUNT, path).split(" ", 2)
    assert int(number) < 200_000
    assert int(megabytes) < 256
    assert "expands to more than 100 times its size; stopped after" in reason or (filling == b"[" and "nested too deeply" in reason)


def test_text_that_packs_well_is_no_bomb(tmp_path: Path) -> None:
    """Twenty megabytes of much the same article, at sixty to one."""
    lines = "".join(f'{{"id": "{n}", "text": "{"Bài báo của xã. " * 30}{n * 7919}"}}\n' for n in range(30_000)).encode()
    path = write(tmp_path / "x.ndjson.gz", gzip.compress(lines))
    assert len(lines) > 16 * 1024 * 1024
    assert 20 < len(lines) / path.stat().st_size < 100
    assert len(items(path)) == 30_000


# --- standard input ---


def piped(raw: bytes, *paths: str) -> list[str]:
    """Ids and reasons of what a process reads from a pipe."""
    code = (
        "import sys; from indexer.sources import read, walk\n"
        "for source in walk(sys.argv[1:]):\n"
        "  for item in read(source): print(item.path, getattr(item, 'reason', None) or item.fields['id'])"
    )
    return python(code, *paths, typed=raw).splitlines()


def test_a_dash_reads_lines_from_a_pipe_once(tmp_path: Path) -> None:
    raw = f"{ONE}\n{{broken\n{TWO}\n".encode()
    assert [line[:11] for line in piped(raw, STDIN, STDIN)] == ["-#1 a", "-#2 not JSO", "-#3 b"]


def test_nothing_on_standard_input_is_no_input() -> None:
    assert piped(b"", STDIN) == []


def test_standard_input_may_be_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ONE.encode())))
    assert [item.path for item in read(SourceFile(STDIN))] == ["-#1"]


def test_lines_that_are_taken_apart_later_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large ones are taken apart at once, as are all whose fields are to be renamed."""
    monkeypatch.setattr(reader, "MAX_LATER_BYTES", 60)
    raw = b'{"id": "a", "title": "Tin"}\n\n{"id": \n[1]\n' + json.dumps({"id": "b", "text": "dài " * 30}).encode() + b"\n"
    path = write(tmp_path / "a.ndjson", raw)
    now, later = [*read(SourceFile(str(path)))], [*read(SourceFile(str(path)), later=True)]
    assert [type(item) for item in later] == [Line, Line, Line, Record]
    assert [read_line(item.raw, item.path) if isinstance(item, Line) else item for item in later] == now
    renamed = Reading(fields=FieldMap((("title", ("id",)),)))
    assert not any(isinstance(item, Line) for item in read(SourceFile(str(path)), renamed, later=True))
