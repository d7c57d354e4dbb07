"""YAML as it is typed: where each value stands in the text, so that one can be replaced and all else kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import yaml
from msgspec import Struct

__all__ = ["Typed", "add_behind", "cut_field", "replaced", "typed_values"]


class Typed(Struct, frozen=True):
    """A value by its path (``cover.event[1]``) and the characters ``start`` to ``end`` that it was typed with."""

    path: str
    value: str
    start: int
    end: int


def typed_values(text: str) -> list[Typed]:
    """Every scalar of a document that can be read, in the order of the text."""
    root = _compose(text)
    return list(_walk(root, "")) if root else []


def replaced(text: str, parts: Iterable[tuple[Typed, str]]) -> str:
    """The text with other characters in the places of some values."""
    for typed, new in sorted(parts, key=lambda part: part[0].start, reverse=True):
        text = text[: typed.start] + new + text[typed.end :]
    return text


def add_behind(text: str, name: str, line: str, remark: str) -> str:
    """The text with a line behind that of a field at the top, and a remark above it; in braces without the remark.

    Where the field is not there the line is the last.
    """
    root = _compose(text)
    if isinstance(root, yaml.MappingNode) and root.flow_style:
        at = root.start_mark.index + 1
        return f"{text[:at]}{line}, {text[at:]}"
    end = "\r\n" if "\r\n" in text else "\n"
    indent = " " * (root.start_mark.column if root else 0)
    fields = root.value if isinstance(root, yaml.MappingNode) else []
    value = next((value for key, value in fields if key.value == name), None)
    at = _line_end(text, value.end_mark.index) if value else len(text.rstrip("\r\n"))
    lead = "" if text[:at].endswith("\n") else end
    rest = text[at:] if value else text[at:] or end
    return f"{text[:at]}{lead}{indent}{remark}{end}{indent}{line}{'' if lead else end}{rest}"


def cut_field(text: str, name: str) -> str:
    """A file of front matter and text without one of its fields; what cannot be read, or is in braces, as it is."""
    lines = text.split("\n")
    if name not in text or lines[0].removeprefix("\ufeff").strip() != "---":
        return text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    try:
        root = _compose("\n".join(lines[1:end])) if end else None
    except yaml.YAMLError:
        return text
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return text
    for key, value in reversed(root.value):
        if key.value == name:
            last = value.end_mark.line - (value.end_mark.column == 0 and value.end_mark.line > key.start_mark.line)
            del lines[key.start_mark.line + 1 : last + 2]
    return "\n".join(lines)


def _compose(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _walk(node: yaml.Node, path: str) -> Iterator[Typed]:
    match node:
        case yaml.ScalarNode():
            yield Typed(path, str(node.value).rstrip("\n"), node.start_mark.index, node.end_mark.index)
        case yaml.SequenceNode():
            for number, child in enumerate(node.value, 1):
                yield from _walk(child, f"{path}[{number}]")
        case yaml.MappingNode():
            for key, value in node.value:
                yield from _walk(value, f"{path}.{key.value}" if path else str(key.value))
        case _:
            pass


def _line_end(text: str, at: int) -> int:
    """Behind the line that a character stands on; the end of a text whose last line has no end."""
    found = text.find("\n", at - 1 if text[at - 1 : at] == "\n" else at)
    return len(text) if found < 0 else found + 1
