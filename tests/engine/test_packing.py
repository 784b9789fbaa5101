"""Stored values are packed with a dictionary of the index: nothing is lost, little is kept, damage is found and told."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from engine import codes as text_codes
from engine import tantivy_packing
from engine.check import check
from engine.errors import IndexDamagedError
from engine.index import Index, remove
from engine.model import SearchRequest
from engine.options import EngineOptions
from engine.search import Searcher
from engine.tantivy_packing import Dictionary, Packer, Packing
from engine.tantivy_wording import Wording
from tests.engine import faults

WORDS = ("xã", "huyện", "đường", "trường", "nước", "lúa", "mưa", "họp", "bàn", "thu", "chi", "dân", "việc", "làm", "mới", "ruộng", "thôn")
FEW = 40
"""Articles that a dictionary is learnt from in these tests."""


def article(number: int) -> tuple[bytes, bytes]:
    chance = random.Random(number)
    words = chance.choices(WORDS, k=120)
    return f'{{"document":{{"doc_id":"d{number}","body":"{" ".join(words)}"}}}}'.encode(), text_codes.encode([words[:5], [], words[5:]])


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tantivy_packing, "LEARN_FROM", FEW)


def test_values_of_before_and_after_the_dictionary_come_back_as_they_were(tmp_path: Path) -> None:
    packer = Packer(Packing(tmp_path), [])
    articles = [article(number) for number in range(2 * FEW)]
    packed = [*packer.pack(articles[:2]), *packer.pack([]), *packer.pack(articles[2:])]
    assert [document[0] for document, _ in packed] == [0] * (FEW - 1) + [1] * (FEW + 1)
    fresh = Packing(tmp_path)
    assert [(fresh.document(document, codes), fresh.codes(codes)) for document, codes in packed] == articles
    before, after = (sum(map(len, one)) for one in (packed[0], packed[-1]))
    assert after < 0.8 * before


@pytest.mark.parametrize("which", [slice(None), slice(FEW, None), slice(0, 2), slice(0)])
def test_the_texts_of_many_articles_are_those_of_each(which: slice, tmp_path: Path) -> None:
    packer = Packer(Packing(tmp_path), [])
    packed = [codes for _, codes in packer.pack([*map(article, range(2 * FEW))])][which]
    every = Packing(tmp_path)
    titles, lengths, codes = every.texts(packed)
    each = [text_codes.decode(every.codes(one)) for one in packed]
    assert [(title, len(text)) for title, text in each] == [*zip(titles, lengths, strict=True)]
    assert [number for _, text in each for number in text.tolist()] == codes.tolist()


def test_the_same_articles_make_the_same_dictionary_however_many_come_at_once(tmp_path: Path) -> None:
    for name, at in (("one", 1), ("other", 7)):
        (tmp_path / name).mkdir()
        packer = Packer(Packing(tmp_path / name), [])
        for number in range(0, FEW + at, at):
            packer.pack([article(one) for one in range(number, number + at)])
    one, other = (next((tmp_path / name).iterdir()).read_bytes() for name in ("one", "other"))
    assert one == other


def test_a_later_writer_learns_from_what_the_index_holds(tmp_path: Path) -> None:
    packer = Packer(Packing(tmp_path), [article(number) for number in range(FEW - 1)])
    assert packer.pack([article(FEW)])[0][0][0] == 1
    assert Packer(Packing(tmp_path), [])._dictionary is not None


def test_articles_all_alike_are_learnt_from_too(tmp_path: Path) -> None:
    packer = Packer(Packing(tmp_path), [])
    packed = packer.pack([(b"{}", b"")] * (FEW + 1))[-1]
    assert packed[0][0] == 1
    assert Packing(tmp_path).document(*packed) == b"{}"
    assert text_codes.decode(Packing(tmp_path).codes(packed[1]))[1].size == 0


@pytest.mark.parametrize("rare", [[], [7, 8]])
def test_codes_that_were_cut_off_are_found(rare: list[int]) -> None:
    known = Dictionary(1, bytes(8), bytes(8), np.array([3], "<u4").tobytes())
    (whole,) = known.ranked([np.array([1, 3, 99, 3], "<u4").tobytes()])
    with pytest.raises(ValueError, match="cut off"):
        known.texts([whole[:-4] + np.array(rare, "<u4").tobytes()])


def test_a_frame_that_tells_a_wrong_size_is_damage(tmp_path: Path) -> None:
    packing = Packing(tmp_path)
    packer = Packer(packing, [article(number) for number in range(FEW)])
    whole, codes = packer.pack([article(1)])[0]
    document = bytearray(whole)
    document[9:13] = b"\xc0\xff\xff\xff"  # a frame of four thousand million bytes
    with pytest.raises(IndexDamagedError, match="timtin index --rebuild"):
        packing.document(bytes(document), codes)


@given(title=st.integers(0, text_codes.MOST), codes=st.lists(st.integers(0, (1 << 32) - 1) | st.sampled_from([1, 2, 3]), max_size=40))
def test_any_codes_are_ranked_and_back(title: int, codes: list[int]) -> None:
    known = Dictionary(1, bytes(8), bytes(8), np.array([3, 1, (1 << 32) - 1], "<u4").tobytes())
    written = np.array([title, *codes], "<u4").tobytes()
    assert [*map(known.unranked, known.ranked([written, b"", written]))] == [written, bytes(4), written]


@given(
    title=st.text(max_size=20) | st.just('"body":"'),
    body=st.text() | st.text('\\"a\n \x00', max_size=30) | st.just('x"body":"y' * 3),
    ranks=st.lists(st.integers(0, 3), max_size=30),
)
def test_any_text_is_packed_by_any_ranks_and_back(title: str, body: str, ranks: list[int]) -> None:
    wording = Wording("Xã\nhuyện\nhọp".encode())
    document = msgspec.json.encode({"document": {"doc_id": "d", "title": title, "body": body}, "terms": ["body"]})
    numbers = np.array(ranks, np.uint16)
    (packed,) = wording.packed([document], [numbers], zstandard.ZstdCompressor())
    assert wording.unpacked(packed, lambda: numbers, zstandard.ZstdDecompressor()) == document


def test_a_text_takes_little_beside_its_codes(tmp_path: Path) -> None:
    packer = Packer(Packing(tmp_path), [article(number) for number in range(FEW)])
    document, codes = article(FEW)
    assert len(packer.pack([(document, codes)])[0][0]) < 0.1 * len(document)
    assert len(packer.pack([(document, text_codes.encode([[], [], []]))])[0][0]) > 0.2 * len(document)


@pytest.mark.parametrize("length", [3 << 15, 1 << 20])
def test_what_is_too_long_to_be_parted_stays_whole(tmp_path: Path, length: int) -> None:
    packer = Packer(packing := Packing(tmp_path), [article(number) for number in range(FEW)])
    noise = random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length)
    for document in (b'{"document":{"url":"%b","body":"a"}}', b'{"document":{"body":"a"},"terms":"%b"}', b'{"document":{"body":"%b"}}'):
        whole = document % "".join(noise).encode()
        assert packing.document(*packer.pack([(whole, article(1)[1])])[0]) == whole


def test_damaged_codes_are_told_of_the_document_too(tmp_path: Path) -> None:
    packer = Packer(packing := Packing(tmp_path), [article(number) for number in range(FEW)])
    document, codes = packer.pack([article(1)])[0]
    for wrong in (codes[:9], codes[:1], document, b"\1" + bytes(40)):
        with pytest.raises(IndexDamagedError, match="timtin index --rebuild"):
            packing.document(document, wrong)


def test_threads_unpack_at_once(tmp_path: Path) -> None:
    packing = Packing(tmp_path)
    packer = Packer(packing, [article(number) for number in range(FEW)])
    articles = [article(number) for number in range(FEW)]
    packed = packer.pack(articles)
    wrong: list[int] = []

    def read() -> None:
        for _ in range(20):
            wrong.extend(at for at, one in enumerate(packed) if packing.document(*one) != articles[at][0])

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """An index of 60 articles, those from the fortieth on packed with its dictionary."""
    return faults.sealed_index(tmp_path / "i", "tantivy")


def test_an_index_built_anew_is_read_with_its_own_dictionary(index: Index, analyzer: ArticleAnalyzer) -> None:
    reader = Searcher(Index.open(index.directory, analyzer))
    request = SearchRequest("huyện họp", limit=50)
    before = [hit.document for hit in reader.search(request).hits]
    remove(index.directory)
    texts = faults.Shared.get()[1]
    other = [faults.numbered(texts[-1 - number % len(texts)], f"other-{number}") for number in range(2 * FEW)]
    with Index.create(index.directory, analyzer).writer() as writer:
        for document in other:
            writer.add(document)
    found = [hit.document for hit in reader.search(request).hits]
    assert {document.doc_id for document in found}.isdisjoint({document.doc_id for document in before})


@pytest.mark.parametrize("damage", ["missing", "flipped", "cut"])
def test_a_damaged_dictionary_is_found_and_told(index: Index, analyzer: ArticleAnalyzer, damage: str) -> None:
    path = index.directory / "engine" / "packing-1.dictionary"
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(whole[:-9] if damage == "cut" else bytes([whole[0] ^ 1]) + whole[1:])
    with pytest.raises(IndexDamagedError, match=rf"{path.name}.*timtin index --rebuild"):
        Index.open(index.directory, analyzer)
    assert any(path.name in problem for problem in check(index.directory, analyzer, EngineOptions()).problems)
    # While a writer is at work nothing is sealed: then the dictionary is known by its own checksum.
    with pytest.raises(IndexDamagedError, match=rf"{path.name}.*timtin index --rebuild"):
        Packing(path.parent).document(b"\1", b"\1")


def test_a_dictionary_of_a_writer_that_was_cut_off_is_used_by_the_next(
    index: Index, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = index.directory / "engine" / "packing-1.dictionary"
    learnt = path.read_bytes()
    _, documents = faults.Shared.get()
    with suppress(KeyboardInterrupt), index.writer() as writer:
        writer.add(documents[0])
        raise KeyboardInterrupt
    with index.writer() as writer:
        writer.add(faults.numbered(documents[0], "new"))
    assert path.read_bytes() == learnt
    found = Searcher(Index.open(index.directory, analyzer))
    for doc_id in ("d000000", "d000059", "new"):
        stored = found.get(doc_id)
        assert stored is not None
        assert stored.document.title.startswith("Tin số")
