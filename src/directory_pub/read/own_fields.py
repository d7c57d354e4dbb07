"""The fields that an edition declares for its entries, and what an entry has in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from directory_pub.edition.dates import print_date
from directory_pub.edition.model import FieldType, OwnField, OwnValue
from directory_pub.edition.yaml_source import Fields
from directory_pub.findings import Place
from directory_pub.read.forms import ENTRY, FIELD_NAME

__all__ = ["read_own_fields", "read_values"]


def read_own_fields(f: Fields) -> tuple[OwnField, ...]:
    """The fields under ``fields`` of edition.yaml, in their order; one that an entry could not have is an error."""
    built_in, own = [each.name for each in ENTRY], []
    for name, row in f.table("fields").items():
        place = Place(file=row.place.file, line=row.place.line, field=f"fields.{name}")
        label, kind = row.text("label"), cast(FieldType, row.word("type"))
        row.close()
        if name in built_in:
            message = f"every entry has a field '{name}' already."
            f.complain("name-duplicate", place, message, "Name yours otherwise, and in the entries' files, too.")
        elif not FIELD_NAME.fits(name):
            f.complain("value-type", place, f"'{name}' is no {FIELD_NAME.noun}.", FIELD_NAME.remedy)
        else:
            own.append(OwnField(name=name, label=label or name, type=kind, place=place))
    return tuple(own)


def read_values(f: Fields, own: Sequence[OwnField], language: str) -> tuple[OwnValue, ...]:
    """What an entry has in the edition's own fields; its dates are printed as ``language`` writes them."""
    return tuple(_values(f, own, language))


def _values(f: Fields, own: Sequence[OwnField], language: str) -> Iterator[OwnValue]:
    for field in own:
        if field.type == "list":
            texts, written = f.lines(field.name), ""
        else:
            written = f.text(field.name) or ""
            texts = (print_date(written, language) if field.type == "date" else written,) if written else ()
        if texts:
            yield OwnValue(field=field.name, texts=texts, written=written, place=f.places()[field.name])
