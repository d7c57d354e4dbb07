"""What a worker is asked, and what it answers: to set one piece, or to finish one that is set.

What all pieces need is in the build context; what one piece needs besides is in its job.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from directory_pub.compose.index import IndexPage
from directory_pub.edition.flatplan import LISTED_KINDS, Fit, ListedPage, keys_listed
from directory_pub.edition.model import Entry
from directory_pub.edition.pictures import Photo
from directory_pub.edition.programme import PROGRAMME
from directory_pub.edition.targets import Target
from directory_pub.findings import Finding
from directory_pub.prepare import PictureQuality
from directory_pub.production.context import BuildContext
from directory_pub.storage.store import Store

__all__ = ["FinishJob", "FinishResult", "Fitting", "PieceFacts", "SetJob", "SetResult", "WorkerContext"]


class Fitting(Struct, frozen=True, kw_only=True):
    """How an entry was fitted to its pages: its ``fit``, whether its picture closes its text (``photo_closes``), in so
    many ``free`` lines, and where the rule of its contacts stands (``rule_mm``), if not as usual.

    ``shape`` is the hash of all that decides on it: what is set without its words, whose lines are fixed beforehand.
    ``stands`` is that of where its anchors came to stand.
    """

    fit: Fit = "usual"
    photo_closes: bool = False
    free: int | None = None
    rule_mm: float | None = None
    shape: str = ""
    stands: str = ""


class SetJob(Struct, frozen=True, kw_only=True):
    """One piece to set, by its kind and key in the plan.

    A part of the contents begins with ``row`` (from 0) and names folios of ``digits`` figures; a text
    names some by key, each of so many ``figures``: placeholders, or the ``folios`` themselves where
    these cannot be filled in. ``count`` is the number of pages for notes, or of a sheet of folios, which
    begins at ``first_folio``. A listing has its pages as they were ``listed``; a page of an index is
    number ``row`` (from 0), with what stands on it. Of an entry whose ``photo_closes`` the picture stands below the
    text, not in the tile. How an entry was fitted to its pages ``before`` says what to try first, and changes nothing
    in the outcome.
    """

    kind: str
    key: str
    count: int = 1
    row: int = 0
    digits: int = 0
    figures: Mapping[str, int] | None = None
    folios: Mapping[str, int] | None = None
    first_folio: int = 0
    page: IndexPage | None = None
    listed: tuple[ListedPage, ...] = ()
    photo_closes: bool = False
    before: Fitting | None = None

    @property
    def name(self) -> str:
        """Its name in messages and reports."""
        if self.page:
            return f"{self.key}, page {self.row + 1}"
        if not self.first_folio:
            return f"{self.key} from row {self.row + 1}" if self.row else self.key
        return f"folios {self.first_folio}-{self.first_folio + self.count - 1} ({self.kind})"

    @property
    def is_contents(self) -> bool:
        """Whether it is contents or part of it, not a sheet of folios for it."""
        return self.kind == "contents" and not self.first_folio

    @property
    def has_placeholders(self) -> bool:
        """Whether the folios that it names are filled in when the book is bound."""
        return (self.is_contents or bool(self.figures)) and self.folios is None

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry, not a sheet of folios for entries."""
        return self.kind == "entry" and not self.first_folio

    @property
    def is_listed(self) -> bool:
        """Whether it is pages of a listing or register, not a sheet of folios for them."""
        return self.kind in LISTED_KINDS and not self.first_folio

    @property
    def is_programme(self) -> bool:
        """Whether it is a day of the programme, not a sheet of folios for it."""
        return self.kind == PROGRAMME and not self.first_folio

    def entries(self, context: BuildContext) -> tuple[Entry, ...]:
        """The entries that it shows, in their order."""
        keys = [self.key] if self.is_entry else keys_listed(self.listed)
        entries = tuple(context.composed.places[key][1] for key in keys)
        return tuple(entry.with_photo_closing for entry in entries) if self.photo_closes else entries

    def pictures(self, context: BuildContext) -> tuple[Photo, ...]:
        """The pictures that it shows; a sheet of folios has none."""
        return () if self.first_folio else context.edition.pictures_of(self.kind, self.key, *self.entries(context))

    @property
    def layout(self) -> str:
        """The layout that findings about it name."""
        if self.first_folio:
            return "folios.html.j2"
        return "parts/entry.html.j2" if self.kind == "entry" else f"pages/{self.kind}.html.j2"


class FinishJob(Struct, frozen=True, kw_only=True):
    """A set piece to finish, and the page where it begins (``first``, from 0).

    ``set_key`` is the store's key of the set piece, ``key`` that of what is made of it. ``piece`` is
    the set piece itself, for a worker without the store. ``rows`` are those of a part of the
    contents or of an index, which is held against the folios of all anchors (``named``);
    ``heading_above`` is the level of the heading that its own stand below.
    """

    job: SetJob
    set_key: str
    first: int
    targets: tuple[Target, ...]
    key: str = ""
    piece: bytes | None = None
    rows: range = range(0)
    named: Mapping[str, int] = field(default_factory=dict)
    heading_above: int = 0
    quality: PictureQuality | None = None


class WorkerContext(Struct, frozen=True, kw_only=True):
    """What a worker works with; one without a ``store`` returns what others write into it."""

    context: BuildContext
    store: Store | None


class PieceFacts(Struct, frozen=True):
    """What the book must know of a set piece: its pages and anchors, where its links to other pieces lead.

    ``key`` is the store's, ``parts`` are the hashes of what it was set from, shortened. A part of
    the contents ends before ``next_row`` (0: with the last row). ``can_be_filled`` says whether its
    placeholders can be filled in, ``fitting`` how an entry is fitted to its pages.
    """

    page_count: int
    has_folio: bool
    anchors: dict[str, tuple[int, float]]
    goals: tuple[str, ...]
    key: str
    parts: str
    next_row: int = 0
    can_be_filled: bool = True
    fitting: Fitting = Fitting()


class SetResult(Struct, kw_only=True):
    """A piece that is set, or was in the store (``was_kept``); no ``facts`` if the engine could not set it.

    ``piece`` is the piece itself, from a worker without the store.
    """

    facts: PieceFacts | None = None
    was_kept: bool = False
    piece: bytes | None = None
    findings: list[Finding] = field(default_factory=list)


class FinishResult(Struct, kw_only=True):
    """What was found in a piece, and from a worker without the store its objects by target, and what they have apart.

    ``findings`` are the census's, ``refused`` what preflight found on the press pages,
    ``complaints`` the engine's. The piece is ``lost`` if its copy in the store is damaged.
    """

    objects_by_target: dict[str, bytes] = field(default_factory=dict)
    apart: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    complaints: list[Finding] = field(default_factory=list)
    lost: bool = False

    @property
    def has_findings(self) -> bool:
        """Whether the next build must finish it again, to report its findings again."""
        return bool(self.findings or self.refused or self.complaints)
