"""What edition.yaml says of adverts, and what is told of what it must not say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from directory_pub.edition.model import Edition
from directory_pub.findings import Finding
from directory_pub.read import read_edition
from made_guests import write_guest
from project import ROOT
from small_book import write_small

Read = Callable[..., tuple[Edition, list[Finding]]]
ROW = '{key: tram, file: tram.pdf, advertiser: Lindhaven Tramways, alt: "A tram."'


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(*rows: str) -> tuple[Edition, list[Finding]]:
        more = "cover: {title: [LAMPS]}\nadverts:\n" + "".join(f"  - {row}\n" for row in rows)
        folder = write_small(tmp_path / "x", {"alba": "Text."}, more=more)
        write_guest(folder / "adverts" / "tram.pdf")
        edition, findings = read_edition(folder, ROOT)
        assert edition is not None
        return edition, [each for each in findings if each.place.file.endswith(("edition.yaml", ".pdf"))]

    return read


def test_a_row_is_an_advert(read: Read) -> None:
    edition, findings = read(f"{ROW}, place: back-cover, link: https://trams.example.org}}")
    assert findings == []
    (advert,) = edition.adverts
    assert (advert.size, advert.position, advert.link) == ("full", "back-cover", "https://trams.example.org")
    assert advert.file_place.field == "adverts[1].file"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["{key: tram, file: tram.pdf, advertiser: X}"], "alt"),
        (["{key: tram, file: tram.pdf, alt: X}"], "advertiser"),
        ([f"{ROW}, size: double}}"], "no size of an advert"),
        ([f"{ROW}, size: 3}}"], "no size of an advert"),
        ([f"{ROW}, place: middle}}"], "no place of an advert"),
        ([f"{ROW}, link: www.example.org}}"], "no web address"),
        ([f"{ROW}, colour: red}}"], "colour"),
        ([f"{ROW}}}", f"{ROW}}}"], "there is an advert 'tram' already"),
        ([f"{ROW}, size: half, place: inside-front}}"], "does not fill a page of the cover"),
        (
            [f"{ROW}, place: inside-front}}", ROW.replace("tram,", "bus,", 1) + ", place: inside-front}"],
            "'inside-front' is taken",
        ),
        (["text"], "not a mapping"),
    ],
)
def test_what_it_must_not_say_is_told_at_its_place(read: Read, rows: list[str], says: str) -> None:
    _, findings = read(*rows)
    assert any(says in str(each) and each.place.line for each in findings), findings


def test_a_file_that_no_row_names_is_told(read: Read) -> None:
    _, findings = read('{key: bus, file: bus.pdf, advertiser: X, alt: "A bus."}')
    assert [each.code for each in findings if each.place.file.endswith("tram.pdf")] == ["file-unused"]
