"""One word leads through layout and sheet: each stem has its partner."""

from __future__ import annotations

from project import ROOT

SHEETS_OF_MANY = {"plates", "contents-columns", "edge-mark", "large-quote"}  # shared by pages, and heard in every theme
LAYOUTS_WITHOUT_SHEET = {"head", "picture", "logo"}  # prints nothing, or has the sheet of its page
PARTS_OF_A_PAGE = {"programme", "programme-art", "plate"}
SHEETS_OF_DOCUMENTS = {"proof"}  # partners of layouts at the top


def test_every_page_layout_has_its_sheet_and_every_sheet_its_layout() -> None:
    for kind in ("pages", "parts"):
        layouts = {
            path.name.removesuffix(".html.j2") for path in (ROOT / "layouts" / kind).glob("*.j2")
        } - LAYOUTS_WITHOUT_SHEET
        layouts -= PARTS_OF_A_PAGE if kind == "parts" else set()
        sheets = {path.stem for path in (ROOT / "styles" / kind).glob("*.css")} - SHEETS_OF_MANY - SHEETS_OF_DOCUMENTS
        assert layouts == sheets, kind


def test_only_the_tokens_have_bare_millimetres_and_points() -> None:
    import re

    for path in (ROOT / "styles").rglob("*.css"):
        if path.stem.startswith("tokens"):
            continue
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        for number, unit in re.findall(r"(?<![\w.-])(\d+(?:\.\d+)?)(mm|pt)\b", text):
            assert not float(number), (path.name, number + unit)
