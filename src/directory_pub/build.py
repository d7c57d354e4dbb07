"""Build an edition: the seven steps from content to finished PDFs, one call a step."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from math import lcm
from pathlib import Path

from directory_pub.artwork import MOTIFS, Palette
from directory_pub.compose import LayoutError
from directory_pub.design.faces import read_faces
from directory_pub.design.inks import InkTable, read_inks
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import DEFAULT_PRINTER, Printer, check_edition, read_printer
from directory_pub.edition.targets import EMAIL, PRESS, TARGETS, Target
from directory_pub.findings import Finding, Place, Report, Severity, error
from directory_pub.finish import linearise
from directory_pub.pieces import (
    LONG_BOOK_PAGES,
    BuildStopped,
    PieceBook,
    Progress,
    Resources,
    WorkerContext,
    Workers,
    make_pieces,
    open_cluster,
    undisturbed,
)
from directory_pub.pieces.retry import once_more_without
from directory_pub.prepare import PictureQuality
from directory_pub.production.book import Book
from directory_pub.production.causes import first_of_each_place, printable_edition, untold
from directory_pub.production.context import check_page_count, open_context
from directory_pub.production.earlier import BuiltFile, Source, check_key, earlier_files
from directory_pub.production.labels import label_email, label_press
from directory_pub.production.report import write_report
from directory_pub.production.size_limit import fit_email
from directory_pub.proofread import proofread
from directory_pub.read import check_project, read_edition
from directory_pub.storage.enclosure import Refused
from directory_pub.storage.files import put_in_place, unfinished
from directory_pub.storage.store import Store
from directory_pub.storage.temporary import alone_in, use_scratch

__all__ = ["DRAFTS", "PROOF", "BuildResult", "build_edition", "find_root"]

PROOF = "PROOF"
DRAFTS = {PRESS.name: "press-draft", EMAIL.name: "email-draft"}
Tell = Callable[[str], None]
Show = Callable[[Progress], None]
USUAL_RESOURCES = Resources()


@dataclass(slots=True, kw_only=True)
class BuildResult:
    """What a build made: the report, the book, and the files by target name (or PROOF).

    ``given_up`` is a line on what the email file's pictures lost to a size limit. Of the pieces
    that it was set in, ``pieces_kept`` were there and ``pieces_set`` were set anew, each with the reason.
    Whoever has time can go through ``ahead``, for a later build to have less to do. ``cache_fault`` says
    why what is kept was of no use, where it was not. ``earlier`` are the files of earlier builds that
    lie in the output folder still, ``source`` what this one was made from.
    """

    report: Report = field(default_factory=Report)
    strict: bool = False
    edition: Edition | None = None
    book: Book | None = None
    files: dict[str, Path] = field(default_factory=dict)
    given_up: str | None = None
    pieces_kept: list[str] = field(default_factory=list)
    pieces_set: dict[str, str] = field(default_factory=dict)
    ahead: Iterator[None] = field(default_factory=lambda: iter(()))
    cache_fault: str = ""
    source: Source | None = None
    earlier: list[BuiltFile] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether the targets were withheld."""
        return self.report.fails(strict=self.strict)

    @property
    def outdated(self) -> list[str]:
        """A line on each delivered file that is of an earlier build, where one could take it for this one's."""
        source = self.source
        own = [file for file in self.earlier if source and file.target in TARGETS and file.source == source.folder]
        return [file.describe(source) for file in own if source and (self.failed or not file.shows(source))]


def find_root(folder: Path) -> Path | None:
    """The project that an edition is built with: the nearest folder above it that has layouts, styles and fonts.

    An edition that lies elsewhere is built with the project that one stands in, or that this code is part of.
    """
    here = Path.cwd() / "edition"
    for parent in (
        *folder.resolve().parents,
        *folder.absolute().parents,
        *here.parents,
        *Path(__file__).resolve().parents,
    ):
        if all((parent / part).is_dir() for part in ("layouts", "styles", "fonts")):
            return parent
    return None


def build_edition(
    folder: Path,
    output: Path,
    *,
    targets: Sequence[Target] = tuple(TARGETS.values()),
    printer: str = DEFAULT_PRINTER,
    strict: bool = False,
    email_limit_bytes: int | None = None,
    resources: Resources = USUAL_RESOURCES,
    tell: Tell = lambda step: None,
    show: Show = lambda progress: None,
) -> BuildResult:
    """Build one edition into ``output`` for a printer of printers/.

    ``tell`` hears each step's name as it begins, ``show`` how far it is with pieces. With
    ``email_limit_bytes`` the email file has the best pictures that keep it within; ``resources`` say how
    pieces are set, which changes nothing in the files.

    An error (with ``strict`` any finding) withholds every target and leaves a file marked
    PROOF to look at instead; a file that a check of its own refuses is left as a draft without
    a label. What an earlier build delivered stays as it is. The report is written in every case.
    While another build writes into ``output``, this one waits.
    """
    build = partial(
        _build,
        targets=targets,
        printer=printer,
        strict=strict,
        email_limit_bytes=email_limit_bytes,
        tell=tell,
        show=show,
    )
    return once_more_without(resources, lambda useful: build(folder, output, resources=useful))


def _build(
    folder: Path,
    output: Path,
    *,
    targets: Sequence[Target],
    printer: str,
    strict: bool,
    email_limit_bytes: int | None,
    resources: Resources,
    tell: Tell,
    show: Show,
) -> BuildResult:
    """One build, whose means may be of no use."""
    root = find_root(folder)
    if root is None:
        raise FileNotFoundError(f"no project with layouts/, styles/ and fonts/ around {folder}")
    use_scratch()
    with alone_in(output, tell), resources.store() as store:
        source = Source.of(folder, root, output)
        result = BuildResult(strict=strict, source=source)
        tell("read")
        with undisturbed():
            result.edition, findings = read_edition(folder, root, store)
        inks, ink_findings = read_inks(root / "styles" / "inks.yaml", root)
        demands, printer_findings = read_printer(root / "printers", printer, root)
        unread = list(check_project(root))
        result.report.add([*findings, *ink_findings, *missing_inks(inks), *printer_findings, *unread])
        before = earlier_files(output, source, result.edition)
        if result.edition is not None:
            taken = check_key(result.edition, source, before, output)
            result.report.add(taken)
            if result.edition.entries and demands and not missing_inks(inks) and not unread and not taken:
                order = _Order(
                    result.edition, demands, inks, tuple(targets), output, email_limit_bytes, resources, store
                )
                with _clearing_up(order, result):
                    _make(order, result, tell, show)
        tell("report")
        for file in before:  # where this one made none, it is not of the content any more
            if file.target not in TARGETS and file.source == source.folder and file.path not in result.files.values():
                file.path.unlink(missing_ok=True)
        result.earlier = [file for file in before if file.path.exists() and file.path not in result.files.values()]
        write_report(
            result.edition,
            result.report,
            result.files,
            result.book,
            output,
            strict=strict,
            source=source,
            earlier=result.earlier,
        )
    return result


@contextmanager
def _clearing_up(order: _Order, result: BuildResult) -> Iterator[None]:
    """Behind the block stand no proof and no draft but this build's; one that is broken off leaves no draft."""
    try:
        yield
    except (LayoutError, Refused) as fault:
        result.report.add([fault.finding])
    except BaseException:
        _remove(order, DRAFTS.values())
        raise
    _remove(order, {PROOF, *DRAFTS.values()} - set(result.files))


def _remove(order: _Order, names: Iterable[str]) -> None:
    for name in names:
        order.path(name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Order:
    """What is asked for."""

    edition: Edition
    printer: Printer
    inks: InkTable
    targets: tuple[Target, ...]
    output: Path
    email_limit_bytes: int | None
    resources: Resources
    store: Store

    def path(self, name: str) -> Path:
        """Where a file goes."""
        return self.output / f"{self.edition.key}-{name}.pdf"


def _make(order: _Order, result: BuildResult, tell: Tell, show: Show) -> None:
    """Steps two to seven: the finished files, or a proof where something fails, or nothing where no page was set."""
    edition, printer = order.edition, order.printer
    library = read_faces(edition.root / "fonts")
    tell("proofread")
    with undisturbed():
        result.report.add(proofread(edition, library, MOTIFS, order.store))
    if PRESS in order.targets:
        result.report.add(check_edition(edition, printer))
    tell("compose")
    filled = replace(edition, page_multiple=lcm(edition.page_multiple, printer.page_multiple))
    with undisturbed():
        context = open_context(printable_edition(filled, result.report.findings, library), printer, order.inks, library)
    with undisturbed():
        _make_book(order, WorkerContext(context=context, store=order.store), result, tell, show)
    order.store.save_answers()
    result.cache_fault = order.store.fault


def _make_book(order: _Order, worker: WorkerContext, result: BuildResult, tell: Tell, show: Show) -> None:
    """Set, finish and check the book, then write what comes of it."""
    context = worker.context
    cluster = open_cluster(order.resources.cluster, context) if order.resources.cluster else None
    with Workers(worker, order.resources.jobs, cluster) as workers:
        tell("make")
        made = make_pieces(worker, workers, order.targets, show)
        if made is None:
            result.report.add(untold(context.engine.findings, result.report))
            return
        result.book = made.book
        refused = any(finding.code == "outside-project" for finding in context.engine.findings)
        result.report.add(first_of_each_place(made.findings, result.report, refused=refused))
        result.report.add(check_page_count(context.edition, made.book.page_count))
        result.report.add(untold(context.engine.findings, result.report))
        told = len(made.complaints)
        try:
            _deliver(order, made, result, tell)
        except BuildStopped:
            # Pieces were made again, for lighter pictures or a proof, and one could not be.
            result.files.clear()
            result.report.add(made.complaints[told:])
        result.pieces_kept, result.pieces_set = made.kept, made.set_anew
        if order.resources.cache is not None and not result.failed:
            result.ahead = made.make_ahead()


def _deliver(order: _Order, made: PieceBook, result: BuildResult, tell: Tell) -> None:
    """Write the files; each is a draft until its labels are earned, and none is delivered before all have theirs.

    A draft is plain, to be there soon; the email file that is checked and delivered is linearised.

    What an earlier build delivered stays until then.
    """
    quality = None
    if order.email_limit_bytes is not None and EMAIL in order.targets:
        tell("fit")
        quality = _fit(order, made, result)
    drafts = []
    # The email file first: it is what an editor looks at.
    for target in () if result.failed else sorted(order.targets, key=lambda target: target != EMAIL):
        tell(f"write {target.name}")
        drafts.append(_draft(order, made, target, quality if target == EMAIL else None))
    with ExitStack() as begun:
        candidates = []
        for drafted in drafts:
            tell(f"check {drafted.target.name}")
            candidates.append(begun.enter_context(unfinished(order.path(drafted.target.name))))
            _earn(order, made, drafted, candidates[-1], result)
        for drafted, candidate in zip(drafts, candidates, strict=True):
            if not result.failed:
                name = drafted.target.name
                result.files[name] = put_in_place(candidate, order.path(name))
    if result.failed:
        tell("proof")
        result.files = {PROOF: _prove(order, made), **result.files}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file that has no label yet."""

    target: Target
    path: Path
    quality: PictureQuality | None


def _draft(order: _Order, made: PieceBook, target: Target, quality: PictureQuality | None) -> _Draft:
    path = order.path(DRAFTS[target.name])
    with unfinished(path) as temporary:
        with temporary.open("w+b") as out:
            made.assemble(target, out, quality)
        return _Draft(target, put_in_place(temporary, path, durable=False), quality)


def _earn(order: _Order, made: PieceBook, drafted: _Draft, candidate: Path, result: BuildResult) -> None:
    """Make of the draft what is delivered, check that and give it its labels; what a check refuses stays a draft."""
    (linearise if drafted.target == EMAIL else shutil.copyfile)(drafted.path, candidate)
    result.report.add(made.check(drafted.target, candidate, drafted.quality))
    findings = _check_labels(order, made, drafted, candidate)
    result.report.add(findings)
    if _errors(findings):
        result.files[DRAFTS[drafted.target.name]] = drafted.path


def _errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _check_labels(order: _Order, made: PieceBook, drafted: _Draft, candidate: Path) -> list[Finding]:
    """What stands between the file and its labels; of a book of pieces most was asked piece by piece."""
    edition, pieces = order.edition, made.book.pieces
    if drafted.target == PRESS:
        if _errors(made.refused):
            return made.refused
        return [*made.refused, *label_press(candidate, order.printer, edition, pieces)]
    found = made.validate(drafted.quality) if made.book.page_count > LONG_BOOK_PAGES else None
    return label_email(candidate, edition, found)


def _prove(order: _Order, made: PieceBook) -> Path:
    """The pages with PROOF across each, trimmed as for the screen."""
    path = order.path(PROOF)
    with unfinished(path) as temporary:
        with temporary.open("w+b") as out:
            made.prove(out)
        return put_in_place(temporary, path)


def _fit(order: _Order, made: PieceBook, result: BuildResult) -> PictureQuality:
    """The best quality that keeps the email file within its limit, or the least with an error."""

    def size_at(quality: PictureQuality) -> bytes:
        with io.BytesIO() as book, io.BytesIO() as linearised:
            made.assemble(EMAIL, book, quality)
            linearise(book, linearised)
            return linearised.getvalue()

    assert order.email_limit_bytes is not None
    told = len(made.findings)
    fitted = fit_email(size_at, order.email_limit_bytes, order.edition, made.book.pieces)
    result.given_up = fitted.given_up
    result.report.add([*made.findings[told:], *fitted.findings])
    return fitted.quality


# -------------------------------------------------------------------- what is there
def missing_inks(inks: InkTable) -> list[Finding]:
    """The inks that the artwork is drawn with and the table lacks: without them nothing can be drawn."""
    wanted = [name.replace("_", "-") for name in Palette.__slots__]
    place = Place(file=inks.file)
    return [
        error(
            "ink-missing",
            place,
            f"the artwork is drawn with '{name}', which is not in the table.",
            f"Add a row '{name}' with its sRGB and CMYK.",
        )
        for name in wanted
        if inks.named(name) is None
    ]
