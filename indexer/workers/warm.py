"""Loaded once by the process that workers are forked from, so that each starts in a moment and they share the tables."""

import gc

from indexer.workers.process import default_analyzer

gc.disable()
default_analyzer("tables").analyze("Xã họp", "", "Sáng nay, xã họp.")
gc.enable()
gc.freeze()  # the collector would look through the tables in each worker, and so copy the memory they share
gc.set_threshold(50_000, 20, 100)  # a batch makes many objects that all live until its end: looking for rings among them took a fifteenth
