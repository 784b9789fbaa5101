"""Documents of word processors (``.docx``, ``.odt``) to the same lines that pages are made of; no I/O, and nothing in them is run.

Reading order: `package` (parts of the zip, within bounds), `word` or `opendocument` (parts to paragraphs, with `word_styles`), `lines`
(paragraphs to blocks, old fonts undone), `heading` (the title), `article`. Why not python-docx: docs/decisions/0007-office-documents.md.
"""

from indexer.extract.office.article import extract_office, read_office

__all__ = ["extract_office", "read_office"]
