"""The job sheet: what a printer has to know of the files, read from the files where possible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pikepdf
from msgspec import Struct

from directory_pub.design.inks import Ink, InkTable
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Printer
from directory_pub.finish.spot_spaces import space_name
from directory_pub.impose import Lettering, fit_lettering

__all__ = ["Job", "write_job_sheet"]

_SUBSET = re.compile(r"^/?[A-Z]{6}\+")
_TINTS = re.compile(rb"(/Spot-\S+)\s+cs\s+([\d.]+)\s+scn\b", re.IGNORECASE)
_TONES = re.compile(rb"([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+[kK]\b")


class Job(Struct, frozen=True, kw_only=True):
    """One edition for one printer. ``page_count`` is the whole book's, ``text_pages`` the text file's.

    ``cover_file`` is None if the covers are pages of the text; ``imposed`` says how the pages were
    imposed, if the text file holds sheets. ``lettering`` is what the spine of a cover file has on it, if that is wide
    enough.
    """

    edition: Edition
    printer: Printer
    inks: InkTable
    page_count: int
    text_file: str
    text_pages: int
    cover_file: str | None = None
    imposed: str | None = None
    lettering: Lettering | None = None

    @property
    def spine_mm(self) -> float:
        """The thickness of the text block."""
        return self.printer.spine_mm(self.text_pages)


def write_job_sheet(job: Job, book: pikepdf.Pdf, sums: Mapping[str, str], plates: Sequence[str] = ()) -> str:
    """The sheet as Markdown; ``book`` is the finished file that the job's files were made of.

    ``plates`` are those that preflight has counted in the files to print.
    """
    told = [*_rows(job), *([("plates", f"{len(plates)}: {', '.join(plates)}")] if plates else [])]
    rows = "".join(f"| {name} | {value} |\n" for name, value in told)
    inks = _inks_used(book, job.inks)
    fonts = "".join(f"- {name}\n" for name in _fonts(book))
    files = "".join(f"| {name} | {digest} |\n" for name, digest in sums.items())
    parts = [
        f"# Job sheet: {job.edition.full_title}\n\n| | |\n| --- | --- |\n{rows}",
        _ink_table(inks) if inks else "## Inks\n\nRGB: the machine converts.\n",
        f"## Fonts, embedded\n\n{fonts}",
        f"## Files\n\n| file | SHA-256 |\n| --- | --- |\n{files}",
        "Check them: `sha256sum -c SHA256SUMS`. `overview.pdf` shows all pages in reading order: never print it.\n",
    ]
    return "\n".join(parts)


def _rows(job: Job) -> Iterator[tuple[str, str]]:
    edition, printer = job.edition, job.printer
    yield "title", edition.full_title
    yield "edition", f"{edition.file_key}, {edition.created}"
    yield "printer", f"{printer.name} (`{printer.key}`)"
    yield "trim", f"{edition.trim.width_mm:g} x {edition.trim.height_mm:g} mm"
    yield "bleed", f"{edition.bleed_mm:g} mm"
    yield "pages", f"{job.page_count} with covers; {_text_row(job)}"
    yield "cover", _cover_row(job)
    yield (
        "spine" if job.cover_file else "thickness",
        f"{job.spine_mm:.2f} mm ({job.text_pages} pages of {printer.text_paper_mm:g} mm paper)",
    )
    if job.lettering:
        missing = fit_lettering(job.lettering, job.spine_mm, edition.trim.height_mm)
        yield "on the spine", f"nothing: {missing}" if missing else f"{job.lettering.title}, from the head down"
    yield "paper", f"text {printer.text_paper_mm:g} mm, cover {printer.cover_paper_mm:g} mm thick"
    yield "ink limit", f"{printer.ink_limit_percent:g} %"
    yield "printing condition", _condition_row(printer)
    yield "contact", _contact_row(edition)


def _text_row(job: Job) -> str:
    if job.imposed:
        return f"`{job.text_file}` holds sheets: {job.imposed}"
    return f"`{job.text_file}` holds {job.text_pages}"


def _cover_row(job: Job) -> str:
    last = job.page_count
    if job.cover_file is None:
        return f"as pages: 1, 2, {last - 1} and {last} of the book" if job.edition.cover else "none"
    width_mm = 2 * job.edition.trim.width_mm + job.spine_mm
    return (
        f"as a spread, {width_mm:.2f} x {job.edition.trim.height_mm:g} mm: `{job.cover_file}`, "
        f"outside (page {last}, spine, page 1), then inside (page 2, spine, page {last - 1})"
    )


def _condition_row(printer: Printer) -> str:
    if printer.condition is None:
        return "none: RGB"
    condition = printer.condition
    return f"{condition.description}, {condition.identifier} in {condition.registry}, profile embedded"


def _contact_row(edition: Edition) -> str:
    publisher = edition.publisher_details
    if publisher is None:
        return edition.publisher or "not given"
    return ", ".join([publisher.name, *(row.text for row in publisher.contact)])


def _ink_table(inks: Sequence[Ink]) -> str:
    """What is laid on each plate; a spot ink has a column of its own."""
    spots = list(dict.fromkeys(ink.spot.name for ink in inks if ink.spot))
    heads, rules = ["ink", "C", "M", "Y", "K", *spots], ["---", *["--:"] * (4 + len(spots))]
    rows = [heads, rules, *(_ink_row(ink, spots) for ink in inks)]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"## Inks\n\nPer cent of each plate.\n\n{table}"


def _ink_row(ink: Ink, spots: Sequence[str]) -> list[str]:
    if ink.spot is None:
        return [ink.name, *(f"{percent:g}" for percent in ink.cmyk_percent), *("0" for _ in spots)]
    own = (f"{ink.spot.tint_percent:g}" if name == ink.spot.name else "0" for name in spots)
    return [ink.name, *["0"] * 4, *own]


def _inks_used(book: pikepdf.Pdf, table: InkTable) -> list[Ink]:
    """The inks of the table that the file's drawings use, without bare paper."""
    contents = list(_drawings(book))
    tones = {
        tuple(round(float(tone) * 100, 2) for tone in match) for each in contents for match in _TONES.findall(each)
    }
    tints = {(name, round(float(tint) * 100, 2)) for each in contents for name, tint in _TINTS.findall(each)}
    return [
        ink
        for ink in table.inks
        if (_tint(ink) in tints if ink.spot else any(ink.cmyk_percent) and ink.cmyk_percent in tones)
    ]


def _tint(ink: Ink) -> tuple[bytes, float] | None:
    """A spot ink as a file's drawings name it."""
    return (pikepdf.Name(space_name(ink.spot.name)).unparse(), round(ink.spot.tint_percent, 2)) if ink.spot else None


def _drawings(book: pikepdf.Pdf) -> Iterator[bytes]:
    contents = {part.objgen for page in book.pages for part in _contents(page)}
    for each in book.objects:
        if isinstance(each, pikepdf.Stream) and (each.objgen in contents or each.get("/Subtype") == "/Form"):
            yield each.read_bytes()


def _contents(page: pikepdf.Page) -> list[pikepdf.Object]:
    contents = page.obj.get("/Contents", pikepdf.Array())
    return list(contents.as_list()) if isinstance(contents, pikepdf.Array) else [contents]


def _fonts(book: pikepdf.Pdf) -> list[str]:
    """The embedded faces by their PostScript names, each once."""
    described = (each for each in book.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each)
    return sorted({_SUBSET.sub("", str(each.FontName)).strip("/,") for each in described})
