"""Read an entry's front matter: name, marks, picture, contact rows, queries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.form import Form
from directory_pub.edition.model import Entry, Level, Query, Reference
from directory_pub.edition.text import Block, notes_within
from directory_pub.edition.yaml_source import Fields, Node, is_nothing
from directory_pub.findings import Finding, Place, note
from directory_pub.read.codes import read_entry_code
from directory_pub.read.forms import ENTRY, LISTED, contact_row, in_edition, may_be_limited
from directory_pub.read.names import read_name
from directory_pub.read.own_fields import read_values
from directory_pub.read.photo import read_photo
from directory_pub.read.showing import read_show
from directory_pub.read.sources import Sources

__all__ = ["entry_form", "make_entry", "read_contact", "read_entry", "read_queries", "told_of_own"]

_Read = tuple[Entry, list[Finding]]


def read_entry(path: Path, sources: Sources) -> Entry | None:
    """Read one entry's file, or None where it cannot be read; one that was read before is remembered."""
    text = sources.text(path)
    if text is None:
        return None
    told = (sources.name(path), text, sources.contact.digest, *told_of_own(sources))
    entry, findings = sources.store.recall("entry", _Read, lambda: _read_entry(text, path, sources), *told)
    sources.findings.extend(findings)
    return entry


def told_of_own(sources: Sources) -> tuple[str, ...]:
    """What an entry with fields of the edition's own is read by, beside its file."""
    return (sources.language, *(f"{each.name} {each.type}" for each in sources.own)) if sources.own else ()


def _read_entry(text: str, path: Path, sources: Sources) -> _Read:
    """The entry, and what is wrong with its file."""
    alone = sources.alone()
    f, body = alone.page_of(text, path, entry_form(sources))
    place = Place(file=sources.name(path), line=1)
    entry = make_entry(f, body, alone, key=path.stem, place=place, told=(text, *told_of_own(sources)))
    return entry, alone.findings


def entry_form(sources: Sources) -> Form:
    """What may stand in an entry of the edition."""
    return in_edition(ENTRY, own=sources.own)


def make_entry(
    f: Fields,
    body: tuple[Block, ...],
    sources: Sources,
    *,
    key: str,
    place: Place,
    told: Iterable[str],
    body_place: Place | None = None,
) -> Entry:
    """The entry with these fields and this body; ``told`` is all that they were read from."""
    language = f.text("language")
    name, breaks = read_name(f) or (key, ())
    entry = Entry(
        key=key,
        name=name,
        name_breaks=breaks,
        place=place,
        body=body,
        body_place=body_place,
        short=f.text("short"),
        subtitle=f.text("subtitle"),
        sort=f.text("sort"),
        mark=f.text("mark"),
        motif=f.text("motif"),
        language=language,
        country=f.text("country"),
        photo=read_photo(f.fields("photo"), "photo"),
        photos=tuple(p for each in f.rows("photos") if (p := read_photo(each, "photos", size="column"))),
        closing_photo=read_photo(f.fields("closing_photo"), "closing_photo", size="column"),
        logo=read_photo(f.fields("logo"), "logo"),
        contact=read_contact(f, sources.contact),
        queries=read_queries(f),
        confirmed=f.text("confirmed"),
        level=cast(Level, f.word("level")),
        locality=f.text("place"),
        values=read_values(f, sources.own, language or sources.language),
        see_also=_read_see_also(f),
        show=read_show(f, may_be_limited(sources.contact, sources.own), sources.contact.other_names()),
        places=f.places(),
        digest=hashlib.sha256("\0".join(told).encode()).hexdigest(),
        note_count=sum(1 for _ in notes_within(body)),
        qr=read_entry_code(f),
    )
    f.close()
    return entry


def _read_see_also(f: Fields) -> tuple[Reference, ...]:
    """The entries that a row below the text refers to, in their order."""
    found = [node for node in f.nodes("see_also", of=str) if f.has_shape(node, LISTED)]
    return tuple(Reference(key=str(node.value).removesuffix(".md"), place=node.place) for node in found)


def read_queries(f: Fields) -> tuple[Query, ...]:
    """The proofreader's questions."""
    queries = []
    for q in f.rows("queries"):
        at, query = q.text("at"), q.text("query")
        q.close()
        if at and query:
            queries.append(Query(at=at, query=query, place=q.place))
    return tuple(queries)


# -------------------------------------------------------------------- contact
def read_contact(f: Fields, table: ContactTable) -> tuple[ContactRow, ...]:
    """The rows of a contact block in their order; ``table`` is what they may be."""
    rows, form = [], contact_row(table)
    for node in f.nodes("contact", of=dict):
        if (blank := _left_blank(node, table)) is not None:
            remedy = "Write its value, or take the row out."
            f.findings.append(note("value-blank", blank.place, "the row is blank and not printed.", remedy))
            continue
        row = Fields(node, node.place, f.findings, form)
        for kind in table.kinds:
            row.node(kind)  # a known kind, so that a misspelt one is told of it
        kinds = [name for name in row.names() if name in table.kinds]
        rows += [made for kind in kinds if (made := _read_row(row, kind, table)) is not None]
        row.close(other_names=table.other_names())
    return tuple(rows)


def _left_blank(node: Node, table: ContactTable) -> Node | None:
    """The value of a row that somebody began and did not fill in."""
    if not isinstance(node.value, dict) or len(node.value) != 1 or not node.value.keys() & set(table.kinds):
        return None
    (value,) = node.value.values()
    fields = value.value if isinstance(value.value, dict) else {}
    named = [each for name, each in fields.items() if name in ("handle", "web")] or [value]
    return value if all(map(is_nothing, named)) else None


def _read_row(row: Fields, kind: str, table: ContactTable) -> ContactRow | None:
    node = row.node(kind)
    if node is None:
        return None
    if table.kinds[kind].value == "profile":
        return _read_social(node, row, kind, table)
    text = row.text(kind)
    return None if text is None else ContactRow(kind=kind, text=text, place=node.place)


def _read_social(node: Node, row: Fields, kind: str, table: ContactTable) -> ContactRow | None:
    """A name on a network, an address there, or both; a network without an icon is printed by its name."""
    f = row.fields(kind) if isinstance(node.value, dict) else None
    if f is None:
        remedy = "Write it as {network: mastodon, handle: '@name@example.org'}."
        row.complain("value-type", node.place, f"is {node.kind}, not a network and a name on it.", remedy)
        return None
    name, web = f.text("network"), f.text("web")
    handle = f.text("handle") or web
    f.close()
    if name is None or handle is None:
        return None
    network = table.find_network(name)
    if network is None:
        text = handle if web in (None, handle) else f"{handle}, {web}"
        return ContactRow(kind=kind, text=text, label=f"{name}:", web=web, place=node.place)
    label = None if network.icon else f"{network.name}:"
    return ContactRow(kind=kind, text=handle, label=label, network=network.key, web=web, place=node.place)
