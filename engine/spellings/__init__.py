"""How the articles of an index spell: marks put back, mistyped syllables, and what is likely to have been meant.

`lexicon` reads the engine's own dictionaries through the port, so the table is right after every commit, in every engine; `variants` knows
what Vietnamese spelling allows, `confusions` what sounds alike; `restore` puts marks on a row of syllables; `correct` finds the syllables
that look mistyped, `likelier` those that do not. `Spellings` is the door: `readings`, `corrections`, `likelier`.
"""

from engine.spellings.correct import Alternative, Correction
from engine.spellings.table import Reading, Spellings

__all__ = ["Alternative", "Correction", "Reading", "Spellings"]
