"""What a letter may ask for: fields, words that depend on them, and a bounded amount of work.

A letter is read before anything in it is worked out: an operator on two figures may fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterator

import jinja2
from jinja2 import nodes

from directory_pub.mail.letter_filters import FILTERS, METHODS

__all__ = ["LONGEST_LETTER", "Fault", "check_tags", "check_tree"]

LONGEST_LETTER = 100_000
"""Characters in a letter, as written and as one recipient gets it: some fifty pages."""

_LONGEST_TAG = 150  # tokens between {{ and }}
_DEEPEST = 20  # brackets in one another, and blocks
_LONGEST_FIGURE = 15  # digits
_BEGIN, _END = ("variable_begin", "block_begin"), ("variable_end", "block_end")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Name, nodes.Const,
    nodes.List, nodes.Tuple, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.Call,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos, nodes.Concat,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Keyword,
)  # fmt: skip
_NAMES = {
    nodes.Pow: "a power",
    nodes.Macro: "a macro",
    nodes.CallBlock: "a call block",
    nodes.FilterBlock: "a filter block",
    nodes.AssignBlock: "a set block",
    nodes.With: "a with block",
    nodes.Block: "a block",
    nodes.Dict: "a dictionary",
}
Fault = tuple[int, str, str]
"""A line, counted from 1, what is wrong on it, and what to do."""


def check_tags(environment: jinja2.Environment, text: str) -> Fault | None:
    """What is too long or too deep to be read; a text that cannot be read at all is left to the reader."""
    if len(text) > LONGEST_LETTER:
        return 1, f"is {len(text)} characters long; there is room for {LONGEST_LETTER}", "Shorten it."
    depth = tokens = blocks = 0
    try:
        for line, kind, token in environment.lex(text):
            tokens = 0 if kind in _BEGIN else tokens + (kind != "whitespace")
            depth += (token in {"(", "[", "{"}) - (token in {")", "]", "}"}) if kind == "operator" else 0
            depth = 0 if kind in _END else depth
            if kind == "name" and tokens == 1:
                blocks += (token in {"if", "for"}) - (token in {"endif", "endfor"})
            if kind in {"integer", "float"} and len(token) > _LONGEST_FIGURE:
                return line, f"has a figure of {len(token)} digits", "Write it as text, between quotation marks."
            if kind not in {"data", "whitespace"} and tokens > _LONGEST_TAG:
                return line, "has too much between {{ and }}", "Write it in several."
            if depth > _DEEPEST or blocks > _DEEPEST:
                return line, f"has more than {_DEEPEST} brackets or blocks in one another", "Write it flatter."
    except jinja2.TemplateSyntaxError:
        return None
    return None


def check_tree(tree: nodes.Template) -> Fault | None:
    """What a letter has no use for, the first of it."""
    return next(_faults(tree, in_loop=False), None)


def _faults(node: nodes.Node, *, in_loop: bool) -> Iterator[Fault]:
    if not isinstance(node, _ALLOWED):
        name = _NAMES.get(type(node), f"{type(node).__name__.lower()}")
        yield node.lineno, f"{name} has no place in a letter", "A letter has {{ fields }}, filters, if, for and set."
    match node:
        case nodes.For() if in_loop or node.recursive:
            yield node.lineno, "a loop within a loop has no place in a letter", "Take one of them out."
        case nodes.Filter(name=name) if name not in FILTERS:
            yield (
                node.lineno,
                f"the filter '{name}' has no place in a letter",
                f"Known here: {', '.join(sorted(FILTERS))}.",
            )
        case nodes.Call(node=called) if not isinstance(called, nodes.Getattr) or called.attr not in METHODS:
            words = called.name if isinstance(called, nodes.Name) else getattr(called, "attr", "this")
            yield node.lineno, f"'{words}' cannot be called in a letter", f"Known here: {', '.join(sorted(METHODS))}."
    for child in node.iter_child_nodes():
        yield from _faults(child, in_loop=in_loop or isinstance(node, nodes.For))
