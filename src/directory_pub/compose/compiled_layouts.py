"""Layouts as they were compiled, for the next build of this process."""

from __future__ import annotations

from jinja2.bccache import Bucket, BytecodeCache

__all__ = ["COMPILED"]


class _InMemory(BytecodeCache):
    """By name and text of the layout, which the library makes into one key and a checksum."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The library's key; a folder's name need not be UTF-8."""
        return super().get_cache_key(name, None if filename is None else ascii(filename))

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = _InMemory()
