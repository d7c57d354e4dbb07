"""The members of a society of small museums: a workbook of 150 rows, and two files with more text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from made_editions.drawing_lots import Bag, mail_name, phone

__all__ = ["HEADS", "LONG", "member_rows", "write_members"]

LONG = "old-harbour-store"
"""The key of an entry that is longer than a column."""
HEADS = (
    "Key", "Organisation", "Subtitle", "Town", "Address", "Phone", "E-mail", "Website", "Contact person",
    "Opening hours", "Admission", "Founded", "Topics", "Level", "Language", "Text", "Dues paid",
)  # fmt: skip
_TOWNS = (
    "Abbotsmere", "Brindlecombe", "Castermouth", "Dunwold", "Eastry Fen", "Fallowby", "Gorsebridge", "Harrowmere",
    "Inchbrae", "Kettlethwaite", "Larkholm", "Netherwick", "Oxenby", "Pellow Cross", "Quarrendale", "Rushdeeping",
    "Saltreath", "Thornby Quay", "Upper Wending", "Vennor", "Wraxholm", "Yarrowgate",
)  # fmt: skip
_STREETS = (
    "Mole Street", "Chapel Rise", "Tanner’s Row", "Low Wharf", "Station Approach", "Cross Keys Yard", "Mill Lane",
    "Corn Hill", "The Shambles", "Pound Close", "Weighhouse Square", "Sluice Road",
)  # fmt: skip
_SUBJECTS = (
    "Salt", "Bells", "Rope", "Ferries", "Clocks", "Lace", "Brick", "Herring", "Peat", "Lanterns", "Kites", "Barrels",
    "Buttons", "Maps", "Weather", "Wool", "Ink", "Umbrellas", "Bees", "Bicycles", "Signals", "Tiles", "Chairs",
    "Pumps", "Gloves", "Ice", "Slate", "Glass", "Cider", "Hats", "Spoons", "Locks", "Wireless", "Paper", "Hops",
    "Candles", "Anchors", "Toys", "Bread", "Boots", "Stoves", "Wire", "Flax", "Baskets", "Canals", "Dyes", "Quilts",
    "Violins", "Nets", "Thatch", "Jugs", "Needles",
)  # fmt: skip
_NAMES = (
    "{town} Museum of {subject}", "The {subject} House", "Museum of {subject}", "{subject} and Trade, {town}",
    "{town} {subject} Store", "The Little Museum of {subject}", "{subject} Room at {town}", "Friends of {subject}",
)  # fmt: skip
_FIRST = (
    "It shows how {lower} were made and sold in {town}, and who lived by it.",
    "Four rooms above the old weighhouse are about {lower}, and about nothing else.",
    "What is here was found in one attic in {town}, labelled by a clerk who threw nothing away.",
    "{count} things are on show, all to do with {lower}; most may be picked up.",
    "The collection began as a shoebox in a classroom and now fills a former chapel.",
    "Visitors are met at the door by a volunteer who worked in the trade.",
    "The last workshop for {lower} in the county closed across the road; its benches stand here as they were left.",
    "A house of two storeys, with {lower} on one and the people who needed them on the other.",
)  # fmt: skip
_THEN = (
    "School classes come on Tuesdays and are given aprons.",
    "The catalogue of {count} cards can be read on request, and copied.",
    "Once a month the machines run, weather and volunteers permitting.",
    "There is no lift, but everything on the upper floor has been filmed and can be seen below.",
    "A bench by the window is kept for those who only want to sit.",
    "Loans go to other members for up to a year; the borrower fetches them.",
    "The reading room holds ledgers, letters and the photographs of three families.",
    "Its shop sells what pupils of the evening class have made.",
    "Dogs are welcome on the ground floor, where there is water for them.",
    "In winter it is unheated: bring a coat, or ask for a blanket.",
    "A trail of {small} stops leads from here to the river and back.",
    "Labels are in large print, and may be taken along on a ring.",
    "Every autumn the members of the society are asked what is missing, and bring it.",
    "It answers letters about family history, slowly and without charge.",
)  # fmt: skip
_HOURS = (
    "Tue–Sun 10–16", "Wed–Sat 11–17", "Sat and Sun 13–17", "April to October, daily 10–17", "by appointment",
    "first Sunday of the month", "Mon–Fri 9–12, 14–16", "Thu 10–20, Fri–Sun 10–16",
)  # fmt: skip
_FEES = ("free", "£3", "£4, children free", "£6, groups £40", "by donation", "£2.50")
_TOPICS = (
    "Crafts", "Trade", "Food and drink", "Sea and shore", "Textiles", "Machines", "Music", "Childhood", "Buildings",
    "Countryside", "Transport", "Archives",
)  # fmt: skip
_PEOPLE = (
    "Ada Brandt", "Idris Vale", "Moira Quill", "Tomas Ferne", "Judith Okell", "Piers Holloway", "Wanda Łącka",
    "Élodie Marchetel", "Sven Åkerlöv", "Bridie Coyle", "Hamish Torrance", "Nora van der Wiel", "Cecily Stroud",
    "Ravi Menderan", "Agnes Thwaite", "Owen Prys", "Lotte Brühlmann", "Gwilym Saer", "Yusra Haddarin", "Bartholomew Finch",
)  # fmt: skip


def member_rows() -> list[dict[str, Any]]:
    """The rows of the table, in no order that a reader would see."""
    lots = random.Random(20320)
    rows = [*_harsh(), *_usual(lots, 150 - len(_harsh()))]
    lots.shuffle(rows)
    return rows


def _usual(lots: random.Random, count: int) -> Iterator[dict[str, Any]]:
    towns, forms = Bag(lots, _TOWNS), Bag(lots, _NAMES)
    first, then, hours = Bag(lots, _FIRST), Bag(lots, _THEN), Bag(lots, _HOURS)
    people, subjects = Bag(lots, _PEOPLE), Bag(lots, _SUBJECTS)
    known: set[str] = set()
    hosts: set[str] = set()
    while len(known) < count:
        town, subject = towns.take(), subjects.take()
        name = forms.take().format(town=town, subject=subject)
        if name in known:
            continue
        known.add(name)
        told = {
            "town": town,
            "lower": subject.lower(),
            "count": lots.randrange(120, 2400),
            "small": lots.randrange(5, 14),
        }
        host = _host(name, hosts)
        row: dict[str, Any] = {
            "Organisation": name,
            "Town": town,
            "Address": f"{lots.randrange(1, 90)} {lots.choice(_STREETS)}, {town}",
            "Phone": phone(lots, "GB"),
            "E-mail": f"{lots.choice(('office', 'desk', 'hello'))}@{host}",
            "Website": f"www.{host}",
            "Opening hours": hours.take(),
            "Admission": lots.choice(_FEES),
            "Founded": str(lots.randrange(1868, 2029)),
            "Topics": "; ".join(sorted(lots.sample(_TOPICS, lots.choice((1, 1, 2, 3))))),
            "Text": " ".join(
                each.format(**told) for each in (first.take(), *then.some(lots.choice((1, 1, 1, 1, 2, 3))))
            ),
            "Dues paid": lots.choice(("yes", "no")),
        }
        if lots.random() < 0.3:
            row["Contact person"] = f"Curator: {people.take()}"
        for head, likely in (("Phone", 0.1), ("Website", 0.15), ("Admission", 0.5), ("Founded", 0.75)):
            if lots.random() < likely:
                row.pop(head)
        yield row


def _host(name: str, known: set[str]) -> str:
    """A host of its own, short enough for a line."""
    words = mail_name(name).replace("-trade", "").split("-")
    shown = [words[-1], "-".join(words), *(f"{words[-1]}{at}" for at in range(2, 99))]
    found = next(each for each in shown if each not in known)
    known.add(found)
    return f"{found}.example.org"


def _harsh() -> list[dict[str, Any]]:
    """What a page of many entries has to stand."""
    return [
        {"Key": LONG, "Organisation": "Old Harbour Store", "Town": "Saltreath", "Phone": "+44 20 7946 0011",
         "E-mail": "store@harbour.example.org", "Website": "store.harbour.example.org", "Opening hours": "daily 8–20",
         "Topics": "Sea and shore; Archives"},
        {"Key": "long-name", "Organisation": "Museum and Study Collection of Inland Navigation, Towpath Husbandry, Lock-Keeping "
         "and the Neighbouring Trades of the Upper Wending Canal Company and Its Successors",
         "Town": "Upper Wending", "Phone": "+44 113 496 0140", "Topics": "Transport",
         "Text": "Its name was agreed at a meeting of nine societies, none of which would give way. Nine doors lead in."},
        {"Key": "no-contact", "Organisation": "Hermit’s Cell", "Town": "Inchbrae",
         "Text": "It cannot be written to, and has no door. Those who pass may look through the window."},
        {"Key": "only-a-name", "Organisation": "Xylophone Cupboard", "Town": "Vennor"},
        {"Key": "zither-house", "Organisation": "Zither House", "Town": "Dunwold", "E-mail": "zither@zither.example.org",
         "Topics": "Music", "Text": "Thirty-one zithers, all of them in tune on the day of St Cecilia."},
        {"Key": "alvskaret", "Organisation": "Ålvskäret Pilot Station", "Town": "Larkholm", "Phone": "+46 31 390 06 12",
         "Language": "sv", "Topics": "Sea and shore",
         "Text": "Lotsarnas hus står kvar som de lämnade det. Båten ligger vid bryggan om sommaren."},
        {"Key": "lodz-loom", "Organisation": "Łódka Loom Shed", "Town": "Fallowby", "Phone": "+44 131 496 0221",
         "Website": "www.lodka.example.org", "Topics": "Textiles; Machines",
         "Text": "Weavers who had come over the sea set up eleven looms here. Nine of them still run, on Saturdays, all at once."},
        {"Key": "ecluse", "Organisation": "Écluse et Moulin", "Town": "Brindlecombe", "E-mail": "ecluse@ecluse.example.org",
         "Language": "fr", "Topics": "Buildings; Transport",
         "Text": "Le moulin tourne encore, quand l’eau le permet. On y parle français le dimanche, et le meunier répond à tout."},
        {"Key": "42-steps", "Organisation": "42 Steps", "Town": "Gorsebridge", "Website": "42steps.example.org",
         "Topics": "Buildings", "Text": "A staircase and what was found under it. It has forty-one steps; the museum explains why."},
        {"Key": "the-and", "Organisation": "The And", "Subtitle": "A museum of one word", "Town": "Abbotsmere",
         "Phone": "+44 117 496 0077", "Topics": "Archives", "Text": "Printers gave their ampersands. There are 612 of them & counting."},
        {"Key": "lighthouse-trust", "Organisation": "Lighthouse Trust", "Level": "boxed", "Town": "Castermouth",
         "Address": "1 Beacon Walk, Castermouth", "Phone": "+44 20 7946 0501", "E-mail": "keeper@lighthouse.example.org",
         "Website": "www.lighthouse.example.org", "Contact person": "Keeper: Moira Quill", "Opening hours": "whenever the flag is up",
         "Admission": "£5, keepers free", "Founded": "1871", "Topics": "Sea and shore; Buildings",
         "Text": "The light went out in 1988 and came back in 2003, for visitors. Two hundred steps lead up to it; the view is worth "
         "half of them, the keeper’s stories the other half."},
        {"Key": "paper-mill", "Organisation": "Paper Mill at Oxenby", "Level": "extended", "Town": "Oxenby",
         "Address": "Mill Lane, Oxenby", "Phone": "+44 113 496 0660", "E-mail": "vat@papermill.example.org",
         "Website": "www.papermill.example.org", "Opening hours": "Tue–Sun 10–16", "Admission": "£6, groups £40", "Founded": "1699",
         "Topics": "Crafts; Machines",
         "Text": "Paper has been made here by hand for longer than anywhere else in the society. The vat, the press and the drying "
         "loft are in use; a sheet of your own is part of the ticket."},
        {"Key": "wind-engine", "Organisation": "Wind Engine", "Level": "extended", "Town": "Thornby Quay",
         "Text": "It pumps, when there is wind."},
        {"Key": "rag-trade", "Organisation": "Rag Trade", "Level": "boxed", "Town": "Netherwick", "Topics": "Textiles"},
        {"Key": "wordless", "Organisation": "Rope Walk and Donaudampfschifffahrts\u00adelektrizitäten\u00adhauptbetriebswerk", "Town": "Eastry Fen",
         "Website": "www.an-address-that-is-much-longer-than-any-column-of-a-small-book-is-wide.example.org/and/goes/on",
         "Topics": "Transport", "Text": "The second word came with a gift of drawings, and had to be kept."},
    ]  # fmt: skip


_LONG_TEXT = """\
The store kept what ships left behind. It was built for sails and took in everything else: crates without an
owner, instruments that nobody could name, and in one hard winter the harbour master and his family.

## The building

Three floors of tarred boards stand on forty oak posts. The tide comes in below them twice a day, and the lowest
floor was laid with gaps, so that the water could come up without lifting the house.

- The loft, where sails were dried and mended.
- The middle floor, with a scale for anchors that weighs to the ounce.
- The wet floor, which may be visited two hours either side of low water.

> “Nothing was ever thrown away here. It was only put where nobody would look for it.”
>
> — **MOIRA QUILL,** KEEPER

## What is kept

Figureheads
: Seven, one of them without a name and one without a head.

Chronometers
: Thirty, of which the clerk winds four each Sunday; the others keep their own time.

Ledgers
: Two hundred and twelve, from the first rent of the store to the day on which the crane was sold.

{paragraphs}

1. Ring at the side door.
2. Wait for the bolt.
3. Mind the third step.
"""
_PARAGRAPHS = (
    "In the first hundred years the store had four keepers, all of one family, and each of them wrote the day’s wind on the "
    "beam above the door. The beam is full; the sixth keeper went on in a book.",
    "A cargo of four thousand buttons was never called for. They lie in the drawers that were made for them, sorted by a "
    "child of the house over eleven winters, and have been counted twice with different results.",
    "When the railway came, the quay lost its trade and the store its roof. Fishermen covered it with a sail, which held "
    "for nine years and hangs in the stairwell now.",
    "The crane on the gable was turned by two people in a wheel. It was last used to lift a piano, which is still upstairs "
    "because nobody has found a way to bring it down.",
    "Divers bring what the mud gives back: bottles, a bell, the rudder of a boat that is in none of the lists. Each find is "
    "laid into a trough of fresh water and stays there for as long as it was in the sea, or until the trough is needed.",
    "Once a year, at the highest tide of spring, the wet floor is opened at night. Lamps hang from the beams and show the "
    "water coming up between the boards, a hand’s breadth at a time, until the visitors go up a floor.",
    "The archive answers about forty letters a year. Most ask about a ship; the keeper sends what the ledgers have, and asks "
    "for a photograph in return, so that the collection grows with every answer.",
    "A list of all that is here does not exist. There are three lists of parts of it, which disagree, and the society has "
    "decided to keep them all.",
)  # fmt: skip


# -------------------------------------------------------------------- files
def write_members(folder: Path) -> None:
    """Write the workbook, and the files beside it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Members"
    sheet.append(HEADS)
    for row in member_rows():
        sheet.append([row.get(head) for head in HEADS])
    book.save(folder / "members.xlsx")
    (folder / "members").mkdir(exist_ok=True)
    text = _LONG_TEXT.format(paragraphs="\n\n".join(_PARAGRAPHS))
    (folder / "members" / f"{LONG}.md").write_text(text, "utf-8")
