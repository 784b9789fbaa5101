"""Checks values against schemas of the kind that the OpenAPI document is made of; a keyword it does not know is an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

SAYS_NOTHING = {"title", "description", "default"}
KNOWN = SAYS_NOTHING | {
    "$ref", "anyOf", "enum", "type", "properties", "required", "additionalProperties", "items", "prefixItems", "minItems", "maxItems",
    "minimum", "maximum", "pattern",
}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any], at: str = "$") -> Iterator[str]:
    """What of `value` is not as `schema` says; keys that an object's schema does not name are faults too."""
    if strange := set(schema) - KNOWN:
        # Left unchecked, such a keyword would let every value pass: the test that meets it has to end.
        raise NotImplementedError(f"keywords {strange} at {at}")
    if "$ref" in schema:
        yield from faults(value, resolved(schema["$ref"], document), document, at)
    if "anyOf" in schema and not any(not list(faults(value, one, document, at)) for one in schema["anyOf"]):
        yield f"{at}: {value!r} is none of {schema['anyOf']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "type" in schema and not _is(value, schema["type"]):
        yield f"{at}: {value!r} is no {schema['type']}"
    elif isinstance(value, dict):
        yield from _of_object(value, schema, document, at)
    elif isinstance(value, list):
        yield from _of_list(value, schema, document, at)
    elif isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} is not like {schema['pattern']}"
    elif isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at}: {value} is out of bounds"


def resolved(reference: str, document: dict[str, Any]) -> dict[str, Any]:
    """What a ``$ref`` leads to."""
    found: Any = document
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


def _of_object(value: dict[str, Any], schema: dict[str, Any], document: dict[str, Any], at: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: {name} is missing"
    for name, one in value.items():
        if name in schema.get("properties", {}):
            yield from faults(one, schema["properties"][name], document, f"{at}.{name}")
        elif "properties" in schema:
            yield f"{at}: {name} is not declared"


def _of_list(value: list[Any], schema: dict[str, Any], document: dict[str, Any], at: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{at}: {len(value)} items"
    first = schema.get("prefixItems", [])
    for number, one in enumerate(value):
        item = first[number] if number < len(first) else schema.get("items", {})
        if item is False:
            yield f"{at}: more than {len(first)} items"
        else:
            yield from faults(one, item, document, f"{at}[{number}]")


def _is(value: Any, kind: str) -> bool:
    match kind:
        case "boolean" | "null" | "object" | "array" | "string":
            return type(value) is {"boolean": bool, "null": type(None), "object": dict, "array": list, "string": str}[kind]
        case "integer":
            return type(value) is int
        case "number":
            return type(value) in (int, float)
    raise NotImplementedError(kind)  # a type misspelt in the document would else be "no such type" of every value
