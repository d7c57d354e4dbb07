"""YAML as written: every scalar a string, every value with its file and line.

YAML 1.1 would turn a phone number into an integer and a country code into False; here the
model decides what a string means, and a complaint made six steps later still has its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import yaml

from directory_pub.findings import Finding, Place, error
from directory_pub.spelling import did_you_mean, near_name

__all__ = ["Fields", "Node", "parse_yaml"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place: a string, a list of nodes or a mapping of nodes."""

    value: str | list[Node] | dict[str, Node]
    place: Place

    @property
    def kind(self) -> str:
        """What an editor would call it."""
        return {str: "text", list: "a list", dict: "a mapping"}[type(self.value)]


def parse_yaml(text: str, file: str, first_line: int = 1) -> tuple[Node | None, list[Finding]]:
    """Parse one YAML document whose first line is ``first_line`` of ``file``."""
    findings: list[Finding] = []
    try:
        if alias := next((e for e in yaml.parse(text) if isinstance(e, yaml.AliasEvent)), None):
            line = alias.start_mark.line if alias.start_mark else 0
            place = Place(file=file, line=line + first_line)
            return None, [error("yaml-alias", place, "a YAML alias.", "Write the value out.")]
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        return (_Converter(file, first_line, findings).convert(root) if root else None), findings
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line, message = mark.line if mark else 0, str(problem.problem)
    except yaml.YAMLError as problem:
        line, message = 0, str(problem).replace("\n", " ")
    except RecursionError:
        line, message = 0, "is nested too deep"
    return None, [error("yaml-syntax", Place(file=file, line=line + first_line), f"{message}.", _YAML_REMEDY)]


_YAML_REMEDY = "Look for a missing quote, a tab or a wrong indent here or on the line above."


@dataclass(frozen=True, slots=True)
class _Converter:
    """Turns PyYAML's nodes into ours, each with its place."""

    file: str
    first_line: int
    findings: list[Finding]

    def place(self, node: yaml.Node, name: str | None) -> Place:
        return Place(file=self.file, line=node.start_mark.line + self.first_line, field=name)

    def convert(self, node: yaml.Node, name: str | None = None, key: yaml.Node | None = None) -> Node:
        """One value; a mapping or list below a key is where the key stands."""
        if isinstance(node, yaml.ScalarNode):
            return Node(node.value.rstrip("\n"), self.place(node, name))
        place = self.place(key or node, name)
        if isinstance(node, yaml.SequenceNode):
            children = [self.convert(child, f"{name or ''}[{index}]") for index, child in enumerate(node.value, 1)]
            return Node(children, place)
        mapping: dict[str, Node] = {}
        for key_node, value_node in node.value:
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

    Call ``close`` at the end: a key that nobody asked for is unknown.
    """

    def __init__(self, node: Node | None, place: Place, findings: list[Finding], *, unread: bool = False) -> None:
        self.place = node.place if node else place
        self.findings = findings
        self._unread = unread  # its YAML has a finding of its own: what is missing is no news
        self._asked: list[str] = []
        self._missing: dict[str, Place] = {}
        self._nodes: dict[str, Node] = {}
        if node and isinstance(node.value, dict):
            self._nodes = node.value
        elif node and node.value:
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
        self._asked.append(name)
        node = self._nodes.get(name)
        if node is None or node.value == "":
            if required and not self._unread:
                at = node.place if node else self.place
                self._missing[name] = Place(file=at.file, line=at.line, field=_below(self.place, name))
            return None
        return node

    def text(self, name: str, *, required: bool = False) -> str | None:
        """A line or block of text."""
        node = self.node(name, required=required)
        if node is None:
            return None
        if not isinstance(node.value, str):
            self.complain("value-type", node.place, f"is {node.kind}, not text.", "Write one value.")
            return None
        return node.value

    def lines(self, name: str) -> tuple[str, ...]:
        """A list of lines; a single text counts as one line."""
        return tuple(str(node.value) for node in self.nodes(name, of=str))

    def nodes(self, name: str, *, of: type[str] | type[dict[str, Node]]) -> list[Node]:
        """The nodes of a list field that are of one kind; the others are complained about."""
        node = self.node(name)
        if node is None:
            return []
        children = node.value if isinstance(node.value, list) else [node]
        wrong = [child for child in children if not isinstance(child.value, of)]
        for child in wrong:
            wanted = "text" if of is str else "a mapping"
            self.complain("value-type", child.place, f"is {child.kind}, not {wanted}.", f"Write {wanted} here.")
        return [child for child in children if child not in wrong]

    def number(self, name: str, default: float, *, above: float, most: float, whole: bool = False) -> float:
        """A decimal or ``whole`` number with a bound on both sides."""
        text = self.text(name)
        if text is None:
            return default
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not above < value <= most or (whole and value != int(value)):
            kind = "whole number" if whole else "number"
            self.complain(
                "value-type",
                self._nodes[name].place,
                f"'{text}' is no {kind} above {above:g} and up to {most:g}.",
                f"Write a number, such as {default:g}.",
            )
            return default
        return value

    def fields(self, name: str, *, required: bool = False) -> Fields | None:
        """A mapping inside this one."""
        node = self.node(name, required=required)
        return Fields(node, node.place, self.findings) if node else None

    def names(self) -> list[str]:
        """The keys in the order in which they were written."""
        return list(self._nodes)

    def places(self) -> dict[str, Place]:
        """Where each field was written."""
        return {name: node.place for name, node in self._nodes.items()}

    def close(self) -> None:
        """Complain about required keys that are missing, and about keys that nobody asked for.

        A misspelt key is one finding: the one that it was meant to be is not missing as well.
        """
        for name, node in self._nodes.items():
            if name in self._asked:
                continue
            self._missing.pop(near_name(name, self._asked) or "", None)
            known = ", ".join(dict.fromkeys(self._asked))
            remedy = did_you_mean(name, self._asked, f"Known here: {known}.")
            self.complain("key-unknown", node.place, "is no known key.", remedy)
        for name, place in self._missing.items():
            self.complain("key-missing", place, "is required and not there.", f"Add '{name}: …'.")


def _below(place: Place, name: str) -> str:
    return f"{place.field}.{name}" if place.field else name
