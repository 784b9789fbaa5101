"""The index as OpenSearch is told to make it: fields, analyzer, and what it was built with."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from engine.schema import DICTIONARIES, NUMBER_FIELDS, POSITION_FIELDS, SCHEMA_VERSION, TEXT_FIELDS

SPACES = "whitespace"
"""An analyzer that every OpenSearch has, without any module."""
STORED = "stored"
CODES = "codes"
_LONGEST_KEY = 120
"""In code points. The analyzer ``whitespace`` cuts a longer token than 255 code units in two, which would move every position after it."""
NONE = "∅"
"""No key. Lucene's statistics of a field leave out the documents that have no token in it; the other engines count them."""
_BM25 = {"type": "BM25", "k1": 1.2, "b": 0.75}


def body(fingerprint: str, shards: int, replicas: int) -> dict[str, Any]:
    """Settings and mapping of a new index.

    Text arrives analysed, its tokens joined by spaces, so OpenSearch only cuts at spaces. The stored document is the only part kept in
    ``_source``. The index refreshes when a writer commits, not by the clock: readers never see half a commit of a shard.
    """
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": replicas,
                "refresh_interval": "-1",
                "similarity": {"default": _BM25},
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"schema": SCHEMA_VERSION, "fingerprint": fingerprint},
            "_source": {"includes": [STORED, CODES]},
            "properties": _properties(),
        },
    }


def _properties() -> dict[str, dict[str, Any]]:
    properties: dict[str, dict[str, Any]] = {
        name: {"type": "text", "analyzer": SPACES, "index_options": "positions" if name in POSITION_FIELDS else "freqs"}
        for name in TEXT_FIELDS
        if name not in DICTIONARIES
    }
    properties.update({name: {"type": "keyword"} for name in DICTIONARIES})
    properties.update({name: {"type": "long"} for name in (*NUMBER_FIELDS, "tie")})
    properties[CODES] = {"type": "binary"}
    properties[STORED] = {"type": "keyword", "index": False, "doc_values": False}
    return properties


def tokens(joined: str) -> str:
    """The tokens as they are sent: each overlong one by its beginning and a hash; for a field without any, `NONE`."""
    if not joined:
        return NONE
    if len(joined) <= _LONGEST_KEY:
        return joined
    return " ".join(key if len(key) <= _LONGEST_KEY else token(key) for key in joined.split(" "))


def token(key: str) -> str:
    """The token of one key."""
    if len(key) <= _LONGEST_KEY:
        return key
    return key[: _LONGEST_KEY - 40] + blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
