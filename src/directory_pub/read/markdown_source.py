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
_DEFINITION = re.compile(r"^[ >]*\[\^([^\]\s]+)\]:")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable("reference")  # it would swallow a line such as "[Note]: Monday"
    # Proofreading names a bad link; refused here it would turn to text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
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
    reader.check_uncalled()
    return blocks, reader.findings


@dataclass(slots=True)
class _Reader:
    """Turns the parser's tree into blocks, and complains of what no layout can print."""

    file: str
    first_line: int
    findings: list[Finding] = field(default_factory=list)
    definitions: dict[str, SyntaxTreeNode] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    notes: int = 0
    defined: dict[str, int] = field(default_factory=dict)
    in_note: bool = False

    def complain(self, code: str, line: int, message: str, remedy: str) -> None:
        self.findings.append(error(code, self.place(line), message, remedy))

    def place(self, line: int) -> Place:
        return Place(file=self.file, line=line, field="body")

    def line_of(self, node: SyntaxTreeNode) -> int:
        """The line of a node, or of the nearest node around it that knows one."""
        while not node.is_root:
            if node.map is not None:
                return node.map[0] + self.first_line
            assert node.parent is not None
            node = node.parent
        return self.first_line

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
                    yield self.item_list(node, line)
                case "dl":
                    yield TermList(rows=tuple(self.rows(node)), line=line)
                case "blockquote":
                    yield self.quote(node, line)
                case _:
                    self.refuse(node, line)

    def heading(self, node: SyntaxTreeNode, line: int) -> Heading:
        runs = self.runs(node.children[0])
        if dropped := sum(1 for run in runs if run.note):
            self.notes -= dropped
            remedy = "Move the call to the end of the first sentence below the heading."
            self.complain("note-in-heading", line, "a footnote is called in a heading.", remedy)
        return Heading(runs=tuple(run for run in runs if not run.note), line=line, level=int(node.tag[1]))

    def item_list(self, node: SyntaxTreeNode, line: int) -> ItemList:
        """A list; one that is not numbered from 1 is likely a sentence that begins with a year."""
        if (start := node.attrs.get("start", 1)) != 1:
            remedy = f"Begin the list with 1., or write '{start}\\.' where it is no list."
            self.complain("markdown-unsupported", line, f"a list that begins with {start}. cannot be printed.", remedy)
        items = tuple(tuple(self.blocks(item.children)) for item in node.children)
        return ItemList(items=items, line=line, numbered=node.type == "ordered_list")

    def rows(self, node: SyntaxTreeNode) -> Iterator[Row]:
        term: tuple[Run, ...] = ()
        for child in node.children:
            if child.type == "dt":
                term = self.runs(child.children[0])
            else:
                paragraphs = self.paragraphs(child, "what is said of a term")
                yield Row(term=term, paragraphs=paragraphs, line=self.line_of(child))
                term = ()

    def paragraphs(self, node: SyntaxTreeNode, what: str) -> tuple[Paragraph, ...]:
        """The paragraphs inside a block that may hold nothing else."""
        inside = list(self.blocks(node.children))
        for block in inside:
            if not isinstance(block, Paragraph):
                message = f"{what} holds something that is no paragraph."
                remedy = "Put the list or heading before or after it."
                self.complain("markdown-unsupported", block.line, message, remedy)
        return tuple(block for block in inside if isinstance(block, Paragraph))

    def quote(self, node: SyntaxTreeNode, line: int) -> Quote:
        paragraphs = list(self.paragraphs(node, "a quote"))
        credit = None
        if len(paragraphs) > 1 and (cut := _CREDIT.match(paragraphs[-1].runs[0].text)):
            last = paragraphs.pop()
            first = replace(last.runs[0], text=last.runs[0].text[cut.end() :])
            runs = ((first,) if first.text else ()) + last.runs[1:]
            credit = Paragraph(runs=runs, line=last.line)
        return Quote(paragraphs=tuple(paragraphs), credit=credit, line=line)

    def refuse(self, node: SyntaxTreeNode, line: int) -> None:
        what, remedy = _REFUSED.get(node.type, (f"Markdown's '{node.type}'", "Write it as paragraphs or a list."))
        self.complain("markdown-unsupported", line, f"{what} cannot be printed.", remedy)

    # ---------------------------------------------------------------- runs
    def runs(self, inline: SyntaxTreeNode) -> tuple[Run, ...]:
        walker = _Inline(reader=self, line=self.line_of(inline))
        walker.walk(inline.children, Run(text="", line=walker.line))
        return tuple(walker.joined())

    def note(self, label: str, line: int) -> Note:
        if label in self.called:
            remedy = "Write a footnote of its own for the second call."
            self.complain("note-repeated", line, f"footnote [^{label}] is called a second time.", remedy)
        self.called.add(label)
        runs: list[Run] = []
        self.in_note = True
        for block in self.definitions[label].children:
            if block.type == "paragraph":
                inner = self.runs(next(child for child in block.children if child.type == "inline"))
                runs += ([Run(text=" ", line=line)] if runs else []) + list(inner)
            elif block.type != "footnote_anchor":
                self.refuse(block, self.line_of(block))
        self.in_note = False
        self.notes += 1
        defined = self.defined.get(label, line)
        return Note(key=label, runs=tuple(runs), line=defined, call_line=line, file=self.file, index=self.notes - 1)

    # ---------------------------------------------------------------- checks
    def check_definitions(self, text: str) -> None:
        for number, line in enumerate(text.split("\n"), self.first_line):
            label = match[1] if (match := _DEFINITION.match(line)) else ""
            if label in self.defined:
                message = f"footnote [^{label}] is defined on line {self.defined[label]} already."
                self.complain("note-repeated", number, message, "Keep one of the two.")
            elif label:
                self.defined[label] = number

    def check_uncalled(self) -> None:
        for label, line in self.defined.items():
            if label not in self.called:
                remedy = f"Put [^{label}] where the note belongs, or take the note out."
                self.complain("note-uncalled", line, f"footnote [^{label}] has no call in the text.", remedy)

    def check_text(self, text: str, line: int) -> None:
        for match in _CALL.finditer(text):
            remedy = f"Add a paragraph '[^{match[1]}]: …' below this one."
            self.complain("note-undefined", line, f"footnote {match[0]} is called and not written.", remedy)
        for match in _TAG.finditer(text):
            message = f"'{match[0]}' looks like HTML and prints as it stands."
            remedy = "Use Markdown (**bold**, *italic*), or keep it if it is meant as text."
            self.findings.append(warning("raw-html", self.place(line), message, remedy))


_REFUSED = {
    "heading": (
        "a heading of this level",
        "Use '## ' for a section and '### ' below it: the name is in the front matter.",
    ),
    "table": ("a table", "Write it as a list."),
    "image": ("a picture in the text", "Name it as 'photo' in the front matter."),
    "fence": ("a code block", "Write it as a paragraph."),
    "code_block": ("an indented code block", "Take the four spaces at the line's start out."),
    "footnote_ref": ("a footnote called from a footnote", "Write what it says into the first note."),
    "link": ("a link without words", "Write [words](address)."),
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
                case "link" if not node.children:
                    self.reader.refuse(node, self.line)
                case "link":
                    href = str(node.attrs.get("href", ""))
                    self.walk(node.children, replace(style, href=href, language=_language(node) or style.language))
                case "span":
                    self.walk(node.children, replace(style, language=_language(node)))
                case "footnote_ref" if self.reader.in_note:
                    self.reader.refuse(node, self.line)
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


def _language(node: SyntaxTreeNode) -> str | None:
    """The language that an attribute tags a passage with."""
    language = node.attrs.get("lang")
    return str(language) if language else None
