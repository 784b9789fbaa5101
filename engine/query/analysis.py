"""Analysis of queries: their syllables, which is all that planning, softening and spelling ask for."""

from __future__ import annotations

from analyzers.analyzer import AnalyzedText
from analyzers.keys import keys
from analyzers.syllables import SYLLABLE
from analyzers.text import nfc
from engine.query.remembered import remembered


@remembered
def syllables(text: str) -> AnalyzedText:
    """What `Analyzer.analyze` gives but for the words, in a twentieth of its time: segmentation has its cost for a whole article."""
    text = nfc(text)
    found = [*SYLLABLE.finditer(text)]
    every = [keys(one.group()) for one in found]
    starts, ends = [one.start() for one in found], [one.end() for one in found]
    return AnalyzedText(text, starts, ends, [one.marked for one in every], [one.folded for one in every], ())
