"""Which plan runs a query: the one that wants all of its words, that one with what holds most of them behind it, or one that wants most.

Of a few words it wants those whole that are none with their syllables apart (`words`); where hardly any article holds them so, the others
stand behind these.

Each question about the index is a search, so they are asked in turn, and only as long as their answers decide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from analyzers.abbreviations import Abbreviations
from engine import folded
from engine.query.analysis import syllables
from engine.query.holding import Words
from engine.query.parts import Softness
from engine.query.plan import BuiltPlan, Restore, build_plan
from engine.query.soften import ENOUGH, Softening, quoted, softened, softening
from engine.query.tree import Node
from engine.query.words import words_in
from engine.schema import Weights
from engine.spellings import Spellings
from engine.spellings.lexicon import Syllable
from engine.spellings.rewording import rewordings


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that is about to run.

    `held` counts the articles that match a plan, under the filters of the request; so does `tried` by running it, which costs nothing
    where that plan is then the one that runs. `shown` counts those that a reader is shown: near-duplicates stand under one.
    `typed`: it is what a reader typed, and gives way to a sure correction when it finds nothing; a correction does not. `distant`:
    look-ups travel to a server. `short`: a few words side by side.
    """

    q: str
    tree: Node
    weights: Weights
    abbreviations: Abbreviations | None
    restore: Restore | None
    spellings: Spellings
    held: Callable[[BuiltPlan], int]
    tried: Callable[[BuiltPlan], int]
    shown: Callable[[BuiltPlan], int]
    typed: bool
    distant: bool
    short: bool = False

    def plan(self, soft: Softness = Softness.NONE, words: Words | None = None) -> BuiltPlan:
        """The plan that wants all words, or as many as `soft` says; `words`: those that are looked for whole."""
        otherwise = self.otherwise if self.short else None
        return build_plan(self.tree, syllables, self.weights, self.abbreviations, self.restore, soft=soft, words=words, otherwise=otherwise)

    def otherwise(self, left: str, right: str) -> bool:
        """Whether articles have two neighbouring keys just so, and often otherwise."""
        return self.spellings.lexicon.also_otherwise(Syllable.of(left), Syllable.of(right))


def chosen(asked: Asked, *, soften: bool) -> BuiltPlan:
    """The plan of a query; with `soften` it may want most of its words: of a sentence, or when few articles hold all of them."""
    softer = softening(asked.q, asked.tree, syllables)
    if not soften:
        softer = softer._replace(words=False)
    if softer.words and not softer.few:
        asked = replace(asked, weights=asked.weights.of_sentence())
    if softer.short:
        asked = replace(asked, short=True)
    strict = asked.plan(words=whole_words(asked.spellings) if softer.short else None)
    if not strict.whole_words:
        return _softened(asked, softer, strict)
    whole = asked.tried(strict)
    if whole >= ENOUGH:
        return strict
    others = _softened(asked, softer, asked.plan())
    if not whole:
        return others
    if others.whole is not None:  # fewer than `strict` finds where other writings of a number tell more than its words apart
        return others if (others.held or 0) >= whole else replace(strict, wider=others)
    if others.wider:
        return replace(strict, wider=others.wider)
    few = whole < folded.FEW or asked.shown(strict) < folded.FEW
    return replace(strict, wider=others, lack="apart") if few else strict


def whole_words(spellings: Spellings) -> Words:
    """Which words of a short query are looked for whole."""
    return partial(words_in, articles=spellings.lexicon.pair)


def _softened(asked: Asked, softer: Softening, strict: BuiltPlan) -> BuiltPlan:
    """`strict`, which wants all words, or in its place one that wants most, or with that one behind it."""
    if not softer.words:
        return strict
    whole = (asked.held if softer.sentence else asked.tried)(strict)
    if (
        _enough_hold_all(softer, whole)
        or _phrases_are_honoured(asked, softer, whole)
        or (softer.few and _some_hold_all_without_marks(asked))
        or (asked.typed and not whole and _surely_mistyped(asked))
    ):
        return strict
    soft = asked.plan(Softness.NEAR if whole >= ENOUGH else Softness.FAR)
    if softer.few and not asked.held(soft):
        return strict
    if whole and not softer.sentence and not _may_be_mistyped(asked):
        return replace(strict, wider=soft)
    shown = asked.shown(strict) if whole else 0
    return replace(soft, whole=shown, held=whole, notices=(*soft.notices, softened(shown)))


def _enough_hold_all(softer: Softening, whole: int) -> bool:
    if softer.few:
        return whole > 0
    return whole >= ENOUGH and not softer.sentence


def _phrases_are_honoured(asked: Asked, softer: Softening, whole: int) -> bool:
    """Phrases are wanted as long as anything holds them, but in a sentence that has words enough besides."""
    if not quoted(asked.tree):
        return False
    return not softer.phrases or (whole > 0 and not softer.sentence)


def _some_hold_all_without_marks(asked: Asked) -> bool:
    """Whether articles hold all of a query but for its marks: they follow behind the divider."""
    bare = folded.without_marks(asked.tree)
    return bare is not None and asked.held(build_plan(bare, syllables, asked.weights, asked.abbreviations)) > 0


def _surely_mistyped(asked: Asked) -> bool:
    """Whether a query that finds nothing will run corrected."""
    return any(one.sure for one in rewordings(asked.q, asked.spellings, syllables, fruitless=True))


def _may_be_mistyped(asked: Asked) -> bool:
    """Of a mistyped query, what holds the mistyped word too is no better. Not asked of servers: it takes many look-ups."""
    return not asked.distant and bool(rewordings(asked.q, asked.spellings, syllables))
