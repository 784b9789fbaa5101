"""Writing: changes are kept here until a commit sends them, so that a block that fails sends nothing."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from opensearchpy.helpers import streaming_bulk

from engine import codec
from engine.errors import DocumentsRefusedError
from engine.model import AnalyzedDocument
from engine.opensearch.mapping import CODES, STORED, token, tokens
from engine.opensearch.remote import Remote
from engine.schema import READINGS, numbers, tie_breaker
from engine.sealing import LOCK, Lock

_CHUNK_DOCUMENTS = 500
_CHUNK_BYTES = 8_000_000
_TRIES = 8
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_LONGEST_ID_BYTES = 500
"""OpenSearch takes ids of up to 512 bytes."""
_PASSING = frozenset({429, 502, 503, 504, "N/A"})
"""Outcomes that another try may mend: too busy, no primary just now, no answer."""

Action = dict[str, Any]


class OpenSearchWriter:
    """Buffers one action a document, the last one given, and sends them in bulk at each commit."""

    def __init__(self, remote: Remote, directory: Path, committed: Callable[[], None], index: str | None = None) -> None:
        self._remote = remote
        self._index = index or remote.alias
        self._lock = Lock(directory / LOCK)
        self._committed = committed
        self._actions: dict[str, Action] = {}

    def add(self, document: AnalyzedDocument) -> None:
        doc_id = document.document.doc_id
        source: dict[str, Any] = {name: tokens(text) for name, text in document.fields.items()}
        source[READINGS] = [token(reading) for reading in document.fields[READINGS].split()]
        source.update({name: list(values) for name, values in document.facets.items()})
        source |= {"doc_id": doc_id, **numbers(document), "tie": tie_breaker(doc_id), STORED: codec.encode(document).decode("utf-8")}
        source[CODES] = base64.b64encode(document.codes).decode("ascii")
        self._actions[doc_id] = {"_op_type": "index", "_index": self._index, "_id": key(doc_id), "_source": source}

    def delete(self, doc_id: str) -> None:
        self._actions[doc_id] = {"_op_type": "delete", "_index": self._index, "_id": key(doc_id)}

    def commit(self) -> None:
        actions, self._actions = self._actions, {}
        refused = self._send(actions)
        with self._remote.talking():
            self._remote.client.indices.refresh(index=self._index)
        self._committed()
        if refused:
            raise DocumentsRefusedError(refused)

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

    def _send(self, actions: dict[str, Action]) -> dict[str, str]:
        """Send until each action is done or refused for good: doc_id -> reason. Sending one again changes nothing, ids are fixed."""
        names = {action["_id"]: doc_id for doc_id, action in actions.items()}
        refused: dict[str, str] = {}
        pause = _FIRST_PAUSE_SECONDS
        for attempt in range(_TRIES):
            again: dict[str, str] = {}
            for identifier, status, reason in self._failures(actions.values()):
                (again if status in _PASSING else refused)[names[identifier]] = reason
            if not again:
                return refused
            if attempt + 1 < _TRIES:
                time.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            actions = {doc_id: actions[doc_id] for doc_id in again}
        return refused | again

    def _failures(self, actions: Iterable[Action]) -> Iterator[tuple[str, int | str, str]]:
        """Id, status and reason of each action that was not done."""
        outcomes = streaming_bulk(
            self._remote.client,
            actions,
            chunk_size=_CHUNK_DOCUMENTS,
            max_chunk_bytes=_CHUNK_BYTES,
            raise_on_error=False,
            raise_on_exception=False,
            yield_ok=False,
        )
        with self._remote.talking():
            for _, outcome in outcomes:
                ((operation, details),) = outcome.items()
                status = details.get("status", "N/A")
                if operation == "delete" and status == 404 and "error" not in details:
                    continue  # there was none to delete
                yield details["_id"], status, _reason(details)


def key(doc_id: str) -> str:
    """The id OpenSearch knows a document by."""
    if len(doc_id.encode("utf-8", "surrogatepass")) <= _LONGEST_ID_BYTES:
        return doc_id
    return "blake2b:" + blake2b(doc_id.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _reason(details: dict[str, Any]) -> str:
    error = details.get("error", details.get("exception", "no reason given"))
    return str(error.get("reason", error) if isinstance(error, dict) else error)[:500]
