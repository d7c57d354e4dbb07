"""A print shop's demands as data: read from printers/*.yaml, every value with its place."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.model import Edition
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.theme import Theme
from directory_pub.edition.yaml_source import Fields, parse_yaml
from directory_pub.findings import Finding, Place, Report, error
from directory_pub.storage.enclosure import Refused

__all__ = [
    "DEFAULT_PRINTER",
    "SLUG_AT_LEAST_MM",
    "Condition",
    "Imposition",
    "Marks",
    "Printer",
    "check_edition",
    "list_printers",
    "read_printer",
]

DEFAULT_PRINTER = "offset-fogra39"
# The crop marks and the arms of the registration marks must not run off the sheet.
SLUG_AT_LEAST_MM = 7.0
_FOLDER = "printers"
_MOST_SPOT_INKS = 12
_YES = {"yes": True, "true": True, "no": False, "false": False}


class Marks(Struct, frozen=True, kw_only=True):
    """What stands outside the bleed, and the room for it."""

    slug_mm: float
    crop: bool
    registration: bool


class Condition(Struct, frozen=True, kw_only=True):
    """The printing condition: its profile and the name it is registered by."""

    profile: Path
    identifier: str
    registry: str
    description: str


class Imposition(Struct, frozen=True, kw_only=True):
    """How sheets are put together where the printer wants them imposed."""

    scheme: str
    sheet: str


class Printer(Struct, frozen=True, kw_only=True):
    """One print shop's demands. ``key`` is the file's stem; ``condition`` is None where RGB is taken.

    ``spot_inks`` is how many inks it prints beside cyan, magenta, yellow and black.
    """

    key: str
    name: str
    place: Place
    colour: str
    bleed_mm: float
    safe_mm: float
    marks: Marks
    ink_limit_percent: float
    least_text_pt: float
    least_mixed_text_pt: float
    least_rule_pt: float
    colour_ppi: float
    grey_ppi: float
    line_art_ppi: float
    page_multiple: int
    cover: str
    text_paper_mm: float
    cover_paper_mm: float
    file_name: str
    condition: Condition | None = None
    spot_inks: int = 0
    imposition: Imposition | None = None
    advert_rgb: str = "convert"
    advert_spots: tuple[str, ...] = ()

    def spine_mm(self, page_count: int) -> float:
        """The thickness of a book's block of ``page_count`` pages, cover boards not counted."""
        return page_count / 2 * self.text_paper_mm


def list_printers(theme: Theme) -> list[str]:
    """The keys of all printers there are."""
    names = map(PurePosixPath, theme.names(_FOLDER, ".yaml"))
    return [name.stem for name in names if str(name.parent) == _FOLDER]


def read_printer(theme: Theme, key: str) -> tuple[Printer | None, list[Finding]]:
    """Read one printer, or None with findings that name the file and line, or the nearest known printer."""
    try:
        theme.check(_FOLDER)
    except Refused as refused:
        return None, [refused.finding]
    known = list_printers(theme)
    if key not in known:
        remedy = did_you_mean(key, known, f"Known: {', '.join(known)}.")
        return None, [error("printer-unknown", Place(file=_FOLDER), f"there is no printer '{key}'.", remedy)]
    name = f"{_FOLDER}/{key}.yaml"
    file = theme.shown(name)
    try:
        node, findings = parse_yaml(theme.read_text(name), file)
    except Refused as refused:
        return None, [refused.finding]
    f = Fields(node, Place(file=file, line=1), findings, unread=node is None)
    printer = _read(f, key, theme, Place(file=file, line=1))
    f.close()
    return (None if Report(findings).fails() else printer), findings


def check_edition(edition: Edition, printer: Printer) -> list[Finding]:
    """What the edition's pages do not give that the printer asks for."""
    if edition.bleed_mm >= printer.bleed_mm:
        return []
    message = f"the edition bleeds {edition.bleed_mm:g} mm; {printer.name} asks for {printer.bleed_mm:g} mm."
    remedy = f"Set bleed_mm to {printer.bleed_mm:g} or more, or choose another printer."
    return [error("bleed-small", edition.place_of("bleed_mm"), message, remedy)]


def _read(f: Fields, key: str, theme: Theme, place: Place) -> Printer:
    marks, ppi, paper = f.fields("marks"), f.fields("resolution_ppi"), f.fields("paper")
    colour = _choice(f, "colour", ("cmyk", "rgb"))
    printer = Printer(
        key=key,
        place=place,
        name=f.text("name", required=True) or key,
        colour=colour,
        bleed_mm=f.number("bleed_mm", 3, above=-0.001, most=20),
        safe_mm=f.number("safe_mm", 3, above=-0.001, most=30),
        marks=_read_marks(marks),
        ink_limit_percent=f.number("ink_limit_percent", 300, above=99, most=400),
        least_text_pt=f.number("least_text_pt", 5, above=0, most=20),
        least_mixed_text_pt=f.number("least_mixed_text_pt", 8, above=0, most=40),
        least_rule_pt=f.number("least_rule_pt", 0.25, above=0, most=5),
        colour_ppi=_inner_number(ppi, "colour", 300),
        grey_ppi=_inner_number(ppi, "grey", 300),
        line_art_ppi=_inner_number(ppi, "line_art", 600),
        page_multiple=int(f.number("page_multiple", 4, above=0, most=64, whole=True)),
        cover=_choice(f, "cover", ("pages", "spread")),
        text_paper_mm=_inner_number(paper, "text_mm", 0.1),
        cover_paper_mm=_inner_number(paper, "cover_mm", 0.25),
        file_name=f.text("file_name", required=True) or "{key}-press.pdf",
        condition=_read_condition(f.fields("condition", required=colour == "cmyk"), theme),
        spot_inks=_read_spot_inks(f, colour),
        imposition=_read_imposition(f.fields("impose")),
    )
    printer = _with_adverts(printer, f.fields("adverts"))
    if printer.colour == "rgb" and printer.cover == "spread":
        remedy = "Say cover: pages; a spread is drawn in inks."
        f.complain("value-type", f.places()["cover"], "a cover spread is not made in RGB.", remedy)
    for inner in (marks, ppi, paper):
        if inner:
            inner.close()
    return printer


def _with_adverts(printer: Printer, f: Fields | None) -> Printer:
    """What the printer takes of adverts: RGB, to be converted, and spot inks by name."""
    if f is None:
        return printer
    rgb = _choice(f, "rgb", ("convert", "refuse")) if "rgb" in f.places() else printer.advert_rgb
    spots = f.lines("spots")
    f.close()
    return replace(printer, advert_rgb=rgb, advert_spots=spots)


def _choice(f: Fields, name: str, choices: tuple[str, ...]) -> str:
    text = f.text(name, required=True) or choices[0]
    if text not in choices:
        remedy = did_you_mean(text, choices, f"Use {' or '.join(choices)}.")
        f.complain("value-type", f.places()[name], f"'{text}' is neither {' nor '.join(choices)}.", remedy)
        return choices[0]
    return text


def _read_spot_inks(f: Fields, colour: str) -> int:
    node = f.node("spot_inks")
    if node is None or node.value == "0":
        return 0
    count = int(f.number("spot_inks", 0, above=0, most=_MOST_SPOT_INKS, whole=True))
    if count and colour == "rgb":
        f.complain("value-type", node.place, "a machine that takes RGB has no plates.", "Take it out.")
        return 0
    return count


def _flag(f: Fields, name: str) -> bool:
    text = f.text(name, required=True) or "no"
    if text.lower() not in _YES:
        f.complain("value-type", f.places()[name], f"'{text}' is neither yes nor no.", "Write yes or no.")
    return _YES.get(text.lower(), False)


def _inner_number(f: Fields | None, name: str, default: float) -> float:
    return f.number(name, default, above=0, most=10_000) if f else default


def _read_marks(f: Fields | None) -> Marks:
    if f is None:
        return Marks(slug_mm=0.0, crop=False, registration=False)
    slug_mm = f.number("slug_mm", 10, above=-0.001, most=50)
    marks = Marks(slug_mm=slug_mm, crop=_flag(f, "crop"), registration=_flag(f, "registration"))
    if (marks.crop or marks.registration) and slug_mm < SLUG_AT_LEAST_MM:
        remedy = f"Give them {SLUG_AT_LEAST_MM:g} mm of slug, or leave the marks out."
        f.complain("value-type", f.places().get("slug_mm", f.place), f"{slug_mm:g} mm hold no marks.", remedy)
    return marks


def _read_condition(f: Fields | None, theme: Theme) -> Condition | None:
    if f is None:
        return None
    name = f.text("profile", required=True)
    if name:
        _check_profile(f, name, theme)
    condition = Condition(
        profile=theme.path(str(PurePosixPath(_FOLDER, name or "none.icc"))),
        identifier=f.text("identifier", required=True) or "",
        registry=f.text("registry") or "",
        description=f.text("description") or "",
    )
    f.close()
    return condition


def _check_profile(f: Fields, name: str, theme: Theme) -> None:
    from directory_pub.pictures.icc import fault_of_press_profile  # takes a moment, which --help must not wait for

    place = f.places()["profile"]
    try:
        fault = fault_of_press_profile(theme.read_bytes(str(PurePosixPath(_FOLDER, name))))
    except Refused as refused:
        remedy = "Put the ICC profile beside the printers, with its licence."
        f.findings.append(replace(refused.at(place, name), remedy=remedy))
        return
    if fault:
        remedy = "Take the CMYK profile of the printing condition as its publisher offers it, such as ECI."
        f.complain("value-type", place, f"'{name}' {fault}.", remedy)


def _read_imposition(f: Fields | None) -> Imposition | None:
    if f is None:
        return None
    imposition = Imposition(scheme=_choice(f, "scheme", ("saddle",)), sheet=_choice(f, "sheet", ("A3", "A4", "SRA3")))
    f.close()
    return imposition
