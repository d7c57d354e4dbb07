"""A project with the 2020 edition and a 2021 edition in which something of every kind has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from project import PARTS, ROOT, draw_picture

__all__ = ["change", "copy_2020", "two_years"]


def copy_2020(folder: Path) -> Path:
    """The 2020 edition in a project that has contact kinds and icons, and no more; return the edition's folder."""
    for part in ("styles", "icons"):
        assert part in PARTS
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("profiles"))
    return Path(shutil.copytree(ROOT / "content" / "2020", folder / "content" / "2020"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")


def two_years(folder: Path) -> tuple[Path, Path]:
    """Both editions' folders."""
    before = copy_2020(folder)
    entries = before / "entries"
    change(entries / "aimf.md", "contact:", "photo:\n  file: quay.jpg\n  alt: A quay.\ncontact:")
    change(entries / "uclg.md", "contact:", "photo:\n  file: hall.jpg\n  alt: A hall.\ncontact:")
    (before / "photos").mkdir()
    draw_picture(before / "photos" / "quay.jpg", [60, 60])
    draw_picture(before / "photos" / "hall.jpg", [60, 60])
    after = Path(shutil.copytree(before, before.with_name("2021")))
    entries, sheet = after / "entries", after / "edition.yaml"
    change(sheet, "directory-2020", "directory-2021")
    change(sheet, "year: 2020", "year: 2021")
    change(sheet, "IN FOCUS: SDG 11 DAY", "IN FOCUS: A GREEN RECOVERY")
    change(sheet, "title: THE DIRECTORY", "title: THE NETWORKS")
    # words, name, contact rows of Metropolis
    metropolis = entries / "metropolis.md"
    change(metropolis, "name: Metropolis", "name: Metropolis Network")
    change(metropolis, "has 141 members", "has 146 members")
    change(metropolis, "inhabitants..\n", "inhabitants.\n")
    change(metropolis, "+34 93 342 94 60", "+34 93 342 94 61")
    change(metropolis, "  - person:", "  - mail: office@example.org\n  - person:")
    # typed otherwise, and read as the same
    change(
        entries / "eurocities.md", "political platform for major European", "political\nplatform\nfor major European"
    )
    change(entries / "platforma.md", "---\nname", "---\n# a remark for editors\nname")
    # dropped, new, renamed, moved
    (entries / "rainbow-cities.md").unlink()
    change(sheet, "      - rainbow-cities\n", "")
    (entries / "harbour-league.md").write_text("---\nname: Harbour League\n---\n\nTwelve towns by the sea.\n", "utf-8")
    change(sheet, "      - metropolis\n", "      - metropolis\n      - harbour-league\n")
    (entries / "platforma.md").rename(entries / "platforma-network.md")
    change(sheet, "- platforma\n", "- platforma-network\n")
    (entries / "eurocities.md").rename(after / "organizers" / "eurocities.md")
    change(sheet, "      - eurocities\n", "")
    change(sheet, "      - unece\n", "      - unece\n      - eurocities\n")
    # pictures: another one under its name, and another name
    draw_picture(after / "photos" / "quay.jpg", [60, 61])
    (after / "photos" / "hall.jpg").rename(after / "photos" / "city-hall.jpg")
    change(entries / "uclg.md", "hall.jpg", "city-hall.jpg")
    # front matter
    change(after / "front-matter" / "imprint.md", "© Geneva Cities Hub, 2020", "© Geneva Cities Hub, 2021")
    change(after / "front-matter" / "imprint.md", "info@genevacitieshub.org", "office@example.org")
    return before, after
