"""Word segmentation: exactly what pyvi's CRF says, at the speed of table look-ups.

Start at `base` (what a segmenter offers) and `tables` (the default one). In the order the data takes: `normal`
(NFC), `chunks` (what stands between white space), `memory` and `keytable` (what is known of a chunk already),
`syllabify` (chunk → tokens) and `records` (token → numbers) for what is not, `lexicon` (known words), `viterbi`
(numbers → labels), `rules` (where labels do not count), `render` (pyvi's output format). Beside them: `exact`, the
same model the slow and obvious way; `pyvi`, the original behind the same interface; `model` and `data/`, the weights;
`export` and `crfsuite`, which read them out of pyvi.
"""

from analyzers.segmentation.base import DEFAULT, SEGMENTERS, Segmenter, Segments, Word, get_segmenter
from analyzers.segmentation.errors import (
    NotNormalizedError,
    SegmentationError,
    SegmenterUnavailableError,
    UnknownSegmenterError,
)
from analyzers.segmentation.normal import nfc

__all__ = [
    "DEFAULT",
    "SEGMENTERS",
    "NotNormalizedError",
    "SegmentationError",
    "Segmenter",
    "SegmenterUnavailableError",
    "Segments",
    "UnknownSegmenterError",
    "Word",
    "get_segmenter",
    "nfc",
]
