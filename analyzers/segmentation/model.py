"""The model behind pyvi's segmentation, as plain numbers: read from and written to one JSON file.

Every attribute that pyvi's CRF knows has two weights, one for each label: `B_W` (this token begins a word)
and `I_W` (it continues the word of the token before). The names of the attributes are pyvi's own, see
`ViTokenizer.word2features`.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any, NamedTuple

from analyzers.segmentation.errors import ModelError

FORMAT = 1
"""Version of the layout of the JSON file."""

LABELS = ("B_W", "I_W")
"""In the order of the model: at equal scores CRFsuite keeps the first."""

DATA_PATH = os.path.join(os.path.dirname(__file__), "data", "pyvi-0.1.1.json")  # noqa: PTH118, PTH120 - pathlib doubles the import time
REBUILD = "python -m analyzers.segmentation.export"

Pair = tuple[float, float]
"""Weights of (B_W, I_W)."""

NOTHING: Pair = (0.0, 0.0)


class Model(NamedTuple):
    """What decides about words. `bigrams` and `trigrams` are words, syllables joined by a space, sorted.

    `source` tells where the numbers come from: package, version, licence, author and SHA-256 of its files.
    ``transition[i][j]`` is the weight of label ``j`` after label ``i``, both indices into LABELS.
    """

    source: dict[str, Any]
    attributes: dict[str, Pair]
    transition: tuple[Pair, Pair]
    bigrams: tuple[str, ...]
    trigrams: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Name of the segmentation that this model gives."""
        return fingerprint(self.source["version"], self.source["sha256"])

    def weights(self, attribute: str) -> Pair:
        """Return the weights of `attribute`; zeros when the model does not know it.

        CRFsuite reads names as C strings, so that a name ends at its first NUL.
        """
        return self.attributes.get(attribute.partition("\0")[0], NOTHING)


def fingerprint(version: str, digests: dict[str, str]) -> str:
    """Name the segmentation that pyvi `version` gives with model files of these SHA-256 (file name -> hex)."""
    return "-".join(["pyvi", version, *(digests[name][:8] for name in sorted(digests))])


def dump(model: Model) -> str:
    """Return the JSON text of `model`: one entry a line, sorted, so that two exports can be compared."""
    attributes = ",\n".join(f"  {_json(name)}: {_json(model.attributes[name])}" for name in sorted(model.attributes))
    parts = [
        f'"format": {FORMAT}',
        f'"source": {_json(model.source)}',
        f'"labels": {_json(LABELS)}',
        f'"transition": {_json(model.transition)}',
        f'"attributes": {{\n{attributes}\n}}',
        f'"bigrams": {_lines(model.bigrams)}',
        f'"trigrams": {_lines(model.trigrams)}',
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def parse(text: str) -> Model:
    """Read what `dump` wrote. Raises ModelError when it is something else."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT or tuple(data["labels"]) != LABELS:
            raise ModelError(f"model format {data['format']!r} with labels {data['labels']!r}; rebuild it: {REBUILD}")
        return Model(
            source=data["source"],
            attributes={name: (begin, inside) for name, (begin, inside) in data["attributes"].items()},
            transition=_pairs(data["transition"]),
            bigrams=tuple(data["bigrams"]),
            trigrams=tuple(data["trigrams"]),
        )
    except (AttributeError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ModelError(f"damaged model ({error!r}); rebuild it: {REBUILD}") from error


@cache
def load() -> Model:
    """Return the model that comes with this package; read once a process."""
    with open(DATA_PATH, encoding="utf-8") as file:  # noqa: PTH123 - pathlib doubles the import time
        return parse(file.read())


def _pairs(rows: list[list[float]]) -> tuple[Pair, Pair]:
    (first, second), (third, fourth) = rows
    return (first, second), (third, fourth)


def _json(value: object) -> str:
    """Return `value` as JSON on one line; `repr` of a double, which json uses, gives the same double back."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _lines(words: tuple[str, ...]) -> str:
    return "[\n" + ",\n".join(f"  {_json(word)}" for word in words) + "\n]"
