"""From an extracted article to the document that is stored, with an id that stays the same."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from unicodedata import is_normalized

from analyzers.keys import bare
from analyzers.text import nfc
from engine.model import Document
from engine.web_addresses import canonical, host_of, id_of, short_digest
from indexer.addresses import is_home
from indexer.model import Article

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Controls, and halves of characters, which no encoding can write."""
_SPACES = re.compile(r"[\t\u00a0][ \t\u00a0]*| [ \t\u00a0]+")
"""White space that is not one space, which is most of it."""
_FIELDS = attrgetter(*(field.name for field in fields(Document)))
_STREAMED = ("-#", "-!")
_WALKS = re.compile(r"(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\]|$)", re.IGNORECASE)
"""A part of an address that browsers and servers take for this folder or the one above."""
_SUFFIX = re.compile(
    r"\.(x?html?|shtml|txt|md|markdown|jsonl?|ndjson|[ct]sv|warc|xml|rss|atom|docx|docm|odt)(\.gz|\.xz|\.bz2|\.zst)?(?=#|$)", re.IGNORECASE
)
_DIGEST_BYTES = 10
"""Each is kept three times an article; that two of a million texts share one has a chance of 1 to 2 millions of millions."""
MAX_ID_CHARS = 300
MAX_LABEL_CHARS = 500
"""What is longer names no source, author or category; engines drop facet values of 65 kB and more."""
MAX_TEXT_CHARS = 2_000_000
"""An article longer than this is rejected: analysing one takes about 140 bytes of memory and 4 µs a character."""


def document(article: Article, path: str, given_id: str | None = None) -> Document:
    """Make the stored document of an article read from `path`."""
    url = clean_line(article.url or "") or None
    title, lead = clean_line(article.title), clean_line(article.lead)
    body = "\n".join(article.body if article.sound else [text for paragraph in article.body if (text := clean(paragraph))])
    return Document(
        doc_id=_doc_id(given_id, url, path, (title, lead, body)),
        title=title,
        lead=lead,
        body=body,
        url=url,
        source=_label(article.source) or (host_of(url) if url else None),
        author=_label(article.author),
        category=_label(article.category),
        published=article.published,
        encoding=article.encoding,
        rules=article.rules,
    )


def characters(item: Document) -> int:
    """Code points of text that are analysed."""
    return len(item.title) + len(item.lead) + len(item.body)


def clean(text: str) -> str:
    """NFC without control characters; line breaks inside are kept."""
    return text.strip() if _is_clean(text) else _SPACES.sub(" ", nfc(_CONTROL.sub("", text))).strip()


def clean_line(text: str) -> str:
    """The same on one line."""
    return text.strip() if _is_clean(text) else " ".join(clean(text).split())


def _is_clean(text: str) -> bool:
    """Whether cleaning would only strip, as nearly always. Of white space only the plain space is printable."""
    return not text or (text.isprintable() and "  " not in text and is_normalized("NFC", text))


def digest(item: Document) -> bytes:
    """Changes when anything that is stored changes."""
    return blake2b("\0".join(map(str, _FIELDS(item))).encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()


def text_digest(item: Document) -> bytes:
    """Equal for articles with the same title and text, whoever published them and whatever lead a desk put before it."""
    words = f"{item.title} {item.body or item.lead}".lower().replace("\n", " ")  # spaces are single ones already
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()


def _label(text: str | None) -> str | None:
    """Few values come again and again, and are remembered; long ones are no such values, and would stay."""
    if not text:
        return None
    return _remembered_cut(text) if len(text) <= MAX_LABEL_CHARS else _cut(text)


def _cut(text: str) -> str | None:
    return clean_line(text)[:MAX_LABEL_CHARS].rstrip() or None


_remembered_cut = lru_cache(maxsize=4096)(_cut)


def _doc_id(given: str | None, url: str | None, path: str, texts: tuple[str, ...]) -> str:
    """The source's own id; else the address; else the file's name and a digest of where it lies, or of a streamed text.

    An id is part of an address, in which ``..`` means the folder above: one that would walk about is replaced by a digest of it.
    """
    if given and (cleaned := clean_line(given)):
        if _WALKS.search(cleaned):
            return short_digest(cleaned)
        return cleaned if len(cleaned) <= MAX_ID_CHARS else cleaned[: MAX_ID_CHARS - 17] + "-" + short_digest(cleaned)
    if url and _names_a_page(url):
        return id_of_address(url)
    if path == "-" or path.startswith(_STREAMED):  # the third line of another stream is another article
        return short_digest("\n".join(texts))
    name = path.rsplit("/", 1)[-1]
    stem = _SUFFIX.sub("", name)
    slug = "-".join(bare(word) for word in re.findall(r"[^\W_]+", stem))[:60]
    return f"{slug}-{short_digest(path)[:12]}" if slug else short_digest(path)


def _names_a_page(url: str) -> bool:
    """Whether an address is more than its site's: many systems state their home (``/``, ``/Default.aspx``) as the address of every page."""
    address = canonical(clean_line(url))
    host, slash, path = address.removeprefix("//").partition("/")
    return not address.startswith("//") or "?" in address or not (host and is_home(slash + path))


def id_of_address(url: str) -> str:
    """The id of an article whose source gave it none."""
    return id_of(canonical(clean_line(url)))
