"""Templates in a sandbox: a field that is not there is an error, and a value is never markup.

In a body, a value is put in as a *slot*: letters and digits between two characters that no text has.
Markdown is parsed with the slots in place and they are opened afterwards, so that nothing in a
recipient's name can be read as Markdown or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from directory_pub.edition.spelling import did_you_mean
from directory_pub.findings import Finding, Place, error
from directory_pub.mail.letter_filters import FILTERS, TooMuchError, bounded, loop_items, reckon, replace
from directory_pub.mail.letter_limits import LONGEST_LETTER, Fault, check_tags, check_tree

__all__ = [
    "Template",
    "TemplateError",
    "Trusted",
    "compile_line",
    "compile_text",
    "literal_parts",
    "open_slots",
    "take_slots",
]

# Two of Unicode's noncharacters: they are "for internal use" and never part of a text.
_OPEN, _SHUT = "\ufdd0", "\ufdd1"
_SLOT = re.compile(f"{_OPEN}([0-9a-f]*){_SHUT}")
_SLOT_GROWTH = 8  # a slot has two figures for each byte of its value, and some letters have four
_FILE = "the letter"


class Trusted(str):
    """A web address of the letter's own front matter, checked when it was read: it may be a link in Markdown."""

    __slots__ = ()


class TemplateError(Exception):
    """A template that cannot be filled in for somebody; ``finding`` says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def _shut(value: object) -> str:
    """A value as a slot; an empty one leaves no trace, so that a line with nothing else on it is blank."""
    if isinstance(value, Trusted):
        return f"<{value}>"
    if isinstance(value, jinja2.Undefined):
        return str(value)  # which is the error that names it
    text = " ".join(str(value).replace(_OPEN, "").replace(_SHUT, "").split())
    return f"{_OPEN}{text.encode('utf-8', 'replace').hex()}{_SHUT}" if text else ""


def take_slots(text: str) -> tuple[str, list[str]]:
    """The values out of their slots, which are numbered instead: two recipients' texts that differ in them alone are
    the same now.
    """
    values: list[str] = []

    def take(slot: re.Match[str]) -> str:
        values.append(bytes.fromhex(slot[1]).decode())
        return f"{_OPEN}{len(values) - 1}{_SHUT}"

    return _SLOT.sub(take, text), values


def literal_parts(text: str) -> list[str]:
    """What is between the slots."""
    return re.split(f"{_OPEN}[0-9a-f]*{_SHUT}", text)


def open_slots(text: str, values: Sequence[str], write: Callable[[str], str] = str) -> str:
    """Put the values in the place of their numbered slots, each as ``write`` gives it."""
    return _SLOT.sub(lambda slot: write(values[int(slot[1])]), text)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with what a letter needs; nothing in it differs from one time to the next, as a mail is written twice.

    A mail has no page that an unescaped value could harm before its slots are opened; HTML is escaped there.
    """

    intercepted_binops = frozenset({"+", "*", "%"})

    def __init__(self, finalize: Callable[[object], object] | None) -> None:
        super().__init__(undefined=jinja2.StrictUndefined, finalize=finalize, keep_trailing_newline=True)
        self.globals = {}
        self.filters = {**FILTERS, _KEEP: bounded, _LOOP: loop_items}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Within bounds."""
        return reckon(operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """A method of a text; the one that can make much of it has a bound."""
        if getattr(__obj, "__name__", "") == "replace":
            return replace(__obj.__self__, *args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)


_KEEP, _LOOP = "value that is kept", "items of a loop"  # as no letter can name a filter
_LINES, _TEXTS = _Sandbox(None), _Sandbox(_shut)


class Template(Struct, frozen=True, kw_only=True):
    """A text with fields to fill in; ``names`` are those it asks for, ``source`` is the text as written.

    ``tested`` are those that it has other words for where they are empty.
    """

    place: Place
    source: str
    names: frozenset[str]
    compiled: jinja2.Template | None
    tested: frozenset[str] = frozenset()

    def fill(self, values: Mapping[str, object], whose: str) -> str:
        """The text for one recipient; raises TemplateError with the letter's line and ``whose`` row it fails for."""
        assert self.compiled is not None, "a letter with a finding is never written"
        try:
            return "".join(_within(self.compiled.generate(values)))
        except Exception as problem:  # a template may raise anything that an expression can
            place = _line(self.place, _template_line(problem.__traceback__))
            message = f"cannot be filled in for {whose}: {str(problem).rstrip('.')}."
            raise TemplateError(error("letter-template", place, message, _remedy(message, values))) from None


def _remedy(message: str, values: Mapping[str, object]) -> str:
    """The field that was meant, if one is near."""
    missing = re.search(r"'(\w+)' is undefined", message)
    return did_you_mean(missing[1] if missing else "", values, f"Known here: {', '.join(sorted(values))}.")


def compile_line(text: str, place: Place, findings: list[Finding]) -> Template:
    """A template for one line of a mail's head."""
    return _compile(_LINES, text, place, findings)


def compile_text(text: str, place: Place, findings: list[Finding]) -> Template:
    """A template for a body in Markdown whose first line is at ``place``."""
    return _compile(_TEXTS, text.replace(_OPEN, "").replace(_SHUT, ""), place, findings)


def _within(pieces: Iterable[str]) -> Iterator[str]:
    """What a template writes, as long as it is no more than a letter has room for."""
    length = 0
    for piece in pieces:
        length += max(_SLOT_GROWTH, len(piece) // _SLOT_GROWTH) if piece.startswith(_OPEN) else len(piece)
        if length > LONGEST_LETTER:
            raise TooMuchError
        yield piece


def _read(environment: _Sandbox, text: str) -> nodes.Template:
    """Parse what is short and flat enough, see what it asks for, and bound what it loops over and keeps."""
    _refuse(check_tags(environment, text))
    tree = environment.parse(text, filename=_FILE)
    _refuse(check_tree(tree))
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _LOOP, [], [], None, None, lineno=loop.lineno)
    for kept in tree.find_all(nodes.Assign):
        kept.node = nodes.Filter(kept.node, _KEEP, [], [], None, None, lineno=kept.lineno)
    tree.set_environment(environment)
    return tree


def _refuse(fault: Fault | None) -> None:
    if fault:
        line, message, remedy = fault
        raise _RefusedError(message, remedy, line)


class _RefusedError(Exception):
    def __init__(self, message: str, remedy: str, line: int) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.line = line


def _compile(environment: _Sandbox, text: str, place: Place, findings: list[Finding]) -> Template:
    try:
        tree = _read(environment, text)
        names = frozenset(meta.find_undeclared_variables(tree))
        compiled = environment.template_class.from_code(
            environment, environment.compile(tree, filename=_FILE), environment.globals
        )
    except jinja2.TemplateSyntaxError as problem:
        remedy = "A field is written {{ name }}; {% if … %} needs {% endif %}."
        message = f"{str(problem.message).rstrip('.')}."
        findings.append(error("letter-template", _line(place, problem.lineno), message, remedy))
    except _RefusedError as fault:
        findings.append(error("letter-template", _line(place, fault.line), f"{fault}.", fault.remedy))
    except (ArithmeticError, RecursionError, SyntaxError, ValueError) as problem:  # Jinja works constants out at once
        message = f"cannot be worked out: {str(problem).rstrip('.')}."
        findings.append(error("letter-template", place, message, "Write it in a simpler way."))
    else:
        return Template(place=place, source=text, names=names, compiled=compiled, tested=_tested(tree))
    return Template(place=place, source=text, names=frozenset(), compiled=None)


def _tested(tree: nodes.Template) -> frozenset[str]:
    """The names that stand in a condition, before an ``or``, or have a default."""
    conditions: list[nodes.Node] = [each.test for each in tree.find_all(nodes.If)]
    conditions += [each.test for each in tree.find_all(nodes.CondExpr)]
    conditions += [each.left for each in tree.find_all(nodes.Or)]
    conditions += [each for each in tree.find_all(nodes.Filter) if each.name in {"default", "d"}]
    named = [*conditions, *(name for each in conditions for name in each.find_all(nodes.Name))]
    return frozenset(each.name for each in named if isinstance(each, nodes.Name))


def _line(place: Place, line: int) -> Place:
    return Place(file=place.file, line=(place.line or 1) + line - 1, field=place.field)


def _template_line(traceback: TracebackType | None) -> int:
    """The template's own line, which Jinja writes into the traceback."""
    line, frame = 1, traceback
    while frame:
        if frame.tb_frame.f_code.co_filename == _FILE:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
