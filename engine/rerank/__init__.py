"""Second stage of ranking: the best candidates of the first stage, looked at again with the order of their syllables at hand.

`engine.codes` keeps the running text of a document as numbers; here `model` says what a query wants, `evidence` measures where it stands
(the head of the article, its best passage), `kinship` how alike candidates are, `stage` adds it up. Pure NumPy, the same for every engine.
"""

from engine.rerank.model import DEPTH, RankTerm, Rerank
from engine.rerank.stage import Placed, reranked

__all__ = ["DEPTH", "Placed", "RankTerm", "Rerank", "reranked"]
