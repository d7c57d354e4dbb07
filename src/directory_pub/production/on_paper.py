"""The edition as paper shows it: cross references with their pages, addresses that only the email PDF would open.

What is printed besides an author's words becomes part of the edition here, so that all that follows (lines, tags,
the numbers of notes, the census) takes it for text like any other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.contact import bare_address, printed_address, split_spans, unshown_links
from directory_pub.edition.model import Edition, Entry, SectionForm, TextPage
from directory_pub.edition.own_words import own_words
from directory_pub.edition.rewriting import named_folios, with_notes, with_runs
from directory_pub.edition.text import Block, Note, Paragraph, Pictures, Run, notes_within, runs_within
from directory_pub.production.advertisers import with_advertisers

__all__ = ["on_paper"]

Text = TypeVar("Text", Entry, TextPage)


def on_paper(edition: Edition) -> Edition:
    """An edition with the page of each cross reference, its rows of "see also", and addresses as it asks for them.

    Folios are runs without a text yet. In a listing cross references are links alone, and addresses stand in brackets;
    of an entry in a register nothing is printed that could name any.
    """
    names: dict[str, str] = {part.key: part.key for part in edition.order}  # contents, programme, sponsors
    names |= {section.key: section.title for section in edition.sections}
    names |= {page.key: page.title or page.key for page in edition.text_pages.values()}
    names |= {entry.key: entry.name for entry in edition.entries}
    forms = edition.forms
    printed = {
        entry.key: entry
        if forms[entry.key] == "register"
        else _printed(_with_photos(entry), edition, names, forms[entry.key])
        for entry in edition.entries
    }

    def shown(entries: Sequence[Entry]) -> tuple[Entry, ...]:
        return tuple(printed[entry.key] for entry in entries)

    sections = tuple(
        replace(
            section,
            entries=shown(section.entries),
            groups=tuple(replace(group, entries=shown(group.entries)) for group in section.groups),
        )
        for section in edition.sections
    )
    front = {kind: _printed(page, edition, names) for kind, page in edition.text_pages.items()}
    return with_advertisers(replace(edition, sections=sections, text_pages=front))


def _with_photos(entry: Entry) -> Entry:
    """An entry whose pictures stand in its text: one that goes across it above, others behind it."""
    before = (entry.photo,) if entry.photo and entry.photo.size != "tile" else ()
    if not before and not entry.photos:
        return entry
    groups = [Pictures(photos=photos, line=photos[0].place.line or 1) for photos in (before, entry.photos) if photos]
    body = (*groups[: len(before)], *entry.body, *groups[len(before) :])
    return replace(entry, photo=None if before else entry.photo, photos=(), body=body, digest="")


def _printed(text: Text, edition: Edition, names: dict[str, str], form: SectionForm = "pages") -> Text:
    """One text as paper shows it; the same object where nothing is added."""
    if not _may_be_added_to(text, edition):
        return text
    printing: _Printing = _Printing.of(text, edition, names, form)
    body: tuple[Block, ...] = (*with_runs(text.body, printing.runs, of_captions=printing.small), *printing.see_also())
    if not printing.is_changed:
        return text
    changed: dict[str, Any] = {"body": body, "names_folios": named_folios(body)}
    if isinstance(text, Entry):  # which is no longer what its file says
        changed |= {"digest": "", "note_count": sum(1 for _ in notes_within(body))}
    return cast("Text", replace(cast("Any", text), **changed))


def _may_be_added_to(text: Entry | TextPage, edition: Edition) -> bool:
    """Whether a text refers to others, or has links whose addresses may be printed; most have neither."""
    if isinstance(text, Entry) and text.see_also:
        return True
    runs = itertools.chain.from_iterable(map(with_notes, runs_within(text.body)))
    prints = edition.links in ("print", "note")
    return any(run.href and (prints or run.href.startswith("#")) for run in runs)


class _Printing(Struct):
    """One walk through a text; ``is_changed`` once something was added."""

    text: Entry | TextPage
    edition: Edition
    names: dict[str, str]
    unshown: set[str]
    language: str | None
    has_folios: bool
    has_notes: bool
    notes: int = 0
    is_changed: bool = False

    @classmethod
    def of(cls, text: Entry | TextPage, edition: Edition, names: dict[str, str], form: SectionForm) -> _Printing:
        """The walk through one text of an edition; ``names`` are those of all that can be referred to, by key."""
        unshown: set[str] = set()
        country = text.country if isinstance(text, Entry) else None
        if edition.links in ("print", "note"):
            links = unshown_links(text, edition.contact_table, country or edition.country)
            unshown = {bare_address(link.href) for link in links if not link.in_heading}
        spoken = edition.language if own_words(edition.language) else "en"
        own = (text.language if isinstance(text, Entry) else None) or edition.language
        has_folios = form == "pages" and edition.press_references == "page"
        has_notes = form == "pages" and edition.links == "note"
        return cls(text, edition, names, unshown, None if own == spoken else spoken, has_folios, has_notes)

    def runs(self, runs: tuple[Run, ...], *, in_note: bool = False) -> tuple[Run, ...]:
        """Runs with what is printed behind each link, and their notes with their numbers."""
        out: list[Run] = []
        links = [list(parts) for _, parts in itertools.groupby(runs, lambda run: run.href)]
        for index, parts in enumerate(links):
            out += [self._numbered(run) for run in parts]
            if parts[-1].href:
                around = links[index + 1][:1] if index + 1 < len(links) else links[index - 1][-1:] if index else []
                added = [_like(parts[-1], around, each) for each in self._behind(parts[-1], in_note=in_note)]
                out += [self._numbered(run) for run in added]
                self.is_changed |= bool(added)
        return tuple(out)

    def small(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        """Runs of a caption, which calls no notes: what is printed behind a link stands in it."""
        return self.runs(runs, in_note=True)

    def _numbered(self, run: Run) -> Run:
        """A call whose note has the number that is next in this text, and what is printed in it."""
        if run.note is None:
            return run
        self.notes += 1
        note = replace(run.note, index=self.notes - 1)
        return replace(run, note=replace(note, runs=self.runs(note.runs, in_note=True)))

    def _behind(self, last: Run, *, in_note: bool) -> Iterator[Run]:
        """What is printed behind a link whose last run is this; its own words are no part of it."""
        href, line = last.href or "", last.line_at(len(last.text))
        if href.startswith("#"):
            yield from self.page_of(href[1:], line)
        elif (address := bare_address(href)) in self.unshown:
            self.unshown.discard(address)  # printed once, it stands on paper
            shown = Run(text=printed_address(href), href=href, line=line)
            if self.has_notes and not in_note:
                source = self.text.source
                note = Note(key=href, runs=(shown,), line=line, call_line=line, source=source)
                yield Run(text="", line=line, note=note)
            else:
                yield replace(shown, text=f" ({shown.text})")

    def page_of(self, key: str, line: int) -> Iterator[Run]:
        """The page of what a reference leads to; none within its own text."""
        if self.has_folios and key in self.names and key != self.text.key:
            before, _, behind = self.edition.words.page.replace(" ", "\u00a0").partition("{}")
            for words in (f" ({before}", "", f"{behind})"):
                folio_of = None if words else key
                yield Run(text=words, line=line, href=f"#{key}", language=self.language, folio_of=folio_of)

    def see_also(self) -> Iterator[Block]:
        """The row of other entries' names, each a reference with its page; none where an entry asks for none."""
        asked = self.text.see_also if isinstance(self.text, Entry) else ()
        known = [each for each in asked if each.key in self.names and each.key != self.text.key]
        line = known[0].place.line or 0 if known else 0
        words = self.edition.words.see_also
        runs = [Run(text=f"{words[:1].upper()}{words[1:]} ", line=line, italic=True, language=self.language)]
        for each in known:
            line = each.place.line or 0
            runs += [Run(text=", ", line=line)] if len(runs) > 1 else []
            runs += self._name(self.names[each.key], f"#{each.key}", line)
            runs += self.page_of(each.key, line)
        if known:
            self.is_changed = True
            yield Paragraph(runs=tuple(runs), line=line, is_see_also=True)

    def _name(self, name: str, href: str, line: int) -> Iterator[Run]:
        """A name as one line of text, in the languages that its parts are in."""
        for part, language in split_spans(" ".join(name.split())):
            if part:
                yield Run(text=part, line=line, href=href, language=language or self.language)


def _like(link: Run, around: Sequence[Run], added: Run) -> Run:
    """What is printed behind a link in its style, as far as the text around it is in that, too."""
    near = [link, *around]
    return replace(added, bold=all(run.bold for run in near), italic=all(run.italic for run in near))
