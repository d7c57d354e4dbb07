"""The grid of the page: columns and lines, out of the design's tokens and the edition's trim.

The tokens are read from the sheet itself, so that a millimetre is written once; what follows
from them (main column, lines of a page, foot) is worked out here and given back to the sheets.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from directory_pub.design.faces import FaceMetrics, FontLibrary
from directory_pub.design.lengths import MOST_MM, far_too_long
from directory_pub.design.text_styles import read_text_styles
from directory_pub.design.tokens import GRID_TOKENS, TOKENS, Sheet, custom_properties, token_sheets
from directory_pub.edition.model import TrimSize
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place, error
from directory_pub.storage.enclosure import Refused

__all__ = [
    "LIST_LEADING",
    "MM_PER_PT",
    "PEOPLE_ROW",
    "SIDE_PLOT_AIR",
    "STREET_AIR",
    "STREET_PLOTS",
    "Frame",
    "Grid",
    "read_grid",
    "read_tokens",
]

MM_PER_PT = 25.4 / 72
LIST_LEADING = 0.75
"""The leading of lists, in units: the styles of lists in text-styles.yaml have it."""
PEOPLE_LEADING, PEOPLE_ROW = 5 / 6, 6
"""The leading of people, in units, and the lines of a row of them: six small lines stand on five units."""
SIDE_PLOT_AIR = 2
"""Lines from the baseline of the plot beside an extended entry to the first line of its contacts."""
STREET_PLOTS, STREET_AIR = 3, 2
"""The plots of the field above an extended entry of a listing, its own among them, and the lines below it."""
_FEWEST_LINES = 6  # a title, its air and some text
_BESIDE_CONTACT = ("text", "lead", "quote", "credit", "section", "subtitle", "title", "note", "call")  # in one column
_IN_MM = {"mm": 1.0, "pt": MM_PER_PT, "cm": 10.0}


class Frame(Struct, frozen=True):
    """A part of the page that copy stands in, in mm from the trim's top left corner."""

    name: str
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float

    @property
    def right_mm(self) -> float:
        return self.left_mm + self.width_mm

    @property
    def bottom_mm(self) -> float:
        return self.top_mm + self.height_mm


class Grid(Struct, frozen=True):
    """Columns and lines of one edition.

    ``tokens`` has every length of the tokens in mm, which stand in ``sheets``, later ones before earlier ones, and
    are told of as in ``file``; ``text`` are the metrics of the face that text is set in.
    """

    trim: TrimSize
    bleed_mm: float
    tokens: dict[str, float]
    sheets: tuple[Sheet, ...]
    file: str
    text: FaceMetrics

    def mm(self, token: str) -> float:
        """A token's length; raises Refused where it is none, or is not there."""
        if token not in self.tokens:
            raise Refused(_no_length(token, Place(file=self.file)))
        return self.tokens[token]

    @property
    def unit_mm(self) -> float:
        return self.tokens["unit"]

    @property
    def has_side(self) -> bool:
        """Whether there is a side column; where ``--side`` is 0mm what stands there comes into the main one."""
        return self.tokens["side"] > 0

    @property
    def main_mm(self) -> float:
        """The width of the main column: what margins, gutter and side column leave."""
        return self.trim.width_mm - self.tokens["inner"] - self._outer_margin_mm

    @property
    def side_mm(self) -> float:
        """The width of the side column; without one, that of half the main column, a gutter between the halves."""
        return self.tokens["side"] if self.has_side else (self.main_mm - self.tokens["gutter"]) / 2

    # ---------------------------------------------------------------- lists, on the second grid
    @property
    def list_line_mm(self) -> float:
        """The leading of lists: four of their lines stand on three units, so that both grids meet."""
        return LIST_LEADING * self.unit_mm

    @property
    def list_lines(self) -> int:
        """The lines of a list on a full page."""
        return math.floor(self.lines / LIST_LEADING + 1e-6)

    @property
    def list_mm(self) -> float:
        """How wide the pages of a list are: from the inner margin to the outer."""
        return self.trim.width_mm - self.tokens["inner"] - self.tokens["outer"]

    @property
    def listing_columns(self) -> int:
        """The columns of a listing: as many as leave its text room to be read."""
        return self._fitting(self.mm("list-hang") + self.mm("list-least"))

    @property
    def row_columns(self) -> int:
        """The columns of a list of rows, such as a register."""
        return self._fitting(self.mm("row-least"))

    @property
    def sponsor_columns(self) -> int:
        """The columns of the pages of sponsors: three, or as many as leave a logo room."""
        return min(self._fitting(self.mm("sponsor-least")), 3)

    @property
    def has_beside(self) -> bool:
        """Whether a listing has its contacts beside the text: in one column, if that leaves the text room."""
        least_mm = self.mm("list-hang") + self.mm("list-least")
        return self.listing_columns == 1 and self.list_mm - self.mm("list-contact") - self.tokens["gutter"] >= least_mm

    @property
    def street_mm(self) -> float:
        """The height of the field above an extended entry: from a cap height to a baseline."""
        return self.street_lines * self.list_line_mm - self.foot_gap_mm

    @property
    def street_lines(self) -> int:
        """The lines of that field, whose plots are as high as they are wide, as nearly as lines allow."""
        return round((self.columns_mm["listing"] / STREET_PLOTS + self.foot_gap_mm) / self.list_line_mm)

    @property
    def small_tile_mm(self) -> float:
        """The side of a tile in a listing: from its name's cap height to the baseline of the fourth line."""
        return 3 * self.list_line_mm + self.text.cap_height_em * self.mm("list-name")

    @property
    def side_plot_lines(self) -> int:
        """Whole lines from the baseline of an extended entry's name to the foot of the plot beside it."""
        return math.floor((self.mm("list-contact") - self._big_cap_mm) / self.list_line_mm + 1e-6)

    @property
    def side_plot_mm(self) -> float:
        """The side of the plot beside an extended entry, which hangs from its cap height: contacts are as wide."""
        return self.mm("list-contact")

    @property
    def _big_cap_mm(self) -> float:
        return self.text.cap_height_em * self.mm("list-big")

    # ---------------------------------------------------------------- people, in rows
    @property
    def people_line_mm(self) -> float:
        """The leading of people."""
        return PEOPLE_LEADING * self.unit_mm

    @property
    def people_lines(self) -> int:
        """The small lines of a page of people; of the last, the foot may stand a quarter below that of the text."""
        return math.floor(self.lines / PEOPLE_LEADING + 0.25)

    @property
    def has_person_text(self) -> bool:
        """Whether what is said of a person has room beside who it is."""
        return self._beside_person_mm >= self.mm("people-least")

    @property
    def person_text_left_mm(self) -> float:
        """From the left edge of a row to what is said of the person."""
        return self.mm("people-hang") + (self.mm("people-name") if self.has_person_text else 0.0)

    @property
    def _beside_person_mm(self) -> float:
        return self.list_mm - self.mm("people-hang") - self.mm("people-name")

    @property
    def _person_columns_mm(self) -> dict[str, float]:
        """The widths of who a person is, and of what is said of them."""
        if self.has_person_text:
            return {"person": self.mm("people-name") - self.mm("people-gap"), "person-text": self._beside_person_mm}
        one_mm = self.list_mm - self.mm("people-hang")
        return {"person": one_mm, "person-text": one_mm}

    @property
    def columns_mm(self) -> dict[str, float]:
        """The widths that follow from others, by the names that text styles have for them."""
        listing_mm = self._column_mm(self.listing_columns)
        if self.has_beside:
            listing_mm -= self.mm("list-contact") + self.tokens["gutter"]
        return {
            "main": self.main_mm,
            "side": self.side_mm,
            "listing": listing_mm,
            "beside": self.mm("list-contact"),
            "row": self._column_mm(self.row_columns),
            "sponsor": self._column_mm(self.sponsor_columns),
            "guide": self.list_mm - self.mm("part-width") - self.mm("list-hang"),
            "people": self.list_mm,
            **self._person_columns_mm,
        }

    def list_frames(self, columns: int, *, recto: bool) -> list[Frame]:
        """The columns of a list on a recto or verso, from the left."""
        left_mm, width_mm = self.tokens["inner" if recto else "outer"], self._column_mm(columns)
        pitch_mm = width_mm + self.tokens["gutter"]
        return [
            Frame("list", left_mm + at * pitch_mm, self.tokens["head"], width_mm, self.text_height_mm)
            for at in range(columns)
        ]

    def _fitting(self, least_mm: float) -> int:
        gutter_mm = self.tokens["gutter"]
        return max(math.floor((self.list_mm + gutter_mm) / (least_mm + gutter_mm) + 1e-6), 1)

    def _column_mm(self, columns: int) -> float:
        return (self.list_mm - (columns - 1) * self.tokens["gutter"]) / columns

    @property
    def _outer_margin_mm(self) -> float:
        """What lies outside of the main column, up to the trim."""
        return self.tokens["outer"] + (self.tokens["side"] + self.tokens["gutter"] if self.has_side else 0.0)

    @property
    def lines(self) -> int:
        """The lines of text on a full page."""
        room = self.trim.height_mm - self.tokens["head"] - self.tokens["foot"]
        return math.floor(room / self.unit_mm + 1e-6)

    @property
    def baseline_mm(self) -> float:
        """From the top of a line of text to its baseline."""
        return self.unit_mm / 2 + self.text.rise_em * self.tokens["text"]

    @property
    def cap_gap_mm(self) -> float:
        """From the top of a line to the cap height of its text: pictures hang from there."""
        return self.baseline_mm - self.text.cap_height_em * self.tokens["text"]

    @property
    def foot_gap_mm(self) -> float:
        """From the baseline of a line to its foot: pictures stand on the baseline."""
        return self.unit_mm - self.baseline_mm

    @property
    def ruled_rows(self) -> int:
        """Rows of two lines on a page for notes, below the head."""
        return (self.lines - 5) // 2

    @property
    def text_height_mm(self) -> float:
        return self.lines * self.unit_mm

    @property
    def foot_mm(self) -> float:
        """The foot margin, with what did not fill a line."""
        return self.trim.height_mm - self.tokens["head"] - self.text_height_mm

    def frame(self, name: str, *, recto: bool) -> Frame:
        """The main or side column of a recto or verso; the side column is always outside, or else the main one."""
        t = self.tokens
        main_left = t["inner"] if recto else self._outer_margin_mm
        side_left = t["inner"] + self.main_mm + t["gutter"] if recto else t["outer"]
        if name == "main" or not self.has_side:
            return Frame(name, main_left, t["head"], self.main_mm, self.text_height_mm)
        return Frame("side", side_left, t["head"], t["side"], self.text_height_mm)

    def as_css(self) -> str:
        """What the sheets cannot work out: the trim, and what follows from it."""
        derived = {
            "trim-width": self.trim.width_mm,
            "trim-height": self.trim.height_mm,
            "bleed": self.bleed_mm,
            "inner": self.tokens["inner"],
            "outer": self.tokens["outer"],
            "main": self.main_mm,
            "text-height": self.text_height_mm,
            "half": self.side_mm,
            "cap-gap": self.cap_gap_mm,
            "foot-gap": self.foot_gap_mm,
            "foot-margin": self.foot_mm,
            "tile": self.mm("tile"),
            "outer-margin": self._outer_margin_mm,
            "list-line": self.list_line_mm,
            "list-width": self.list_mm,
            "listing": self.columns_mm["listing"],
            "listing-column": self._column_mm(self.listing_columns),
            "listing-pitch": self._column_mm(self.listing_columns) + self.tokens["gutter"],
            "row": self.columns_mm["row"],
            "row-pitch": self.columns_mm["row"] + self.tokens["gutter"],
            "small-tile": self.small_tile_mm,
            "side-plot": self.side_plot_mm,
            "below-street": (self.street_lines + STREET_AIR) * self.list_line_mm,
            "cap-listing-big": self.baseline_mm - self._big_cap_mm,
            "people-line": self.people_line_mm,
            "portrait": self.mm("portrait"),
            "says": self.columns_mm["person-text"],
            "says-left": self.person_text_left_mm,
            "below-side-plot": (self.side_plot_lines + SIDE_PLOT_AIR) * self.list_line_mm,
        }
        rows = "".join(f"--{name}:{round(value, 4):g}mm;" for name, value in derived.items())
        return f":root{{{rows}}}"


def read_grid(theme: Theme, trim: TrimSize, bleed_mm: float, library: FontLibrary) -> Grid:
    """The grid for a trim, out of the token sheets that are heard on it, and the face of text."""
    sheets = token_sheets(theme, trim)
    tokens: dict[str, float] = {}
    for sheet in sheets:
        tokens |= read_tokens(sheet.text)
    _keep_measure(tokens, trim)
    places = _places_of_tokens(theme, sheets)
    _check_lengths(tokens, places)
    styles = read_text_styles(theme)[0]
    text, title = styles.get("text"), styles.get("title")
    metrics = library.metrics(library.family(text.family if text else "sans"))
    if title and title.size in tokens and "tile" in tokens:
        cap_mm = library.metrics(library.family(title.family)).cap_height_em * tokens[title.size]
        tokens["tile"] = _on_the_grid(tokens["tile"], cap_mm, tokens["unit"])
    person, cap_mm = styles.get("person-name"), 0.0
    if person and person.size in tokens:
        cap_mm = library.metrics(library.family(person.family)).cap_height_em * tokens[person.size]
    tokens["portrait"] = (PEOPLE_ROW - 2) * PEOPLE_LEADING * tokens["unit"] + cap_mm
    grid = Grid(trim=trim, bleed_mm=bleed_mm, tokens=tokens, sheets=sheets, file=theme.shown(TOKENS), text=metrics)
    _check_room(grid, places)
    return grid


def _keep_measure(tokens: dict[str, float], trim: TrimSize) -> None:
    """Give the margins what the main column would have beyond its measure, half to each."""
    across = [tokens.get(name, math.inf) for name in ("inner", "gutter", "side", "outer", "measure")]
    if (more_mm := trim.width_mm - sum(across)) > 0:
        for name in ("inner", "outer"):
            tokens[name] += more_mm / 2


def _on_the_grid(tile_mm: float, cap_mm: float, unit_mm: float) -> float:
    """The height of a tile that hangs from the title's cap height: its foot comes to the baseline next to it."""
    lines = max(round((tile_mm - cap_mm) / unit_mm), 1)
    return math.floor((lines * unit_mm + cap_mm) * 100) / 100


Places = Mapping[str, Place]
"""Where each token was written, by its name; of one that is nowhere, ``""`` has the sheet."""


def _check_lengths(tokens: Mapping[str, float], places: Places) -> None:
    """Raises Refused where a token of columns and lines is no length or is not there, or any is endless."""
    for name, length_mm in tokens.items():
        if not abs(length_mm) <= MOST_MM:
            raise Refused(far_too_long(f"--{name}", places.get(name, places[""])))
    for name in GRID_TOKENS:
        if name not in tokens:
            raise Refused(_no_length(name, places.get(name, places[""])))
    for name in ("unit", "text"):
        if tokens[name] <= 0:
            message, remedy = f"--{name} is no height of a line.", "Give it a length above 0mm."
            raise Refused(error("value-type", places[name], message, remedy))


def _check_room(grid: Grid, places: Places) -> None:
    """Raises Refused where the tokens leave no column to set text in, or the contact block cannot be told from it."""
    down_mm = grid.trim.height_mm - grid.mm("head") - grid.mm("foot")
    leaf = f"a leaf of {grid.trim.width_mm:g} x {grid.trim.height_mm:g} mm"
    for has_room, names in (
        (grid.main_mm > 0 and grid.side_mm > 0, ("inner", "gutter", "side", "outer")),
        (down_mm > _FEWEST_LINES * grid.unit_mm, ("head", "foot", "unit")),
    ):
        if not has_room:
            widest = max(names, key=grid.mm)
            message = f"{' and '.join(f'--{name}' for name in names)} leave no room for text on {leaf}."
            raise Refused(error("value-type", places[widest], message, "Make them smaller, or the trim larger."))
    like_mark = [name for name in _BESIDE_CONTACT if grid.tokens.get(name) == grid.tokens.get("quote-mark", 0.0)]
    if like_mark:
        message = f"--quote-mark is --{like_mark[0]}: its size tells the mark that opens a quote from the text."
        raise Refused(
            error("value-type", places["quote-mark"], message, "Give it a size of its own, such as 1pt more.")
        )
    same = [name for name in _BESIDE_CONTACT if grid.tokens.get(name) == grid.tokens.get("contact")]
    if same and not grid.has_side:
        message = f"--contact is --{same[0]}: without a side column its size tells the contact block from the text."
        raise Refused(error("value-type", places["contact"], message, "Give it a size of its own, such as 0.1pt more."))


def _places_of_tokens(theme: Theme, sheets: Sequence[Sheet]) -> Places:
    places = {"": Place(file=theme.shown(TOKENS))}
    for sheet in sheets:
        rows = custom_properties(sheet.text)
        places |= {each.name: Place(file=sheet.file, line=each.line) for each in rows}
    return places


def _no_length(token: str, place: Place) -> Finding:
    message = f"--{token} is no length." if place.line else f"there is no length --{token}."
    return error("value-type", place, message, f"Write it in mm or pt, such as --{token}: 6mm.")


def read_tokens(sheet: str) -> dict[str, float]:
    """The custom properties that are lengths, in mm, of the ``:root`` of a sheet, given as text."""
    lengths: dict[str, float] = {}
    for each in custom_properties(sheet):
        first = each.value[0] if len(each.value) == 1 else None
        if first and first.type == "dimension" and first.lower_unit in _IN_MM:
            lengths[each.name] = first.value * _IN_MM[first.lower_unit]
    return lengths
