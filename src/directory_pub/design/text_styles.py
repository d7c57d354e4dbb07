"""The text styles of ``styles/text-styles.yaml``: what text is set in, and how wide.

They are read with their lines, so that a wrong value is a finding where it was written. What they come to in mm and
as CSS is worked out in compose, which knows the grid.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from typing import Literal, cast, get_args

from msgspec import Struct

from directory_pub.design.tokens import GRID_TOKENS, TOKENS, custom_properties, read_families
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.theme import Theme
from directory_pub.edition.yaml_source import Fields, parse_yaml
from directory_pub.findings import Finding, Place
from directory_pub.storage.enclosure import Refused

__all__ = ["Breaks", "Hyphens", "Marks", "Term", "TextStyle", "read_text_styles"]

Breaks = Literal["even", "sense", "balanced"]
Hyphens = Literal["manual", "auto"]
Marks = Literal["inside", "hanging"]

_FILE = "styles/text-styles.yaml"
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_TERM = re.compile(r"(?:(\d+(?:\.\d+)?) +)?([a-z][a-z0-9-]*)")
_SLOPES = ("upright", "italic")
_MAIN = "main"
_COLUMNS = (
    _MAIN,
    "listing",
    "beside",
    "row",
    "guide",
    "people",
    "person",
    "person-text",
    "sponsor",
)  # widths that follow from others: Grid.columns_mm


class Term(Struct, frozen=True):
    """A length in a measure: a token, so many times."""

    times: float
    token: str


class TextStyle(Struct, frozen=True, kw_only=True):
    """One text style; ``size``, ``family`` and ``hanging`` are tokens, ``leading`` is in units or a token.

    The measure is the first of its terms less the others.
    """

    name: str
    place: Place
    size: str
    family: str = "sans"
    weight: int = 400
    italic: bool = False
    tracking_em: float = 0.0
    leading: float | str = 1.0
    measure: tuple[Term, ...] = (Term(1.0, _MAIN),)
    hanging: str | None = None
    breaks: Breaks = "even"
    hyphens: Hyphens = "manual"
    marks: Marks = "inside"


def read_text_styles(theme: Theme) -> tuple[dict[str, TextStyle], list[Finding]]:
    """The text styles of a theme by name, with a finding of each value that is wrong: the usual one is in its place.

    Those of the edition and of the project lie over the theme's style by style, and these over what is built in.
    The same file is read once a process.
    """
    try:
        theme.read_text(TOKENS)
        own_themes = [theme.alone(layer) for layer in theme.layers_of(TOKENS)]
        tokens = "\n".join(one_theme.read_text(TOKENS) for one_theme in own_themes)
        layers = reversed(theme.layers_of(_FILE))
        tables = [(one_theme.read_text(_FILE), one_theme.shown(_FILE)) for one_theme in map(theme.alone, layers)]
        if not tables:
            theme.read_text(_FILE)
    except Refused as refused:
        return {}, [refused.finding]
    styles: dict[str, TextStyle] = {}
    findings: list[Finding] = []
    for text, file in tables:
        read, told = _read(text, tokens, tuple(read_families(theme)), file)
        styles |= read
        findings += told
    return styles, findings


@functools.lru_cache(maxsize=4)
def _read(text: str, tokens: str, families: Collection[str], file: str) -> tuple[dict[str, TextStyle], list[Finding]]:
    node, findings = parse_yaml(text, file)
    table = Fields(node, Place(file=file), findings)
    if not table.names() and not findings:
        table.complain("value-blank", table.place, "holds no text style.", "Write one style a line.")
    single = [each for each in custom_properties(tokens) if len(each.value) == 1]
    # Where one of the grid's is none, the grid says so at the token, and no style that names it does.
    lengths = list(dict.fromkeys([*(e.name for e in single if e.value[0].type == "dimension"), *GRID_TOKENS]))
    styles = {name: _Row(row, lengths, families).read(name) for name in table.names() if (row := table.fields(name))}
    return styles, findings


class _Row(Struct, frozen=True):
    """The fields of one style, and what they may name."""

    fields: Fields
    lengths: Collection[str]
    families: Collection[str]

    def read(self, name: str) -> TextStyle:
        f = self.fields
        if not _NAME.fullmatch(name):
            remedy = "Use small letters, figures and hyphens: sheets say var(--font-NAME)."
            f.complain("value-type", f.place, f"'{name}' is no name of a text style.", remedy)
        style = TextStyle(
            name=name,
            place=f.place,
            size=self.token("size", self.lengths, required=True) or "text",
            family=self.token("family", self.families) or "sans",
            weight=int(f.number("weight", 400, above=0, most=1000, whole=True)),
            italic=self.token("slope", _SLOPES) == "italic",
            tracking_em=f.number("tracking", 0, above=-1, most=1),
            leading=self.leading(),
            measure=self.measure(),
            hanging=self.token("hanging", self.lengths),
            breaks=cast("Breaks", self.token("breaks", get_args(Breaks)) or "even"),
            hyphens=cast("Hyphens", self.token("hyphens", get_args(Hyphens)) or "manual"),
            marks=cast("Marks", self.token("marks", get_args(Marks)) or "inside"),
        )
        f.close()
        return style

    def token(self, field: str, known: Collection[str], *, required: bool = False) -> str | None:
        """The value of a field that is one of some words, or None with a finding."""
        text = self.fields.text(field, required=required)
        return text if text is None or self.is_known(field, text, known) else None

    def is_known(self, field: str, word: str, known: Collection[str]) -> bool:
        """Whether a word is one of those that may stand in a field; where it is not, a finding."""
        if word not in known:
            place = self.fields.places()[field]
            remedy = did_you_mean(word, known, f"There are {', '.join(known)}.")
            self.fields.complain("value-type", place, f"'{word}' is not known here.", remedy)
        return word in known

    def leading(self) -> float | str:
        text = self.fields.text("leading")
        if text is not None and _NAME.fullmatch(text):
            return text if self.is_known("leading", text, self.lengths) else 1.0
        return self.fields.number("leading", 1, above=-1e-9, most=10)

    def measure(self) -> tuple[Term, ...]:
        text = self.fields.text("measure")
        found = [_TERM.fullmatch(part) for part in (text or _MAIN).split(" - ")]
        terms = tuple(Term(float(match[1] or 1), match[2]) for match in found if match)
        if len(terms) < len(found):
            remedy = "Write a column and what is taken off it, such as 'main - 2 indent'."
            self.fields.complain("value-type", self.fields.places()["measure"], f"'{text}' is no measure.", remedy)
        elif all(self.is_known("measure", term.token, (*self.lengths, *_COLUMNS)) for term in terms):
            return terms
        return (Term(1.0, _MAIN),)
