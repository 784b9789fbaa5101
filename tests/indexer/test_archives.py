"""Archives and packed files: every member is read or named, nothing is written, and no bomb goes off."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import extract
from indexer.model import UNREADABLE, Article, Page, Rejected
from indexer.sources import Record, SourceFile, read, tars, unpack, zips
from tests.indexer.inputs import ONE, PAGE, items, outline, tarred, write, zipped
from tests.process import python

PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstandard.ZstdCompressor().compress,
}  # fmt: skip
MEMBERS = {"bai/a.html": PAGE, "bai/b.ndjson": f"{ONE}\n{{hong\n", "c.txt": "Tin."}
INSIDE = ["!/bai/a.html page", "!/bai/b.ndjson#1 a", "!/bai/b.ndjson#2 not JSON", "!/c.txt page"]


def short(found: list[str]) -> list[str]:
    return [line.partition(":")[0] for line in found]


def test_members_of_a_zip_are_inputs(tmp_path: Path) -> None:
    assert short(outline(write(tmp_path / "x.zip", zipped(MEMBERS)))) == INSIDE


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_may_be_packed_in_any_way_of_zip(tmp_path: Path, method: int) -> None:
    assert short(outline(write(tmp_path / "x.zip", zipped(MEMBERS, method)))) == INSIDE


@pytest.mark.parametrize("suffix", ["", *PACK])
def test_members_of_a_tar_are_inputs(tmp_path: Path, suffix: str) -> None:
    raw = PACK.get(suffix, bytes)(tarred(MEMBERS))
    assert short(outline(write(tmp_path / f"x.tar{suffix}", raw))) == INSIDE


@pytest.mark.parametrize(("name", "mode"), [("x.tgz", "w:gz"), ("x.TXZ", "w:xz"), ("x.tbz2", "w:bz2")])
def test_short_names_of_packed_tars_are_known(tmp_path: Path, name: str, mode: str) -> None:
    assert short(outline(write(tmp_path / name, tarred(MEMBERS, mode)))) == INSIDE


@pytest.mark.parametrize("suffix", PACK)
def test_a_single_file_may_be_packed(tmp_path: Path, suffix: str) -> None:
    for name, raw in (("a.html", PAGE), ("b.md", b"# Tin\n\nX\xc3\xa3 h\xe1\xbb\x8dp."), ("c.ndjson", ONE.encode())):
        (item,) = items(write(tmp_path / f"{name}{suffix}", PACK[suffix](raw)))
        if isinstance(item, Page):
            assert (item.raw, item.kind) == (raw, {"a.html": "html", "b.md": "markdown"}[name])
        else:
            assert isinstance(item, Record)


def test_a_packed_page_is_read_by_its_inner_suffix(tmp_path: Path) -> None:
    text = "---\ntitle: Xã Ia Rong làm đường\ndate: 2023-05-03\n---\n\nXã Ia Rong làm xong ba cây số đường liên thôn trong tháng tư."
    (page,) = items(write(tmp_path / "x.md.gz", gzip.compress(text.encode())))
    assert isinstance(page, Page)
    article = extract(page)
    assert isinstance(article, Article)
    assert (article.title, article.published and article.published.date) == ("Xã Ia Rong làm đường", "2023-05-03")


@pytest.mark.parametrize("suffix", PACK)
def test_several_packed_streams_in_one_file_are_one_text(tmp_path: Path, suffix: str) -> None:
    raw = PACK[suffix](f"{ONE}\n".encode()) + PACK[suffix](ONE.replace('"a"', '"b"').encode())
    assert outline(write(tmp_path / f"x.ndjson{suffix}", raw)) == ["#1 a", "#2 b"]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("kind", ["ndjson", "tar"])
def test_what_is_cut_short_gives_what_came_before_and_is_named(tmp_path: Path, suffix: str, kind: str) -> None:
    chance = random.Random(7)
    lines = [f'{{"id": "{n}", "text": "{chance.randbytes(400).hex()}"}}' for n in range(3000)]
    raw = "\n".join(lines).encode() if kind == "ndjson" else tarred({f"{n}.ndjson": line for n, line in enumerate(lines)})
    packed = PACK[suffix](raw)
    found = items(write(tmp_path / f"x.{kind}{suffix}", packed[: len(packed) * 3 // 4]))
    assert len([item for item in found if isinstance(item, Record)]) > 300
    last = found[-1]
    assert isinstance(last, Rejected)
    assert (last.path, last.outcome) == (str(tmp_path / f"x.{kind}{suffix}"), UNREADABLE)


@pytest.mark.parametrize("at", [100, 700, 1500, 2600])
def test_a_tar_cut_anywhere_or_damaged_in_a_header_is_named(tmp_path: Path, at: int) -> None:
    """The standard library takes a bad header after the first for the end of the archive, and says nothing."""
    whole = tarred({"a.txt": "Tin một.", "b.txt": "Tin hai.", "c.txt": "Tin ba."})
    found = outline(write(tmp_path / "x.tar", whole[:at]))
    assert "cannot be read" in found[-1]
    damaged = bytearray(whole)
    damaged[1024:1100] = b"\xff" * 76
    found = outline(write(tmp_path / "y.tar", bytes(damaged)))
    assert found[0] == "!/a.txt page"
    assert "cannot be read: damaged or cut short" in found[-1]


def test_a_member_that_is_damaged_does_not_lose_the_others(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.txt": "Tin một.", "b.txt": "Tin hai.", "c.txt": "Tin ba."}, zipfile.ZIP_STORED))
    raw[raw.index(b"hai")] ^= 1
    found = items(write(tmp_path / "x.zip", bytes(raw)))
    assert [isinstance(item, Page) for item in found] == [True, False, True]
    assert found[1] == Rejected(f"{tmp_path}/x.zip!/b.txt", "cannot be read: Bad CRC-32 for file 'b.txt'", UNREADABLE)


def test_an_encrypted_member_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.txt": "Tin một.", "b.txt": "Tin hai."}))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert outline(write(tmp_path / "x.zip", bytes(raw))) == ["!/a.txt encrypted; unpack it with its password first", "!/b.txt page"]


@pytest.mark.parametrize("sizes_first", [True, False])
def test_a_zip_cut_short_gives_the_members_before_the_cut(tmp_path: Path, sizes_first: bool) -> None:
    """Also where members are written as a stream, whose sizes stand after them."""
    chance = random.Random(7)
    members = {f"{n}.txt": chance.randbytes(3000).hex() for n in range(5)}
    if sizes_first:
        raw = zipped(members)
    else:
        buffer = _Stream()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in members.items():
                archive.writestr(name, text)
        raw = buffer.getvalue()
    cut = raw[: raw.index(b"3.txt") + 500]
    found = items(write(tmp_path / "x.zip", cut))
    assert [item.raw.decode() for item in found if isinstance(item, Page)] == [members[f"{n}.txt"] for n in range(3)]
    assert found[3:] == [
        Rejected(f"{tmp_path}/x.zip!/3.txt", "cannot be read: cut short", UNREADABLE),
        Rejected(f"{tmp_path}/x.zip", "cut short: its directory is missing; 4 members were found before the cut", UNREADABLE),
    ]
    whole = items(write(tmp_path / "y.zip", raw[:-30]))
    assert len([item for item in whole if isinstance(item, Page)]) == 5
    assert outline(write(tmp_path / "z.zip", b"no zip at all")) == [" cannot be read: File is not a zip file"]


class _Stream(io.BytesIO):
    """Cannot be gone back in, as a pipe."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise OSError("a pipe")

    def tell(self) -> int:
        raise OSError("a pipe")


def test_a_method_that_python_lacks_is_named(tmp_path: Path) -> None:
    raw = bytearray(zipped({"a.txt": "Tin một.", "b.txt": "Tin hai."}))
    raw[raw.index(b"PK\x01\x02") + 10] = 9  # deflate64
    found = outline(write(tmp_path / "x.zip", bytes(raw)))
    assert found[0].startswith("!/a.txt cannot be read: ")
    assert found[1] == "!/b.txt page"


@pytest.mark.parametrize("make", [zipped, tarred])
def test_path_tricks_are_only_names(tmp_path: Path, make: Callable[[dict[str, str]], bytes]) -> None:
    tricks = ["../../a.txt", "/etc/b.txt", "..\\c.txt", "d\n\x1b[2J.txt"]
    archive = write(tmp_path / "in" / "x.arc", make(dict.fromkeys(tricks, "Tin."))).rename(
        tmp_path / "in" / ("x.zip" if make is zipped else "x.tar")
    )
    shown = [line.removesuffix(" page") for line in outline(archive)]
    assert [name.replace("..\\c", "../c") for name in shown] == ["!/../../a.txt", "!/etc/b.txt", "!/../c.txt", "!/d\\n\\x1b[2J.txt"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(["in", archive.name])


def test_members_that_are_no_inputs_are_counted(tmp_path: Path) -> None:
    names = ["a.txt", "anh.jpg", ".an.txt", "__MACOSX/._a.txt", "README.md", "thu muc/"]
    found = outline(write(tmp_path / "x.zip", zipped(dict.fromkeys(names, "Tin."))))
    assert found == ["!/a.txt page", " 4 × members that are no articles by their names"]


def test_members_of_a_tar_that_lead_elsewhere_are_counted(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo("x.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert outline(write(tmp_path / "x.tar", buffer.getvalue())) == [" 4 × members that are links, devices or sparse"]


def test_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "Tin một.")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", "Tin hai.")
    assert outline(write(tmp_path / "x.zip", buffer.getvalue())) == ["!/a.txt page", "!/a.txt#again2 page"]


def test_vietnamese_names_are_read_even_where_the_packer_did_not_say_that_they_are_utf_8(tmp_path: Path) -> None:
    flagged = bytearray(zipped({"tin tức.txt": "Tin."}))
    for mark, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        flagged[flagged.index(mark) + offset] &= ~0x08
    assert outline(write(tmp_path / "x.zip", bytes(flagged))) == ["!/tin tức.txt page"]


@pytest.mark.parametrize("outer", [zipped, tarred])
@pytest.mark.parametrize(("name", "inner"), [("in.zip", zipped), ("in.tar", tarred)])
def test_archives_inside_archives_are_opened_two_deep(
    tmp_path: Path, outer: Callable[..., bytes], name: str, inner: Callable[..., bytes]
) -> None:
    second = inner({"a.txt": "Tin.", name: inner({"b.txt": "Tin."})})
    path = write(tmp_path / ("x.zip" if outer is zipped else "x.tar"), outer({name: second, "c.txt": "Tin."}))
    assert outline(path) == [
        f"!/{name}!/a.txt page",
        f"!/{name}!/{name} an archive more than 2 deep in others; unpack it first",
        "!/c.txt page",
    ]


def test_a_dump_among_the_members_is_refused_with_a_reason(tmp_path: Path) -> None:
    found = outline(write(tmp_path / "x.zip", zipped({"bao.sql": "-- MySQL dump"})))
    assert found == ["!/bao.sql a database dump; export its articles as NDJSON or CSV, one article a row"]


# --- bombs ---


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MIN_EXPANDED_BYTES", 1_000_000)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("suffix", PACK)
def test_a_packed_bomb_stops(tmp_path: Path, suffix: str) -> None:
    raw = PACK[suffix](b'{"a": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}\n' * 50_000)
    assert "expands to more than 100 times its size; stopped after" in outline(write(tmp_path / f"x.ndjson{suffix}", raw))[-1]


@pytest.mark.usefixtures("small_limits")
def test_a_member_that_is_a_bomb_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(300_000).hex()
    found = outline(write(tmp_path / "x.zip", zipped({"a.txt": noise, "b.ndjson": b"\n" * 5_000_000, "c.txt": "Tin."})))
    assert found[0] == "!/a.txt page"
    assert found[1].startswith("!/b.ndjson cannot be read: expands to more than 100 times its size")
    assert found[2] == "!/c.txt page"


@pytest.mark.usefixtures("small_limits")
def test_many_small_bombs_stop_the_archive(tmp_path: Path) -> None:
    """Each member is below the limit; all together are not. So do members that overlap in the archive."""
    found = outline(write(tmp_path / "x.zip", zipped({f"{n:03}.ndjson": b"\n" * 1_000_000 for n in range(100)})))
    assert len(found) < 10
    assert found[-1].startswith(" cannot be read: expands to more than 100 times its size")


@pytest.mark.usefixtures("small_limits")
def test_a_bomb_two_deep_stops(tmp_path: Path) -> None:
    inner = zipped({"a.ndjson": b"\n" * 5_000_000})
    found = outline(write(tmp_path / "x.zip", zipped({"in.zip": zipped({"in.zip": inner})})))
    assert not [line for line in found if line.endswith("page")]
    found = outline(write(tmp_path / "x.tar.gz", gzip.compress(tarred({"in.zip": inner, "b.txt": "Tin."}))))
    assert found[0].startswith("!/in.zip")
    assert "expands to more than" in found[0]


def test_a_giant_directory_or_header_is_refused_before_it_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MAX_DIRECTORY_BYTES", 100)
    assert "its directory has" in outline(write(tmp_path / "x.zip", zipped(MEMBERS)))[0]
    monkeypatch.setattr(tars, "MAX_HEADER_BYTES", 100)
    assert "a header of" in outline(write(tmp_path / "x.tar", tarred({f"{'dai' * 90}.txt": "Tin."})))[0]


def test_a_page_larger_than_a_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.sources import pages

    monkeypatch.setattr(pages, "MAX_PAGE_BYTES", 10)
    assert outline(write(tmp_path / "x.zip", zipped({"a.txt": "x" * 11, "b.txt": "x" * 10}))) == [
        "!/a.txt more than 10 bytes; a page may have so many",
        "!/b.txt page",
    ]


PEAK = """
import re, sys
from indexer.sources import SourceFile, read
before = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
number = sum(1 for item in read(SourceFile(sys.argv[1])))
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
print(number, (peak - before) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")
@pytest.mark.parametrize("name", ["x.ndjson", "x.json", "x.csv", "x.zip", "x.tar.gz"])
def test_a_big_input_is_read_in_little_memory(tmp_path: Path, name: str) -> None:
    """Sixty megabytes of articles; what is held does not grow with them."""
    chance = random.Random(7)
    texts = [f"B\u00e0i s\u1ed1 {n}. " + chance.randbytes(600).hex() for n in range(1000)]
    lines = [f'{{"title": "Tin", "text": "{text * 10}"}}' for text in texts] * 5
    body = "\n".join(lines)
    content = {
        "x.ndjson": body,
        "x.json": f"[{','.join(lines)}]",
        "x.csv": "title,text\n" + "\n".join(f'Tin,"{text * 10}"' for text in texts * 5),
        "x.zip": zipped({"a.ndjson": body}, zipfile.ZIP_STORED),
        "x.tar.gz": gzip.compress(tarred({"a.ndjson": body}), 1),
    }[name]
    number, megabytes = python(PEAK, write(tmp_path / name, content)).split()
    assert int(number) == 5000
    assert int(megabytes) < 40


# --- round trips and damage ---

NAMES = st.from_regex(r"[abđ]{1,3}(/[cd]{1,3}){0,2}", fullmatch=True).map(lambda name: f"{name}.txt")
CONTENTS = st.dictionaries(NAMES, st.binary(min_size=1, max_size=300), min_size=1, max_size=8)


@given(members=CONTENTS, kind=st.sampled_from(["zip", "tar", "tar.gz", "tar.zst"]))
def test_what_goes_into_an_archive_comes_out(tmp_path_factory: pytest.TempPathFactory, members: dict[str, bytes], kind: str) -> None:
    raw = zipped(members) if kind == "zip" else PACK.get(kind.removeprefix("tar"), bytes)(tarred(members))
    found = items(write(tmp_path_factory.mktemp("trip") / f"x.{kind}", raw))
    assert sorted(item.raw for item in found if isinstance(item, Page)) == sorted(members.values())


@given(
    kind=st.sampled_from(["x.zip", "x.tar", "x.tgz", "x.tar.zst", "x.warc", "x.rss", "x.csv", "x.json"]),
    hits=st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6),
    cut=st.none() | st.integers(0, 10**6),
)
def test_no_damage_raises(tmp_path_factory: pytest.TempPathFactory, kind: str, hits: list[tuple[int, bytes]], cut: int | None) -> None:
    """Whatever bytes are changed or cut off: items or rejections, never an exception."""
    tar = tarred(MEMBERS)
    raw = bytearray(
        {
            "x.zip": zipped({**MEMBERS, "in.zip": zipped(MEMBERS)}),
            "x.tar": tar,
            "x.tgz": gzip.compress(tar),
            "x.tar.zst": PACK[".zst"](tar),
            "x.warc": b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<p>Tin.</p>\r\n\r\n",
            "x.rss": b"<rss><channel><item><title>Tin</title><description>B\xc3\xa0i</description></item></channel></rss>",
            "x.csv": b'title,text\n"Tin ""m\xe1\xbb\x9bi""","B\xc3\xa0i\nhai"\n' * 3,
            "x.json": f'{{"a": {{"b": [{ONE}, {ONE}]}}}}'.encode(),
        }[kind]
    )
    for at, new in hits:
        raw[at % len(raw) : at % len(raw) + len(new)] = new
    path = write(tmp_path_factory.mktemp("damage") / kind, bytes(raw[: cut % len(raw)] if cut is not None else raw))
    for item in read(SourceFile(str(path))):
        assert item.path.startswith(str(path))
