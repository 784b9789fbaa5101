"""The tantivy engine keeps the contract."""

from __future__ import annotations

from tests.engine.contract import Contract


class TestTantivy(Contract):
    engine = "tantivy"
