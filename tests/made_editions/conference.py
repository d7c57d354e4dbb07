"""A made-up conference: programme, speakers, sponsors, adverts, a letter, a plan. ``conference_words`` has its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from made_editions.conference_pictures import LOGOS, advert, landscape, logo, plan, portrait
from made_editions.conference_words import DAYS, PEOPLE, ROOMS, SPONSORS, TEXTS, Session
from made_editions.drawing_lots import mail_name

__all__ = ["conference_files", "write_conference"]

_EDITION = """\
# A made-up conference for the tests: three days in four rooms, forty speakers, twelve sponsors, four adverts of which
# two have faults that are told of. tests/made_editions writes it.
key: low-water-2033
title: Low Water
year: 2033
language: en-GB
publisher: Assembly of Rivers in Towns
created: 2033-04-02
trim: {width_mm: 170, height_mm: 240}
bleed_mm: 3
page_multiple: 4
cover:
  series: [FIFTH ASSEMBLY OF, RIVERS IN TOWNS]
  title: [LOW, WATER]
  year: "2033"
  words: [MEASURE, WAIT, CROSS]
  event: [THREE DAYS, IN FOUR ROOMS]
  theme: [‘WHOEVER LIVES BY IT, MUST ASK IT’]
  date: 17 TO 19 MAY 2033
  place: [THE HOUSE AT THE QUAY, ALDERMOUTH]
pages: [welcome, contents, how-to, floor-plan, programme, speakers, tram, partners, sponsors, notes, imprint]
programme: programme.yaml
sponsors: sponsors.yaml
adverts:
  - {key: tram, file: tram.pdf, advertiser: Aldermouth Tramways, size: full, alt: "The last tram waits for you: Aldermouth Tramways."}
  - {key: bread, file: bread.pdf, advertiser: Mill Bakery, size: half, alt: "Bread at four, every day: Mill Bakery.", link: "https://bakery.example.org"}
  - {key: plot, file: plot.pdf, advertiser: Rain Beds, size: quarter, alt: "Rain Beds: plot 61 is free."}
  - {key: film, file: film.pdf, advertiser: Slow River Pictures, size: quarter, alt: "A film that lasts as long as the tide."}
email: {attach: [contacts.vcf, contacts.csv]}
note_pages: {title: Notes}
index: {of: people, title: Who is where}
contents: {form: sections}
sections:
  - {key: speakers, title: Speakers, form: people, entries: all, order: by-name}
  - {key: partners, title: Partners, entries: [long-pontoon-yard, common-risk]}
"""
_PARTNERS = {
    "long-pontoon-yard": """\
---
name: Long Pontoon Yard
subtitle: Ferries for the time being
logo: {file: logos/boat.svg, alt: Long Pontoon Yard}
qr: web
contact:
  - web: www.pontoon.example.org
  - mail: yard@pontoon.example.org
  - address: 1 The Hard, Aldermouth
---

A bridge that is taken down leaves two towns. The yard lends them a ferry, with a crew, until the bridge is back; then the ferry goes to the next.

![The yard at low water.](yard.jpg "The slip at low water: two ferries wait for a bridge to fail."){credit="Photo: U. Eze"}

## Boats for lease

| Boat | Persons | Draught, m | Since |
| --- | ---: | ---: | ---: |
| Patience | 48 | 0.85 | 1998 |
| For Now | 24 | 0.6 | 2007 |
| Second Bank | 12 | 0.45 | 2019 |
| Meanwhile | 120 | 1.1 | 2026 |

All boats are on time; the tide is not.
""",
    "common-risk": """\
---
name: Common Risk
subtitle: Insurance by the street
logo: {file: logos/ring.svg, alt: Common Risk}
qr: vcard
contact:
  - web: www.commonrisk.example.org
  - mail: street@commonrisk.example.org
  - phone: "+44 20 7946 0451"
---

A street is insured as one. Whoever moves a drain, moves the premium of all; so they ask first.

![Dawn.](dawn.jpg "Dawn"){credit="Photos: U. Eze"}
![Noon.](noon.jpg "Noon")
![Dusk.](dusk.jpg "Dusk")

## At the assembly

- A stand in the foyer, with the map of who is wet first.
- Advice on the hour, for whole streets only.
""",
}  # fmt: skip
_PRESIDENT = "Camille Rautureau"  # whose portrait stands beside the welcome, too
_LARGE_PX, _SMALL_PX = 520, 300
_HALF_MM, _QUARTER_MM = (139.5, 96.75), (67.5, 96.75)


def conference_files() -> Iterator[tuple[str, bytes]]:
    """Each file by its path in the edition's folder, with its content."""
    yield "edition.yaml", _EDITION.encode()
    for key, text in TEXTS.items():
        yield f"pages/{key}.md", text.encode()
    for person in PEOPLE:
        key = mail_name(person.name)
        fields = {
            "name": person.name,
            "subtitle": f"{person.role}, {person.house}",
            "photo": {"file": f"portraits/{key}.jpg", "alt": person.name},
        }
        yield f"speakers/{key}.md", f"---\n{_yaml(fields)}---\n\n{person.text}\n".encode()
        yield f"photos/portraits/{key}.jpg", portrait(key, _LARGE_PX if person.name == _PRESIDENT else _SMALL_PX)
    for key, text in _PARTNERS.items():
        yield f"partners/{key}.md", text.encode()
    yield "programme.yaml", _yaml(_programme()).encode()
    yield "sponsors.yaml", _yaml(_sponsors()).encode()
    yield "photos/plan.svg", plan().encode()
    for mark in LOGOS:
        yield f"photos/logos/{mark}.svg", logo(mark).encode()
    for name in ("yard", "dawn", "noon", "dusk"):
        yield f"photos/{name}.jpg", landscape(name) if name == "yard" else landscape(name, 700, 400)
    yield from _adverts()


def _adverts() -> Iterator[tuple[str, bytes]]:
    """Four adverts; the third has colours in RGB, the fourth a picture of too few pixels."""
    yield "adverts/tram.pdf", advert(170, 240, ("The last tram", "waits for you."))
    yield (
        "adverts/bread.pdf",
        advert(*_HALF_MM, ("Bread at four.", "Every day."), bleed_mm=0, ground="0.15 0.75 0.9 0.1 k"),
    )
    rgb = {"ground": "0.93 0.95 0.9 rg", "ink": "0.18 0.36 0.15 rg", "circle": "0.3 0.55 0.25 rg"}
    yield "adverts/plot.pdf", advert(*_QUARTER_MM, ("Plot 61", "is free."), bleed_mm=0, **rgb)
    coarse = (landscape("film", 440, 267), 440, 267)
    yield (
        "adverts/film.pdf",
        advert(*_QUARTER_MM, ("As long", "as the tide"), bleed_mm=0, ground="0 0 0 1 k", picture=coarse),
    )


def _programme() -> dict[str, Any]:
    return {
        "title": "Programme",
        "rooms": {key: {"name": name, "motif": motif} for key, (name, motif) in ROOMS.items()},
        "days": [{"date": date, "sessions": [_session(each) for each in day]} for date, day in DAYS.items()],
    }


def _session(session: Session) -> dict[str, Any]:
    """A session with the fields that it has."""
    keys = {person.name: mail_name(person.name) for person in PEOPLE}
    fields: dict[str, Any] = {"start": session.start, "end": session.end, "title": session.title}
    if session.kind:
        fields["kind"] = session.kind
    if session.rooms:
        fields["rooms"] = "all" if session.rooms == "all" else [session.rooms]
    if session.chair:
        fields["chair"] = keys[session.chair]
    if session.speakers:
        fields["speakers"] = [keys[name] for name in session.speakers]
    return fields | ({"text": session.text} if session.text else {})


def _sponsors() -> dict[str, Any]:
    entries = {"Long Pontoon Yard": "long-pontoon-yard", "Common Risk": "common-risk"}
    return {
        "title": "Sponsors",
        "levels": [
            {
                "title": level,
                "sponsors": [
                    {"name": name, "logo": f"logos/{mark}.svg", "web": f"{mail_name(name)}.example.org"}
                    | ({"entry": entries[name]} if name in entries else {})
                    for name, mark in rows
                ],
            }
            for level, rows in SPONSORS
        ],
    }


def _yaml(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
    return text


def write_conference(folder: Path) -> None:
    """Write the edition."""
    for name, content in conference_files():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
