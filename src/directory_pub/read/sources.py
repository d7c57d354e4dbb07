"""The files of an edition: their text, front matter and Markdown, each with its complaints."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from msgspec import Struct, field

from directory_pub.edition.contact_table import ContactTable
from directory_pub.edition.form import Form
from directory_pub.edition.model import OwnField
from directory_pub.edition.text import Block
from directory_pub.edition.yaml_source import Fields, Node, parse_yaml, scalars
from directory_pub.findings import Finding, Place, error
from directory_pub.read.characters import check_characters
from directory_pub.read.markdown_source import parse_markdown
from directory_pub.read.raw_html import fields_html
from directory_pub.read.slips import field_slips
from directory_pub.storage.enclosure import Refused, read_text
from directory_pub.storage.store import Store

__all__ = ["Sources", "check_fields"]

_Document = tuple[Node | None, list[Finding]]
_Page = tuple[Node | None, list[Finding], tuple[Block, ...]]


class Sources(Struct):
    """Reads files below the project's ``root`` or the edition's ``folder``, and keeps what is wrong with them.

    ``contact`` is what contact rows may be, ``own`` the fields that the edition declares, ``language`` what it is
    written in, ``email_web`` where the email PDF can be had; ``used`` are the files that were asked for, ``fed`` the
    folders whose entries a table lists, each with its name, or with none where it cannot be read.
    """

    root: Path
    folder: Path
    store: Store = field(default_factory=Store)
    contact: ContactTable = field(default_factory=ContactTable)
    own: tuple[OwnField, ...] = ()
    language: str = "en"
    email_web: str | None = None
    findings: list[Finding] = field(default_factory=list)
    used: set[Path] = field(default_factory=set)
    fed: dict[Path, str] = field(default_factory=dict)

    def alone(self) -> Sources:
        """The same for one entry, whose findings are kept with it; nothing is asked of the store."""
        return Sources(self.root, self.folder, contact=self.contact, own=self.own, language=self.language)

    def name(self, path: Path) -> str:
        """A file as the editor knows it: from the project's folder, with ``\\xe9`` for a byte that is no UTF-8."""
        return os.fsencode(path.as_posix().removeprefix(f"{self.root.as_posix()}/")).decode(errors="backslashreplace")

    def complain(self, code: str, place: Place, message: str, remedy: str) -> None:
        """Add an error."""
        self.findings.append(error(code, place, message, remedy))

    def text(self, path: Path) -> str | None:
        """A file's text, or None with a finding."""
        self.used.add(path)
        try:
            return read_text(path, self.root, self.folder)
        except Refused as refused:
            self.findings.append(refused.finding)
            return None

    def page(self, path: Path, form: Form) -> tuple[Fields, tuple[Block, ...]] | None:
        """A file of front matter and Markdown: its fields, by their form, and its body."""
        text = self.text(path)
        return None if text is None else self.page_of(text, path, form)

    def page_of(self, text: str, path: Path, form: Form) -> tuple[Fields, tuple[Block, ...]]:
        """The fields and the body of a file whose text is known; without front matter nothing else is read."""
        file = self.name(path)
        place = Place(file=file, line=1)
        head, body, body_line = _split(text)
        if head is None:
            self.complain("yaml-syntax", place, *_missing_front_matter(text))
            return Fields(None, place, self.findings, form, unread=True), ()
        node, blocks = self._parsed(head, body, body_line, file)
        return Fields(node, place, self.findings, form, unread=node is None), blocks

    def more_of(self, text: str, path: Path) -> tuple[Node | None, tuple[Block, ...]]:
        """The fields and the body of a file that may have fields, and may be nothing but text."""
        head, body, body_line = _split(text)
        if head is None and text.lstrip().startswith("---\n"):
            self.complain("yaml-syntax", Place(file=self.name(path), line=1), *_missing_front_matter(text))
            return None, ()
        return self._parsed(head or "", body, body_line, self.name(path))

    def _parsed(self, head: str, body: str, body_line: int, file: str) -> tuple[Node | None, tuple[Block, ...]]:
        told = (file, head, body, str(body_line))
        node, findings, blocks = self.store.recall("page", _Page, lambda: _parse(*told[1:3], file, body_line), *told)
        self.findings.extend(findings)
        return node, blocks

    def document(self, text: str, path: Path) -> Node | None:
        """The whole of a YAML file."""
        file = self.name(path)
        node, findings = self.store.recall("yaml", _Document, lambda: _parse_document(text, file), file, text)
        self.findings.extend(findings)
        return node


def _parse_document(text: str, file: str) -> _Document:
    node, findings = parse_yaml(text, file)
    return node, [*findings, *check_characters(scalars(node)), *check_fields(node)]


def _parse(head: str, body: str, file: str, body_line: int) -> _Page:
    """Front matter and body, with what is wrong with either."""
    node, findings = parse_yaml(head, file, 2)
    blocks, more = parse_markdown(body, file, body_line)
    lines = ((line, Place(file=file, line=row, field="body")) for row, line in enumerate(body.split("\n"), body_line))
    unseen = check_characters(itertools.chain(scalars(node), lines))
    return node, [*findings, *more, *unseen, *check_fields(node)], blocks


def check_fields(node: Node | None) -> list[Finding]:
    """What fields have in them that is printed as it stands, and was meant otherwise."""
    return [*fields_html(scalars(node)), *field_slips(scalars(node))]


def _split(text: str) -> tuple[str | None, str, int]:
    """Front matter, body and the body's first line; front matter is None where there is none."""
    lines = text.split("\n")
    if lines[0].strip() == "---":
        for index, line in enumerate(lines[1:], 1):
            if line.strip() == "---":
                return "\n".join(lines[1:index]), "\n".join(lines[index + 1 :]), index + 2
    return None, text, 1


def _missing_front_matter(text: str) -> tuple[str, str]:
    """What is wrong with a file whose fields cannot be told from its text, and what to do."""
    if text.split("\n", 1)[0].strip() == "---":
        return "the front matter has no end.", "Write '---' on a line of its own behind the last field."
    if text.lstrip().startswith("---\n"):
        return "the front matter does not begin on the first line.", "Take out what stands above the first '---'."
    return "has no front matter.", "Begin the file with '---', the fields, and '---' again."
