"""Sources: from paths to the files to read, and from a file to its pages and records. The one package that opens inputs.

`walk` finds files (folders, globs, ``-``), `forms` knows them by name, `detect` by content, `reader` reads one: `lines`,
`json_values` and `tables` give records, `web_archives`, `feeds` and `pages` give pages, `zips` and `tars` open archives member by
member, `unpack` bounds what packed bytes may expand to. `reading` says how (format, field names); `mapping` renames the fields,
`vietnamese` those with Vietnamese names.
"""

from indexer.sources.files import fingerprint
from indexer.sources.lines import read_line
from indexer.sources.model import STDIN, Line, Record, SourceFile
from indexer.sources.names import printable
from indexer.sources.reader import Item, holds_pages, read
from indexer.sources.reading import PLAIN, Reading, reading
from indexer.sources.vietnamese import named
from indexer.sources.walk import raise_if_missing, source_file, walk

__all__ = [
    "PLAIN",
    "STDIN",
    "Item",
    "Line",
    "Reading",
    "Record",
    "SourceFile",
    "fingerprint",
    "holds_pages",
    "named",
    "printable",
    "raise_if_missing",
    "read",
    "read_line",
    "reading",
    "source_file",
    "walk",
]
