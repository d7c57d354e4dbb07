"""The examples of docs/editors.md are what they say: each is put into an edition, and the reader takes it."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest
from openpyxl import Workbook

from directory_pub.artwork import MOTIFS
from directory_pub.design.inks import read_inks
from directory_pub.edition.model import Edition
from directory_pub.edition.theme import open_theme
from directory_pub.findings import Finding, Severity
from directory_pub.proofread.references import proofread_references
from directory_pub.read import read_edition
from directory_pub.read.forms import ENTRY
from project import HARBOUR, ROOT

PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")
BLOCKS = [
    textwrap.dedent(block).strip("\n")
    for block in re.findall(r"(?:(?<=\n\n)|\A)((?:(?: {4}.*)?\n)+)", PAGE)
    if block.strip()
]
TABLE = next(block for block in BLOCKS if "entries: members.xlsx" in block)
COLUMNS = next(block for block in BLOCKS if block.startswith("columns:"))
OF_PRINTERS = ("spot_inks", "adverts: {rgb", "rooms: ")  # which lie in printers/, or in a programme
NOT_YAML = ("content/2020/", "directory-pub ")  # the folder, a finding, a command
EDITION = """\
key: x
title: Register
language: en-GB
languages: [en-GB, fr]
created: 2031-03-02
trim: A4
country: CH
marks: {gender-focus: {sign: "**", legend: This NGO has a gender focus.}}
"""
SECTION = "key: towns, title: TOWNS, folder: entries, entries: [rainbow-cities, eurocities, metropolis]"
SECTIONS = f"sections: [{{{SECTION}}}]\n"
FIELDS = next(block for block in BLOCKS if block.startswith("fields:")) + "\n"
OWN = re.findall(r"^  (\w+):", FIELDS, re.MULTILINE)


def alternatives(block: str) -> list[str]:
    """The lines of a block that shows what one field may be, each for itself; else the block."""
    lines = block.split("\n")
    is_one_field = len({line.split(":", maxsplit=1)[0] for line in lines}) == 1 and not block.startswith("- ")
    return lines if is_one_field else [block]


def name_of(block: str) -> str:
    return " ".join(block.split())[:40]


@pytest.mark.parametrize("block", [each for block in BLOCKS for each in alternatives(block)], ids=name_of)
def test_an_example_is_taken_as_it_is(block: str, tmp_path: Path) -> None:
    if block.startswith(NOT_YAML) or block in (TABLE, COLUMNS):
        return
    edition, head = EDITION + SECTIONS, "name: Rainbow Cities Network\nplace: Ghent\n"
    entry = f"---\n{head}---\n\nText.\n"
    if block.startswith("---\nkind: "):
        edition = edition.replace("trim:", "pages: [letter, towns]\ntrim:")
        write(tmp_path / "content" / "x" / "pages" / "letter.md", f"{block}\n\nText.\n")
    elif block.startswith(("Table:", "![")):
        entry = f"---\n{head}---\n\n{block}\n"
    elif block.startswith("---"):
        entry = block
    elif block.startswith("- "):
        entry = f"---\n{head}contact:\n{textwrap.indent(block, '  ')}\n---\n\nText.\n"
    elif block.startswith(("rooms:", "title: Partners")):  # files of their own
        name = "programme" if block.startswith("rooms:") else "sponsors"
        for key, there in (
            ("maren-fjelldal", "eurocities"),
            ("lindhaven-ferries", "metropolis"),
            ("ada-brandt", "eurocities"),
        ):
            block = block.replace(key, there)
        edition = edition.replace("trim:", f"pages: [towns, {name}]\n{name}: {name}.yaml\ntrim:")
        write(tmp_path / "content" / "x" / f"{name}.yaml", block + "\n")
    elif block.startswith(("programme:", "sponsors:")):
        return  # a file that is not there
    elif block.startswith("publisher:"):
        write(tmp_path / "content" / "x" / "front-matter" / "imprint.md", f"---\n{block}\n---\n\nText.\n")
    elif block.startswith("navy:"):
        write(tmp_path / "content" / "x" / "styles" / "inks.yaml", block + "\n")
        assert read_inks(open_theme(tmp_path / "content" / "x", tmp_path))[1] == []
    elif block.split(":", maxsplit=1)[0] in [field.name for field in ENTRY]:
        entry = f"---\n{head}{block}\n---\n\nText with inhabitants..\n"
    elif block.startswith(tuple(OWN)):
        edition, entry = edition + FIELDS, f"---\n{head}{block}\n---\n\nText.\n"
    elif "\nsections:" in f"\n{block}":
        edition = EDITION + block.replace("folder: members", "folder: entries") + "\n"
    else:
        edition += (block.replace("members", "towns") if block.startswith("pages:") else block) + "\n"
    read, findings = read_all(tmp_path, edition, entry)
    told = [f for f in findings if f.severity is not Severity.NOTE and f.code != "mark-unused"]
    assert told == []
    assert "Rainbow Cities Network" in [each.name for each in read.entries]


@pytest.mark.parametrize("columns", ["", COLUMNS], ids=["usual", "named"])
def test_a_table_is_taken_as_it_is(columns: str, tmp_path: Path) -> None:
    heads = re.findall(r"[:\[,] (?=[A-Z])?\[?([A-Z][\w ]+\w)", columns) or ["Name"]
    book = Workbook()
    assert book.active is not None
    book.active.append(heads)
    book.active.append(["Rainbow Cities Network", "Mon–Fri 9–17", "+41 22 555 01 32", "+41 22 555 01 33"][: len(heads)])
    folder = tmp_path / "content" / "x"
    write(folder / "edition.yaml", f"{EDITION}{FIELDS}{TABLE}\n{textwrap.indent(columns, '    ')}\n")
    book.save(folder / "members.xlsx")
    read, findings = read_edition(folder, tmp_path)
    assert findings == []
    assert read is not None
    (entry,) = read.entries
    assert entry.name == "Rainbow Cities Network"
    assert [len(entry.values), len(entry.contact)] == ([1, 2] if columns else [0, 0])


def read_all(root: Path, edition: str, entry: str) -> tuple[Edition, list[Finding]]:
    """The edition, with what reading and proofreading tell of it."""
    folder = root / "content" / "x"
    write(folder / "edition.yaml", edition)
    write(folder / "entries" / "rainbow-cities.md", entry)
    for key in ("eurocities", "metropolis"):
        write(folder / "entries" / f"{key}.md", f"---\nname: {key.capitalize()}\nplace: Ghent\n---\n\nText.\n")
    listed = "".join(re.findall(r"^pages: (.*)", edition, re.MULTILINE))
    for key in {*re.findall(r"[\w-]+", listed)} - {"contents", "notes", "blank", "towns", "letter"}:
        write(folder / "pages" / f"{key}.md", "---\ntitle: A page\n---\n\nText.\n")
    (folder / "photos").mkdir()
    shutil.copy(HARBOUR / "photos" / "quay.jpg", folder / "photos")
    read, findings = read_edition(folder, root)
    assert read is not None
    references = proofread_references(read, MOTIFS)
    # A page of one's own needs a layout, which docs/designers.md shows.
    return read, [*findings, *(each for each in references if each.code != "layout-fault")]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_the_page_has_an_entry_contact_rows_pages_and_queries() -> None:
    begins = [block.split(":")[0].split("\n")[0] for block in BLOCKS]
    assert {"---", "- phone", "pages", "queries"} <= set(begins)


@pytest.mark.parametrize("field", re.findall(r"`(\w+: [^`…]+|\w+: \{[^`]+\})`", PAGE))
def test_a_field_in_a_sentence_is_one(field: str, tmp_path: Path) -> None:
    if field.startswith(OF_PRINTERS):
        return
    places = (
        (EDITION.replace("country: CH\n", "") + SECTIONS + field + "\n", ""),
        (EDITION + SECTIONS, f"{field}\n"),
        (EDITION + FIELDS + f"sections: [{{{SECTION}, {field}}}]\n", ""),
        (EDITION + SECTIONS, f"photo: {{file: quay.jpg, alt: A quay., {field}}}\n"),
        (EDITION + f"pages: [letter, towns]\nemail: {{web: https://www.example.org}}\n{SECTIONS}", ""),
    )
    for number, (edition, more) in enumerate(places):
        page = field if "letter" in edition else "title: Hear"
        write(tmp_path / str(number) / "content" / "x" / "pages" / "letter.md", f"---\n{page}\n---\n\nText.\n")
        _, findings = read_all(
            tmp_path / str(number), edition, f"---\nname: Rainbow Cities Network\n{more}---\n\nText.\n"
        )
        if not any(each.code in ("key-unknown", "value-type", "yaml-syntax", "key-duplicate") for each in findings):
            return
    raise AssertionError(findings)
