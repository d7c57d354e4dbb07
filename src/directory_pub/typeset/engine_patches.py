"""The engine as it is imported, and all that is changed inside it: imports, layout, wide blocks, rules beside text.

Each change is for the version that pyproject.toml pins; what is worth reporting of it stands in docs/upstream.md, and
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

from directory_pub.typeset.wide_blocks import moved_to_side

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
    _patch("weasyprint.layout.page", "make_page", lambda make_page: moved_to_side(_lay_out_once(make_page)))
    _patch("weasyprint.layout.block", "block_container_layout", _end_rules_with_lines)

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


def _patch(module: str, name: str, change: Callable[[Any], Any]) -> None:
    """Put what ``change`` makes of a function in its place."""
    within = importlib.import_module(module)
    setattr(within, name, functools.wraps(getattr(within, name))(change(getattr(within, name))))


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


# -------------------------------------------------------------------- layout
def _lay_out_once(make_page: Callable[..., Any]) -> Callable[..., Any]:
    """A page with a running element is not laid out a second time, unless the element is a note.

    The engine lays a page out again where a name has more elements on it than were known before. Only
    notes take room from the flow; the margin boxes that show other elements are made when all pages are.
    """

    def make(context: Any, root_box: Any, page_type: Any, resume_at: Any, page_number: int, *rest: Any) -> Any:
        for pages in context.running_elements.values():
            if {box.is_note() for boxes in pages.values() for box in boxes} == {False}:
                pages.setdefault(page_number, [])  # none were there: no reason to look at the page again
        return make_page(context, root_box, page_type, resume_at, page_number, *rest)

    return make


def _end_rules_with_lines(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    """Where a page parts a block with a rule beside it, the rule ends with the last line above.

    The engine makes such a block fill its page, and the rule would run on beside lines that are left white.
    """

    boxes = importlib.import_module("weasyprint.formatting_structure.boxes")

    def end(*asked: Any, **options: Any) -> Any:
        laid_out = lay_out(*asked, **options)
        part, goes_on = laid_out[:2]
        if part is not None and goes_on and (part.border_left_width or part.border_right_width):
            lines = [each for each in part.descendants() if isinstance(each, boxes.LineBox)]
            pictures = [each for each in part.descendants() if isinstance(each, boxes.ReplacedBox)]
            feet = [each.position_y + each.height for each in lines]
            feet += [each.position_y + each.margin_height() for each in pictures]
            if feet:
                part.height = max(feet) - min(each.position_y for each in (*lines, *pictures))
        return laid_out

    return end
