"""Key terms: what an article is about, in the words of its own text.

A term is a multi-syllable noun-like word or phrase (*bảo hiểm y tế*, *giải phóng mặt bằng*) or a known abbreviation (*OCOP*).
Nearly all come from a table of terms and of how many articles hold them; a word the table lacks must stand out by itself.

In the order the data takes: `model` (the values), `table` and `store` (the table and its file), `index` (syllables to terms),
`probe` (where in a batch terms may stand), `scan` (an article's texts to counted terms), `unknown` (words the table lacks), `choose`
(scores, what is kept and why the rest is not), `extract` (the door). `explain` does the same the slow and obvious way and says why.
`build` makes the table.
"""

from analyzers.terms.errors import TermsError, TermTableError
from analyzers.terms.explain import Verdict, explain
from analyzers.terms.extract import hits, key_terms, term_label
from analyzers.terms.model import TERMS_VERSION, KeyTerm
from analyzers.terms.store import fingerprint

__all__ = [
    "TERMS_VERSION",
    "KeyTerm",
    "TermTableError",
    "TermsError",
    "Verdict",
    "explain",
    "fingerprint",
    "hits",
    "key_terms",
    "term_label",
]
