"""The build context: what all steps share for one edition, and the pages that go from step to step."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct
from pikepdf import Pdf

from directory_pub.census import Census
from directory_pub.compose import ComposedBook, compose_book
from directory_pub.design.adverts import guests_in
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import Grid, read_grid
from directory_pub.design.inks import InkTable
from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Printer
from directory_pub.edition.theme import Theme
from directory_pub.findings import Place, error
from directory_pub.finish import GuestShelf
from directory_pub.pictures.icc import fault_of_picture_profile, fault_of_press_profile
from directory_pub.prepare import PictureCache
from directory_pub.production.on_paper import on_paper
from directory_pub.storage.enclosure import Refused
from directory_pub.storage.store import Store
from directory_pub.typeset import Engine

__all__ = ["PROFILE", "SCREEN_PROFILE", "BuildContext", "Pages", "context_of", "open_context"]

# What CMYK pictures without a profile were made for; the email file is the same for every printer.
PROFILE = "printers/ISOcoated_v2_300_bas.icc"
# What the sRGB values of the ink table mean.
SCREEN_PROFILE = "styles/profiles/sRGB2014.icc"
_PICTURES_AT_HAND_BYTES = 16_000_000


class Pages(Struct, frozen=True, kw_only=True):
    """Typeset pages of one piece: one open sRGB PDF for all targets, and the elements that it was set from.

    ``first`` is the index of the first page in the book, ``pieces`` what stands on them;
    ``heading_above`` is the level of the heading that they stand below. A piece has no folios before
    it is bound.
    """

    pdf: Pdf
    elements: Sequence[Element]
    pieces: Sequence[Piece]
    first: int = 0
    heading_above: int = 0

    def written(self) -> bytes:
        """The pages as a file, as they are now: the open ones are changed when they are finished."""
        out = io.BytesIO()
        self.pdf.save(out, deterministic_id=True, compress_streams=False)
        return out.getvalue()


class BuildContext(Struct, frozen=True, kw_only=True):
    """What the steps share for one edition and the printer that it is made for."""

    edition: Edition
    printer: Printer
    inks: InkTable
    grid: Grid
    library: FontLibrary
    composed: ComposedBook
    engine: Engine
    census: Census
    pictures: PictureCache
    guests: GuestShelf


def open_context(
    edition: Edition, printer: Printer, inks: InkTable, library: FontLibrary, store: Store | None = None
) -> BuildContext:
    """Compose the edition as paper shows it, and open the engine with its sheets.

    Raises Refused for an unusable profile. ``store`` knows how high entries of listings were measured to be.
    """
    return context_of(on_paper(edition), printer, inks, library, store)


def context_of(
    edition: Edition, printer: Printer, inks: InkTable, library: FontLibrary, store: Store | None = None
) -> BuildContext:
    """The same for an edition that is already as paper shows it."""
    _check_profiles(edition.theme)
    grid = read_grid(edition.theme, edition.trim, edition.bleed_mm, library)
    composed = compose_book(edition, grid, library, inks, store)
    engine = Engine(
        edition.theme,
        grid,
        library,
        composed.made_sheets,
        composed.artwork,
        root=edition.root,
        edition_folder=edition.folder,
    )
    return BuildContext(
        edition=edition,
        printer=printer,
        inks=inks,
        grid=grid,
        library=library,
        composed=composed,
        engine=engine,
        census=Census.of(edition, grid, composed.plate_frames()),
        pictures=_pictures_at_hand(),
        guests=GuestShelf.of(guests_in(edition, grid)),
    )


def _check_profiles(theme: Theme) -> None:
    """Raise Refused if one of the two profiles that every book is converted with cannot be used."""
    press, screen = theme.read_bytes(PROFILE), theme.read_bytes(SCREEN_PROFILE)
    faults = {PROFILE: fault_of_press_profile(press), SCREEN_PROFILE: fault_of_picture_profile(screen, "RGB")}
    for name, fault in faults.items():
        if fault:
            remedy = "Take it anew from its publisher, or your own away: one is built in."
            raise Refused(error("value-type", Place(file=theme.shown(name)), f"{fault}.", remedy))


@functools.cache
def _pictures_at_hand() -> PictureCache:
    """One cache for the process: a later build asks for the same pictures."""
    return PictureCache(most_bytes=_PICTURES_AT_HAND_BYTES)
