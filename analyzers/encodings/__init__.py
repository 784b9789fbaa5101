"""Text that arrived in an old or mistaken encoding, as it was meant.

`repair` looks at a text and returns a `Repaired`: the text in NFC, the encoding that was undone (None: nothing to undo, or not
sure), how sure that is and why. `encode_as` goes the other way, for tests; `is_syllable` is the validator of Vietnamese syllables
that all evidence rests on. One module per encoding, each with its standard, its table and what it cannot give back.
"""

from analyzers.encodings.forms import FORMS, encode_as, representable
from analyzers.encodings.model import Encoding, Repaired
from analyzers.encodings.repair import KNOWN, repair
from analyzers.encodings.syllable import is_syllable

__all__ = ["FORMS", "KNOWN", "Encoding", "Repaired", "encode_as", "is_syllable", "repair", "representable"]
