"""ICU's C functions: what each language's names are ordered by, and how its dates and numbers are written.

The wheels of icu4py bring ICU's libraries and no binding to what is asked of them here. They are loaded when they are
first asked.
"""

from __future__ import annotations

import ctypes
import functools
import re
from ctypes import POINTER, byref, c_char_p, c_double, c_int32, c_uint32, c_void_p
from importlib.metadata import files
from typing import Any

__all__ = ["call", "call_for_text", "locale_of", "utf16"]

_LIBRARY = re.compile(r"(lib)?icu(uc|i18n|in)[-.0-9][^/]*")
_LONGEST = 512  # letters of a text that ICU makes here
_TEXT = (c_void_p, c_int32)
_STATUS = POINTER(c_int32)
# What each function gives, and what it takes.
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "uloc_forLanguageTag": (c_int32, (c_char_p, c_char_p, c_int32, c_void_p, _STATUS)),
    "ucol_open": (c_void_p, (c_char_p, _STATUS)),
    "ucol_setAttribute": (None, (c_void_p, c_int32, c_int32, _STATUS)),
    "ucol_getSortKey": (c_int32, (c_void_p, *_TEXT, c_char_p, c_int32)),
    "ulocdata_open": (c_void_p, (c_char_p, _STATUS)),
    "ulocdata_getExemplarSet": (c_void_p, (c_void_p, c_void_p, c_uint32, c_int32, _STATUS)),
    "ulocdata_close": (None, (c_void_p,)),
    "uset_getItemCount": (c_int32, (c_void_p,)),
    "uset_getItem": (c_int32, (c_void_p, c_int32, POINTER(c_int32), POINTER(c_int32), *_TEXT, _STATUS)),
    "uset_close": (None, (c_void_p,)),
    "udatpg_open": (c_void_p, (c_char_p, _STATUS)),
    "udatpg_getBestPattern": (c_int32, (c_void_p, *_TEXT, *_TEXT, _STATUS)),
    "udatpg_close": (None, (c_void_p,)),
    "udat_open": (c_void_p, (c_int32, c_int32, c_char_p, *_TEXT, *_TEXT, _STATUS)),
    "udat_format": (c_int32, (c_void_p, c_double, *_TEXT, c_void_p, _STATUS)),
    "udat_close": (None, (c_void_p,)),
    "unum_open": (c_void_p, (c_int32, c_void_p, c_int32, c_char_p, c_void_p, _STATUS)),
    "unum_getSymbol": (c_int32, (c_void_p, c_int32, *_TEXT, _STATUS)),
    "unum_close": (None, (c_void_p,)),
}


def call(name: str, *arguments: Any) -> Any:
    """What a function of ICU gives; raises RuntimeError where it fails. Its status is not among the arguments."""
    function = _function(name)
    if _FUNCTIONS[name][1][-1] is not _STATUS:
        return function(*arguments)
    status = c_int32(0)
    given = function(*arguments, byref(status))
    if status.value > 0:  # what is below says how a language was found
        raise RuntimeError(f"{name} ends with ICU's status {status.value}")
    return given


def call_for_text(name: str, *arguments: Any, behind: tuple[Any, ...] = ()) -> str:
    """The text that a function writes between its first arguments and those ``behind``."""
    buffer = ctypes.create_string_buffer(2 * _LONGEST)
    length = call(name, *arguments, ctypes.cast(buffer, c_void_p), _LONGEST, *behind)
    return buffer.raw[: 2 * max(length, 0)].decode("utf-16-le")


def utf16(text: str) -> tuple[bytes, int]:
    """A text as ICU takes it, and how long that is."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded, len(encoded) // 2


def locale_of(language: str) -> bytes:
    """ICU's name of a language by its tag; of what is no tag, that of no language."""
    buffer = ctypes.create_string_buffer(_LONGEST)
    try:
        call("uloc_forLanguageTag", language.encode(), buffer, _LONGEST, None)
    except RuntimeError:
        return b""
    return buffer.value


@functools.cache
def _function(name: str) -> Any:
    from icu4py import icu_version_info

    versioned = f"{name}_{icu_version_info[0]}"
    function = next(getattr(library, versioned) for library in _libraries() if hasattr(library, versioned))
    function.restype, function.argtypes = _FUNCTIONS[name]
    return function


@functools.cache
def _libraries() -> tuple[ctypes.CDLL, ...]:
    """ICU's libraries: those of the wheel, else those that the module was linked to, which are found through it."""
    from icu4py import messageformat

    bundled = [str(each.locate()) for each in files("icu4py") or () if _LIBRARY.fullmatch(each.name)]
    return tuple(map(ctypes.CDLL, bundled or [messageformat.__file__]))
