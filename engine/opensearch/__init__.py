"""Back-end on OpenSearch, for more than one machine: the same tokens, the same plan, held in a cluster.

Text is analysed here and sent as tokens joined by spaces, so the servers need no plugin. See ``docs/scaling.md``.
"""

from __future__ import annotations

from engine.opensearch.backend import open_opensearch as open_backend

__all__ = ["open_backend"]
