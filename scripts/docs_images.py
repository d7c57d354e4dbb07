"""Draw the pictures of docs/images/: the 2020 book in each theme, a listing, and the samples of ``new``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from contact_sheet import draw_contact_sheet, draw_spread

from directory_pub.begin import LIKES, Wanted, begin_edition
from directory_pub.build import build_edition
from directory_pub.edition.targets import EMAIL

_BOOK = Path("content/2020")
_LISTING, _SPREAD = Path("tests/editions/members"), 12  # and the left-hand page of the spread that is shown
_THEMES = {"contact-sheet": None, "register": "register", "plain": "plain"}
_BEGUN = date(2031, 1, 10)


def main(pictures: Path) -> None:
    """Write one contact sheet a book into the folder ``pictures``, and a spread of a listing."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, theme in _THEMES.items():
            folder = Path(shutil.copytree(_BOOK, Path(scratch) / name))
            if theme:
                with (folder / "edition.yaml").open("a", encoding="utf-8") as sheet:
                    sheet.write(f"\ntheme: {theme}\n")
            _draw(folder, pictures / f"{name}.png")
        listing = Path(shutil.copytree(_LISTING, Path(scratch) / "listing"))
        draw_spread(_built(listing), _SPREAD, pictures / "listing.png")
        for like in LIKES:
            begin_edition(Path(scratch) / like, Wanted(like=like, created=_BEGUN))
            _draw(Path(scratch) / like, pictures / f"sample-{like}.png")


def _draw(folder: Path, picture: Path) -> None:
    draw_contact_sheet(_built(folder), picture)


def _built(folder: Path) -> Path:
    """The email PDF of an edition."""
    built = build_edition(folder, folder / "build", targets=(EMAIL,))
    if built.failed:
        sys.exit("\n".join(map(str, built.report)))
    return built.files["email"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
