"""The index in an OpenSearch: versions ``<alias>-v1``, ``<alias>-v2`` … behind one alias that everything reads and writes."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from opensearchpy.exceptions import NotFoundError

from engine.errors import DocumentsRefusedError, EngineError, IndexMismatchError, IndexMissingError
from engine.model import AnalyzedDocument, StoredDocument
from engine.opensearch import mapping
from engine.opensearch.remote import Remote, read, write
from engine.opensearch.snapshot import OpenSearchSnapshot
from engine.opensearch.writer import OpenSearchWriter
from engine.options import EngineOptions
from engine.port import Backend, Replaced, Snapshot, Writer
from engine.schema import SCHEMA_VERSION

SNAPSHOT_SECONDS = 1.0
"""A snapshot is shared for so long: what another machine commits shows within this time, as in OpenSearch itself."""
_CLOSED_AT_ONCE = 20


class OpenSearchBackend:
    """One alias of one cluster. `directory` holds its address and the lock of this machine's writer."""

    def __init__(self, directory: Path, remote: Remote) -> None:
        self.directory, self.remote = directory, remote
        self._guard = threading.Lock()
        self._shared: tuple[float, OpenSearchSnapshot] | None = None
        self._left: list[OpenSearchSnapshot] = []

    def snapshot(self) -> Snapshot:
        with self._guard:
            now = time.monotonic()
            if self._shared is None or now - self._shared[0] > SNAPSHOT_SECONDS:
                self._drop_shared()
                self._shared = (now, OpenSearchSnapshot(self.remote))
            return self._shared[1]

    def writer(self) -> Writer:
        return OpenSearchWriter(self.remote, self.directory, self.forget)

    def forget(self) -> None:
        """Let the next snapshot show the newest commit."""
        with self._guard:
            self._drop_shared()

    def _drop_shared(self) -> None:
        """Somebody may still read from it, so the oldest are closed first, many at a time; the server closes forgotten ones itself."""
        if self._shared is None:
            return
        self._left.append(self._shared[1])
        self._shared = None
        if len(self._left) >= 2 * _CLOSED_AT_ONCE:
            closing, self._left = self._left[:_CLOSED_AT_ONCE], self._left[_CLOSED_AT_ONCE:]
            self.remote.client.delete_pit(body={"pit_id": [snapshot.pit for snapshot in closing]}, ignore=404)

    def documents(self) -> Iterator[StoredDocument]:
        """Every stored document of the commit that is the newest when the first is asked for: by a builder, under its lock."""
        yield from OpenSearchSnapshot(self.remote).documents()

    def replace_all(self, documents: Iterable[AnalyzedDocument], fingerprint: str) -> Replaced:
        """Build the next version beside the one in use, then let the alias point to it in one step.

        Until that step every reader is answered from the old version, and a failure leaves it in place. What a run that was cut off
        left on the server goes first. Raises IndexBusyError while another run on this machine writes.
        """
        with OpenSearchWriter(self.remote, self.directory, lambda: None) as writer:
            old = current(self.remote)  # not before the lock is held: a run that has just finished moved it
            new = writer.index = _free_name(self.remote, old)
            _delete_leftovers(self.remote, old)
            _make_version(self.remote, fingerprint, new)
            try:
                replaced = _filled(writer, documents)
                self._change_over(old, new, replaced.documents, fingerprint)
            except BaseException:
                if current(self.remote) != new:
                    self.remote.client.indices.delete(index=new, ignore=404)
                raise
        return replaced

    def _change_over(self, old: str, new: str, documents: int, fingerprint: str) -> None:
        client = self.remote.client
        with self.remote.talking():
            if _meta(self.remote, new).get("fingerprint") != fingerprint:  # the server makes up another when it is written to again
                raise EngineError(
                    f"The new version {new} was deleted while it was built, so {old} stays in use. "
                    "Is another machine building one, too? Run it again when none does."
                )
            held = int(client.count(index=new)["count"])
            if held != documents:
                raise EngineError(f"The new version {new} holds {held} of {documents} documents, so {old} stays in use. Run it again.")
            self._swap(old, new)
            client.indices.delete(index=old)
        self.forget()

    def _swap(self, old: str, new: str) -> None:
        alias = self.remote.alias
        actions = [{"remove": {"index": old, "alias": alias, "must_exist": True}}, {"add": {"index": new, "alias": alias}}]
        try:
            self.remote.client.indices.update_aliases(body={"actions": actions})
        except NotFoundError as error:
            raise EngineError(
                f"While {new} was built, another machine made {current(self.remote)} the version in use in place of {old}. "
                f"It stays, and {new} is deleted. Run it again only if this timtin is the newer one."
            ) from error


def _filled(writer: OpenSearchWriter, documents: Iterable[AnalyzedDocument]) -> Replaced:
    """Write all documents, committing before much of them is held in memory: nobody reads this version yet."""
    refused: dict[str, str] = {}

    def commit() -> None:
        try:
            writer.commit()
        except DocumentsRefusedError as error:
            refused.update(error.reasons)

    for document in documents:
        writer.add(document)
        if writer.full:
            commit()
    commit()
    return Replaced(writer.taken, refused)


def _delete_leftovers(remote: Remote, used: str) -> None:
    """Delete versions that no alias points to: a run that builds or removes one was cut off."""
    version = re.compile(re.escape(remote.alias) + r"-v\d+")
    with remote.talking():
        for name, about in remote.client.indices.get_alias(index=f"{remote.alias}-v*").items():
            if name != used and version.fullmatch(name) and not about["aliases"]:
                remote.client.indices.delete(index=name, ignore=404)


def current(remote: Remote) -> str:
    """The version the alias points to. Raises IndexMissingError."""
    with remote.talking():
        names = sorted(remote.client.indices.get_alias(name=remote.alias))
    if len(names) != 1:
        raise EngineError(
            f"The alias {remote.alias!r} points to {len(names)} indices ({', '.join(names)}); it must be one. Remove the others."
        )
    return str(names[0])


def drop(directory: Path, options: EngineOptions) -> None:
    """Delete the index that a directory names, when there is one."""
    remote = read(directory, options)
    try:
        name = current(remote)
    except IndexMissingError:
        return
    _delete_leftovers(remote, name)
    with remote.talking():
        remote.client.indices.delete(index=name)


def open_opensearch(directory: Path, *, create: bool, options: EngineOptions, fingerprint: str | None) -> Backend:
    """Open the index a directory names, or with `create` make one (or join one that other machines write to)."""
    if not create:
        remote = read(directory, options)
        _check(remote, fingerprint)
        return OpenSearchBackend(directory, remote)
    if fingerprint is None:
        raise ValueError("an index is made for one analyzer")
    if not options.opensearch_urls:
        raise EngineError("The engine opensearch needs to know where it is. Set opensearch_urls, for example http://127.0.0.1:9200.")
    remote = Remote(options.opensearch_urls, options.opensearch_alias, options)
    try:
        current(remote)
    except IndexMissingError:
        _make_first(remote, fingerprint)
    _check(remote, fingerprint)
    write(directory, remote.urls, remote.alias)
    return OpenSearchBackend(directory, remote)


def _make_first(remote: Remote, fingerprint: str) -> None:
    name = f"{remote.alias}-v1"
    with remote.talking():
        remote.client.indices.delete(index=name, ignore=404)  # left by a making that was cut off: nothing points to it
    _make_version(remote, fingerprint, name)
    with remote.talking():
        remote.client.indices.put_alias(index=name, name=remote.alias)


def _make_version(remote: Remote, fingerprint: str, name: str) -> None:
    body = mapping.body(fingerprint, remote.options.opensearch_shards, remote.options.opensearch_replicas)
    with remote.talking():
        remote.client.indices.create(index=name, body=body)


def _free_name(remote: Remote, used: str) -> str:
    """A name for the next version that no index has: what another machine may be building now is not to get mixed up with ours."""
    with remote.talking():
        taken = remote.client.indices.get_alias(index=f"{remote.alias}-v*")
    return next(name for number in count(_number(used) + 1) if (name := f"{remote.alias}-v{number}") not in taken)


def _number(name: str) -> int:
    return int(name.rsplit("-v", 1)[1])


def _meta(remote: Remote, name: str) -> dict[str, Any]:
    """What an index says it was built with; nothing when there is no such index, or it is not one of ours."""
    with remote.talking():
        found = remote.client.indices.get_mapping(index=name, params={"ignore_unavailable": "true"})
    meta: dict[str, Any] = found.get(name, {}).get("mappings", {}).get("_meta", {})
    return meta


def _check(remote: Remote, fingerprint: str | None) -> None:
    """The mapping says what the index was built with; with `fingerprint` None, an older schema will do.

    Raises IndexMismatchError, IndexMissingError.
    """
    name = current(remote)
    meta = _meta(remote, name)
    schema = meta.get("schema")
    if isinstance(schema, int) and schema > SCHEMA_VERSION:
        raise IndexMismatchError(
            f"The index {name} in OpenSearch has schema {schema}, of a newer timtin; this one has {SCHEMA_VERSION}. Upgrade timtin here."
        )
    if fingerprint is not None and (schema != SCHEMA_VERSION or meta.get("fingerprint") != fingerprint):
        raise IndexMismatchError(
            f"The index {name} in OpenSearch was built with schema {schema} and analyzer {meta.get('fingerprint')}; "
            f"this timtin has schema {SCHEMA_VERSION} and {fingerprint}. Build it anew: timtin reindex"
        )
