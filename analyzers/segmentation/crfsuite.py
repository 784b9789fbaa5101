"""Read a model file of CRFsuite (format `lCRF`, version 100) without CRFsuite.

The `dump` of python-crfsuite prints weights with six decimals and breaks lines at attributes that contain
a newline, so neither the values nor the names survive it; the binary file has both exactly. All integers
are little-endian 32 bits, weights are doubles, strings are UTF-8 and NUL-terminated.
Layout: https://github.com/chokkan/crfsuite/blob/master/lib/crf/src/crf1d_model.c and lib/cqdb/src/cqdb.c.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from analyzers.segmentation.errors import ModelError

_HEADER = struct.Struct("<4sI4s9I")
_FEATURES = struct.Struct("<4s2I")
_FEATURE = struct.Struct("<3Id")
_STRINGS = struct.Struct("<4s5I")
_STRING = struct.Struct("<2I")
_STATE, _TRANSITION = 0, 1


class CrfModel(NamedTuple):
    """Weights of a first-order linear-chain CRF.

    `state` maps an attribute to one weight a label (0.0 where the model has none), in the order of `labels`;
    ``transition[i][j]`` is the weight of label ``j`` after label ``i``.
    """

    labels: tuple[str, ...]
    state: dict[str, tuple[float, ...]]
    transition: tuple[tuple[float, ...], ...]


def read_model(blob: bytes) -> CrfModel:
    """Decode the content of a model file. Raises ModelError when it is of another kind."""
    if len(blob) < _HEADER.size:
        raise ModelError(f"not a CRFsuite model: {len(blob)} bytes are fewer than its header")
    magic, _, kind, version, *_, features, labels, attributes, _, _ = _HEADER.unpack_from(blob)
    if (magic, kind, version) != (b"lCRF", b"FOMC", 100):
        raise ModelError(f"not a CRFsuite model of version 100: {magic!r} {kind!r} {version}")
    label_names = _strings(blob, labels)
    names = _strings(blob, attributes)
    state = {name: [0.0] * len(label_names) for name in names}
    transition = [[0.0] * len(label_names) for _ in label_names]
    for feature, source, target, weight in _features(blob, features):
        row = transition[source] if feature == _TRANSITION else state[names[source]]
        row[target] = weight
    return CrfModel(
        tuple(label_names),
        {name: tuple(weights) for name, weights in state.items()},
        tuple(tuple(row) for row in transition),
    )


def _features(blob: bytes, offset: int) -> list[tuple[int, int, int, float]]:
    """Return (kind, source, target label, weight) of every feature of the `FEAT` chunk at `offset`."""
    _, _, count = _FEATURES.unpack_from(blob, offset)
    start = offset + _FEATURES.size
    return list(_FEATURE.iter_unpack(blob[start : start + count * _FEATURE.size]))


def _strings(blob: bytes, offset: int) -> list[str]:
    """Return the strings of the `CQDB` chunk at `offset`, in the order of their ids."""
    _, _, _, _, count, backward = _STRINGS.unpack_from(blob, offset)
    names = []
    for (where,) in struct.iter_unpack("<I", blob[offset + backward : offset + backward + 4 * count]):
        _, size = _STRING.unpack_from(blob, offset + where)
        start = offset + where + _STRING.size
        names.append(blob[start : start + size - 1].decode("utf-8"))
    return names
