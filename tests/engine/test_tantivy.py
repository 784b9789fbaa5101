"""The tantivy engine keeps the contract."""

from __future__ import annotations

import json
from pathlib import Path

from engine.tantivy import TantivyBackend
from tests.engine.contract import Contract


class TestTantivy(Contract):
    engine = "tantivy"


def test_stored_values_are_kept_in_small_blocks_and_not_packed_again(tmp_path: Path) -> None:
    """tantivy's binding has no parameter for it; a newer version may have other names."""
    for _ in range(2):
        with TantivyBackend(tmp_path, create=True).writer() as writer:
            writer.commit()
        settings = json.loads((tmp_path / "meta.json").read_text(encoding="utf-8"))["index_settings"]
        assert (settings["docstore_compression"], settings["docstore_blocksize"]) == ("none", 4096)
