"""The faces of the book, as a proofreader counts them: one finding for each that is missing, doubled or for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import force_setattr

from directory_pub.design.faces import read_faces
from directory_pub.edition.model import Edition
from directory_pub.edition.text import Note, Quote
from directory_pub.edition.theme import Layer, Theme
from directory_pub.findings import Finding
from directory_pub.proofread.faces import proofread_faces
from made_faces import make_face, make_variable, saved
from unit.hand_made import edition, entry, paragraph, run

TOKENS = b':root { --sans: "Kite";\n--serif: "Kite" }'
STYLES = b"""\
text: { size: text }
quote: { size: text, family: serif }
note: { size: text }
title: { size: text, weight: 700 }
"""
Put = Callable[..., None]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes a file into the edition's folder, or into another layer below it."""

    def write(name: str, content: bytes, layer: str = "edition") -> None:
        path = tmp_path / layer / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    write("styles/tokens.css", TOKENS, "project")
    write("styles/text-styles.yaml", STYLES, "project")
    return write


def told(root: Path, book: Edition | None = None) -> list[Finding]:
    theme = Theme((Layer("edition", root / "edition", "content/x/"), Layer("project", root / "project")))
    force_setattr(book := book or edition(entry("quay", paragraph("Lanterns."))), "theme", theme)
    return list(proofread_faces(book, read_faces(theme)))


def whole_family(put: Put, *but: str) -> None:
    for name, weight, italic in (("r", 400, False), ("i", 400, True), ("b", 700, False), ("bi", 700, True)):
        if name not in but:
            put(f"fonts/{name}.otf", saved(make_face("Kite", weight, italic=italic, compact=True)), "project")


@pytest.mark.slow
def test_a_family_that_has_all_that_is_asked_for_has_no_finding(tmp_path: Path, put: Put) -> None:
    whole_family(put)
    text = paragraph(run("a", bold=True), run("b", italic=True), run("c", bold=True, italic=True))
    assert told(tmp_path, edition(entry("quay", text))) == []


def test_a_missing_weight_is_one_finding_that_names_all_who_ask(tmp_path: Path, put: Put) -> None:
    whole_family(put)
    put("styles/text-styles.yaml", STYLES + b"lead: { size: text, weight: 300 }\nword: { size: text, weight: 300 }\n")
    put("styles/a.css", b"\np { font: 300 9pt/1 var(--sans) }\nq { font: 300 8pt var(--serif) }")
    (finding,) = told(tmp_path)
    assert (finding.code, finding.severity) == ("face-missing", "error")
    assert (finding.place.file, finding.place.line) == ("content/x/styles/text-styles.yaml", 5)
    for asker in ("'lead'", "'word'", "content/x/styles/a.css:2", "content/x/styles/a.css:3"):
        assert asker in finding.message
    assert "'Kite' has no weight 300" in finding.message
    assert "400 or 700" in finding.remedy


def test_a_weight_without_a_family_is_missing_only_where_no_family_has_it(tmp_path: Path, put: Put) -> None:
    whole_family(put)
    put("styles/a.css", b"p { font-weight: 700 } q { font-weight: bolder } b { font-weight: var(--x) }")
    assert told(tmp_path) == []
    put("styles/a.css", b"p { font-weight: 900 }")
    assert [finding.code for finding in told(tmp_path)] == ["face-missing"]


@pytest.mark.parametrize(
    ("without", "style", "named"),
    [
        ("i", {"italic": True}, "no italic in"),
        ("bi", {"bold": True, "italic": True}, "no bold italic in"),
    ],
)
def test_a_missing_italic_is_one_finding_at_the_first_passage(
    tmp_path: Path, put: Put, without: str, style: dict[str, bool], named: str
) -> None:
    whole_family(put, without)
    first = entry("quay", paragraph("Plain."), paragraph(run("one", line=9, **style)))
    note = Note(key="a", runs=(run("three", **style),), line=1, call_line=1)
    other = entry("mole", Quote(paragraphs=(paragraph(run("two", **style)),), line=1), paragraph(run("", note=note)))
    (finding,) = told(tmp_path, edition(first, other))
    assert (finding.code, finding.place) == ("face-missing", first.in_body(9))
    assert named in finding.message
    assert "3 passages" in finding.message
    assert "take this emphasis out" in finding.remedy


def test_what_is_not_asked_for_is_not_missing(tmp_path: Path, put: Put) -> None:
    whole_family(put, "i", "bi")
    assert told(tmp_path) == []


def test_of_a_family_that_is_not_there_no_weight_is_missing(tmp_path: Path, put: Put) -> None:
    assert told(tmp_path) == []


@pytest.mark.slow
def test_a_variable_face_is_every_weight_that_it_has_and_no_other(tmp_path: Path, put: Put) -> None:
    put("fonts/kite.ttf", saved(make_variable("Kite", slants=True)), "project")
    put("styles/a.css", b"p { font: 300 9pt var(--sans) }\nq { font: 100 9pt var(--sans) }")
    (finding,) = told(tmp_path, edition(entry("quay", paragraph(run("a", bold=True, italic=True)))))
    assert "no weight 100" in finding.message
    assert finding.place.line == 2


# -------------------------------------------------------------------- what is there and should not be
def test_two_files_of_one_face_in_one_layer_are_one_finding(tmp_path: Path, put: Put) -> None:
    whole_family(put)
    put("fonts/static/again.ttf", saved(make_face("Kite", 700)), "project")
    (finding,) = told(tmp_path)
    assert (finding.code, finding.place.file) == ("face-duplicate", "fonts/static/again.ttf")
    assert "fonts/b.otf" in finding.message


def test_a_variable_face_beside_static_ones_is_one_finding(tmp_path: Path, put: Put) -> None:
    whole_family(put)
    put("fonts/kite.ttf", saved(make_variable("Kite")), "project")
    assert [finding.code for finding in told(tmp_path)] == ["face-duplicate"]


def test_a_file_over_another_layers_face_is_none(tmp_path: Path, put: Put) -> None:
    whole_family(put)
    put("fonts/mine.ttf", saved(make_face("Kite", 700)))
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("licence", "word"),
    [(0, None), (2, "forbid to embed it"), (4, None), (8, None), (6, None), (0x100, "a part of it")],
)
def test_a_face_that_must_not_be_embedded_is_told_of(tmp_path: Path, put: Put, licence: int, word: str | None) -> None:
    whole_family(put, "r")
    put("fonts/r.ttf", saved(make_face("Kite", licence=licence)))
    found = told(tmp_path)
    assert [finding.code for finding in found] == (["face-licence"] if word else [])
    assert all(re.search(word or "", finding.message) for finding in found)


def test_a_family_of_the_editions_own_that_nothing_asks_for_is_one_note(tmp_path: Path, put: Put) -> None:
    whole_family(put)
    put("fonts/lark.ttf", saved(make_face("Lark")))
    put("fonts/lark-bold.ttf", saved(make_face("Lark", 700, licence=2)))
    put("fonts/owl.ttf", saved(make_face("Owl")), "project")  # of other editions, perhaps
    (finding,) = told(tmp_path)
    assert (finding.code, finding.severity) == ("face-unused", "note")
    assert "'Lark'" in finding.message
    assert "1 more file" in finding.message
    put("styles/a.css", b'p { font-family: "Lark" }')
    assert [finding.code for finding in told(tmp_path)] == ["face-licence"]
