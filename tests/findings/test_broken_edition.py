"""One bad entry never hides the findings of the others: a copy of 2020 with a defect in many places."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.pieces import Resources
from project import ROOT, apply_change, copy_project, kept_pieces

EDITION = "content/2020"
DEFECTS = [
    # file, what is replaced, by what, the code, the line that must be named
    ("organizers/unece.md", "name: United", "naem: United", "key-unknown", 2),
    ("organizers/un-habitat.md", "motif: courtyards", "motif: [courtyards]", "value-type", 3),
    ("organizers/geneva-cities-hub.md", "## VISION", "## VISION[^v]\n\n[^v]: A note.", "note-in-heading", None),
    ("entries/cities-alliance.md", "motif: skyline", "motif: skyline\nmotif: roofs", "key-duplicate", 5),
    ("entries/covenant-of-mayors.md", "mail: \"Central Helpdesk: info@", "mail: \"Central Helpdesk: info.", "mail-syntax", None),
    ("entries/eurocities.md", "motif: quays", "motif: quays\nphoto: {file: none.jpg, alt: Nothing}", "photo-missing", 4),
    ("entries/global-city-network.md", "The Global City Network is a coalition", "The 漢 Global City Network is a coalition", "glyph-missing", None),
    ("entries/iclei-europe.md", "{lang=de}", "{lang=deutschland}", "language-unknown", 9),
    ("entries/aimf.md", "name: International Association of Francophone Mayors (AIMF)", "name: Eurocities", "name-duplicate", 2),
    ("entries/mayors-migration-council.md", "has four long-term", "has[^none] four long-term", "note-undefined", None),
    ("entries/metropolis.md", "Cities for Global Health.", "[Cities](#citys) for Global Health.", "reference-broken", None),
    ("entries/platforma.md", "name: Platforma", "name: Platformaassociationoftownsandregionsworldwide", "words-overset", 2),
    ("entries/rainbow-cities.md", "motif: square", "motif: sqare", "motif-unknown", 3),
    ("entries/uclg.md", "UCLG is the product", "[^lost]: Nobody calls me.\n\nUCLG is the product", "note-uncalled", None),
    ("entries/women-transforming-cities.md", "mark: gender-focus", "mark: gendre-focus", "mark-unknown", None),
    ("edition.yaml", "bleed_mm: 3", "bleed_mm: three", "value-type", None),
]  # fmt: skip


@pytest.mark.slow
def test_every_seeded_defect_is_reported_with_its_file_and_line(book_2020: BuildResult, tmp_path: Path) -> None:
    edition = copy_project(tmp_path / "project", ROOT / "content" / "2020")
    for file, old, new, _, _ in DEFECTS:
        apply_change(tmp_path / "project", {"file": f"{EDITION}/{file}", "replace": old, "with": new})
    result = build_edition(edition, tmp_path / "out", resources=Resources(cache=kept_pieces(book_2020, tmp_path)))
    found = {(finding.code, finding.place.file): finding.place.line for finding in result.report}
    for file, _, new, code, line in DEFECTS:
        text = (tmp_path / "project" / EDITION / file).read_text("utf-8").split("\n")
        expected = line or next(n for n, row in enumerate(text, 1) if new.split("\n")[0].strip() in row)
        assert found.get((code, f"{EDITION}/{file}")) == expected, (code, file, expected)
    assert sorted(path.name.rsplit("-", 1)[1] for path in (tmp_path / "out").glob("*.pdf")) == ["PROOF.pdf"]
