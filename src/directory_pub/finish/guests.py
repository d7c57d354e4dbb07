"""Lay guests in: where a stand-in was typeset, the guest's own page is drawn, as a form.

Whatever has moved, clipped or tagged the stand-in holds for the guest: it takes its place.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pikepdf
from msgspec import Struct, field
from msgspec.structs import replace
from pikepdf import Array, Name

from directory_pub.edition.guests import Guest, GuestError
from directory_pub.findings import Place, error
from directory_pub.finish.guest_colours import GuestColours
from directory_pub.finish.guest_forms import GuestForms
from directory_pub.finish.placements import ObjGen, Placement, measure_pictures
from directory_pub.pictures.guest_marks import digest_in
from directory_pub.prepare import Colour
from directory_pub.storage.enclosure import Refused

if TYPE_CHECKING:
    from directory_pub.finish.placed_pictures import PlacedPictures

__all__ = ["GUEST_NAME", "GuestShelf"]

GUEST_NAME = "/GuestPage"
"""What a guest's form is called, by which bind and census tell it from what is ours."""
_BROKEN = (pikepdf.PdfError, AttributeError, LookupError, TypeError, ValueError, ArithmeticError, RecursionError)


class GuestShelf(Struct, frozen=True):
    """The guests of a book by their digests, each with the place that names its file."""

    guests: Mapping[str, tuple[Guest, Place]] = field(default_factory=dict)

    @classmethod
    def of(cls, guests: Iterable[tuple[Guest, Place]]) -> GuestShelf:
        """A shelf with these guests."""
        return cls({guest.digest: (guest, place) for guest, place in guests})

    def lay_in(
        self, pictures: PlacedPictures, picture: pikepdf.Stream, into: pikepdf.Stream, colour: Colour
    ) -> bool | None:
        """Write the guest that a picture stands for ``into`` an object; None where it stands for none.

        A guest that cannot be laid in is a finding, and nothing is written.
        """
        guest, place = self._found(picture) or (None, None)
        if guest is None or place is None:
            return None
        try:
            _write(guest, into, colour, pictures)
        except (GuestError, Refused) as reason:
            placement = pictures.placements.get(picture.objgen)
            message = f"'{guest.path.name}' cannot be laid in: {reason}."
            remedy = "Ask for a PDF in CMYK with its fonts in it, its layers and transparency flattened."
            folio = placement.folio if placement else None
            pictures.findings.append(error("advert-unfit", place, message, remedy, folio))
            return False
        return True

    def _found(self, picture: pikepdf.Stream) -> tuple[Guest, Place] | None:
        if not self.guests or picture.get("/ColorSpace") != Name.DeviceGray or "/SMask" in picture:
            return None
        try:
            digest = digest_in(picture.read_bytes)
        except pikepdf.PdfError:
            return None
        return self.guests.get(digest) if digest else None


def _write(guest: Guest, into: pikepdf.Stream, colour: Colour, pictures: PlacedPictures) -> None:
    colours = GuestColours(colour=colour, profile=pictures.profile, ink_limit_percent=pictures.ink_limit_percent)
    try:
        with pikepdf.open(io.BytesIO(guest.read()), suppress_warnings=True) as source:
            form = _form_of(source, guest, colours, pictures)
            written = pictures.pdf.copy_foreign(source.make_indirect(form))
            for key in into.keys():  # noqa: SIM118 # an object of the library, whose keys are asked for
                if key != "/Length":
                    del into[key]
            for key, value in written.items():
                if key not in ("/Length", "/Filter"):
                    into[key] = value
            into.write(written.read_raw_bytes(), filter=Name.FlateDecode)
    except _BROKEN as fault:
        if isinstance(fault, GuestError):
            raise
        raise GuestError("its file is not as it should be") from fault


def _form_of(source: pikepdf.Pdf, guest: Guest, colours: GuestColours, pictures: PlacedPictures) -> pikepdf.Stream:
    """The guest's page as a form that stands in the unit square, as a picture does."""
    placements = measure_pictures(source) if colours.colour == "srgb" else {}
    own = replace(pictures, pdf=source, placements=_as_placed(placements, guest), findings=[], guests=None)

    def put(picture: pikepdf.Stream, into: pikepdf.Stream, wanted: GuestColours) -> None:
        if not own.put(picture, into, wanted.colour):
            raise GuestError(own.findings[-1].message.rstrip("."))

    form = GuestForms(source, colours, put).of_page(source.pages[0])
    form.Name = Name(GUEST_NAME)
    form.BBox = Array([round(edge, 4) for edge in guest.box])
    form.Matrix = Array([round(value, 9) for value in _into_unit_square(guest)])
    content = zlib.compress(form.read_bytes(), 9)
    form.write(content, filter=Name.FlateDecode)
    _check_acyclic(form, frozenset())
    return form


def _as_placed(placements: Mapping[ObjGen, Placement], guest: Guest) -> dict[ObjGen, Placement]:
    """The placements of a guest's pictures as large as they stand in the book."""
    left, bottom, right, top = guest.box
    across = (top - bottom) if guest.turn % 180 else (right - left)
    scale = guest.width_mm / 25.4 * 72 / across
    return {key: each._replace(width_pt=each.width_pt * scale) for key, each in placements.items()}


def _into_unit_square(guest: Guest) -> tuple[float, ...]:
    left, bottom, right, top = guest.box
    width, height = right - left, top - bottom
    match guest.turn:
        case 90:
            return (0, -1 / width, 1 / height, 0, -bottom / height, right / width)
        case 180:
            return (-1 / width, 0, 0, -1 / height, right / width, top / height)
        case 270:
            return (0, 1 / width, -1 / height, 0, top / height, -left / width)
    return (1 / width, 0, 0, 1 / height, -left / width, -bottom / height)


def _check_acyclic(each: pikepdf.Object, above: frozenset[tuple[int, int]]) -> None:
    """Raise GuestError for an object that holds itself: it could not be bound."""
    if isinstance(each, pikepdf.Object) and each.is_indirect:
        if each.objgen in above:
            raise GuestError("a part of it holds itself")
        above |= {each.objgen}
    if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
        for _, value in each.items():
            if isinstance(value, pikepdf.Object):
                _check_acyclic(value, above)
    elif isinstance(each, pikepdf.Array):
        for value in each:
            if isinstance(value, pikepdf.Object):
                _check_acyclic(value, above)
