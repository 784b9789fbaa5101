"""The fields of an index of tantivy, and a document as a row of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import tantivy

from engine.model import AnalyzedDocument
from engine.schema import (
    CLUSTER,
    COPY,
    COPY_OF,
    KEYWORD_FIELDS,
    NUMBER_FIELDS,
    ONCE_FIELDS,
    POSITION_FIELDS,
    SPARSE_FIELDS,
    TEXT_FIELDS,
    numbers,
    tie_breaker,
)

SPACES = "spaces"
"""The tokenizer that cuts at spaces."""
STORED, CODES, TIE = "stored", "codes", "tie"
"""What is stored of a document, its running text as numbers, and the number that orders equal scores."""
_ONLY_SORTED = frozenset({"newest", COPY})
"""Numbers that nothing is looked for by: without an index of its own, one document is found by reading the numbers of all."""
COUNTED_FIELDS = frozenset(KEYWORD_FIELDS) - SPARSE_FIELDS - {"doc_id"}
"""Fields whose values are also kept as numbers."""
_CODE_BYTES = 6
"""Two of 100,000 values share a number in one collection of 50,000."""
NESTED_FIELDS = frozenset({"date"})
"""Fields of which a document has one value and those that contain it (a month and its year): the one alone is kept as a number."""


def numbered(field: str, values: Sequence[str]) -> Sequence[str]:
    """The values of a field that are kept as numbers: of nested ones the last, the smallest."""
    return values[-1:] if field in NESTED_FIELDS else values


def counted(field: str) -> str:
    """Name of the field that holds the numbers: of the clusters of copies the one that founders have too."""
    return CLUSTER if field == COPY_OF else f"{field}_code"


@lru_cache(1 << 16)
def value_code(value: str) -> int:
    """The number of a value."""
    return int.from_bytes(blake2b(value.encode("utf-8", "surrogatepass"), digest_size=_CODE_BYTES).digest())


_NUMBERED = {name: counted(name) for name in sorted(COUNTED_FIELDS)}


def schema() -> tantivy.Schema:
    """Fields of the index as tantivy keeps them."""
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        option = "position" if name in POSITION_FIELDS else "basic" if name in ONCE_FIELDS else "freq"
        builder.add_text_field(name, stored=False, tokenizer_name=SPACES, index_option=option)
    for name in KEYWORD_FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic")
    for name in COUNTED_FIELDS:
        builder.add_unsigned_field(counted(name), fast=True)
    for name in NUMBER_FIELDS:
        builder.add_unsigned_field(name, indexed=name not in _ONLY_SORTED, fast=True)
    builder.add_unsigned_field(TIE, fast=True)
    builder.add_bytes_field(STORED, stored=True)
    builder.add_bytes_field(CODES, stored=True)
    return builder.build()


def row_of(document: AnalyzedDocument) -> tantivy.Document:
    """A document as tantivy takes it, but for what is packed."""
    doc_id = document.document.doc_id
    row = tantivy.Document()
    add_text, add_number = row.add_text, row.add_unsigned
    for name, text in document.fields.items():
        add_text(name, text)
    add_text("doc_id", doc_id)
    for name, values in document.facets.items():
        for value in values:
            add_text(name, value)
        if name in _NUMBERED:
            for value in numbered(name, values):
                add_number(_NUMBERED[name], value_code(value))
    tie = tie_breaker(doc_id)
    for name, number in numbers(document, tie).items():
        add_number(name, number)
    add_number(TIE, tie)
    return row
