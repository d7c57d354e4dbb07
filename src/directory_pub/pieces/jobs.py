"""What is asked of a worker, and what comes back: one piece to set, or one that is set to gather.

Everything that a piece needs of its bench is in the build context; what it needs besides is in its job.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from directory_pub.edition.targets import Target
from directory_pub.findings import Finding
from directory_pub.prepare import PictureQuality
from directory_pub.production.context import BuildContext
from directory_pub.storage.store import Store

__all__ = ["FinishJob", "FinishResult", "PieceFacts", "SetJob", "SetResult", "WorkerContext"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetJob:
    """One piece to set, by what the plan calls it.

    Contents begins with a ``row`` and names folios of so many ``digits``: placeholders, or where these cannot
    be filled in the ``folios`` themselves. ``count`` is for pages of notes; a sheet of folios of a kind
    has ``first_folio``.
    """

    kind: str
    key: str
    count: int = 1
    row: int = 0
    digits: int = 0
    folios: Mapping[str, int] | None = None
    first_folio: int = 0

    @property
    def name(self) -> str:
        """What people call it."""
        if not self.first_folio:
            return f"{self.key} from row {self.row + 1}" if self.row else self.key
        return f"folios {self.first_folio}-{self.first_folio + self.count - 1} ({self.kind})"

    @property
    def is_contents(self) -> bool:
        """Whether it is contents or part of it, and not the folios of its pages."""
        return self.kind == "contents" and not self.first_folio

    @property
    def has_placeholders(self) -> bool:
        """Whether the folios that it names are filled in when the book is bound."""
        return self.is_contents and self.folios is None

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry, and not the folios of entries."""
        return self.kind == "entry" and not self.first_folio

    @property
    def layout(self) -> str:
        """The layout that complaints name."""
        if self.first_folio:
            return "folios.html.j2"
        return "parts/entry.html.j2" if self.kind == "entry" else f"pages/{self.kind}.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishJob:
    """A set piece and where it begins in the book; of the contents the ``rows`` that it has.

    ``set_key`` says where it is kept, ``piece`` is the piece itself for a worker that cannot look
    there, and ``key`` is for what is made of it.
    """

    job: SetJob
    set_key: str
    first: int
    targets: tuple[Target, ...]
    key: str = ""
    piece: bytes | None = None
    rows: range = range(0)
    heading_above: int = 0
    quality: PictureQuality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerContext:
    """What workers work on; one that has no ``store`` gives back what the others keep."""

    context: BuildContext
    store: Store | None


@dataclass(frozen=True, slots=True)
class PieceFacts:
    """What the book must know of a set piece: its pages and anchors, where its links to other pieces lead.

    ``key`` is where it is kept, ``parts`` begin the hashes of what it was set from. Part of the contents
    ends before ``next_row`` (0: with the last one); ``can_be_filled`` says whether placeholders can be.
    """

    page_count: int
    has_folio: bool
    anchors: dict[str, tuple[int, float]]
    goals: tuple[str, ...]
    key: str
    parts: str
    next_row: int = 0
    can_be_filled: bool = True


@dataclass(slots=True, kw_only=True)
class SetResult:
    """A piece that is set, or was kept (``was_kept``); no ``facts`` where the engine could not set it.

    ``piece`` is the piece itself where the worker could not keep it.
    """

    facts: PieceFacts | None = None
    was_kept: bool = False
    piece: bytes | None = None
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class FinishResult:
    """What was found in a piece; its pieces' objects by target where the worker could not keep them.

    ``refused`` is what preflight found on its press pages, ``complaints`` are the engine's. The piece
    is ``lost`` where its kept copy is damaged.
    """

    objects_by_target: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    complaints: list[Finding] = field(default_factory=list)
    lost: bool = False

    @property
    def has_findings(self) -> bool:
        """Whether it must be made again in the next build, for its findings to be told again."""
        return bool(self.findings or self.refused or self.complaints)
