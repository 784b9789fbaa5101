"""Loaded once by the process that workers are forked from, so that each starts in a moment and they share the tables."""

from indexer.workers.process import default_analyzer

default_analyzer("tables").analyze("Xã họp", "", "Sáng nay, xã họp.")
