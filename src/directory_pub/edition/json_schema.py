"""A form as JSON Schema (draft 2020-12), for editors that complete and check YAML while one writes.

The schema takes what the reader takes without an error, and refuses what it refuses for its type, shape or range, for
a key that is unknown or one that is missing. It is looser where JSON does not know how a value was typed: a number in
quotes is not held to its range, and a number where a text belongs is a text.
"""

from __future__ import annotations

from typing import Any

from directory_pub.edition.form import (
    Field,
    Form,
    Lines,
    LinesOrNested,
    Named,
    Nested,
    Number,
    Pairs,
    Rows,
    Shape,
    Table,
    Text,
    TextOrNested,
)

__all__ = ["json_schema"]

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS = ("string", "number", "boolean")  # what YAML makes of a text that nobody put in quotes
_NUMERAL = r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$"
_WHOLE = r"^\s*\+?[0-9]+(\.0*)?\s*$"
_NOT_BLANK = {"pattern": r"\S", "patternErrorMessage": "This is blank. Write its value."}


def json_schema(form: Form, title: str, says: str) -> Schema:
    """The schema of a document with these fields; ``says`` is what it is, in one sentence."""
    rows: Schema = {}
    whole = {"$schema": _DRAFT, "title": title, "description": says, "type": "object", **_fields(form, rows)}
    return whole | ({"$defs": rows} if rows else {})


def _fields(form: Form, rows: Schema) -> Schema:
    """The keywords on the keys of an object; the schemas of rows go to ``rows``."""
    schema: Schema = {
        "properties": {each.name: _field(each, rows) for each in form},
        "required": [each.name for each in form if each.required],
        "additionalProperties": False,
    }
    if form.one_of:
        there = {"type": list(_SCALARS)}
        schema["anyOf"] = [{"required": [name], "properties": {name: there}} for name in form.one_of]
    return schema


def _field(field: Field, rows: Schema) -> Schema:
    """The schema of one field; those of rows go to ``rows``."""
    takes: Schema
    match field:
        case TextOrNested():
            both = [_text(field), _object(field.form, rows, required=True)]
            usual = {"default": field.usual} if field.usual else {}
            takes = {"anyOf": both, **usual, "examples": [field.example]}
        case Text():
            usual = {"default": field.usual} if field.usual else {}
            takes = {"examples": list(field.suggested or (field.example,)), **_text(field), **usual}
            if "enum" in takes:
                del takes["examples"]
        case LinesOrNested():
            both = [_lines(field), _object(field.form, rows, required=True)]
            takes = {"anyOf": both, "examples": [list(field.example)]}
        case Lines():
            takes = _lines(field)
        case Named():
            text = _scalar(None, required=False)
            takes = {"type": ["object", *_or_nothing(field)], "propertyNames": {"enum": list(field.names)}}
            takes |= {"additionalProperties": {**text, "type": ["array", *text["type"]], "items": text}}
        case Number():
            takes = _number(field)
        case Nested():
            takes = {"title": field.name, **_object(field.form, rows, required=field.required)}
        case Rows():
            rows[field.name] = _object(field.form, rows, required=False)
            row = {"$ref": f"#/$defs/{field.name}"}
            takes = {"type": ["array", "object", *_or_nothing(field)], "items": row}
            takes |= {"if": {"type": "object"}, "then": row}  # and not anyOf, which editors would complete as either
            if field.word:
                takes = _rows_or_words(field, row)
            if field.required:
                takes |= {"items": {**row, "type": "object"}, "minItems": 1}
        case Pairs():
            text = {"type": ["array", *_SCALARS, "null"], "items": {"type": [*_SCALARS, "null"]}}
            takes = {"type": ["object", *_or_nothing(field)], "additionalProperties": text}
            takes["examples"] = [dict((field.example,))]
        case Table():
            row = {"title": field.example, **_object(field.form, rows, required=False)}
            takes = {"type": ["object", *_or_nothing(field)], "additionalProperties": row}
        case _:
            raise TypeError(f"'{field.name}' is of no kind that a schema has")
    return {"description": field.says, **takes}


def _rows_or_words(field: Rows, row: Schema) -> Schema:
    """Rows any of which may be the text of one of its fields."""
    word = _text(field.form.get(field.word, Text))
    either = {"anyOf": [row, word]}
    nothing = [] if field.required else [{"type": "null"}]
    examples = list(word.get("enum", ()))[:2]
    return {"anyOf": [{"type": "array", "items": either}, row, word, *nothing], "examples": [*examples[:1], examples]}


def _lines(field: Lines) -> Schema:
    needed = field.required or field.filled
    one, item = _scalar(field.shape, required=needed), _scalar(field.shape, required=False)
    schema = {**one, "type": ["array", *one["type"]], "items": item, "examples": [list(field.example)]}
    return schema | ({"contains": _scalar(field.shape, required=True)} if field.filled else {})


def _text(field: Text) -> Schema:
    return _scalar(field.shape, required=field.required)


def _scalar(shape: Shape | None, *, required: bool) -> Schema:
    """What a text may be; one that may be left out may be blank."""
    nothing = [] if required else ["null"]
    if shape is None:
        return {"type": [*_SCALARS, *nothing], **(_NOT_BLANK if required else {})}
    if shape.choices:
        numbers = [int(choice) for choice in shape.choices if choice.isdecimal()]
        return {"enum": [*shape.choices, *numbers, *([] if required else [None])]}
    whole = ["integer"] if shape.fits("7") or shape.fits("2031") else []
    numbers_too = ["number"] if shape.fits("7.5") else whole
    types = ["string", *numbers_too, *(["boolean"] if shape.fits("true") else [])]
    schema: Schema = {"type": [*types, *nothing], "pattern": f"^(?:{shape.pattern})$"}
    schema["patternErrorMessage"] = f"This is no {shape.noun}. {shape.remedy}"  # a word of VS Code's and its kin's
    if numbers_too and not shape.fits("-7"):
        schema["minimum"] = 0
    return schema | ({"format": "date"} if shape.day and not shape.fits("2031") else {})


def _number(field: Number) -> Schema:
    return {
        "type": ["integer" if field.whole else "number", "string", *_or_nothing(field)],
        "exclusiveMinimum": field.above,
        "maximum": field.most,
        "pattern": _WHOLE if field.whole else _NUMERAL,
        "default": field.usual,
        "examples": [field.usual],
    }


def _object(form: Form, rows: Schema, *, required: bool) -> Schema:
    return {"type": ["object", *([] if required else ["null"])], **_fields(form, rows)}


def _or_nothing(field: Field) -> list[str]:
    return [] if field.required else ["null"]
