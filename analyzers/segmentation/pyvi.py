"""pyvi itself behind the same interface: the original that the default segmenter is measured against.

Slow, and needs scikit-learn. pyvi itself fails on lone surrogates (SystemError); here it is shown U+FFFD in their
place, which to its pattern and its model is a mark like them.
"""

from __future__ import annotations

import hashlib
import re
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

_SURROGATE = re.compile("[\ud800-\udfff]")
_STAND_IN = "\ufffd"


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
        return map(self._tokenize, texts)

    def _tokenize(self, text: str) -> str:
        shown = _SURROGATE.sub(_STAND_IN, text)
        with self._lock:
            written: str = self._pyvi.tokenize(shown)
        if shown == text:
            return written
        hidden = iter(re.findall(f"{_SURROGATE.pattern}|{_STAND_IN}", text))
        return re.sub(_STAND_IN, lambda _: next(hidden), written)

    def _tokens(self, text: str) -> list[tuple[int, int, bool]]:
        shown = _SURROGATE.sub(_STAND_IN, text)
        tokens = self._pyvi.sylabelize(shown)[1]
        return align(shown, tokens, self._tokenize(shown)) if tokens else []


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
