"""The branches of a bank of tools: a CSV of 400 rows in 40 towns whose names each language orders in its own way."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from made_editions.drawing_lots import Bag, mail_name, phone

__all__ = ["PLACES", "branch_rows", "write_branches"]

PLACES = (
    "Aabenholt", "Aadal", "Abildsted", "Adlerhagen", "Ærøvang", "Ållose", "Åsbæk", "Ämterup", "Ängeltorp", "Birkenau am Fließ",
    "Bøgehave", "Bolderslev Sø", "Dünenrade", "Egernskov", "Elbing-Nord", "Fjordbjerg", "Föhrlingen", "Fuglsang Strand",
    "Grönau", "Haderup", "Havneby Vest", "Ivenfleth", "Jernhatten", "Kølvig", "Lundum", "Møllehus", "Nørreby", "Oberlüth",
    "Ostrup", "Öddersund", "Ørnekær", "Øsløs By", "Quickborg", "Rødhus", "Sankt Gertrud", "Tønsby", "Überlangen", "Vesterbølle",
    "Wüstrow", "Zellerup",
)  # fmt: skip
_KINDS = (
    "Værktøj", "Leihladen", "Reparaturcafé", "Ladcykler", "Nähstube", "Byhave", "Holzwerkstatt", "Systue", "Fahrradhof",
    "Legetøjsbanken", "Gerätehaus", "Kopihjørnet", "Töpferei", "Bogbinderi", "Glaslager", "Malerbix",
)  # fmt: skip
_OWNERS = (
    "Aagaard", "Ågren", "Zahnow", "Ørum", "Österby", "Ahlers", "Äppelkvist", "Ærenlund", "Abel", "Müllenhoff", "Mulvad",
    "Møgelholm", "Weiß & Sønner", "Thygesen", "Überall", "Udsen", "Petersen", "Dybdal", "Schröderup", "Vad", "Quist", "Egholm",
)  # fmt: skip
_LONG = (
    "Fællesforeningen for udlån af stiger, stilladser, trillebøre og andet grej, som ingen bruger hver dag, "
    "men alle savner en lørdag eftermiddag i maj"
)


def branch_rows() -> Iterator[tuple[str, str, str, str]]:
    """Key, name, place and telephone of each branch."""
    lots = random.Random(400)
    kinds, owners = Bag(lots, _KINDS), Bag(lots, _OWNERS)
    harsh = [
        (_LONG, "Nørreby", "+49 30 23125 401"),
        ("7 Søstre", "Nørreby", ""),
        ("Den Gamle Smedje", "Sankt Gertrud", "+46 8 465 004 17"),
    ]
    rows, known = list(harsh), {name for name, _, _ in harsh}
    alone = "Sankt Gertrud"
    others = [place for place in PLACES if place != alone]
    while len(rows) < 400:
        name = f"{kinds.take()} {owners.take()}"
        place = others[len(rows) % len(others)] if len(rows) < 240 else lots.choice(others)
        if (told := f"{name} {place}") in known:
            continue
        known.add(told)
        number = phone(lots, lots.choice(("DE", "SE"))) if lots.random() < 0.93 else ""
        rows.append((name, place, number))
    lots.shuffle(rows)
    for at, (name, place, number) in enumerate(rows):
        yield f"{mail_name(f'{name} ')}-{at}", name, place, number


def write_branches(folder: Path) -> None:
    """Write the CSV as a web service exports it."""
    with (folder / "branches.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Key", "Name", "Place", "Phone"))
        writer.writerows(branch_rows())
