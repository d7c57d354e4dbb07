"""The engine as it is imported, and all that is changed inside it: the same pages, in less time.

Each change is for the version that pyproject.toml pins and is written up in docs/upstream.md;
tests/unit/typeset/test_engine_patches.py says which of them an upgrade broke.
"""

from __future__ import annotations

import atexit
import ctypes.util
import functools
import importlib
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["import_engine"]

_LATE = ("fontTools.subset", "fontTools.varLib.instancer")


@functools.cache
def import_engine() -> ModuleType:
    """WeasyPrint, imported late (it takes half a second) and without the system's fonts."""
    _hide_system_fonts()
    with warnings.catch_warnings(), _libraries_by_soname(), _fonttools_late():
        warnings.simplefilter("ignore", UserWarning)  # "no fonts configured" is just what is wanted
        import weasyprint
        import weasyprint.text.fonts
        import weasyprint.urls

    module: ModuleType = weasyprint
    return module


def _hide_system_fonts() -> None:
    """Give fontconfig a private, empty configuration: a glyph that fonts/ lacks must not come from elsewhere."""
    folder = Path(tempfile.mkdtemp(prefix="directory-pub-fontconfig-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        # There are no folders of fonts to remember, and this is none that could be made.
        "<fontconfig><cachedir>/dev/null/none</cachedir></fontconfig>\n"
    )
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")


# -------------------------------------------------------------------- while it is imported
@contextmanager
def _libraries_by_soname() -> Iterator[None]:
    """On Linux the engine's libraries are found by their sonames, which it tries last.

    For each name before that, ``find_library`` starts ldconfig, a compiler and a linker.
    """
    original = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = original


@contextmanager
def _fonttools_late() -> Iterator[None]:
    """What the engine subsets fonts with where HarfBuzz cannot is imported when it is called."""
    late = {name: _Late(name) for name in _LATE if name not in sys.modules}
    sys.modules.update(late)
    try:
        yield
    finally:
        for name in late:
            del sys.modules[name]


class _Late(ModuleType):
    """A module whose functions and classes import it when they are called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):  # the machinery of imports asks for these
            raise AttributeError(name)

        def call(*args: Any, **options: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*args, **options)

        return call
