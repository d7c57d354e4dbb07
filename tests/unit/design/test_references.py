"""What layouts, sheets and drawings ask for: nothing outside the project is read, called or passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.design.project_files import ProjectFiles
from directory_pub.design.references import asked_by_drawing
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding
from directory_pub.proofread.sheets import proofread_sheets
from unit.hand_made import library, small_engine
from unit.typeset.test_typeset import reopen, typeset
from watching import watching

ADDRESSES = ["file://SECRET/x", "http://127.0.0.1:9/x", "//127.0.0.1:9/x", "project:///../secret/x"]
OTHERS = [
    "https://example.org/x", "ftp://127.0.0.1/x", "FILE:///etc/x", "file:/etc/x", "/etc/x", "../secret/x", "SECRET/x",
    "project:///styles/%2e%2e/%2e%2e/secret/x", "project:///%2E%2E%2Fsecret%2Fx", "project:../x",
    "project://127.0.0.1/x", "project:///out/x", "data:text/plain,x", "data:image/svg+xml,%3Csvg/%3E", "x.png",
    "\\\\host\\x", "jar:file:///x", "unix:/x", "gopher://127.0.0.1/x", "http://[", "project:///.edition/../../secret/x",
]  # fmt: skip
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
DRAWN = {
    "image": '<image href="{}" width="9" height="9"/>',
    "xlink": '<image xlink:href="{}" width="9" height="9"/>',
    "use": '<use href="{}#a"/>',
    "fill": '<rect width="9" height="9" fill="url({}#a)"/>',
    "style": """<rect width="9" height="9" style="filter: url('{}#a')"/>""",
    "sheet": "<style>rect {{ fill: url({}#a) }}</style>",
    "import": '<style>@import "{}";</style>',
    "face": "<style>@font-face {{ font-family: F; src: url({}) }}</style>",
    "gradient": '<linearGradient id="g" xlink:href="{}#a"/>',
    "include": '<include xmlns="http://www.w3.org/2001/XInclude" href="{}"/>',
    "foreign": '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="{}"/></foreignObject>',
    "script": '<script href="{}"/>',
}
LAID_OUT = {
    "img": '<img src="{}" alt="x">',
    "srcset": '<img srcset="{} 2x" alt="x">',
    "picture": '<picture><source srcset="{}"><img alt="x"></picture>',
    "object": '<object data="{}">x</object>',
    "embed": '<embed src="{}">',
    "iframe": '<iframe src="{}"></iframe>',
    "video": '<video src="{}" poster="{}"></video>',
    "script": '<script src="{}"></script>',
    "input": '<input type="image" src="{}">',
    "body": '<table background="{}"><tr><td>x</table>',
    "sheet": '<link rel="stylesheet" href="{}">',
    "other sheet": '<link rel="alternate stylesheet" href="{}">',
    "attachment": '<link rel="attachment" href="{}">',
    "inner attachment": '<a rel="attachment" href="{}">x</a>',
    "icon": '<link rel="icon" href="{}">',
    "base": '<base href="{}">',
    "refresh": '<meta http-equiv="refresh" content="0; url={}">',
    "style": """<p style="background: url('{}')">x</p>""",
    "cursor": """<p style="cursor: url('{}'), auto">x</p>""",
    "list": """<ul style="list-style-image: url('{}')"><li>x</ul>""",
    "rules": "<style>p::before {{ content: url('{}') }}</style><p>x</p>",
    "import": "<style>@import '{}';</style>",
    "face": "<style>@font-face {{ font-family: F; src: url('{}') }}</style>",
    "profile": "<style>@color-profile --p {{ src: url('{}') }}</style>",
    "escape": "<style>p {{ background: u\\72l('{}') }}</style><p>x</p>",
    **{f"drawing: {name}": SVG.format(inner) for name, inner in DRAWN.items()},
}
SHEETS = {
    "import": "@import url({});",
    "quoted import": "@import '{}';",
    "face": "@font-face {{ font-family: F; src: local(x), url({}) format('woff2') }}",
    "background": "p {{ background: red url({}) }}",
    "several": "p {{ background-image: none, url('{}') }}",
    "content": "p::after {{ content: 'a' url({}) }}",
    "list": "li {{ list-style: url({}) }}",
    "cursor": "p {{ cursor: url({}), auto }}",
    "image set": "p {{ background: image-set('{}' 1x) }}",
    "property": ":root {{ --x: url({}) }}",
    "page": "@page {{ background: url({}); @top-left {{ content: url({}) }} }}",
    "media": "@media print {{ p {{ border-image: url({}) }} }}",
    "supports": "@supports (x: y) {{ p {{ mask: url({}) }} }}",
    "layer": "@layer a {{ p {{ clip-path: url({}) }} }}",
    "profile": "@color-profile --p {{ src: url({}) }}",
    "symbols": "@counter-style c {{ symbols: url({}) }}",
    "nested": "p {{ & b {{ background: url({}) }} }}",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x").write_text("secret")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "out").symlink_to(tmp_path / "secret")
    return tmp_path / "project"


def outside(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.code == "outside-project"]


def told(address: str, root: Path) -> str:
    return address.replace("SECRET", str(root.parent / "secret"))


@pytest.mark.quick("*-project:///../secret/x", "img-*")
@pytest.mark.parametrize(
    ("way", "address"),
    [*((way, each) for way in LAID_OUT for each in ADDRESSES), *(("img", each) for each in OTHERS)],
)
def test_what_a_layout_asks_for_outside_is_told_of_and_not_read(root: Path, way: str, address: str) -> None:
    asked = told(address, root)
    engine = small_engine(root, "")
    with watching(root.parent / "secret") as seen:
        assert not typeset(engine, LAID_OUT[way].replace("{}", asked).replace("{{", "{").replace("}}", "}"))
    assert (seen.opened, seen.called) == ([], [])
    assert [asked in finding.message for finding in outside(engine.findings)] == [True], engine.findings
    assert engine.findings[0].place.file == "layouts/book.html.j2"


@pytest.mark.quick("*-project:///../secret/x", "import-*")
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("way", SHEETS)
def test_what_a_sheet_asks_for_outside_is_told_of_at_its_line(root: Path, way: str, address: str) -> None:
    asked = told(address, root)
    small_engine(root, "")
    (root / "styles" / "text.css").write_text("\n\n" + SHEETS[way].format(asked, asked))
    with watching(root.parent / "secret") as seen:
        findings = list(proofread_sheets(Theme.of(root), library()))
        typeset(reopen(root), "<ul><li>x<p>x</ul>")
    assert (seen.opened, seen.called) == ([], [])
    assert {str(finding.place) for finding in outside(findings)} == {"styles/text.css:3"}
    assert all(asked in finding.message for finding in outside(findings))


@pytest.mark.quick("*-project:///../secret/x", "image-*")
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("way", DRAWN)
def test_what_a_drawing_asks_for_outside_is_told_of_at_the_drawing(root: Path, way: str, address: str) -> None:
    asked = told(address, root)
    engine = small_engine(root, "")
    (root / "icons").mkdir(exist_ok=True)
    (root / "icons" / "a.svg").write_text(SVG.format(DRAWN[way].format(asked)))
    with watching(root.parent / "secret") as seen:
        findings = list(proofread_sheets(Theme.of(root), library()))
        assert not typeset(engine, '<img src="project:///icons/a.svg" alt="x">')
    assert (seen.opened, seen.called) == ([], [])
    for found in (findings, engine.findings):
        assert len(outside(found)) == 1
        assert asked in outside(found)[0].message
    assert findings[0].place.file == "icons/a.svg"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file://SECRET/x">]>',
        '<!DOCTYPE svg [<!ENTITY % x SYSTEM "file://SECRET/x"> %x;]>',
        '<?xml-stylesheet href="file://SECRET/x"?>',
    ],
)
def test_what_stands_before_a_drawing_is_heard_too(root: Path, head: str) -> None:
    engine = small_engine(root, "")
    (root / "a.svg").write_text(told(head, root) + SVG.format("<text>&x;</text>"))
    with watching(root.parent / "secret") as seen:
        assert not typeset(engine, '<img src="project:///a.svg" alt="x">')
    assert (seen.opened, seen.called) == ([], [])
    assert len(outside(engine.findings)) == 1


@pytest.mark.parametrize(
    "drawing",
    [
        SVG.format('<a href="https://example.org/"><rect id="r" width="9" height="9"/></a><use href="#r"/>'),
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + SVG.format('<rect fill="url(#a)" style="clip-path: url(#b)" width="9" height="9"/>'),
        SVG.format("<metadata><r xmlns='http://example.org/' resource='http://example.org/licence'/></metadata>"),
        SVG.format("<title>See http://example.org/ or file:///x</title>"),
    ],
)
def test_names_links_and_vocabularies_of_a_drawing_are_no_requests(root: Path, drawing: str) -> None:
    assert list(asked_by_drawing(drawing.encode())) == []
    engine = small_engine(root, "")
    (root / "a.svg").write_text(drawing)
    assert typeset(engine, '<img src="project:///a.svg" alt="x">')
    assert engine.findings == []


def test_names_links_and_vocabularies_of_sheets_and_layouts_are_no_requests(root: Path) -> None:
    engine = small_engine(root, "")
    (root / "styles" / "text.css").write_text(
        "@namespace svg url(http://www.w3.org/2000/svg);\n"
        "p::after { content: 'http://example.org/ url(x)' } /* url(file:///etc/x) */ p { fill: url(#a) }"
    )
    (root / "in side.png").write_bytes((Path(__file__).parents[2] / "editions/harbour/photos/quay.jpg").read_bytes())
    (root / "b.svg").symlink_to(root / "in side.png")
    assert outside(list(proofread_sheets(Theme.of(root), library()))) == []
    typeset(
        engine,
        '<a href="file:///x">x</a><a href="#x">y</a><a href="//example.org/x">z</a><q cite="https://example.org/">q</q>'
        '<link rel="canonical license" href="https://example.org/"><img src="project:///in%20side.png" alt="file:///x">'
        '<p title="url(file:///x)">http://example.org/x</p><img src="project:///.edition/in%20side.png" alt="">',
    )
    assert outside(engine.findings) == []


def test_a_packed_face_is_not_unpacked(root: Path) -> None:
    engine = small_engine(root, "")
    (root / "a.woff2").write_bytes(b"wOF2" + bytes(100))
    typeset(engine, "<style>@font-face { font-family: F; src: url(project:///a.woff2) }</style><p>x")
    assert [finding.code for finding in engine.findings] == ["engine-warning"]


def test_a_name_of_the_project_is_what_stands_behind_its_address(root: Path) -> None:
    files = ProjectFiles(Theme.of(root), root, root, {})
    assert files.name_of("project:///styles/a%20b.css?x#y") == "styles/a b.css"
    assert files.name_of("project:///out/x") is None
