"""YAML as written: every scalar a string, every value with its file and line.

YAML 1.1 would turn a phone number into an integer and a country code into False; here the
model decides what a string means, and a complaint made six steps later still has its line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.edition.form import (
    Field,
    Form,
    Lines,
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
from directory_pub.edition.spelling import did_you_mean, near_name
from directory_pub.edition.yaml_composing import compose
from directory_pub.edition.yaml_faults import explain_fault
from directory_pub.edition.yaml_lexis import check_lexis, read_tokens
from directory_pub.findings import Finding, Place, error, note, warning

__all__ = ["Fields", "Node", "is_nothing", "parse_yaml", "scalars"]

F = TypeVar("F", bound=Field)
_NOTHING = ("~", "null", "Null", "NULL")


class Node(Struct, frozen=True):
    """A value and its place: a string, a list of nodes or a mapping of nodes."""

    value: str | list[Node] | dict[str, Node]
    place: Place

    @property
    def kind(self) -> str:
        """What an editor would call it."""
        return {str: "text", list: "a list", dict: "a mapping"}[type(self.value)]


def parse_yaml(text: str, file: str, first_line: int = 1) -> tuple[Node | None, list[Finding]]:
    """Parse one YAML document whose first line is ``first_line`` of ``file``."""
    converter = _Converter(file, first_line, [])
    try:
        tokens = read_tokens(text)
        if alias := next((token for token in tokens if isinstance(token, yaml.AliasToken)), None):
            remedy = "Write the value out; put it in quotes if the * is text."
            return None, [error("yaml-alias", converter.place_of_line(alias.start_mark.line), "a YAML alias.", remedy)]
        root = compose(text, tokens)
        node = converter.convert(root) if root else None
    except yaml.YAMLError as problem:
        line, message, remedy = explain_fault(problem, text, first_line)
        return None, [error("yaml-syntax", converter.place_of_line(line), message, remedy)]
    return node, [*converter.findings, *check_lexis(text, tokens, converter.place_of_line)]


def scalars(node: Node | None) -> Iterator[tuple[str, Place]]:
    """Every text of a document with its place."""
    if node is None:
        return
    if isinstance(node.value, str):
        yield node.value, node.place
        return
    for child in node.value if isinstance(node.value, list) else node.value.values():
        yield from scalars(child)


class _Converter(Struct, frozen=True):
    """Turns PyYAML's nodes into ours, each with its place."""

    file: str
    first_line: int
    findings: list[Finding]
    fields: dict[int, str | None] = field(default_factory=dict)

    def place_of_line(self, line: int) -> Place:
        """A line of the text (from 0) with the field that stands on it."""
        return Place(file=self.file, line=line + self.first_line, field=self.fields.get(line))

    def place(self, node: yaml.Node, name: str | None) -> Place:
        return Place(file=self.file, line=node.start_mark.line + self.first_line, field=name)

    def convert(self, node: yaml.Node, name: str | None = None, key: yaml.Node | None = None) -> Node:
        """One value; a mapping or list below a key is where the key stands."""
        self.fields[(key or node).start_mark.line] = name
        if isinstance(node, yaml.ScalarNode):
            return Node(node.value.rstrip("\n"), self.place(node, name))
        place = self.place(key or node, name)
        if isinstance(node, yaml.SequenceNode):
            children = [self.convert(child, f"{name or ''}[{index}]") for index, child in enumerate(node.value, 1)]
            return Node(children, place)
        mapping: dict[str, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                remedy = "Write it as 'key: value'; put what begins with [ or { in quotes."
                self.findings.append(error("yaml-syntax", self.place(key_node, name), "a key is no word.", remedy))
                continue
            word = str(key_node.value)
            path = f"{name}.{word}" if name else word
            if word in mapping:
                message = f"stands on line {mapping[word].place.line} already."
                self.findings.append(
                    error("key-duplicate", self.place(key_node, path), message, "Keep one of the two.")
                )
            else:
                mapping[word] = self.convert(value_node, path, key_node)
        return Node(mapping, place)


class Fields:
    """The fields of one mapping: asked for by name, complained about in the editor's words.

    ``form`` says what each field takes. A file without one is asked for its fields with what they take; what is asked
    and not in the form is our fault (KeyError). Call ``close`` at the end: a key that nobody asked for is unknown.
    """

    def __init__(
        self,
        node: Node | None,
        place: Place,
        findings: list[Finding],
        form: Form | None = None,
        *,
        unread: bool = False,
    ) -> None:
        self.place = node.place if node else place
        self.findings = findings
        self._form = form
        self._unread = unread  # it has a finding of its own: what is missing is no news
        self._asked: list[str] = []
        self._missing: dict[str, Place] = {}
        self._nodes: dict[str, Node] = {}
        if node and isinstance(node.value, dict):
            self._nodes = node.value
        elif node and not is_blank(node):
            self._unread = True
            self.complain(
                "value-type",
                node.place,
                f"is {node.kind}, not a mapping of keys to values.",
                "Write it as lines of 'key: value'.",
            )

    def complain(self, code: str, place: Place, message: str, remedy: str) -> None:
        """Add an error."""
        self.findings.append(error(code, place, message, remedy))

    def node(self, name: str, *, required: bool = False) -> Node | None:
        """The raw node of a field, or None."""
        if self._form:
            declared = self._form.get(name, Field)
            required = declared.required and not declared.told_by_reader
        self._asked.append(name)
        node = self._nodes.get(name)
        if node is None or is_blank(node):
            if required:
                self._miss(name)
            return None
        return node

    def _miss(self, name: str) -> None:
        """Note that a required field is not there."""
        if not self._unread:
            at = self._nodes[name].place if name in self._nodes else self.place
            self._missing[name] = replace(at, field=_below(self.place, name))

    def text(self, name: str, *, required: bool = False) -> str | None:
        """A line or block of text; None where there is none of the shape that the form asks for."""
        declared = self._form.get(name, Text) if self._form else None
        shape = declared.shape if declared else None
        node = self.node(name, required=required)
        if node is None:
            return None
        if not isinstance(node.value, str):
            if shape and isinstance(declared, TextOrNested):
                self.has_shape(node, shape)
                return None
            self.complain("value-type", node.place, f"is {node.kind}, not text.", "Write one value.")
            return None
        return node.value if shape is None or self.has_shape(node, shape) else None

    def may_have(self, name: str) -> bool:
        """Whether the form has a field."""
        return any(each.name == name for each in self._form or ())

    def word(self, name: str) -> str:
        """A text that has a usual value in the form, which is also what counts where a wrong one is written."""
        return self.text(name) or self._declared(name, Text).usual

    def has_shape(self, node: Node, shape: Shape) -> bool:
        """Whether a text is of a shape; where it is not, a finding."""
        written = node.value if isinstance(node.value, str) else node.kind
        if shape.fits(written):
            return True
        remedy = shape.remedy
        if shape.choices and not remedy:
            remedy = did_you_mean(written, shape.choices, f"Use {' or '.join(shape.choices)}.")
        self.complain("value-type", node.place, f"'{written}' is no {shape.noun}.", remedy)
        return False

    def lines(self, name: str) -> tuple[str, ...]:
        """A list of lines; a single text counts as one line."""
        shape = self._form.get(name, Lines).shape if self._form else None
        nodes = self.nodes(name, of=str)
        return tuple(str(node.value) for node in nodes if shape is None or self.has_shape(node, shape))

    def nodes(self, name: str, *, of: type[str] | type[dict[str, Node]]) -> list[Node]:
        """The nodes of a list field that are of one kind; the others are complained about."""
        node = self.node(name)
        if node is None:
            return []
        children = node.value if isinstance(node.value, list) else [node]
        wrong = [child for child in children if not isinstance(child.value, of) and not is_blank(child)]
        for child in wrong:
            wanted = "text" if of is str else "a mapping"
            self.complain("value-type", child.place, f"is {child.kind}, not {wanted}.", f"Write {wanted} here.")
        blank = [child for child in children if is_blank(child)]
        for child in blank:
            self.findings.append(warning("value-blank", child.place, "is blank.", "Write its value, or take it out."))
        return [child for child in children if child not in wrong and child not in blank]

    def number(self, name: str, default: float = 0, *, above: float = 0, most: float = 0, whole: bool = False) -> float:
        """A decimal or ``whole`` number with a bound on both sides."""
        if self._form:
            declared = self._form.get(name, Number)
            default, above, most, whole = declared.usual, declared.above, declared.most, declared.whole
        node = self.node(name)
        if node is None:
            return default
        if not isinstance(node.value, str):
            self.complain("value-type", node.place, f"is {node.kind}, not text.", "Write one value.")
            return default
        try:
            value = float(node.value)
        except ValueError:
            value = float("nan")
        if not above < value <= most or (whole and value != int(value)):
            kind = "whole number" if whole else "number"
            self.complain(
                "value-type",
                node.place,
                f"'{node.value}' is no {kind} above {above:g} and up to {most:g}.",
                f"Write a number, such as {default:g}.",
            )
            return default
        return value

    def fields(self, name: str, *, required: bool = False) -> Fields | None:
        """A mapping inside this one."""
        node = self.node(name, required=required)
        declared = self._form.get(name, Nested, TextOrNested) if self._form else None
        form = declared.form if isinstance(declared, Nested | TextOrNested) else None
        return Fields(node, node.place, self.findings, form) if node else None

    def rows(self, name: str) -> list[Fields]:
        """A list of mappings."""
        declared = self._declared(name, Rows)
        nodes = self._nodes_or_words(name, declared.word) if declared.word else self.nodes(name, of=dict)
        return [Fields(node, node.place, self.findings, declared.form) for node in nodes]

    def _nodes_or_words(self, name: str, word: str) -> list[Node]:
        """The mappings of a list, a text among them as the mapping of one field that it stands for."""
        node = self.node(name)
        children = node.value if node and isinstance(node.value, list) else [node] if node else []
        return [
            each if not isinstance(each.value, str) else Node({word: replace(each)}, each.place) for each in children
        ]

    def pairs(self, name: str) -> list[tuple[str, Node]]:
        """Words that were chosen, each with its text; one that has several stands as often."""
        self._declared(name, Pairs)
        node = self.node(name)
        words = Fields(node, self.place, self.findings) if node else None
        if words is None:
            return []
        found = [(word, each) for word in words.names() for each in words.nodes(word, of=str)]
        words.close()
        return found

    def named(self, name: str, names: Collection[str]) -> dict[str, list[Node]]:
        """The texts of each name below a field; one that is none of ``names`` is unknown."""
        self._declared(name, Named)
        node = self.node(name)
        below = Fields(node, self.place, self.findings) if node else None
        if below is None:
            return {}
        found: dict[str, list[Node]] = {}
        for each, place in below.places().items():
            if each in names:
                found[each] = below.nodes(each, of=str)
            else:
                remedy = did_you_mean(each, names, f"Known here: {', '.join(names)}.")
                self.complain("key-unknown", place, "is no known key.", remedy)
        below.close(apart=found.keys() ^ below.places().keys())
        return {each: nodes for each, nodes in found.items() if nodes}

    def table(self, name: str) -> dict[str, Fields]:
        """Mappings by the names that were chosen for them; one that was left blank is a note, and left out."""
        form, node = self._declared(name, Table).form, self.node(name)
        names = Fields(node, self.place, self.findings) if node else None
        if names is None:
            return {}
        nodes = {each: row for each in names.names() if (row := names.node(each))}
        names.close()
        return {each: Fields(row, row.place, self.findings, form) for each, row in nodes.items()}

    def _declared(self, name: str, kind: type[F]) -> F:
        if self._form is None:
            raise KeyError(f"'{name}' is asked for and not declared")
        return self._form.get(name, kind)

    def names(self) -> list[str]:
        """The keys in the order in which they were written."""
        return list(self._nodes)

    def places(self) -> dict[str, Place]:
        """Where each field was written."""
        return {name: node.place for name, node in self._nodes.items()}

    def close(self, *, other_names: Mapping[str, str] | None = None, apart: Collection[str] = ()) -> None:
        """Complain about required keys that are missing, and about keys that nobody asked for.

        A misspelt key is one finding: the one that it was meant to be is not missing as well. ``other_names`` are
        words that people have for keys; of those ``apart`` is told elsewhere.
        """
        one_of = self._form.one_of if self._form else ()
        if one_of and not any(name in self._nodes and not is_blank(self._nodes[name]) for name in one_of):
            self._miss(one_of[0])
        for name, node in self._nodes.items():
            if name in self._asked or name in apart:
                continue
            self._missing.pop(near_name(name, self._asked) or "", None)
            known = ", ".join(dict.fromkeys(self._asked))
            meant = (other_names or {}).get(name.casefold())
            remedy = f"Did you mean '{meant}'?" if meant else did_you_mean(name, self._asked, f"Known here: {known}.")
            if node.value == "":  # in braces, what follows a comma is a key of its own
                remedy = f"Put the value before it in quotes, if '{name}' belongs to it. {remedy}"
            self.complain("key-unknown", node.place, "is no known key.", remedy)
        for name, place in self._missing.items():
            self.complain("key-missing", place, "is required and not there.", f"Add '{name}: …'.")
        for name in dict.fromkeys(self._asked):
            if name in self._nodes and name not in self._missing:
                self.findings.extend(_blank(self._nodes[name], self.findings))


def _blank(node: Node, told: Sequence[Finding]) -> Iterator[Finding]:
    """A finding of a field that may be left out and was left blank, or that says so in YAML's way."""
    if is_blank(node):
        if any(each.code == "value-blank" and each.place == node.place for each in told):
            return
        yield note("value-blank", node.place, "is blank.", "Write its value, or take the line out.")
    elif node.value in _NOTHING:
        message = f"“{node.value}” is text here, not nothing."
        yield warning("value-blank", node.place, message, "Take the line out, or write the text that is meant.")


def is_blank(node: Node) -> bool:
    """Whether nothing was written."""
    return isinstance(node.value, str) and not node.value.strip()


def is_nothing(node: Node) -> bool:
    """Whether nothing was written, or what YAML has for it."""
    return is_blank(node) or node.value in _NOTHING


def _below(place: Place, name: str) -> str:
    return f"{place.field}.{name}" if place.field else name
