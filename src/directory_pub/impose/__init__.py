"""Impose: pages of a finished PDF put side by side on larger sheets, to be printed, folded and stapled."""

from directory_pub.impose.cover import COVER_PAGES, draw_cover
from directory_pub.impose.leaves import ImpositionError
from directory_pub.impose.sheets import SHEETS_MM, Imposed, impose_file
from directory_pub.impose.spine import Lettering, fit_lettering

__all__ = [
    "COVER_PAGES",
    "SHEETS_MM",
    "Imposed",
    "ImpositionError",
    "Lettering",
    "draw_cover",
    "fit_lettering",
    "impose_file",
]
