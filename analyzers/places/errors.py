"""What can go wrong in this room: a damaged data file, or a unit nobody knows."""

from __future__ import annotations

REBUILD = "python -m analyzers.places.build UNITS.jsonl"


class PlacesError(Exception):
    """Base of this room's errors."""


class DataFileError(PlacesError):
    """A gazetteer file cannot be read; the message names the file and the command that rebuilds it."""

    def __init__(self, name: str, reason: str, fix: str = f"install timtin again, or in a checkout rebuild it with: {REBUILD}") -> None:
        super().__init__(f"gazetteer file {name} is damaged: {reason}; {fix}")


class UnknownUnitError(PlacesError, KeyError):
    """No unit has this identifier, path or name (on that date)."""

    def __init__(self, asked: str, nearest: tuple[str, ...] = ()) -> None:
        self.asked = asked
        self.nearest = nearest
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"no administrative unit {asked!r}{hint}")

    def __str__(self) -> str:
        return str(self.args[0])
