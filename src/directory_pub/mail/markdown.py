"""One Markdown source as plain text and as HTML, for the two parts of a mail.

The plain text is written out of the same tree: links with their address, lists with their marks,
lines of at most 72 characters, which is what mail programs that show text have room for.

A letter is parsed once for each *shape* that it takes: its text with the recipients' values left open. Most letters
have one or two, however long the list.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from msgspec import Struct

from directory_pub.mail.templates import literal_parts, open_slots, take_slots

__all__ = ["Marked", "parse"]

_WIDTH = 72
_DEEPEST = 40  # lists, quotes and emphasis in one another, each of which is one or two
_SHAPES_KEPT = 64
_GROWTH = 20  # a tab is up to 8 blanks, a heading's line has another below it, and a rule of 7 characters has 72
_MARKS = {"blockquote": 2, "bullet_list": 2, "ordered_list": 11}  # before each line, at most


class _Shape(Struct, frozen=True, kw_only=True):
    """A parsed text with slots in it; ``tree`` is None where it is nested too deep: ``deep`` are words of that line.

    ``growth`` is how many characters of plain text come of one of HTML at most.
    """

    tree: SyntaxTreeNode | None
    html: str
    links: tuple[str, ...]
    pictures: tuple[str, ...]
    deep: str
    growth: int


class Marked(Struct, frozen=True, kw_only=True):
    """A parsed text and the recipient's values in it."""

    shape: _Shape
    values: Sequence[str]

    @property
    def links(self) -> list[str]:
        """The addresses that it leads to."""
        return [open_slots(link, self.values) for link in self.shape.links]

    @property
    def pictures(self) -> list[str]:
        """The addresses of what it would fetch."""
        return [open_slots(picture, self.values) for picture in self.shape.pictures]

    @property
    def too_deep(self) -> str:
        """Words of a line on which more stands in one another than can be shown; mostly empty."""
        return self.shape.deep

    @property
    def growth(self) -> int:
        """How many characters of plain text come of one of HTML at most: to know that is quicker than to write it."""
        return self.shape.growth

    def text(self) -> str:
        """As plain text, one line break after each line."""
        assert self.shape.tree is not None, "a letter with a finding is never written"
        return "\n".join(_Text(self.values).lines(self.shape.tree, _WIDTH)) + "\n"

    def html(self) -> str:
        """As HTML, in which the recipient's values are text."""
        return open_slots(self.shape.html, self.values, html.escape)


def _parser() -> MarkdownIt:
    # At its own bound the parser leaves out what is deeper, without a word: ours comes first, and is told.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST + 10})
    # Values stand in slots until the end: an address is whole, and can be judged, only when they are opened.
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # the parser's own way to be told
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign] # as above
    return parser


_PARSER = _parser()


def parse(text: str) -> Marked:
    """Read Markdown that may have slots in it."""
    shape, values = take_slots(text)
    return Marked(shape=_parse_shape(shape), values=values)


@lru_cache(maxsize=_SHAPES_KEPT)
def _parse_shape(text: str) -> _Shape:
    tokens = _PARSER.parse(text)
    inner = [(token, outer) for outer in tokens for token in (outer, *(outer.children or ()))]
    depth, deep = 0, ""
    for token, outer in inner:
        depth += token.nesting
        if depth > _DEEPEST and not deep:
            line = text.split("\n")[outer.map[0] if outer.map else 0]
            deep = max(literal_parts(line), key=len)
    tree = None if deep else SyntaxTreeNode(tokens)
    return _Shape(
        tree=tree,
        html="" if deep else _PARSER.renderer.render(tokens, _PARSER.options, {}),
        links=tuple(str(token.attrs["href"]) for token, _ in inner if token.type == "link_open"),
        pictures=tuple(str(token.attrs["src"]) for token, _ in inner if token.type == "image"),
        deep=deep,
        growth=_GROWTH + (_marks(tree) if tree else 0),
    )


def _marks(node: SyntaxTreeNode) -> int:
    """How many characters stand before a line of it at most."""
    return _MARKS.get(node.type, 0) + max(map(_marks, node.children), default=0)


class _Text(Struct, frozen=True):
    """Writes a tree as lines of text, its slots filled with the values."""

    values: Sequence[str]

    def lines(self, node: SyntaxTreeNode, width: int) -> Iterator[str]:
        """A block as lines, with a blank one between those inside it."""
        match node.type:
            case "paragraph":
                yield from _wrap(self._run(node.children[0]), width)
            case "heading":
                heading = list(_wrap(self._run(node.children[0]), width))
                yield from heading
                yield ("=" if node.tag == "h1" else "-") * max(map(len, heading), default=0)
            case "code_block" | "fence":
                yield from ("    " + open_slots(line, self.values) for line in node.content.rstrip("\n").split("\n"))
            case "hr":
                yield "-" * width
            case "blockquote":
                yield from (f"> {line}".rstrip() for line in self._blocks(node, width - 2))
            case "bullet_list" | "ordered_list":
                yield from self._items(node, width)
            case _:
                yield from self._blocks(node, width)

    def _blocks(self, node: SyntaxTreeNode, width: int, gap: bool = True) -> Iterator[str]:
        for index, child in enumerate(node.children):
            if index and gap:
                yield ""
            yield from self.lines(child, width)

    def _items(self, node: SyntaxTreeNode, width: int) -> Iterator[str]:
        """A list: each item hangs from its mark; a loose list has blank lines between its items."""
        tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
        first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
        for index, item in enumerate(node.children):
            mark = f"{first + index}. " if node.type == "ordered_list" else "- "
            if index and not tight:
                yield ""
            for number, line in enumerate(self._blocks(item, width - len(mark), gap=not tight)):
                yield (mark + line if number == 0 else " " * len(mark) + line).rstrip()

    def _run(self, node: SyntaxTreeNode) -> str:
        """The words of a paragraph, with a line break where the writer forced one."""
        match node.type:
            case "text" | "code_inline":
                return open_slots(node.content, self.values)
            case "softbreak":
                return " "
            case "hardbreak":
                return "\n"
            case "link":
                words, address = (
                    "".join(map(self._run, node.children)),
                    open_slots(str(node.attrs["href"]), self.values),
                )
                return words if words in {address, address.removeprefix("mailto:")} else f"{words} <{address}>"
            case _:
                return "".join(map(self._run, node.children))


def _wrap(text: str, width: int) -> Iterator[str]:
    for line in text.split("\n"):
        # A web address is one word, however long: broken, it could not be followed.
        yield from textwrap.wrap(line, max(width, 20), break_long_words=False, break_on_hyphens=False) or [""]
