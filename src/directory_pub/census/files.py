"""What a census asks of whole files: their faces, their pictures, and that targets agree."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence

import pikepdf
import uharfbuzz
from pikepdf import Dictionary, Name, Object

from directory_pub.census.page_reader import PageText, PlacedPicture, Word
from directory_pub.census.picture_places import check_across, in_order
from directory_pub.design.faces import Face, FontLibrary
from directory_pub.design.grid import Grid
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.edition.pictures import Photo
from directory_pub.edition.targets import Target
from directory_pub.findings import Finding, Place, Severity, error, note, warning

__all__ = ["check_faces", "check_pictures", "compare_breaks", "postscript_name", "program_of"]

_GUEST = "/GuestPage"  # what finish calls a ready page of others
_MOVED_MM = 0.1
_SEMIBOLD = 600
_CENTRE = (50.0, 50.0)  # the focus of a picture that nobody gave one
_FAR_TOO_LITTLE = 1 / 3
_LITTLE_SHOWN = 0.5  # of a picture's area; photographs of every usual shape are shown by more than half
_LITTLE_OF_PERSON = 0.3  # in a wide picture the head is all that is wanted
_ROUNDING_PX = 0.02  # the places in a PDF are rounded
# Of the resolution that a target needs: below the first, edges show steps; below the second, it is only softer.
_ERROR_BELOW, _WARNING_BELOW = 0.5, 0.75


# -------------------------------------------------------------------- faces
def check_faces(
    edition: Edition, library: FontLibrary, pdf: bytes, pages: Mapping[int, PageText], pieces: Sequence[Piece]
) -> list[Finding]:
    """Every font in the file is embedded, is one of fonts/, and is what its name says."""
    findings = []
    ours = {face.postscript_name: face for face in library.faces}
    for base_font, program in _font_programs(pdf):
        name = base_font.split("+")[-1]
        place, folio = _where_used(edition, name, pages, pieces)
        face = ours.get(postscript_name(program)) if program else None
        if face is None:
            findings.append(
                error(
                    "face-foreign",
                    place,
                    f"the face {name.rstrip(',')} is not one of fonts/.",
                    "Name a family of fonts/ in the sheet, or put the face there.",
                    folio,
                )
            )
        elif _is_synthetic(name.replace(face.family.replace(" ", "-"), "", 1), face):
            findings.append(
                error(
                    "face-synthetic",
                    place,
                    f"{name} is drawn with {face.postscript_name}.",
                    "Put the bold or italic face of this family into fonts/.",
                    folio,
                )
            )
    return findings


def _is_synthetic(style: str, face: Face) -> bool:
    """Whether what the engine calls a face, without its family, says more than it is."""
    is_slanted = ("Italic" in style or "Oblique" in style) and not face.italic
    return is_slanted or ("Bold" in style and face.weight < _SEMIBOLD)


def _font_programs(pdf: bytes) -> Iterator[tuple[str, bytes | None]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        theirs = _fonts_of_guests(document)
        for item in document.objects:
            if (
                isinstance(item, Dictionary)
                and item.objgen not in theirs
                and item.get("/Type") == Name.Font
                and item.get("/Subtype") != Name.Type0
            ):
                descriptor = item.get("/FontDescriptor", Dictionary())
                program = program_of(descriptor)
                yield str(item.get("/BaseFont", "/unnamed"))[1:], program.read_bytes() if program is not None else None


def _fonts_of_guests(document: pikepdf.Pdf) -> set[tuple[int, int]]:
    """The fonts that only ready pages of others draw with: they need not be ours."""
    found: set[tuple[int, int]] = set()
    streams = (each for each in document.objects if isinstance(each, pikepdf.Stream))
    waiting: list[Object] = [each for each in streams if each.get("/Name") == _GUEST]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary | pikepdf.Stream):
            if each.is_indirect:
                if each.objgen in found:
                    continue
                found.add(each.objgen)
            waiting += [value for _, value in each.items() if isinstance(value, pikepdf.Object)]
        elif isinstance(each, pikepdf.Array):
            waiting += [value for value in each if isinstance(value, pikepdf.Object)]
    return found


def program_of(descriptor: Object) -> Object | None:
    """The program of a font that is embedded."""
    return next((descriptor[key] for key in ("/FontFile2", "/FontFile3", "/FontFile") if key in descriptor), None)


def postscript_name(program: bytes) -> str:
    """The PostScript name that a font program has in it."""
    face = uharfbuzz.Face(uharfbuzz.Blob(program))
    return next((str(face.get_name(6, entry.language)) for entry in face.list_names() if entry.name_id == 6), "")


def _where_used(
    edition: Edition, name: str, pages: Mapping[int, PageText], pieces: Sequence[Piece]
) -> tuple[Place, int | None]:
    """The first place in the content whose page shows a face."""
    for index, page in pages.items():
        if any(word.face == name for word in page.words):
            piece = next(piece for piece in pieces if index in piece.pages)
            return (piece.shown[0].place if piece.shown else edition.place), index + 1
    return edition.place, None


# -------------------------------------------------------------------- pictures
def check_pictures(
    edition: Edition,
    pieces: Sequence[Piece],
    pictures: Mapping[int, Sequence[PlacedPicture]],
    targets: Sequence[Target],
    *,
    texts: Mapping[int, PageText],
    grid: Grid,
) -> Iterator[Finding]:
    """Each picture with pixels is on its piece's pages, with enough of them for the target that needs most.

    ``pictures`` are those of each page by its index in the book, ``texts`` its words.
    """
    for piece in pieces:
        photos = [photo for photo in edition.pictures_of(piece.kind, piece.key, *piece.shown) if not photo.is_drawing]
        placed = in_order(piece, pictures, grid, reads=bool(piece.entry or edition.page_of(piece.kind, piece.key)))
        # Of several that are too few nobody knows which is lost, unless it is told by what it is said to be.
        for photo in photos if len(placed) < len(photos) else ():
            remedy = "Look at the proof: the engine or the layout left it out."
            some = "is not" if len(photos) == 1 else "or another picture is not"
            yield error("picture-lost", photo.file_place, f"'{photo.file}' {some} on {piece.folios}.", remedy)
        if len(placed) == len(photos):
            known = [(photo, *place) for photo, place in zip(photos, placed, strict=True)]
            yield from check_across(piece, known, texts, grid)
        little = _LITTLE_OF_PERSON if piece.kind == "people" else _LITTLE_SHOWN
        for photo, (folio, picture) in zip(photos, placed, strict=False):
            coarse = list(_check_resolution(photo, picture, folio, targets))
            yield from _check_crop(photo, picture, folio, coarse, little) or coarse


def _check_resolution(photo: Photo, picture: PlacedPicture, folio: int, targets: Sequence[Target]) -> Iterator[Finding]:
    """Whether what is shown of a picture has pixels enough; how much it weighs is how coarse it prints."""
    target = max(targets, key=lambda target: target.least_ppi)
    sides_mm = (picture.shown_width_mm, picture.shown_height_mm)
    if max(sides_mm) / 25.4 * (target.least_ppi - picture.resolution_ppi) <= _ROUNDING_PX:
        return
    needed_px = [math.ceil(side / 25.4 * target.least_ppi - _ROUNDING_PX) for side in sides_mm]
    share = picture.resolution_ppi / target.least_ppi
    tell = error if share < _ERROR_BELOW else warning if share < _WARNING_BELOW else note
    size = "{:.0f} x {:.0f} mm".format(*sides_mm)
    message = (
        f"'{photo.file}' prints at {int(picture.resolution_ppi)} ppi, {size}; {target.name} needs {target.least_ppi}."
    )
    remedy = "Supply a photo of at least {} x {} px; what is cropped off does not count.".format(*needed_px)
    yield tell("photo-resolution", photo.file_place, message, remedy, folio)


def _check_crop(
    photo: Photo, picture: PlacedPicture, folio: int, coarse: Sequence[Finding], little: float
) -> list[Finding]:
    """A picture of which the crop leaves little, such as a wide logo: it is the cause of what is ``coarse``."""
    share = picture.shown_width_mm * picture.shown_height_mm / (picture.width_mm * picture.height_mm)
    if share >= little:
        return []
    # Whoever says where the crop is to look has seen that it crops; of a logo little would be left all the same.
    tell = warning if photo.focus == _CENTRE or share < _FAR_TOO_LITTLE else note
    tell = error if any(finding.severity is Severity.ERROR for finding in coarse) else tell
    size = f"{picture.shown_width_mm:.0f} x {picture.shown_height_mm:.0f} mm"
    message = f"of '{photo.file}' {share:.0%} is shown: it is cropped to {size}."
    remedy = "Say with 'focus: 50% 30%' what is to be seen, or crop it; set a logo on a white field of this shape."
    return [tell("photo-cropped", photo.file_place, message, remedy, folio)]


# -------------------------------------------------------------------- line breaks
def compare_breaks(edition: Edition, books: Mapping[str, Mapping[int, PageText]]) -> Iterator[Finding]:
    """Every target carries the same words at the same places."""
    if len(books) < 2:
        return
    (first_name, first), *others = books.items()
    for name, pages in others:
        for index in sorted(first.keys() & pages.keys()):
            if not _same_places(first[index], pages[index]):
                yield error(
                    "breaks-differ",
                    edition.place,
                    f"page {index + 1} of the {name} file breaks otherwise than in the {first_name} file.",
                    "Both are finished from one typeset book: this is a fault of finish.",
                    index + 1,
                )
                return
        if len(first) != len(pages):
            yield error(
                "breaks-differ",
                edition.place,
                f"the {name} file has {len(pages)} pages, the {first_name} file {len(first)}.",
                "Both are finished from one typeset book: this is a fault of finish.",
            )


def _same_places(one: PageText, other: PageText) -> bool:
    """Whether two pages carry the same words; what lies off the leaf has a finding of its own."""
    ours, theirs = _on_leaf(one), _on_leaf(other)
    return len(ours) == len(theirs) and all(
        a.text == b.text and abs(a.left_mm - b.left_mm) < _MOVED_MM and abs(a.baseline_mm - b.baseline_mm) < _MOVED_MM
        for a, b in zip(ours, theirs, strict=True)
    )


def _on_leaf(page: PageText) -> list[Word]:
    return [w for w in page.words if 1 < w.left_mm < page.width_mm - 1 and 1 < w.baseline_mm < page.height_mm - 1]
