"""Abbreviations both ways: what ``UBND`` stands for, and that *ủy ban nhân dân* is also written ``UBND``.

`load` reads the shared table, `Abbreviations` answers, `Expansion` is one reading of an abbreviation, `Variant` one more way to write a
part of a query. The way of a question: `table` parses the data, `writings` spells every row in all ways, `index` finds them by keys,
`reading` walks over a query; `count` measures the table on a corpus. Facts, sources and rules of the data: ``data/README.md``.
"""

from analyzers.abbreviations.errors import AbbreviationsError, TableError
from analyzers.abbreviations.lookup import Abbreviations
from analyzers.abbreviations.model import Evidence, Expansion, Variant
from analyzers.abbreviations.store import load

__all__ = ["Abbreviations", "AbbreviationsError", "Evidence", "Expansion", "TableError", "Variant", "load"]
