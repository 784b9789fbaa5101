"""Queries typed with the input method off: ``ddoongf vawn``, ``thi5 xa4``, ``Vie^.t``.

`readings` finds such syllables in a text and says what the keys would have given; `spell` puts readings in. `typed_as` gives the
keystrokes of a syllable. Everything rests on the rules of Vietnamese syllables (`analyzers.encodings.syllable`), not on a list of
words; the one data file lists foreign words that look like keystrokes.
"""

from analyzers.keyboards.model import Reading
from analyzers.keyboards.readings import readings, spell
from analyzers.keyboards.typed import METHODS, typed_as

__all__ = ["METHODS", "Reading", "readings", "spell", "typed_as"]
