"""WARC files: what is in them, and that a cut at any byte costs one page at most."""

from __future__ import annotations

import datetime
import gzip
import io
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from indexer.fetch.model import Headers, Response
from indexer.fetch.warc import MAX_FILE_BYTES, OPEN, WarcWriter, recover, whole_members

NOW = datetime.datetime(2024, 3, 5, 1, 2, 3, tzinfo=datetime.UTC)


def response(name: str, body: bytes = b"<p>x</p>", headers: Headers = (("Content-Type", "text/html"),)) -> Response:
    url = f"http://a.vn/{name}?q=1"
    return Response(url, url, 200, "OK", headers, (("User-Agent", "timtin/test"),), body, body, "8.8.8.8")


def records(raw: bytes) -> list[tuple[str, str, bytes]]:
    """(type, address, block) of all records."""
    return [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "", record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(raw))
    ]


def written(folder: Path, *names: str, max_bytes: int = MAX_FILE_BYTES) -> WarcWriter:
    writer = WarcWriter(folder, "timtin/test", NOW, max_bytes)
    for name in names:
        writer.write(response(name))
    return writer


def test_a_file_holds_requests_and_responses(tmp_path: Path) -> None:
    writer = written(tmp_path, "a")
    writer.close()
    (path,) = writer.files
    assert path.name.startswith("timtin-20240305010203-")
    kinds = [(kind, url) for kind, url, _ in records(path.read_bytes())]
    assert kinds == [("warcinfo", ""), ("response", "http://a.vn/a?q=1"), ("request", "http://a.vn/a?q=1")]
    with path.open("rb") as stream:
        info, answer, request = list(ArchiveIterator(stream))
    assert answer.http_headers.get_statuscode() == "200"
    assert answer.rec_headers.get_header("WARC-IP-Address") == "8.8.8.8"
    assert request.rec_headers.get_header("WARC-Concurrent-To") == answer.rec_headers.get_header("WARC-Record-ID")
    assert request.http_headers.get_header("Host") == "a.vn"
    assert request.http_headers.statusline == "/a?q=1 HTTP/1.1"
    assert info.rec_headers.get_header("WARC-Filename") == path.name


def test_the_body_is_kept_as_it_was_sent(tmp_path: Path) -> None:
    body = bytes(range(256)) * 300
    writer = WarcWriter(tmp_path, "t", NOW)
    writer.write(response("a", body, (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), ("X-Ngày", "5"), ("X-A", "ngày 5"))))
    writer.close()
    assert records(writer.files[0].read_bytes())[1][2] == body


def test_nothing_written_is_no_file(tmp_path: Path) -> None:
    writer = written(tmp_path)
    writer.close()
    writer.close()
    assert (writer.files, list(tmp_path.iterdir())) == ([], [])


def test_a_large_file_is_followed_by_another(tmp_path: Path) -> None:
    writer = written(tmp_path, "a", "b", "c", max_bytes=10)
    writer.close()
    assert [len(records(path.read_bytes())) for path in writer.files] == [3, 3, 3]
    assert len({path.name for path in writer.files}) == 3


def test_a_page_is_on_the_disk_before_the_file_is_complete(tmp_path: Path) -> None:
    writer = written(tmp_path, "a", "b")
    (path,) = tmp_path.iterdir()
    assert path.name.endswith(OPEN)
    assert len(records(path.read_bytes())) == 5
    writer.close()


@pytest.mark.parametrize("value", ["a\r\nX-Injected: 1", "a\r\n\r\n<p>", "a\n b", "a\x0bb", "a\u2028b", "a\0b"])
def test_a_header_cannot_write_records_or_headers(value: str, tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "t", NOW)
    writer.write(
        response("a", headers=(("X-A", value), ("X Bad\r\nX-Injected", "1"), ("Content-Length", "0"), ("Content-Type", "text/html")))
    )
    writer.close()
    with writer.files[0].open("rb") as stream:
        kept = [record.http_headers.headers for record in ArchiveIterator(stream) if record.rec_type == "response"]
    assert [name for name, _ in kept[0]] == ["X-A", "Content-Type", "Content-Length"]
    assert records(writer.files[0].read_bytes())[1][2] == b"<p>x</p>"


def test_after_a_cut_at_any_byte_the_whole_records_remain(tmp_path: Path) -> None:
    """Every prefix of a file is what a kill may leave."""
    writer = written(tmp_path, "a", "b")
    writer.close()
    raw = writer.files[0].read_bytes()
    writer.files[0].unlink()
    whole = records(raw)
    for length in range(0, len(raw) + 1, 23):
        left = tmp_path / f".timtin-x.warc.gz{OPEN}"
        left.write_bytes(raw[:length])
        for path in recover(tmp_path):
            assert records(path.read_bytes()) == whole[: len(records(path.read_bytes()))]
            path.unlink()
        assert list(tmp_path.iterdir()) == []


def test_what_a_run_could_not_finish_writing_is_cut_off(tmp_path: Path) -> None:
    writer = written(tmp_path, "a")
    assert writer._out is not None
    writer._out.write(b"\x1f\x8b half a record")
    writer.close()
    assert len(records(writer.files[0].read_bytes())) == 3


@given(st.lists(st.binary(max_size=200), max_size=5), st.binary(max_size=30))
def test_whole_members_are_found(bodies: list[bytes], rest: bytes) -> None:
    """Cutting never keeps half a member, never drops a whole one."""
    members = b"".join(gzip.compress(body) for body in bodies)
    half = gzip.compress(rest)[:-1]
    assert whole_members(io.BytesIO(members + half)) == len(members)
    assert whole_members(io.BytesIO(members)) == len(members)
    assert whole_members(io.BytesIO(members + b"\0" + rest)) == len(members)


def test_a_member_larger_than_a_read_is_whole(tmp_path: Path) -> None:
    raw = gzip.compress(random.Random(7).randbytes(3_000_000)) + gzip.compress(b"\0" * 5_000_000)
    assert whole_members(io.BytesIO(raw)) == len(raw)
    assert whole_members(io.BytesIO(raw[:-1])) < len(raw) - 1
