"""How the table of terms is made from a corpus of articles; nothing here runs while timtin indexes or searches.

In the order the data takes: `corpus` (articles to columns of words), `grams` (runs of words and what is measured of them), `lists`
(what was written by hand), `select` (which runs are terms, and how surely), `count` (articles that hold each), `__main__` (files).
"""
