"""Which inks touch on the pages, and how far apart they are to the eye."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import dist

import pypdfium2
from PIL import Image, ImageChops

from page_measures.colour import Lab, Profile, hue_apart, lab_of_screen
from page_measures.findings import HUES_DE, TONES_DE, Finding, Section, pages_of
from page_measures.pages import read_pages
from page_measures.redraw import OTHERS, PAPER, PICTURE, Ink, in_numbers, without_text

__all__ = ["measure_inks", "measure_small_type"]

_SCALE = 100 / 72  # pixels to the point
_LEAST_BORDER = 8  # pixels: inks that meet in less have a corner in common
_ONE_HUE = 35.0  # degrees
_SMALL_PT = 8.0
_BARE = Ink("paper", ())
_WHITE = (100.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two inks that touch on a page, and how far apart they are: dE, their distance in CIELAB (1976)."""

    one: Ink
    other: Ink
    apart: float
    limit: float
    page: int


def measure_inks(pdf: bytes, profile: Profile | None) -> Section:
    """The neighbours of a press file, as its profile prints them; without a profile, as the screen shows them.

    The limits are those of the press: the screen's figures stand beside them to be compared.
    """
    drawn, inks = in_numbers(without_text(pdf))
    look = _looks(profile)
    closest: dict[frozenset[Ink], list[_Pair]] = {}
    for page, border, in_plate in _borders(drawn):
        for pair in _pairs(page, border, in_plate, inks, look):
            closest.setdefault(frozenset((pair.one, pair.other)), []).append(pair)
    pairs = [(min(found, key=lambda pair: pair.apart - pair.limit), found) for found in closest.values()]
    pairs.sort(key=lambda each: each[0].apart)
    findings = [
        Finding("neighbours too close", pair.page, f"{pair.one} beside {pair.other}", _figure(pair))
        for _, found in pairs
        for pair in found
        if profile and pair.apart < pair.limit
    ]
    where = "press" if profile else "screen"
    rows = [(f"inks drawn, {where}", str(len({ink for pair in closest for ink in pair})))]
    rows += [
        (f"{pair.one} beside {pair.other}", f"dE {_figure(pair)}, on {len(found)} pages from p{found[0].page}")
        for pair, found in pairs[:8]
    ]
    if profile:
        rows.append(("neighbours too close", f"{len(findings)} ({pages_of(findings)})"))
    figures = {"neighbours": [_plain_pair(pair, found) for pair, found in pairs]}
    return Section(f"Inks that touch, {where}", rows, figures, findings)


def measure_small_type(pdf: bytes) -> Section:
    """Type below 8 pt of a press file that is printed from more than one plate."""
    drawn, inks = in_numbers(pdf)
    found: Counter[tuple[int, float, Ink]] = Counter()
    for page in read_pages(drawn):
        for character in page.characters:
            number = character.colour[0]
            if character.size < _SMALL_PT - 0.01 and not character.text.isspace() and number < len(inks):
                ink = inks[number]
                if ink.plates > 1:
                    found[page.number, character.size, ink] += 1
    findings = [
        Finding("small type in several inks", page, f"{size:g} pt in {ink}", f"{count} characters, {ink.plates} plates")
        for (page, size, ink), count in sorted(found.items(), key=lambda each: each[0][:2])
    ]
    rows = [("below 8 pt in several inks", f"{sum(found.values())} characters ({pages_of(findings)})")]
    return Section("Small type on the press", rows, {"characters": sum(found.values())}, findings)


def _looks(profile: Profile | None) -> Callable[[Ink], Lab | None]:
    known: dict[Ink, Lab | None] = {}

    def look(ink: Ink) -> Lab | None:
        if ink not in known:
            process = ink.values if ink.space == "CMYK" else ink.process
            if ink.space == "RGB":
                known[ink] = lab_of_screen(ink.values)
            elif process is None or profile is None:
                grey = process if process and not any(process[:3]) else None
                known[ink] = lab_of_screen((1 - grey[3],) * 3) if grey else None
            else:
                known[ink] = profile.lab(process)
        return known[ink]

    return look


def _borders(drawn: bytes) -> Iterator[tuple[int, Counter[tuple[int, int]], bool]]:
    """Of every page: how long each two numbers touch, in pixels, and whether it is a plate."""
    document = pypdfium2.PdfDocument(drawn)
    try:
        for index in range(len(document)):
            page = document[index]
            red = _numbers(page)
            paper = sum(red.histogram()[PAPER:])
            yield index + 1, _touching(red), paper < 0.5 * red.width * red.height
            page.close()
    finally:
        document.close()


def _numbers(page: pypdfium2.PdfPage) -> Image.Image:
    """The numbers of a page within its trim."""
    left, bottom, right, top = page.get_trimbox()
    low_left, low_bottom, high_right, high_top = page.get_mediabox()
    page.set_cropbox(low_left, low_bottom, high_right, high_top)
    picture = page.render(
        scale=_SCALE,
        rotation=-page.get_rotation() % 360,
        crop=(left - low_left, bottom - low_bottom, high_right - right, high_top - top),
        no_smoothtext=True,
        no_smoothimage=True,
        no_smoothpath=True,
        fill_color=(PAPER, 0, 0, 255),
    )
    drawn: Image.Image = picture.to_pil().convert("RGB")
    return drawn.getchannel("R")


def _touching(red: Image.Image) -> Counter[tuple[int, int]]:
    right = ImageChops.offset(red, -1, 0)
    right.paste(red.crop((red.width - 1, 0, red.width, red.height)), (red.width - 1, 0))
    below = ImageChops.offset(red, 0, -1)
    below.paste(red.crop((0, red.height - 1, red.width, red.height)), (0, red.height - 1))
    border: Counter[tuple[int, int]] = Counter()
    for count, numbers in Image.merge("RGB", (red, right, below)).getcolors(red.width * red.height) or ():
        assert isinstance(numbers, tuple)
        here = numbers[0]
        for other in numbers[1:]:
            if other != here:
                border[min(here, other), max(here, other)] += count
    return border


def _pairs(
    page: int, border: Counter[tuple[int, int]], in_plate: bool, inks: list[Ink], look: Callable[[Ink], Lab | None]
) -> Iterator[_Pair]:
    for (low, high), length in border.items():
        if length < _LEAST_BORDER or {low, high} & {PICTURE, OTHERS} or low >= len(inks) or len(inks) <= high < OTHERS:
            continue
        here, there = look(inks[low]), _WHITE if high == PAPER else look(inks[high])
        if here is None or there is None:
            continue
        one, other = (_BARE if number == PAPER or inks[number].is_white else inks[number] for number in (low, high))
        hue = hue_apart(here, there)
        tones = in_plate and hue is not None and hue <= _ONE_HUE
        if one != other:
            limit = TONES_DE if tones else HUES_DE
            yield _Pair(one, other, dist(here, there), limit, page)


def _plain_pair(pair: _Pair, found: Sequence[_Pair]) -> dict[str, object]:
    return {
        "inks": [str(pair.one), str(pair.other)],
        "dE": round(pair.apart, 2),
        "limit": pair.limit,
        "pages": [each.page for each in found],
    }


def _figure(pair: _Pair) -> str:
    return f"{pair.apart:.1f} (limit {pair.limit:g})"
