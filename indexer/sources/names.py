"""Names of files and members as a report may show them."""

from __future__ import annotations

_NOT_INPUTS = ("readme", "license", "changelog")


def printable(path: str) -> str:
    """A path that is safe in a report: bad bytes and control characters are shown, never sent to a terminal."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def is_aside(name: str) -> bool:
    """Whether a file of this name is about its folder (hidden, ``README*``, ``LICENSE*``, ``CHANGELOG*``), not one of its articles."""
    return name.startswith(".") or name.lower().startswith(_NOT_INPUTS)
