"""What was read of a body, as lines to compare: the words with their marks, whatever lines they were typed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from directory_pub.annual.words import set_close
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import Block, Heading, ItemList, Paragraph, Pictures, Quote, Run, Table, TermList

__all__ = ["WrittenLine", "body_lines", "contact_line", "one_line"]

_BREAK = " ↵ "
_CENTRE = (50.0, 50.0)
_CALL = "[^]"
_ALIGNED = {None: "---", "left": ":--", "right": "--:", "center": ":-:"}


class WrittenLine(Struct, frozen=True):
    """A heading, paragraph, item, term, credit line, row or footnote, and the line of the file that it begins on."""

    text: str
    line: int


def body_lines(blocks: Sequence[Block], lead: str = "") -> Iterator[WrittenLine]:
    """The lines of a body in reading order, each footnote behind the line that calls it.

    ``lead`` is what each begins with: that of the list or quote it stands in.
    """
    for block in blocks:
        match block:
            case Heading():
                yield from _line(block.runs, block.line, f"{lead}{'#' * block.level} ")
            case Paragraph():
                yield from _line(block.runs, block.line, lead)
            case ItemList():
                for index, item in enumerate(block.items):
                    label = block.labels[index] if block.labels else "-"
                    for at, each in enumerate(item):
                        yield from body_lines((each,), f"{lead}{label} " if at == 0 else f"{lead}  ")
            case TermList():
                for row in block.rows:
                    yield from _line(row.term, row.line, lead)
                    yield from body_lines(row.paragraphs, f"{lead}: ")
            case Quote():
                yield from body_lines(block.paragraphs, f"{lead}> ")
                if block.credit:
                    yield from _line(block.credit.runs, block.credit.line, f"{lead}> — ")
            case Pictures():
                for photo in block.photos:
                    yield WrittenLine(lead + picture_line(photo), photo.place.line or block.line)
            case Table():
                yield from _table_lines(block, lead)


def _table_lines(table: Table, lead: str) -> Iterator[WrittenLine]:
    """A table row by row, and how its columns are set where that was asked for."""
    if table.caption:
        yield from _line(table.caption.runs, table.caption.line, f"{lead}Table: ")
    for at, row in enumerate((table.head, *table.rows)):
        cells = (set_close("".join(map(_marked, cell))) for cell in row.cells)
        yield WrittenLine(f"{lead}| {' | '.join(cells)} |", row.line)
        notes = [run.note for cell in row.cells for run in cell if run.note]
        for note in notes:
            yield WrittenLine(f"{_CALL}: {set_close(''.join(map(_marked, note.runs)))}", note.line)
        if at == 0 and any(table.alignments):
            marks = (_ALIGNED[each] for each in table.alignments)
            yield WrittenLine(f"{lead}| {' | '.join(marks)} |", row.line + 1)
    if table.wide:
        yield WrittenLine(f"{lead}{{wide}}", table.rows[-1].line + 1)


def picture_line(photo: Photo) -> str:
    """A picture in a text, as it may have been typed."""
    caption = set_close("".join(map(_marked, photo.caption)))
    told = {"credit": photo.credit, "size": photo.size, "fit": photo.fit, "focus": photo.focus}
    usual = {"credit": None, "size": "column", "fit": "cover", "focus": _CENTRE}
    told["focus"] = "{:g}% {:g}%".format(*photo.focus) if photo.focus != _CENTRE else _CENTRE
    said = [f'{name}="{value}"' for name, value in told.items() if value != usual[name]]
    titled = f' "{caption}"' if caption else ""
    return f"![{photo.alt}]({photo.file}{titled}){'{' + ' '.join(said) + '}' if said else ''}"


def contact_line(row: ContactRow) -> str:
    """A contact row as one text: its kind, what is printed, and the address that its editor gave."""
    web = f"({row.web})" if row.web and row.web != row.text else ""
    parts = (f"{row.kind}:", row.label or row.network or "", one_line(row.text), web)
    return " ".join(part for part in parts if part)


def one_line(text: str) -> str:
    """A text of several lines as one."""
    return set_close(text.replace("\n", _BREAK))


def _line(runs: Sequence[Run], line: int, lead: str) -> Iterator[WrittenLine]:
    yield WrittenLine(lead + set_close("".join(map(_marked, runs))), line)
    for run in runs:
        if run.note:
            yield WrittenLine(f"{_CALL}: {set_close(''.join(map(_marked, run.note.runs)))}", run.note.line)


def _marked(run: Run) -> str:
    """The text of a run between the marks that it may have been typed with."""
    if run.note:
        return _CALL
    text = run.text.replace("\n", _BREAK)
    lead, text, tail = _stripped(text)
    if not text:
        return lead + tail
    marks = ("**" if run.bold else "") + ("*" if run.italic else "")
    text = f"{marks}{text}{marks[::-1]}"
    said = [f"lang={run.language}"] if run.language else []
    said += [f'index="{run.indexed.head}"'] if run.indexed else []
    said += [f"index-of={run.indexed.of}"] if run.indexed and run.indexed.of else []
    attributes = f"{{{' '.join(said)}}}" if said else ""
    if run.href and not _is_address(run.text, run.href):
        text = f"[{text}]({run.href}){attributes}"
    elif attributes:
        text = f"[{text}]{attributes}"
    return lead + text + tail


def _stripped(text: str) -> tuple[str, str, str]:
    """The spaces before a text, the text, and those behind: marks stand at words."""
    inner = text.strip(" ")
    at = text.index(inner) if inner else len(text)
    return text[:at], inner, text[at + len(inner) :]


def _is_address(text: str, href: str) -> bool:
    """Whether a link is nothing but the address that is printed."""
    return href in (text, f"https://{text}", f"mailto:{text}")
