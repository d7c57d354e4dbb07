"""Every text that a file has besides those that its pages draw: titles, tags, links, names, metadata, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

__all__ = ["A_NAME", "A_TITLE", "file_strings"]

A_NAME, A_TITLE = "a name that links lead to", "a bookmark or title"
_CALLED = {
    "/URI": "a link",
    "/Title": A_TITLE,
    "/Alt": "an alternative text",
    "/ActualText": "what is read instead of a drawing",
    "/E": "what is read instead of an abbreviation",
    "/T": A_TITLE,
    "/Contents": "what is said of a link",
    "/Dest": A_NAME,
    "/Names": A_NAME,
    "/Limits": A_NAME,
    "/ID": A_NAME,
    "/F": "the name of a file in it",
    "/UF": "the name of a file in it",
}
_OTHERWISE = "what the file says of itself"
# A text in the properties of marked content, which stand in what a page draws.
_MARKED = re.compile(rb"/(ActualText|Alt|E|T)\s*(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
_PACKED = ("/Length1", "/Length2", "/FunctionType", "/ShadingType", "/N")  # programs, functions, profiles


def file_strings(pdf: Pdf) -> Iterator[tuple[str, str]]:
    """What each text is, in a reader's words, and the text; also of objects that nothing in the file refers to."""
    for item in pdf.objects:
        yield from _strings(item, "")
        if isinstance(item, Stream):
            yield from _stream_strings(item)
    names = pdf.Root.get("/Dests")
    if isinstance(names, Dictionary):
        yield from ((_CALLED["/Dest"], key.removeprefix("/")) for key, _ in names.items())


def _strings(value: object, key: str) -> Iterator[tuple[str, str]]:
    """The texts in a value, and in all that stands inside of it; what it refers to is an object of its own."""
    if isinstance(value, String):
        yield _CALLED.get(key, _OTHERWISE), str(value)
    elif isinstance(value, Array):
        yield from (found for each in value.as_list() if _is_direct(each) for found in _strings(each, key))
    elif isinstance(value, Dictionary | Stream):
        for name, each in value.items():
            if _is_direct(each):
                yield from _strings(each, name)


def _is_direct(value: object) -> bool:
    return not (isinstance(value, Object) and value.is_indirect)


def _lines(text: str) -> Iterator[str]:
    """The lines of a file, each whole, whatever it was folded into (cards, calendars), and as it is meant where signs
    stand behind strokes; without tags."""
    for line in re.sub("<[^<>]*>", "\n", re.sub(r"\r?\n[ \t]", "", text)).split("\n"):
        yield line
        if "\\" in line:
            yield re.sub(r"\\(.)", lambda sign: "\n" if sign[1] in "nN" else sign[1], line)


def _stream_strings(stream: Stream) -> Iterator[tuple[str, str]]:
    if stream.get("/Subtype") == Name.Image or any(key in stream for key in _PACKED):
        return
    content = stream.read_bytes()
    if stream.get("/Type") in (Name.Metadata, Name.EmbeddedFile):
        called = "its metadata" if stream.Type == Name.Metadata else "a file in it"
        yield from ((called, line) for line in _lines(content.decode(errors="replace")))
        return
    for key, written in _MARKED.findall(content):
        yield _CALLED[f"/{key.decode()}"], str(pikepdf.Object.parse(written))
