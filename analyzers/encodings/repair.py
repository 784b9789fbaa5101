"""Detect legacy encodings in a text and undo them; leave everything else alone.

The decision is made on language evidence (`analyzers.encodings.evidence`), first for the text as a whole, then line by line, so
that a document of which only some paragraphs were pasted from an old one comes out right. Clean text costs two scans in C.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from analyzers.encodings.entities import ENTITIES
from analyzers.encodings.evidence import STRANGE, Evidence, pooled, weigh
from analyzers.encodings.model import Encoding, Repaired
from analyzers.encodings.mojibake import MOJIBAKE
from analyzers.encodings.tcvn3 import TCVN3
from analyzers.encodings.viqr import VIQR
from analyzers.encodings.vni import VNI
from analyzers.encodings.windows1258 import WINDOWS_1258
from analyzers.text import nfc

KNOWN = (ENTITIES, MOJIBAKE, TCVN3, VNI, WINDOWS_1258, VIQR)

# The cheap first look. A strange character, or two that never meet in Vietnamese: windows-1258 and VNI have lines without strange ones.
# No alternatives at the top level: the scanner then skips to characters that can begin a match.
_FIRST_LOOK = re.compile(f"[{STRANGE}€]")
_PAIR = re.compile("[ìòùâÌÒÙÂ](?<=[aeâêôAEÂÊÔ][ìòùâÌÒÙÂ]|o[âù]|O[ÂÙ])")

_LAYERS = 4
"""Readings of readings that are undone: double mojibake, references to TCVN3 characters, and so on."""

# The bar. Calibrated with `python -m benchmarks.encodings`: legacy articles gain above 75 % of changed and 50 % of all words; the
# clean corpus, and the samples of other languages in the tests, stay below one of these floors.
_MIN_DIFFERENT = 3
_MIN_SHARE_OF_WORDS = 0.2
_MIN_SHARE_OF_CHANGED = 0.6
_CLEARLY_MORE = 1.2
_SPARSE = 250
"""Characters to a sign. Legacy text has one in 10 to 50; a foreign name now and then is no reason to decode a long line."""
_WHOLE_TEXT = 0.9
"""A text that is this far in one encoding is taken to be so throughout, also in lines without evidence."""


class _Reading(NamedTuple):
    """A text with one encoding undone in every line, and what speaks for it in each."""

    encoding: Encoding
    lines: list[str]
    evidence: list[Evidence]
    total: Evidence
    """Of the lines that are not Vietnamese as they stand."""


class _Layer(NamedTuple):
    """A text with one encoding undone where that helps."""

    lines: list[str]
    encoding: str
    evidence: Evidence
    touched: int
    """How many lines were changed."""


def repair(text: str) -> Repaired:
    """Return `text` in NFC as it was meant; see `Repaired`. Never raises, and never touches what it is not sure of."""
    text = nfc(text)
    if _FIRST_LOOK.search(text) is None and not _paired(text):
        return Repaired(text, None, 1.0, "no sign of a legacy encoding")
    lines = text.split("\n")
    done: list[_Layer] = []
    refused: list[str] = []
    while len(done) < _LAYERS:
        # Under references to half of the characters there is more evidence than beside them.
        outer, layer = _undo_two(lines), _undo(lines, refused)
        if outer and (layer is None or outer.evidence.balance > _CLEARLY_MORE * layer.evidence.balance):
            layer = outer
        if layer is None:
            break
        done.append(layer)
        lines = layer.lines
    if done:
        names = dict.fromkeys(name for layer in done for name in layer.encoding.split("+"))
        return Repaired(nfc("\n".join(lines)), "+".join(names), min(map(_confidence, done)), "; ".join(map(_said, done)))
    if refused:
        return Repaired(text, None, 0.5, "unsure, left alone: " + "; ".join(refused))
    return Repaired(text, None, 1.0, "strange characters, but no encoding explains them")


def _undo(lines: list[str], refused: list[str]) -> _Layer | None:
    """Undo the encoding with the best evidence, in every line that it explains; say in `refused` which others were not believed."""
    best: _Reading | None = None
    for encoding in _candidates("\n".join(lines)):
        reading = _read(lines, encoding)
        total = reading.total
        if not _believed(total, encoding):
            if total.gains or encoding.by_sequence:
                refused.append(f"{encoding.name} would make {total.gains} of {total.words} words Vietnamese")
        elif best is None or total.balance > best.total.balance:
            best = reading
    return _apply(lines, best) if best else None


def _paired(text: str) -> bool:
    return "ýõ" in text or _PAIR.search(text) is not None


def _candidates(text: str) -> list[Encoding]:
    """Encodings of which `text` shows signs, and in some line enough of them: the second look, still cheap."""
    signs = frozenset(_FIRST_LOOK.findall(text))
    paired = (VNI, WINDOWS_1258) if _paired(text) else ()
    shown = [each for each in KNOWN if (signs & each.signs or each in paired) and each.hint.search(text)]
    return [each for each in shown if each.by_sequence or _dense(text, each)]


def _dense(text: str, encoding: Encoding) -> bool:
    return any(len(encoding.hint.findall(line)) * _SPARSE > len(line) for line in text.split("\n"))


def _read(lines: list[str], encoding: Encoding) -> _Reading:
    """Decode and mend every line, and weigh it."""
    readings, evidence = [], []
    for line, decoded in zip(lines, encoding.decode("\n".join(lines)).split("\n"), strict=True):
        mended = encoding.mend(decoded) if encoding.mend and decoded != line else decoded
        readings.append(mended)
        # Chunks only match up while mending closes no gap.
        evidence.append(weigh(line, mended if mended.count(" ") == line.count(" ") else decoded, encoding))
    # Lines in Vietnamese say nothing about the others, but lines that only break do. Half a word right is what mojibake of mojibake gives.
    counted = [each for each in evidence if encoding.by_sequence or each.balance > 0 or not (each.harmed or each.native)]
    return _Reading(encoding, readings, evidence, pooled(counted))


def _believed(total: Evidence, encoding: Encoding) -> bool:
    """The bar for a text, over the lines that are not Vietnamese as they stand."""
    if encoding.by_sequence:
        return total.gains > total.failed
    without_doubt = total.gains == total.changed and (total.decisive > 0 or (len(total.gained) > 1 and total.gains == total.words))
    enough = without_doubt or len(total.gained) >= _MIN_DIFFERENT
    return enough and total.gains >= max(_MIN_SHARE_OF_CHANGED * total.changed, _MIN_SHARE_OF_WORDS * total.words)


def _apply(lines: list[str], reading: _Reading) -> _Layer:
    """Take the decoded form of every line that gains by it, or, in a text that is legacy nearly throughout, does not lose."""
    against = pooled(each for each in reading.evidence if each.balance < 0)
    throughout = reading.total.words >= _WHOLE_TEXT * (reading.total.words + against.words)
    chosen = [
        new if each.balance > 0 or _harmless(each, reading.encoding, throughout) else old
        for old, new, each in zip(lines, reading.lines, reading.evidence, strict=True)
    ]
    touched = sum(new != old for new, old in zip(chosen, lines, strict=True))
    return _Layer(chosen, reading.encoding.name, pooled(reading.evidence), touched)


def _harmless(evidence: Evidence, encoding: Encoding, throughout: bool) -> bool:
    """Tell whether a line without evidence of its own goes with the rest."""
    if encoding.by_sequence:
        return throughout or evidence.gains >= evidence.failed
    return throughout and not evidence.native and evidence.harmed < 3 + 2 * evidence.gains


def _undo_two(lines: list[str]) -> _Layer | None:
    """Look under an outer reading that makes no Vietnamese by itself: mojibake of mojibake, references to TCVN3 characters."""
    text = "\n".join(lines)
    for outer in (ENTITIES, MOJIBAKE):
        if not outer.hint.search(text):
            continue
        peeled = lines
        for _ in range(_LAYERS):
            before, peeled = peeled, outer.decode("\n".join(peeled)).split("\n")
            if peeled == before:
                break
            inner = _undo(peeled, [])
            if inner:
                # Lines that the inner reading leaves alone keep what they had: the outer one was not believed by itself.
                kept = [new if new != middle else old for new, middle, old in zip(inner.lines, peeled, lines, strict=True)]
                return inner._replace(lines=kept, encoding=f"{outer.name}+{inner.encoding}")
    return None


def _confidence(layer: _Layer) -> float:
    """Share of the evidence that speaks for the decision, less for little of it."""
    evidence = layer.evidence
    share = evidence.gains / max(1, evidence.gains + evidence.failed + evidence.harmed)
    return round(share * (1 - 0.5 ** len(evidence.gained)), 3)


def _said(layer: _Layer) -> str:
    evidence = layer.evidence
    return (
        f"{layer.encoding}: {evidence.gains} of {evidence.changed} changed words become Vietnamese syllables, {evidence.failed} do not, "
        f"{evidence.harmed} were already; {layer.touched} of {len(layer.lines)} lines"
    )
