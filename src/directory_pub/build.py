"""Build an edition, in one screen: read, proofread, compose, make, deliver, report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import chain
from math import lcm
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.artwork import MOTIFS
from directory_pub.census import check_withheld_texts
from directory_pub.compose import missing_inks
from directory_pub.design.faces import FontLibrary, read_faces
from directory_pub.design.grid import read_grid
from directory_pub.design.inks import InkTable, read_inks
from directory_pub.design.motif_files import read_motifs
from directory_pub.design.plates import check_plates, inks_for
from directory_pub.design.press_tones import check_tones
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import DEFAULT_PRINTER, Printer, check_edition, read_printer
from directory_pub.edition.showing import check_something_shown, check_variant, shown_by_targets
from directory_pub.edition.targets import PRESS, TARGETS, Target
from directory_pub.edition.theme import Theme, find_root, open_theme
from directory_pub.pieces import (
    BuildStopped,
    PieceBook,
    Progress,
    Resources,
    WorkerContext,
    Workers,
    make_pieces,
    once_more_without,
    open_cluster,
    undisturbed,
)
from directory_pub.production.advert_checks import check_adverts_for, unusable_adverts
from directory_pub.production.book import Onlooker
from directory_pub.production.causes import first_of_each_place, printable_edition, untold
from directory_pub.production.context import open_context
from directory_pub.production.delivery import CALENDAR, Order, clearing_up, deliver, telling_faults
from directory_pub.production.earlier import BuiltFile, Source, check_key, drop_other_variants, earlier_files
from directory_pub.production.page_count import check_page_count
from directory_pub.production.report import write_report
from directory_pub.production.result import BuildResult
from directory_pub.proofread import proofread
from directory_pub.read import check_theme, read_edition
from directory_pub.storage.store import Store
from directory_pub.storage.temporary import alone_in, use_scratch

__all__ = ["BuildResult", "build_edition", "check_book"]

Tell = Callable[[str], None]
Show = Callable[[Progress], None]
USUAL_RESOURCES = Resources()


def build_edition(
    folder: Path,
    output: Path,
    *,
    targets: Sequence[Target] = tuple(TARGETS.values()),
    printer: str = DEFAULT_PRINTER,
    variant: str | None = None,
    strict: bool = False,
    email_limit_bytes: int | None = None,
    resources: Resources = USUAL_RESOURCES,
    tell: Tell = lambda step: None,
    show: Show = lambda progress: None,
    onlooker: Onlooker | None = None,
) -> BuildResult:
    """Build one edition into ``output`` for a printer of printers/; of one that has variants, a ``variant``.

    ``tell`` hears each step's name as it begins, ``show`` how far it is with pieces; the ``onlooker`` sees pages
    before they are checked. With ``email_limit_bytes`` the email file has the best pictures that keep it within;
    ``resources`` say how pieces are set, which changes nothing in the files.

    An error (with ``strict`` any finding) withholds every target and leaves a file marked
    PROOF to look at instead; a file that a check of its own refuses is left as a draft without
    a label. What an earlier build delivered stays as it is. The report is written in every case.
    While another build writes into ``output``, this one waits.
    """

    def build(useful: Resources) -> BuildResult:
        run = _Build(folder, output, tuple(targets), printer, variant, strict, email_limit_bytes, useful, tell, show)
        return replace(run, onlooker=onlooker).build()

    return once_more_without(resources, build)


def check_book(
    folder: Path,
    *,
    printer: str = DEFAULT_PRINTER,
    variant: str | None = None,
    strict: bool = False,
    resources: Resources = USUAL_RESOURCES,
    tell: Tell = lambda step: None,
    show: Show = lambda progress: None,
) -> BuildResult:
    """Every finding that a build would have, but for those of whole files; nothing is written beside the store.

    The pieces that are made are those of the next build.
    """

    def check(useful: Resources) -> BuildResult:
        run = _Build(folder, Path(), tuple(TARGETS.values()), printer, variant, strict, None, useful, tell, show)
        return replace(run, writes=False).check()

    return once_more_without(resources, check)


class _Build(Struct, frozen=True):
    """One build, whose resources may turn out to be of no use."""

    folder: Path
    output: Path
    targets: tuple[Target, ...]
    printer: str
    variant: str | None
    strict: bool
    email_limit_bytes: int | None
    resources: Resources
    tell: Tell
    show: Show
    writes: bool = True
    onlooker: Onlooker | None = None

    def build(self) -> BuildResult:
        """All steps, and the report whatever came of them."""
        use_scratch()
        with alone_in(self.output, self.tell), self.resources.store() as store:
            result, theme = self._read(store)
            orders, inks = self._orders(theme, result)
            source = result.source = Source.of(self.folder, find_root(self.folder), theme, self.output)
            before = earlier_files(self.output, source, result.edition)
            if result.edition is not None:
                taken = check_key(result.edition, source, before, self.output)
                result.report.add(taken)
                if not taken:
                    before = drop_other_variants(before, result.edition, source)
                if orders and inks and not taken:
                    with clearing_up(orders[0], result):
                        self._make(orders, inks, store, result)
            self._report(source, before, result)
        return result

    def check(self) -> BuildResult:
        """All steps until there would be a file."""
        use_scratch()
        with self.resources.store() as store:
            result, theme = self._read(store)
            orders, inks = self._orders(theme, result)
            if orders and inks:
                with telling_faults(result):
                    self._make(orders, inks, store, result)
        return result

    def _read(self, store: Store) -> tuple[BuildResult, Theme]:
        """The edition, in what will be the result, and its theme, or where it cannot be read, the usual."""
        root = find_root(self.folder)
        self.tell("read")
        with undisturbed():
            edition, findings = read_edition(self.folder, root, store)
        result = BuildResult(strict=self.strict, edition=edition)
        result.report.add(findings)
        return result, edition.theme if edition else open_theme(self.folder.resolve(), root)

    def _orders(self, theme: Theme, result: BuildResult) -> tuple[list[Order], InkTable | None]:
        """What is to be made, an order for each edition that targets show, and with which inks.

        None where the files that it needs are not all there.
        """
        inks, ink_findings = read_inks(theme)
        printer, printer_findings = read_printer(theme, self.printer)
        missing, unread = missing_inks(inks, theme), list(check_theme(theme))
        result.report.add([*ink_findings, *missing, *printer_findings, *unread])
        whole = result.edition
        unknown = check_variant(whole, self.variant) if whole else []
        result.report.add(unknown)
        if whole is None or not whole.entries or printer is None or missing or unread or unknown:
            return [], None
        orders = [
            Order(
                edition=shown,
                whole=whole,
                printer=printer,
                targets=targets,
                output=self.output,
                email_limit_bytes=self.email_limit_bytes,
            )
            for shown, targets in shown_by_targets(whole, self.variant, self.targets)
        ]
        result.edition = orders[0].edition
        result.report.add(finding for order in orders for finding in check_something_shown(order.edition, whole))
        return (orders if all(order.edition.entries for order in orders) else []), inks

    def _make(self, orders: Sequence[Order], inks: InkTable, store: Store, result: BuildResult) -> None:
        """The finished files, or a proof where something fails, or nothing where no page was set."""
        with ExitStack() as open_workers:
            books = []
            for order in orders:
                worker = self._compose(order, inks, store, result)
                made = self._make_book(order, worker, open_workers, result)
                books += [(order, made)] if made else []
            if len(books) == len(orders):
                self._deliver(books, result)
        store.save_answers()
        result.cache_fault = store.fault

    def _compose(self, order: Order, inks: InkTable, store: Store, result: BuildResult) -> WorkerContext:
        """What those work with who make the book, once it has been proofread."""
        edition, printer = order.edition, order.printer
        library = read_faces(edition.theme)
        self.tell("proofread")
        with undisturbed():
            own, motif_findings = read_motifs(edition.theme)
            result.report.add([*motif_findings, *proofread(edition, library, {*MOTIFS, *own}, store)])
            targets = [target.name for target in order.targets]
            result.report.add(check_withheld_texts(order.whole, self.variant, targets))
        if PRESS in order.targets:
            result.report.add([*check_edition(edition, printer), *check_plates(printer, inks, edition.theme)])
            result.report.add(check_tones(printer, inks_for(printer, inks)))
        if edition.adverts:
            edition = self._check_adverts(edition, printer, library, result)
        self.tell("compose")
        filled = replace(edition, page_multiple=lcm(edition.page_multiple, printer.page_multiple))
        with undisturbed():
            printable = printable_edition(filled, result.report.findings, library)
            context = open_context(printable, printer, inks_for(printer, inks), library, store)
            result.report.add(context.composed.faults)
            return WorkerContext(context=context, store=store)

    def _check_adverts(self, edition: Edition, printer: Printer, library: FontLibrary, result: BuildResult) -> Edition:
        """The edition with those adverts that can be laid in, once each has been held against the printer."""
        with undisturbed():
            grid = read_grid(edition.theme, edition.trim, edition.bleed_mm, library)
            found = list(check_adverts_for(printer, edition, grid))
        result.report.add(found)
        return unusable_adverts(edition, found)

    def _make_book(
        self, order: Order, worker: WorkerContext, open_workers: ExitStack, result: BuildResult
    ) -> PieceBook | None:
        """Set, finish and check the book; None if a piece cannot be set."""
        context = worker.context
        cluster = open_cluster(self.resources.cluster, context) if self.resources.cluster else None
        workers = open_workers.enter_context(Workers(worker, self.resources.jobs, cluster))
        self.tell("make")
        onlooker = None if result.failed else self.onlooker
        made = make_pieces(worker, workers, order.targets, self.show, onlooker)
        if made is None:
            result.report.add(untold(context.engine.findings, result.report))
            return None
        result.books |= {target.name: made.book for target in order.targets}
        refused = any(finding.code == "outside-project" for finding in context.engine.findings)
        result.report.add(first_of_each_place(made.findings, result.report, refused=refused))
        result.report.add(check_page_count(context.edition, made.book.page_count))
        result.report.add(untold(context.engine.findings, result.report))
        return made

    def _deliver(self, books: Sequence[tuple[Order, PieceBook]], result: BuildResult) -> None:
        """Write what comes of the books."""
        told = [len(made.complaints) for _, made in books]
        try:
            if self.writes:
                deliver(books, result, self.tell, self.onlooker)
        except BuildStopped:
            # Pieces were made again, for lighter pictures or a proof, and one could not be.
            result.files.clear()
            for (_, made), before in zip(books, told, strict=True):
                result.report.add(made.complaints[before:])
        for _, made in books:
            result.pieces_kept += made.kept
            result.pieces_set |= made.set_anew
        if self.resources.cache is not None and not result.failed:
            result.ahead = chain.from_iterable(made.make_ahead() for _, made in books)

    def _report(self, source: Source, before: Sequence[BuiltFile], result: BuildResult) -> None:
        """Write the report; a proof or draft of an earlier build goes, where this one made none."""
        self.tell("report")
        delivered = result.files.values()
        variant = self.variant or ""
        for file in before:
            own = file.source == source.folder and file.variant == variant
            if own and file.target not in (*TARGETS, CALENDAR) and file.path not in delivered:
                file.path.unlink(missing_ok=True)
        result.earlier = [file for file in before if file.path.exists() and file.path not in delivered]
        write_report(
            result.edition,
            result.report,
            result.files,
            result.book,
            self.output,
            strict=self.strict,
            others={name: book for name, book in result.books.items() if book is not result.book},
            source=source,
            earlier=result.earlier,
            plates=result.plates,
        )
