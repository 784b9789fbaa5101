"""The manifest: what a run remembers, who may have it open, and what is said when it is damaged."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import IndexBusyError
from indexer.errors import ManifestError
from indexer.manifest import OWN, REPEATED, Contents, Known, Manifest, raise_if_busy
from indexer.sources import SourceFile


def remembered(directory: Path, path: str = "/a/x.ndjson", records: int = 3, rejected: int = 0) -> SourceFile:
    """A manifest in `directory` that knows one input."""
    source = SourceFile(path, 10, 20)
    with closing(Manifest(directory)) as manifest:
        manifest.start_input(source.path)
        manifest.finish_input(source, Contents(records, {}), rejected)
        manifest.put("x", b"content", b"text")
        manifest.hold(source.path, "x", OWN)
        manifest.commit()
    return source


def test_what_was_committed_is_known_when_opened_again(tmp_path: Path) -> None:
    source = remembered(tmp_path)
    with closing(Manifest(tmp_path)) as manifest:
        assert manifest.unchanged(source) == Contents(3, {})
        assert manifest.known("x") == Known(b"content", b"text", met=False)
        assert manifest.same_text(b"text", "y") == "x"
        assert manifest.same_text(b"text", "x") is None
        assert manifest.held_by(source.path) == {"x": OWN}


def test_what_was_not_committed_is_lost(tmp_path: Path) -> None:
    source = remembered(tmp_path)
    with closing(Manifest(tmp_path)) as manifest:
        manifest.drop("x")
        manifest.forget_input(source.path)
    with closing(Manifest(tmp_path)) as manifest:
        assert manifest.known("x") is not None
        assert manifest.unchanged(source) == Contents(3, {})


@pytest.mark.parametrize("now", [SourceFile("/a/x.ndjson", 11, 20), SourceFile("/a/x.ndjson", 10, 21), SourceFile("/b/x.ndjson", 10, 20)])
def test_a_file_of_another_size_time_or_path_is_changed(tmp_path: Path, now: SourceFile) -> None:
    remembered(tmp_path)
    with closing(Manifest(tmp_path)) as manifest:
        assert manifest.unchanged(now) is None


def test_a_file_with_rejections_is_never_unchanged(tmp_path: Path) -> None:
    """So that each run names them again."""
    source = remembered(tmp_path, rejected=1)
    with closing(Manifest(tmp_path)) as manifest:
        assert manifest.unchanged(source) is None


def test_a_file_whose_reading_was_cut_off_is_changed(tmp_path: Path) -> None:
    source = remembered(tmp_path)
    with closing(Manifest(tmp_path)) as manifest:
        manifest.start_input(source.path)
        assert manifest.unchanged(source) is None


def test_paths_of_any_bytes_are_kept(tmp_path: Path) -> None:
    path = os.fsdecode(b"/a/xu\xffong\n'.ndjson")
    source = remembered(tmp_path, path)
    with closing(Manifest(tmp_path)) as manifest:
        assert manifest.unchanged(source) == Contents(3, {})
        manifest.make_due("x", OWN)
        assert manifest.due() == [path]


def test_inputs_that_hold_a_document_can_be_made_due(tmp_path: Path) -> None:
    """For the end of this run; a run that did not get there leaves them due for the next."""
    source = remembered(tmp_path)
    with closing(Manifest(tmp_path)) as manifest:
        manifest.make_due("x", REPEATED)
        assert manifest.due() == []
        manifest.make_due("x", OWN | REPEATED)
        assert manifest.due() == [source.path]
        assert manifest.unchanged(source) == Contents(3, {})
        manifest.commit()
    with closing(Manifest(tmp_path)) as manifest:
        assert manifest.unchanged(source) is None
        manifest.settle(source.path)
        assert manifest.due() == []


def test_what_an_input_held_before_and_holds_no_longer_is_known_without_a_list(tmp_path: Path) -> None:
    source = remembered(tmp_path)
    with closing(Manifest(tmp_path)) as manifest:
        manifest.hold(source.path, "y", OWN)
        manifest.commit()
    with closing(Manifest(tmp_path)) as manifest:
        manifest.start_input(source.path)
        manifest.hold(source.path, "y", REPEATED)
        manifest.hold(source.path, "z", OWN)
        assert [*manifest.lost_by(source.path)] == ["x", "y"]
        manifest.hold(source.path, "y", OWN)
        manifest.release(source.path)
        assert manifest.held_by(source.path) == {"y": OWN | REPEATED, "z": OWN}
        assert [*manifest.lost_by(source.path)] == []


def test_an_input_read_in_another_part_or_way_has_changed(tmp_path: Path) -> None:
    source = remembered(tmp_path)
    with closing(Manifest(tmp_path)) as manifest:
        assert manifest.unchanged(source, part="1/2") is None
        assert manifest.unchanged(source, reading="{}") is None


def test_inputs_a_run_did_not_come_by_are_known(tmp_path: Path) -> None:
    paths = [f"/a/{n:04}.html" for n in range(2100)]
    with closing(Manifest(tmp_path)) as manifest:
        for path in paths:
            manifest.start_input(path)
        assert [*manifest.unvisited("/a")] == []
        manifest.commit()
    with closing(Manifest(tmp_path)) as manifest:
        manifest.skip_input(paths[7])
        manifest.start_input(paths[8])
        assert [manifest.visited(path) for path in paths[6:9]] == ["", "skipped", "read"]
        assert [*manifest.unvisited("/a")] == [*manifest.unvisited("/")] == paths[:7] + paths[9:]


def test_inputs_a_run_did_not_come_by_are_looked_for_below_a_path_only(tmp_path: Path) -> None:
    odd = os.fsdecode(b"/a/b/\xff.html")
    paths = ["/a/b", "/a/b-c.html", "/a/b.html", "/a/b/1.html", "/a/b/c/2.html", "/a/b0.html", "/a/bc/3.html", odd]
    with closing(Manifest(tmp_path)) as manifest:
        for path in paths:
            manifest.start_input(path)
        manifest.commit()
    with closing(Manifest(tmp_path)) as manifest:
        assert [*manifest.unvisited("/a/b")] == ["/a/b", "/a/b/1.html", "/a/b/c/2.html", odd]
        assert [*manifest.unvisited("/a/b.html")] == ["/a/b.html"]
        assert sorted(manifest.unvisited("/")) == sorted(paths)
        assert [*manifest.unvisited(os.fsdecode(b"/a/b/\xff"))] == []
        assert [*manifest.unvisited(odd)] == [odd]


def test_a_document_is_owned_as_long_as_a_file_or_a_stream_has_it(tmp_path: Path) -> None:
    file = tmp_path / "x.ndjson"
    file.touch()
    remembered(tmp_path, str(file))
    with closing(Manifest(tmp_path)) as manifest:
        assert manifest.owned("x")
        file.unlink()
        assert not manifest.owned("x")
        manifest.start_input("-")
        manifest.hold("-", "x", OWN)
        assert manifest.owned("x")
        assert not manifest.owned("x", but="-")


def test_a_smaller_index_than_remembered_is_not_believed(tmp_path: Path) -> None:
    """An index that lost documents, as after a power cut, gets all of them again."""
    source = remembered(tmp_path)
    with closing(Manifest(tmp_path)) as manifest:
        manifest.doubt(1)
        assert manifest.unchanged(source) == Contents(3, {})
        manifest.doubt(0)
        assert manifest.known("x") is None
        assert manifest.due() == [source.path]
        assert manifest.held_by(source.path) == {"x": OWN}


def test_only_one_run_has_it_open_also_between_commits(tmp_path: Path) -> None:
    with closing(Manifest(tmp_path)) as manifest:
        for _ in range(2):
            with pytest.raises(IndexBusyError, match=f"{tmp_path}: another process is writing to this index. Wait until it has finished."):
                Manifest(tmp_path)
            with pytest.raises(IndexBusyError):
                raise_if_busy(tmp_path)
            manifest.commit()
    raise_if_busy(tmp_path)
    Manifest(tmp_path).close()


def test_looking_whether_it_is_busy_makes_no_file(tmp_path: Path) -> None:
    raise_if_busy(tmp_path)
    raise_if_busy(tmp_path / "nowhere")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"\x00damaged" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_an_error_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.sqlite").write_bytes(content)
    with pytest.raises(ManifestError, match=r"manifest.sqlite is damaged .*Rebuild the index: timtin index --rebuild PATH"):
        Manifest(tmp_path)
    raise_if_busy(tmp_path)  # a damaged manifest must not be in the way of rebuilding


def test_damage_further_down_is_noticed_when_it_is_met(tmp_path: Path) -> None:
    with closing(Manifest(tmp_path)) as manifest:
        for number in range(3000):
            manifest.put(f"d{number}", b"c" * 16, b"t" * 16)
        manifest.commit()
    path = tmp_path / "manifest.sqlite"
    raw = bytearray(path.read_bytes())
    raw[8192:] = b"\xa5" * (len(raw) - 8192)
    path.write_bytes(raw)

    def used() -> None:
        with closing(Manifest(tmp_path)) as manifest:
            for number in range(3000):
                manifest.known(f"d{number}")

    with pytest.raises(ManifestError, match="damaged"):
        used()


def test_a_manifest_of_another_version_says_so(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "manifest.sqlite")) as database:
        database.execute("create table inputs (path text primary key)")
    with pytest.raises(ManifestError, match=r"another version of timtin \(layout 0, here 5\). Rebuild"):
        Manifest(tmp_path)


def test_a_place_where_nothing_can_be_written_is_told_without_advice_to_rebuild(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be written or read: unable to open database file") as raised:
        Manifest(tmp_path / "nowhere")
    assert "ebuild" not in str(raised.value)
