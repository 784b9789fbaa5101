"""Addresses of articles that may become links, on a page or in a spreadsheet."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NOT_IN_LINKS = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"'`\u200b-\u200f\u2028-\u202f\u2060-\u206f]")


def safe_link(url: str | None) -> str | None:
    """`url` when it is a plain http or https address; None for any other scheme, for credentials and for odd characters."""
    if not url or _NOT_IN_LINKS.search(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises ValueError for ports that are none
    except ValueError:
        return None
    plain = parts.scheme in ("http", "https") and parts.hostname and parts.username is None and parts.password is None
    return url if plain else None
