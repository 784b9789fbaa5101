"""Field names of a source to the names of this project: paths, constants, delimiters. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIELDS = ("id", "url", "title", "lead", "body", "html", "published", "source", "author", "section")
"""What a column or a JSON path can be mapped to."""
_TARGETS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lead": ("lead", ("summary", "description")),
    "body": ("text", ("body", "html")),
    "html": ("html", ("text", "body")),
    "published": ("published", ("date",)),
    "section": ("category", ()),
}
"""Field -> the name a record has it under, and other names of the same thing, which a mapping replaces."""
NATIVE = frozenset(
    ("id", "url", "title", "lead", "summary", "description", "text", "body", "html", "date", "published", "source", "category", "author")
)
"""Names that are understood without a mapping."""
_NATIVE_OF = {target: (target, *others) for target, others in (_TARGETS.get(field, (field, ())) for field in FIELDS)}
Pairs = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FieldMap:
    """`paths`: field -> names in the source, dotted in JSON; `constants`: field -> value; `split`: field -> delimiter of a list."""

    paths: Pairs = ()
    constants: tuple[tuple[str, str], ...] = ()
    split: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paths or self.constants or self.split)

    def apply(self, fields: Mapping[str, object]) -> dict[str, object] | str:
        """Fields under the names that records have, or what is wrong with them. Where a mapped name is not there, the native one counts."""
        made = dict(fields)
        found = {field: [value for name in names if (value := looked_up(fields, name)) is not None] for field, names in self.paths}
        names = [name for _, names in self.paths for name in names]
        if names and not any(found.values()) and not NATIVE & fields.keys():
            return f"none of {', '.join(names)} is in it; it has {', '.join(map(str, fields))}"[:300]
        for field, values in found.items():
            for name in (_target(field)[0], *_target(field)[1]) if values else ():
                made.pop(name, None)
            for value, name in zip(values, dict(self.paths)[field], strict=False):
                if isinstance(value, dict):
                    return f"{field} = {name}: {name} is an object, not a text; its keys are {', '.join(map(str, value))}"[:300]
        delimiters = dict(self.split)
        for field, values in found.items():
            if values:
                made[_target(field)[0]] = _joined(field, values, delimiters.get(field))
        for field, delimiter in self.split:
            name = _target(field)[0]
            if field not in found and isinstance(value := made.get(name), str):
                made[name] = _joined(field, [value], delimiter)
        for field, constant in self.constants:
            made[_target(field)[0]] = constant
        return made


def looked_up(fields: object, path: str) -> object:
    """Value at a dotted path (``meta.author.0``); a key that itself holds the dots comes first. None when there is none."""
    if isinstance(fields, Mapping):
        if path in fields:
            return fields[path]
        head, _, rest = path.partition(".")
        return looked_up(fields[head], rest) if rest and head in fields else None
    if isinstance(fields, list):
        head, _, rest = path.partition(".")
        if head.isascii() and head.isdigit() and len(head) < 10 and int(head) < len(fields):
            return looked_up(fields[int(head)], rest) if rest else fields[int(head)]
    return None


def native_of(name: str) -> tuple[str, ...]:
    """The name that a record has something under, and the other names of the same thing."""
    return _NATIVE_OF[name]


def _target(field: str) -> tuple[str, tuple[str, ...]]:
    return _TARGETS.get(field, (field, ()))


def _joined(field: str, values: list[object], delimiter: str | None) -> object:
    """One value of several: paragraphs of a body, the rest in one line. A single one of another type stays what it is."""
    flat: list[Any] = [part for value in values for part in (value if isinstance(value, list) else [value])]
    if delimiter:
        flat = [piece.strip() for part in flat for piece in (part.split(delimiter) if isinstance(part, str) else [part])]
    if len(flat) == 1:
        return flat[0]
    if not all(isinstance(part, (str, int, float)) for part in flat):
        return flat
    texts = [str(part) for part in flat if part != ""]
    if field == "body":
        return texts
    return ("\n" if field == "html" else ", " if field in ("author", "source", "section") else " ").join(texts)
