"""Stored documents: what is written is read back, and anything else is damage."""

from __future__ import annotations

import pytest

from engine.codec import decode, encode
from engine.errors import IndexDamagedError
from engine.model import AnalyzedDocument


def test_what_is_written_is_read_back(seeds: tuple[AnalyzedDocument, ...]) -> None:
    for one in seeds:
        read = decode(encode(one))
        assert (read.document, read.places, read.home, read.dates) == (one.document, one.places, one.home, one.dates)
        assert [term[:2] for term in read.terms] == [term[:2] for term in one.terms]


def test_what_is_read_is_written_again_the_same(seeds: tuple[AnalyzedDocument, ...]) -> None:
    for one in seeds:
        read = decode(encode(one))
        again = AnalyzedDocument(read.document, {}, {}, read.places, read.terms, read.home, read.dates, cluster=read.cluster)
        assert encode(again) == encode(one)


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"document":{"doc_id":"a"}}',
        b'{"document":{"doc_id":"a","title":7}}',
        b'{"document":{"doc_id":"a","title":"b","published":{"date":"2023-13","rule":"field"}}}',
        b'{"document":{"doc_id":"a","title":"b"},"other":1}',
        b'{"document":{"doc_id":"a","title":"b","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    ],
)
def test_anything_else_is_damage(stored: bytes) -> None:
    with pytest.raises(IndexDamagedError, match="timtin index --rebuild"):
        decode(stored)
