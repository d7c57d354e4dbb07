"""Pictures of every kind in one book: their colours, asked of the finished email and press file."""

from __future__ import annotations

import io
import struct
import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms

from directory_pub.build import BuildResult, build_edition
from project import ROOT, copy_project

pytestmark = pytest.mark.slow

SIDE_PX = 600
PRESS_PROFILE = ROOT / "printers" / "ISOcoated_v2_300_bas.icc"
RED, GREEN, BLUE, YELLOW = (160, 90, 80), (90, 140, 90), (70, 90, 150), (210, 190, 100)  # all within the press's gamut
COLOURS = (RED, GREEN, BLUE, YELLOW)
Four = tuple[tuple[int, ...], ...]


def quarters(colours: Four = COLOURS, mode: str = "RGB") -> Image.Image:
    """A picture of four fields: top left, top right, bottom left, bottom right."""
    picture, half = Image.new(mode, (SIDE_PX, SIDE_PX)), SIDE_PX // 2
    for colour, corner in zip(colours, ((0, 0), (half, 0), (0, half), (half, half)), strict=True):
        picture.paste(colour if len(colour) > 1 else colour[0], (*corner, corner[0] + half, corner[1] + half))
    return picture


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def jpeg(picture: Image.Image, **options: Any) -> bytes:
    return saved(picture, "JPEG", quality=95, subsampling="4:4:4", **options)


# -------------------------------------------------------------------- profiles that show when they are honoured
def swapped() -> bytes:
    """sRGB with red and blue in each other's place."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return plain.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


def linear_grey() -> bytes:
    """A grey profile of gamma 1, written by hand."""
    tags = (
        (b"wtpt", struct.pack(">4s4x3i", b"XYZ ", 63190, 65536, 54061)),
        (b"kTRC", struct.pack(">4s4xI", b"curv", 0)),
    )
    table, data, start = b"", b"", 132 + 12 * len(tags)
    for name, tag in tags:
        table += struct.pack(">4sII", name, start + len(data), len(tag))
        data += tag
    head = struct.pack(">I4sI4s4s4s12x4s4x24x3I48x", start + len(data), b"", 0x2100000, b"mntr", b"GRAY", b"XYZ ",
                       b"acsp", 63190, 65536, 54061)  # fmt: skip
    return head + struct.pack(">I", len(tags)) + table + data


def with_chunks(png: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with more chunks behind its head."""
    told = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return png[:33] + told + png[33:]


def gamma(value: float) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">I", round(value * 100_000))


def primaries(*xy: float) -> tuple[bytes, bytes]:
    return b"cHRM", struct.pack(">8I", *(round(each * 100_000) for each in xy))


def gif_with_profile() -> bytes:
    gif, profile = saved(quarters().quantize(8), "GIF"), swapped()
    blocks = b"".join(
        bytes([len(part)]) + part for part in (profile[at : at + 255] for at in range(0, len(profile), 255))
    )
    at = gif.index(b"\x2c", 13 + 3 * 2 ** ((gif[10] & 7) + 1))  # before the picture itself
    return gif[:at] + b"\x21\xff\x0bICCRGBG1012" + blocks + b"\0" + gif[at:]


def turned(orientation: int) -> bytes:
    """A picture that lies so that this orientation brings it upright, with a profile."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    picture, exif = quarters(), Image.Exif()
    exif[0x0112] = orientation
    lying = picture.transpose(back[orientation]) if orientation in back else picture
    return jpeg(lying, exif=exif, icc_profile=swapped())


def without_adobe(content: bytes) -> bytes:
    at = content.index(b"\xff\xee")
    return content[:at] + content[at + 2 + int.from_bytes(content[at + 2 : at + 4], "big") :]


# -------------------------------------------------------------------- the book
@dataclass(frozen=True)
class Kind:
    """A file and the colours that it means, in sRGB; its name on disk may be encoded otherwise than it is written."""

    name: str
    content: Callable[[], bytes]
    colours: Four = COLOURS
    on_disk: str = ""


SWAPPED: Four = tuple(colour[::-1] for colour in COLOURS)
GREYS: Four = ((30,), (90,), (160,), (230,))
ONE: Four = ((255,), (0,), (0,), (255,))
INKS: Four = ((255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255))


def lighter(tone: int) -> int:
    """A linear tone as sRGB."""
    share = tone / 255
    return round(255 * (1.055 * share ** (1 / 2.4) - 0.055 if share > 0.0031308 else 12.92 * share))


def grey(four: Four, shown: Callable[[int], int] = lambda tone: tone) -> Four:
    return tuple((shown(tone),) * 3 for (tone,) in four)


def on_screen(inks: Four) -> Four:
    """Inks as sRGB, by the press's own profile."""
    picture = Image.new("CMYK", (4, 1))
    for x, colour in enumerate(inks):
        picture.putpixel((x, 0), colour)
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    screen = ImageCms.createProfile("sRGB")
    shown = ImageCms.profileToProfile(picture, str(PRESS_PROFILE), screen, 1, outputMode="RGB", flags=flags)
    assert shown is not None
    return tuple(shown.getpixel((x, 0)) for x in range(4))  # type: ignore[misc]


NFC_NAME = "Porträt é.jpg"
KINDS = {
    "jpeg": Kind("plain.jpg", lambda: jpeg(quarters())),
    **{f"turned {n}": Kind(f"t{n}.jpg", lambda n=n: turned(n), SWAPPED) for n in range(1, 9)},  # type: ignore[misc]
    "png with profile": Kind("icc.png", lambda: saved(quarters(), "PNG", icc_profile=swapped()), SWAPPED),
    "webp with profile": Kind("icc.webp", lambda: saved(quarters(), "WEBP", lossless=True, icc_profile=swapped()), SWAPPED),
    "gif with profile": Kind("icc.gif", gif_with_profile, SWAPPED),
    "png of linear tones": Kind(
        "linear.png", lambda: with_chunks(saved(quarters(GREYS, "L"), "PNG"), gamma(1)), grey(GREYS, lighter)
    ),
    "png of other primaries": Kind(
        "primaries.png",
        lambda: with_chunks(
            saved(quarters(), "PNG"), gamma(0.45455), primaries(0.3127, 0.329, 0.15, 0.06, 0.3, 0.6, 0.64, 0.33)
        ),
        SWAPPED,
    ),
    "png that says it is srgb": Kind(
        "srgb.png", lambda: with_chunks(saved(quarters(), "PNG"), (b"sRGB", b"\0"), gamma(0.45455))
    ),
    "grey with profile": Kind(
        "grey.jpg", lambda: jpeg(quarters(GREYS, "L"), icc_profile=linear_grey()), grey(GREYS, lighter)
    ),
    "grey in a colour profile": Kind("grey-rgb.jpg", lambda: jpeg(quarters(GREYS, "L"), icc_profile=swapped()), grey(GREYS)),
    "one bit": Kind("one.png", lambda: saved(quarters(ONE, "L").convert("1"), "PNG"), grey(ONE)),
    "palette": Kind("palette.png", lambda: saved(quarters().quantize(8), "PNG")),
    "grey and alpha": Kind("la.png", lambda: saved(quarters(GREYS, "L").convert("LA"), "PNG"), grey(GREYS)),
    "alpha": Kind("rgba.png", lambda: saved(quarters().convert("RGBA"), "PNG", icc_profile=swapped()), SWAPPED),
    "progressive": Kind("slow.jpg", lambda: jpeg(quarters(), progressive=True)),
    "several in one": Kind(
        "camera.jpg", lambda: saved(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 60))])
    ),
    "cmyk": Kind("cmyk.jpg", lambda: jpeg(quarters(INKS, "CMYK")), on_screen(INKS)),
    "cmyk without marker": Kind("bare.jpg", lambda: without_adobe(jpeg(quarters(INKS, "CMYK"))), on_screen(INKS)),
    "png named jpg": Kind("wrong.jpg", lambda: saved(quarters(), "PNG")),
    "in capitals": Kind("QUAY.JPG", lambda: jpeg(quarters())),
    "signs in its name": Kind("a quay #1 100% 'x' (b)+c&d?.jpg", lambda: jpeg(quarters())),
    "accents in two characters": Kind(
        NFC_NAME, lambda: jpeg(quarters()), on_disk=unicodedata.normalize("NFD", NFC_NAME)
    ),
    "accents in one character": Kind(
        unicodedata.normalize("NFD", "Café.jpg"), lambda: jpeg(quarters()), on_disk=unicodedata.normalize("NFC", "Café.jpg")
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """An entry for each kind, built once."""
    folder = tmp_path_factory.mktemp("pictures")
    edition = copy_project(folder).parent / "kinds"
    for part in ("entries", "photos"):
        (edition / part).mkdir(parents=True)
    keys = [f"e{number:02}" for number in range(len(KINDS))]
    for key, kind in zip(keys, KINDS.values(), strict=True):
        (edition / "photos" / (kind.on_disk or kind.name)).write_bytes(kind.content())
        name = kind.name.replace("'", "''")
        text = f"---\nname: Entry {key}\nphoto:\n  file: '{name}'\n  alt: Four fields.\n---\n\nA picture.\n"
        (edition / "entries" / f"{key}.md").write_text(text, "utf-8")
    listed = "".join(f"      - {key}\n" for key in keys)
    (edition / "edition.yaml").write_text(
        "key: kinds\ntitle: Kinds\nyear: 2027\nlanguage: en-GB\nlanguages: [en-GB]\npublisher: Example\n"
        "created: 2027-01-10\ntrim: A4\nbleed_mm: 3\npage_multiple: 2\nsections:\n  - key: s\n    title: KINDS\n"
        f"    folder: entries\n    entries:\n{listed}",
        "utf-8",
    )
    return build_edition(edition, folder / "out")


def test_only_the_one_that_does_not_say_what_it_means_has_a_finding(book: BuildResult) -> None:
    (finding,) = book.report
    assert (finding.code, finding.severity) == ("photo-marker", "warning")
    assert "'bare.jpg'" in finding.message


def places(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """The middle of each field of the page's picture, in points."""
    (picture,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=6)
    left, bottom, right, top = picture.get_bounds()
    across, up = (right - left) / 4, (top - bottom) / 4
    return [(left + x * across, bottom + y * up) for y in (3, 1) for x in (1, 3)]


def shown_on(path: Path, key: str) -> Four:
    """The four colours as PDFium shows them on the page that names this entry."""
    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            if (
                f"Entry {key}" in page.get_textpage().get_text_bounded()
                and "A picture." in page.get_textpage().get_text_bounded()
            ):
                picture = page.render(scale=1).to_pil().convert("RGB")
                return tuple(
                    picture.getpixel((int(x), int(page.get_height() - y)))
                    for x, y in places(page)  # type: ignore[misc]
                )
    finally:
        document.close()
    raise AssertionError(f"{key} is on no page")


def figures_on(path: Path) -> list[Four]:
    """The four colours of every picture of a press file in its own figures, page by page, as the file tells to read them."""
    found = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for picture in _pictures(page.obj.Resources):
                image = _decoded(picture)
                points = [(image.width * x // 4, image.height * y // 4) for y in (1, 3) for x in (1, 3)]
                tones = [image.getpixel(point) for point in points]
                found.append(tuple(tone if isinstance(tone, tuple) else (tone,) for tone in tones))
    return found  # type: ignore[return-value]


def _pictures(resources: Any) -> list[Any]:
    found = []
    for drawn in resources.get("/XObject", {}).values():
        if drawn.get("/Subtype") == "/Image":
            found.append(drawn)
        elif "/Resources" in drawn:
            found += _pictures(drawn.Resources)
    return found


def _decoded(picture: Any) -> Image.Image:
    mode = {"/DeviceCMYK": "CMYK", "/DeviceGray": "L"}[str(picture.ColorSpace)]
    if picture.Filter == "/DCTDecode":
        image = Image.open(io.BytesIO(picture.read_raw_bytes()))
        inverted = "/Decode" in picture and [int(end) for end in picture.Decode] == [1, 0] * 4
        assert inverted == ("APP14" in image.app) == (mode == "CMYK"), "marker and /Decode say the same"  # type: ignore[attr-defined]
    else:
        image = Image.frombytes(mode, (int(picture.Width), int(picture.Height)), picture.read_bytes())
    assert image.mode == mode
    return image


def near(one: Four, other: Four, by: int) -> bool:
    return all(abs(a - b) <= by for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True))


@pytest.mark.parametrize("name", KINDS)
def test_the_email_file_shows_the_colours_that_the_file_means(name: str, book: BuildResult) -> None:
    shown = shown_on(book.files["email"], f"e{list(KINDS).index(name):02}")
    assert near(shown, KINDS[name].colours, by=10), shown


@pytest.fixture(scope="module")
def printed(book: BuildResult) -> list[Four]:
    return figures_on(book.files["press"])


@pytest.mark.parametrize("name", KINDS)
def test_the_press_file_prints_the_colours_that_the_file_means(name: str, printed: list[Four]) -> None:
    figures, meant = printed[list(KINDS).index(name)], KINDS[name].colours
    if len(figures[0]) == 1:
        assert near(figures, tuple(colour[:1] for colour in meant), by=4)
    elif "cmyk" in name:
        assert near(figures, INKS, by=8)
    else:
        assert near(on_screen(figures), meant, by=12), on_screen(figures)
