"""Forms of input: what a file's name says about its content and about how it is packed."""

from __future__ import annotations

from dataclasses import dataclass

PACKINGS = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}
"""Suffix -> how the bytes are packed."""
_SHORT = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".tbz": ".tar.bz2", ".txz": ".tar.xz", ".tzst": ".tar.zst"}
SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".txt": "text", ".md": "markdown", ".markdown": "markdown",
    ".json": "json", ".jsonl": "ndjson", ".ndjson": "ndjson", ".csv": "csv", ".tsv": "tsv", ".warc": "warc",
    ".xml": "xml", ".rss": "xml", ".atom": "xml", ".zip": "zip", ".tar": "tar", ".docx": "office", ".docm": "office", ".odt": "office",
}  # fmt: skip
"""Suffix -> kind. A kind is the name of a reader."""
FORMATS = {
    "html": "html", "txt": "text", "md": "markdown", "json": "json", "ndjson": "ndjson", "csv": "csv", "tsv": "tsv", "warc": "warc",
    "feed": "xml", "sitemap": "xml", "zip": "zip", "tar": "tar", "docx": "office", "odt": "office",
}  # fmt: skip
"""Value of ``--format`` -> kind."""
PAGES = frozenset(("html", "text", "markdown", "office"))
ARCHIVES = frozenset(("zip", "tar"))
DUMPS = (".sql", ".dump", ".bson", ".sqlite", ".sqlite3", ".mdb", ".accdb", ".ibd", ".myd", ".bak")
DUMP = "a database dump; export its articles as NDJSON or CSV, one article a row"
_MAGIC_DUMPS = (b"PGDMP", b"SQLite format 3\0", b"-- MySQL dump", b"-- MariaDB dump", b"-- PostgreSQL database dump", b"-- phpMyAdmin SQL")


@dataclass(frozen=True, slots=True)
class Form:
    """`kind` is a value of SUFFIXES, `packing` one of PACKINGS or "". `named` says that the name alone tells the kind of a page."""

    kind: str
    packing: str = ""
    named: bool = True


def form_of(name: str) -> Form | None:
    """Form of a file called so, or None when the name tells nothing."""
    lowered = name.lower()
    for short, long in _SHORT.items():
        if lowered.endswith(short):
            lowered = lowered.removesuffix(short) + long
    packed = next((suffix for suffix in PACKINGS if lowered.endswith(suffix)), "")
    inner = lowered.removesuffix(packed) if packed else lowered
    kind = next((kind for suffix, kind in SUFFIXES.items() if inner.endswith(suffix)), None)
    if kind is None or (kind == "zip" and packed):
        return None
    return Form(kind, PACKINGS.get(packed, ""), named=not packed)


def forced(name: str, format_name: str) -> Form:
    """Form of a file whose format was given; its name still says whether it is packed."""
    packed = next((suffix for suffix in PACKINGS if name.lower().endswith(suffix)), "")
    found = form_of(name)
    kind = FORMATS[format_name]
    packing = found.packing if found is not None else PACKINGS.get(packed, "")
    return Form(kind, "" if kind == "zip" else packing, named=found is not None and found.kind == kind and not packing)


def is_dump(name: str) -> bool:
    """Whether a name is that of a database dump, packed or not."""
    lowered = name.lower()
    for suffix in PACKINGS:
        lowered = lowered.removesuffix(suffix)
    return lowered.endswith(DUMPS)


def looks_like_dump(head: bytes) -> bool:
    """Whether content begins as database dumps do."""
    return head.lstrip().startswith(_MAGIC_DUMPS)


def known() -> str:
    """The suffixes, for a message."""
    return f"{' '.join(SUFFIXES)}, all but .zip also {' '.join(PACKINGS)}"
