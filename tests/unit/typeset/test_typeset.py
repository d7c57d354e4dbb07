"""The engine is sealed, and what it complains of names the sheet and line."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from directory_pub.census import read_pages
from directory_pub.design.faces import read_faces
from directory_pub.design.grid import read_grid
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding
from directory_pub.typeset import Engine, face_rules
from unit.hand_made import A4, library, set_pages, small_engine

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10" fill="red"/></svg>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "project"


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def reopen(root: Path) -> Engine:
    """The engine on a project that is there, with the sheets as they are now."""
    library = read_faces(Theme.of(root))
    return Engine(Theme.of(root), read_grid(Theme.of(root), A4, 3, library), library, {}, {})


def typeset(engine: Engine, body: str) -> bool:
    pages = engine.typeset(f'<html lang="en"><title>t</title><body>{body}', "book.html.j2")
    return pages is not None and engine.write(pages, "book.html.j2") is not None


# -------------------------------------------------------------------- the seal
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "file:///etc/passwd",
        "project:///../../../etc/passwd",
        "project:///%2e%2e/%2e%2e/etc/passwd",
        "project://elsewhere/styles/x.png",
        "ftp://127.0.0.1:9/x.png",
    ],
)
@pytest.mark.parametrize(
    "element",
    [
        '<img src="{url}" alt="x">',
        '<link rel="attachment" href="{url}">',
        '<link rel="stylesheet" href="{url}">',
        '<object data="{url}"></object>',
        "<style>@import url({url});</style>",
        "<style>p {{ background: url({url}) }}</style><p>x</p>",
        "<style>@font-face {{ font-family: F; src: url({url}) }}</style>",
    ],
)
def test_nothing_outside_the_project_is_fetched_and_the_build_stops(root: Path, url: str, element: str) -> None:
    engine = small_engine(root, "")
    assert not typeset(engine, element.format(url=url))
    assert set(codes(engine.findings)) == {"outside-project"}
    assert url.rsplit("/", maxsplit=1)[-1] in engine.findings[0].message


def test_a_sheet_that_imports_from_outside_stops_the_build(root: Path) -> None:
    engine = small_engine(root, "")
    (root / "styles" / "text.css").write_text("@import url(http://127.0.0.1:9/x.css);")
    again = reopen(root)
    assert codes(engine.findings) == []
    assert "outside-project" in codes(again.findings)
    assert again.typeset("<p>x", "book.html.j2") is None


def test_a_link_that_leads_out_of_the_project_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_bytes(SVG)
    engine = small_engine(root, "")
    (root / "inside.svg").symlink_to(tmp_path / "secret.svg")
    assert not typeset(engine, '<img src="project:///inside.svg" alt="x">')
    assert codes(engine.findings) == ["outside-project"]


def test_a_file_of_the_project_and_artwork_are_read(root: Path) -> None:
    engine = small_engine(root, "", {"tile.svg": SVG})
    (root / "inside.svg").write_bytes(SVG)
    assert typeset(engine, '<img src="project:///inside.svg" alt="x"><img src="project:///.artwork/tile.svg" alt="y">')
    assert engine.findings == []


def test_a_link_for_readers_is_not_fetched(root: Path) -> None:
    engine = small_engine(root, "")
    assert typeset(engine, '<a href="https://example.org/">x</a>')
    assert engine.findings == []


# -------------------------------------------------------------------- complaints
def test_a_warning_names_the_sheet_and_its_line(root: Path) -> None:
    engine = small_engine(root, "p {\n  colour: red;\n}\nq { widht: 1mm }")
    assert [(f.code, f.place.file, f.place.line) for f in engine.findings] == [
        ("engine-warning", "styles/text.css", 4),
        ("engine-warning", "styles/text.css", 6),
    ]
    assert "colour" in engine.findings[0].message


def test_a_picture_that_is_not_there_names_the_layout(root: Path) -> None:
    engine = small_engine(root, "")
    engine.typeset('<img src="project:///none.png" alt="x">', "book.html.j2")
    assert {(f.code, f.place.file) for f in engine.findings} == {("engine-warning", "layouts/book.html.j2")}
    assert "none.png" in engine.findings[0].message


def test_a_character_without_a_glyph_does_not_come_from_the_system(root: Path) -> None:
    engine = small_engine(root, "")
    typeset(engine, "<p>日</p>")
    assert any("U+65E5" in finding.message for finding in engine.findings)


def test_a_family_that_the_system_has_is_not_seen(root: Path) -> None:
    engine = small_engine(root, "")
    pdf = set_pages(engine, '<p style="font-family: DejaVu Sans, Arial, monospace">x</p>')
    assert {word.face.rstrip(",") for page in read_pages(pdf) for word in page.words} == {"Source-Sans-3"}


def test_the_engine_leaves_no_listener_behind(root: Path) -> None:
    before = list(logging.getLogger("weasyprint").handlers)
    typeset(small_engine(root, ""), '<img src="file:///etc/passwd" alt="x">')
    assert logging.getLogger("weasyprint").handlers == before


# -------------------------------------------------------------------- pages
def test_anchors_are_page_and_millimetres_from_the_trim(root: Path) -> None:
    pages = small_engine(root, "").typeset(
        '<html lang="en"><body><p id="a" style="position: absolute; left: 20mm; top: 30mm">x</p><p>z</p>'
        '<p id="b" style="break-before: page">y</p>',
        "book.html.j2",
    )
    assert pages is not None
    a, b = pages.anchors()["a"], pages.anchors()["b"]
    assert (a.page_index, a.left_mm, a.top_mm) == (0, pytest.approx(20, abs=0.01), pytest.approx(30, abs=0.01))
    assert (b.page_index, b.left_mm, b.top_mm) == (1, 0, 0)


def test_a_later_sheet_wins(root: Path) -> None:
    engine = small_engine(root, "p { margin-left: 10mm }")
    (root / "styles" / "pages").mkdir()
    (root / "styles" / "pages" / "a.css").write_text("p { margin-left: 20mm }")
    nearer = reopen(root)
    lefts = [next(read_pages(set_pages(e, "<p>x</p>"))).words[0].left_mm for e in (engine, nearer)]
    assert lefts == pytest.approx([10, 20], abs=0.05)


def test_every_face_of_fonts_is_declared_and_nothing_else() -> None:
    rules = face_rules(library())
    assert rules.count("@font-face") == len(library().faces)
    bold_italic = library().find("Source Serif 4", 700, True)
    assert bold_italic is not None
    address = library().address(bold_italic)
    assert library().addresses[address] == bold_italic.path.read_bytes()
    assert (
        f"font-family:'Source Serif 4';font-weight:700;font-style:italic;src:url('project:///.faces/{address}')"
        in rules
    )
