"""Markdown as an entry's body: blocks and runs with their lines.

Author text is text: raw HTML is not passed through but printed as typed, and a construct that
no layout can print is a finding, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from directory_pub.findings import Finding, Place, error, warning
from directory_pub.model import Block, Heading, ItemList, Note, Paragraph, Quote, Row, Run, TermList

__all__ = ["parse_markdown"]

_CREDIT = re.compile(r"^\s*[—–]\s+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # proofreading names a bad link; here it would turn to text
    parser.use(footnote_plugin, inline=False, move_to_end=True)
    parser.use(deflist_plugin)
    parser.use(attrs_plugin, spans=True, allowed={"lang"})
    return parser


def parse_markdown(text: str, file: str, first_line: int) -> tuple[tuple[Block, ...], list[Finding]]:
    """Parse a body whose first line is ``first_line`` of ``file``."""
    reader = _Reader(file=file, first_line=first_line)
    env: dict[str, object] = {}
    tree = SyntaxTreeNode(_parser().parse(text, env))
    reader.check_definitions(text)
    for node in tree.children:
        if node.type == "footnote_block":
            reader.definitions = {note.meta["label"]: note for note in node.children}
    blocks = tuple(reader.blocks(n for n in tree.children if n.type != "footnote_block"))
    reader.check_uncalled(text)
    return blocks, reader.findings


@dataclass(slots=True)
class _Reader:
    file: str
    first_line: int
    findings: list[Finding] = field(default_factory=list)
    definitions: dict[str, SyntaxTreeNode] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    defined: dict[str, int] = field(default_factory=dict)

    def line_of(self, node: SyntaxTreeNode) -> int:
        while node.map is None and node.parent is not None:
            node = node.parent
        return (node.map[0] if node.map else 0) + self.first_line

    def place(self, line: int) -> Place:
        return Place(file=self.file, line=line, field="body")

    # ---------------------------------------------------------------- blocks
    def blocks(self, nodes: Iterator[SyntaxTreeNode] | Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        for node in nodes:
            line = self.line_of(node)
            match node.type:
                case "paragraph":
                    if runs := self.runs(node.children[0]):
                        yield Paragraph(runs=runs, line=line)
                case "heading" if node.tag in ("h2", "h3"):
                    yield self.heading(node, line)
                case "bullet_list" | "ordered_list":
                    items = tuple(tuple(self.blocks(item.children)) for item in node.children)
                    yield ItemList(items=items, line=line, numbered=node.type == "ordered_list")
                case "dl":
                    yield TermList(rows=tuple(self.rows(node)), line=line)
                case "blockquote":
                    yield self.quote(node, line)
                case _:
                    self.refuse(node, line)

    def heading(self, node: SyntaxTreeNode, line: int) -> Heading:
        runs = self.runs(node.children[0])
        if any(run.note for run in runs):
            self.findings.append(
                error(
                    "note-in-heading",
                    self.place(line),
                    "a footnote is called in a heading.",
                    "Move the call to the end of the first sentence below the heading.",
                )
            )
            runs = tuple(run for run in runs if not run.note)
        return Heading(runs=runs, line=line, level=int(node.tag[1]))

    def rows(self, node: SyntaxTreeNode) -> Iterator[Row]:
        term: tuple[Run, ...] = ()
        for child in node.children:
            if child.type == "dt":
                term = self.runs(child.children[0])
            else:
                inner = tuple(b for b in self.blocks(child.children) if isinstance(b, Paragraph))
                yield Row(term=term, paragraphs=inner, line=self.line_of(child))
                term = ()

    def quote(self, node: SyntaxTreeNode, line: int) -> Quote:
        inside = list(self.blocks(node.children))
        for block in inside:
            if not isinstance(block, Paragraph):
                self.findings.append(
                    error(
                        "markdown-unsupported",
                        self.place(block.line),
                        "a quote holds something that is no paragraph.",
                        "Put the list or heading before or after the quote.",
                    )
                )
        paragraphs = [block for block in inside if isinstance(block, Paragraph)]
        credit = None
        if len(paragraphs) > 1 and (cut := _CREDIT.match(paragraphs[-1].runs[0].text)):
            last = paragraphs.pop()
            first = replace(last.runs[0], text=last.runs[0].text[cut.end() :])
            runs = ((first,) if first.text else ()) + last.runs[1:]
            credit = Paragraph(runs=runs, line=last.line)
        return Quote(paragraphs=tuple(paragraphs), credit=credit, line=line)

    def refuse(self, node: SyntaxTreeNode, line: int) -> None:
        what, remedy = _REFUSED.get(node.type, (f"Markdown's '{node.type}'", "Write it as paragraphs or a list."))
        self.findings.append(error("markdown-unsupported", self.place(line), f"{what} cannot be printed.", remedy))

    # ---------------------------------------------------------------- runs
    def runs(self, inline: SyntaxTreeNode) -> tuple[Run, ...]:
        walker = _Inline(reader=self, line=self.line_of(inline))
        walker.walk(inline.children, Run(text="", line=walker.line))
        return tuple(walker.joined())

    def note(self, label: str, line: int) -> Note:
        if label in self.called:
            self.findings.append(
                error(
                    "note-repeated",
                    self.place(line),
                    f"footnote [^{label}] is called a second time.",
                    "Write a footnote of its own for the second call.",
                )
            )
        self.called.add(label)
        node = self.definitions[label]
        runs: list[Run] = []
        for index, block in enumerate(node.children):
            if block.type != "paragraph":
                self.refuse(block, self.line_of(block))
                continue
            inner = self.runs(next(c for c in block.children if c.type == "inline"))
            runs.extend(([Run(text=" ", line=line)] if index else []) + list(inner))
        return Note(key=label, runs=tuple(runs), line=self.defined.get(label, line), call_line=line)

    # ---------------------------------------------------------------- checks
    def check_definitions(self, text: str) -> None:
        for number, line in enumerate(text.split("\n"), self.first_line):
            if match := _DEFINITION.match(line):
                label = match[1]
                if label in self.defined:
                    self.findings.append(
                        error(
                            "note-repeated",
                            self.place(number),
                            f"footnote [^{label}] is defined on line {self.defined[label]} already.",
                            "Keep one of the two.",
                        )
                    )
                else:
                    self.defined[label] = number

    def check_uncalled(self, text: str) -> None:
        for label, line in self.defined.items():
            if label not in self.called:
                self.findings.append(
                    error(
                        "note-uncalled",
                        self.place(line),
                        f"footnote [^{label}] has no call in the text.",
                        f"Put [^{label}] where the note belongs, or take the note out.",
                    )
                )

    def check_text(self, text: str, line: int) -> None:
        for match in _CALL.finditer(text):
            self.findings.append(
                error(
                    "note-undefined",
                    self.place(line),
                    f"footnote {match[0]} is called and not written.",
                    f"Add a paragraph '[^{match[1]}]: …' below this one.",
                )
            )
        for match in _TAG.finditer(text):
            self.findings.append(
                warning(
                    "raw-html",
                    self.place(line),
                    f"'{match[0]}' looks like HTML and prints as it stands.",
                    "Use Markdown (**bold**, *italic*), or keep it if it is meant as text.",
                )
            )


_REFUSED = {
    "heading": (
        "a heading of this level",
        "Use '## ' for a section and '### ' below it: the name is in the front matter.",
    ),
    "table": ("a table", "Write it as a list."),
    "image": ("a picture in the text", "Name it as 'photo' in the front matter."),
    "fence": ("a code block", "Write it as a paragraph."),
    "code_block": ("an indented code block", "Take the four spaces at the line's start out."),
    "hr": ("a rule", "Take it out: the style draws the rules."),
}


@dataclass(slots=True)
class _Inline:
    """Flattens inline tokens to runs, counting lines at each break."""

    reader: _Reader
    line: int
    out: list[Run] = field(default_factory=list)

    def walk(self, nodes: Sequence[SyntaxTreeNode], style: Run) -> None:
        for node in nodes:
            match node.type:
                case "text" | "text_special":
                    self.reader.check_text(node.content, self.line)
                    self.add(node.content, style)
                case "code_inline":
                    self.add(node.content, style)
                case "softbreak":
                    self.add(" ", style)
                    self.line += 1
                case "hardbreak":
                    self.add("\n", style)
                    self.line += 1
                case "em":
                    self.walk(node.children, replace(style, italic=True))
                case "strong":
                    self.walk(node.children, replace(style, bold=True))
                case "link":
                    self.walk(node.children, replace(style, href=str(node.attrs.get("href", ""))))
                case "span":
                    language = node.attrs.get("lang")
                    self.walk(node.children, replace(style, language=str(language) if language else None))
                case "footnote_ref":
                    note = self.reader.note(node.meta["label"], self.line)
                    self.out.append(replace(style, text="", line=self.line, note=note))
                case "footnote_anchor":
                    pass  # the plugin's link back to the call: the finish step makes its own
                case _:
                    self.reader.refuse(node, self.line)

    def add(self, text: str, style: Run) -> None:
        self.out.append(replace(style, text=text, line=self.line))

    def joined(self) -> Iterator[Run]:
        """Runs of one style in one, so that no style change is where none was written."""
        held: Run | None = None
        for run in self.out:
            if (
                held
                and not held.note
                and not run.note
                and replace(run, text="", line=0) == replace(held, text="", line=0)
            ):
                held = replace(held, text=held.text + run.text)
                continue
            if held and (held.text or held.note):
                yield held
            held = run
        if held and (held.text or held.note):
            yield held
