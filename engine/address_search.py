"""The article of the index that an address of the web leads to.

The index keeps the address of an article with its text and not among what is looked up. Where a source gave no ids, the address makes
the id. Else the article is looked for by what an address tells of it: a number that is its id, or part of it as of other articles of the
index (``bm123`` at ``/c/123.epi``), or the words of its headline, which most systems put there (``/khanh-thanh-cau-treo-123.html``).
What is found so is only believed when its own address is the one asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from engine.model import Notice, SearchRequest, StoredDocument
from engine.search import Searcher
from engine.web_addresses import canonical, id_of, untracked

_ADDRESS = re.compile(r"(?:https?:)?//\S+|(?:[\w-]+\.)+[a-z]{2,}(?::\d{1,5})?/\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d{1,20}")
_SUFFIX = re.compile(r"\.[a-z]{2,5}\Z", re.IGNORECASE)
MAX_CHARS = 2_000
FEWEST_WORDS = 3
"""Words of a headline in an address from which it is searched for."""
SAMPLE, LEAST_DIGITS = 20, 3
"""Articles whose ids are compared with their addresses, and the digits that both must share."""
MOST_COMPARED = 100
"""Articles whose addresses are compared with the one asked for."""


def is_address(text: str) -> bool:
    """Whether a query is nothing but the address of a page, with or without its scheme; the name of a host alone is none."""
    text = text.strip()
    return len(text) <= MAX_CHARS and _ADDRESS.fullmatch(text) is not None and canonical(_whole(text)).count("/") > 2


def article_at(searcher: Searcher, text: str) -> StoredDocument | None:
    """The article whose address is `text`, as far as an address without a scheme, with another one, ``www.`` or parameters that only
    track readers is the same; None when none is found.
    """
    if not is_address(text):
        return None
    asked = canonical(_whole(text.strip()))
    wanted = untracked(asked)
    for doc_id in dict.fromkeys((text.strip(), id_of(asked), id_of(wanted))):
        if (stored := searcher.get(doc_id)) is not None and (doc_id == text.strip() or _is_at(stored, wanted)):
            return stored
    return next((stored for stored in _candidates(searcher, wanted) if _is_at(stored, wanted)), None)


def address_notices(searcher: Searcher, query: str) -> tuple[Notice, ...]:
    """What to say of a query that is an address: whose it is, or that it is nobody's; nothing of any other."""
    if not is_address(query):
        return ()
    stored = article_at(searcher, query)
    if stored is None:
        return (Notice("no-such-address", "Không có bài nào ở địa chỉ này; tìm theo các từ trong địa chỉ."),)
    return (Notice("at-address", f"Địa chỉ này là của bài “{stored.document.title}”, mã {stored.document.doc_id}."),)


def _candidates(searcher: Searcher, address: str) -> Iterator[StoredDocument]:
    """Articles that an address may tell of: its numbers and last part as ids, then those whose headline it has."""
    path = unquote(address.split("?")[0])
    last = path.rpartition("/")[2]
    numbers = _NUMBER.findall(address)[::-1]
    names = [last, _SUFFIX.sub("", last), *numbers]
    names += [f"{before}{number}{after}" for before, after in (_forms_of_ids(searcher) if numbers else ()) for number in numbers]
    for doc_id in dict.fromkeys(filter(None, names)):
        if (stored := searcher.get(doc_id)) is not None:
            yield stored
    words = max((_WORD.findall(_SUFFIX.sub("", part)) for part in path.split("/")[3:]), key=len, default=[])
    if len(words) >= FEWEST_WORDS:
        request = SearchRequest(q=" ".join(words), limit=MOST_COMPARED, facets=(), snippets=0, corrections=False, copies=True)
        yield from (hit.stored for hit in searcher.search(request).hits)


def _forms_of_ids(searcher: Searcher) -> tuple[tuple[str, str], ...]:
    """What stands before and behind the number that ids of some articles share with their addresses."""
    request = SearchRequest(sort="newest", limit=SAMPLE, facets=(), snippets=0, copies=True)
    forms: dict[tuple[str, str], None] = {}
    for hit in searcher.search(request).hits:
        for number in _NUMBER.findall(hit.document.url or ""):
            before, found, after = hit.document.doc_id.partition(number)
            if found and len(number) >= LEAST_DIGITS and (before or after):
                forms[before, after] = None
    return tuple(forms)


def _is_at(stored: StoredDocument, wanted: str) -> bool:
    url = stored.document.url
    return bool(url) and untracked(canonical(url or "")) == wanted


def _whole(text: str) -> str:
    """An address with its scheme, as browsers leave it out."""
    return text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text.lstrip('/')}"
