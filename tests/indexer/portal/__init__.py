"""Invented portal pages: `stories`, `parts` of a page, `shells` that hold them, `traps`, and `others` that are no article."""
