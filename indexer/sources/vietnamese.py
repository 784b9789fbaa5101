"""Vietnamese names of columns and keys: ``Tiêu đề``, ``tieu_de``, ``NgàyĐăng`` … are the fields they say. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import chain

from analyzers.keys import bare
from indexer.model import Rejected
from indexer.sources.mapping import NATIVE, FieldMap, native_of
from indexer.sources.model import Record

_WRITTEN: dict[str, tuple[str, ...]] = {
    "id": ("mã bài viết", "mã bài", "mã tin", "mã"),
    "url": ("đường dẫn", "liên kết", "đường link", "link bài", "link", "địa chỉ"),
    "title": ("tiêu đề", "tiêu đề bài viết", "tít", "đầu đề", "nhan đề", "tên bài", "tên bài viết"),
    "lead": ("sapo", "tóm tắt", "mô tả"),
    "text": ("nội dung", "nội dung bài viết", "nội dung chi tiết", "toàn văn", "bài viết"),
    "published": ("ngày đăng", "ngày đăng bài", "ngày xuất bản", "thời gian đăng", "ngày", "thời gian"),
    "source": ("nguồn", "nguồn tin", "tên báo", "báo"),
    "category": ("chuyên mục", "danh mục", "mục"),
    "author": ("tác giả", "người viết"),
}
"""The name a record has it under -> how it is called, the name that says most first: of several, that one counts."""
_SAYS_TEXT = frozenset(("title", "lead", "text"))
_LONGEST = 24
_GAPS = re.compile(r"[\s_.-]+")
_ADDRESS = re.compile(r"\S+[./]\S+")


def _key(name: str) -> str:
    return _GAPS.sub("", unicodedata.normalize("NFC", name).lower())


# With all of its marks or with none: *bão* is no *báo*.
_MEANT = {
    key: (target, rank)
    for target, written in _WRITTEN.items()
    for rank, name in enumerate(written)
    for key in (_key(name), _key(" ".join(map(bare, name.split()))), _key(name.replace("sapo", "sa pô")))
}

_MOST_SETTLED = 1000
_settled = set(NATIVE)
"""Names met that mean nothing in Vietnamese, and those of records: one look tells that a record has no others, as nearly all."""


@lru_cache(maxsize=4096)
def _meant(name: str) -> tuple[str, int] | None:
    """The name that a record has it under, and its place among the names of the same thing."""
    return _MEANT.get(_key(name)) if len(name) <= _LONGEST else None


def says_text(names: Iterable[str]) -> bool:
    """Whether one of the names is Vietnamese for a title, a lead or a text."""
    return any(meant is not None and meant[0] in _SAYS_TEXT for meant in map(_meant, names))


def says_columns(names: Collection[str]) -> bool:
    """The same of the first line of a stream, in which a sentence may hold one such word between commas."""
    return says_text(names) and sum(_meant(name) is not None for name in names) > 1


def mapped_names(fields: FieldMap) -> frozenset[str]:
    """Names that a mapping asks for: they stay what they are."""
    return frozenset(chain.from_iterable((path, path.partition(".")[0]) for _, paths in fields.paths for path in paths))


def named(item: Record | Rejected, kept: Collection[str] = frozenset()) -> Record | Rejected:
    """A record with Vietnamese names under those that records have; one that has only those is passed on as it is."""
    if isinstance(item, Rejected) or item.fields.keys() <= _settled:
        return item
    if len(_settled) + len(item.fields) < _MOST_SETTLED:
        _settled.update(name for name in item.fields if len(name) <= _LONGEST and _meant(name) is None)
    fields = renamed(item.fields, kept)
    return item if fields is item.fields else Record(item.path, fields)


def renamed(fields: dict[str, object], kept: Collection[str]) -> dict[str, object]:
    """The fields with Vietnamese names under those that records have, but for names to be `kept` and values that are of another kind.

    A name that records have wins over any other of the same thing.
    """
    chosen: dict[str, tuple[int, str]] = {}
    for name, value in fields.items():
        meant = _meant(name) if name not in kept else None
        if meant is None or not _fits(meant[0], value) or any(map(fields.__contains__, native_of(meant[0]))):
            continue
        if meant[0] not in chosen or meant[1] < chosen[meant[0]][0]:
            chosen[meant[0]] = meant[1], name
    if not chosen:
        return fields
    targets = {name: target for target, (_, name) in chosen.items()}
    return {targets.get(name, name): value for name, value in fields.items()}


def _fits(target: str, value: object) -> bool:
    """Whether a value can be what its name says: a key that nobody mapped must not spoil a record. An address may be a street's."""
    if isinstance(value, str):
        return target != "url" or _ADDRESS.fullmatch(value.strip()) is not None
    if target == "text":
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    return target in ("id", "published") and isinstance(value, int) and not isinstance(value, bool)
