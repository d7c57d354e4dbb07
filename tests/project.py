"""A project to break: a copy of ours with the made-up edition in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from PIL import Image

from directory_pub.build import BuildResult
from directory_pub.edition.theme import PARTS

ROOT = Path(__file__).resolve().parent.parent
HARBOUR = ROOT / "tests" / "editions" / "harbour"


def copy_project(folder: Path, edition: Path = HARBOUR) -> Path:
    """Copy layouts, styles, icons, fonts, printers and one edition; return the edition's folder."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)
    return Path(shutil.copytree(edition, folder / "content" / edition.name))


def kept_pieces(built: BuildResult, folder: Path) -> Path:
    """A copy, in a folder, of the pieces that a book was built of: what has not changed is not set again."""
    return Path(shutil.copytree(built.files["email"].parent.parent / "kept", folder / "kept"))


def apply_change(project: Path, change: dict[str, Any]) -> None:
    """Carry out one change of a case: ``delete``, ``write``, ``picture``, or ``replace`` ... ``with``."""
    path = project / change["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if change.get("delete"):
        path.unlink()
    elif "write" in change:
        path.write_text(change["write"], encoding="utf-8")
    elif "bytes" in change:
        path.write_bytes(bytes.fromhex(change["bytes"]))
    elif "copy" in change:
        shutil.copyfile(ROOT / change["copy"], path)
    elif "picture" in change:
        draw_picture(path, **change["picture"])
    elif "truncate" in change:
        path.write_bytes(path.read_bytes()[: change["truncate"]])
    else:
        text = path.read_text(encoding="utf-8")
        assert change["replace"] in text, f"{change['file']} has no {change['replace']!r}"
        path.write_text(text.replace(change["replace"], change["with"], 1), encoding="utf-8")


def draw_picture(
    path: Path,
    size: list[int],
    mode: str = "RGB",
    kind: str = "JPEG",
    *,
    profile: str = "",
    frames: int = 1,
    marker: bool = True,
) -> None:
    """A plain picture of one kind; ``profile`` is a file of the project, ``frames`` how many it has in it.

    Without ``marker`` a CMYK JPEG does not say that it is Adobe's.
    """
    fill = 20000 if mode.startswith("I") else (60, 90, 120, 0)[: len(mode)] if len(mode) > 1 else 90
    options: dict[str, Any] = {"icc_profile": (ROOT / profile).read_bytes()} if profile else {}
    if frames > 1:
        more = [Image.new(mode, tuple(size), (tone, tone, tone)) for tone in range(1, frames)]
        options |= {"save_all": True, "append_images": more}
    Image.new(mode, tuple(size), fill).save(path, kind, **options)
    if not marker:
        content = path.read_bytes()
        at = content.index(b"\xff\xee")
        path.write_bytes(content[:at] + content[at + 2 + int.from_bytes(content[at + 2 : at + 4], "big") :])
