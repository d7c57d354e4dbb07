"""The printer's folder: the edition built for that printer, cut into the files that it asks for."""

from __future__ import annotations

import io
import tempfile
from datetime import date
from pathlib import Path

import pikepdf
from msgspec import Struct
from msgspec.structs import replace

from directory_pub.build import BuildResult, Tell, build_edition
from directory_pub.design.faces import read_faces
from directory_pub.design.inks import read_inks
from directory_pub.design.plates import inks_for
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Printer
from directory_pub.edition.targets import EMAIL, PRESS
from directory_pub.finish import PRESS_LABEL, DocumentFacts, labelling
from directory_pub.finish.document import write_identity
from directory_pub.handoff.job_sheet import Job, write_job_sheet
from directory_pub.handoff.overview import draw_overview
from directory_pub.handoff.sums import sum_files, summed_folder
from directory_pub.impose import COVER_PAGES, Lettering, draw_cover, impose_file
from directory_pub.preflight import in_order, preflight_file
from directory_pub.storage.temporary import alone_in, use_scratch

__all__ = ["Handoff", "hand_off"]

JOB_SHEET, OVERVIEW, PREFLIGHT = "job-sheet.md", "overview.pdf", "preflight.txt"
_GROUND = "navy"  # what the cover's art lies on
_BOLD = 700


class Handoff(Struct, frozen=True, kw_only=True):
    """What a hand-off made; ``folder`` is None if the build failed, and its report says why.

    ``before`` is then the folder of an earlier hand-off, if there is one. ``refused`` are the files
    in which preflight found errors.
    """

    build: BuildResult
    folder: Path | None = None
    before: Path | None = None
    refused: tuple[str, ...] = ()


def hand_off(
    edition_folder: Path,
    output: Path,
    printer: Printer,
    *,
    variant: str | None = None,
    tell: Tell = lambda step: None,
) -> Handoff:
    """Build an edition for a printer and write the folder ``<key>-for-<printer>`` below ``output``.

    A printer that takes RGB gets the pages of the email file, imposed if it wants sheets. The
    overview is always drawn from the email file.
    ``variant`` is that of an edition which has some. Raises FolderTakenError if the output holds a
    folder of that name that is not ours.
    """
    target = EMAIL if printer.condition is None else PRESS
    use_scratch()
    with tempfile.TemporaryDirectory() as scratch:
        build = build_edition(
            edition_folder,
            Path(scratch),
            targets=list(dict.fromkeys([target, EMAIL])),
            printer=printer.key,
            variant=variant,
            tell=tell,
        )
        edition, book = build.edition, build.book
        if build.failed or edition is None or book is None:
            before = output / f"{edition.file_key}-for-{printer.key}" if edition else None
            return Handoff(build=build, before=before if before and before.is_dir() else None)
        finished, email = (build.files[each.name].read_bytes() for each in (target, EMAIL))
    tell("hand off")
    folder = output / f"{edition.file_key}-for-{printer.key}"
    with alone_in(output, tell), summed_folder(folder) as fresh:
        job = _write_print_files(fresh, finished, _plan(edition, printer, book.page_count))
        (fresh / OVERVIEW).write_bytes(draw_overview(email, _bold_face(edition), edition.title))
        report, refused, plates = _preflight(fresh, job)
        (fresh / PREFLIGHT).write_text(report, "utf-8")
        with pikepdf.open(io.BytesIO(finished)) as pdf:
            (fresh / JOB_SHEET).write_text(write_job_sheet(job, pdf, sum_files(fresh), plates), "utf-8")
    return Handoff(build=build, folder=folder, refused=refused)


def _plan(edition: Edition, printer: Printer, page_count: int) -> Job:
    """Which files there will be, and what is in them."""
    spread = printer.cover == "spread" and edition.cover is not None
    return Job(
        edition=edition,
        printer=printer,
        inks=inks_for(printer, read_inks(edition.theme)[0]),
        page_count=page_count,
        text_pages=page_count - COVER_PAGES if spread else page_count,
        text_file=printer.file_name.format(key=edition.file_key),
        cover_file=f"{edition.file_key}-cover.pdf" if spread else None,
        lettering=Lettering(edition.full_title, _bold_face(edition), printer.safe_mm) if spread else None,
    )


def _bold_face(edition: Edition) -> bytes:
    """The program of the face next to bold that the directory speaks in."""
    library = read_faces(edition.theme)
    own = [face for face in library.faces if face.family == library.family("sans")]
    face = min(own or library.faces, key=lambda face: (face.italic, abs(face.weight - _BOLD), face.weight))
    return library.programs[face.postscript_name]


# -------------------------------------------------------------------- files to print
def _write_print_files(fresh: Path, finished: bytes, job: Job) -> Job:
    """Write the text, and the cover if it is a file of its own; return the job with what was imposed."""
    text, imposition = finished, job.printer.imposition
    if job.cover_file:
        (fresh / job.cover_file).write_bytes(_cover(finished, job))
        text = _inner_pages(finished, job.edition)
    if imposition:
        imposed = impose_file(text, scheme=imposition.scheme, sheet=imposition.sheet)
        text, job = imposed.pdf, replace(job, imposed=f"{imposed.summary} ({imposition.sheet})")
    (fresh / job.text_file).write_bytes(text)
    return job


def _cover(finished: bytes, job: Job) -> bytes:
    return draw_cover(
        finished,
        spine_mm=job.spine_mm,
        bleed_mm=job.edition.bleed_mm,
        marks=job.printer.marks,
        inks=job.inks,
        ground=_GROUND,
        document=_facts(job.edition, "cover"),
        lettering=job.lettering,
    )


def _inner_pages(finished: bytes, edition: Edition) -> bytes:
    """The book without its cover, which is two pages at each end."""
    with pikepdf.open(io.BytesIO(finished)) as pdf:
        del pdf.pages[-COVER_PAGES // 2 :]
        del pdf.pages[: COVER_PAGES // 2]
        write_identity(pdf, _facts(edition, "text"), for_press=True)
        pdf.remove_unreferenced_resources()
        written = io.BytesIO()
        pdf.save(
            written,
            deterministic_id=True,
            fix_metadata_version=False,  # the room for a label is in the packet
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return written.getvalue()


def _facts(edition: Edition, part: str) -> DocumentFacts:
    return DocumentFacts(
        title=f"{edition.full_title} ({part})",
        author=edition.publisher or "",
        language=edition.language,
        created=date.fromisoformat(edition.created),
    )


# -------------------------------------------------------------------- preflight
def _preflight(fresh: Path, job: Job) -> tuple[str, tuple[str, ...], list[str]]:
    """Preflight's findings on the files to print, those that it refuses, and the plates of all.

    A file cut from the book is labelled if nothing is found.
    """
    parts, refused = [], []
    plates: dict[str, int] = {}
    for name in (job.text_file, job.cover_file):
        if name:
            # The sides of sheets and of a cover are not pages that fill a multiple.
            skip = ("page-multiple",) if job.imposed or name == job.cover_file else ()
            found = preflight_file(fresh / name, job.printer, skip=skip)
            problems = [str(problem) for problem in found]
            count = f"{len(problems) or 'no'} finding{'' if len(problems) == 1 else 's'}"
            parts.append("\n".join([f"{name}: {count}", *problems]))
            plates = in_order({**found.plates, **plates})
            if found.fails():
                refused.append(name)
            if job.cover_file and not problems:
                with labelling(fresh / name, PRESS_LABEL) as label:
                    label.keep(True)
    # A machine that takes RGB makes what plates it likes.
    return "\n\n".join(parts) + "\n", tuple(refused), list(plates) if job.printer.colour == "cmyk" else []
