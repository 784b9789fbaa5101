"""Documents that cannot be read: each is refused by name with what to do, none raises, ends a run or loses what was indexed."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import IO

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from indexer.extract import extract
from indexer.extract.office import package
from indexer.extract.office.package import OfficeError, Package
from indexer.model import UNREADABLE, Article, Page, Rejected
from indexer.run import Options, index_paths
from indexer.workers.hand import Hand
from tests.indexer.inputs import outline, write, zipped
from tests.indexer.office import docx, odt, p, packed, part, related, run
from tests.indexer.test_run import counts, record, titles

HEADLINE, TEXT = "Xã Hòa Tiến khánh thành cầu treo qua suối", "Cầu có vốn 2,4 tỷ đồng, do Ban quản lý dự án huyện làm chủ đầu tư."
GOOD = docx(p(HEADLINE) + p(TEXT))
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOCKED = OLD + "EncryptedPackage".encode("utf-16-le")
ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
SAVE = "open it in Word or LibreOffice and save it as .docx"


def refused(raw: bytes, name: str = "bai.docx") -> Rejected:
    found = extract(Page(name, raw))
    assert isinstance(found, Rejected)
    assert found.path == name
    return found


def with_document(document: str | bytes) -> bytes:
    return docx("", parts={"word/document.xml": document})


def encrypted() -> bytes:
    """A zip whose members are said to be encrypted."""
    raw = bytearray(packed({"word/document.xml": part("document", "")}))
    raw[6] |= 1
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (OLD, f"a document of an old office program (.doc) under another name: {SAVE}"),
        (LOCKED, "encrypted: save it without a password"),
        (encrypted(), "encrypted: save it without a password"),
        (odt("", parts={"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}), "encrypted: save it without a password"),
        (b"{\\rtf1 Tin}", f"RTF under another name: {SAVE}"),
        (b"<html><p>Tin</p></html>", f"neither a .docx nor an .odt: {SAVE}"),
        (packed({"a.html": "<p>Tin</p>"}), "a zip, but no document of a word processor: if it is an archive of articles, call it .zip"),
        (packed({"_rels/.rels": related({"officeDocument": "xl/workbook.xml"}), "xl/workbook.xml": "<workbook/>"}),
         "not a document of Word but a spreadsheet; save it as .csv"),
        (packed({"_rels/.rels": related({"officeDocument": "ppt/presentation.xml"}), "ppt/presentation.xml": "<presentation/>"}),
         "not a document of Word but a presentation; save its text as .docx"),
        (odt("", parts={"content.xml": "<document-content><body><spreadsheet/></body></document-content>"}),
         "not a text document of OpenDocument; save its text as .odt or .txt"),
        (docx(""), "no text found"),
        (docx(p("")), "no text found"),
        (docx(p(HEADLINE, "Tiu")), "no text found beside the title"),
        (docx("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"), "no text in it, only pictures: it may be a scan"),
        (docx('<w:altChunk r:id="a"/>'), "its text is embedded in another format: open it in Word and save it as .docx again"),
        (b"", "empty file"),
    ],
)  # fmt: skip
def test_what_is_no_document_says_what_it_is_and_what_to_do(raw: bytes, reason: str) -> None:
    assert reason in refused(raw).reason


@pytest.mark.parametrize("size", [40, 300, len(GOOD) // 2, len(GOOD) - 30])
def test_a_document_that_was_cut_short_is_damaged(size: int) -> None:
    found = refused(GOOD[:size])
    assert (found.outcome, f"{SAVE} again" in found.reason) == (UNREADABLE, True)


@pytest.mark.parametrize("xml", ["", "<w:document", part("document", "<w:body><w:p>") + "x", "\x00\x01", "<a>" * 5000])
def test_a_part_that_is_no_xml_is_damage(xml: str) -> None:
    found = refused(with_document(xml))
    assert found.outcome == UNREADABLE
    assert found.reason.startswith("damaged at 'word/document.xml'")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded(encoding: str) -> None:
    """No word processor writes any."""
    xml = f"{ENTITIES}<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    assert "defines entities" in refused(with_document(xml.encode(encoding))).reason


def test_a_part_that_expands_too_far_is_not_expanded() -> None:
    """A few kilobytes of zip may hold gigabytes; what is read of them is bounded before it is held."""
    bomb = with_document(part("document", f"<w:body>{p(HEADLINE)}{' ' * (package.MAX_PART_BYTES)}</w:body>"))
    assert len(bomb) < 100_000
    assert "'word/document.xml' expands to more than 16,777,216 bytes, which no article does: split the document" in refused(bomb).reason


def test_a_part_of_nothing_but_tags_is_not_taken_apart() -> None:
    """They take memory without any text."""
    found = refused(docx("<w:p/>" * (package.MAX_TAGS + 1)))
    assert "tags, more than the 1,500,000 that are read: split the document" in found.reason


def test_all_parts_together_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_XML_BYTES", len(part("document", "")) + 2_000)
    opened = Package(docx("", parts={"a.xml": "x" * 1_500, "b.xml": "x" * 1_500}))
    assert opened.bytes_of("a.xml") is not None
    with pytest.raises(OfficeError, match="expands to more than"):
        opened.bytes_of("b.xml")


def test_a_directory_of_millions_is_not_held() -> None:
    """It would take gigabytes before the first part is read."""
    raw = bytearray(GOOD)
    at = raw.rindex(b"PK\x05\x06") + 12
    raw[at : at + 4] = (50_000_000).to_bytes(4, "little")
    assert "its directory has 50,000,000 bytes" in refused(bytes(raw)).reason


def test_pictures_and_macros_are_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever they hold or expand to; a document with macros is read like any other, and nothing in it is run."""
    raw = docx(p(HEADLINE) + p(TEXT), parts={"word/vbaProject.bin": b"x", "word/media/1.png": b"x"})
    read: list[str] = []
    opened = zipfile.ZipFile.open

    def noted(self: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
        read.append(info.filename)
        return opened(self, info)

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    found = extract(Page("bai.docm", raw))
    assert isinstance(found, Article)
    assert found.body == (TEXT,)
    assert "word/document.xml" in read
    assert not {"word/vbaProject.bin", "word/media/1.png"} & set(read)


def test_other_parts_may_be_missing_or_damaged() -> None:
    """Properties, notes: no reason to lose the text."""
    found = extract(
        Page("a.docx", docx(p(HEADLINE) + p(run(TEXT) + '<w:r><w:footnoteReference w:id="7"/></w:r>'), parts={"docProps/core.xml": "<"}))
    )
    assert isinstance(found, Article)
    assert found.body == (TEXT,)


def test_styles_in_a_circle_end() -> None:
    styles = "".join(f'<w:style w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>' for one, other in ("ab", "ba", "cc"))
    found = extract(Page("a.docx", docx(p(HEADLINE, "a") + p(TEXT, "c"), styles=styles)))
    assert isinstance(found, Article)


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_raises(seed: int) -> None:
    """Property: bytes of a document changed at random give an article or a refusal."""
    chance = random.Random(seed)
    raw = bytearray(
        docx(p(HEADLINE) + p(TEXT), created="2022-09-15T02:00:00Z")
        if seed % 2
        else odt(f"<text:p>{HEADLINE}</text:p><text:p>{TEXT}</text:p>")
    )
    for _ in range(chance.randint(1, 8)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    assert isinstance(extract(Page("a.docx", bytes(raw))), Article | Rejected)


# --- in runs ---


@pytest.fixture
def index(tmp_path: Path, analyzer: ArticleAnalyzer) -> Index:
    return Index.create(tmp_path / "index", analyzer, "memory")


def test_a_document_that_takes_too_much_is_not_read_as_plain_text(analyzer: ArticleAnalyzer) -> None:
    """Its bytes would be an article of nonsense."""
    (found,) = Hand(analyzer).prepare(1, [Page("a.docx", GOOD)], {0: "takes more processor time than it may"})
    assert found == Rejected("a.docx", "takes more processor time than it may: split it into its articles, or save it as .txt", UNREADABLE)


def test_documents_lie_among_other_inputs_and_in_archives(index: Index, tmp_path: Path) -> None:
    """One that is no document does not stop the others; what is not read is counted."""
    for name, content in {
        "tin/a.docx": GOOD, "tin/b.docx": OLD, "tin/c.ndjson": record("c", "ba"), "tin/d.doc": OLD,
        "tin/e.zip": zipped({"x/bon.docx": docx(p("Chợ phiên vùng cao đông khách") + p(TEXT)), "x/hong.docx": b"PK", "anh.png": "x"}),
        "tin/f.odt": odt("<text:p>Lớp học xóa mù chữ</text:p><text:p>Hai mươi lăm người dân học.</text:p>"),
    }.items():  # fmt: skip
        write(tmp_path / name, content)
    report = index_paths(index, [str(tmp_path / "tin")], Options(workers=2))
    assert (counts(report), report.unread) == ({"added": 4, "rejected": 2}, 1)
    assert titles(index)[HEADLINE] == 1
    assert titles(index)["Chợ phiên vùng cao đông khách"] == 1
    assert counts(index_paths(index, [str(tmp_path / "tin")])) == {"unchanged": 4, "rejected": 2}


def test_a_document_that_changes_is_read_again_and_a_damaged_one_keeps_its_article(index: Index, tmp_path: Path) -> None:
    file = write(tmp_path / "a.docx", GOOD)
    index_paths(index, [str(file)])
    write(file, docx(p(HEADLINE) + p("Cầu có vốn 3 tỷ đồng.")))
    assert counts(index_paths(index, [str(file)])) == {"updated": 1}
    write(file, GOOD[:-40])
    assert counts(index_paths(index, [str(file)])) == {"rejected": 1}
    assert titles(index) == {HEADLINE: 1}


def test_a_document_called_zip_says_what_to_call_it(tmp_path: Path) -> None:
    assert outline(write(tmp_path / "a.zip", GOOD)) == [" a document of Word called .zip: call it .docx"]
    assert outline(write(tmp_path / "b.zip", zipped({"a.docx": GOOD}))) == ["!/a.docx page"]
