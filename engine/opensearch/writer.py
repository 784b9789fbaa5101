"""Writing: changes are kept here until a commit sends them, so that a block that fails sends nothing."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from opensearchpy.exceptions import TransportError
from opensearchpy.helpers import streaming_bulk

from engine import codec
from engine.errors import DocumentsRefusedError, EngineError, EngineUnavailableError
from engine.model import AnalyzedDocument
from engine.opensearch.mapping import CODES, STORED, token, tokens
from engine.opensearch.remote import Remote, reason
from engine.schema import READINGS, numbers, tie_breaker
from engine.sealing import LOCK, Lock

_CHUNK_DOCUMENTS = 500
_CHUNK_BYTES = 8_000_000
_TRIES = 8
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_HELD_CHARS = 16_000_000
"""Text that waits for a commit before one is due: about 40 MB of memory, one or two thousand articles."""
_LONGEST_ID_BYTES = 500
"""OpenSearch takes ids of up to 512 bytes."""
_FINAL = frozenset({400, 413})
"""Outcomes that are about the document: it does not fit the mapping, or is too large. Of others, as too busy or disk full (429), a fault
of the server (500) or no primary just now (503), it is not known that they would be the same the next time."""
_NOT_OURS = frozenset({401, 403, 404, 405})
"""Outcomes that are about us or the index: no document would be taken."""

Action = dict[str, Any]


class _Failure(NamedTuple):
    """An action that was not done. `whole`: its whole request failed, which says nothing of this document."""

    operation: str
    doc_id: str
    status: int | str
    reason: str
    whole: bool

    @property
    def is_final(self) -> bool:
        """Whether the document is not to be sent again. A deletion always is: what should go would stay to be found."""
        return self.status in _FINAL and self.operation == "index"


class OpenSearchWriter:
    """Buffers one action a document, the last one given, and sends them in bulk at each commit."""

    def __init__(self, remote: Remote, directory: Path, committed: Callable[[], None]) -> None:
        self._remote = remote
        self.index = remote.alias
        """What it writes to; to be set before the first document."""
        self._lock = Lock(directory / LOCK)
        self._committed = committed
        self._actions: dict[str, Action] = {}
        self._held_chars = 0
        self.taken = 0
        """Actions that were done."""

    def add(self, document: AnalyzedDocument) -> None:
        doc_id = document.document.doc_id
        source: dict[str, Any] = {name: tokens(text) for name, text in document.fields.items()}
        source[READINGS] = [token(reading) for reading in document.fields[READINGS].split()]
        source.update({name: list(values) for name, values in document.facets.items()})
        source |= {"doc_id": doc_id, **numbers(document), "tie": tie_breaker(doc_id), STORED: codec.encode(document).decode("utf-8")}
        source[CODES] = base64.b64encode(document.codes).decode("ascii")
        self._actions[doc_id] = {"_op_type": "index", "_index": self.index, "_id": key(doc_id), "_source": source}
        self._held_chars += len(source[STORED]) + sum(len(text) for text in document.fields.values())

    def delete(self, doc_id: str) -> None:
        self._actions[doc_id] = {"_op_type": "delete", "_index": self.index, "_id": key(doc_id)}

    def commit(self) -> None:
        actions, self._actions, self._held_chars = self._actions, {}, 0
        refused = self._send(actions)
        self.taken += len(actions) - len(refused)
        with self._remote.talking():
            self._remote.client.indices.refresh(index=self.index)
        self._committed()
        if refused:
            raise DocumentsRefusedError(refused)

    @property
    def full(self) -> bool:
        return self._held_chars > _HELD_CHARS

    def __enter__(self) -> Self:
        self._lock.take()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self._actions = {}
            self._lock.release()

    def _send(self, actions: Mapping[str, Action]) -> dict[str, str]:
        """Send until each action is done or its document refused for good: doc_id -> reason. Ids are fixed, so that sending one again
        changes nothing.

        Raises EngineUnavailableError when the server takes no more after all tries.
        """
        refused: dict[str, str] = {}
        failures: list[_Failure] = []
        pause = _FIRST_PAUSE_SECONDS
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            failures = list(self._failures(actions))
            if suspects := {one.doc_id: actions[one.doc_id] for one in failures if one.whole and one.status in _FINAL}:
                failures = [one for one in failures if one.doc_id not in suspects]
                failures += self._failures(suspects, together=1)
            refused |= {one.doc_id: one.reason for one in failures if one.is_final}
            failures = [one for one in failures if not one.is_final]
            if not failures:
                return refused
            actions = {one.doc_id: actions[one.doc_id] for one in failures}
        raise EngineUnavailableError(
            f"OpenSearch at {', '.join(self._remote.urls)} still does not take the changes of {len(failures)} document(s) after {_TRIES} "
            f"tries: {failures[0].reason} ({failures[0].status}). What it took stays; mend that and run the same command again."
        )

    def _failures(self, actions: Mapping[str, Action], together: int = _CHUNK_DOCUMENTS) -> Iterator[_Failure]:
        """What was not done, after sending each action once, so many in a request."""
        names = {action["_id"]: doc_id for doc_id, action in actions.items()}
        outcomes = streaming_bulk(
            self._remote.client,
            actions.values(),
            chunk_size=together,
            max_chunk_bytes=_CHUNK_BYTES,
            raise_on_error=False,
            raise_on_exception=False,
            yield_ok=False,
            require_alias=self.index == self._remote.alias,  # else a server without the index would make one, with a mapping it guesses
        )
        with self._remote.talking():
            for _, outcome in outcomes:
                ((operation, details),) = outcome.items()
                status = details.get("status", "N/A")
                failure = _Failure(operation, names[details["_id"]], status, _reason(details), "exception" in details)
                if operation == "delete" and failure.status == 404 and "error" not in details:
                    continue  # there was none to delete
                if failure.status in _NOT_OURS:
                    self._raise(details, failure)
                yield failure

    def _raise(self, details: dict[str, Any], failure: _Failure) -> None:
        if isinstance(details.get("exception"), TransportError):
            raise details["exception"]
        raise EngineError(
            f"OpenSearch at {', '.join(self._remote.urls)} takes nothing into {self.index!r} ({failure.status}): {failure.reason}. "
            "Does the index still exist, and may this user write to it?"
        )


def key(doc_id: str) -> str:
    """The id OpenSearch knows a document by."""
    if len(doc_id.encode("utf-8", "surrogatepass")) <= _LONGEST_ID_BYTES:
        return doc_id
    return "blake2b:" + blake2b(doc_id.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _reason(details: dict[str, Any]) -> str:
    if isinstance(details.get("exception"), TransportError):
        return reason(details["exception"])
    error = details.get("error", "no reason given")
    return str(error.get("reason", error) if isinstance(error, dict) else error)[:500]
