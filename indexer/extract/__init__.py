"""Page bytes to a clean article with a true date. `extract` for a page, `record` for one object of NDJSON; no I/O.

Reading order: `decode` (bytes to text), `guard` (what a parser may see), `blocks` (a page as lines), `family` and
`main_content` (where the article is), `clean` (what is not the article), `title`, `dating`, `names`, `pagetype`.
"""

from indexer.extract.dispatch import extract
from indexer.extract.record import record

__all__ = ["extract", "record"]
