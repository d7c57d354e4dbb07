"""Made-up people for tests: twenty speakers of a conference, with portraits that are drawn when they are asked for."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from directory_pub.edition.key import key_of

__all__ = ["PEOPLE", "draw_portrait", "write_people"]

_TEXT = "Writes about benches, and sits on them in all weathers before deciding."
# The name, what the person does, where they are from, and a text.
PEOPLE: list[tuple[str, str, str, str]] = [
    ("Nkechi Abiolande", "Statistician", "Bureau of Street Figures", _TEXT),
    ("Mateus Albergarde", "Baker", "Guild of Early Hours", "Believes that a plan is a promise with a scale bar."),
    ("Greta Ambühlen", "Editor", "Plot", "Works on the law of things that belong to nobody in particular."),
    ("Kofi Asantrey", "Mayor", "Town of Kumeriba", "Keeps low land dry and high water interesting."),
    ("Björn Äskelund", "Surveyor", "Land Register of the North", "Plants the ground that engineers leave over."),
    ("Samir Bouchanef", "Photographer", "", "Measures streets in minutes."),
    ("Ilse Brandvold", "Director", "Office for Small Squares", "Has read every by-law aloud, in one night."),
    ("Aoife Brannigeen", "Playwright", "Company of the Square", "Counts what others sweep away."),
    ("Ines Caldeirão-Pim", "Architect", "Ateliê Meia Rua", "Makes rooms in which one hears the other side."),
    ("Vito Carraneghi", "Ferryman", "Lindhaven Ferries", "Knows which stall will be missed first."),
    ("Rafiq Chowdharan", "Flood warden", "Town of Low Meadow", "Thinks that a wall is a public building."),
    ("Fatou Diarramé", "Market trader", "Saint-Orme Covered Market", ""),
    ("Mirela Dobresken", "Lawyer", "Chamber of Tenants", "Studies shade as if it were a public service."),
    ("Prof. Dr. Sofie Drachmeyer", "Engineer", "Granary Restoration Trust", "Paints with light."),
    ("Maud Eisenlohr-Kay", "Night mayor", "City of Lindhaven", "Photographs the same corner each Tuesday."),
    ("Luc Ferranteau, PhD", "Market keeper", "Saint-Orme Covered Market", "Writes contracts of one page."),
    ("Jun Takamorre", "Gardener", "Studio Moss and Kerb", "Thinks in hedges."),
    ("Sunniva Van Torvalby", "Ecologist", "Wet Ground Survey", "Has never closed a door in front of a passenger."),
    ("Octavi de la Varga", "Geographer", "Institute for Common Ground", "Teaches in the street twice a week."),
    ("Zoë", "Street musician", "", "Plays one song."),
]
_EDITION = """\
key: people
title: Shared Ground
language: en-GB
languages: [en-GB]
publisher: Lantern League
created: 2031-03-02
trim: {trim}
bleed_mm: 3
page_multiple: 2
fields:
  organisation: {{label: Organisation}}
  speaks: {{label: Speaks, type: list}}
{more}sections:
  - {{key: speakers, title: Speakers, form: people, {section}}}
"""


def draw_portrait(path: Path, number: int, size: tuple[int, int] = (300, 400)) -> None:
    """A head before a ground, in colours of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width, height = size
    ground, head = (40 * number % 256, 90, 140), (200, 30 * number % 256, 60)
    picture = Image.new("RGB", size, ground)
    half = min(size) / 4
    ImageDraw.Draw(picture).ellipse((width / 2 - half, height / 3 - half, width / 2 + half, height / 3 + half), head)
    picture.save(path)


def write_people(
    folder: Path,
    *,
    trim: str = "170x240",
    section: str = "entries: all",
    more: str = "",
    fields: dict[str, str] | None = None,
    texts: dict[str, str] | None = None,
    portraits: int = 0,
    count: int = len(PEOPLE),
) -> Path:
    """An edition of such people, with more ``fields`` and other ``texts`` by key, the first ones with ``portraits``."""
    (folder / "speakers").mkdir(parents=True)
    (folder / "edition.yaml").write_text(_EDITION.format(trim=trim, section=section, more=more), "utf-8")
    for number, (name, role, organisation, text) in enumerate(PEOPLE[:count]):
        key = key_of(name, "en")
        told = f'name: "{name}"\nsubtitle: {role}\n' + (f"organisation: {organisation}\n" if organisation else "")
        if number < portraits:
            draw_portrait(folder / "photos" / f"{key}.png", number)
            told += f"photo: {{file: {key}.png}}\n"
        told += (fields or {}).get(key, "")
        body = (texts or {}).get(key, text)
        (folder / "speakers" / f"{key}.md").write_text(f"---\n{told}---\n\n{body}\n", "utf-8")
    return folder
