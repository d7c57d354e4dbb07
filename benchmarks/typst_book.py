"""A look-alike of an edition for Typst, to measure against: the same words, pictures and notes on as many pages.

``write_typst`` writes main.typ, book.typ (the design), one file an entry and copies of the photographs.
It has the directory's grid, faces, heads, folios, contents, notes, side column, links, bookmarks and tags;
drawn artwork is replaced by plain squares, and lines are broken by Typst instead of by compose.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from directory_pub.compose.contact import contact_runs, split_runs
from directory_pub.design.faces import read_faces
from directory_pub.design.grid import read_grid
from directory_pub.edition.contact_table import ContactRow, ContactTable
from directory_pub.edition.model import Edition, Entry, Photo, Section, TextPage
from directory_pub.edition.text import Block, Heading, ItemList, Paragraph, Quote, Run, TermList
from directory_pub.edition.theme import Theme

INKS = ("ink", "navy", "navy-3", "blue", "mist", "pale", "orange")

# The design. Lengths are of ``t``, colours of ``inks``: both are written above it, from styles/.
DESIGN = r"""
#let outer = t.outer + t.side + t.gutter
#let gap(leading, size) = leading - size
#let in-size(size, leading: t.unit, body) = {
  set text(size: size)
  set par(leading: gap(leading, size), spacing: gap(leading, size))
  body
}

// The side column is outside, so what stands there asks for its page.
#let beside(at, body) = context {
  let odd = calc.odd(here().page())
  let shift = t.side + t.gutter
  let body = block(width: t.side, align(left, body))
  place(at + if odd { right } else { left }, dx: if odd { shift } else { -shift }, body)
}

#let running(part: none, name: none, key: none) = context block(width: 100%, height: t.unit, {
  let odd = calc.odd(here().page())
  let shift = t.side + t.gutter
  let folio = text(size: t.folio, weight: 700, fill: inks.navy, counter(page).display())
  if part != none { place(left, text(size: t.running, weight: 600, tracking: 0.06em, part)) }
  if name != none and locate(label(key)).page() != here().page() {
    place(right, text(size: t.folio, fill: inks.navy, name))
  }
  place(if odd { right } else { left }, dx: if odd { shift } else { -shift }, folio)
})

#let squares(columns, rows, size, seed) = {
  let fills = (inks.navy-3, inks.blue, inks.mist, inks.orange, inks.pale, inks.navy)
  for row in range(rows) {
    for column in range(columns) {
      let fill = fills.at(calc.rem(row * row + 3 * column * seed + row * column + seed, fills.len()))
      place(top + left, dx: column * size, dy: row * size, rect(width: size, height: size, fill: fill))
    }
  }
}

#let plate(body, rows: 0) = page(margin: 0pt, header: none, fill: inks.navy)[
  #let size = t.trim-width / 6
  #place(top + left, dy: t.trim-height - rows * size, pdf.artifact(block(squares(6, rows, size, 5))))
  #set text(fill: white)
  #body
]

#let big(size: t.plate, leading: t.plate-leading, body) = {
  set text(size: size, weight: 800)
  set par(leading: gap(leading, size))
  body
}

#let head(level, body) = heading(level: level, outlined: false, bookmarked: false, body)
#let chapter(body) = block(below: gap(4 * t.unit, t.text), heading(level: 1, outlined: false, bookmarked: true, body))

#let opener(key, body) = plate(rows: 5, {
  show heading: set block(above: 0pt, below: 0pt)
  show heading: set text(size: t.plate, weight: 800, fill: white, tracking: 0pt)
  set par(leading: gap(t.plate-leading, t.plate))
  [#heading(level: 1, body) #label(key)]
})

#let entry(part: "", name: "", key: "", subtitle: none, tile: none, contact: none, essay: false, body) = {
  pagebreak(weak: true)
  set page(header: running(part: part, name: name, key: key))
  counter(footnote).update(0)
  [#heading(level: 2, name) #label(key)]
  if subtitle != none { in-size(t.subtitle, text(weight: 300, fill: inks.navy, subtitle)) }
  beside(top, tile)
  set par(first-line-indent: if essay { 0pt } else { t.indent })
  set par(spacing: gap(2 * t.unit, t.text)) if essay
  body
  if contact != none { beside(bottom, contact) }
  [#metadata(none) <entry-end>]
}

#let lead(body) = text(size: t.lead, fill: inks.navy, body)
#let run-in(body) = par(first-line-indent: 0pt, body)
#let rows(..rows) = terms(hanging-indent: t.term, separator: h(t.indent, weak: true), ..rows)
#let credited(body) = text(font: "Source Sans 3", size: t.credit, fill: inks.ink, tracking: 0.05em, body)

#let photo(file, alt, credit) = {
  image("photos/" + file, width: t.side, height: t.tile, fit: "cover", alt: alt)
  if credit != none { in-size(t.credit, block(above: 1.2mm, credit)) }
}
#let motif(seed) = pdf.artifact(block(width: t.side, height: t.tile, squares(3, 3, t.side / 3, seed)))

#let contact(..rows) = in-size(t.contact, {
  line(length: 100%, stroke: t.rule + inks.navy)
  for row in rows.pos() {
    block(inset: (left: t.indent), {
      place(dx: -t.indent, pdf.artifact(rect(width: 0.7 * t.icon, height: 0.7 * t.icon, fill: inks.navy)))
      row
    })
  }
})

#let note-pages(title, multiple) = context {
  let last = query(<entry-end>).last().location().page()
  let count = calc.rem(multiple - calc.rem(last + 1, multiple), multiple)
  for number in range(count) {
    page(header: none)[
      #if number == 0 and title != none { chapter(title) }
      #set block(height: 2 * t.unit, width: 100%, spacing: 0pt, stroke: (bottom: t.hair + inks.mist))
      #for row in range(20) { block() }
    ]
  }
}

#let book(title: "", author: "", date: none, lang: "en", region: none, body) = {
  set document(title: title, author: author, date: date)
  set page(
    width: t.trim-width, height: t.trim-height, binding: left,
    margin: (inside: t.inner, outside: outer, top: t.head, bottom: t.foot-margin),
    header: running(), header-ascent: 0.5 * t.head - t.unit,
  )
  set text(
    font: "Source Sans 3", size: t.text, fill: inks.ink, lang: lang, region: region, hyphenate: false,
    fallback: false, top-edge: 0.8em, bottom-edge: -0.2em,
  )
  set par(leading: gap(t.unit, t.text), spacing: gap(t.unit, t.text))
  show heading: set text(size: t.section, weight: 700, fill: inks.navy, tracking: 0.08em)
  show heading: set block(above: gap(2 * t.unit, t.text), below: gap(t.unit, t.text))
  show selector.or(heading.where(level: 1), heading.where(level: 2)): set text(size: t.title, tracking: -0.012em)
  show heading.where(level: 2): set par(leading: gap(2 * t.unit, t.title))
  show heading.where(level: 2): set block(above: 0pt, below: gap(2 * t.unit, t.text))
  show heading.where(level: 4): set text(size: t.text, tracking: 0pt)
  set list(marker: box(width: t.bullet, height: t.bullet, fill: inks.blue), body-indent: t.indent - t.bullet)
  set enum(body-indent: 0.5 * t.indent)
  set list(spacing: gap(t.unit, t.text))
  set enum(spacing: gap(t.unit, t.text))
  show selector.or(list, enum, terms): set block(below: gap(2 * t.unit, t.text))
  show quote.where(block: true): it => block(
    above: gap(2 * t.unit, t.text), below: gap(2 * t.unit, t.text),
    inset: (left: t.quote-indent), stroke: (left: 0.75pt + inks.mist),
    text(font: "Source Serif 4", size: t.quote, fill: inks.navy, it.body),
  )
  set footnote.entry(clearance: t.unit, gap: gap(0.75 * t.unit, t.note), separator: none, indent: 0pt)
  show footnote.entry: set text(size: t.note)
  show footnote.entry: set par(leading: gap(0.75 * t.unit, t.note), first-line-indent: 0pt)
  set outline.entry(fill: repeat(gap: 2pt)[.])
  show outline.entry: set text(size: t.contents)
  show outline.entry: set block(above: gap(2 * t.unit, t.contents))
  show outline.entry.where(level: 1): set text(size: t.part, weight: 700, fill: inks.navy, tracking: 0.04em)
  show outline.entry.where(level: 1): set block(above: gap(4 * t.unit, t.part))
  body
}
"""


def write_typst(edition: Edition, folder: Path) -> Path:
    """Write the look-alike of an edition; returns the file that Typst compiles."""
    (folder / "entries").mkdir(parents=True, exist_ok=True)
    (folder / "book.typ").write_text(_tokens(edition) + DESIGN, "utf-8")
    for section in edition.sections:
        for entry in section.entries:
            write_entry(entry, section, folder, edition.contact_table)
    _copy_photos(edition, folder)
    main = folder / "main.typ"
    main.write_text("\n\n".join(_main(edition)) + "\n", "utf-8")
    return main


def write_entry(entry: Entry, section: Section, folder: Path, table: ContactTable) -> Path:
    """Write one entry's file, which main.typ includes."""
    essay = not any(isinstance(block, Heading) for block in entry.body)
    fields = {
        "part": _string(section.title),
        "name": _content(split_runs(entry.name)),
        "key": _string(entry.key),
        "subtitle": _content(split_runs(entry.subtitle)) if entry.subtitle else "none",
        "tile": _photo(entry.photo) if entry.photo else f"motif({len(entry.key) + len(entry.name)})",
        "contact": _contact(entry.contact, table) if entry.contact else "none",
        "essay": str(essay).lower(),
    }
    shown = ", ".join(f"{name}: {value}" for name, value in fields.items())
    lines = ['#import "/book.typ": *', f"#show: entry.with({shown})", *_language(entry.language)]
    lines += _blocks(entry.body, leads=essay)
    path = folder / "entries" / f"{entry.key}.typ"
    path.write_text("\n\n".join(lines) + "\n", "utf-8")
    return path


# -------------------------------------------------------------------- the book
def _tokens(edition: Edition) -> str:
    """The lengths and inks of the project's sheets as two dictionaries."""
    grid = read_grid(Theme.of(edition.root), edition.trim, edition.bleed_mm, read_faces(Theme.of(edition.root)))
    lengths = {
        **grid.tokens,
        "trim-width": edition.trim.width_mm,
        "trim-height": edition.trim.height_mm,
        "foot-margin": grid.foot_mm,
    }
    table = yaml.safe_load((edition.root / "styles" / "inks.yaml").read_text("utf-8"))
    mm = ", ".join(f"{name}: {value:.5f}mm" for name, value in lengths.items())
    inks = ", ".join(f"{name}: rgb({_string(table[name]['srgb'])})" for name in INKS)
    return f"#let t = ({mm})\n#let inks = ({inks})\n"


def _main(edition: Edition) -> Iterable[str]:
    """main.typ, a paragraph an item: the order of the pages."""
    year, month, day = (int(part) for part in edition.created.split("-"))
    title = f"{edition.title} {edition.year}" if edition.year else edition.title
    lang, _, region = edition.language.partition("-")
    yield '#import "book.typ": *'
    yield (
        f"#show: book.with(title: {_string(title)}, author: {_string(edition.publisher or '')}, "
        f"date: datetime(year: {year}, month: {month}, day: {day}), "
        f"lang: {_string(lang)}, region: {_string(region) if region else 'none'})"
    )
    if edition.cover:
        yield _cover(edition)
        yield "#plate(rows: 5)[]"
    for kind, page in edition.front_matter.items():
        yield from _preface(page) if kind == "preface" else [_imprint(page, edition.contact_table)]
    yield "#pagebreak(weak: true)"
    yield f"#chapter({_string(edition.contents_title)})"
    yield "#outline(title: none, depth: 2, indent: 0pt)"
    for section in edition.sections:
        yield f"#opener({_string(section.key)}, {_string(section.title)})"
        yield "\n".join(f'#include "entries/{entry.key}.typ"' for entry in section.entries)
    notes = _string(edition.note_pages_title) if edition.note_pages_title else "none"
    yield f"#note-pages({notes}, {edition.page_multiple})"
    if edition.cover:
        yield f"#plate(rows: 1, pad(t.safe, big(size: 20pt, leading: 7.5mm, {_string(edition.publisher or '')})))"


def _cover(edition: Edition) -> str:
    """The cover: its lines, title and words on a plate."""
    cover = edition.cover
    assert cover is not None
    small = [*cover.series, *cover.event, *cover.theme, *([cover.date] if cover.date else []), *cover.venue]
    parts = [f"#in-size(t.plate-line, {_lines(small)})"]
    parts.append(f"#big({_lines([*cover.title, *([cover.year] if cover.year else [])])})")
    parts.append(f"#big(size: t.word, leading: t.unit, {_lines(cover.words)})")
    return "#plate(rows: 4, pad(t.safe)[" + "\n\n".join(parts) + "])"


def _preface(preface: TextPage) -> Iterable[str]:
    yield f"#chapter({_string(preface.title or 'Preface')})"
    body = "\n\n".join(_blocks(preface.body))
    yield (
        f"#in-size(t.preface, leading: 1.5 * t.unit)[\n#set text(fill: inks.navy)\n"
        f"#set par(spacing: gap(3 * t.unit, t.preface))\n\n{body}\n]"
    )


def _imprint(imprint: TextPage, table: ContactTable) -> str:
    """Publisher and terms, both standing on the foot."""
    legal = "\n\n".join(_blocks(imprint.body))
    parts = [
        "#place(bottom + left, block(width: 75%, in-size(t.small)[\n"
        f"#set par(spacing: gap(2 * t.unit, t.small))\n\n{legal}\n]))"
    ]
    if publisher := imprint.publisher:
        words = [f"#big(size: t.wordmark, leading: t.unit, {_lines(publisher.wordmark)})"]
        words.append(f"#strong({_string(publisher.name)})")
        words += [f"#{_content(split_runs(publisher.address))}"] if publisher.address else []
        words += [f"#{_contact(publisher.contact, table)}"] if publisher.contact else []
        parts.append("#beside(bottom, in-size(t.small)[" + "\n\n".join(words) + "])")
    return "#page(header: none)[\n" + "\n\n".join(parts) + "\n]"


def _copy_photos(edition: Edition, folder: Path) -> None:
    """Put every photograph beside the book, once."""
    (folder / "photos").mkdir(exist_ok=True)
    for file in sorted({entry.photo.file for entry in edition.entries if entry.photo}):
        target = folder / "photos" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(edition.folder / "photos" / file, target)


# -------------------------------------------------------------------- blocks
def _blocks(blocks: Sequence[Block], *, leads: bool = False) -> list[str]:
    """Blocks as markup; ``leads`` sets the first paragraph larger."""
    found = [_block(block) for block in blocks]
    if leads and found and isinstance(blocks[0], Paragraph):
        found[0] = f"#lead[{found[0]}]"
    return found


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"#head({block.level + 1}, {_content(block.runs)})"
        case Paragraph():
            run_in = block.runs[0].bold and len(block.runs) > 1
            return f"#run-in[{_markup(block.runs)}]" if run_in else _markup(block.runs)
        case ItemList():
            items = ", ".join(_bracketed(item) for item in block.items)
            return f"#{'enum' if block.labels else 'list'}({items})"
        case TermList():
            rows = ", ".join(f"terms.item({_content(row.term)}, {_bracketed(row.paragraphs)})" for row in block.rows)
            return f"#rows({rows})"
        case Quote():
            parts = _blocks(block.paragraphs)
            parts += [f"#credited[{_markup(block.credit.runs)}]"] if block.credit else []
            return "#quote(block: true)[" + "\n\n".join(parts) + "]"


def _bracketed(blocks: Sequence[Block]) -> str:
    return "[" + "\n\n".join(_blocks(blocks)) + "]"


def _photo(photo: Photo) -> str:
    credit = _content(split_runs(photo.credit)) if photo.credit else "none"
    return f"photo({_string(photo.file)}, {_string(photo.alt)}, {credit})"


def _contact(rows: Sequence[ContactRow], table: ContactTable) -> str:
    return "contact(" + ", ".join(_content(contact_runs(row, table)) for row in rows) + ")"


# -------------------------------------------------------------------- text
def _content(runs: Sequence[Run]) -> str:
    """Runs as one value of an argument."""
    return f"[{_markup(runs)}]"


def _markup(runs: Sequence[Run]) -> str:
    """Runs where markup is read; every word is in a string, so nothing in it is taken for markup."""
    return "".join(f"#{_run(run)};" for run in runs)


def _run(run: Run) -> str:
    """One run as an expression."""
    if run.note:
        return f"footnote({_content(run.note.runs)})"
    shown = " + linebreak() + ".join(_string(line) for line in run.text.split("\n"))
    shown = f"text({shown})" if "\n" not in run.text else f"[#({shown})]"
    if run.italic:
        shown = f"emph({shown})"
    if run.bold:
        shown = f"strong({shown})"
    if run.language:
        shown = f"text(lang: {_string(run.language.partition('-')[0])}, {shown})"
    return f"link({_string(run.href)}, {shown})" if run.href else shown


def _lines(lines: Sequence[str]) -> str:
    """Printed lines, one below the other, as one value."""
    return "[" + "#linebreak();".join(f"#{_string(line)};" for line in lines) + "]"


def _language(language: str | None) -> list[str]:
    """The rule that tells another language, where there is one."""
    return [f"#set text(lang: {_string(language.partition('-')[0])})"] if language else []


def _string(text: str) -> str:
    """A string as Typst writes it."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(sign, written)
    return f'"{text}"'
