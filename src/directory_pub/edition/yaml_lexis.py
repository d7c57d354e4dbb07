"""What YAML takes away from a value before anybody reads it: comments, tags, anchors, directives.

Every visible character of a file is in a token that means something, in a remark that is plainly
one, or is reported here.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence

import yaml

from directory_pub.edition.yaml_faults import TOO_DEEP, in_quotes
from directory_pub.findings import Finding, Place, error, warning

__all__ = ["check_lexis", "read_tokens"]

PlaceOfLine = Callable[[int], Place]

_DEEPEST = 100  # lists and mappings in one another; the content model has five
_OPENING = (
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_REMARK = re.compile(r"#+(\s+(?:[aAI]\s+)?[^\w\s]*[^\W\d_]{2}|\W*$)")  # words behind a space, and no 12 or B
_VALUE = re.compile(r"\s*(?:-\s+)*(?:[\w-]+:\s+)?(.*?)\s*$")
_NO_MEANING = "It has no meaning here: take it out, or put the value in quotes if it is text."


def read_tokens(text: str) -> list[yaml.Token]:
    """The tokens up to the first fault, of which the parser tells.

    Raises yaml.MarkedYAMLError, TOO_DEEP, where so much is nested that neither scanner nor parser would end.
    """
    tokens: list[yaml.Token] = []
    depth = 0
    with contextlib.suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            tokens.append(token)
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > _DEEPEST:
                break
    if depth > _DEEPEST:
        raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=tokens[-1].start_mark)
    return tokens


def check_lexis(text: str, tokens: Sequence[yaml.Token], place_of_line: PlaceOfLine) -> Iterator[Finding]:
    """Tell of all that would vanish; ``place_of_line`` knows the field on a line of the text (from 0)."""
    end, plain = 0, False
    for token in tokens:
        start = token.start_mark.index
        for at in _comments(text, end, start, plain=plain):
            yield from _comment(text, at, place_of_line)
        yield from _token(token, text, place_of_line)
        end = max(end, token.end_mark.index)
        plain = isinstance(token, yaml.ScalarToken) and token.plain
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            for at in _comments(text, start, end, plain=False):
                yield from _comment(text, at, place_of_line)


def _comments(text: str, start: int, end: int, *, plain: bool) -> Iterator[int]:
    """Where comments begin between two tokens that may be part of the value before them.

    Those stand on its line, or below a ``plain`` value and further in, as its next line would.
    """
    line_start = text.rfind("\n", 0, start) + 1
    first, *others = text[start:end].split("\n")
    if "#" in first and text[line_start:start].strip():
        yield start + first.index("#")
    at = start + len(first) + 1
    for line in others if plain else ():
        if line.lstrip().startswith("#") and _indent(line) > _indent(text[line_start:]):
            yield at + _indent(line)
        at += len(line) + 1


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _token(token: yaml.Token, text: str, place_of_line: PlaceOfLine) -> Iterator[Finding]:
    typed = text[token.start_mark.index : token.end_mark.index]
    place = place_of_line(token.start_mark.line)
    match token:
        case yaml.TagToken():
            message = f"the tag “{typed}” would not be printed."
            yield error("yaml-tag", place, message, f"Put the value in quotes: {_quoted(text, token.start_mark)}.")
        case yaml.AnchorToken():
            yield error("yaml-alias", place, f"the YAML anchor “{typed}” would not be printed.", _NO_MEANING)
        case yaml.DirectiveToken():
            yield error("yaml-syntax", place, "a YAML directive.", _NO_MEANING)
        case yaml.DocumentEndToken() if typed:
            yield error("yaml-syntax", place, "a second document begins behind '...'.", _NO_MEANING)
        case yaml.KeyToken() if typed == "?":
            yield error("yaml-syntax", place, "a key behind '? '.", "Write it as 'key: value'.")


def _comment(text: str, at: int, place_of_line: PlaceOfLine) -> Iterator[Finding]:
    """A comment that may be part of a value.

    ``Road 5 # 12`` may be either: a remark seldom begins with a figure and a house number always does,
    so it is reported, but withholds nothing.
    """
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].split("\n", 1)[0]
    comment = line[at - start :].strip()
    if _REMARK.match(comment):
        return
    make = warning if re.match(r"#\s", comment) else error
    message = f"“{comment}” is a comment to YAML and would not be printed."
    value = in_quotes(_VALUE.sub(r"\1", line))
    remedy = f"Quote it: {value}; a remark stands on a line of its own, or is words behind '# '."
    yield make("yaml-comment", place_of_line(text.count("\n", 0, at)), message, remedy)


def _quoted(text: str, mark: yaml.Mark) -> str:
    """A value from a mark to the end of its line, in quotes."""
    return in_quotes(text[mark.index :].split("\n", 1)[0].strip())
