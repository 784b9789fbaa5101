"""What the path of an address says of the page there."""

from __future__ import annotations

import re

_HOME = re.compile(
    r"/*(?:(?:vi|en|vn|vi-vn)/+)?(?:web/guest/*)?(?:(?:site)?pages/)?(?:(?:index|default|home|trang-?chu)(?:\.(?:s?html?|php|aspx?|jsp))?)?/*"
    r"|/*(?:vi|en|vn|vi-vn)/*",
    re.IGNORECASE,
)
"""Paths of a site's first page, in one language or another, as its systems call it."""


def is_home(path: str) -> bool:
    """Whether this is the path of a site's first page: ``/``, ``/index.php``, ``/Default.aspx``, ``/vi/trang-chu``."""
    return _HOME.fullmatch(path) is not None
