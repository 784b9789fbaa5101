"""What a written syllable looks like: an ordinary syllable, a name, a number."""

from __future__ import annotations

import re

_ONSET = "ngh?|nh|[ckgpt]h|gi|qu|tr|[bcdghklmnpqrstvx]"
_SYLLABLE = re.compile(rf"(?:{_ONSET})?[aeiouy]{{1,3}}(?:ch|ng|nh|[cmnpt])?")
_WARD, _ROAD = re.compile(r"\d{1,2}"), re.compile(r"[1-9]\d{0,2}[a-zđ]?")
GLUED = re.compile(r"([a-zđ]{1,3})(\d{1,3}[a-zđ]?)")
"""An abbreviation and a number: ``q1``, ``ql14b``."""


def is_syllable(folded: str) -> bool:
    """Whether `folded` could be a Vietnamese syllable without marks: ``ca`` and ``da`` can, ``ubnd`` and ``tt`` cannot."""
    return _SYLLABLE.fullmatch(folded) is not None


def is_number(key: str, abbreviation: str) -> bool:
    """Whether `key` can number what is abbreviated so: a ward or district with one letter (``5``, ``05``), a road (``741``, ``14b``)."""
    return (_WARD if len(abbreviation) == 1 else _ROAD).fullmatch(key) is not None


def is_name_part(surface: str) -> bool:
    """Whether `surface` is written as a syllable of a name: a capital, then small letters."""
    return surface[:1].isupper() and (len(surface) == 1 or not surface[1:].isupper())
