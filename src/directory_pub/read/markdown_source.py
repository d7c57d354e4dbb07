"""Markdown as an entry's body: blocks and runs with their lines.

Author text is text: raw HTML is not passed through but printed as typed, and a construct that
no layout can print is a finding, never dropped. What the parser or this reader would lose all
the same is found by the census of the source.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import cast, get_args

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from msgspec import Struct, field

from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.text import (
    Block,
    Heading,
    IndexMark,
    IndexOf,
    ItemList,
    Note,
    Paragraph,
    Pictures,
    Quote,
    Row,
    Run,
    Table,
    TermList,
)
from directory_pub.findings import Finding, Place, Severity, error
from directory_pub.read.markdown_runs import read_runs
from directory_pub.read.markdown_table import CAPTION, is_wide_mark, read_table
from directory_pub.read.raw_html import tags_in, tell_of_tags
from directory_pub.read.remarks import Body, without_remarks
from directory_pub.read.slips import blocks_slips, list_slips, runs_slips, text_slips
from directory_pub.read.source_census import count_source
from directory_pub.read.text_pictures import ATTRIBUTES, is_pictures, read_pictures

__all__ = ["parse_line", "parse_markdown"]

_CREDIT = re.compile(r"^\s*(?:[—–]|--)\s+")
_DEFINITION = re.compile(r"^[ >]*\[\^([^\]\s]+)\]:")
_DEEPEST_LIST = 4
_DEEPEST = 40  # of anything in anything
_MARKS_OF_A_LINE = 1000
_LONGEST_LABEL = 5  # 2015. is one; what is longer does not fit beside its text


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable("reference")  # it would swallow a line such as "[Note]: Monday"
    parser.disable("backticks")  # no layout prints code: a ` is a letter
    parser.disable("text_join")  # a mark behind a backslash is told from one that is left over
    # Proofreading names a bad link; refused here it would turn to text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.use(footnote_plugin, inline=False, move_to_end=True)
    parser.use(deflist_plugin)
    parser.use(attrs_plugin, spans=True, allowed={"lang", "index", "index-of", *ATTRIBUTES})
    return parser


def parse_markdown(text: str, file: str, first_line: int) -> tuple[tuple[Block, ...], list[Finding]]:
    """Parse a body whose first line is ``first_line`` of ``file``, and hold what was read against the text."""
    body = without_remarks(text.replace("\0", "\ufffd"), first_line)  # as the parser has it; it is told of apart
    reader = _Reader(file=file, body=body)
    tokens = _parser().parse(body.text, {})
    if (row := _nested_too_deep(tokens)) is not None:
        remedy = "Take marks of emphasis, quotes or lists out, or put a backslash before each that is text."
        reader.complain("markdown-unsupported", body.numbers[row], "is nested too deep.", remedy)
        return (), reader.findings
    tree = SyntaxTreeNode(tokens)
    reader.check_definitions()
    for node in tree.children:
        if node.type == "footnote_block":
            reader.definitions = {note.meta["label"]: note for note in node.children}
    blocks = tuple(reader.blocks(n for n in tree.children if n.type != "footnote_block"))
    reader.check_uncalled()
    reader.check_tags()
    reader.findings += blocks_slips(blocks, reader.place)
    reader.findings += count_source(body, blocks, file, reader.excused())
    return blocks, reader.findings


def parse_line(text: str, place: Place) -> tuple[tuple[Run, ...], list[Finding]]:
    """A short text of a field, such as a caption, as runs."""
    line = place.line or 1
    reader = _Reader(file=place.file, body=Body(text, (line,) * (text.count("\n") + 2)), written_in=place.field or "")
    reader.index_marks = _MARKS_OF_A_LINE * line  # what a mark is called is unlike those of the body
    runs = reader.picture_caption(text.strip(), reader.body.numbers)
    reader.check_tags()
    return runs, reader.findings


def _nested_too_deep(tokens: Sequence[Token]) -> int | None:
    """The row of a block in which more is nested than can be read, if there is one."""
    row = 0
    for token in tokens:
        row = token.map[0] if token.map else row
        if max((inner.level for inner in (token, *(token.children or ()))), default=0) > _DEEPEST:
            return row
    return None


class _Reader(Struct):
    """Turns the parser's tree into blocks, and complains of what no layout can print."""

    file: str
    body: Body
    written_in: str = "body"
    findings: list[Finding] = field(default_factory=list)
    definitions: dict[str, SyntaxTreeNode] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    notes: int = 0
    index_marks: int = 0
    defined: dict[str, int] = field(default_factory=dict)
    in_note: bool = False
    notes_in_headings: list[Note] = field(default_factory=list)
    list_depth: int = 0
    next_number: int | None = None  # what would go on the list before
    tags: dict[int, list[str]] = field(default_factory=dict)  # of HTML, by line

    def complain(self, code: str, line: int, message: str, remedy: str) -> None:
        self.findings.append(error(code, self.place(line), message, remedy))

    def place(self, line: int) -> Place:
        return Place(file=self.file, line=line, field=self.written_in)

    def row_of(self, node: SyntaxTreeNode) -> int:
        """The line of the body (from 0) of a node, or of the nearest node around it that knows one."""
        while not node.is_root:
            if node.map is not None:
                return node.map[0]
            assert node.parent is not None
            node = node.parent
        return 0

    def line_of(self, node: SyntaxTreeNode) -> int:
        return self.body.numbers[self.row_of(node)]

    # ---------------------------------------------------------------- blocks
    def blocks(self, nodes: Iterator[SyntaxTreeNode] | Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        told = [*nodes]
        for node, before, behind in zip(told, (None, *told), (*told[1:], None), strict=False):
            line = self.line_of(node)
            match node.type:
                case "paragraph" if is_pictures(node.children[0]):
                    inline = node.children[0]
                    numbers = self.body.numbers[self.row_of(inline) :]
                    if photos := tuple(read_pictures(inline, numbers, self)):
                        yield Pictures(photos=photos, line=photos[0].place.line or line)
                case "paragraph" if is_wide_mark(node) and before is not None and before.type == "table":
                    pass  # said of the table
                case "table":
                    caption = self.caption(before) if before is not None else None
                    yield from read_table(node, self, caption, wide=is_wide_mark(behind))
                case "paragraph" if behind is not None and behind.type == "table" and _is_caption(node):
                    pass  # read with the table
                case "paragraph":
                    if runs := self.runs(node.children[0]):
                        yield Paragraph(runs=runs, line=line)
                case "heading" if node.tag in ("h2", "h3"):
                    yield from self.heading(node, line)
                case "bullet_list" | "ordered_list":
                    yield from self.item_list(node, line)
                case "dl":
                    yield TermList(rows=tuple(self.rows(node)), line=line)
                case "blockquote":
                    yield from self.quote(node, line)
                case _:
                    self.refuse(node, line)

    def caption(self, node: SyntaxTreeNode) -> Paragraph | None:
        """The caption of the table behind a paragraph, if it is one."""
        if not _is_caption(node):
            return None
        first, *others = self.runs(node.children[0]) or (Run(text="", line=0),)
        cut = CAPTION.match(first.text)
        rest = first.behind(cut.end()) if cut else first
        runs = (*((rest,) if rest.text else ()), *others)
        if not _has_words(runs):
            self.complain(
                "markdown-unsupported", self.line_of(node), "a caption without words.", "Write them behind Table:."
            )
        return Paragraph(runs=runs, line=self.line_of(node))

    def typed(self, node: SyntaxTreeNode) -> str:
        """The line of a node as it was typed."""
        return self.body.text.split("\n")[self.row_of(node)]

    def heading(self, node: SyntaxTreeNode, line: int) -> Iterator[Heading]:
        runs = self.runs(node.children[0])
        if dropped := [run.note for run in runs if run.note]:
            self.notes -= len(dropped)
            self.notes_in_headings += dropped
            remedy = "Move the call to the end of the first sentence below the heading."
            self.complain("note-in-heading", line, "a footnote is called in a heading.", remedy)
        if not runs:
            self.complain("markdown-unsupported", line, "a heading without words.", f"Write them behind {node.markup}.")
        elif node.markup[0] in "-=" and (len(node.markup) < 3 or "\n" in node.children[0].content):
            message = f"a line of “{node.markup}” alone would make a heading of the lines above it."
            remedy = "Write '## ' before a heading; where it is none, put a backslash before the line."
            self.complain("markdown-unsupported", line, message, remedy)
        else:
            yield Heading(runs=tuple(run for run in runs if not run.note), line=line, level=int(node.tag[1]))

    def item_list(self, node: SyntaxTreeNode, line: int) -> Iterator[ItemList]:
        """A list, its items with the numbers that were typed."""
        numbered = node.type == "ordered_list"
        labels = tuple(f"{item.info}{item.markup}" for item in node.children) if numbered else ()
        if self.list_depth == _DEEPEST_LIST:
            remedy = f"Lists stand in lists up to {_DEEPEST_LIST} deep: write it as a list of its own."
            self.complain("markdown-unsupported", line, "a list this deep cannot be printed.", remedy)
        elif too_long := next((label for label in labels if len(label) > _LONGEST_LABEL), None):
            remedy = f"Write '{too_long[:-1]}\\{too_long[-1]}' where it begins a sentence."
            self.complain("markdown-unsupported", line, f"an item numbered {too_long} cannot be printed.", remedy)
        else:
            self.list_depth += 1
            items = tuple(tuple(self.item(item)) for item in node.children)
            self.list_depth -= 1
            block = ItemList(items=items, line=line, labels=labels)
            self.findings += list_slips(block, node.markup, self.next_number, self.place(line))
            self.next_number = int(labels[-1][:-1]) + 1 if labels else self.next_number
            yield block

    def item(self, node: SyntaxTreeNode) -> Iterator[Block]:
        if not node.children:
            remedy = "Write its text, or take its mark out."
            self.complain("markdown-unsupported", self.line_of(node), "an item of a list is empty.", remedy)
        yield from self.only(node, (Paragraph, ItemList), "a list's item", "a paragraph or list")

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
        found = self.only(node, (Paragraph,), what, "a paragraph")
        return tuple(block for block in found if isinstance(block, Paragraph))

    def only(self, node: SyntaxTreeNode, kinds: tuple[type[Block], ...], what: str, allowed: str) -> Iterator[Block]:
        """The blocks inside one that may hold some kinds; the others are complained of."""
        for block in self.blocks(node.children):
            if isinstance(block, kinds):
                yield block
            else:
                held = "a table" if isinstance(block, Table) else f"something that is not {allowed}"
                message, remedy = f"{what} holds {held}.", "Put it before or after."
                self.complain("markdown-unsupported", block.line, message, remedy)

    def quote(self, node: SyntaxTreeNode, line: int) -> Iterator[Quote]:
        paragraphs = list(self.paragraphs(node, "a quote"))
        credit = None
        if len(paragraphs) > 1 and (cut := _CREDIT.match(paragraphs[-1].runs[0].text)):
            last = paragraphs.pop()
            first = last.runs[0].behind(cut.end())
            runs = ((first,) if first.text else ()) + last.runs[1:]
            credit = Paragraph(runs=runs, line=last.line)
        if any(_has_words(paragraph.runs) for paragraph in paragraphs):
            yield Quote(paragraphs=tuple(paragraphs), credit=credit, line=line)
        elif paragraphs or not node.children:
            self.complain(
                "markdown-unsupported", line, "a quote without words.", "Write them behind >, or take it out."
            )

    def refuse(self, node: SyntaxTreeNode, line: int) -> None:
        what, remedy = _REFUSED.get(node.type, (f"Markdown's '{node.type}'", "Write it as paragraphs or a list."))
        self.complain("markdown-unsupported", line, f"{what} cannot be printed.", remedy)

    # ---------------------------------------------------------------- runs
    def runs(self, inline: SyntaxTreeNode) -> tuple[Run, ...]:
        runs = read_runs(inline, self.body.numbers[self.row_of(inline) :], self)
        self.findings += runs_slips(runs, self.place)
        return runs

    def picture_caption(self, text: str, numbers: Sequence[int]) -> tuple[Run, ...]:
        """The runs of what stands below a picture; it has no footnotes."""
        tree = SyntaxTreeNode(_parser().parseInline(text, {})) if text.strip() else None
        runs = read_runs(tree.children[0], numbers, self) if tree else ()
        self.findings += runs_slips(runs, self.place)
        return runs

    def check_text(self, text: str, line: int) -> None:
        self.findings += text_slips(text, self.place(line))
        self.tags.setdefault(line, []).extend(tags_in(text))

    def note(self, label: str, line: int) -> Note | None:
        """The footnote of a call; none where it is called from a footnote."""
        if self.in_note:
            remedy = "Write what it says into the first note."
            self.complain("markdown-unsupported", line, "a footnote called from a footnote cannot be printed.", remedy)
            return None
        if label in self.called:
            remedy = "Write a footnote of its own for the second call."
            self.complain("note-repeated", line, f"footnote [^{label}] is called a second time.", remedy)
        self.called.add(label)
        self.in_note = True
        runs = tuple(self.note_runs(self.definitions[label], line))
        self.in_note = False
        self.notes += 1
        defined = self.defined.get(label, line)
        if not runs:
            self.complain("note-undefined", defined, f"footnote [^{label}] is empty.", "Write it behind the colon.")
        return Note(key=label, runs=runs, line=defined, call_line=line, source=self.file, index=self.notes - 1)

    def index_mark(self, head: str, of: str | None, line: int) -> IndexMark | None:
        """A mark with an anchor of its own: the file's key, and how many were before it."""
        indexes = get_args(IndexOf)
        if not any(map(str.isalnum, head)):
            self.complain("value-blank", line, "a mark for the index names nothing.", 'Write [words]{index="Name"}.')
            return None
        if of is not None and of not in indexes:
            remedy = did_you_mean(of, indexes, f"Use {', '.join(indexes)}.")
            self.complain("index-untaken", line, f"'{of}' is no index.", remedy)
            return None
        self.index_marks += 1
        anchor = f"{PurePosixPath(self.file).stem}.indexed-{self.index_marks}"
        told = cast(IndexOf, of) if of else None
        return IndexMark(head=" ".join(head.split()), anchor=anchor, place=self.place(line), of=told)

    def note_runs(self, definition: SyntaxTreeNode, line: int) -> Iterator[Run]:
        """The paragraphs of a footnote as one."""
        first = True
        for block in definition.children:
            if block.type == "paragraph":
                inner = self.runs(next(child for child in block.children if child.type == "inline"))
                yield from () if first else (Run(text=" ", line=line),)
                yield from inner
                first = False
            elif block.type != "footnote_anchor":
                self.refuse(block, self.line_of(block))

    # ---------------------------------------------------------------- checks
    def excused(self) -> set[int]:
        """The lines of which an error has been told; a note that was called in a heading is part of that error."""
        told = {each.place.line or 0 for each in self.findings if each.severity is Severity.ERROR}
        return told | {note.line for note in self.notes_in_headings}

    def check_definitions(self) -> None:
        for number, line in zip(self.body.numbers, self.body.text.split("\n"), strict=False):
            label = match[1] if (match := _DEFINITION.match(line)) else ""
            if label in self.defined:
                message = f"footnote [^{label}] is defined on line {self.defined[label]} already."
                self.complain("note-repeated", number, message, "Keep one of the two.")
            elif label:
                self.defined[label] = number
        if self.body.unclosed:
            remedy = "End the remark with '-->'; for the sign itself write '\\<!--'."
            self.complain("remark-unclosed", self.body.unclosed, "the remark that '<!--' begins has no end.", remedy)

    def check_tags(self) -> None:
        for line, tags in self.tags.items():
            self.findings += tell_of_tags(tags, self.place(line))

    def check_uncalled(self) -> None:
        for label, line in self.defined.items():
            if label not in self.called:
                remedy = f"Put [^{label}] where the note belongs, or take the note out."
                self.complain("note-uncalled", line, f"footnote [^{label}] has no call in the text.", remedy)


def _is_caption(node: SyntaxTreeNode) -> bool:
    """Whether a paragraph would be the caption of a table behind it."""
    return node.type == "paragraph" and bool(CAPTION.match(node.children[0].content))


def _has_words(runs: Sequence[Run]) -> bool:
    """Whether there is more than marks."""
    return any(run.note or any(map(str.isalnum, run.text)) for run in runs)


_REFUSED = {
    "heading": (
        "a heading of this level",
        "Use '## ' for a section and '### ' below it: the name is in the front matter.",
    ),
    "table": ("a table in a footnote", "Put it into the text."),
    "image": (
        "a picture inside a sentence",
        "Give it a paragraph of its own, with empty lines round it; braces follow without a space.",
    ),
    "fence": ("a code block", "Write it as a paragraph."),
    "code_block": ("an indented code block", "Take the four spaces at the line's start out."),
    "link": ("a link without words", "Write [words](address)."),
    "hr": ("a rule", "Take it out: the style draws the rules."),
}
