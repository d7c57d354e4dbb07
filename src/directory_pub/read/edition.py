"""Read an edition's folder: edition.yaml, front matter and entries."""

from __future__ import annotations

import re
from pathlib import Path

from directory_pub.findings import Finding, Place, error
from directory_pub.model import (
    Block, ContactRow, Cover, Edition, Entry, FrontMatter, Mark, Photo, Publisher, Query, Section, TrimSize,
)
from directory_pub.read.markdown_source import parse_markdown
from directory_pub.read.yaml_source import Fields, Node, parse_yaml

__all__ = ["CONTACT_KINDS", "read_edition"]

CONTACT_KINDS = ("web", "phone", "fax", "mail", "address", "person", "social")
_LABELLED = re.compile(r"^(?P<label>[^\W\d][\w .]*:)\s+(?P<text>\S.*)$", re.DOTALL)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LEAVES = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "A6": (105.0, 148.0), "B5": (176.0, 250.0), "Letter": (215.9, 279.4)}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_edition(folder: Path, root: Path) -> tuple[Edition | None, list[Finding]]:
    """Read ``folder`` (below the project's ``root``); without edition.yaml there is no edition."""
    reader = _EditionReader(folder.resolve(), root.resolve())
    return reader.edition(), reader.findings


class _EditionReader:
    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.root = root
        self.findings: list[Finding] = []

    # ---------------------------------------------------------------- files
    def name(self, path: Path) -> str:
        """A file as the editor knows it: from the project's folder."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def text(self, path: Path) -> str | None:
        """A file's text, or None with a finding; links that lead out of the project are not followed."""
        place = Place(file=self.name(path))
        if not path.resolve().is_relative_to(self.root):
            self.findings.append(error("outside-project", place, "leads out of the project's folder.",
                                       "Put the file itself here."))
            return None
        try:
            return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as problem:
            line = path.read_bytes()[: problem.start].count(b"\n") + 1
            self.findings.append(error("file-encoding", Place(file=place.file, line=line), "is not UTF-8 text.",
                                       "Save the file as UTF-8."))
        except OSError as problem:
            self.findings.append(error("file-missing", place, f"{(problem.strerror or 'cannot be read').lower()}.",
                                       "Put the file there, or take its name out of edition.yaml."))
        return None

    def page(self, path: Path) -> tuple[Fields, tuple[Block, ...]] | None:
        """A file of front matter and Markdown."""
        text = self.text(path)
        if text is None:
            return None
        file = self.name(path)
        head, body, body_line = _split(text)
        node, findings = parse_yaml(head, file, 2) if head is not None else (None, [])
        self.findings += findings
        if head is None:
            self.findings.append(error("yaml-syntax", Place(file=file, line=1), "has no front matter.",
                                       "Begin the file with '---', the fields, and '---' again."))
        blocks, findings = parse_markdown(body, file, body_line)
        self.findings += findings
        return Fields(node, Place(file=file, line=1), self.findings, unread=node is None), blocks

    # ---------------------------------------------------------------- edition.yaml
    def edition(self) -> Edition | None:
        path = self.folder / "edition.yaml"
        text = self.text(path)
        if text is None:
            return None
        node, findings = parse_yaml(text, self.name(path))
        self.findings += findings
        place = Place(file=self.name(path))
        if node is None:
            if not findings:
                self.findings.append(error("key-missing", place, "is empty.", "Give the edition at least key, title, language and sections."))
            return None
        f = Fields(node, place, self.findings)
        contents, notes = f.fields("contents"), f.fields("note_pages")
        edition = Edition(
            root=self.root, folder=self.folder, place=place,
            key=self.key(f), title=f.text("title", required=True) or "", language=f.text("language", required=True) or "en",
            languages=f.lines("languages"), year=f.text("year"), publisher=f.text("publisher"), created=self.date(f),
            trim=self.trim(f), bleed_mm=f.number("bleed_mm", 3, above=0, most=20),
            page_multiple=int(f.number("page_multiple", 4, above=0, most=64)),
            cover=self.cover(f.fields("cover")),
            contents_title=self.title(contents) or "Contents", note_pages_title=self.title(notes),
            marks=tuple(self.marks(f)), sections=tuple(self.sections(f)),
            preface=self.front_matter("preface"), imprint=self.front_matter("imprint"), places=f.places(),
        )
        f.close()
        return edition

    def title(self, fields: Fields | None) -> str | None:
        if fields is None:
            return None
        title = fields.text("title")
        fields.close()
        return title

    def key(self, f: Fields) -> str:
        key = f.text("key", required=True) or "directory"
        if not _KEY.fullmatch(key):
            f.complain("value-type", f.places()["key"], f"'{key}' is no key.", "Use small letters, digits and single hyphens: it names the files.")
            return "directory"
        return key

    def date(self, f: Fields) -> str:
        date = f.text("created", required=True) or "2000-01-01"
        if not _DATE.fullmatch(date):
            f.complain("value-type", f.places()["created"], f"'{date}' is no date.", "Write it as 2020-10-05: both PDFs carry it.")
            return "2000-01-01"
        return date

    def trim(self, f: Fields) -> TrimSize:
        node = f.node("trim", required=True)
        if node is not None and isinstance(node.value, dict):
            inner = Fields(node, node.place, self.findings)
            size = TrimSize(width_mm=inner.number("width_mm", 210, above=90, most=500),
                            height_mm=inner.number("height_mm", 297, above=120, most=700))
            inner.close()
            return size
        name = node.value if node is not None and isinstance(node.value, str) else "A4"
        if name not in _LEAVES:
            f.complain("value-type", f.places()["trim"], f"'{name}' is no known trim.",
                       f"Use {', '.join(_LEAVES)}, or width_mm and height_mm.")
            name = "A4"
        width, height = _LEAVES[name]
        return TrimSize(width_mm=width, height_mm=height)

    def cover(self, f: Fields | None) -> Cover | None:
        if f is None:
            return None
        cover = Cover(
            place=f.place, series=f.lines("series"), title=f.lines("title"), year=f.text("year"), words=f.lines("words"),
            event=f.lines("event"), theme=f.lines("theme"), date=f.text("date"), venue=f.lines("place"))
        f.close()
        return cover

    def marks(self, f: Fields) -> list[Mark]:
        marks = []
        if inner := f.fields("marks"):
            for key in inner.names():
                if row := inner.fields(key):
                    marks.append(Mark(key=key, sign=row.text("sign", required=True) or "",
                                      legend=row.text("legend", required=True) or "", place=row.place))
                    row.close()
        return marks

    def sections(self, f: Fields) -> list[Section]:
        sections = []
        f.node("sections", required=True)
        for node in f.nodes("sections", of=dict):
            s = Fields(node, node.place, self.findings)
            folder = s.text("folder", required=True) or ""
            entries = [self.entry(self.folder / folder / f"{stem.value}.md", stem) for stem in s.nodes("entries", of=str)]
            sections.append(Section(key=s.text("key", required=True) or folder, title=s.text("title", required=True) or "",
                                    place=node.place, entries=tuple(entry for entry in entries if entry)))
            s.close()
        self.complain_unlisted(f)
        return sections

    def complain_unlisted(self, f: Fields) -> None:
        """An entry's file that no section lists would be lost silently."""
        listed: dict[Path, set[str]] = {}
        for node in f.nodes("sections", of=dict):
            assert isinstance(node.value, dict)
            folder, entries = node.value.get("folder"), node.value.get("entries")
            if folder and isinstance(folder.value, str):
                stems = entries.value if entries and isinstance(entries.value, list) else []
                listed.setdefault(self.folder / folder.value, set()).update(str(stem.value) for stem in stems)
        for folder_path, stems in listed.items():
            for path in sorted(folder_path.glob("*.md")) if folder_path.is_dir() else []:
                if path.stem not in stems:
                    self.findings.append(error("entry-unlisted", Place(file=self.name(path)), "is listed in no section.",
                                               f"Add '{path.stem}' to a section of edition.yaml, or move the file out of the folder."))

    # ---------------------------------------------------------------- pages
    def front_matter(self, key: str) -> FrontMatter | None:
        path = self.folder / "front-matter" / f"{key}.md"
        if not path.exists() or (page := self.page(path)) is None:
            return None
        f, body = page
        front = FrontMatter(key=key, place=Place(file=self.name(path)), body=body, title=f.text("title"),
                            publisher=self.publisher(f.fields("publisher")), queries=tuple(self.queries(f)))
        f.close()
        return front

    def publisher(self, f: Fields | None) -> Publisher | None:
        if f is None:
            return None
        publisher = Publisher(name=f.text("name", required=True) or "", place=f.place, wordmark=f.lines("wordmark"),
                              address=f.text("address"), contact=self.contact(f))
        f.close()
        return publisher

    def entry(self, path: Path, listed: Node) -> Entry | None:
        if not path.exists():
            self.findings.append(error("entry-missing", listed.place, f"{self.name(path)} is not there.",
                                       "Write the entry's file, or take it off the list."))
            return None
        if (page := self.page(path)) is None:
            return None
        f, body = page
        entry = Entry(
            key=path.stem, name=f.text("name", required=True) or path.stem, place=Place(file=self.name(path), line=1), body=body,
            subtitle=f.text("subtitle"), mark=f.text("mark"), motif=f.text("motif"), language=f.text("language"),
            photo=self.photo(f.fields("photo")), contact=self.contact(f), queries=tuple(self.queries(f)), places=f.places())
        f.close()
        return entry

    def queries(self, f: Fields) -> list[Query]:
        queries = []
        for node in f.nodes("queries", of=dict):
            q = Fields(node, node.place, self.findings)
            at, query = q.text("at", required=True), q.text("query", required=True)
            q.close()
            if at and query:
                queries.append(Query(at=at, query=query, place=node.place))
        return queries

    def photo(self, f: Fields | None) -> Photo | None:
        if f is None:
            return None
        file, alt, credit, focus = f.text("file", required=True), f.text("alt"), f.text("credit"), f.text("focus")
        f.close()
        if not file:
            return None
        places = f.places()
        if not alt:
            place = places.get("alt") or Place(file=f.place.file, line=places["file"].line, field="photo.alt")
            f.complain("photo-alt", place, f"'{file}' has no text for those who cannot see it.",
                       "Say in one sentence what the picture shows.")
        return Photo(file=file, alt=alt or "", credit=credit, focus=self.focus(f, focus), place=f.place, file_place=places["file"])

    def focus(self, f: Fields, text: str | None) -> tuple[float, float]:
        if text is None:
            return (50.0, 50.0)
        parts = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)%\s+(\d{1,3}(?:\.\d+)?)%", text.strip())
        if parts is None or not all(0 <= float(part) <= 100 for part in parts.groups()):
            f.complain("value-type", f.places()["focus"], f"'{text}' is no point of a picture.",
                       "Write two percentages from the left and the top, such as '40% 30%'.")
            return (50.0, 50.0)
        return (float(parts[1]), float(parts[2]))

    def contact(self, f: Fields) -> tuple[ContactRow, ...]:
        rows = []
        for node in f.nodes("contact", of=dict):
            row = Fields(node, node.place, self.findings)
            kinds = [name for name in row.names() if name in CONTACT_KINDS]
            for kind in CONTACT_KINDS:
                if kind in kinds and (made := self.contact_row(row, kind)):
                    rows.append(made)
                elif kind not in kinds:
                    row.node(kind)  # a known key, so that a misspelt one is told of it
            row.close()
        return tuple(rows)

    def contact_row(self, row: Fields, kind: str) -> ContactRow | None:
        node = row.node(kind, required=True)
        if node is None:
            return None
        if kind == "social":
            inner = Fields(node, node.place, self.findings)
            network, handle = inner.text("network", required=True), inner.text("handle", required=True)
            inner.close()
            return ContactRow(kind=kind, text=handle or "", network=network, place=node.place) if handle else None
        text = row.text(kind)
        if text is None:
            return None
        labelled = _LABELLED.match(text) if kind in ("phone", "fax", "mail") else None
        if labelled:
            return ContactRow(kind=kind, text=labelled["text"], label=labelled["label"], place=node.place)
        return ContactRow(kind=kind, text=text, place=node.place)


def _split(text: str) -> tuple[str | None, str, int]:
    """Front matter, body and the body's first line; front matter is None where there is none."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return None, text, 1
    for index, line in enumerate(lines[1:], 1):
        if line.strip() == "---":
            return "\n".join(lines[1:index]), "\n".join(lines[index + 1:]), index + 2
    return None, text, 1
