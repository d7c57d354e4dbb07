"""The book as it is read: elements in their order, with the pieces of the pages that they were set in.

The pages know pieces and where they stand; the layouts know what belongs together. Here the two
meet: an entry that runs over four pages is one element again, a note stands behind its call,
the contact block from the margin stands where the layout has it, and what has no element at all
(folios, running heads) is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from directory_pub.finish.tagging.items import SPACE, Content, Item
from directory_pub.finish.tagging.line_ends import space_lines
from directory_pub.finish.tagging.paragraphs import has_role, in_paragraphs, is_block, joined, term_rows
from directory_pub.finish.tagging.roles import (
    BLOCK_TEXT,
    GROUPING,
    INLINE,
    alternative_text,
    heading_level,
    is_hidden,
    role_of,
    tag_of,
    text_of,
    unbound_text_of,
)
from directory_pub.finish.tagging.typeset_tags import MarkedContent, TypesetTags

__all__ = ["read_aloud_order"]


def read_aloud_order(
    elements: Sequence[Element], tags: TypesetTags, drawn: Mapping[MarkedContent, str], *, heading_above: int = 0
) -> Item:
    """The whole document as one item; ``drawn`` are the pieces that show something, with their text.

    A piece that shows nothing is a space between words: it becomes a space behind the piece
    before it. Pieces that are not in the document that comes back are page furniture. Part of a
    book stands below a heading of the level ``heading_above``.
    """
    numbers = {id(element): number for number, element in enumerate(elements)}
    inner = {id(child) for element in elements for child in element}
    reading = _Reading(elements, numbers, tags)
    roots = [number for number, element in enumerate(elements) if id(element) not in inner]
    document = Item("Document", in_paragraphs([each for root in roots for each in reading.items(root)]))
    _settle_spaces(document, drawn, None)
    for item in document.walk():
        if item.role.rstrip("123456") in BLOCK_TEXT and item.elements:
            space_lines(text_of(elements[item.elements[0]]), list(item.line()), drawn)
    _prune(document)
    _close_heading_gaps(document, heading_above)
    return document


class _Reading:
    """Elements and pieces brought together, one element at a time."""

    def __init__(self, elements: Sequence[Element], numbers: dict[int, int], tags: TypesetTags) -> None:
        self._elements = elements
        self._numbers = numbers
        self._own: dict[int, dict[str, list[MarkedContent]]] = defaultdict(lambda: defaultdict(list))
        repeated = {id(inner) for each in elements if tag_of(each) in ("thead", "tfoot") for inner in each.iter()}
        for mark in _without_repeats(tags.marked, {numbers[each] for each in repeated}):
            if mark.element is not None:
                self._own[mark.element][mark.pseudo].append(mark)
        self._starts = tags.starts

    def items(self, number: int) -> Content:
        """What one element gives: an item, its content where it means nothing itself, or nothing."""
        element = self._elements[number]
        if tag_of(element) == "br":
            return [] if element.get("class") == "joined" else [SPACE]
        if is_hidden(element):
            return []
        role = role_of(element)
        if role is None:
            return self._passed_up(number, element)
        return self._note(number, element) if role == "Note" else [self._one(role, number, element)]

    def _one(self, role: str, number: int, element: Element) -> Item:
        """The one item that an element of a kind gives."""
        special = {
            "Figure": self._figure,
            "TOC": self._contents,
            "L": self._list,
            "LI": self._list_item,
            "TD": self._cell,
            "TH": self._head_cell,
        }
        if role in special:
            return special[role](number, element)
        item = self._item(f"H{heading_level(element)}" if role == "H" else role, number)
        if role in ("H", "Link"):
            shown = (alternative_text(inner) for inner in element.iter() if role_of(inner) == "Figure")
            item.target, item.text = element.get("href"), unbound_text_of(element) or " ".join(filter(None, shown))
        return item

    # ---------------------------------------------------------------- kinds of elements
    def _item(self, role: str, number: int, content: Content | None = None) -> Item:
        element = self._elements[number]
        content = self._content(number) if content is None else content
        return Item(
            role,
            in_paragraphs(content) if role in GROUPING else joined(content),
            elements=(number,),
            key=element.get("id"),
            language=element.get("lang"),
        )

    def _passed_up(self, number: int, element: Element) -> Content:
        """The content of an element that means nothing; only its language may."""
        content = self._content(number)
        if element.get("lang") is None or tag_of(element) in ("html", "body"):
            return content
        return [self._item("Div" if any(is_block(each) for each in content) else "Span", number, content)]

    def _note(self, number: int, element: Element) -> Content:
        """The call, which leads to the note, and the note, whose number leads back."""
        key = element.get("id") or f"note-of-element-{number}"
        call = Item("Link", list(self._marked_of(number, "footnote-call")), (number,), f"call-{key}", f"#{key}")
        note = replace(self._item("Note", number, self._content(number)), key=key, text=unbound_text_of(element))
        for label in note.items():
            if label.role == "Lbl":
                call.text = label.text = text_of(self._elements[label.elements[0]])
                label.content = [replace(label, role="Link", target=f"#call-{key}", key=None)]
        return [Item("Reference", [call]), note]

    def _figure(self, number: int, element: Element) -> Item:
        """A picture with what it shows, and its caption; the picture within a figure is not one more."""
        figure = self._item("Figure", number)
        inner = [item for item in figure.items() if item.role == "Figure"]
        figure.alternative = alternative_text(element) or next((each.alternative for each in inner), None)
        for item in inner:
            at = figure.content.index(item)
            figure.content[at : at + 1] = item.content
        return figure

    def _contents(self, number: int, element: Element) -> Item:
        """Contents: a row is one reference to the page that it names."""
        toc = self._item("TOC", number)
        for row in toc.items():
            body = [inner for item in row.items() for inner in (item.content if item.role == "LBody" else [item])]
            row.role = "TOCI"
            row.content = [Item("Reference", [each]) if has_role(each, "Link") else each for each in body]
        return toc

    def _list(self, number: int, element: Element) -> Item:
        """A list; terms and what is said of them are its labels and bodies."""
        made = self._item("L", number)
        made.content = list(term_rows(made.content))
        numbering = {"ul": "Disc", "ol": "Decimal"}.get(tag_of(element))
        if numbering:
            made.attributes = {"O": "List", "ListNumbering": numbering}
        return made

    def _list_item(self, number: int, element: Element) -> Item:
        """A list's item: what is drawn before it is its label."""
        label: Content = [*self._marked_of(number, "marker"), *self._marked_of(number, "before")]
        content = in_paragraphs(self._content(number, without=("marker", "before")), only_mixed=True)
        body = Item("LBody", content, (number,))
        item = replace(self._item("LI", number, []), content=[body])
        if label:
            item.content.insert(0, Item("Lbl", label))
        return item

    def _cell(self, number: int, element: Element) -> Item:
        cell = self._item("TD", number)
        cell.attributes = _spans(element)
        return cell

    def _head_cell(self, number: int, element: Element) -> Item:
        """A head says whether it heads its column or its row."""
        cell = self._item("TH", number)
        scope = {"row": "Row", "rowgroup": "Row"}.get(element.get("scope", ""), "Column")
        cell.attributes = {"O": "Table", "Scope": scope, **_spans(element)}
        return cell

    # ---------------------------------------------------------------- content
    def _marked_of(self, number: int, pseudo: str) -> list[MarkedContent]:
        return self._own[number][pseudo] if number in self._own else []

    def _content(self, number: int, without: Sequence[str] = ()) -> Content:
        """An element's own pieces and its children's items, in the order of the text."""
        waiting = list(self._marked_of(number, ""))
        content: Content = [] if "before" in without else list(self._marked_of(number, "before"))
        for child in self._elements[number]:
            child_number = self._numbers[id(child)]
            start = self._starts.get(child_number)
            while waiting and start is not None and waiting[0].sequence < start:
                content.append(waiting.pop(0))
            content += self.items(child_number)
        content += waiting
        if self._marked_of(number, "leader"):
            content.append(SPACE)
        return content + self._marked_of(number, "after")


def _without_repeats(marked: Iterable[MarkedContent], repeated: set[int]) -> Iterator[MarkedContent]:
    """Each piece of the flow; of margin boxes and ``repeated`` heads of tables only those of the first page."""
    first: dict[int, int] = {}
    for mark in marked:
        repeatable = mark.element is not None and (not mark.in_flow or mark.element in repeated)
        if not repeatable or first.setdefault(mark.element or 0, mark.page_index) == mark.page_index:
            yield mark


def _spans(element: Element) -> dict[str, str | int]:
    """How many columns and rows a cell takes, where it is more than one."""
    spans = {"ColSpan": int(element.get("colspan", 1)), "RowSpan": int(element.get("rowspan", 1))}
    wide: dict[str, str | int] = {key: count for key, count in spans.items() if count > 1}
    return {"O": "Table", **wide} if wide else {}


# -------------------------------------------------------------------- the whole document
def _settle_spaces(
    item: Item, drawn: Mapping[MarkedContent, str], before: MarkedContent | None
) -> MarkedContent | None:
    """Turn spaces and pieces that show nothing into a space behind the piece before them; give the last piece.

    A note stands inside a sentence and is not part of it.
    """
    last = before if item.role in INLINE else None
    kept: Content = []
    for each in item.content:
        if isinstance(each, Item):
            after = _settle_spaces(each, drawn, None if each.role == "Note" else last)
            last = last if each.role == "Note" else after
            kept.append(each)
        elif isinstance(each, MarkedContent) and each in drawn:
            last = each
            kept.append(each)
        elif last is not None:
            last.space_after = True
    item.content = kept
    return last


def _prune(item: Item) -> None:
    """Take out what holds nothing; an empty cell still counts in its row."""
    for inner in item.items():
        _prune(inner)
    item.content = [
        each for each in item.content if not isinstance(each, Item) or each.content or each.role in ("TD", "TH")
    ]


def _close_heading_gaps(document: Item, level: int) -> None:
    """No heading is more than one level below the one before it, whatever an author wrote."""
    for item in document.walk():
        if item.role[0] == "H" and item.role[1:].isdigit():
            level = min(int(item.role[1:]), level + 1, 6)
            item.role = f"H{level}"
