"""Templates in a sandbox: a field that is not there is an error, and a value is never markup.

In a body, a value is put in as a *slot*: letters and digits between two characters that no text has.
Markdown is parsed with the slots in place and they are opened afterwards, so that nothing in a
recipient's name can be read as Markdown or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from directory_pub.findings import Finding, Place, error
from directory_pub.spelling import did_you_mean

__all__ = ["Template", "TemplateError", "Trusted", "compile_line", "compile_text", "open_slots"]

# Two of Unicode's noncharacters: they are "for internal use" and never part of a text.
_OPEN, _SHUT = "\ufdd0", "\ufdd1"
_SLOT = re.compile(f"{_OPEN}([0-9a-f]*){_SHUT}")
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


def open_slots(text: str, write: Callable[[str], str] = str) -> str:
    """Put the values in the place of their slots, each as ``write`` gives it."""
    return _SLOT.sub(lambda slot: write(bytes.fromhex(slot[1]).decode()), text)


def _environment(finalize: Callable[[object], object] | None) -> SandboxedEnvironment:
    # A mail has no page that an unescaped value could harm before its slots are opened; HTML is escaped there.
    return SandboxedEnvironment(undefined=jinja2.StrictUndefined, finalize=finalize, keep_trailing_newline=True)


_LINES, _TEXTS = _environment(None), _environment(_shut)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
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
            return self.compiled.render(values)
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
    return _compile(_TEXTS, text, place, findings)


def _compile(environment: SandboxedEnvironment, text: str, place: Place, findings: list[Finding]) -> Template:
    try:
        tree = environment.parse(text, filename=_FILE)
        names = frozenset(meta.find_undeclared_variables(tree))
        compiled = environment.template_class.from_code(
            environment, environment.compile(tree, filename=_FILE), environment.globals
        )
    except jinja2.TemplateSyntaxError as problem:
        remedy = "A field is written {{ name }}; {% if … %} needs {% endif %}."
        message = f"{str(problem.message).rstrip('.')}."
        findings.append(error("letter-template", _line(place, problem.lineno), message, remedy))
        return Template(place=place, source=text, names=frozenset(), compiled=None)
    return Template(place=place, source=text, names=names, compiled=compiled, tested=_tested(tree))


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
