"""Errors of an evaluation."""

from __future__ import annotations


class EvaluationError(Exception):
    """A file of a judged collection cannot be used; the message names file, line and what is expected."""
