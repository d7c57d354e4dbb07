"""Read an edition's folder: edition.yaml, front matter and entries."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from directory_pub.edition.codes import EntryCode
from directory_pub.edition.model import (
    ContentsForm,
    Cover,
    Edge,
    Edition,
    Links,
    Mark,
    References,
    TrimSize,
)
from directory_pub.edition.own_words import ENGLISH, own_words
from directory_pub.edition.theme import open_theme, theme_names
from directory_pub.edition.trims import TRIMS
from directory_pub.edition.yaml_source import Fields
from directory_pub.findings import Finding, Place, Severity
from directory_pub.read.adverts import read_adverts
from directory_pub.read.codes import check_codes, read_email
from directory_pub.read.contact_table import read_contact_table
from directory_pub.read.files import unused_files
from directory_pub.read.forms import EDITION, in_edition, may_be_limited
from directory_pub.read.hyphenation import read_hyphenation
from directory_pub.read.index import read_indexes
from directory_pub.read.own_fields import read_own_fields
from directory_pub.read.pages import USUAL_FRONT_MATTER, read_pages
from directory_pub.read.photo import read_photo
from directory_pub.read.programme import read_programme
from directory_pub.read.sections import read_sections
from directory_pub.read.showing import check_showing, read_field_rules, read_variants
from directory_pub.read.sources import Sources
from directory_pub.read.sponsors import read_sponsors
from directory_pub.storage.store import Store

__all__ = ["read_edition"]

_NO_DATE, _NO_KEY = "2000-01-01", "directory"


def read_edition(folder: Path, root: Path, store: Store | None = None) -> tuple[Edition | None, list[Finding]]:
    """Read ``folder`` for the project at ``root``; without edition.yaml there is no edition.

    ``store`` knows entries that were read before.
    """
    sources = Sources(root.resolve(), folder.resolve(), store or Store())
    return _read(sources.folder, sources), sources.findings


def _read(folder: Path, sources: Sources) -> Edition | None:
    path = folder / "edition.yaml"
    text = sources.text(path)
    if text is None:
        return None
    place = Place(file=sources.name(path))
    before = len(sources.findings)
    node = sources.document(text, path)
    if node is None:
        if len(sources.findings) == before:
            sources.complain(
                "key-missing", place, "is empty.", "Give it at least key, title, language, trim and sections."
            )
        return None
    f = Fields(node, place, sources.findings, in_edition(EDITION, themes=theme_names(sources.root)))
    theme = open_theme(sources.folder, sources.root, f.word("theme"))
    sources.contact, findings = read_contact_table(theme)
    sources.findings.extend(findings)
    language = sources.language = f.text("language") or "en"
    sources.own = read_own_fields(f)
    ignored_articles = f.lines("ignored_articles")
    sections, folders = read_sections(f, sources, ignored_articles)
    words = own_words(language) or ENGLISH
    contents_title, contents_form = _read_contents(f.fields("contents"))
    email = read_email(f.fields("email"))
    sources.email_web = email.web
    taken = {section.key for section in sections} | {entry.key for section in sections for entry in section.entries}
    adverts = read_adverts(f, sources, taken)
    pages, text_pages, in_order = read_pages(f, sections, theme, sources, [each.key for each in adverts])
    references = _read_references(f)
    edition = Edition(
        root=sources.root,
        folder=folder,
        place=place,
        key=f.text("key") or _NO_KEY,
        title=f.text("title") or "",
        language=language,
        languages=f.lines("languages"),
        hyphenation=read_hyphenation(f.fields("hyphenation")),
        year=f.text("year"),
        publisher=f.text("publisher"),
        country=f.text("country"),
        created=f.text("created") or _NO_DATE,
        confirm_since=f.text("confirm_since"),
        theme=theme,
        trim=_read_trim(f),
        bleed_mm=f.number("bleed_mm"),
        page_multiple=int(f.number("page_multiple")),
        cover=_read_cover(f.fields("cover")),
        contents_title=contents_title or words.contents,
        contents_form=contents_form,
        indexes=read_indexes(f, words),
        adverts=adverts,
        sponsors=read_sponsors(f, sources),
        note_pages_title=_read_title(f.fields("note_pages")),
        email_opens=email.opens,
        edge=cast("Edge", f.word("edge")),
        attach=email.attach,
        qr=cast("EntryCode", f.word("qr")),
        press_references=references[0],
        email_references=references[1],
        links=cast("Links | None", f.word("links") or None),
        contact_table=sources.contact,
        fields=sources.own,
        ignored_articles=ignored_articles,
        marks=tuple(_read_marks(f)),
        sections=tuple(in_order),
        programme=read_programme(f, sources, sections),
        pages=pages,
        text_pages=text_pages,
        variants=read_variants(f),
        show=read_field_rules(f, may_be_limited(sources.contact, sources.own), sources.contact.other_names()),
        places=f.places(),
    )
    f.close()
    sources.findings.extend(check_showing(edition))
    sources.findings.extend(check_codes(edition))
    pictures = [photo.file for photo in edition.pictures]
    unused = unused_files(
        folder,
        sources.used,
        sections=folders,
        texts=[page.key for page in pages] or ([*text_pages] if f.node("front_matter") else USUAL_FRONT_MATTER),
        in_order=bool(pages),
        pictures=pictures,
        fed=sources.fed,
        name_in_project="" if folder == sources.root else f"{sources.name(folder)}/",
    )
    broken = any(each.severity is Severity.ERROR for each in sources.findings)  # who knows what a broken entry names
    sources.findings.extend(each for each in unused if not (broken and each.severity is Severity.NOTE))
    return edition


# -------------------------------------------------------------------- edition.yaml
def _read_trim(f: Fields) -> TrimSize:
    node = f.node("trim")
    if node is not None and isinstance(node.value, dict) and (inner := f.fields("trim")):
        size = TrimSize(width_mm=inner.number("width_mm"), height_mm=inner.number("height_mm"))
        inner.close()
        return size
    return TRIMS[f.word("trim")]


def _read_references(f: Fields) -> tuple[References, References]:
    """What cross references show in the press file, and in the email file."""
    node = f.node("cross_references")
    if node is None or not isinstance(node.value, dict) or (inner := f.fields("cross_references")) is None:
        word = cast("References", f.word("cross_references"))
        return word, word
    press, email = (cast("References", inner.word(target)) for target in ("press", "email"))
    inner.close()
    return press, email


def _read_title(f: Fields | None) -> str | None:
    if f is None:
        return None
    title = f.text("title")
    f.close()
    return title


def _read_contents(f: Fields | None) -> tuple[str | None, ContentsForm | None]:
    """The title of the contents and how they are set, where the edition says so."""
    if f is None:
        return None, None
    title, form = f.text("title"), f.text("form")
    f.close()
    return title, cast(ContentsForm, form) if form else None


def _read_cover(f: Fields | None) -> Cover | None:
    if f is None:
        return None
    cover = Cover(
        place=f.place,
        series=f.lines("series"),
        title=f.lines("title"),
        year=f.text("year"),
        words=f.lines("words"),
        event=f.lines("event"),
        theme=f.lines("theme"),
        date=f.text("date"),
        venue=f.lines("place"),
        picture=read_photo(f.fields("picture"), "cover.picture"),
    )
    f.close()
    return cover


def _read_marks(f: Fields) -> list[Mark]:
    marks = []
    for key, row in f.table("marks").items():
        marks.append(Mark(key=key, sign=row.text("sign") or "", legend=row.text("legend") or "", place=row.place))
        row.close()
    return marks
