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


class IndexWriteError(EngineError):
    """The index's files cannot be written; the last commit is whole."""


class IndexUnreadableError(EngineError):
    """The index may not be read, or its disk does not answer. It need not be damaged."""


class UnknownEngineError(EngineError):
    """No engine has that name."""


class RequestError(EngineError):
    """A filter, date or page of a request cannot be understood."""


class EngineUnavailableError(EngineError):
    """The engine is a server, and it does not answer us."""


class DocumentsRefusedError(EngineError):
    """The engine took everything but some documents that were added; `reasons` maps each doc_id to why. The rest is committed."""

    def __init__(self, reasons: dict[str, str]) -> None:
        self.reasons = reasons
        doc_id, reason = next(iter(reasons.items()))
        super().__init__(f"The engine refused {len(reasons)} document(s), first {doc_id!r}: {reason}")
