"""A small book with a programme of three days: four rooms side by side, one room, and what goes on beside others."""

from __future__ import annotations

from pathlib import Path

from directory_pub.build import BuildResult, build_edition
from small_book import write_small

__all__ = ["PEOPLE", "PROGRAMME", "build_programme", "write_programme"]

PEOPLE = (
    "Amara Oduyelle",
    "Ilse Brandvold",
    "Oren Maszkell",
    "Nkechi Abiolande",
    "Bela Varkondi-Ross",
    "Maud Eisenlohr-Kay",
    "Luc Ferranteau",
    "Jun Takamorre",
)
PROGRAMME = """\
title: Programme
timezone: Europe/Zurich
rooms:
  harbour: {name: Harbour, motif: quays}
  station: {name: Station, motif: station}
  market: {name: Market Hall, motif: market}
  garden: {name: Garden, motif: garden}
  foyer: {name: Foyer}
  court: {name: Court and quay}
days:
  - date: 2031-06-03
    sessions:
      - {start: "8:30", end: "9:30", title: "Doors, badges and coffee", kind: break, rooms: [foyer]}
      - start: "9:30"
        end: "11:00"
        title: The square that nobody owns
        rooms: [harbour]
        kind: Keynote
        speakers: [amara-oduyelle]
        chair: ilse-brandvold
        text: >-
          Opening lecture. A square is finished when people begin to complain about it. On forty years of unfinished
          ground in a port city, on who sweeps it, and on what the law calls a place that everybody uses.
      - {start: "11:00", end: "11:30", title: Coffee, kind: break, rooms: [court]}
      - {start: "11:30", end: "13:00", title: "From car park to commons: eleven cases with figures", rooms: [harbour],
         speakers: [oren-maszkell, nkechi-abiolande, Somebody Without an Entry]}
      - {start: "11:30", end: "13:00", title: "The last tram: night transport after the concert", rooms: [station],
         speakers: [bela-varkondi-ross, maud-eisenlohr-kay], chair: jun-takamorre}
      - {start: "11:30", end: "13:00", title: "Who may sell on the square? Permits and pitches", rooms: [market],
         speakers: [luc-ferranteau], text: "In [français]{lang=fr}, interpreted."}
      - {start: "11:30", end: "13:00", title: Planting what engineers leave over, rooms: [garden],
         speakers: [Wanda Okręcka], kind: Walk, text: Bring boots.}
      - {start: "13:00", end: "14:00", title: Lunch, kind: break, rooms: [court]}
      - {start: "14:00", end: "15:15", title: Housing at the edge of the square, rooms: [harbour],
         speakers: [Noor Haddimar, amara-oduyelle]}
      - {start: "14:00", end: "15:15", title: "Kerbs, ramps, lifts: an audit you can walk", rooms: [station],
         speakers: [luc-ferranteau], text: Starts at the main stairs.}
      - {start: "14:00", end: "15:15", title: "Small figures for small towns: what to count", rooms: [market],
         speakers: [nkechi-abiolande], entries: [jun-takamorre]}
      - {start: "14:00", end: "16:45", title: Build a rain garden in an afternoon, rooms: [garden],
         speakers: [Hedda Norrmarken, jun-takamorre], text: Two hours and a half. Gloves are lent at the door. Thirty places.}
      - {start: "15:30", end: "16:45", title: Light that lets you see the stars, rooms: [harbour, station],
         speakers: [Pia Lindqvarn]}
      - {start: "15:30", end: "16:30", title: "Stone, repaired: the granary from the inside", rooms: [market],
         speakers: [bela-varkondi-ross]}
      - {start: "16:45", end: "17:15", title: Coffee, kind: break, rooms: [court]}
      - {start: "17:15", end: "18:30", title: Readings from the kerb, rooms: all, speakers: [maud-eisenlohr-kay],
         text: "Six voices, one bench, no slides."}
      - {start: "19:00", end: "22:00", title: "Supper on the quay, open to everyone", kind: break, rooms: [court]}
  - date: 2031-06-04
    title: Workshops
    sessions:
      - {start: "9:00", end: "10:15", title: "Low land, high water", rooms: [station], speakers: [oren-maszkell]}
      - {start: "9:00", end: "10:15", title: "A shore for swimmers, ferries and freight", rooms: [harbour],
         speakers: [amara-oduyelle, ilse-brandvold]}
  - date: 2031-06-05
    sessions:
      - {start: "9:00", end: "9:45", title: What a wall is for, rooms: [harbour], speakers: [ilse-brandvold],
         text: "Walls hold roofs, posters, ivy and opinions. A short history of leaning."}
      - {start: "9:45", end: "10:30", title: "Half a street: building where there is no plot, and who lives there then",
         rooms: [harbour], speakers: [luc-ferranteau, Greta Ambühlen], chair: amara-oduyelle, kind: Panel,
         entries: [oren-maszkell], text: "Houses one room wide, between two firewalls."}
      - {start: "10:30", end: "11:00", title: Coffee, kind: break, rooms: [court]}
      - {start: "11:00", end: "12:00", title: Farewell, rooms: [harbour], text: The keys of the square go to the next city.}
      - {start: "12:00", end: "13:00", title: "Walks: the quays, the roofs, the kerbs", kind: break}
"""


def write_programme(
    folder: Path,
    *,
    programme: str = PROGRAMME,
    trim: str = "{width_mm: 170, height_mm: 240}",
    language: str = "en-GB",
    more: str = "",
) -> Path:
    """Write the edition; ``more`` are fields of edition.yaml, which names programme.yaml before them."""
    entries = {
        name.casefold().replace(" ", "-"): f"---\nname: {name}\n---\n\nThinks about squares, and has swept one.\n"
        for name in PEOPLE
    }
    write_small(folder, entries, trim=trim, language=language, more=f"programme: programme.yaml\n{more}")
    (folder / "programme.yaml").write_text(programme, "utf-8")
    return folder


def build_programme(folder: Path, **told: str) -> BuildResult:
    """The book of the edition, built without a cache."""
    return build_edition(write_programme(folder / "edition", **told), folder / "out")
