"""Analyzers of worker processes that do harm when they meet certain words, as a fault in compiled code or a bad page would.

A worker gets the words through `build`, which runs in its process; nothing of the process of the tests is changed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path
from typing import Any

from analyzers.article import ArticleAnalyzer
from analyzers.places import Homes
from indexer.model import Page
from indexer.workers import hand
from indexer.workers.process import default_analyzer


def harm(text: str, scratch: str) -> None:
    """Do what the text asks for."""
    if "HỎNG-NHỚ" in text:  # a fault in compiled code
        ctypes.string_at(0)
    if "BỊ-GIẾT" in text:  # as by a system out of memory
        os.kill(os.getpid(), signal.SIGKILL)
    if "MỘT-LẦN" in text and not Path(scratch).exists():
        Path(scratch).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if "ĐẦY-NHỚ" in text and not Path(scratch).exists():  # in a process whose tables have grown
        Path(scratch).touch()
        raise MemoryError
    if "TỰ-THOÁT" in text:
        os._exit(3)
    if "QUAY-MÃI" in text:
        while True:
            pass
    if "NGỦ-MÃI" in text:
        time.sleep(3600)
    if "NUỐT-NHỚ" in text:
        _ = bytearray(2_000_000_000)
    if "LỖI" in text:
        raise RuntimeError("a fault of ours")


def build(scratch: str, homes: Homes | None = None) -> ArticleAnalyzer:
    """An analyzer, in a process whose extraction and analysis can be harmed."""
    reads, records, many, one = hand.extract, hand.record, hand.analyze_documents, hand.analyze_document

    def extract(page: Page, **more: Any) -> Any:
        harm(page.raw.decode(), scratch)
        return reads(page, **more)

    def record(fields: dict[str, Any], path: str) -> Any:
        harm(str(fields.get("title")), scratch)
        return records(fields, path)

    def analyze_documents(analyzer: ArticleAnalyzer, items: Any) -> Any:
        for item in items:
            harm(item.lead, scratch)
        return many(analyzer, items)

    def analyze_document(analyzer: ArticleAnalyzer, item: Any) -> Any:
        harm(item.lead, scratch)
        return one(analyzer, item)

    hand.PREPARE_SECONDS = 0.5
    hand.ANALYSE_SECONDS = 1.0
    for name, function in (
        ("extract", extract), ("record", record), ("analyze_documents", analyze_documents), ("analyze_document", analyze_document),
    ):  # fmt: skip
        setattr(hand, name, function)
    return default_analyzer("tables", homes)
