"""What edition.yaml says of the indexes at the back."""

from __future__ import annotations

from typing import cast

from directory_pub.edition.model import Index, SeeReference
from directory_pub.edition.own_words import OwnWords
from directory_pub.edition.text import IndexOf
from directory_pub.edition.yaml_source import Fields

__all__ = ["read_indexes"]


def read_indexes(f: Fields, words: OwnWords) -> tuple[Index, ...]:
    """The indexes in their order, each of a kind once; without a title one has the book's own word for it."""
    indexes: dict[str, Index] = {}
    for row in f.rows("index"):
        of = row.text("of")
        title, fields = row.text("title"), row.lines("fields")
        references = (*_references(row, "see", only=True), *_references(row, "see_also", only=False))
        row.close()
        if of is None:
            continue
        place = row.places().get("of", row.place)
        if of in indexes:
            f.complain("entry-repeated", place, f"there is an index of {of} already.", "Keep one of the two.")
            continue
        own = cast(str, words.title_of(of))
        indexes[of] = Index(of=cast(IndexOf, of), title=title or own, place=place, fields=fields, see=references)
    return tuple(indexes.values())


def _references(row: Fields, name: str, *, only: bool) -> tuple[SeeReference, ...]:
    return tuple(
        SeeReference(head=head, to=str(node.value), place=node.place, only=only) for head, node in row.pairs(name)
    )
