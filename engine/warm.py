"""For a process that answers many searches: what the first would wait for is read before it comes."""

from __future__ import annotations

import gc
from contextlib import suppress

from analyzers.keys import folded_key
from engine.errors import EngineError
from engine.model import SearchRequest
from engine.search import Searcher

_WORDS = 3
_MANY, _GENERATIONS = 20_000, (20, 100)
"""Objects made between two looks of the garbage collector, a search or two; and how many such looks make one at what is older."""


def warm(searcher: Searcher) -> None:
    """Search once, as a reader would, so that what is read lazily is there; then keep the garbage collector from looking through all that.

    It did every few dozen searches, which took some 50 ms each time: the tables of the language are hundreds of thousands of objects that
    live until the end. An index that cannot be searched raises nothing here: who searches it is told.
    """
    with suppress(EngineError):
        for hit in searcher.search(SearchRequest(limit=1)).hits:
            searcher.search(SearchRequest(" ".join(map(folded_key, hit.document.title.split()[:_WORDS]))))
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MANY, *_GENERATIONS)
