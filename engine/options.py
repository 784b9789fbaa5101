"""What an engine needs to know beyond its directory. Embedded engines need nothing of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Where OpenSearch is and how an index is laid out there. `opensearch_urls` empty: those the index was made with."""

    opensearch_urls: tuple[str, ...] = ()
    opensearch_alias: str = "timtin"
    opensearch_user: str = ""
    opensearch_password: str = ""
    opensearch_ca_file: str = ""
    opensearch_shards: int = 1
    opensearch_replicas: int = 1
    search_budget_ms: int = 2000
    """After so many milliseconds a search answers with what it has found, and says so."""
