"""Caching: an answer is kept by who asked and asked for again, and not sent again when it is the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from flask import Response, request

REVALIDATE = "no-cache"
"""An index can change at any time, so a kept page is always asked for again."""
_ROOMS = ("analyzers", "engine", "search_app")
_PACKAGES = ("flask", "jinja2", "tantivy")
"""Whose versions shape answers: what is found, and how it is written."""
_TOOK = re.compile(rb'"took_ms":[^,}]*')
"""What of an answer is another every time. (Within a string of JSON its quotes would be escaped.)"""


def revalidated(response: Response, content: bytes | None = None) -> Response:
    """Give `response` an ETag of `content` (of its own body without) and answer 304 when the browser has it."""
    return _tagged(response, _digest(response.get_data() if content is None else content))


def kept(edition: str | None, make: Callable[[], Response]) -> Response:
    """What `make` gives, with an ETag of the index's `edition` and the address: who has that is answered 304 without a search.

    Without an edition the ETag is of the answer itself. An answer that lacks a part of the index is not to be kept.
    """
    tag = None if edition is None else _digest(f"{edition} {request.url}".encode("utf-8", "replace"))
    if tag is not None and not request.if_none_match.star_tag and (known := _tagged(Response(), tag)).status_code == 304:
        return known
    answer = make()
    return answer if answer.cache_control.no_store else _tagged(answer, tag or _digest(_TOOK.sub(b"", answer.get_data(), count=1)))


def passing(response: Response) -> Response:
    """`response` as one that is not to be kept."""
    response.headers["Cache-Control"] = "no-store"
    return response


def partly(response: Response, timed_out: bool) -> Response:
    """`response`, not to be kept if a part of the index did not answer in time."""
    return passing(response) if timed_out else response


@lru_cache(1)
def program() -> str:
    """A text that changes when another timtin is installed: a digest of the names, sizes and times of its files, and of _PACKAGES.

    To be asked when the program starts: later its files may be those of another that does not run yet.
    """
    looks: list[tuple[str, ...]] = [(package, version(package)) for package in _PACKAGES]
    for room in _ROOMS:
        folder = Path(str(import_module(room).__file__)).parent
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                look = path.stat()
                looks.append((str(path.relative_to(folder)), str(look.st_size), str(look.st_mtime_ns)))
    return _digest(repr(looks).encode())


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()


def _tagged(response: Response, digest: str) -> Response:
    response.set_etag(digest, weak=True)
    response.headers["Cache-Control"] = REVALIDATE
    response.make_conditional(request)
    return response
