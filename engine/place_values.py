"""Places in the parameters of a search: a path, or a name as people write it."""

from __future__ import annotations

from analyzers.places import Gazetteer
from engine.model import Notice
from engine.places import (
    PlaceNames,
    day_label,
    last_day,
    old_label,
    paths_named,
    paths_today,
    place_label,
    place_slug,
    suggestions,
    unit_now,
)

LEFT_OUT = " Bộ lọc này được bỏ qua."
"""End of a notice about a filter that a page goes on without."""
MAX_NAMED = 6
"""Units that a notice names."""
MAX_SUGGESTING = 3
"""Unknown places of one request that are compared with all known names."""

LONGEST_SHOWN = 60
"""Characters of a value that a notice repeats; more than any date has."""


class PlaceValues:
    """Reads the places of one request: a path, or a name as people write it."""

    def __init__(self, gazetteer: Gazetteer, names: PlaceNames, notices: list[Notice]) -> None:
        self._gazetteer = gazetteer
        self.names = names
        self._notices = notices
        self._suggested = 0

    def read(self, value: str) -> list[str]:
        """Paths that a value means; a name borne by several units means all of them, and says so."""
        slug = place_slug(value)
        known = place_label(slug, self._gazetteer) is not None
        paths = [slug] if known else paths_named(value, self._gazetteer)
        if not paths:
            self._say("unknown-place", self._unknown(value))
        if self.names == "now":
            paths = self._today(value, paths)
        if not known and len(paths) > 1:
            self._say("ambiguous-place", f"“{shown(value)}” là tên của {len(paths)} nơi; lọc theo tất cả.")
        return paths

    def read_old(self, value: str) -> list[str]:
        """The path of one of the 63 provinces."""
        for path in (place_slug(value), *paths_named(value, self._gazetteer)):
            if old_label(path, self._gazetteer):
                return [path]
        self._say("unknown-place", f"Không có tỉnh nào tên “{shown(value)}” trong 63 tỉnh, thành trước 1/7/2025.{LEFT_OUT}")
        return []

    def _today(self, value: str, paths: list[str]) -> list[str]:
        """Today's units of the name; those that took their place, with a notice, when the name is gone."""
        still = [path for path in paths if unit_now(path, self._gazetteer)]
        if still or not paths:
            return still
        heirs = paths_today(paths, self._gazetteer)
        unit = self._gazetteer.bearers(paths[0])[-1]
        name = unit.label if len(paths) == 1 else f"“{shown(value)}”"
        now = ", ".join(place_label(path, self._gazetteer) or path for path in heirs[:MAX_NAMED])
        more = f" và {len(heirs) - MAX_NAMED} nơi khác" if len(heirs) > MAX_NAMED else ""
        about = "≈ " if len(heirs) > 1 else ""
        self._say("former-place", f"{name} chỉ có đến {day_label(last_day(unit))}; lọc theo đơn vị hiện nay: {about}{now}{more}.")
        return heirs

    def _unknown(self, value: str) -> str:
        self._suggested += 1
        near = suggestions(value, self._gazetteer) if self._suggested <= MAX_SUGGESTING else []
        return f"Không có nơi nào tên “{shown(value)}”." + (f" Gần giống: {', '.join(near)}." if near else "") + LEFT_OUT

    def _say(self, code: str, message: str) -> None:
        self._notices.append(Notice(code, message))


def shown(value: str) -> str:
    """`value` as a notice repeats it."""
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
