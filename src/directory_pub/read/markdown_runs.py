"""A paragraph's text as runs: styles, links, languages, notes, each with the line that it stands on."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.tree import SyntaxTreeNode
from msgspec import Struct, field
from msgspec.structs import replace

from directory_pub.edition.text import IndexMark, Note, Run

__all__ = ["NoteKeeper", "read_runs"]

_ADDRESS = re.compile(
    r"(?<![\w@/.-])(?:(?P<web>(?:https?://|www\.[\w-]+\.)[^\s<>“”„«»‹›\"]+)|(?P<mail>[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+))"
)
_BEHIND = ".,;:!?…’'*_"  # ends the sentence, not the address


class NoteKeeper(Protocol):
    """What a walk through a paragraph asks of the reader of the body."""

    def note(self, label: str, line: int) -> Note | None:
        """The footnote of a call, or None where it cannot be called here."""

    def index_mark(self, head: str, of: str | None, line: int) -> IndexMark | None:
        """The mark for an index of words that begin on a line, or None where it names none."""

    def refuse(self, node: SyntaxTreeNode, line: int) -> None:
        """Complain of what cannot be printed."""

    def check_text(self, text: str, line: int) -> None:
        """Complain of marks that are left in a text."""


def read_runs(inline: SyntaxTreeNode, numbers: Sequence[int], keeper: NoteKeeper) -> tuple[Run, ...]:
    """The runs of a paragraph whose lines have these numbers in the file."""
    walker = _Walker(inline.content, numbers, keeper)
    walker.walk(inline.children, Run(text="", line=numbers[0]))
    return tuple(_joined(walker.out))


class _Walker(Struct):
    """Flattens the parser's tree; ``at`` is how far it has come in the text as it was typed."""

    source: str
    numbers: Sequence[int]
    keeper: NoteKeeper
    out: list[Run] = field(default_factory=list)
    at: int = 0

    @property
    def line(self) -> int:
        return self.numbers[self.source.count("\n", 0, self.at)]

    def walk(self, nodes: Sequence[SyntaxTreeNode], style: Run) -> None:
        for node in nodes:
            match node.type:
                case "text":
                    self.text(node.content, style)
                case "text_special":  # typed with a backslash or as an entity: a letter and no mark
                    self.pass_over(node.markup)
                    self.add(node.content, style)
                case "softbreak":
                    self.add(" ", style)
                    self.pass_over("\n")
                case "hardbreak":
                    self.add("\n", style)
                    self.pass_over("\n")
                case "em":
                    self.walk(node.children, replace(style, italic=True))
                case "strong":
                    self.walk(node.children, replace(style, bold=True))
                case "link" if node.children:
                    href = str(node.attrs.get("href", ""))
                    self.span(node, replace(style, href=href, language=_language(node) or style.language))
                case "span":
                    self.span(node, replace(style, language=_language(node) or style.language))
                case "footnote_ref":
                    self.pass_over(f"[^{node.meta['label']}]")
                    if note := self.keeper.note(node.meta["label"], self.line):
                        self.out.append(replace(style, text="", line=self.line, note=note))
                case "footnote_anchor":
                    pass  # the plugin's link back to the call: the finish step makes its own
                case _:
                    self.keeper.refuse(node, self.line)

    def span(self, node: SyntaxTreeNode, style: Run) -> None:
        """Words with attributes; the first of what they come to has their mark for an index."""
        first = len(self.out)
        self.walk(node.children, style)
        if (head := node.attrs.get("index")) is None:
            return
        of = node.attrs.get("index-of")
        at = next((at for at in range(first, len(self.out)) if self.out[at].text.strip()), None)
        line = self.out[at].line if at is not None else self.line
        mark = self.keeper.index_mark(str(head), str(of) if of else None, line)
        if at is not None:
            self.out[at] = replace(self.out[at], indexed=mark)

    def pass_over(self, typed: str) -> None:
        """Go on behind the next place where this was typed."""
        found = self.source.find(typed, self.at)
        self.at = self.at if found < 0 else found + len(typed)

    def text(self, text: str, style: Run) -> None:
        """A text as it was typed; an address in it that is no link yet is one."""
        found = self.source.find(text, self.at)
        self.at = max(found, self.at)
        self.keeper.check_text(text, self.line)
        for part, href in _addresses(text) if style.href is None else [(text, None)]:
            self.add(part, replace(style, href=href or style.href))
        self.pass_over(text)

    def add(self, text: str, style: Run) -> None:
        self.out.append(replace(style, text=text, line=self.line))


def _addresses(text: str) -> Iterator[tuple[str, str | None]]:
    """The text in parts, each with the address that it is."""
    done = 0
    for match in _ADDRESS.finditer(text) if "@" in text or "www." in text or "://" in text else ():
        address = match[0].rstrip(_BEHIND)
        if address.endswith(")") and "(" not in address:
            address = address.rstrip(")" + _BEHIND)
        yield text[done : match.start()], None
        href = f"mailto:{address}" if match["mail"] else address if "://" in address else f"https://{address}"
        yield address, normalizeLink(href)
        done = match.start() + len(address)
    yield text[done:], None


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs of one style in one, so that no style change is where none was written."""
    numbered = enumerate(runs)  # a call stands alone
    for _, alike in itertools.groupby(numbered, lambda each: (_style(each[1]), each[0] if each[1].note else None)):
        (_, first), *others = alike
        run = first.with_more(more for _, more in others)
        if run.text or run.note:
            yield run


def _style(run: Run) -> Run:
    """What a run has besides its words and where they were written."""
    return replace(run, text="", line=0, later_lines=())


def _language(node: SyntaxTreeNode) -> str | None:
    """The language that an attribute tags a passage with."""
    language = node.attrs.get("lang")
    return str(language) if language else None
