"""How inputs are read: format, field names, what counts as an article. From flags and a TOML profile; kept in the manifest."""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from indexer.errors import ProfileError
from indexer.sources.forms import FORMATS
from indexer.sources.mapping import FIELDS, FieldMap
from indexer.sources.names import printable

_KEYS = ("format", "records", "columns", "delimiter", "encoding", "teasers", "map", "constants", "split")


@dataclass(frozen=True, slots=True)
class Reading:
    """`format` of standard input and of files named themselves ("": by name and content). `records`: dotted path of the list in a
    JSON object. `columns`, `delimiter` (one character), `encoding`: of tables, where they do not say. `teasers`: take entries of feeds
    that hold no more than a teaser. `fields` renames what records hold.
    """

    format: str = ""
    records: str = ""
    columns: tuple[str, ...] = ()
    delimiter: str = ""
    encoding: str = ""
    teasers: bool = False
    fields: FieldMap = field(default_factory=FieldMap)

    def text(self) -> str:
        """The same as text, "" for the default: an input read otherwise than before has changed."""
        return "" if self == PLAIN else json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def of(cls, text: str) -> Reading:
        """The reading of such a text."""
        if not text:
            return PLAIN
        given = json.loads(text)
        parts = given.pop("fields")
        paths = tuple((name, tuple(names)) for name, names in parts["paths"])
        pairs = (tuple((name, value) for name, value in parts[key]) for key in ("constants", "split"))
        return cls(**{**given, "columns": tuple(given["columns"])}, fields=FieldMap(paths, *pairs))


PLAIN = Reading()


def reading(
    profile: Path | None = None, *, maps: Iterable[str] = (), constants: Iterable[str] = (), format_name: str = "", teasers: bool = False
) -> Reading:
    """The reading of a profile and of flags, which win. `maps` and `constants` are ``FIELD=…``. Raises ProfileError."""
    given = _profile(profile) if profile is not None else {}
    paths = {name: _names(value) for name, value in given.get("map", {}).items()}
    fixed = dict(given.get("constants", {}))
    mapped: dict[str, list[str]] = {}
    for text in maps:
        name, value = _pair("--map", text)
        mapped.setdefault(name, []).append(value)
    fixed.update(_pair("--set", text) for text in constants)
    if format_name and format_name not in FORMATS:
        raise ProfileError(f"--format {format_name}: unknown format; formats are {', '.join(FORMATS)}")
    return Reading(
        format=format_name or given.get("format", ""),
        records=given.get("records", ""),
        columns=tuple(given.get("columns", ())),
        delimiter=given.get("delimiter", ""),
        encoding=given.get("encoding", ""),
        teasers=teasers or given.get("teasers", False),
        fields=FieldMap(
            tuple({**paths, **{name: tuple(names) for name, names in mapped.items()}}.items()),
            tuple(fixed.items()),
            tuple(given.get("split", {}).items()),
        ),
    )


def _pair(flag: str, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    name = name.strip()
    if not equals or not value:
        raise ProfileError(f"{flag} {printable(text)}: it must be FIELD={'VALUE' if flag == '--set' else 'COLUMN'}, such as title=tieu_de")
    if name not in FIELDS:
        raise ProfileError(f"{flag} {printable(text)}: unknown field {printable(name)!r}; fields are {', '.join(FIELDS)}")
    return name, value


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _profile(path: Path) -> dict[str, Any]:
    shown = printable(str(path))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ProfileError(f"{shown} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{shown} is not TOML: {error}") from error
    checked = _Checked(shown, text)
    checked.names(given, _KEYS, "key", "keys")
    for table, allowed in (("map", _is_names), ("constants", _is_text), ("split", _is_text)):
        values = given.get(table, {})
        checked.that(isinstance(values, Mapping), table, f"must be a table: [{table}]")
        checked.names(values, FIELDS, "field", "fields")
        for name, value in values.items():
            checked.that(allowed(value), name, "must be a text" + (" or a list of texts" if table == "map" else ""))
    for key, (right, what) in _TYPES.items():
        checked.that(key not in given or right(given[key]), key, what)
    return given


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_names(value: Any) -> bool:
    return _is_text(value) or (isinstance(value, list) and bool(value) and all(map(_is_text, value)))


def _is_encoding(value: Any) -> bool:
    try:
        return _is_text(value) and bool(getattr(codecs.lookup(value), "_is_text_encoding", True))
    except (LookupError, ValueError):
        return False


_TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "format": (lambda value: isinstance(value, str) and value in FORMATS, f"must be one of {', '.join(FORMATS)}"),
    "records": (_is_text, "must be a text: the dotted path of a list"),
    "columns": (lambda value: isinstance(value, list) and _is_names(value), "must be a list of texts"),
    "delimiter": (lambda value: _is_text(value) and len(value) == 1 and value not in '"\r\n', "must be one character"),
    "encoding": (_is_encoding, "must be an encoding that Python knows, such as utf-16 or windows-1258"),
    "teasers": (lambda value: isinstance(value, bool), "must be true or false"),
}


class _Checked:
    """Complaints about a profile that name the line."""

    def __init__(self, path: str, text: str) -> None:
        self._path, self._lines = path, text.splitlines()

    def names(self, given: Mapping[str, Any], allowed: tuple[str, ...], one: str, many: str) -> None:
        for name in given:
            self.that(name in allowed, name, f"is an unknown {one}; {many} are {', '.join(allowed)}")

    def that(self, right: bool, name: str, complaint: str) -> None:
        if not right:
            written = re.compile(rf"\s*[\[\"']*{re.escape(name)}\b")
            line = next((number for number, text in enumerate(self._lines, start=1) if written.match(text)), None)
            where = f"{self._path}, line {line}" if line else self._path
            raise ProfileError(f"{where}: {printable(name)!r} {complaint}")
