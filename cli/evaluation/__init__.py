"""``timtin eval``: rank judged collections through the same search that users get, and measure it.

`collection` reads the three files, `archive` indexes a collection through the real pipeline, `run` searches, `baselines`
are the simple rankers to compare with, `slips` makes typing errors, `measures` counts.
"""

__all__: list[str] = []
