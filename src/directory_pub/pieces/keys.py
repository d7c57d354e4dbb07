"""Hashes of all that a piece is made from: what an earlier build stored under the same hash is not made again."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from directory_pub.artwork import MOST_NEIGHBOURS
from directory_pub.compose import contents_rows, keys_at_edge
from directory_pub.compose.index import IndexPage
from directory_pub.design.text_styles import read_text_styles
from directory_pub.edition.adverts import adverts_on, find_advert
from directory_pub.edition.contents import contents_form
from directory_pub.edition.index_heads import IndexHead, index_heads
from directory_pub.edition.model import Entry, TextPage
from directory_pub.edition.programme import PROGRAMME, Programme, without_places
from directory_pub.edition.sponsors import SPONSORS_KEY
from directory_pub.edition.targets import PRESS
from directory_pub.pictures import find_picture
from directory_pub.pieces.jobs import FinishJob, SetJob
from directory_pub.pieces.set_piece import parts_of
from directory_pub.production.context import BuildContext
from directory_pub.storage.hashes import code_hash, file_hash, hash_of

__all__ = ["Keys"]


class Keys:
    """The store's keys of one edition's pieces."""

    def __init__(self, context: BuildContext) -> None:
        self._context = context
        motifs = context.composed.motifs
        self._motifs = [repr(motif) for motif in motifs.values()] * 2  # the last one is followed by the first
        self._at = {key: index for index, key in enumerate(motifs)}
        self._content_of = functools.cache(self._content)
        self._composed = functools.cache(self._as_composed)

    # ---------------------------------------------------------------- what is set
    def recipe(self, job: SetJob) -> str | None:
        """The hash of what a piece is composed and set from; None for one that cannot be composed.

        An entry is composed from itself, its section and what all pieces share; other entries do not
        change it. A piece that may speak of the whole book is composed first, and its HTML hashed.
        """
        if job.first_folio:
            return hash_of("folios", self._frame, job.name)
        if job.page:
            return hash_of("set", self._frame, job.kind, _shown(job.page))
        if job.kind == "contents":
            folios = sorted(job.folios.items()) if job.folios else ()
            # Columns are filled together: what stands before a row may move it.
            rows = self._rows_from[0 if self._context.composed.has_columns else job.row]
            return hash_of("set", self._frame, job.kind, job.row, job.digits, folios, rows, self._contents_form)
        if job.is_listed:
            return hash_of("set", self._frame, job.kind, self._listed(job), *self._named(job))
        content = self._content_of(job.kind, job.key)
        if content is None:
            return self._composed(job.kind, job.key, job.count)
        return hash_of("set", self._frame, job.kind, content, *self._named(job))

    @staticmethod
    def _named(job: SetJob) -> list[object]:
        """The folios that a piece names, or their figures."""
        return [sorted(each.items()) for each in (job.figures, job.folios) if each]

    def _as_composed(self, kind: str, key: str, count: int) -> str | None:
        parts = parts_of(self._context, SetJob(kind=kind, key=key, count=count))
        return None if parts is None else hash_of("set", self._frame, kind, *parts)

    def _content(self, kind: str, key: str) -> str | None:
        edition = self._context.edition
        if kind == "entry":
            section, entry = self._context.composed.places[key]
            own = (self._entry(entry), self._first_note(entry), self._art(entry))
            # Whether its picture may stand larger, below the text, is for the press to say.
            ppi = [self._context.printer.colour_ppi] if entry.photo else []
            return hash_of(section.key, section.title, *own, *ppi)
        if kind == "adverts":
            adverts = list(adverts_on(edition, key))
            files = [find_advert(edition.folder, advert.file) for advert in adverts]
            return hash_of(
                [(a.key, a.size, a.alt, a.link, a.usable) for a in adverts],
                [file_hash(file) if file.is_file() else "" for file in files],
            )
        if kind == PROGRAMME and edition.programme:
            return self._day(edition.programme, key)
        if kind == SPONSORS_KEY:
            return hash_of(repr(edition.sponsors), self._pictures(kind, key))
        if page := edition.page_of(kind, key):
            return hash_of(repr(page), self._first_note(page), self._pictures(kind, key), edition.credit_on(page))
        return None

    def _listed(self, job: SetJob) -> str:
        """The hash of pages of a listing: what stands where, and the entries themselves."""
        section = self._context.composed.section_of(job.key)
        keys = [
            block.key for page in job.listed for column in page.columns for block in column if block.kind == "entry"
        ]
        entries = [self._context.composed.places[key][1] for key in dict.fromkeys(keys)]
        in_full = [self._context.composed.places[key][0].key for key in keys] if job.kind == "register" else ()
        own: list[object] = [(self._entry(entry), self._art(entry)) for entry in entries]
        if job.kind == "people":
            told = [each for entry in entries for each in self._context.edition.sessions_of(entry)]
            own += [section.portraits, section.affiliation, *((each.words, each.goal) for each in told)]
        return hash_of(
            section.key, section.title, repr(job.listed), own, in_full, self._pictures(job.kind, job.key, *entries)
        )

    def _day(self, programme: Programme, key: str) -> str:
        """A day of the programme: its sessions, wherever they were written, and the rooms with their signs."""
        planned, rooms = self._context.composed.planned_day(key), programme.rooms
        own = [repr(without_places(part)) for part in (planned.day, *rooms)]
        opens = programme.days[0].key == key
        return hash_of(programme.title, opens, planned.starts, own, repr(self._context.composed.room_motifs))

    def _entry(self, entry: Entry) -> str:
        return hash_of(entry.digest or repr(entry), self._pictures("entry", entry.key, entry))

    def _pictures(self, kind: str, key: str, *entries: Entry) -> str:
        """The hashes of the picture files that a piece shows."""
        edition = self._context.edition
        paths = [find_picture(edition.folder, photo.file) for photo in edition.pictures_of(kind, key, *entries)]
        return " ".join(file_hash(path) if path else "not there" for path in paths)

    def _first_note(self, text: Entry | TextPage | None) -> int:
        """The number of its first footnote, 0 where it has none."""
        return self._context.census.first_notes.get(text.source, 0) if text else 0

    def _art(self, entry: Entry) -> str:
        """The motif of an entry, and those of the neighbours that are drawn round it."""
        at = self._at[entry.key]
        return " ".join(self._motifs[at : at + MOST_NEIGHBOURS + 1])

    # ---------------------------------------------------------------- what is finished
    def finished(self, job: FinishJob) -> str:
        """The hash of what a piece's finished and checked pages are made from, which its folios are not part of."""
        if job.job.first_folio:
            content = ""
        elif job.job.page:
            content = hash_of(_shown(job.job.page), self._told_in_index(job, job.job.page.starts))
        elif job.job.kind == "contents":
            content = hash_of(job.rows, self._contents[job.rows.start : job.rows.stop], self._contents_form)
        elif job.job.is_listed:
            content = self._listed(job.job)
        else:
            content = self._content_of(job.job.kind, job.job.key) or hash_of(self._outline, job.job.count)
        place = (job.first % 2, job.first == 0, job.heading_above)
        own = (job.set_key, content, place, [target.name for target in job.targets], job.quality, *self._edge(job))
        return hash_of("finished", self._frame, self._press, *own)

    def _edge(self, job: FinishJob) -> list[object]:
        """What an entry's edge marks are drawn by in the press file: its number, and how many there are."""
        at = self._at_edge if PRESS in job.targets and job.job.is_entry else {}
        return [at[job.job.key], len(at)] if job.job.key in at else []

    @cached_property
    def _at_edge(self) -> dict[str, int]:
        """The numbers of the entries that have edge marks, by their keys."""
        return {key: number for number, key in enumerate(keys_at_edge(self._context.edition))}

    def _told_in_index(self, job: FinishJob, starts: Sequence[int]) -> str:
        """What the content says of some rows of an index, and where what they lead to is; wherever these rows are."""
        edition, rows = self._context.edition, job.rows
        index = next(each for each in edition.indexes if each.key == job.job.key)
        heads = [
            (each.head, each.below, each.shown, each.letter, each.see, each.see_also, _told(each, job.named))
            for each in index_heads(edition, index)[rows.start : rows.stop]
        ]
        return hash_of(repr(heads), [start - rows.start for start in starts], rows.start == 0)

    @cached_property
    def _frame(self) -> str:
        """The hash of what all pieces share: code, sheets, styles, faces, layouts, and the edition's own fields."""
        edition = self._context.edition
        # Without folders: a copy of the project in another place makes the same pieces.
        nowhere = Path()
        bare = replace(
            edition, root=nowhere, folder=nowhere, sections=(), pages=(), text_pages={}, variant=None, places={}
        )
        # Which only their own pages know of, or none.
        bare = replace(bare, indexes=(), contents_form=None, adverts=(), programme=None, sponsors=None, attach=())
        layouts = hash_of(*(f"{name} {edition.theme.read_bytes(name)!r}" for name in edition.theme.names("layouts")))
        styles, _ = read_text_styles(edition.theme)
        return hash_of(code_hash(), self._context.engine.digest, layouts, repr(styles), repr(bare))

    @cached_property
    def _press(self) -> str:
        """The hash of the printer and its profile, wherever that lies, and of what it prints with."""
        printer = self._context.printer
        profile = printer.condition.profile if printer.condition else None
        nowhere = replace(printer.condition, profile=Path()) if printer.condition else None
        inks = repr(self._context.inks.inks)
        return hash_of(repr(replace(printer, condition=nowhere)), inks, file_hash(profile) if profile else "")

    @cached_property
    def _contents(self) -> list[str]:
        """The rows of the contents."""
        return [repr(row) for row in contents_rows(self._context.edition)]

    @cached_property
    def _contents_form(self) -> str:
        """How the contents are set, with what is drawn there."""
        form = contents_form(self._context.edition)
        return hash_of(form, self._motifs if form == "key" else "")

    @cached_property
    def _rows_from(self) -> list[str]:
        """By row of the contents: the hash of this row and all that follow."""
        hashes = [""]
        for row in reversed(self._contents):
            hashes.append(hash_of(row, hashes[-1]))
        return hashes[::-1]

    @cached_property
    def _outline(self) -> str:
        """The hash of what a page that speaks of the whole book may say."""
        edition = self._context.edition
        rows = [(s.key, s.title, [(e.key, e.name, e.mark) for e in s.entries]) for s in edition.sections]
        return hash_of(rows, repr(edition.text_pages))


def _told(head: IndexHead, named: Mapping[str, int]) -> list[tuple[bool, int | None]]:
    """The folios of a head, as the book has them."""
    return [(place.is_main, named.get(place.anchor)) for place in head.places]


def _shown(page: IndexPage) -> str:
    """What stands on a page of an index, wherever its rows are among the others."""
    return repr(replace(page, rows=range(0), starts=()))
