"""The page docs/editors-reference.md: every field that an editor can write, made of what reads them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

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
    Table,
    Text,
    TextOrNested,
)
from directory_pub.edition.yaml_faults import in_quotes
from directory_pub.read.schema import forms_of

__all__ = ["describe_fields", "example_file"]

_COLUMNS = 100
_FEW = 12  # choices that are named in a line
_HEAD = """# Every field

What may stand in the files that editors write; [editors.md](editors.md) shows how to write them.
A field that is not marked as required may be left out. A text goes on one line behind its field, in
quotes if it has `: ` or ` #` in it or begins with a sign; a list stands line by line with `- `
before each, or in one line as `[one, two]`.

An editor with a YAML language server completes these fields and marks what is wrong with them while
one writes. `directory-pub schema edition --output FILE` writes what it needs for `edition.yaml`,
`schema entry` and `schema front-matter` for the others; given in an edition's folder, or with its
name behind, the command knows that edition's contact rows, marks and themes, too. The first line of
a file names its schema: `# yaml-language-server: $schema=FILE`.

This page is made by `make reference`. Contact rows and motifs are those of the built-in theme.
"""


def describe_fields() -> str:
    """The page: the fields of each file, and a file with all of them as an example."""
    pages = [_HEAD]
    for about in forms_of(None).values():
        says, fields = textwrap.fill(about.says, _COLUMNS), "".join(_describe(about.form, 0))
        example = textwrap.indent(example_file(about.form), "    ")
        pages.append(f"\n## {about.title}\n\n{says}\n\n{fields}\nA file with all of them:\n\n{example}")
    return "".join(pages)


# -------------------------------------------------------------------- fields
def _describe(form: Form, depth: int) -> Iterator[str]:
    """One item of a list for each field, and below it those of the fields inside."""
    for each in form:
        told = " ".join((f"**{each.name}**{', required' if each.required else ''}:", *_sentences(each, depth)))
        yield _item(told, "  " * depth)
        if isinstance(each, Nested | TextOrNested | Rows | Table) and not _is_of_an_entry(each, depth):
            yield from _describe(each.form, depth + 1)


def _sentences(field: Field, depth: int) -> Iterator[str]:
    yield field.says
    match field:
        case Text():
            choices = field.shape.choices if field.shape else ()
            if 0 < len(choices) <= _FEW:
                yield f"One of {', '.join(f'`{choice}`' for choice in choices)}."
            yield (
                f"Usually `{field.usual}`."
                if field.usual and not field.required
                else f"Such as {_quoted(field.example)}"
            )
        case LinesOrNested():
            yield f"A list, such as {_quoted(_listed(field.example))}"
            yield f"Or a list for each of some fields, named as for '{field.name}' in edition.yaml."
        case Lines():
            yield f"A list, such as {_quoted(_listed(field.example))}"
        case Named():
            pairs = ", ".join(f"{name}: {_scalar(text, '[{}]')}" for name, text in field.example)
            yield f"By names, such as `{{{pairs}}}`."
        case Number():
            kind = "whole number" if field.whole else "number"
            yield f"A {kind} above {field.above:g} and up to {field.most:g}; usually {field.usual:g}."
        case Rows() if _is_of_an_entry(field, depth):
            yield "A list, each row one of those of an entry."
        case Rows() if field.word:
            yield f"A word, which is its `{field.word}`, or a list of words and of rows with:"
        case Rows():
            yield "A list, each row one of:" if field.alone else "A list, each row with:"
        case Pairs():
            yield f"Such as `{{{': '.join(map(_scalar, field.example))}}}`."
        case Table():
            yield f"By names of your own, such as `{field.example}`, each with:"


def _is_of_an_entry(field: Field, depth: int) -> bool:
    """Whether these are the contact rows of something else, which are those of an entry."""
    return isinstance(field, Rows) and field.alone and depth > 0


def _item(text: str, indent: str) -> str:
    """An item of a list in lines; no line ends inside of what is in backticks."""
    whole = re.sub("`[^`]*`", lambda code: code[0].replace(" ", "\0"), text)
    lines = textwrap.wrap(whole, _COLUMNS - len(indent) - 2, break_on_hyphens=False)
    return f"{indent}- " + f"\n{indent}  ".join(lines).replace("\0", " ") + "\n"


def _quoted(example: str) -> str:
    """An example at the end of a sentence."""
    return f"`{example}`" if example.endswith(".") else f"`{example}`."


# -------------------------------------------------------------------- an example
def example_file(form: Form) -> str:
    """A YAML document with every field of a form."""
    return "".join(f"{line}\n" for line in _written(_example(form)))


def _example(form: Form) -> dict[str, Any]:
    return {each.name: _example_of(each) for each in form}


def _example_of(field: Field) -> Any:
    example: Any = None
    match field:
        case Text():
            example = field.example
        case Lines():
            example = list(field.example)
        case Named():
            example = dict(field.example)
        case Number():
            example = f"{field.usual:g}"
        case Nested():
            example = _example(field.form)
        case Rows():
            row = _example(field.form)
            example = [{name: value} for name, value in row.items()] if field.alone else [row]
        case Pairs():
            example = dict((field.example,))
        case Table():
            example = {field.example: _example(field.form)}
    return example


def _written(value: dict[str, Any]) -> Iterator[str]:
    """A mapping line by line."""
    for name, inner in value.items():
        match inner:
            case str():
                yield f"{name}: {_scalar(inner)}"
            case list() if all(isinstance(each, str) for each in inner):
                yield f"{name}: {_listed(inner)}"
            case list():
                yield f"{name}:"
                for row in inner:
                    yield from _hung("  - ", list(_written(row)))
            case _:
                yield f"{name}:"
                yield from _hung("  ", list(_written(inner)))


def _hung(before: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"{before}{lines[0]}"
    yield from (f"{' ' * len(before)}{line}" for line in lines[1:])


def _listed(texts: Sequence[str]) -> str:
    return f"[{', '.join(_scalar(each, '[{}]') for each in texts)}]"


def _scalar(text: str, where: str = "- {}") -> str:
    """A text as YAML has it, in quotes where it must be to be read as the one item of a list."""
    try:
        read = yaml.compose(where.format(text), Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return in_quotes(text)
    values = [each.value for each in read.value] if isinstance(read, yaml.SequenceNode) else []
    return text if values == [text] else in_quotes(text)


if __name__ == "__main__":
    print(describe_fields(), end="")
