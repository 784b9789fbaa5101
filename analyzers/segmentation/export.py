"""Write the model data of the default segmenter from the installed pyvi: ``python -m analyzers.segmentation.export``.

``--check`` compares instead of writing and ends with status 1 when the data differ from the installed pyvi.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module, metadata
from pathlib import Path

from analyzers.segmentation.crfsuite import read_model
from analyzers.segmentation.errors import ModelError
from analyzers.segmentation.model import DATA_PATH, LABELS, Model, Pair, dump
from analyzers.segmentation.pyvi import installed_digests


def installed_model() -> Model:
    """Read the model of the installed pyvi. Raises SegmenterUnavailableError when it is not installed."""
    digests = installed_digests()
    tokenizer = import_module("pyvi.ViTokenizer").ViTokenizer
    crf = read_model(Path(tokenizer.model.modelfile.name).read_bytes())
    if crf.labels != LABELS:
        raise ModelError(f"pyvi's labels are {crf.labels}, expected {LABELS}")
    source = {
        "package": "pyvi",
        "version": metadata.version("pyvi"),
        "license": "MIT",
        "author": "Viet-Trung Tran",
        "url": "https://github.com/trungtv/pyvi",
        "sha256": digests,
    }
    attributes = {name: _pair(weights) for name, weights in crf.state.items()}
    transition = (_pair(crf.transition[0]), _pair(crf.transition[1]))
    return Model(source, attributes, transition, tuple(sorted(tokenizer.bi_grams)), tuple(sorted(tokenizer.tri_grams)))


def _pair(weights: tuple[float, ...]) -> Pair:
    begin, inside = weights
    return begin, inside


def main(arguments: list[str] | None = None) -> int:
    """Write or check the data file; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m analyzers.segmentation.export", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the installed pyvi, write nothing")
    parser.add_argument("--out", type=Path, default=Path(DATA_PATH), help="file to write or to check")
    options = parser.parse_args(arguments)
    text = dump(installed_model())
    if not options.check:
        options.out.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"wrote {options.out}: {len(text.encode('utf-8')):,} bytes\n")
        return 0
    same = options.out.is_file() and options.out.read_bytes() == text.encode("utf-8")
    sys.stdout.write(f"{options.out}: {'equal to' if same else 'DIFFERS from'} the installed pyvi\n")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
