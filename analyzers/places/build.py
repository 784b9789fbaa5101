"""Build the package's gazetteer: ``python -m analyzers.places.build UNITS.jsonl [COMMON_NAMES.json]``.

Writes ``data/units.tsv`` and ``data/common.tsv`` beside this module. The same input gives the same bytes.
Changes made after the source was compiled belong in ``data/changes.tsv``, which this command does not touch.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from analyzers.places.gazetteer import Gazetteer
from analyzers.places.table import write_table
from analyzers.places.unit import Unit, level_of

DATA = Path(__file__).parent / "data"
COMMON_SHARE = 0.1
"""A name counts as a dictionary word when this share of its uses in 22,644 articles is written in lower case."""


def unit_of(row: Mapping[str, Any]) -> Unit:
    """One version row of the source as a Unit; `heirs` are filled by `with_heirs`."""
    return Unit(
        row["unit"],
        level_of(row["unit"]),
        date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
        row.get("end") or "",
        row["type"],
        row["name"],
        row["parent"],
        tuple(row.get("successor_ids", ())),
        (),
        row.get("lat"),
        row.get("lon"),
        tuple(row.get("alt_names", ())),
    )


def with_heirs(rows: Iterable[Mapping[str, Any]]) -> list[Unit]:
    """Units of all rows; `heirs` is kept only where following the successors gives other units than the source states."""
    pairs = [(unit_of(row), tuple(row.get("current_ids", ()))) for row in rows]
    gazetteer = Gazetteer([unit for unit, _ in pairs])
    units = []
    for unit, stated in pairs:
        walked = sorted(heir.unit for heir in gazetteer.today(unit))
        differs = bool(stated) and sorted(stated) != walked
        units.append(unit._replace(heirs=tuple(sorted(stated))) if differs else unit)
    return units


def common_table(rows: Iterable[Mapping[str, Any]]) -> str:
    """``name<TAB>count`` lines of the names that are dictionary words: how often each was seen as a word."""
    counts = {row["name"]: int(row["lower"]) for row in rows if _is_word(row)}
    return "".join(f"{name}\t{counts[name]}\n" for name in sorted(counts))


def _is_word(row: Mapping[str, Any]) -> bool:
    uses = int(row["lower"]) + int(row["cap_untyped"]) + int(row["typed"])
    return int(row["lower"]) >= COMMON_SHARE * max(uses, 1)


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)
        return 2
    source = Path(arguments[0])
    common = Path(arguments[1]) if len(arguments) > 1 else source.with_name("common_word_names.json")
    with source.open(encoding="utf-8") as lines:
        units = with_heirs([json.loads(line) for line in lines if line.strip()])
    DATA.mkdir(exist_ok=True)
    (DATA / "units.tsv").write_text(write_table(units), encoding="utf-8", newline="\n")
    (DATA / "common.tsv").write_text(common_table(json.loads(common.read_text(encoding="utf-8"))), encoding="utf-8", newline="\n")
    print(f"{len(units)} versions of {len({unit.unit for unit in units})} units written to {DATA}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
