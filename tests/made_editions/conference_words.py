"""The words of a made-up conference: three days in four rooms, forty speakers, twelve sponsors."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["DAYS", "PEOPLE", "ROOMS", "SPONSORS", "TEXTS", "Person", "Session"]


class Person(NamedTuple):
    """Who speaks: name, what they are, where, and what is said of them."""

    name: str
    role: str
    house: str
    text: str


PEOPLE = tuple(Person(*(part.strip() for part in line.split("|"))) for line in """
Adaeze Okonjo | Hydrologist | Marrowby Rivers Office | She has measured the same weir on every morning since 2009 and can tell by its sound how high the water stands.
Anselm Pruett | Lock keeper, retired | Callowbridge | For thirty-one years he let boats through and wrote down why they were late. The notebooks are now an archive.
Beatriz Salgueiro | Landscape architect | Studio Margem | Her parks are built to be flooded twice a year, and drawn so that nobody minds.
Bram Hollander | Ferry builder | Long Pontoon Yard | He builds boats for towns that have lost a bridge, and takes them back once the bridge is there again.
Camille Rautureau | Mayor | Saint-Aubin-les-Eaux | Under her the town moved its market to the quay that everybody had told her to close.
Catrin Maddox | Flood warden | Eastering | Her street has had four floods and no wet carpet since the wardens keep the keys of all cellars.
Chidi Anyaoku | Engineer of culverts | Daylight Works | He has opened eleven kilometres of streams that had been put into pipes, most of them below car parks.
Dagny Thorsrud | Harbour master | Laksevik | She runs a harbour of forty berths in which the oldest boat has right of way.
Dominik Wasilewski | Historian | University of Vennor | He writes about the water that towns have hidden, and finds it with a stick.
Eirwen Tudur | Teacher | Weir School | Her class keeps a gauge, a log book and nineteen crayfish.
Emre Aydoğan | Economist | Institute for Shared Water | He asks what a dry cellar is worth, and to whom the bill should go.
Fenna Zijlstra | Dike reeve | Nijehaske | The youngest reeve in three hundred years inspects her dikes on skates whenever she can.
Florian Obermoser | Glaciologist | Hohe Warte Station | He measures what is left and says it in metres.
Gwendolyn Achterberg | Editor | The Low Water Review | She has printed one poem in every issue of a journal for engineers, and has had no complaint.
Hamza Benkirane | Well digger | Atlas Wells | In the third generation he digs by hand to thirty metres and teaches others when to stop.
Hanne Lykkegaard | Ecologist | Station at the Second Pier | She counts otters at the third pier and tells nobody where they sleep.
Ibrahim Sesay | Planner | City of Fennimouth | His plan for the estuary has no line on it that is straight, as the water has none.
Ingeborg Aasen | Lawyer | Rights of Rivers | She has taken a river to court as a client, and has won once.
Isidro Quintanal | Water judge | Court of the Seven Ditches | The court sits at the church door on Thursdays, keeps no minutes and is obeyed.
Jolanta Kruk | Bridge inspector | Office for Crossings | She has tapped four hundred bridges with the same hammer.
Kaveh Rostami | Architect | Rostami and Daughters | His houses stand on legs, and his clients sleep well.
Kirsi Hautala | Diver | Under Water Survey | She reads river beds with her hands, since there is nothing to be seen in them.
Leander Voss | Puppeteer | The Dry Theatre | He tells children about floods with forty litres of water and a bath tub.
Lucía Arrabal | Fisheries officer | Upper Basin Board | She has had nine ladders built for fish and one for the minister.
Malcolm Strachan | Miller | Mill at Hollin Staithe | He grinds by water, sells by weight and gives tours by appointment.
Mina Takahara | Designer of signs | Plain Letters | Her flood marks stand in eighty towns, and are read by people who have no time to read.
Nadia Ferhat | Doctor | Clinic by the Canal | She treats what people catch from water that looks clean.
Odhran McKeever | Boatman | Night Ferry Fund | He has crossed the estuary eleven thousand times and likes the other bank better.
Olena Hrytsenko | Chemist | Laboratory for Small Rivers | She finds one gram of anything in a lake of it.
Pelle Sandgren | Musician | Sluice Singers | His choir sings in locks, while they fill.
Pilar Echeverri | Insurer | Common Risk | She insures streets and not houses, so that neighbours talk with one another.
Quentin Ashdown | Surveyor | Low Ground | He draws the map of who is wet first.
Rosalind Ferrier | Gardener | Rain Beds | Where she has planted, the drains are dry.
Sølvi Nygård | Meteorologist | Coast Forecast | She says every evening what will fall in the night, and in the morning what did.
Tariq Mahmood | Carpenter of sluices | Oak and Iron | His gates close by themselves, and open when they are asked.
Tomáš Hlavatý | Statistician | Office of Rare Events | He works out how often a flood comes that comes once in a hundred years.
Uchenna Eze | Filmmaker | Slow River Pictures | Her films last as long as the tide.
Valeria Montanari | Conservator | Archive at the Quay | She dries books that were under water, page by page, between blotters and patience.
Wiebke Harmsen | Farmer | Meadow Rent | She lets the river onto her land in winter, at a price.
Yusuf Demirel | Plumber | Guild of Taps | He repairs what drips, for nothing, on the first Saturday of the month.
""".strip().split("\n"))  # fmt: skip

ROOMS = {
    "weir-hall": ("Weir Hall", "rotunda"),
    "pump-room": ("Pump Room", "windmill"),
    "boat-shed": ("Boat Shed", "harbour"),
    "lock-house": ("Lock House", "arches"),
}
"""The rooms by key: name and motif."""


class Session(NamedTuple):
    """A session: start and end, title, rooms, chair, speakers, and what else is said."""

    start: str
    end: str
    title: str
    rooms: str
    chair: str = ""
    speakers: tuple[str, ...] = ()
    text: str = ""
    kind: str = ""


def _slot(start: str, end: str, *parallel: tuple[str, str, str]) -> list[Session]:
    """Sessions side by side, a room each: title, chair, and speakers with commas."""
    return [
        Session(start, end, title, room, chair, tuple(speakers.split(", ")))
        for room, (title, chair, speakers) in zip(ROOMS, parallel, strict=False)
    ]


def _break(start: str, end: str, title: str, where: str = "") -> Session:
    return Session(start, end, title, where, kind="break")


DAYS: dict[str, list[Session]] = {
    "2033-05-17": [
        _break("8:30", "9:15", "Doors and coffee", "Foyer"),
        Session(
            "9:15", "10:30", "What the river was before the town", "all", "Camille Rautureau",
            ("Dominik Wasilewski", "Adaeze Okonjo"),
            "The opening: a walk along the water that is no longer seen, with a map for everybody’s pocket.",
        ),
        _break("10:30", "11:00", "Coffee", "Foyer"),
        *_slot(
            "11:00", "12:30",
            ("Streams out of their pipes", "Beatriz Salgueiro", "Chidi Anyaoku, Rosalind Ferrier"),
            ("Who is wet first", "Quentin Ashdown", "Catrin Maddox, Tomáš Hlavatý"),
            ("A ferry for the time being", "Bram Hollander", "Odhran McKeever"),
            ("Reading a river bed", "Kirsi Hautala", "Hanne Lykkegaard, Olena Hrytsenko"),
        ),
        _break("12:30", "14:00", "Lunch", "Boat Shed and garden"),
        *_slot(
            "14:00", "15:30",
            ("The price of a dry cellar", "Emre Aydoğan", "Pilar Echeverri, Wiebke Harmsen"),
            ("Wells by hand", "Nadia Ferhat", "Hamza Benkirane, Yusuf Demirel"),
            ("Gates that close by themselves", "Anselm Pruett", "Tariq Mahmood, Malcolm Strachan"),
            ("Marks on the wall", "Gwendolyn Achterberg", "Mina Takahara"),
        ),
        _break("15:30", "16:00", "Tea", "Foyer"),
        Session(
            "16:00", "17:30", "Four floods and no wet carpet", "all", "Ibrahim Sesay", ("Catrin Maddox", "Fenna Zijlstra"),
            "Two streets that have learnt to wait, and what their neighbours had to be told.",
        ),
        _break("18:30", "20:00", "Supper on the quay", "Quay, by the crane"),
    ],
    "2033-05-18": [
        Session(
            "9:00", "10:30", "A river goes to court", "all", "Isidro Quintanal", ("Ingeborg Aasen", "Lucía Arrabal"),
            "Who speaks for the water, who pays for the lawyer, and what a court at a church door makes of it.",
        ),
        _break("10:30", "11:00", "Coffee", "Foyer"),
        *_slot(
            "11:00", "12:30",
            ("Parks to be flooded", "Camille Rautureau", "Beatriz Salgueiro, Kaveh Rostami"),
            ("Snow, ice and the rest of the year", "Sølvi Nygård", "Florian Obermoser"),
            ("Children and gauges", "Leander Voss", "Eirwen Tudur"),
            ("Books that were under water", "Dominik Wasilewski", "Valeria Montanari"),
        ),
        _break("12:30", "13:30", "Lunch", "Boat Shed and garden"),
        *_slot(
            "13:30", "15:00",
            ("The bridge is closed", "Jolanta Kruk", "Bram Hollander, Dagny Thorsrud"),
            ("Once in a hundred years", "Adaeze Okonjo", "Tomáš Hlavatý, Pilar Echeverri"),
            ("Ladders for fish", "Hanne Lykkegaard", "Lucía Arrabal"),
        ),
        _break("15:00", "15:30", "Tea", "Foyer"),
        Session(
            "15:30", "17:00", "The film of the tide", "weir-hall", "Gwendolyn Achterberg", ("Uchenna Eze",),
            "Shown whole. Doors stay open; nobody minds if you come back.",
        ),
        Session("15:30", "17:00", "Singing in a lock", "lock-house", "", ("Pelle Sandgren",), "Bring a coat."),
        _break("19:00", "22:00", "Evening on the Long Pontoon", "Pontoon, berth 4"),
    ],
    "2033-05-19": [
        Session(
            "9:00", "9:45", "What the wells said", "weir-hall", "Nadia Ferhat", ("Olena Hrytsenko", "Hamza Benkirane"),
            "Samples that you brought are read out, without names.",
        ),
        Session(
            "9:45", "10:30", "A meadow for rent", "weir-hall", "Fenna Zijlstra", ("Wiebke Harmsen", "Emre Aydoğan"),
            "How a farmer and a town agreed on a figure, and what the cows thought of it.",
        ),
        _break("10:30", "11:00", "Coffee", "Foyer"),
        Session(
            "11:00", "12:00", "Low water, high rooms", "weir-hall", "Kaveh Rostami", ("Ibrahim Sesay", "Mina Takahara"),
            "Houses on legs, signs at eye height, and a plan without a straight line.",
        ),
        _break("12:00", "13:00", "Bread and soup", "Foyer"),
        Session(
            "13:00", "14:00", "Until the next one", "weir-hall", "Camille Rautureau", ("Anselm Pruett",),
            "The notebook of the assembly is read out, and the town that has it next takes the key.",
        ),
    ],
}  # fmt: skip
"""The sessions of each day, by date."""

SPONSORS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Host", (("City of Aldermouth", "crest"),)),
    (
        "Partners",
        (("Long Pontoon Yard", "boat"), ("Common Risk", "ring"), ("Daylight Works", "arch"), ("Oak and Iron", "gate")),
    ),
    (
        "Supporters",
        (
            ("Plain Letters", "word"),
            ("Rain Beds", "leaf"),
            ("Night Ferry Fund", "moon"),
            ("Guild of Taps", "drop"),
            ("Mill Bakery", "grain"),
            ("Slow River Pictures", "reel"),
            ("Coast Forecast", "wave"),
        ),
    ),
)
"""The sponsors by level: name, and what their mark shows."""

TEXTS = {
    "welcome": """\
---
kind: letter
title: Welcome
picture: {file: portraits/camille-rautureau.jpg, alt: Camille Rautureau.}
---

Dear guests,

the water in front of this house has a name, and so has the tide. Whoever comes to Aldermouth learns both on the first evening, because somebody is always late who trusted the one and not the other.

You have come from ninety towns. Each of them has a wall with a line on it, and a year beside the line. This book is for three days; I hope that you will write into it what you would otherwise have to measure again.

Ask for the way. Every door has the drawing of its room on it, as every page of the programme has.

Camille Rautureau, president of the assembly
""",
    "how-to": """\
---
title: How to use this book
---

Each room has a drawing. You find it in the programme and on the door.

- **Looking for a room?** The plan is on the page before the programme.
- **Looking for a person?** The index at the end has everybody, with the page.
- **Looking for now?** Days follow one another; times run down the page.

| Door | Opens | Closes |
| --- | ---: | ---: |
| Quay | 08:30 | 22:00 |
| Garden | 10:30 | 18:00 |
| Cloakroom | 08:00 | 22:30 |

What a day leaves free has dots, for your notes.
""",
    "floor-plan": """\
---
kind: illustration
title: Floor plan
picture: {file: plan.svg, alt: "The house at the quay: Weir Hall in the middle, Pump Room west of it, Boat Shed on the water, Lock House by the gate."}
---

All four rooms are on one level. Lifts and steps lead from the quay to the foyer.
""",
    "imprint": """\
---
publisher:
  name: Assembly of Rivers in Towns
  wordmark: [ASSEMBLY, OF RIVERS, IN TOWNS]
  address: |-
    4 Quay Street
    Aldermouth
  contact:
    - web: www.assembly.example.org
    - mail: desk@assembly.example.org
---

© Assembly of Rivers in Towns, 2033

The speakers have written what is said of them. Everybody in this book is made up.
""",
}
"""The texts with pages of their own, by key."""
