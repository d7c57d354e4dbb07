"""One Markdown source as plain text and as HTML, for the two parts of a mail.

The plain text is written out of the same tree: links with their address, lists with their marks,
lines of at most 72 characters, which is what mail programs that show text have room for.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from directory_pub.mail.templates import open_slots

__all__ = ["Marked", "parse"]

_WIDTH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A parsed text. ``links`` are the addresses that it leads to, ``pictures`` those that it would fetch."""

    tokens: list[Token]
    links: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def text(self) -> str:
        """As plain text, one line break after each line."""
        return "\n".join(_lines(SyntaxTreeNode(self.tokens), _WIDTH)) + "\n"

    def html(self) -> str:
        """As HTML, in which the recipient's values are text."""
        return open_slots(_PARSER.renderer.render(self.tokens, _PARSER.options, {}), html.escape)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    # Values stand in slots until the end: an address is whole, and can be judged, only when they are opened.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def parse(text: str) -> Marked:
    """Read Markdown that may have slots in it."""
    tokens = _PARSER.parse(text)
    links, pictures = [], []
    for token in (inner for outer in tokens for inner in (outer, *(outer.children or ()))):
        if token.type == "link_open":
            token.attrs["href"] = open_slots(str(token.attrs["href"]))
            links.append(str(token.attrs["href"]))
        elif token.type == "image":
            pictures.append(open_slots(str(token.attrs["src"])))
    return Marked(tokens=tokens, links=links, pictures=pictures)


def _lines(node: SyntaxTreeNode, width: int) -> Iterator[str]:
    """A block as lines, with a blank one between those inside it."""
    match node.type:
        case "paragraph":
            yield from _wrap(_run(node.children[0]), width)
        case "heading":
            heading = list(_wrap(_run(node.children[0]), width))
            yield from heading
            yield ("=" if node.tag == "h1" else "-") * max(map(len, heading), default=0)
        case "code_block" | "fence":
            yield from ("    " + open_slots(line) for line in node.content.rstrip("\n").split("\n"))
        case "hr":
            yield "-" * width
        case "blockquote":
            yield from (f"> {line}".rstrip() for line in _blocks(node, width - 2))
        case "bullet_list" | "ordered_list":
            yield from _items(node, width)
        case _:
            yield from _blocks(node, width)


def _blocks(node: SyntaxTreeNode, width: int, gap: bool = True) -> Iterator[str]:
    for index, child in enumerate(node.children):
        if index and gap:
            yield ""
        yield from _lines(child, width)


def _items(node: SyntaxTreeNode, width: int) -> Iterator[str]:
    """A list: each item hangs from its mark; a loose list has blank lines between its items."""
    tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
    first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
    for index, item in enumerate(node.children):
        mark = f"{first + index}. " if node.type == "ordered_list" else "- "
        if index and not tight:
            yield ""
        for number, line in enumerate(_blocks(item, width - len(mark), gap=not tight)):
            yield (mark + line if number == 0 else " " * len(mark) + line).rstrip()


def _wrap(text: str, width: int) -> Iterator[str]:
    for line in text.split("\n"):
        # A web address is one word, however long: broken, it could not be followed.
        yield from textwrap.wrap(line, max(width, 20), break_long_words=False, break_on_hyphens=False) or [""]


def _run(node: SyntaxTreeNode) -> str:
    """The words of a paragraph, with a line break where the writer forced one."""
    match node.type:
        case "text" | "code_inline":
            return open_slots(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "link":
            words, address = "".join(map(_run, node.children)), str(node.attrs["href"])
            return words if words in {address, address.removeprefix("mailto:")} else f"{words} <{address}>"
        case _:
            return "".join(map(_run, node.children))
