"""What can go wrong with a segmenter: every message names the offending value and the next step."""

from __future__ import annotations


class SegmentationError(Exception):
    """Base of the errors of this package."""


class UnknownSegmenterError(SegmentationError, ValueError):
    """No segmenter has that name."""


class SegmenterUnavailableError(SegmentationError, ImportError):
    """The segmenter needs a package that is not installed."""


class NotNormalizedError(SegmentationError, ValueError):
    """Offsets were asked for in a text that is not in Unicode NFC."""


class ModelError(SegmentationError, ValueError):
    """The model data is missing, damaged or not of the kind that is supported."""


class AlignmentError(SegmentationError, RuntimeError):
    """The tokens of another program cannot be found again in the text they came from."""
