"""Page bytes to NFC text, and the name of the rule that decided.

Order: byte order mark, UTF-16 and UTF-32 by their zeros, strict UTF-8 whatever the page declares, the encoding its server named, the one it
declares, windows-1258 (the Vietnamese code page that old offices export). Then repairs: UTF-8 that was encoded twice, Ð for Đ, ƣ for ư,
soft hyphens and invisible controls. The bytes themselves are never modified.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from analyzers.encodings import repair as old_encodings
from analyzers.text import nfc

LOOKED_AT = 20_000
"""Bytes in which an old font's encoding is looked for."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,30})""", re.IGNORECASE
)
_HEAD_BYTES = 8192
_ALIASES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "windows-1258": "cp1258",
    "x-sjis": "cp932",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
}


_NO_PAGE = frozenset(("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"))
"""Codecs of Python that no page is written in; some fail in ways of their own."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` is NFC. `encoding` is a Python codec name; `rules` name what was done, in order."""

    text: str
    encoding: str
    rules: tuple[str, ...]


MAX_BYTES = 16_000_000
"""Bytes of a page that are read: four times the code points the guard lets through."""


def decode(raw: bytes, charset: str | None = None) -> Decoded:
    """Decode any bytes; never raises. Undecodable bytes become U+FFFD, noted as ``decode:replaced``. `charset`: what the server named."""
    text, encoding, rules = _decoded(raw[:MAX_BYTES], charset)
    repaired, more = repair(text)
    return Decoded(repaired, encoding, (*rules, *more))


def _decoded(raw: bytes, charset: str | None) -> tuple[str, str, tuple[str, ...]]:
    for bom, codec in MARKS:
        if raw.startswith(bom):
            return raw.decode(codec, "replace"), codec.removesuffix("-sig"), ("decode:bom",)
    if b"\0" in raw[:2000] and (wide := utf32(raw[:2000]) or _utf16(raw)):
        return raw.decode(wide, "replace"), wide, (f"decode:{wide[:6]}",)
    try:
        return raw.decode("utf-8"), "utf-8", ("decode:utf-8",)
    except UnicodeDecodeError as error:
        if _cut_at_end(raw, error):
            return raw[: error.start].decode("utf-8"), "utf-8", ("decode:utf-8", "decode:cut")
    return _single_byte(raw, charset)


def _cut_at_end(raw: bytes, error: UnicodeDecodeError) -> bool:
    """Whether the only fault is a character cut in two by the end of the bytes."""
    return error.reason == "unexpected end of data" and error.end >= len(raw) - 3


def _single_byte(raw: bytes, charset: str | None) -> tuple[str, str, tuple[str, ...]]:
    if _mostly_utf8(raw):
        return raw.decode("utf-8", "replace"), "utf-8", ("decode:utf-8", "decode:replaced")
    for rule, named in (("server", codec(charset or "")), ("declared", declared_encoding(raw))):
        if named not in (None, "utf-8", "cp1252"):
            try:
                return raw.decode(str(named)), str(named), (f"decode:{rule} {named}",)
            except UnicodeDecodeError:
                pass
    if _in_old_font(raw):
        return raw.decode("cp1252", "replace"), "cp1252", ("decode:old font",)
    return raw.decode("cp1258", "replace"), "cp1258", ("decode:cp1258",)


def _in_old_font(raw: bytes) -> bool:
    """Whether bytes that are no UTF-8 are a text in TCVN3 or VNI: it is then read byte for byte, and put right line by line."""
    found = old_encodings(raw[:LOOKED_AT].decode("cp1252", "replace")).encoding or ""
    return not {"tcvn3", "vni"}.isdisjoint(found.split("+"))


def declared_encoding(raw: bytes) -> str | None:
    """Python codec name of the page's declaration, or None when there is none that Python knows."""
    match = _DECLARED.search(raw[:_HEAD_BYTES])
    if not match:
        return None
    return codec((match[1] or match[2]).decode("ascii"))


def codec(name: str) -> str | None:
    """Python codec name of what a page or a server calls an encoding; None when Python knows none."""
    try:
        found = codecs.lookup(_ALIASES.get(name.lower(), name))
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) and found.name not in _NO_PAGE else None


def _mostly_utf8(raw: bytes) -> bool:
    """Whether damage is rare: at most one bad sequence to fifty good multi-byte ones (cut or mutated UTF-8)."""
    sample = raw[:200_000]
    bad = sample.decode("utf-8", "replace").count("\ufffd")
    good = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", sample))
    return good >= 50 * bad


def utf32(sample: bytes) -> str:
    """The codec of UTF-32 without a mark, which has two zeros in every four bytes for every letter in use; "" for anything else."""
    if len(sample) < 16:
        return ""
    first, second, third, fourth = (bool(sample[at::4].strip(b"\0")) for at in range(4))
    if not (third or fourth) and first:
        return "utf-32-le"
    return "utf-32-be" if not (first or second) and fourth else ""


def _utf16(raw: bytes) -> str:
    """The codec of UTF-16 without a mark, whose zeros stand in every second place; "" for anything else."""
    sample = raw[:2000]
    zeros = {"utf-16-le": sample[1::2].count(0), "utf-16-be": sample[0::2].count(0)}
    most, least = sorted(zeros, key=lambda name: -zeros[name])
    return most if len(sample) >= 16 and zeros[most] > len(sample) // 5 and zeros[least] <= len(sample) // 50 else ""


# UTF-8 read as latin-1 or cp1252 and saved again: Ã, Ä, Æ, á» and áº followed by another non-ASCII character.
_TWICE = re.compile(r"(?:Ã|Ä|Æ|Â|á»|áº|â€)[\u0080-\u00ff\u0152-\u2122]")
_TWICE_MARKS = ("á»", "áº", "Ã", "Ä‘", "Ä\x91", "Æ°")
_ICELANDIC = re.compile(r"[ðþÞ]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]")
_STACKED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{8})[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""Marks piled on one letter beyond eight: normalising them is quadratic, and no writing uses them."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """Text with double encoding undone, and the rules that fired. Letters and old fonts are put right later, line by line."""
    rules: list[str] = []
    if not text.isascii():
        once = _undouble(text) if any(mark in text for mark in _TWICE_MARKS) else None
        if once is not None:
            text, rules = once, ["repair:double-utf8"]
        rules += [rule for letter, rule in (("Ð", "repair:eth"), ("ƣ", "repair:gha")) if letter in text]
    if "\x00" in text:
        text = text.replace("\x00", " ")
    return text, tuple(rules)


def _undouble(text: str) -> str | None:
    """Text with one layer of UTF-8 removed, when the pattern is dense and the round trip succeeds."""
    if len(_TWICE.findall(text[:100_000])) < max(3, len(text[:100_000]) // 2000):
        return None
    for codec in ("latin-1", "cp1252"):
        try:
            return text.encode(codec).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return _undouble_runs(text)


_RUN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{2,}"
)


def _undouble_runs(text: str) -> str | None:
    """The same where only parts of a page were encoded twice: each run of such letters that survives the round trip."""

    def undo(match: re.Match[str]) -> str:
        for codec in ("latin-1", "cp1252"):
            try:
                return match[0].encode(codec).decode("utf-8")
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
        return match[0]

    repaired = _RUN.sub(undo, text)
    # A no-break space is the second half of à: white-space folding made it a plain one.
    return repaired.replace("Ã ", "à") if repaired != text else None


def settle(text: str) -> str:
    """NFC without invisible or control characters; Ð (eth) is Đ and ƣ (gha) is ư unless the text is Icelandic. Idempotent."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
        if not text.isprintable():
            text = _CONTROL.sub(" ", text)
    if not unicodedata.is_normalized("NFC", text):
        text = nfc(_STACKED.sub(r"\1", text))
    if "ƣ" in text or "Ƣ" in text:
        text = nfc(text.replace("ƣ", "ư").replace("Ƣ", "Ư"))
    if "Ð" in text and not _ICELANDIC.search(text):
        text = text.replace("Ð", "Đ")
    return text
