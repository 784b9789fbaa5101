"""pyvi itself behind the same interface: the original that the default segmenter is measured against.

Slow, and needs scikit-learn. pyvi raises UnicodeEncodeError for lone surrogates, and so does this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module, metadata
from pathlib import Path
from threading import Lock

import numpy as np

from analyzers.segmentation.base import Segmenter, Segments, require_nfc
from analyzers.segmentation.errors import AlignmentError, SegmenterUnavailableError
from analyzers.segmentation.model import fingerprint

INSTALL = "pip install pyvi==0.1.1"
MODEL_FILES = ("models/pyvi3.pkl", "models/words.txt")


class PyviSegmenter(Segmenter):
    """Raises SegmenterUnavailableError at construction when pyvi cannot be imported."""

    name = "pyvi"

    def __init__(self) -> None:
        try:
            self._pyvi = import_module("pyvi.ViTokenizer").ViTokenizer
        except ImportError as error:
            raise SegmenterUnavailableError(f'segmenter "pyvi" needs pyvi ({error}); run: {INSTALL}') from error
        self.fingerprint = fingerprint(metadata.version("pyvi"), installed_digests())
        self._lock = Lock()

    def segment(self, texts: Sequence[str]) -> Segments:
        require_nfc(texts)
        starts: list[int] = []
        ends: list[int] = []
        joins: list[bool] = []
        bounds = [0]
        offset = 0
        for text in texts:
            for start, end, join in self._tokens(text):
                starts.append(offset + start)
                ends.append(offset + end)
                joins.append(join)
            bounds.append(len(starts))
            offset += len(text) + 1
        columns = (np.array(column, np.intp) for column in (starts, ends, bounds))
        begins, finishes, edges = columns
        return Segments(begins, finishes, np.array(joins, np.bool_), edges)

    def tokenize_many(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            with self._lock:
                yield self._pyvi.tokenize(text)

    def _tokens(self, text: str) -> list[tuple[int, int, bool]]:
        with self._lock:
            tokens = self._pyvi.sylabelize(text)[1]
            written = self._pyvi.tokenize(text) if tokens else ""
        return align(text, tokens, written)


def align(text: str, tokens: Sequence[str], written: str) -> list[tuple[int, int, bool]]:
    """Return (start, end, joins the one before) of each of pyvi's `tokens` in `text`.

    `written` is pyvi's output: the tokens with one character between them. Raises AlignmentError when it is not,
    or when a token is not the next thing in `text` that is not white space.
    """
    found = []
    at = read = 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0 or (text[at:start] and not text[at:start].isspace()) or not written.startswith(token, read):
            raise AlignmentError(f"pyvi's token {token!r} is not at offset {at} of {text[:60]!r}")
        at = start + len(token)
        found.append((start, at, read > 0 and written[read - 1] == "_"))
        read += len(token) + 1
    return found


def installed_digests() -> dict[str, str]:
    """Return the SHA-256 of the installed pyvi's model files, without importing it.

    Raises SegmenterUnavailableError when pyvi is not installed.
    """
    try:
        distribution = metadata.distribution("pyvi")
    except metadata.PackageNotFoundError as error:
        raise SegmenterUnavailableError(f"pyvi is not installed; run: {INSTALL}") from error
    paths = {name: Path(str(distribution.locate_file(f"pyvi/{name}"))) for name in MODEL_FILES}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in paths.items()}
