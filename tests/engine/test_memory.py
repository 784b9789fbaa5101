"""The memory engine keeps the contract."""

from __future__ import annotations

from tests.engine.contract import Contract


class TestMemory(Contract):
    engine = "memory"
