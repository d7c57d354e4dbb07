"""The email PDF under a size: the best pictures that fit, or what is heavy."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pikepdf
import pytest
from PIL import Image

import directory_pub.prepare.pictures
from directory_pub.build import build_edition
from directory_pub.faces import read_faces
from directory_pub.finish import Finished, label_email
from directory_pub.fit import LABEL_BYTES, Fitted, fit_email
from directory_pub.inks import read_inks
from directory_pub.prepare import BEST, LADDER, PictureCache, PictureQuality
from directory_pub.printers import DEFAULT_PRINTER, read_printer
from directory_pub.read import read_edition
from directory_pub.targets import EMAIL, PRESS
from directory_pub.workshop import Book, Workshop, finish_book, finish_for_mail, open_workshop, typeset_book
from project import copy_project

PHOTO = "photo: {file: %s, alt: Noise., credit: 'Photo: A. Example'}\n"


def draw_noise(path: Path, size_px: tuple[int, int], grain_px: int) -> None:
    """A photo that is hard to encode, the harder the finer its grain, and the same one every time."""
    width, height = (side // grain_px for side in size_px)
    grain = Image.frombytes("RGB", (width, height), Random(1).randbytes(3 * width * height))
    grain.resize(size_px).save(path, "JPEG", quality=95)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up edition with three photos: a heavy one, a lighter one, and the heavy one again."""
    edition = copy_project(tmp_path_factory.mktemp("noisy"))
    draw_noise(edition / "photos" / "quay.jpg", (3000, 2100), 18)
    draw_noise(edition / "photos" / "lantern.jpg", (1900, 1350), 90)
    for name, photo in (("offices/tide-office.md", "quay.jpg"), ("entries/lantern-league.md", "lantern.jpg")):
        text = (edition / name).read_text("utf-8")
        (edition / name).write_text(text.replace("---\n", "---\n" + PHOTO % photo, 1), "utf-8")
    return edition


@pytest.fixture(scope="module")
def bench(edition: Path) -> tuple[Workshop, Book]:
    """That edition, typeset once."""
    root = edition.parent.parent
    read, findings = read_edition(edition, root)
    assert read is not None
    assert findings == []
    printer, _ = read_printer(root / "printers", DEFAULT_PRINTER, root)
    assert printer is not None
    inks, _ = read_inks(root / "styles" / "inks.yaml", root)
    shop = open_workshop(read, printer, inks, read_faces(root / "fonts"))
    book = typeset_book(shop)
    assert book is not None
    return shop, book


@pytest.fixture(scope="module")
def ladder(bench: tuple[Workshop, Book]) -> dict[PictureQuality, Finished]:
    """The email file at every step, made one by one."""
    pictures = PictureCache()
    return {quality: finish_for_mail(*bench, quality, pictures) for quality in LADDER}


def fit(
    bench: tuple[Workshop, Book], ladder: dict[PictureQuality, Finished], limit: int
) -> tuple[Fitted, list[PictureQuality]]:
    """Fit, and the qualities that it asked for on the way."""
    asked: list[PictureQuality] = []

    def finish(quality: PictureQuality) -> Finished:
        asked.append(quality)
        return ladder[quality]

    shop, book = bench
    return fit_email(finish, ladder[BEST], limit, shop.edition, book.pieces), asked


def jpegs(pdf: bytes) -> list[Image.Image]:
    """The pictures of a file, largest first."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [
            Image.open(io.BytesIO(each.read_raw_bytes()))
            for each in opened.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image
        ]
    return sorted(found, key=lambda picture: -picture.width)


# -------------------------------------------------------------------- the search
def test_each_step_of_the_ladder_is_lighter_than_the_one_before(ladder: dict[PictureQuality, Finished]) -> None:
    sizes = [len(file.pdf) for file in ladder.values()]
    assert sizes == sorted(set(sizes), reverse=True)
    assert sizes[-1] < sizes[0] / 1.5


@pytest.mark.parametrize("step", range(len(LADDER)))
@pytest.mark.parametrize("spare", [0, 1])
def test_the_best_step_that_fits_is_taken_and_no_better_one_would_fit(
    bench: tuple[Workshop, Book], ladder: dict[PictureQuality, Finished], step: int, spare: int
) -> None:
    limit = len(ladder[LADDER[step]].pdf) + LABEL_BYTES + spare
    fitted, asked = fit(bench, ladder, limit)
    assert fitted.finished is ladder[LADDER[step]]
    assert all(len(ladder[better].pdf) + LABEL_BYTES > limit for better in LADDER[:step])
    assert len(asked) == len(set(asked)) <= 4
    assert BEST not in asked, "the file at its best is there already"


def test_a_file_that_fits_as_it_is_gives_nothing_up(
    bench: tuple[Workshop, Book], ladder: dict[PictureQuality, Finished]
) -> None:
    fitted, asked = fit(bench, ladder, len(ladder[BEST].pdf) + LABEL_BYTES)
    assert (fitted.finished, fitted.given_up, asked) == (ladder[BEST], None, [])
    assert ladder[BEST].pdf == finish_book(*bench, EMAIL).pdf


def test_what_was_given_up_is_said(bench: tuple[Workshop, Book], ladder: dict[PictureQuality, Finished]) -> None:
    fitted, _ = fit(bench, ladder, len(ladder[PictureQuality(120, 70)].pdf) + LABEL_BYTES)
    assert fitted.given_up is not None
    assert fitted.given_up.startswith("Pictures at 120 ppi and quality 70 instead of 150 ppi and quality 85, to fit ")


def test_room_is_kept_for_the_label(bench: tuple[Workshop, Book], ladder: dict[PictureQuality, Finished]) -> None:
    fitted, _ = fit(bench, ladder, len(ladder[BEST].pdf) + LABEL_BYTES - 1)
    assert fitted.finished is ladder[LADDER[1]]


# -------------------------------------------------------------------- pictures
def test_a_photo_that_stands_twice_is_in_the_file_once_and_encoded_once_a_setting(
    bench: tuple[Workshop, Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[tuple[int, int]] = []
    encode = directory_pub.prepare.pictures._jpeg

    def count(plane: Image.Image, order: directory_pub.prepare.pictures._Order, mask: None) -> object:
        encoded.append((plane.width, order.jpeg_quality))
        return encode(plane, order, mask)

    monkeypatch.setattr(directory_pub.prepare.pictures, "_jpeg", count)
    pictures = PictureCache()
    files = [finish_for_mail(*bench, quality, pictures) for quality in (BEST, LADDER[-1], LADDER[-1])]
    assert [len(jpegs(file.pdf)) for file in files] == [2, 2, 2]
    assert len(encoded) == len(set(encoded)) == 4


def test_pixels_and_quality_fall_together(ladder: dict[PictureQuality, Finished]) -> None:
    best, lightest = (jpegs(ladder[quality].pdf)[0] for quality in (BEST, LADDER[-1]))
    assert lightest.width == pytest.approx(best.width * 96 / 150, abs=1)
    tables = [max(picture.quantization[0]) for picture in (best, lightest)]
    assert tables[0] < tables[1]


# -------------------------------------------------------------------- too heavy
def test_what_is_heavy_is_named_with_its_entry_its_bytes_and_its_share(
    bench: tuple[Workshop, Book], ladder: dict[PictureQuality, Finished]
) -> None:
    lightest = ladder[LADDER[-1]]
    fitted, _ = fit(bench, ladder, len(lightest.pdf) + LABEL_BYTES - 1)
    assert fitted.given_up is None
    (finding,) = [each for each in fitted.finished.findings if each.code == "size-limit"]
    assert finding.severity == "error"
    assert (finding.place.file, finding.place.field) == ("content/harbour/offices/tide-office.md", "photo.file")
    heavy, light = [len(stream_of(lightest.pdf, width)) for width in widths(lightest.pdf)]
    assert f"'quay.jpg' of content/harbour/offices/tide-office.md {heavy / 1e3:.0f} kB" in finding.message
    assert f"'lantern.jpg' of content/harbour/entries/lantern-league.md {light / 1e3:.0f} kB" in finding.message
    assert finding.message.index("quay.jpg") < finding.message.index("lantern.jpg")
    assert "fonts " in finding.message
    assert "\n" not in finding.message
    assert "--max-size" in finding.remedy


def widths(pdf: bytes) -> list[int]:
    return [picture.width for picture in jpegs(pdf)]


def stream_of(pdf: bytes, width: int) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (found,) = [
            each.read_raw_bytes()
            for each in opened.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image and each.Width == width
        ]
    return bytes(found)


def test_where_pictures_are_not_what_is_heavy_the_finding_says_so(
    bench: tuple[Workshop, Book], ladder: dict[PictureQuality, Finished]
) -> None:
    fitted, _ = fit(bench, ladder, LABEL_BYTES + 1000)
    (finding,) = [each for each in fitted.finished.findings if each.code == "size-limit"]
    assert "Pictures are not what is heavy" in finding.message
    assert finding.place.file == "content/harbour/edition.yaml"


# -------------------------------------------------------------------- the whole build
def test_a_build_keeps_the_email_file_within_its_limit_and_leaves_the_press_file_alone(
    edition: Path, ladder: dict[PictureQuality, Finished], tmp_path: Path
) -> None:
    limit = len(ladder[PictureQuality(108, 62)].pdf) + LABEL_BYTES
    free = build_edition(edition, tmp_path / "free", targets=[PRESS])
    held = build_edition(edition, tmp_path / "held", email_limit_bytes=limit)
    assert not held.failed, "\n".join(map(str, held.report))
    assert held.files["email"].stat().st_size <= limit
    assert held.files["email"].read_bytes() == label_email(ladder[PictureQuality(108, 62)].pdf)
    assert held.given_up is not None
    assert held.files["press"].read_bytes() == free.files["press"].read_bytes()


def test_a_build_that_cannot_keep_its_limit_is_withheld(edition: Path, tmp_path: Path) -> None:
    held = build_edition(edition, tmp_path, targets=[EMAIL], email_limit_bytes=50_000)
    assert held.failed
    assert [each.code for each in held.report] == ["size-limit"]
    assert list(held.files) == ["PROOF"]
