"""The drawings, as a renderer shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import cycle, islice
from math import dist, sqrt

import pypdfium2
import pytest
from PIL import Image, ImageChops
from weasyprint import HTML

from directory_pub.artwork import (
    MOST_NEIGHBOURS,
    MOTIFS,
    Motif,
    Palette,
    Plan,
    draw_back_cover,
    draw_cover,
    draw_inside_cover,
    draw_opener,
    draw_tailpiece,
    draw_tile,
)
from directory_pub.artwork.motifs import Layer
from directory_pub.artwork.plots import Plot, draw_plots, frame_page, join_plots
from directory_pub.artwork.shapes import rect
from directory_pub.artwork.tiles import dress

A4, BLEED = (210.0, 297.0), 3.0
# No ink is the white of an unprinted page here, so that a gap shows.
PALETTE = Palette(
    ink="#1D1D1B", navy="#12355B", navy_2="#1B4471", navy_3="#2B5480", blue="#5F86AC",
    mist="#C9D7E4", haze="#D9E3EC", pale="#E9EFF4", orange="#FD9D24", paper="#FFF8F0",
)  # fmt: skip
MEMBERS = [Motif(name=name) for name in islice(MOTIFS, 16)]


def proof(drawings: Iterable[str], size_mm: tuple[float, float], scale: float) -> list[Image.Image]:
    """Each drawing on a page of its own, ``scale`` pixels to the mm."""
    width, height = size_mm
    sheet = f"@page{{size:{width}mm {height}mm;margin:0}}body{{margin:0}}svg{{display:block}}"
    pages = "".join(f'<div style="break-after:page">{drawing}</div>' for drawing in drawings)
    pdf = HTML(string=f"<style>{sheet}</style>{pages}").write_pdf()
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=scale * 25.4 / 72).to_pil() for page in document]
    return [picture.crop((0, 0, round(width * scale), round(height * scale))) for picture in pictures]


def in_black(layers: Iterable[Layer], room: int = 0) -> str:
    """Layers of a motif in black, in a square of 100 mm with ``room`` on every side."""
    side = 100 + 2 * room
    shapes = "".join(f'<path fill="#000000" d="{path}"/>' for _, path in layers)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-room} {-room} {side} {side}" '
        f'width="{side}mm" height="{side}mm">{shapes}</svg>'
    )


def share_of_black(picture: Image.Image) -> float:
    tones = picture.convert("L").histogram()
    return sum(tones[:128]) / sum(tones)


def holds(picture: Image.Image, ink: str) -> bool:
    return ink_share(picture, ink) > 0


def ink_share(picture: Image.Image, ink: str) -> float:
    flat = Image.new("RGB", picture.size, ink)
    levels = ImageChops.difference(picture.convert("RGB"), flat).convert("L").histogram()
    return levels[0] / sum(levels)


PLANS: dict[str, Callable[[], Plan]] = {
    "cover": lambda: draw_cover(MEMBERS, 4, PALETTE, A4, BLEED),
    "inside cover": lambda: draw_inside_cover(MEMBERS, 4, PALETTE, A4, BLEED),
    "back cover": lambda: draw_back_cover(MEMBERS, PALETTE, A4, BLEED),
    **{f"opener {k}": lambda k=k: draw_opener(k, MEMBERS[:13], PALETTE, A4, BLEED) for k in range(5)},
}


@pytest.fixture(scope="module")
def plates() -> dict[str, Image.Image]:
    size = (A4[0] + 2 * BLEED, A4[1] + 2 * BLEED)
    return dict(zip(PLANS, proof([plan().svg for plan in PLANS.values()], size, 4), strict=True))


def test_every_motif_fills_its_plot_and_nothing_outside() -> None:
    pictures = proof([in_black(draw(), room=10) for draw in MOTIFS.values()], (120, 120), 2)
    for name, picture in zip(MOTIFS, pictures, strict=True):
        assert share_of_black(picture.crop((20, 20, 220, 220))) == 1, name
        # A renderer may touch the pixel on which the edge lies.
        for margin in ((0, 0, 240, 18), (0, 222, 240, 240), (0, 0, 18, 240), (222, 0, 240, 240)):
            assert share_of_black(picture.crop(margin)) == 0, name


@pytest.mark.slow
def test_along_a_plots_edge_no_tone_lies_under_another() -> None:
    layers = [(name, layer) for name, draw in MOTIFS.items() for layer in draw()]
    pictures = proof([in_black([layer]) for _, layer in layers], (100, 100), 4)
    rims: dict[str, list[int]] = {}
    for (name, _), picture in zip(layers, pictures, strict=True):
        black = picture.convert("L").point(lambda level: int(level < 64))
        edges = [black.crop(box) for box in ((0, 0, 400, 1), (0, 399, 400, 400), (0, 0, 1, 400),
                                             (399, 0, 400, 400))]  # fmt: skip
        rim = [pixel for edge in edges for pixel in edge.tobytes()]
        rims[name] = [a + b for a, b in zip(rims.get(name, [0] * len(rim)), rim, strict=True)]
    for name, rim in rims.items():
        doubled = sum(count > 1 for count in rim)
        assert doubled <= 0.05 * len(rim), f"{name}: {doubled} pixels of its edge are covered twice"


def test_no_arc_is_wider_than_a_right_angle() -> None:
    """WeasyPrint draws a wider arc visibly flat."""
    for name, draw in MOTIFS.items():
        for _, path in draw():
            for start, radius, end in arcs(path):
                assert dist(start, end) <= radius * sqrt(2) + 0.01, name


def arcs(path: str) -> Iterable[tuple[tuple[float, float], float, tuple[float, float]]]:
    x = y = 0.0
    for command, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        values = [float(value) for value in re.findall(r"-?[\d.]+", text)]
        if command == "A":
            yield (x, y), values[0], (values[5], values[6])
        if command in "MLA":
            x, y = values[-2:]
        x = {"H": values[-1:], "h": [x + sum(values)]}.get(command, [x])[0]
        y = {"V": values[-1:], "v": [y + sum(values)]}.get(command, [y])[0]


def test_a_motif_has_one_small_accent() -> None:
    accents = [[layer for layer in draw() if layer[0] == "accent"] for draw in MOTIFS.values()]
    for name, layers, picture in zip(MOTIFS, accents, proof(map(in_black, accents), (100, 100), 2), strict=True):
        assert len(layers) == 1, name
        assert layers[0][1].count("M") <= 3, name
        assert 0.008 <= share_of_black(picture) <= 0.045, name


def every_drawing() -> dict[str, str]:
    drawings = {name: plan().svg for name, plan in PLANS.items()}
    many = list(islice(cycle(MEMBERS), 60))
    drawings["great cover"] = draw_cover(many, 4, PALETTE, (148, 210), BLEED).svg
    for name in MOTIFS:
        drawings[f"tile {name}"] = draw_tile(Motif(name=name, turn=1, night=True), PALETTE, 45, 45.85)
        drawings[f"closing {name}"] = draw_tailpiece(Motif(name=name), PALETTE, 114, 92.27)
    return drawings


def test_a_drawing_is_the_same_every_time() -> None:
    assert every_drawing() == every_drawing()


def test_a_drawing_has_flat_fills_of_the_palettes_inks_and_nothing_else() -> None:
    inks = {getattr(PALETTE, name) for name in Palette.__struct_fields__}
    for name, svg in every_drawing().items():
        assert set(re.findall(r"<(\w+)", svg)) <= {"svg", "g", "path"}, name
        attributes = set(re.findall(r' ([\w:-]+)="', svg))
        assert attributes <= {"xmlns", "viewBox", "width", "height", "transform", "fill", "d"}, name
        assert set(re.findall(r'fill="([^"]*)"', svg)) <= inks, name
        assert not re.search(r"\.\d{4}|nan|inf|e-\d", svg), name


@pytest.mark.parametrize("name", PLANS)
def test_artwork_reaches_every_edge_of_the_bleed(name: str, plates: dict[str, Image.Image]) -> None:
    plate = plates[name]
    width, height = plate.size
    for edge in ((0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height),
                 (width - 1, 0, width, height)):  # fmt: skip
        assert not holds(plate.crop(edge), "#FFFFFF")


@pytest.mark.parametrize("name", ["cover", "inside cover", "back cover", "opener 1", "opener 4"])
def test_the_bleed_goes_on_where_the_trim_cuts(name: str, plates: dict[str, Image.Image]) -> None:
    plate = plates[name]
    trim = round(BLEED * 4)
    right, foot = plate.width - trim, plate.height - trim
    for inside, outside in (
        ((trim, trim, trim + 1, foot), (trim - 2, trim, trim - 1, foot)),
        ((right - 1, trim, right, foot), (right + 1, trim, right + 2, foot)),
        ((trim, foot - 1, right, foot), (trim, foot + 1, right, foot + 2)),
    ):
        difference = ImageChops.difference(plate.crop(inside), plate.crop(outside)).convert("L")
        alike = sum(difference.histogram()[:6]) / (difference.width * difference.height)
        assert alike > 0.9


@pytest.mark.parametrize("name", ["cover", "opener 4"])
def test_no_hairline_stands_on_the_trim(name: str, plates: dict[str, Image.Image]) -> None:
    plate = plates[name]
    trim = round(BLEED * 4)
    assert stray_share(plate, plate.height - trim) <= 0.03
    for turned in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270):
        assert stray_share(plate.transpose(turned), plate.width - trim) <= 0.03


def test_no_hairline_stands_between_the_plots_of_the_cover(plates: dict[str, Image.Image]) -> None:
    for row in range(1, 4):
        boundary = round((BLEED + 297 * (3 + row) / 7) * 4)
        assert stray_share(plates["cover"], boundary) <= 0.03


def stray_share(plate: Image.Image, y: int) -> float:
    """The largest share, near a line, of pixels that differ from two alike above and below."""
    grey = plate.convert("L")
    lines = [grey.crop((0, y + k, grey.width, y + k + 1)).tobytes() for k in range(-3, 3)]
    shares = [0.0]
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        strays = sum(a == b != pixel for a, pixel, b in zip(before, line, after, strict=True))
        shares.append(strays / len(line))
    return max(shares)


@pytest.mark.parametrize("name", PLANS)
def test_the_type_area_and_the_words_plots_are_plain_navy(name: str, plates: dict[str, Image.Image]) -> None:
    plan = PLANS[name]()
    assert len(plan.word_plots) == (4 if name == "cover" else 0)
    for left, top, width, height in (plan.type_area, *plan.word_plots):
        box = (left + 0.5, top + 0.5, left + width - 0.5, top + height - 0.5)
        field = plates[name].crop(tuple(round((edge + BLEED) * 4) for edge in box))
        assert ink_share(field, PALETTE.navy) == 1


def test_three_plots_of_a_cover_of_sixteen_are_lit(plates: dict[str, Image.Image]) -> None:
    lit = 0
    for row in range(4):
        for column in range(5):
            box = (column * 42 + 1, 297 * 3 / 7 + row * 42.43 + 1)
            corner = [round((edge + BLEED) * 4) for edge in box]
            lit += holds(plates["cover"].crop((*corner, corner[0] + 160, corner[1] + 160)),
                         PALETTE.orange)  # fmt: skip
    assert lit == 3


def test_the_inside_cover_has_no_orange_and_the_others_a_little(
    plates: dict[str, Image.Image],
) -> None:
    for name, plate in plates.items():
        share = ink_share(plate, PALETTE.orange)
        assert (share == 0) if name == "inside cover" else (0 < share < 0.03), name


def test_the_inside_cover_is_the_cover_from_behind() -> None:
    """A motif in the cover's first column stands in the last one inside."""
    first = [Motif(name="windows"), *[Motif(name="lighthouse")] * 15]
    inside = draw_inside_cover(first, 4, PALETTE, A4, 0).svg
    (page,) = proof([inside], A4, 2)
    top = round(297 * 3 / 7) * 2
    left, right = page.crop((0, top, 84, top + 84)), page.crop((336, top, 420, top + 84))
    assert ink_share(right, PALETTE.navy_2) > 0.5
    assert ink_share(left, PALETTE.navy_2) < 0.3


@pytest.mark.parametrize("count", [1, 3, 5, 13, 24, 41])
@pytest.mark.parametrize("index", [1, 2, 4])
def test_an_opener_builds_a_plot_for_each_entry(index: int, count: int) -> None:
    members = list(islice(cycle([Motif(name="skyline")]), count))
    built = draw_opener(index, members, PALETTE, A4, 0).svg
    # Without bleed there is nothing to mirror: one group with a transform is one plot.
    plots = re.findall(r'<g transform="matrix\(([^)]*)\)">(.*?)</g>', built)
    # Behind each there is a copy, a seam larger, at the same place.
    places = {matrix.split(" ", 4)[4] for matrix, body in plots if body.count("<path") > 1 and "-" not in matrix}
    assert len(places) == count


def test_five_sections_have_five_compositions_and_the_sixth_begins_again() -> None:
    plates = [draw_opener(k, MEMBERS[:13], PALETTE, A4, BLEED).svg for k in range(6)]
    assert len(set(plates)) == 5
    assert plates[5] == plates[0]


def test_a_section_without_entries_still_opens() -> None:
    assert draw_opener(3, [], PALETTE, A4, BLEED).svg


def test_an_edge_goes_on_into_the_bleed_where_it_is_cut() -> None:
    """Of plots that are not quite square, too: a stripe is as high outside as inside, to a fortieth of a mm."""
    stripe: tuple[Layer, ...] = (("ground", rect(0, 0, 100, 100)), ("strong", rect(0, 15, 100, 10)))
    tones = dress(Motif(name="own"), PALETTE)
    plots = [Plot(area=(0, top, 20, 20.2), tones=tones, drawing=stripe) for top in (0, 20.2)]
    (page,) = proof([frame_page(draw_plots(plots, (20, 40.4)), PALETTE.paper, (20, 40.4), 3)], (26, 46.4), 40)
    grey = page.convert("L")
    for trim in (3 * 40, 23 * 40):
        inside, outside = (
            grey.crop((x, 0, x + 1, grey.height)).point(lambda tone: 255 * (tone < 128)).tobytes()
            for x in (trim - 8, trim + 8)
        )
        assert sum(one != other for one, other in zip(inside, outside, strict=True)) <= 4
        assert inside.count(255) == pytest.approx(2 * 2.02 * 40, abs=6)


def test_a_drawing_ends_at_the_edges_of_its_plot() -> None:
    """A slope from its right upper corner comes down to its left lower corner, whatever stands round it."""
    slope: tuple[Layer, ...] = (("ground", rect(0, 0, 100, 100)), ("strong", "M100 0V100H0z"))
    tones = dress(Motif(name="own"), PALETTE)
    plots = [Plot(area=(left, top, 20, 20), tones=tones, drawing=slope) for top in (0, 20) for left in (0, 20)]
    (page,) = proof([frame_page(join_plots(plots), PALETTE.paper, (40, 40), 0)], (40, 40), 40)
    grey, side = page.convert("L"), 20 * 40
    last = grey.crop((0, side - 2, side, side - 1)).tobytes()
    assert next(x for x, tone in enumerate(last) if tone < 128) <= 3


@pytest.mark.parametrize("lines", range(6, 44))
def test_a_closing_field_stays_in_its_field_and_stands_on_its_foot(lines: int) -> None:
    height_mm = lines * 4.5 - 2.23
    svg = draw_tailpiece(Motif(name="quays"), PALETTE, 114, height_mm)
    plots = [[float(n) for n in matrix.split()] for matrix in re.findall(r"matrix\(([^)]*)", svg)]
    ahead = [(x, y, 100 * a, 100 * d) for a, _, _, d, x, y in plots if a > 0 and d > 0]
    assert min(y for _, y, _, _ in ahead) >= -0.2
    assert max(y + height for _, y, _, height in ahead) == pytest.approx(height_mm, abs=0.1)
    assert max(x + width for x, _, width, _ in ahead) == pytest.approx(114, abs=0.1)
    assert all(width == pytest.approx(height, rel=0.02) for _, _, width, height in ahead)


def storeys_of(svg: str) -> set[float]:
    """How high above the field's foot its plots end."""
    foot = float(re.findall(r'viewBox="0 0 [0-9.]+ ([0-9.]+)"', svg)[0])
    plots = [[float(n) for n in matrix.split()] for matrix in re.findall(r"matrix\(([^)]*)", svg)]
    return {round(foot - y, 1) for a, _, _, d, _, y in plots if a > 0 and d > 0}


@pytest.mark.parametrize("height_mm", [42.77, 60, 92.27, 141.77])
def test_a_row_of_a_closing_field_ends_at_the_rule_beside_it(height_mm: float) -> None:
    """A third of the field's width above its foot, whatever room there is."""
    svg = draw_tailpiece(Motif(name="quays"), PALETTE, 114, height_mm)
    assert any(each == pytest.approx(38, abs=0.2) for each in storeys_of(svg)), storeys_of(svg)


def test_a_closing_field_lights_one_plot_in_a_faint_city() -> None:
    svg = draw_tailpiece(Motif(name="bridge"), PALETTE, 114, 121, [Motif(name="opera")])
    (page,) = proof([svg], (114, 121), 4)
    plots = re.findall(r"<g.*?</g>", svg)
    assert sum(PALETTE.navy in plot and PALETTE.orange in plot for plot in plots) >= 1
    assert ink_share(page, PALETTE.orange) < 0.01
    assert ink_share(page, PALETTE.navy) < 0.1
    assert ink_share(page, PALETTE.pale) > 0.2


@pytest.mark.parametrize(
    ("first", "height_mm"), [("quays", 121), ("opera", 2)], ids=["of the same motif", "in a strip"]
)
def test_a_closing_field_draws_no_neighbour_that_its_key_does_not_know(first: str, height_mm: float) -> None:
    near = [Motif(name=first)] * MOST_NEIGHBOURS
    last, beyond = Motif(name="bridge"), Motif(name="steps")

    def draw(*neighbours: Motif) -> str:
        return draw_tailpiece(Motif(name="quays"), PALETTE, 114, height_mm, neighbours)

    assert draw(*near, last) == draw(*near, beyond)
    assert draw(*near[1:], last) != draw(*near[1:], beyond)


def test_a_tile_turns_and_dresses_its_motif() -> None:
    day = Motif(name="amphitheatre")
    tiles = {
        draw_tile(motif, PALETTE, 45, 45.85)
        for motif in (day, Motif(name=day.name, turn=2), Motif(name=day.name, night=True))
    }
    assert len(tiles) == 3


def test_quarter_turns_run_clockwise() -> None:
    turned = [draw_tile(Motif(name="steps", turn=k), PALETTE, 50, 50) for k in range(4)]
    pages = proof(turned, (50, 50), 4)
    corners = ((190, 190), (10, 190), (10, 10), (190, 10))
    for page, corner in zip(pages, corners, strict=True):
        assert page.getpixel(corner) == (0xFD, 0x9D, 0x24)


@pytest.mark.slow
@pytest.mark.parametrize("draw", [draw_cover, draw_inside_cover])
def test_a_city_of_a_thousand_shows_as_many_plots_as_a_page_has_room_for(draw: Callable[..., Plan]) -> None:
    many = [Motif(name=name) for name in islice(cycle(MOTIFS), 1000)]
    plan = draw(many, 4, PALETTE, A4, 0)
    (page,) = proof([plan.svg], A4, 2)
    assert len(plan.svg) < 12 * len(draw(many[:140], 4, PALETTE, A4, 0).svg) / 10
    assert plan.type_area[3] > 297 * 0.4
    lower = page.crop((0, 400, 420, 594))
    assert ink_share(lower, PALETTE.navy_2) + ink_share(lower, PALETTE.navy_3) > 0.1
