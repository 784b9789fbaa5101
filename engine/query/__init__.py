"""The query language: text -> tree -> plan.

`lexer` cuts the text, `parser` builds the tree of `tree` and never raises on a user's text,
`plan` turns the tree into the engine-neutral nodes that every back-end runs.
"""

from engine.query.parser import ParsedQuery, parse
from engine.query.plan import build_plan

__all__ = ["ParsedQuery", "build_plan", "parse"]
