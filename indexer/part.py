"""Parts of a source, for several machines that share the work: a document belongs to one by its id, wherever it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

MAX_PARTS = 100_000
_WRITTEN = re.compile(r"(\d{1,6})/(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Part:
    """Part `number` (from 1) of `of`."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Part:
        """Read ``2/5``. Raises ValueError."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None or not 1 <= int(found[1]) <= int(found[2]) <= MAX_PARTS:
            raise ValueError(f"a part is written K/N, with K from 1 to N and N up to {MAX_PARTS:,}, such as 2/5")
        return cls(int(found[1]), int(found[2]))

    def has(self, doc_id: str) -> bool:
        """Whether a document belongs to this part."""
        number = int.from_bytes(blake2b(doc_id.encode(), digest_size=8).digest())
        return number % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"
