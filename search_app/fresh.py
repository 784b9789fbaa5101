"""Caching: an answer is kept by the browser and asked for again, and not sent again when it is the same."""

from __future__ import annotations

from hashlib import blake2b

from flask import Response, request

REVALIDATE = "no-cache"
"""An index can change at any time, so a kept page is always asked for again."""


def revalidated(response: Response, content: bytes | None = None) -> Response:
    """Give `response` an ETag of `content` (of its own body without) and answer 304 when the browser has it."""
    digest = blake2b(response.get_data() if content is None else content, digest_size=12).hexdigest()
    response.set_etag(digest, weak=True)
    response.headers["Cache-Control"] = REVALIDATE
    response.make_conditional(request)
    return response
