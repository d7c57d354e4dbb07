"""Pictures of the typeset pages, handed to prepare and put back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from msgspec import Struct, field
from pikepdf import Array, Name
from PIL import Image

from directory_pub.findings import Finding, error
from directory_pub.finish.document import TYPESET_PAGES
from directory_pub.finish.placements import ObjGen, Placement, measure_pictures
from directory_pub.prepare import Colour, PictureCache, PictureError, PreparedPicture, prepare_picture

if TYPE_CHECKING:
    from directory_pub.finish.guests import GuestShelf

__all__ = ["PlacedPictures", "is_stencil"]


class PlacedPictures(Struct, frozen=True, kw_only=True):
    """The pictures of one PDF, where they stand, and what a target wants of them."""

    pdf: pikepdf.Pdf
    placements: dict[ObjGen, Placement]
    resolution_ppi: int
    profile: Path
    cache: PictureCache
    ink_limit_percent: float | None = None
    jpeg_quality: int | None = None
    findings: list[Finding] = field(default_factory=list)
    guests: GuestShelf | None = None

    @classmethod
    def of(
        cls,
        pdf: pikepdf.Pdf,
        resolution_ppi: int,
        profile: Path,
        cache: PictureCache | None,
        *,
        ink_limit_percent: float | None = None,
        jpeg_quality: int | None = None,
        first_folio: int = 1,
        guests: GuestShelf | None = None,
    ) -> PlacedPictures:
        """Measure the pictures of a PDF; without a cache each is kept for this PDF only."""
        return cls(
            pdf=pdf,
            placements=measure_pictures(pdf, first_folio),
            resolution_ppi=resolution_ppi,
            profile=profile,
            cache=PictureCache() if cache is None else cache,
            ink_limit_percent=ink_limit_percent,
            jpeg_quality=jpeg_quality,
            guests=guests,
        )

    def put(self, picture: pikepdf.Stream, into: pikepdf.Stream, colour: Colour) -> bool:
        """Write the picture as the target wants it ``into`` an object, it may be its own.

        A picture that cannot be read is a finding, and nothing is written.
        """
        if self.guests is not None and (laid := self.guests.lay_in(self, picture, into, colour)) is not None:
            return laid
        placement = self.placements.get(picture.objgen)
        try:
            prepared = prepare_picture(
                _read(picture),
                target_ppi=self.resolution_ppi if placement else None,
                width_pt=placement.width_pt if placement else 0,
                colour=colour,
                profile_path=self.profile,
                ink_limit_percent=self.ink_limit_percent,
                jpeg_quality=self.jpeg_quality,
                cache=self.cache,
            )
        except PictureError as reason:
            self.findings.append(_unreadable(picture, placement, reason))
            return False
        if "/Interpolate" in picture:
            into.Interpolate = picture.Interpolate
        _fill(self.pdf, into, prepared)
        return True


def _unreadable(picture: pikepdf.Stream, placement: Placement | None, reason: PictureError) -> Finding:
    size = f"{picture.Width} x {picture.Height} px"
    return error(
        "photo-unreadable",
        TYPESET_PAGES,
        f"a picture of {size} cannot be converted: {reason}.",
        "Save it again as a JPEG or PNG with 8 bits a channel.",
        placement.folio if placement else None,
    )


def is_stencil(picture: pikepdf.Object) -> bool:
    """Whether the picture is a shape to paint through, without a colour of its own."""
    return bool(picture.get("/ImageMask", False))


def _fill(pdf: pikepdf.Pdf, picture: pikepdf.Stream, prepared: PreparedPicture) -> None:
    """Make an image XObject of what was prepared; the same picture keeps its object."""
    for key in ("/Decode", "/SMask", "/Mask", "/ImageMask", "/Metadata", "/Intent"):
        if key in picture:
            del picture[key]
    picture.write(prepared.data, filter=Name("/" + prepared.filter))
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height = prepared.width_px, prepared.height_px
    picture.ColorSpace = Name("/" + prepared.colourspace)
    picture.BitsPerComponent = prepared.bits
    if prepared.inverted:
        picture.Decode = Array([1, 0] * 4)
    if prepared.mask is not None:
        mask = pdf.make_stream(b"")
        _fill(pdf, mask, prepared.mask)
        picture.SMask = mask


def _read(picture: pikepdf.Stream) -> bytes | Image.Image:
    """A plain JPEG as its file, anything else as pixels with the alpha channel in them."""
    reading = pikepdf.PdfImage(picture)
    masked = "/SMask" in picture or "/Mask" in picture
    try:
        if reading.filters == ["/DCTDecode"] and not masked:
            jpeg = picture.read_raw_bytes()
            if _reads_alike(jpeg, picture):
                return jpeg
        pixels = reading.as_pil_image()
    except (OSError, ValueError, NotImplementedError, pikepdf.PikepdfError) as error:
        raise PictureError(str(error)) from error
    if reading.icc is not None:
        pixels.info["icc_profile"] = reading.icc.tobytes()
    return pixels


def _reads_alike(jpeg: bytes, picture: pikepdf.Stream) -> bool:
    """Whether the JPEG, read as a file, has the colours that it has in the PDF."""
    if isinstance(picture.get("/ColorSpace"), Array):
        return False
    image = Image.open(io.BytesIO(jpeg))
    adobe = image.mode == "CMYK" and "APP14" in getattr(image, "app", {})
    decode = picture.get("/Decode")
    inverted = decode is not None and [int(end) for end in decode.as_list()] == [1, 0] * 4
    return adobe == inverted and (decode is None or inverted)
