"""The partners of a fund for footbridges and ferries: 40 files, some on pages of their own, most several on a page."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from made_editions.drawing_lots import Bag, mail_name, phone

__all__ = ["BOARD", "partner_files", "write_partners"]

BOARD = "night-ferry"
"""The key of an entry that members alone are shown."""
_PAGES = (
    "Bridge Wardens’ Union", "Ferry Bell Trust", "The Stepping Stones", "Gangway", "Office for Low Water", "Łaskowa Footbridge Circle",
)  # fmt: skip
_SHORT = (
    "Aqueduct Walkers", "Åsund Rope Ferry", "Bank to Bank", "Bollard & Daughters", "Causeway Council", "Chain Ferry Friends",
    "Cold Ford", "Duckboard Society", "Élan Ponts et Passerelles", "Fifteen Planks", "Gate Eleven", "Handrail", "Island Mail",
    "Jetty Keepers", "Keystone Fellows", "Lantern Crossing", "The Long Pontoon", "Lockside Readers", "Mudflat Guides",
    "Night Ferry Fund", "Oar and Pole School", "Parapet", "Quay to Quay", "Raft Builders of Vennor", "Rope Ends", "Second Bank",
    "Sluice Singers", "Span", "The Toll House", "Towpath Bakers", "Under the Arches", "Viaduct Gardeners", "Weir Watch", "9 Bridges",
)  # fmt: skip
_TOWNS = (
    "Ashwater",
    "Callowbridge",
    "Eastering",
    "Fennimouth",
    "Hollin Staithe",
    "Marrowby",
    "Pennyford",
    "Vennor",
    "Wadenholm",
)
_STREETS = ("Ferry Road", "Bridge End", "Water Lane", "The Hard", "Ropery Court", "Lower Bank")
_PEOPLE = (
    "Alma Reddaway", "Björn Åkesson", "Catrin Pugh", "Dorothea Lindqvist", "Emeka Sandforth", "Frances Ottley", "Gil Marchbanks",
    "Hanneke Vroom", "Ishbel Crae", "Jurek Łaski", "Kit Farthing", "Leonie Ackermann",
)  # fmt: skip
_TOPICS = ("Ferries", "Footbridges", "Schools", "Rights of way", "Repair", "Music and feasts", "Wildlife")
_WHO = (
    "{name} looks after the crossing at {town}, where the next one is an hour’s walk away.",
    "Since {year} these volunteers have kept the way over the water open at {town}, in all weathers but ice.",
    "Nobody asked for it; {name} began when the old boards at {town} were taken up and a child stood waiting.",
    "A workshop of {small} people that builds, mends and lends whatever takes a walker dry to the other side.",
    "The members meet on the bridge itself, halfway, so that neither bank is at home.",
    "It speaks for those who cross on foot wherever a road is planned in the valley of the {river}.",
)  # fmt: skip
_WHAT = (
    "Planks are cut from larch that the parish grows for the purpose.",
    "Last year {count} crossings were counted, by hand, by pupils who were paid in buns.",
    "A bell on either bank calls the boat; it comes as soon as it has been heard.",
    "Each spring the handrail is taken down, scraped and oiled on the grass.",
    "The tolls of a Sunday in June pay for the lamps of a winter.",
    "A small book of rights of way has been printed, and is corrected in ink at every meeting.",
    "Its punt is flat enough for wheelchairs and was built by the people who use them.",
    "Whoever finds a loose board nails a red ribbon to it; within a week it is fast.",
    "School classes learn to row, to scull and to wait.",
    "Otters are counted at the third pier and told to nobody but the warden.",
    "When the river is too high, a lamp is lit and everybody stays where they are.",
    "It keeps the drawings of every bridge of the {river} that was built, and of nineteen that were not.",
    "Two of its boats are lent to other partners from October to March.",
    "The accounts hang on the gate, where anybody may read them.",
)  # fmt: skip
_HOURS = ("dawn to dusk", "Mon–Fri 9–16", "daily, on the bell", "Sat 10–14", "by appointment", "May to September")


def partner_files() -> dict[str, str]:
    """The text of each file, by its path in the edition's folder."""
    lots = random.Random(42)
    harsh = _harsh()
    written: dict[str, str] = {}
    drawn = [*_drawn(lots)]
    for name, (fields, text) in drawn:
        key = mail_name(name)
        more, own_text = harsh.get(key, ({}, ""))
        written[f"partners/{key}.md"] = _written({**fields, **more}, own_text or text)
    return written


def _drawn(lots: random.Random) -> Iterator[tuple[str, tuple[dict[str, Any], str]]]:
    towns, who, what = Bag(lots, _TOWNS), Bag(lots, _WHO), Bag(lots, _WHAT)
    people, hours, streets = Bag(lots, _PEOPLE), Bag(lots, _HOURS), Bag(lots, _STREETS)
    keys = [mail_name(name) for name in (*_PAGES, *_SHORT) if mail_name(name) != BOARD]
    for name in (*_PAGES, *_SHORT):
        key, town = mail_name(name), towns.take()
        told = {"name": name, "town": town, "year": lots.randrange(1950, 2026), "small": lots.randrange(4, 12),
                "count": f"{lots.randrange(2, 40)},{lots.randrange(1000):03}", "river": lots.choice(("Wending", "Ash", "Pell"))}  # fmt: skip
        host = f"{key}.example.org"
        contact = [f"address: {lots.randrange(1, 60)} {streets.take()}, {town}", f"phone: {phone(lots, 'GB')}",
                   f"mail: {lots.choice(('post', 'ferry', 'office'))}@{host}"]  # fmt: skip
        contact += [f"web: www.{host}"] if lots.random() < 0.7 else []
        contact += [f'person: "Warden: {people.take()}"'] if lots.random() < 0.6 else []
        fields: dict[str, Any] = {"name": name, "place": town, "contact": contact, "hours": hours.take()}
        if lots.random() < 0.6:
            fields["founded"] = lots.choice((told["year"], f"{told['year']}-05", f"{told['year']}-03-14"))
        if lots.random() < 0.5:
            fields["account"] = f"RF {lots.randrange(10, 99)} {lots.randrange(1000, 9999)} {lots.randrange(1000, 9999)}"
        fields["topics"] = sorted(lots.sample(_TOPICS, lots.choice((1, 2, 3))))
        if lots.random() < 0.4:
            fields["see_also"] = sorted(lots.sample([each for each in keys if each != key], 2))
        count = 14 if name in _PAGES else lots.choice((1, 2, 3))
        sentences = [who.take(), *what.some(count)]
        other = lots.choice([each for each in keys if each != key])
        if lots.random() < 0.5:
            sentences.append(f"It shares a boat with its [neighbours](#{other}).")
        if lots.random() < 0.4:
            sentences.append(f"What it has learnt stands in [a handbook](https://{host}/handbook), which is free.")
        step = 5 if name in _PAGES else 9
        paragraphs = [" ".join(sentences[at : at + step]) for at in range(0, len(sentences), step)]
        if name in _PAGES:
            paragraphs[1:1] = ["## The crossing"]
            paragraphs[3:3] = ["> A bridge is a promise that somebody has to keep every day.\n>\n> — **THE WARDENS**"]
        yield name, (fields, "\n\n".join(paragraphs).format(**told))


def _harsh() -> Mapping[str, tuple[dict[str, Any], str]]:
    """Fields and texts of entries that pages have to stand, by key."""
    years = [f"{ordinal} year: {told}" for ordinal, told in zip(_ORDINALS, _YEARS, strict=True)]
    long = "\n\n".join([*years, "## Afterwards", *_AFTERWARDS, *_ASKED])
    return {
        "weir-watch": (
            {"subtitle": "The log of twelve years"},
            f"The watch was set up to look at the weir, and then wrote down what it saw.\n\n## From the log\n\n{long}\n\n"
            "## What is watched\n\n- the gauge at the upper gate\n- the eels\n- the third stone from the left\n\n"
            "Gauge\n: A board with marks at every hand’s breadth, read at six in the morning by whoever is up.\n\n"
            "Eel pass\n: A ramp of brushes, swept on Fridays.",
        ),
        "bollard-daughters": (
            {"name": "Bollard & Daughters, Makers of Mooring Posts, Fenders, Gangplanks, Boathooks and All Other Things That Keep a Boat "
             "Where It Is, and of Some That Do Not"}, ""),
        "cold-ford": ({"contact": [], "hours": None, "topics": ["Repair"]}, "You get wet."),
        "span": ({"contact": [], "hours": None, "founded": None, "account": None, "see_also": None}, "One span."),
        "elan-ponts": (
            {"language": "fr"},
            "L’association rassemble les gardiens de onze passerelles, dont trois flottent. On s’y retrouve le premier dimanche du mois, "
            "autour d’une soupe. Son [carnet](https://elan.example.org/carnet) paraît au printemps."),
        "handrail": ({"level": "boxed"}, ""),
        "lantern-crossing": ({"level": "extended", "photo": "{file: river.png, alt: A dark river with a lamp above it.}"}, ""),
        "viaduct-gardeners": ({"level": "extended"}, ""),
        "quay-to": ({"level": "boxed", "photo": "{file: crest.png, alt: Two quays and a line between them.}"}, ""),
        BOARD: (
            {"show": "members"},
            "It lends money for boats that run when no one pays, and would rather not be asked by those whom it does not know."),
        "gangway": ({"photo": "{file: lantern.png, alt: A lamp above a dark river.}"}, ""),
        "jetty-keepers": ({"show": "{phone: [public, members]}"}, ""),
    }  # fmt: skip


_ORDINALS = [
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
]
_YEARS = (
    "the gauge was found to be upside down. It was turned, and the worst flood in memory became the longest drought; the "
    "minutes of eleven meetings were corrected.",
    "eels came up on a night in May, some four hundred of them, and waited below the gate until it was opened for them by a baker "
    "on her way to work.",
    "nothing happened. The log says so on every one of its three hundred and sixty-five lines, in nine different hands.",
    "the third stone from the left moved by the width of a thumb. It was measured daily from then on and has not moved since, "
    "which the watch puts down to being looked at.",
    "a heron stood on the gate from March to October, and was entered as a member. It attended more meetings than the treasurer did.",
    "ice closed the river for the first time. Children crossed it on trays; the watch counted them over, and counted them back.",
    "the ministry sent a gauge that writes by itself. It stands beside the old one, and the two are compared on Fridays.",
    "high water reached the third board of the hut. The log of that week is in pencil, and was dried leaf by leaf on a bakery’s oven.",
    "the weir was mended, at last, by people who had never seen it before and asked the right questions. They come back every year.",
    "a choir practised on the lower bank because of the sound. Its part in the noise was taken off the figures.",
    "the watch was asked to write down how it is done. It took a page, most of which says: every day, at six, whoever is up.",
    "somebody asked what it is all for. The answer was given by the river in the same week, and a road was closed in time.",
)  # fmt: skip


_AFTERWARDS = (
    "The log goes on, in a second book. It is kept in the bakery, where it is dry, and read out at the feast of the first flood.",
    "Three of those who wrote in the first have a bench by the weir. It faces away from the water, so that they may rest.",
    "Visitors ask to see the page of the eels. It is the one that does not close properly, because of what was pressed in it.",
    "The ministry’s gauge has stopped; the old one has not. On Fridays they are compared all the same, out of politeness.",
    "A copy of the log lies in each of the nine schools of the valley. Pupils add what they see from the bus.",
    "What the watch would like is another watch, on the next weir down, to shout to. Those who would like to begin one may write.",
)  # fmt: skip


_ASKED = (
    "What becomes of the eels that do not find the pass is asked by every class that visits. They wait, and are told of it by those "
    "that did; the gate is opened for them on Sundays.",
    "Why the hut is painted on three sides only is asked by painters. The fourth is the one that the river paints.",
    "Whether the third stone will move again is asked by nobody. It is looked at daily.",
)  # fmt: skip


def _written(fields: Mapping[str, Any], text: str) -> str:
    """A file with these fields, those without a value left out."""
    lines = ["---"]
    for name, value in fields.items():
        if name == "contact" and value:
            lines += ["contact:", *(f"  - {row}" for row in value)]
        elif isinstance(value, list) and value:
            lines.append(f"{name}: [{', '.join(value)}]")
        elif value:
            quoted = name not in ("photo", "show") and isinstance(value, str) and value[0].isdigit()
            lines.append(f'{name}: "{value}"' if quoted and name == "name" else f"{name}: {value}")
    return "\n".join([*lines, "---", "", text, ""])


# -------------------------------------------------------------------- files
def write_partners(folder: Path) -> None:
    """Write the entries' files and their pictures."""
    for name, text in partner_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    photos = folder / "photos"
    photos.mkdir(exist_ok=True)
    lantern = _draw_lantern()
    lantern.save(photos / "lantern.png", optimize=True)
    _wide(lantern).save(photos / "river.png", optimize=True)
    _draw_crest().save(photos / "crest.png", optimize=True)


def _draw_lantern() -> Image.Image:
    """A lamp above a river, in few colours."""
    picture = Image.new("P", (900, 900), 0)
    picture.putpalette([24, 36, 66, 240, 190, 90, 60, 84, 128, 250, 236, 200])
    draw = ImageDraw.Draw(picture)
    for at in range(620, 900, 40):
        draw.rectangle((0, at, 900, at + 12), fill=2)
    draw.line((450, 0, 450, 220), fill=2, width=14)
    draw.ellipse((330, 220, 570, 460), fill=1)
    draw.ellipse((400, 290, 500, 390), fill=3)
    for at in range(640, 900, 60):
        draw.rectangle((420, at, 480, at + 16), fill=1)
    return picture


def _wide(lantern: Image.Image) -> Image.Image:
    """The same river from afar."""
    picture = Image.new("P", (1400, 600), 0)
    picture.putpalette(lantern.getpalette() or [])
    for at in range(3, 6):
        ImageDraw.Draw(picture).rectangle((0, at * 100, 1400, at * 100 + 20), fill=2)
    picture.paste(lantern.resize((300, 300)), (560, 0))
    return picture


def _draw_crest() -> Image.Image:
    """Two quays and a line between them, wider than high."""
    picture = Image.new("P", (700, 400), 0)
    picture.putpalette([240, 244, 248, 18, 53, 91, 253, 157, 36])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 160, 210, 400), fill=1)
    draw.rectangle((490, 160, 700, 400), fill=1)
    draw.rectangle((210, 190, 490, 220), fill=2)
    return picture
