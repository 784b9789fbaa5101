"""What a program asked for is done just so or refused: nobody reads the notice that a filter was left out.

A page goes on without what it cannot use and says so. What was typed as the query is never an error, here neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from werkzeug.datastructures import MultiDict

from engine.model import Notice
from engine.parameters import FACET_PARAMETERS
from engine.place_values import shown

OPENAPI = "/api/openapi.json"
MOST_SAID = 5
"""Faults named in one message."""


class BadParametersError(Exception):
    """A program's address has parameters that cannot be used. `code` is that of the first fault, `message` names up to MOST_SAID."""

    def __init__(self, faults: Sequence[Notice], hint: str) -> None:
        self.code = faults[0].code
        self.message = " ".join(fault.message for fault in faults[:MOST_SAID])
        self.hint = hint
        super().__init__(self.message)


def check_names(given: MultiDict[str, str], known: Sequence[str], value_faults: Callable[[], Sequence[Notice]] = tuple) -> None:
    """Raise BadParametersError for a parameter that is not `known`, or has several values and takes one.

    `value_faults` tells what else is wrong with the address; by itself that is a matter of `check_values`.
    """
    unknown = [name for name in given if name not in known]
    repeated = [(name, len(values)) for name, values in given.lists() if name in known and len(values) > 1 and name not in FACET_PARAMETERS]
    faults = [
        *(Notice("unknown-parameter", f"Ở đây không có tham số “{shown(name)}”.") for name in unknown[:MOST_SAID]),
        *(Notice("repeated-parameter", f"“{name}” chỉ nhận một giá trị, ở đây có {count}.") for name, count in repeated),
    ]
    if faults:
        hints = (_hint_of_repeated(known) if repeated else "", _hint_of_unknown(unknown[:MOST_SAID], known) if unknown else "")
        raise BadParametersError([*faults, *value_faults()], " ".join(filter(None, hints)))


def check_values(faults: Sequence[Notice]) -> None:
    """Raise BadParametersError when there are any."""
    if faults:
        raise BadParametersError(faults, f"Sửa hoặc bỏ giá trị ấy rồi hỏi lại. Các tham số và giá trị: {OPENAPI}")


def _hint_of_repeated(known: Sequence[str]) -> str:
    several = ", ".join(name for name in known if name in FACET_PARAMETERS)
    return "Giữ lại một giá trị." + (f" Lặp lại được: {several}." if several else "")


def _hint_of_unknown(unknown: Iterable[str], known: Sequence[str]) -> str:
    near = [name for one in unknown for name in get_close_matches(shown(one), known, 1)]
    meant = f"Có phải là {', '.join(dict.fromkeys(near))}? " if near else ""
    there = f"Có: {', '.join(known)}. " if known else ""
    return f"{meant}{there}Xem {OPENAPI}"
