"""Hashes that show whether anything has changed: of values, of a file, of this program."""

from __future__ import annotations

import functools
import hashlib
import os
from importlib.metadata import version
from pathlib import Path

import directory_pub

__all__ = ["code_hash", "file_hash", "hash_of"]

_LIBRARIES = (
    "icu4py", "markdown-it-py", "page-validation", "pikepdf", "pillow", "pypdfium2", "pyyaml", "segno",
    "uharfbuzz", "weasyprint", "zxing-cpp",
)  # fmt: skip
_PACKAGE = Path(directory_pub.__file__).parent
_APART = ("annual", "commands", "handoff", "impose", "mail")  # neither find anything in a build nor make pieces


def hash_of(*parts: object) -> str:
    """One hash of several values, in the form that ``str`` gives them."""
    return hashlib.sha256("\n".join(map(str, parts)).encode(errors="surrogatepass")).hexdigest()


def file_hash(path: Path, status: os.stat_result | None = None) -> str:
    """The hash of a file's content, which a process reads once; ``status`` is the file's, where the caller knows it."""
    status = status or path.stat()
    return _hash_of_file(path, status.st_mtime_ns, status.st_size)


@functools.lru_cache(maxsize=20_000)
def _hash_of_file(path: Path, changed_ns: int, size_bytes: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@functools.cache
def code_hash() -> str:
    """The hash of the code that reads, proofreads, makes and checks pieces, with its libraries.

    An edit in folders that have no part in a build, or only use finished files, does not change it;
    all other modules are in it.
    """
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        if path.relative_to(_PACKAGE).parts[0].removesuffix(".py") not in _APART:
            digest.update(path.read_bytes())
    return digest.hexdigest()
