"""The parts of a document that is a zip, within bounds: what a document may make us hold is decided before it is expanded."""

from __future__ import annotations

import io
import zipfile
import zlib
from posixpath import dirname, join, normpath

from lxml import etree

from indexer.zip_directory import directory_bytes

MAX_PART_BYTES = 16 * 1024 * 1024
"""XML of one part, whose tree takes 14 times as much. 500 pages have 3 to 8 MB; an article may have 2,000,000 characters."""
MAX_XML_BYTES = 24 * 1024 * 1024
"""XML of all parts that are read."""
MAX_TAGS = 1_500_000
"""Tags of one part, which take memory without any text; 12,000 paragraphs of a run for each of their 26 words have 1.3 million."""
MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
"""The directory; this one names some 30,000 pictures."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SAVE = "open it in Word or LibreOffice and save it as .docx"


class OfficeError(Exception):
    """Why a document cannot be read, for a person. `damaged`: what it held before may still be true."""

    def __init__(self, reason: str, *, damaged: bool = True) -> None:
        super().__init__(reason)
        self.damaged = damaged


class Package:
    """An opened document. Raises OfficeError when it is none."""

    def __init__(self, raw: bytes) -> None:
        _refuse_others(raw)
        handle = io.BytesIO(raw)
        if (size := directory_bytes(handle)) > MAX_DIRECTORY_BYTES:
            raise OfficeError(f"its directory has {size:,} bytes; that of a document may have {MAX_DIRECTORY_BYTES:,}")
        try:
            self._zip = zipfile.ZipFile(handle)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:  # the last: a newer form of zip
            raise OfficeError(f"damaged or cut short ({error}): {_SAVE} again") from error
        self._names = {normal(info.filename): info for info in self._zip.infolist()}
        self._left = MAX_XML_BYTES

    def has(self, name: str) -> bool:
        """Whether there is such a part; names of parts do not tell case."""
        return normal(name) in self._names

    def bytes_of(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is none. Raises OfficeError when it is damaged, encrypted or too large."""
        info = self._names.get(normal(name))
        if info is None:
            return None
        if info.flag_bits & 0x1:
            raise OfficeError("encrypted: save it without a password", damaged=False)
        most = min(MAX_PART_BYTES, self._left)
        try:
            with self._zip.open(info) as part:
                raw = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:  # as above
            raise OfficeError(f"damaged at {info.filename!r} ({error}): {_SAVE} again") from error
        if len(raw) > most:
            raise OfficeError(f"{info.filename!r} expands to more than {most:,} bytes, which no article does: split the document")
        self._left -= len(raw)
        return raw

    def tree(self, name: str) -> etree._Element | None:
        """The root element of a part, None when there is none. Raises OfficeError."""
        raw = self.bytes_of(name)
        if raw is None:
            return None
        if (tags := raw.count(b"<")) > MAX_TAGS:
            raise OfficeError(f"{name!r} has {tags:,} tags, more than the {MAX_TAGS:,} that are read: split the document")
        if b"<!DOCTYPE" in (bare := raw.replace(b"\0", b"")) or b"<!ENTITY" in bare:
            raise OfficeError(f"{name!r} defines entities, which no word processor writes: {_SAVE} again")
        try:
            return etree.fromstring(raw, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise OfficeError(f"damaged at {name!r} ({error}): {_SAVE} again") from error

    def related(self, part: str) -> dict[str, str]:
        """Parts that a part refers to ("" for the package): last word of the relationship's type -> name; the first of each."""
        folder, _, file = part.rpartition("/")
        root = self.tree(f"{folder}/_rels/{file}.rels")
        found: dict[str, str] = {}
        for one in root.iter(_RELATED) if root is not None else ():
            if one.get("TargetMode") != "External" and (target := one.get("Target")):
                kind = (one.get("Type") or "").rpartition("/")[2]
                found.setdefault(kind, target if target.startswith("/") else join(dirname(part), target))
        return found


def normal(name: str) -> str:
    """A name of a part as names are compared."""
    return normpath("/" + name.replace("\\", "/")).lower().lstrip("/")


def _parser() -> etree.XMLParser:
    """Nothing is fetched, no entity is expanded, and depth and lengths keep libxml2's own bounds."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)


def _refuse_others(raw: bytes) -> None:
    """Raises OfficeError for what is another kind of file under this name."""
    if raw.startswith(_OLD):
        if _ENCRYPTED_STREAM in raw:
            raise OfficeError("encrypted: save it without a password", damaged=False)
        raise OfficeError(f"a document of an old office program (.doc) under another name: {_SAVE}", damaged=False)
    if raw.startswith(b"{\\rtf"):
        raise OfficeError(f"RTF under another name: {_SAVE}", damaged=False)
    if not raw.startswith(b"PK"):
        raise OfficeError(f"neither a .docx nor an .odt: {_SAVE}")
