"""Clean text into each encoding: what tests and benchmarks feed to `repair`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from analyzers.encodings import entities, mojibake, tcvn3, viqr, vni, windows1258
from analyzers.text import nfc


class Form(NamedTuple):
    """One way of writing text, and what of a text survives it."""

    encode: Callable[[str], str]
    representable: Callable[[str], str]


def _same(text: str) -> str:
    return text


FORMS = {
    "tcvn3": Form(tcvn3.encode, tcvn3.representable),
    "vni": Form(vni.encode, vni.representable),
    "viqr": Form(viqr.encode, _same),
    "windows-1258": Form(windows1258.combining, _same),
    "windows-1258-as-1252": Form(windows1258.encode, windows1258.representable),
    "utf-8-as-latin-1": Form(mojibake.encode_latin1, _same),
    "utf-8-as-windows-1252": Form(mojibake.encode, _same),
    "utf-8-as-windows-1252-twice": Form(lambda text: mojibake.encode(mojibake.encode(text)), _same),
    "entities": Form(entities.encode, _same),
    "nfd": Form(lambda text: unicodedata.normalize("NFD", text), _same),
}
"""By name, all of them; ``windows-1258`` is the right reading, with combining tones."""


def encode_as(text: str, name: str) -> str:
    """Return clean `text` as it looks in the named form. Raises ValueError, with the names there are, for another name."""
    return _form(name).encode(nfc(text))


def representable(text: str, name: str) -> str:
    """Return what of `text` the named form can hold: the best that repairing can give back."""
    return _form(name).representable(nfc(text))


def _form(name: str) -> Form:
    if name not in FORMS:
        raise ValueError(f"unknown form {name!r}; known: {', '.join(FORMS)}")
    return FORMS[name]
