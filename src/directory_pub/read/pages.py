"""Read the order of the book, and the texts that have pages of their own."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from directory_pub.edition.contact_table import ContactTable
from directory_pub.edition.flatplan import FIXED_KINDS, RESERVED_KINDS
from directory_pub.edition.model import Publisher, Reference, Section, TextPage
from directory_pub.edition.own_words import ENGLISH, own_words
from directory_pub.edition.programme import PROGRAMME
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.sponsors import SPONSORS_KEY
from directory_pub.edition.theme import Theme
from directory_pub.edition.yaml_source import Fields, Node
from directory_pub.findings import note
from directory_pub.read.codes import read_page_code
from directory_pub.read.entry import read_contact, read_queries
from directory_pub.read.forms import KIND_OF_PAGE, TEXT_PAGE, may_be_limited
from directory_pub.read.photo import read_photo
from directory_pub.read.showing import read_show
from directory_pub.read.sources import Sources
from directory_pub.storage.enclosure import list_files

__all__ = ["FOLDERS", "USUAL_FRONT_MATTER", "read_pages"]

USUAL_FRONT_MATTER = ("preface", "imprint")
"""The texts that stand in front where nobody says which do."""
FOLDERS = ("pages", "front-matter")
"""Where texts with pages of their own lie."""
_USUAL_KIND = "text"
_WORDS = ("contents", "notes", "blank", PROGRAMME)  # of the order, for pages that need no file of their own
_AGAIN = ("notes", "blank")
Read = tuple[tuple[Reference, ...], dict[str, TextPage], Sequence[Section]]


def read_pages(
    f: Fields, sections: Sequence[Section], theme: Theme, sources: Sources, adverts: Collection[str] = ()
) -> Read:
    """The order of the book as edition.yaml lists it, empty where it does not; texts by key; sections in that order."""
    if f.node("pages") is None:
        keys = _front_matter(f, sources)
        return (), _read_texts([Reference(key=key, place=f.place) for key in keys], theme, sources), sections
    if node := f.node("front_matter"):
        for each in f.nodes("front_matter", of=str):
            f.has_shape(each, KIND_OF_PAGE)
        message, remedy = "has no effect: 'pages' is the order of the whole book.", "Take it out."
        sources.findings.append(note("field-unused", node.place, message, remedy))
    pages = tuple(_listed(f, sections, sources, adverts))
    at = {page.key: number for number, page in enumerate(pages)}
    for section in sections:
        if section.key not in at:
            message = f"the section '{section.key}' is not listed under 'pages', and would stand nowhere."
            f.complain("entry-unlisted", section.place, message, f"Add '{section.key}' to 'pages', or take it out.")
    no_texts = {*_WORDS, SPONSORS_KEY, *adverts, *(each.key for each in sections)}
    for name in (PROGRAMME, SPONSORS_KEY):
        if (node := f.node(name)) and name not in at:
            message, remedy = "is not listed under 'pages', and would stand nowhere.", f"Add '{name}' to 'pages'."
            f.complain("entry-unlisted", node.place, message, remedy)
    texts = [page for page in pages if page.key not in no_texts]
    in_order = sorted(sections, key=lambda section: at.get(section.key, len(at)))
    return pages, _read_texts(texts, theme, sources), in_order


def _listed(f: Fields, sections: Sequence[Section], sources: Sources, adverts: Collection[str]) -> Iterator[Reference]:
    """What 'pages' lists and there is, each once."""
    known = {*adverts, *(section.key for section in sections)}
    seen: set[str] = set()
    for node in f.nodes("pages", of=str):
        key = str(node.value)
        path = _path_of(key, sources)
        sources.used.update(path for path in [path] if path.suffix)
        if not f.has_shape(node, KIND_OF_PAGE):
            continue
        if key in seen and key not in _AGAIN:
            f.complain("entry-repeated", node.place, f"'{key}' is listed already.", "List it once.")
        elif key in adverts and path.suffix and os.path.lexists(path):
            message, remedy = f"'{key}' is a text and an advert.", "Give the advert another key."
            f.complain("name-duplicate", node.place, message, remedy)
        elif key in known and os.path.lexists(path):
            message, remedy = f"'{key}' is a text and a section.", "Name the text otherwise."
            f.complain("name-duplicate", node.place, message, remedy)
            yield Reference(key=key, place=node.place)
        elif key == SPONSORS_KEY and f.node(SPONSORS_KEY) is None and not os.path.lexists(path):
            message = "the edition has no sponsors."
            f.complain("file-missing", node.place, message, "Name their file: 'sponsors: sponsors.yaml'.")
        elif key == PROGRAMME and f.node(PROGRAMME) is None:
            message = "the edition has no programme."
            f.complain("file-missing", node.place, message, "Name its file: 'programme: programme.yaml'.")
        elif key in known or key in _WORDS or (key == SPONSORS_KEY and f.node("sponsors")):
            yield Reference(key=key, place=node.place)
        elif key in FIXED_KINDS:
            _complain_of_fixed(key, node, f)
        elif os.path.lexists(path):
            yield Reference(key=key, place=node.place)
        else:
            words = [*_WORDS, *sorted(known), *([SPONSORS_KEY] if f.node("sponsors") else [])]
            _complain_of_missing(key, node, words, f, sources)
        seen.add(key)


def _complain_of_fixed(key: str, node: Node, f: Fields) -> None:
    message = f"'{key}' is the name of something else in the book."
    f.complain("name-duplicate", node.place, message, "Name the text otherwise.")


def _complain_of_missing(key: str, node: Node, words: Sequence[str], f: Fields, sources: Sources) -> None:
    folder = FOLDERS[0] if words else FOLDERS[1]
    there = [path.stem for name in FOLDERS for path in _texts_in(name, sources)]
    remedy = did_you_mean(key, [*there, *words], f"Write it, or take '{key}' out of the list.")
    f.complain("file-missing", node.place, f"'{folder}/{key}.md' is not there.", remedy)


def _texts_in(folder: str, sources: Sources) -> list[Path]:
    return list_files(sources.folder / folder, sources.folder, ending=".md")


# -------------------------------------------------------------------- texts
def _front_matter(f: Fields, sources: Sources) -> list[str]:
    """The keys of the texts in front; where none is named, the usual that are there."""
    if f.node("front_matter") is None:
        return [key for key in USUAL_FRONT_MATTER if os.path.lexists(_path_of(key, sources))]
    keys: list[str] = []
    for node in f.nodes("front_matter", of=str):
        key = str(node.value)
        sources.used.add(_path_of(key, sources))
        if key in keys:
            f.complain("entry-repeated", node.place, f"'{key}' is listed already.", "List it once.")
        elif not f.has_shape(node, KIND_OF_PAGE):
            continue
        elif key in RESERVED_KINDS:
            _complain_of_fixed(key, node, f)
        elif not os.path.lexists(_path_of(key, sources)):
            _complain_of_missing(key, node, (), f, sources)
        else:
            keys.append(key)
    return keys


def _path_of(key: str, sources: Sources) -> Path:
    """Where a text lies, or would."""
    paths = [sources.folder / folder / f"{key}.md" for folder in FOLDERS]
    return next((path for path in paths if os.path.lexists(path)), paths[-1])


def _read_texts(pages: Sequence[Reference], theme: Theme, sources: Sources) -> dict[str, TextPage]:
    return {page.key: text for page in pages if (text := _read_text(page.key, theme, sources))}


def _read_text(key: str, theme: Theme, sources: Sources) -> TextPage | None:
    """A text with pages of its own; some kinds have a title in the book's language where it names none."""
    path = _path_of(key, sources)
    if (read := sources.page(path, TEXT_PAGE)) is None:
        return None
    f, body = read
    kind = f.text("kind") or (key if theme.find(f"layouts/pages/{key}.html.j2") else _USUAL_KIND)
    if kind in RESERVED_KINDS:
        message = f"'{kind}' is no kind of page that a text can have."
        f.complain("name-duplicate", f.places().get("kind", f.place), message, "Name a layout for texts, such as text.")
        kind = _USUAL_KIND
    page = TextPage(
        key=key,
        kind=kind,
        place=replace(f.place, line=None),
        body=body,
        title=f.text("title") or (own_words(sources.language) or ENGLISH).title_of(key),
        picture=read_photo(f.fields("picture"), "picture"),
        publisher=_read_publisher(f.fields("publisher"), sources.contact),
        queries=read_queries(f),
        qr=read_page_code(f, sources),
        show=read_show(f, may_be_limited(sources.contact, of_entry=False), sources.contact.other_names()),
    )
    f.close()
    return page


def _read_publisher(f: Fields | None, table: ContactTable) -> Publisher | None:
    if f is None:
        return None
    publisher = Publisher(
        name=f.text("name") or "",
        place=f.place,
        logo=read_photo(f.fields("logo"), "publisher.logo"),
        wordmark=f.lines("wordmark"),
        address=f.text("address"),
        contact=read_contact(f, table),
    )
    f.close()
    return publisher
