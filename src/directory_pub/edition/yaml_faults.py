"""The parser's faults in the words of somebody who edits a file."""

from __future__ import annotations

import re

import yaml

__all__ = ["TOO_DEEP", "explain_fault", "in_quotes"]

TOO_DEEP = "is nested too deep"

_OTHERWISE = "Look for a missing quote, a tab or a wrong indent here or on the line above."
_LINE_UP = "Give lines of one list or mapping the same number of spaces, and what is below a key two more."
_CLOSE = "Close it; inside single quotes, a quote is written twice: ''."
_QUOTE = "Put the whole value in quotes."
_NO_COLON = "could not find expected ':'"  # reported at the line after it
_FIELD = re.compile(r"(\s*(?:-\s+)*[\w-]+:\s+)(.*?)\s*$")


def explain_fault(problem: yaml.YAMLError, text: str, first_line: int) -> tuple[int, str, str]:
    """The line of the text (from 0), what is wrong, and what to do; ``first_line`` is the text's first in its file."""
    if isinstance(problem, yaml.reader.ReaderError):
        line = text.count("\n", 0, problem.position)
        code = problem.character if isinstance(problem.character, int) else ord(problem.character)
        return line, f"U+{code:04X} is no character of a text.", "Take it out, or write what it stands for."
    if not isinstance(problem, yaml.MarkedYAMLError):
        return 0, f"{problem}".replace("\n", " ") + ".", _OTHERWISE
    mark = problem.problem_mark or problem.context_mark
    began = problem.context_mark or mark
    assert mark is not None
    assert began is not None
    said = str(problem.problem)
    lines = text.split("\n")
    line = began.line if said == _NO_COLON else mark.line
    typed = lines[line] if line < len(lines) else ""
    behind = typed[mark.column :].strip()
    match said:
        case "mapping values are not allowed here" if (field := _FIELD.match(typed)) and mark.column >= field.end(1):
            sentences = f"“{field[2]}” has a colon in it.", f"Quote it: {field[1].strip()} {in_quotes(field[2])}."
        case "mapping values are not allowed here":
            sentences = "stands further in than the line above, which has a value.", _LINE_UP
        case _ if said == _NO_COLON:
            sentences = f"“{typed.strip()}” is no 'key: value'.", "Write the key, a colon and the value."
        case _ if said == TOO_DEEP:
            sentences = f"{said}.", "Write it flatter, or put it in quotes if it is text."
        case "found unexpected end of stream":
            sentences = f"the quote that opens on line {began.line + first_line} is not closed.", _CLOSE
        case _ if "'\\t'" in said:
            sentences = "a tab stands where spaces must.", "Write two spaces for each step to the right."
        case _ if "cannot start any token" in said or "scanning an a" in str(problem.context):
            sentences = f"“{typed.strip()}” has a value that begins with a sign of YAML's.", _QUOTE
        case _ if said.startswith("expected <block end>") and re.search(r"[\"'\]}]", typed[: mark.column]):
            sentences = f"“{behind}” stands behind what is closed.", _QUOTE
        case _ if said.startswith("expected <block end>"):
            sentences = "does not line up with the lines above.", _LINE_UP
        case "expected ',' or '}', but got '?'" | "expected ',' or ']', but got '?'":
            sentences = "a text in brackets has a '?' in it, which is a sign of YAML's there.", _QUOTE
        case _ if said.startswith("expected a single document"):
            sentences = "a second document begins here.", "Take '---' out: a file is one document."
        case _:
            sentences = f"{said}.", _OTHERWISE
    return line, *sentences


def in_quotes(value: str) -> str:
    """A value as YAML takes it for text, whatever is in it."""
    return "'" + value.replace("'", "''") + "'" if '"' in value or "\\" in value else f'"{value}"'
