"""Addresses of articles on the web, in one writing. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_PLAIN_ADDRESS = re.compile(
    r"https?://(?:www\.)?+([a-z0-9][a-z0-9.-]*)((?:/[\w.~%:@!$&'()*+,;=/-]*)?)(\?[\w.~%:@!$&'()*+,;=/?-]+)?", re.ASCII
).fullmatch
"""Addresses as nearly all are, which need no parser: host, path, query."""
_PORT = re.compile(r":(?:80|443)?$")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|mc_[ce]id|igshid|_ga|ref_?src|gidzl|zalo\w*", re.IGNORECASE)
"""Parameters that tell where a reader came from, added by those who pass a link on."""


def canonical(url: str) -> str:
    """An address without what does not name the article: scheme and its port, user, ``www.``, fragment, trailing slash."""
    if plain := _PLAIN_ADDRESS(url):
        return f"//{plain[1]}{plain[2].rstrip('/')}{plain[3] or ''}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = _PORT.sub("", parts.netloc.rpartition("@")[2].lower()).removeprefix("www.")
    return urlunsplit(("", host, parts.path.rstrip("/"), parts.query, "")) if host else url


@lru_cache(maxsize=512)
def untracked(address: str) -> str:
    """A canonical address without parameters that track readers, its letters as they read."""
    path, mark, query = address.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(name)] if mark else []
    return unquote(path).rstrip("/") + (f"?{urlencode(kept)}" if kept else "")


def host_of(url: str) -> str | None:
    """The host of an address without ``www.``, None when there is none."""
    if plain := _PLAIN_ADDRESS(url):
        return str(plain[1])
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def id_of(address: str) -> str:
    """The id of an article at a canonical address whose source gave it none."""
    return short_digest(address)


def short_digest(text: str) -> str:
    """16 hexadecimal digits that stand for a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
