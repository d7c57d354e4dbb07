"""What is shown at a moment: the last good pages of each target, what was found, and what has changed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.census import PageText
from directory_pub.findings import Finding, Place
from directory_pub.preview.drawing import Drawer, Sheet
from directory_pub.preview.html import counts_of, panel_html
from directory_pub.preview.messages import Message, NewPages, Outcome, Working, Written
from directory_pub.preview.places import Mark, Passage, Whereabouts
from directory_pub.production.status import count_again

__all__ = ["Known", "Shown", "ShownPages"]

PROOF = "PROOF"
_ORDER = ("email", "press", PROOF)
_PROOF_AT_LEAST_PT = 100.0
_TRIES = 3
_DIGITS = 20  # of a print: enough that no two pages of a book have the same


class ShownPages(Struct, frozen=True, kw_only=True, dict=True):
    """The pages of one target. ``where`` is None while nobody knows where their words were written.

    ``changed`` are the 1-based numbers of those that looked otherwise before.
    """

    pages: NewPages
    sheet: Sheet
    where: Whereabouts | None = None
    changed: tuple[int, ...] = ()

    @cached_property
    def indexes(self) -> dict[str, int]:
        """The pages of the file, by what the page on the screen calls their prints."""
        return {print_[:_DIGITS]: index for print_, index in self.pages.indexes.items()}


class Known(NamedTuple):
    """What somebody knows who follows a preview: how often it has changed, shown something else, ended a build."""

    changes: int = -1
    shown: int = -1
    outcomes: int = -1


class Shown:
    """The state of a preview, told of by one thread and asked by others, who are woken by every change."""

    def __init__(self, drawer: Drawer, *, has_editor: bool) -> None:
        self.drawer = drawer
        self._changes = 0
        self._shown = 0  # how often something else was shown
        self._has_editor = has_editor
        self._changed = threading.Condition()
        self._good: dict[str, ShownPages] = {}
        self._draft: dict[str, ShownPages] = {}
        self._working: Working | None = Working(doing="Reading")
        self._outcome: Outcome | None = None
        self._outcomes = 0
        self._panels: Mapping[str, str] = {"contents": "", "findings": ""}
        self._places: list[Place] = []
        self._numbers: dict[Place, int] = {}

    # ---------------------------------------------------------------- told
    def hear(self, message: Message) -> None:
        """Take in what the build tells."""
        with self._changed:
            match message:
                case Working():
                    self._working = message
                case NewPages():
                    self._take(message)
                case Outcome():
                    self._end(message)
            self._changes += 1
            self._shown += not isinstance(message, Working)
            self._changed.notify_all()

    def _take(self, pages: NewPages) -> None:
        sheet, _ = self.drawer.open(pages.file)
        before = self._good.get(pages.name)
        changed: tuple[int, ...] = ()
        if before:
            known = set(before.pages.prints)
            changed = tuple(number for number, each in enumerate(pages.prints, 1) if each not in known)
        replaced = self._draft.get(pages.name)
        where = before.where if before else None
        if pages.is_good:
            self._good[pages.name] = ShownPages(pages=pages, sheet=sheet)
            return
        self._draft[pages.name] = ShownPages(pages=pages, sheet=sheet, where=where, changed=changed)
        self._drop(replaced)

    def _end(self, outcome: Outcome) -> None:
        """What was drafted is good, or goes, if the files were withheld: then there may be a proof."""
        drafts, self._draft = self._draft, {}
        for name, written in outcome.written.items():
            if name in drafts:
                drafts[name] = replace(drafts[name], where=self._where(name, written, drafts[name].pages.file))
        if name_gone := self._good.pop(PROOF, None):
            self._drop(name_gone)
        for name, pages in drafts.items():
            if outcome.withheld and name != PROOF:
                self._drop(pages)
            else:
                self._drop(self._good.get(name))
                self._good[name] = pages
        if self._outcome and outcome.withheld and self._good.keys() - {PROOF}:
            # The contents are of the pages that are shown.
            outcome = replace(outcome, rows=count_again(self._outcome.rows, outcome.findings))
        self._outcome, self._working = outcome, None
        self._outcomes += 1
        self._panels = panel_html(outcome, self._number, has_editor=self._has_editor)

    def _where(self, name: str, written: Written, file: Path) -> Whereabouts:
        drawer = self.drawer

        def read(index: int) -> PageText:
            page = drawer.read(file, index)
            # Nobody has written what is set across a proof.
            words = tuple(word for word in page.words if name != PROOF or word.size_pt < _PROOF_AT_LEAST_PT)
            return replace(page, words=words)

        return Whereabouts(written, read, lambda index: drawer.pictures(file, index))

    def _drop(self, pages: ShownPages | None) -> None:
        if pages:
            self.drawer.close(pages.pages.file)
            pages.pages.file.unlink(missing_ok=True)

    # ---------------------------------------------------------------- asked
    def news(self, known: Known, seconds: float) -> tuple[dict[str, Any], Known]:
        """What is new to somebody, as soon as something is, and what they know then; nothing after some seconds.

        ``doing`` and ``share`` are of the build at work; ``state`` is there if something else is shown than they
        know of, ``panels`` (contents and findings as HTML) if another build has ended.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._changes != known.changes, seconds):
                return {}, known
            working = self._working
            news: dict[str, Any] = {"doing": working.doing, "share": working.share} if working else {"doing": ""}
            if self._shown != known.shown:
                news["state"] = self._state()
            if self._outcomes != known.outcomes:
                news["panels"] = self._panels
            return news, Known(self._changes, self._shown, self._outcomes)

    def _state(self) -> dict[str, Any]:
        """All that the page shows, but for the panels and the pages themselves."""
        outcome, targets = self._outcome, {**self._good, **self._draft}
        return {
            "title": outcome.title if outcome else "",
            "status": self._status(),
            "withheld": bool(outcome and outcome.withheld),
            "saved": list(outcome.saved) if outcome else [],
            "outcome": self._outcomes,
            "targets": {name: _told(targets[name]) for name in _ORDER if name in targets},
        }

    def _status(self) -> str:
        outcome = self._outcome
        if outcome is None:
            return ""
        count = len(outcome.findings)
        told = f"{count} finding{'' if count == 1 else 's'}" if count else "no findings"
        if not outcome.withheld:
            return f"Built: {told}"
        kept = "the pages are those of before" if {*self._good} - {PROOF} else "there are no pages yet"
        return f"Withheld: {counts_of(outcome.findings)}; {kept}"

    def draw(self, name: str, print_: str, width_px: int) -> bytes | None:
        """A page of a target by its print, as a picture; None for one that is not shown."""
        # A file may be closed meanwhile: then there is one that has the same page, or nobody asks for it any more.
        for _ in range(_TRIES):
            file, index = self._drawn_from(name, print_)
            with suppress(KeyError):
                return self.drawer.draw(file, index, width_px) if file else None
        return None

    def _drawn_from(self, name: str, print_: str) -> tuple[Path | None, int]:
        """The file that has a page, and which of its pages that is."""
        with self._changed:
            for shown in (self._draft.get(name), self._good.get(name)):
                index = shown.indexes.get(print_) if shown else None
                if shown is not None and index is not None:
                    return shown.pages.file, index
        return None, 0

    def at(self, name: str, number: int, x_mm: float, y_mm: float) -> Passage | None:
        """What was written at a point of page ``number`` (from 1); None where that is not known."""
        where = self._where_of(name, number)
        try:
            return where.at(number - 1, x_mm, y_mm) if where else None
        except KeyError:  # the file was closed meanwhile: there are newer pages
            return None

    def passages(self, name: str, number: int) -> list[Passage]:
        """What was written of page ``number`` (from 1)."""
        where = self._where_of(name, number)
        try:
            return where.passages(number - 1) if where else []
        except KeyError:
            return []

    def mark(self, number: int) -> tuple[Finding, Mark | None] | None:
        """A finding by its number among all, and where it shows; None where there is none of that number."""
        with self._changed:
            findings = self._outcome.findings if self._outcome else []
            shown = self._good.get(PROOF) if self._outcome and self._outcome.withheld else None
            where = next((each.where for each in (shown, *self._good.values()) if each and each.where), None)
        if not 0 <= number < len(findings):
            return None
        try:
            return findings[number], where.mark(findings[number]) if where else None
        except KeyError:
            return findings[number], None

    def number_of(self, place: Place) -> int:
        """The number by which the page may ask to open a place."""
        with self._changed:
            return self._number(place)

    def place(self, number: int) -> Place | None:
        """The place of a number that was given out."""
        with self._changed:
            return self._places[number] if 0 <= number < len(self._places) else None

    def _number(self, place: Place) -> int:
        if place not in self._numbers:
            self._numbers[place] = len(self._places)
            self._places.append(place)
        return self._numbers[place]

    def _of(self, name: str) -> ShownPages | None:
        with self._changed:
            return self._draft.get(name) or self._good.get(name)

    def _where_of(self, name: str, number: int) -> Whereabouts | None:
        shown = self._of(name)
        return shown.where if shown and 1 <= number <= len(shown.pages.prints) else None


def _told(shown: ShownPages) -> dict[str, Any]:
    sheet, pages = shown.sheet, shown.pages
    return {
        "pages": [each[:_DIGITS] for each in pages.prints],
        "width": round(sheet.width_mm, 3),
        "height": round(sheet.height_mm, 3),
        "trim": [round(each, 3) for each in sheet.trim],
        "bleed": [round(each, 3) for each in sheet.bleed],
        "safe": pages.safe_mm,
        "changed": list(shown.changed),
        "pieces": pages.pieces,
    }
