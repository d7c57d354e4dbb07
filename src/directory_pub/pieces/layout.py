"""Set an edition piece by piece, and find where each begins.

Where a piece begins follows from the page counts of the pieces before it. Contents, and texts with
cross references, are set with placeholders for the folios, which are filled in when the book is
bound. Pages for notes and the folios themselves are set once the page counts are known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.edition.flatplan import Piece, PlannedPiece, keys_listed
from directory_pub.findings import Place, error
from directory_pub.pieces.indexes import Indexes, index_jobs
from directory_pub.pieces.jobs import PieceFacts, SetJob, SetResult
from directory_pub.pieces.keys import Keys
from directory_pub.pieces.record import Record
from directory_pub.pieces.set_piece import set_piece
from directory_pub.pieces.sharing import BuildStopped, Sharing
from directory_pub.production.context import BuildContext
from directory_pub.production.page_count import guess_folios, guess_page_count, note_page_count, tail_folios
from directory_pub.storage.serialise import serialise
from directory_pub.storage.store import Store

__all__ = ["Layout", "Placed"]

_FOLIOS_A_SHEET = 16  # at the most; even, so that each begins on a right-hand page
_MOST_TRIES = 8  # longer folios may add a page to what names them, which moves what it names
_FREE_TRIES = 3  # from then on no text is told of fewer figures than before, so that a page cannot come and go


Chain = Sequence[tuple[SetJob, PieceFacts]]
"""A piece with its facts, and the parts that go on from it."""


class Placed(Struct):
    """A piece in the book, and the page where it begins; ``rows`` are those of a part of the contents or an index."""

    job: SetJob
    facts: PieceFacts
    first: int
    under: str | None = None
    rows: range = range(0)

    @property
    def shown(self) -> SetJob:
        """The job as it came to be set: with the picture where it stands."""
        return replace(self.job, photo_closes=self.facts.fitting.photo_closes)


class Layout:
    """What is set of one edition: ``placed`` are its pieces in the order of the book, ``sheets`` its folios.

    ``reasons`` says by piece why it was set in this build; None for one from the store.
    """

    def __init__(self, context: BuildContext, store: Store, keys: Keys, sharing: Sharing) -> None:
        self.placed: list[Placed] = []
        self.sheets: list[Placed] = []
        self.reasons: dict[str, str | None] = {}
        self._context = context
        self._store = store
        self._record = Record(store, context.edition.file_key)
        self._keys = keys
        self._sharing = sharing
        self._indexes = Indexes(context)
        self._found: dict[str, PieceFacts] = {}  # what was looked up, by the name of a job that names no folio

    def run(self) -> None:
        """Set everything; raises BuildStopped if a piece cannot be set."""
        try:
            self._run()
        finally:
            self._record.save()

    def _run(self) -> None:
        composed = self._context.composed
        plan = composed.plan()
        texts = self._guess_figures(plan, {piece.key: _job(piece) for piece in plan if piece.kind != "contents"})
        contents = [self._contents_job(texts) for piece in plan if piece.kind == "contents"][:1]
        # What stands in the tail whatever the page count is set with the rest, and then found in the store.
        ahead = [_job(piece) for piece in composed.plan_tail(0) if piece.kind != "index"]
        # The contents first: its parts follow one another, while other workers set the rest.
        set_now = self._set([*contents, *texts.values(), *ahead])
        first = set_now.pop(0) if contents else []
        facts = {job.key: own for (job, own), *_ in set_now[: len(texts)]}
        self.placed = self._place(plan, texts, facts, first)
        count = sum(each.facts.page_count for each in self.placed)
        pages = self._indexes.pages(self.placed)
        count_with_indexes = count + sum(map(len, pages.values()))
        tail = self._plan_tail(count_with_indexes)
        jobs = [
            job
            for piece in tail
            for job in (index_jobs(piece, pages.get(piece.key, ())) if piece.kind == "index" else [_job(piece)])
        ]
        for chain in self._set(jobs):
            job, own = chain[0]
            self.placed.append(Placed(job, own, count, rows=job.page.rows if job.page else range(0)))
            count += own.page_count
        self._check_links()
        self.sheets = self._set_folios()

    def forget(self, job: SetJob) -> None:
        """Drop a piece whose copy in the store is damaged, so that it is set again."""
        self._found.pop(job.name, None)
        if recipe := self._keys.recipe(job):
            self._store.drop(recipe)

    def pieces(self) -> list[Piece]:
        """The pieces of the book; contents is one, in however many parts it was set."""
        pieces: list[Piece] = []
        for each in self.placed:
            pages = range(each.first, each.first + each.facts.page_count)
            if pieces and each.job.row:  # contents or an index goes on
                pieces[-1] = replace(pieces[-1], pages=range(pieces[-1].pages.start, pages.stop))
                continue
            entries = each.shown.entries(self._context)
            entry = entries[0] if each.job.is_entry else None
            listed = () if entry else entries
            piece = Piece(kind=each.job.kind, key=each.job.key, pages=pages, entry=entry, entries=listed)
            pieces.append(replace(piece, listed=each.job.listed))
        return pieces

    # ---------------------------------------------------------------- places
    def _contents_job(self, texts: Mapping[str, SetJob]) -> SetJob:
        """A job for contents with folios of the likely length, guessed before all pieces are set."""
        known = {key: facts.page_count for key, job in texts.items() if (facts := self._known(job))}
        return SetJob(kind="contents", key="contents", digits=len(str(guess_page_count(self._context.edition, known))))

    def _guess_figures(self, plan: Sequence[PlannedPiece], texts: Mapping[str, SetJob]) -> dict[str, SetJob]:
        """The jobs for texts, each with the likely figures of the folios that it names.

        First all texts have about the pages that their letters take; then those that are stored with
        these figures have their own.
        """
        jobs = {key: self._naming(job, {}) for key, job in texts.items()}
        for _ in range(2 if any(job.figures for job in jobs.values()) else 0):
            known = {key: facts.page_count for key, job in jobs.items() if (facts := self._known(job))}
            folios = guess_folios(self._context.edition, plan, known)
            jobs = {key: self._naming(job, folios) for key, job in jobs.items()}
        return jobs

    def _naming(self, job: SetJob, folios: Mapping[str, int]) -> SetJob:
        """A job with the figures of those folios that its text names."""
        named = self._context.composed.named_folios(job.kind, job.key, job.listed)
        return replace(job, figures={goal: len(str(folios.get(goal, 1))) for goal in named}) if named else job

    def _place(
        self,
        plan: Sequence[PlannedPiece],
        texts: Mapping[str, SetJob],
        facts: Mapping[str, PieceFacts],
        contents: Sequence[tuple[SetJob, PieceFacts]],
    ) -> list[Placed]:
        """Where each piece begins; what names folios is set again if these are longer or shorter than guessed.

        If a face's figures cannot be filled in, such a piece is set with the folios, and again until
        these no longer change.
        """
        chains = {key: [(job, facts[key])] for key, job in texts.items()}
        chains |= {"contents": list(contents)} if contents else {}
        for turn in range(_MOST_TRIES):
            placed = _lay_out(plan, chains, len(self._context.composed.contents_rows))
            behind = self._indexes.first_folios(placed) | self._advert_folios(placed)
            naming = _Naming(placed, behind, may_shorten=turn < _FREE_TRIES)
            wanted = {key: job for key, chain in chains.items() if (job := naming.wanted(chain)) != chain[0][0]}
            if not wanted:
                return placed
            chains |= zip(wanted, self._set(list(wanted.values())), strict=True)
        raise RuntimeError("the folios do not come to rest")  # longer ones would have to shorten what names them

    def _plan_tail(self, count: int) -> Sequence[PlannedPiece]:
        """What stands behind the indexes, with which the book has ``count`` pages, and them."""
        composed = self._context.composed
        behind = sum(piece.count for piece in composed.plan_tail(0) if piece.kind != "index")
        return composed.plan_tail(note_page_count(self._context.edition, count, behind))

    def _advert_folios(self, placed: Sequence[Placed]) -> dict[str, int]:
        """The folios of the adverts behind the last section."""
        if not self._context.edition.adverts:
            return {}
        first = sum(each.facts.page_count for each in placed)
        pages = {key: len(each) for key, each in self._indexes.pages(placed).items()}
        return tail_folios(self._plan_tail(first + sum(pages.values())), pages, first)

    def _check_links(self) -> None:
        """Report texts that stand on no page, and links to other pieces that lead nowhere."""
        edition = self._context.edition
        placed = {key for each in self.placed for key in (each.job.key, *keys_listed(each.job.listed))}
        left_out = {text.key: text for text in edition.texts if text.key not in placed}
        for text in left_out.values():
            message, remedy = "stands on no page of the book.", "Include it in layouts/book.html.j2."
            self._sharing.complaints.append(error("words-lost", text.place, message, remedy))
        names = {name for each in self.placed for name in each.facts.anchors} | left_out.keys()
        self._sharing.complaints.extend(self._indexes.complaints(placed, names))
        for advert in edition.adverts:
            if advert.anchor not in names:
                message = f"the advert '{advert.key}' of {advert.advertiser} stands on no page of the book."
                remedy = "Include pages/adverts.html.j2 in layouts/book.html.j2 and layouts/tail.html.j2."
                self._sharing.complaints.append(error("advert-lost", advert.place, message, remedy))
                names.add(advert.anchor)
        for each in self.placed:
            for goal in each.facts.goals:
                if goal not in names:
                    place = Place(file=f"layouts/{each.job.layout}")
                    message = f"'{each.job.name}' links to '#{goal}', which is nowhere in the book."
                    remedy = "Name the key of an entry or section, or an id that a layout gives."
                    self._sharing.complaints.append(error("reference-broken", place, message, remedy))

    def _set_folios(self) -> list[Placed]:
        """Set the sheets of folios: by kind of piece, a page for each folio."""
        wanted: dict[tuple[str, int], list[int]] = {}
        for each in self.placed:
            pages = range(each.first, each.first + each.facts.page_count) if each.facts.has_folio else ()
            for index in pages:
                wanted.setdefault((each.job.kind, index // _FOLIOS_A_SHEET), []).append(index)
        # Each sheet runs from the right-hand page at or before the first folio that is wanted to the last.
        sheets = [(kind, range(min(at) // 2 * 2, max(at) + 1)) for (kind, _), at in sorted(wanted.items())]
        jobs = [SetJob(kind=kind, key=kind, first_folio=at[0] + 1, count=len(at)) for kind, at in sheets]
        chains = self._set(jobs)
        return [Placed(*chain[0], at[0]) for chain, (_, at) in zip(chains, sheets, strict=True)]

    # ---------------------------------------------------------------- set
    def _set(self, jobs: Sequence[SetJob]) -> list[list[tuple[SetJob, PieceFacts]]]:
        """Set what is not stored; return, for each job, its piece and the parts that go on from it.

        Raises BuildStopped if a piece cannot be set.
        """
        found: dict[str, PieceFacts] = {}
        missing: list[SetJob] = []
        for job in jobs:
            self._look_up(job, found, missing)
        arrived: dict[int, SetResult] = {}
        for index, result in self._sharing.share(set_piece, missing, "set", len(found), keep=self._keep_piece):
            arrived[index] = result
            if result.facts is not None and result.facts.next_row:
                self._look_up(replace(missing[index], row=result.facts.next_row), found, missing)
        for index, result in sorted(arrived.items()):
            self._sharing.complaints += result.findings
            if result.facts is not None:
                found[missing[index].name] = result.facts
                self._keep_set(missing[index], result, result.facts)
        if any(job.name not in found for job in missing):
            raise BuildStopped
        return [_chain(job, found) for job in jobs]

    def _look_up(self, job: SetJob, found: dict[str, PieceFacts], missing: list[SetJob]) -> None:
        """Look for a piece and the parts that go on from it; the first that is not stored is missing."""
        while (facts := self._known(job)) is not None:
            found[job.name] = facts
            self.reasons.setdefault(job.name)
            self._record.remember(job.name, facts.parts, facts.fitting)
            if not facts.next_row:
                return
            job = replace(job, row=facts.next_row)
        missing.append(replace(job, before=self._record.fitting(job.name)) if job.is_entry else job)

    def _keep_piece(self, job: SetJob, result: SetResult) -> None:
        """Store what a worker without the store has sent."""
        if result.piece is not None and result.facts is not None:
            self._store.put(result.facts.key, result.piece)
            result.piece = None

    def _keep_set(self, job: SetJob, result: SetResult, facts: PieceFacts) -> None:
        """Store what is known of a piece, and note why it had to be set."""
        if result.was_kept:
            self.reasons.setdefault(job.name)
        else:
            self.reasons[job.name] = self._record.why(job.name, facts.parts)
        self._record.remember(job.name, facts.parts, facts.fitting)
        recipe = self._keys.recipe(job)
        if recipe and not result.findings:
            self._store.put(recipe, serialise(facts, PieceFacts))

    def _known(self, job: SetJob) -> PieceFacts | None:
        has_own_name = job.is_entry and not job.figures and not job.folios
        if has_own_name and job.name in self._found:
            return self._found[job.name]
        recipe = self._keys.recipe(job)
        facts = self._store.read(recipe, PieceFacts, at_hand=True) if recipe else None
        if facts is not None and has_own_name:
            self._found[job.name] = facts
        return facts


def _job(piece: PlannedPiece) -> SetJob:
    return SetJob(kind=piece.kind, key=piece.key, count=piece.count, listed=piece.listed)


def _chain(job: SetJob, found: Mapping[str, PieceFacts]) -> list[tuple[SetJob, PieceFacts]]:
    """A job and those of the parts that go on from it, each with its piece."""
    chain = [(job, found[job.name])]
    while row := chain[-1][1].next_row:
        job = replace(job, row=row)
        chain.append((job, found[job.name]))
    return chain


def _lay_out(plan: Sequence[PlannedPiece], chains: Mapping[str, Chain], rows: int) -> list[Placed]:
    """Every piece on the page after the one before it."""
    placed: list[Placed] = []
    at = 0
    for piece in plan:
        for job, each in chains[piece.key]:
            own = range(job.row, each.next_row or rows) if job.is_contents else range(0)
            placed.append(Placed(job, each, at, _under(piece) if not job.row else piece.key, own))
            at += each.page_count
    return placed


class _Naming:
    """What each piece must be set with to name the folios of pieces that are placed as they are now."""

    def __init__(self, placed: Sequence[Placed], indexes: Mapping[str, int], *, may_shorten: bool) -> None:
        self._digits = len(str(max((sum(each.facts.page_count for each in placed), *indexes.values()))))
        self._may_shorten = may_shorten
        self._starts = {each.job.key: each.first + 1 for each in placed if not each.job.row}
        anchors = {name: each.first + at + 1 for each in placed for name, (at, _) in each.facts.anchors.items()}
        self._folios = self._starts | anchors | dict(indexes)

    def wanted(self, chain: Chain) -> SetJob:
        """The job that a piece is to be set by: its own, where nothing is to be changed."""
        job = chain[0][0]
        filled = job.folios is None and all(facts.can_be_filled for _, facts in chain)
        if job.kind == "contents":
            return replace(job, digits=self._digits, folios=job.folios if filled else self._folios)
        if not job.figures:
            return job
        if not filled:
            return replace(job, folios={goal: self._folios[goal] for goal in job.figures if goal in self._folios})
        least = dict.fromkeys(job.figures, 1) if self._may_shorten else job.figures
        figures = {goal: max(len(str(self._folios.get(goal, 1))), least[goal]) for goal in job.figures}
        return replace(job, figures=figures)


def _under(piece: PlannedPiece) -> str | None:
    """The key of the piece whose bookmark a piece's own hang below."""
    return piece.section.key if (piece.entry or piece.listed) and piece.section else piece.under
