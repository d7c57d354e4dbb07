"""The house: a folder imports from the layers below its own, and nothing goes through a wall."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from project import ROOT

PACKAGE = "directory_pub"

# From the bottom. A folder, or a module that lies beside the folders, imports from the lines above its own;
# two on one line know nothing of each other.
LAYERS = """
    __init__ artwork finding_codes pdf_writing pictures sandbox
    findings prepare tables
    storage
    edition
    contact design mail preflight
    cards read
    annual census compose finish proofread typeset
    bind impose
    place
    production
    pieces
    build
    begin handoff preview
    commands
    __main__
"""
# What checks a file shares nothing with what makes it: for a folder, what it never imports, wherever that lies.
MAKERS = "bind finish pdf_writing place typeset"
WALLS = {"census": MAKERS, "preflight": MAKERS}
# No module imports from both: who reads a file's bytes for a check does not write any.
APART = (("census", "pdf_writing"), ("preflight", "pdf_writing"), ("preflight", "typeset"))


class Import(NamedTuple):
    """One import: where it is written, and the folders that it leads from and to."""

    at: str
    importer: str
    imported: str

    def __str__(self) -> str:
        return f"{self.at}: {self.importer} imports {self.imported}"


def read_imports(source: Path) -> list[Import]:
    """Every import of the package from itself, also those in functions and for types alone."""
    files = sorted((source / PACKAGE).rglob("*.py"))
    modules = {".".join(file.relative_to(source).with_suffix("").parts).removesuffix(".__init__") for file in files}
    return [
        Import(f"{file.relative_to(source)}:{line}", _folder(file.relative_to(source / PACKAGE)), _named(module))
        for file in files
        for line, module in _imported(ast.parse(file.read_text("utf-8")), modules)
    ]


def _imported(tree: ast.Module, modules: set[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: imports are absolute"
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in modules else str(node.module) for name in within]
        yield from ((node.lineno, name) for name in dict.fromkeys(names) if name.split(".")[0] == PACKAGE)


def _folder(file: Path) -> str:
    return file.with_suffix("").parts[0]


def _named(module: str) -> str:
    return (*module.split("."), "__init__")[1]


def offences(
    imports: list[Import], layers: str, walls: dict[str, str], apart: tuple[tuple[str, str], ...]
) -> list[str]:
    """A line on each import that leads up, aside or through a wall."""
    level = {folder: number for number, line in enumerate(layers.strip().splitlines()) for folder in line.split()}
    across = [each for each in imports if each.importer != each.imported]
    found = [f"{each}, which is not below it" for each in across if level[each.imported] >= level[each.importer]]
    found += [f"{each} through a wall" for each in across if each.imported in walls.get(each.importer, "").split()]
    of_module: dict[str, list[Import]] = {}
    for each in imports:
        of_module.setdefault(each.at.rsplit(":", 1)[0], []).append(each)
    for pairs in (combinations(each, 2) for each in of_module.values()):
        found += [
            f"{one}, and {other.at} {other.imported}: nothing knows both"
            for one, other in pairs
            if {one.imported, other.imported} in map(set, apart)
        ]
    return found


def test_imports_lead_down_and_through_no_wall() -> None:
    assert offences(read_imports(ROOT / "src"), LAYERS, WALLS, APART) == []


def test_the_layers_name_every_folder_and_no_other() -> None:
    there = {_folder(file.relative_to(ROOT / "src" / PACKAGE)) for file in (ROOT / "src" / PACKAGE).rglob("*.py")}
    named = LAYERS.split()
    assert sorted(there) == sorted(named)
    behind_walls = [*WALLS, *" ".join(WALLS.values()).split(), *(folder for pair in APART for folder in pair)]
    assert set(behind_walls) <= set(named)


def test_an_import_that_leads_elsewhere_is_told_with_its_line(tmp_path: Path) -> None:
    written = {
        "__init__.py": "",
        "low.py": "def late() -> None:\n    from directory_pub.high import thing\n",
        "aside.py": "from directory_pub import low\nimport os\n",
        "beside/__init__.py": "import directory_pub.aside\n",
        "beside/more.py": "from directory_pub.beside import x\n",
        "high.py": "from directory_pub.low import late\nfrom directory_pub.aside import x\n",
    }
    for name, text in written.items():
        (tmp_path / PACKAGE / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / PACKAGE / name).write_text(text, "utf-8")
    layers = "__init__\nlow\naside beside\nhigh"
    assert offences(read_imports(tmp_path), layers, {"aside": "low"}, (("low", "aside"),)) == [
        "directory_pub/beside/__init__.py:1: beside imports aside, which is not below it",
        "directory_pub/low.py:2: low imports high, which is not below it",
        "directory_pub/aside.py:1: aside imports low through a wall",
        "directory_pub/high.py:1: high imports low, and directory_pub/high.py:2 aside: nothing knows both",
    ]
