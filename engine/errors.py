"""What can go wrong with an index: every message names the offending thing and the next step."""

from __future__ import annotations


class EngineError(Exception):
    """Base of this room's errors."""


class IndexMissingError(EngineError):
    """There is no index where one was looked for."""


class IndexMismatchError(EngineError):
    """The index was built with another schema, analyzer or engine than is asked for."""


class IndexDamagedError(EngineError):
    """The index directory is there and cannot be read."""


class IndexBusyError(EngineError):
    """Another process is writing to the index."""


class UnknownEngineError(EngineError):
    """No engine has that name."""


class RequestError(EngineError):
    """A filter, date or page of a request cannot be understood."""
