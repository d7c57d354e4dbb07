"""Draw the pictures of docs/images/: the 2020 book in each theme, and the samples that ``new`` begins with."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from contact_sheet import draw_contact_sheet

from directory_pub.begin import LIKES, Wanted, begin_edition
from directory_pub.build import build_edition
from directory_pub.edition.targets import EMAIL

_BOOK = Path("content/2020")
_THEMES = {"contact-sheet": None, "register": "register", "plain": "plain"}
_BEGUN = date(2031, 1, 10)


def main(pictures: Path) -> None:
    """Write one contact sheet a book into the folder ``pictures``."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, theme in _THEMES.items():
            folder = Path(shutil.copytree(_BOOK, Path(scratch) / name))
            if theme:
                with (folder / "edition.yaml").open("a", encoding="utf-8") as sheet:
                    sheet.write(f"\ntheme: {theme}\n")
            _draw(folder, pictures / f"{name}.png")
        for like in LIKES:
            begin_edition(Path(scratch) / like, Wanted(like=like, created=_BEGUN))
            _draw(Path(scratch) / like, pictures / f"sample-{like}.png")


def _draw(folder: Path, picture: Path) -> None:
    built = build_edition(folder, folder / "build", targets=(EMAIL,))
    if built.failed:
        sys.exit("\n".join(map(str, built.report)))
    draw_contact_sheet(built.files["email"], picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
