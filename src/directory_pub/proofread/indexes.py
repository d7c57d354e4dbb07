"""The indexes: what is marked for one, what their references lead to, and names in two spellings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from directory_pub.edition.index_heads import IndexHead, has_heads, index_heads, untaken_marks
from directory_pub.edition.model import Edition, Index
from directory_pub.edition.person_names import persons_in
from directory_pub.edition.spelling import did_you_mean
from directory_pub.findings import Finding, Place, error, note, warning

__all__ = ["proofread_indexes"]

_AS_TWO = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d"}


def proofread_indexes(edition: Edition) -> list[Finding]:
    """Every finding on the indexes."""
    findings = list(_untaken(edition))
    for index in edition.indexes:
        if not has_heads(edition, index):
            remedy = "Take it out of edition.yaml, or write what it is made of: docs/editors.md says what that is."
            findings.append(warning("index-empty", index.place, f"nothing stands in the index of {index.of}.", remedy))
            continue
        heads = index_heads(edition, index)
        findings += [*_fields(edition, index), *_references(index, heads), *_spellings(heads)]
        findings += _nameless(edition) if index.of == "people" else ()
    return findings


def _untaken(edition: Edition) -> Iterator[Finding]:
    """Marks that stand in no index, each of the indexes that they may name told."""
    own = [index.of for index in edition.indexes]
    for mark in untaken_marks(edition):
        if not own:
            message, remedy = "and the edition has none", "Write 'index: topics' in edition.yaml, or take the mark out."
        elif mark.of:
            message, remedy = f"of {mark.of}, which the edition does not have", f"Use {' or '.join(own)}, or add it."
        else:
            message = f"and may be in {' or '.join(own)}"
            remedy = f'Say which: {{index="{mark.head}" index-of={own[0]}}}.'
        yield error("index-untaken", mark.place, f"“{mark.head}” is marked for an index {message}.", remedy)


def _fields(edition: Edition, index: Index) -> Iterator[Finding]:
    """Fields that topics are to come from, and that are no list of the edition's own."""
    known = [each.name for each in edition.fields if each.type == "list"]
    for name in index.fields:
        if name not in known:
            remedy = did_you_mean(name, known, "Declare it under 'fields', with 'type: list'.")
            yield error("value-type", index.place, f"'{name}' is no field of the type list.", remedy)


def _references(index: Index, heads: Sequence[IndexHead]) -> Iterator[Finding]:
    """References that lead nowhere, or away from a head that has pages of its own."""
    own = {f"{each.head}!{each.below}" if each.below else each.head: each for each in heads}
    parted = {each.head for each in heads if each.below}
    known = {name for name, each in own.items() if each.places or name in parted}
    for each in index.see:
        has_pages = each.head in known
        if each.to not in known or each.to == each.head:
            message = f"“{each.head}” sends a reader to “{each.to}”, which has no pages in this index."
            remedy = did_you_mean(each.to, sorted(known - {each.head}), "Name a head of this index.")
            yield error("index-see", each.place, message, remedy)
        elif each.only == has_pages:
            also = "instead" if each.only else "as well"
            has = "has pages of its own" if has_pages else "has no pages"
            message = f"“{each.head}” {has}, and sends a reader to “{each.to}” {also}."
            yield warning("index-see", each.place, message, f"Write it under '{'see_also' if each.only else 'see'}'.")


def _spellings(heads: Sequence[IndexHead]) -> Iterator[Finding]:
    """Heads that are alike but for case, accents, signs and spaces; only those that lead somewhere themselves."""
    first: dict[tuple[str, str], IndexHead] = {}
    for each in (head for head in heads if head.places):
        keys = {(spelt, _letters(each.below)) for spelt in (_letters(each.head), _letters(_as_two(each.head)))}
        other = next((first[key] for key in sorted(keys) if key in first), None)
        if other and (other.head, other.below) != (each.head, each.below):
            one, two = (f"{it.head}, {it.below}" if it.below else it.head for it in (other, each))
            message = f"“{two}” and “{one}”, {_at(other.places[0].place)}, may be one in two spellings."
            yield warning("index-spelling", each.places[0].place, message, "Spell them alike, if they are one.")
        for key in keys:
            first.setdefault(key, each)


def _at(place: Place) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file


def _as_two(text: str) -> str:
    """A text whose letters with accents are written as two, as in Mueller."""
    return "".join(_AS_TWO.get(each, each) for each in unicodedata.normalize("NFC", text.casefold()))


def _letters(text: str) -> str:
    """The letters of a text without case and accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if each.isalnum())


def _nameless(edition: Edition) -> Iterator[Finding]:
    """Rows of persons that say no name, or of which one word alone would stand in the index."""
    for entry in {each.key: each for each in edition.entries}.values():
        for row in entry.contact:
            if row.kind == "person" and not persons_in(row.text):
                message = f"“{row.text.splitlines()[0]}” names nobody for the index of people."
                yield note("index-name", row.place, message, "Begin it with the name: 'Ada Brandt, harbour master'.")
            for name in persons_in(row.text) if row.kind == "person" else ():
                if " " not in name and name != row.text.strip():
                    message = f"of “{row.text.splitlines()[0]}” “{name}” alone stands in the index of people."
                    remedy = "Write the name in full, the given one first: 'Ada Brandt, harbour master'."
                    yield note("index-name", row.place, message, remedy)
