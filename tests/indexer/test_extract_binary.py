"""What is no text becomes no article, whatever its name; text in any encoding that is read does."""

from __future__ import annotations

import bz2
import gzip
import random
from collections.abc import Callable

import pytest

from analyzers.encodings import encode_as
from indexer.extract import extract
from indexer.extract.binary import why_no_text
from indexer.extract.record import record
from indexer.model import Article, Page, Rejected
from tests.indexer.test_extract_bytes import cp1258

TITLE = "THỊ XÃ AN KHÊ HỌP BÀN CHỐNG HẠN"
BODY = "Chiều qua, lãnh đạo thị xã họp bàn việc dẫn nước về các cánh đồng phía tây, nơi lúa đang trổ bông."
TEXT = f"{TITLE}\n{BODY}\n"
ENCODED: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16 with a mark": lambda text: text.encode("utf-16"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-16-be with a mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-32 with a mark": lambda text: text.encode("utf-32"),
    "utf-32-le": lambda text: text.encode("utf-32-le"),
    "utf-32-be": lambda text: text.encode("utf-32-be"),
    "utf-32-be with a mark": lambda text: b"\0\0\xfe\xff" + text.encode("utf-32-be"),
    "windows-1258": cp1258,
    "tcvn3": lambda text: encode_as(text, "tcvn3").encode("cp1252", "replace"),
    "vni": lambda text: encode_as(text, "vni").encode("cp1252", "replace"),
    "viqr": lambda text: encode_as(text, "viqr").encode(),
    "viqr in utf-16": lambda text: encode_as(text, "viqr").encode("utf-16-le"),
}
NOISE = random.Random(7).randbytes(400)
BINARY = {
    "random bytes": NOISE,
    "random bytes after a mark of UTF-16": b"\xff\xfe" + NOISE,
    "random bytes after a mark of UTF-8": b"\xef\xbb\xbf" + NOISE,
    "few bytes": NOISE[:60],
    "counting": bytes(range(256)) * 4,
    "control characters": bytes(range(1, 9)) * 50,
    "high bytes": bytes(random.Random(7).randrange(128, 256) for _ in range(400)),
    "packed": gzip.compress(TEXT.encode() * 50),
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4\0" + NOISE,
}


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("name", BINARY)
def test_binary_data_is_rejected_by_name(name: str, suffix: str) -> None:
    """Whatever a file is called: no article, but its name and a reason."""
    found = extract(Page(f"x{suffix}", BINARY[name]))
    assert isinstance(found, Rejected)
    assert found.path == f"x{suffix}"
    assert found.reason.startswith("binary data")


@pytest.mark.parametrize("kind", ENCODED)
def test_text_in_every_encoding_is_an_article(kind: str) -> None:
    """Also its capitals alone, in which old encodings have the most bytes above 127."""
    assert why_no_text(ENCODED[kind](TITLE)) == ""
    assert why_no_text(ENCODED[kind](TEXT * 20)) == ""
    found = extract(Page("x.txt", ENCODED[kind](TEXT)))
    assert isinstance(found, Article)
    assert BODY[:30] in " ".join(found.body)


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n{BODY}".replace(" ", "\x07 ", 3),  # ends of cells, as Word has them
        f"{TITLE}\x00\x00\n{BODY}" + "\x00" * 4000,  # room that a crash left behind
        f"{TITLE}\n" + "\x00" * 100 + BODY,  # or in the middle
        "Họp\x07",
        *(f"{word} là gì?\x07\n{TEXT}" for word in ("ID3", "GIF89a", "BZh", "OggS")),
        "\x1b[1m" + TEXT,
        "日本語の記事です。" * 20,
        "Вот новости города. " * 20,
    ],
)
def test_stray_controls_and_other_scripts_stay_text(text: str) -> None:
    """Few control characters do no harm, and Unicode is text in any script."""
    assert why_no_text(text.encode()) == ""


def test_the_kind_of_file_is_told() -> None:
    """A person sees what was renamed."""
    assert "a PNG picture" in why_no_text(BINARY["a picture"])
    assert "a PDF" in why_no_text(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + NOISE)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" * 20, "a PDF"),  # not a control character in it
        (b"GIF89a\x10\0\x10\0\xf0\0\0" + NOISE, "a GIF picture"),
        (bz2.compress(TEXT.encode() * 50), "bzip2, packed"),
        (b"ID3\x03\0\0\0\0\x1f\x76TIT2" + NOISE, "a sound recording"),
        (b"OggS\0\2" + NOISE, "a sound recording"),
    ],
)
def test_a_kind_of_file_is_known_by_how_it_begins(raw: bytes, kind: str) -> None:
    """Where its first bytes could be a word, by what follows them."""
    assert why_no_text(raw) == f"binary data, not text: {kind}"


@pytest.mark.parametrize("text", ["12345 67 89\n10 11 12 13 14", "-----\n....... ....... .......\n====="])
def test_a_text_without_letters_is_no_article(text: str) -> None:
    """Digits and rules say nothing that could be searched."""
    assert isinstance(extract(Page("x.txt", text.encode())), Rejected)
    assert record({"title": "123", "text": text}, "x") == Rejected("x", "no letter in it")
    assert isinstance(record({"title": "Bảng số", "text": text}, "x"), Article)
