"""Read who carries the book: a file of levels and their sponsors, or a table with a row for each sponsor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from directory_pub.edition.form import Form, Rows, Text, TextOrNested
from directory_pub.edition.pictures import Photo
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.sponsors import Sponsor, SponsorLevel, Sponsors
from directory_pub.edition.yaml_source import Fields, Node
from directory_pub.findings import Place, error, warning
from directory_pub.read.files import find_file
from directory_pub.read.photo import read_photo
from directory_pub.read.sources import Sources
from directory_pub.read.table_file import find_table, is_table, open_table
from directory_pub.storage.enclosure import list_files
from directory_pub.tables.table import Table, TableRow, cell_name

__all__ = ["SPONSORS", "read_sponsors"]

_LOGO = Form(
    Text("file", "The logo's file in photos/: SVG, PDF or a picture.", "ferries.svg", required=True),
    Text("alt", "What is said of it to those who cannot see it, if not the sponsor's name.", "Lindhaven Ferries"),
)
_SPONSOR = Form(
    Text("name", "Its name, which stands below the logo.", "Lindhaven Ferries", required=True),
    TextOrNested(
        "logo",
        "Its logo's file in photos/: SVG, PDF or a picture, best an SVG without space round it.",
        "ferries.svg",
        required=True,
        form=_LOGO,
    ),
    Text("web", "Where the logo leads in the email PDF.", "www.example.org"),
    Text("entry", "The key of its entry, whose page stands behind the name.", "lindhaven-ferries"),
)
SPONSORS = Form(
    Text("title", "What stands above the page and in the contents.", "Partners", required=True),
    Rows(
        "levels",
        "The levels, the highest first.",
        Form(
            Text("title", "What the level is called.", "Lead partner", required=True),
            Rows("sponsors", "Who stands on it, in the order of the page.", _SPONSOR),
        ),
        required=True,
    ),
)
_COLUMNS = ("level", "name", "logo", "alt", "web", "entry")
_NEEDED = ("level", "name", "logo")


def read_sponsors(f: Fields, sources: Sources) -> Sponsors | None:
    """What edition.yaml says of them, and the file that it names."""
    node = f.node("sponsors")
    if node is None:
        return None
    title: str | None = None
    sheet: Node | None = None
    name: Node | None = node
    if isinstance(node.value, dict) and (inner := f.fields("sponsors")):
        title, name, sheet = inner.text("title"), inner.node("file"), inner.node("sheet")
        inner.close()
    if name is None or not isinstance(name.value, str):
        if name is not None:
            remedy = "Name it, as in 'sponsors: sponsors.yaml'."
            f.complain("value-type", name.place, f"is {name.kind}, not a file's name.", remedy)
        return None
    if is_table(name.value):
        return _from_table(name, sheet, title, sources)
    return _from_file(name, title, sources)


def _from_file(name: Node, title: str | None, sources: Sources) -> Sponsors | None:
    path = _find(name, sources)
    text = sources.text(path) if path else None
    if path is None or text is None:
        return None
    place = Place(file=sources.name(path))
    before = len(sources.findings)
    node = sources.document(text, path)
    if node is None:
        if len(sources.findings) == before:
            sources.complain("key-missing", place, "is empty.", "Give it a title and levels.")
        return None
    told = Fields(node, place, sources.findings, SPONSORS)
    own_title = title or told.text("title")
    if title:
        told.node("title")
    levels = tuple(filter(None, (_level(row, sources) for row in told.rows("levels"))))
    told.close()
    if (node := told.node("levels")) is not None and node.value == []:
        sources.complain("key-missing", node.place, "lists no level.", "Give it one, or take 'sponsors' out.")
    elif not any(level.sponsors for level in levels) and node is not None:
        sources.complain("level-empty", place, "has no sponsor.", "Give a level one, or take 'sponsors' out.")
    return Sponsors(title=own_title or "", place=place, levels=levels) if levels else None


def _find(name: Node, sources: Sources) -> Path | None:
    path = find_file(sources.folder, *Path(str(name.value)).parts)
    sources.used.add(path)
    if path.is_file():
        return path
    there = [each.name for each in list_files(sources.folder, sources.root, ending=(".yaml", ".yml", ".xlsx", ".csv"))]
    remedy = did_you_mean(str(name.value), there, "Put it beside edition.yaml, or mend its name.")
    sources.complain("file-missing", name.place, f"'{name.value}' is not there.", remedy)
    return None


def _level(row: Fields, sources: Sources) -> SponsorLevel | None:
    """A level with somebody on it; of one without, a warning."""
    title = row.text("title")
    sponsors = tuple(filter(None, (_sponsor(each) for each in row.rows("sponsors"))))
    named = row.node("sponsors")
    row.close()
    if title is None:
        return None
    if not sponsors:
        if named is None and "sponsors" not in row.places():
            message = f"nobody stands on the level “{title}”, which is not printed."
            sources.findings.append(warning("level-empty", row.place, message, "Add a sponsor, or take it out."))
        return None
    return SponsorLevel(title=title, place=row.place, sponsors=sponsors)


def _sponsor(f: Fields) -> Sponsor | None:
    name = f.text("name")
    logo = _logo(f, name or "")
    entry, web = f.text("entry"), f.text("web")
    places = f.places()
    f.close()
    if name is None:
        return None
    return Sponsor(
        name=name,
        place=places.get("name", f.place),
        logo=logo,
        web=web,
        entry=entry.removesuffix(".md") if entry else None,
        entry_place=places.get("entry"),
    )


def _logo(f: Fields, name: str) -> Photo | None:
    """A logo by its file's name, or with what is said of it; without that it is the sponsor's name."""
    node = f.node("logo")
    if node is None:
        return None
    if isinstance(node.value, str):
        return Photo(file=node.value, alt=name, place=node.place, file_place=node.place)
    inner = f.fields("logo")
    if inner is None or (inner.node("alt") is not None and inner.node("file") is not None):
        return read_photo(inner, "logo")
    file = inner.text("file")
    inner.close()
    return Photo(file=file, alt=name, place=inner.place, file_place=inner.places()["file"]) if file else None


# -------------------------------------------------------------------- a table
def _from_table(name: Node, sheet: Node | None, title: str | None, sources: Sources) -> Sponsors | None:
    path = find_table(name, None, sources)
    table = open_table(path, sheet, sources) if path else None
    if path is None or table is None:
        return None
    file = sources.name(path)
    if title is None:
        remedy = f"Write it as 'sponsors: {{file: {name.value}, title: Partners}}'."
        sources.complain("key-missing", name.place, "a table has no title for its page.", remedy)
    rows = [row for row in table.rows if any(cell.strip() for cell in row.cells)]
    columns = _columns(rows[0], file, sources) if rows else None
    if columns is None:
        if not rows:
            remedy = f"Give it the heads {', '.join(_COLUMNS)}, and a row for each sponsor."
            sources.complain("table-unreadable", Place(file=file), "is empty.", remedy)
        return None
    levels: dict[str, list[Sponsor]] = {}
    places: dict[str, Place] = {}
    level = ""
    for row in rows[1:]:
        fields = dict(_cells(row, columns, table, file, sources))
        own = fields.pop("level", None)
        level = str(own.value) if own else level  # a cell that is left empty is as the one above it
        at = next(iter(fields.values())).place if fields else Place(file=file, line=row.line)
        if not level:
            sources.complain("key-missing", at, "the row has no level.", "Write it, as in the rows below.")
            continue
        places.setdefault(level, own.place if own else at)
        if "alt" in fields and "logo" in fields:
            logo = {"file": fields["logo"], "alt": fields.pop("alt")}
            fields["logo"] = Node(dict(logo), fields["logo"].place)
        if sponsor := _sponsor(Fields(Node(dict(fields), at), at, sources.findings, _SPONSOR)):
            levels.setdefault(level, []).append(sponsor)
    made = (SponsorLevel(title=each, place=places[each], sponsors=tuple(some)) for each, some in levels.items())
    found = tuple(made)
    return Sponsors(title=title or "", place=Place(file=file), levels=found) if found else None


def _columns(head: TableRow, file: str, sources: Sources) -> dict[int, str] | None:
    """The columns that are read, by index; None where one that must be there is not."""
    told = {index: cell.strip().casefold() for index, cell in enumerate(head.cells) if cell.strip()}
    missing = [each for each in _NEEDED if each not in told.values()]
    for each in missing:
        remedy = did_you_mean(each, list(told.values()), f"The heads are {', '.join(_COLUMNS)}.")
        sources.complain("table-column", Place(file=file, line=head.line), f"there is no column '{each}'.", remedy)
    for index, name in told.items():
        if name not in _COLUMNS:
            place, message = Place(file=file, line=head.line), f"nothing comes from the column '{head.cells[index]}'."
            sources.findings.append(
                warning("table-unread", place, message, f"The heads are {', '.join(_COLUMNS)}; take it out.")
            )
    return None if missing else {index: name for index, name in told.items() if name in _COLUMNS}


def _cells(
    row: TableRow, columns: dict[int, str], table: Table, file: str, sources: Sources
) -> Iterator[tuple[str, Node]]:
    for index, name in columns.items():
        cell = cell_name(table.sheet, index, row.line) if table.sheet else None
        place = Place(file=file, line=row.line_of(index), field=name, cell=cell)
        if fault := row.faults.get(index):
            sources.findings.append(error("table-cell", place, fault.message, fault.remedy))
        elif index < len(row.cells) and (text := row.cells[index].strip()):
            yield name, Node(text, place)
