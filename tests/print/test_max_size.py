"""The email PDF under a size: the best pictures that fit, or what is heavy."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pikepdf
import pytest
from PIL import Image

import directory_pub.prepare.pictures
import directory_pub.production.context
from directory_pub.build import build_edition
from directory_pub.design.faces import read_faces
from directory_pub.design.inks import read_inks
from directory_pub.edition.printers import DEFAULT_PRINTER, read_printer
from directory_pub.edition.targets import EMAIL, PRESS
from directory_pub.edition.theme import Theme
from directory_pub.pdf_writing.linearise import linearise
from directory_pub.pieces import PieceBook, Resources, WorkerContext, Workers, make_pieces
from directory_pub.prepare import BEST, LADDER, PictureQuality
from directory_pub.production.context import BuildContext, open_context
from directory_pub.production.size_limit import Fitted, fit_email
from directory_pub.read import read_edition
from directory_pub.storage.store import Store
from labels import labelled
from project import copy_project

Ladder = dict[PictureQuality, bytes]
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


def opened(edition: Path) -> BuildContext:
    """That edition on the bench."""
    root = edition.parent.parent
    read, findings = read_edition(edition, root)
    assert read is not None
    assert findings == []
    printer, _ = read_printer(Theme.of(root), DEFAULT_PRINTER)
    assert printer is not None
    inks, _ = read_inks(Theme.of(root))
    return open_context(read, printer, inks, read_faces(Theme.of(root)))


@contextmanager
def made_of_pieces(context: BuildContext) -> Iterator[PieceBook]:
    """The book of pieces, finished for the screen in this process."""
    with Store() as store:
        worker = WorkerContext(context=context, store=store)
        with Workers(worker, 1) as workers:
            made = make_pieces(worker, workers, (EMAIL,))
            assert made is not None, context.engine.findings
            assert made.findings == []
            yield made


def bound_file(made: PieceBook, quality: PictureQuality | None = None) -> bytes:
    """The file as it is delivered, but for its labels."""
    bound, out = io.BytesIO(), io.BytesIO()
    made.assemble(EMAIL, bound, quality)
    linearise(bound, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def made(edition: Path) -> Iterator[PieceBook]:
    """That edition, made once."""
    with made_of_pieces(opened(edition)) as made:
        yield made


@pytest.fixture(scope="module")
def ladder(made: PieceBook) -> Ladder:
    """The email file at every step, made one by one."""
    return {quality: bound_file(made, quality) for quality in LADDER}


def fit(edition: Path, made: PieceBook, ladder: Ladder, limit: int) -> tuple[Fitted, list[PictureQuality]]:
    """Fit, and the qualities that it asked for on the way."""
    asked: list[PictureQuality] = []

    def finish(quality: PictureQuality) -> bytes:
        asked.append(quality)
        return ladder[quality]

    read, _ = read_edition(edition, edition.parent.parent)
    assert read is not None
    return fit_email(finish, limit, read, made.book.pieces), asked


def jpegs(pdf: bytes) -> list[Image.Image]:
    """The pictures of a file, largest first."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [
            Image.open(io.BytesIO(each.read_raw_bytes()))
            for each in opened.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Image
        ]
    return sorted(found, key=lambda picture: -picture.width)


@pytest.mark.slow
# -------------------------------------------------------------------- the search
def test_each_step_of_the_ladder_is_lighter_than_the_one_before(ladder: Ladder) -> None:
    sizes = [len(file) for file in ladder.values()]
    assert sizes == sorted(set(sizes), reverse=True)
    assert sizes[-1] < sizes[0] / 1.4


@pytest.mark.slow
@pytest.mark.parametrize("step", range(len(LADDER)))
@pytest.mark.parametrize("spare", [0, 1])
def test_the_best_step_that_fits_is_taken_and_no_better_one_would_fit(
    edition: Path, made: PieceBook, ladder: Ladder, step: int, spare: int
) -> None:
    limit = len(ladder[LADDER[step]]) + spare
    fitted, asked = fit(edition, made, ladder, limit)
    assert fitted.quality == LADDER[step]
    assert fitted.findings == ()
    assert all(len(ladder[better]) > limit for better in LADDER[:step])
    assert len(asked) == len(set(asked)) <= 5
    assert asked[0] == BEST, "the file at its best is made in any case"


@pytest.mark.slow
def test_a_file_that_fits_as_it_is_gives_nothing_up(edition: Path, made: PieceBook, ladder: Ladder) -> None:
    fitted, asked = fit(edition, made, ladder, len(ladder[BEST]))
    assert (fitted.quality, fitted.given_up, asked) == (BEST, None, [BEST])
    assert ladder[BEST] == bound_file(made)


@pytest.mark.slow
def test_what_was_given_up_is_said(edition: Path, made: PieceBook, ladder: Ladder) -> None:
    fitted, _ = fit(edition, made, ladder, len(ladder[PictureQuality(120, 70)]))
    assert fitted.given_up is not None
    assert fitted.given_up.startswith("Pictures at 120 ppi and quality 70 instead of 150 ppi and quality 85, to fit ")


@pytest.mark.slow
def test_the_room_for_the_labels_is_in_the_file_that_is_weighed(edition: Path, made: PieceBook, ladder: Ladder) -> None:
    assert [len(labelled(file)) for file in ladder.values()] == [len(file) for file in ladder.values()]
    fitted, _ = fit(edition, made, ladder, len(ladder[BEST]) - 1)
    assert fitted.quality == LADDER[1]


@pytest.mark.slow
# -------------------------------------------------------------------- pictures
def test_a_photo_that_stands_twice_is_in_the_file_once_and_encoded_once_a_setting(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[tuple[bytes, int]] = []
    encode = directory_pub.prepare.pictures._jpeg

    def count(plane: Image.Image, order: directory_pub.prepare.pictures._Order, mask: None) -> object:
        encoded.append((plane.tobytes(), order.jpeg_quality))
        return encode(plane, order, mask)

    monkeypatch.setattr(directory_pub.prepare.pictures, "_jpeg", count)
    directory_pub.production.context._pictures_at_hand.cache_clear()  # what other tests have encoded
    with made_of_pieces(opened(edition)) as fresh:
        files = [bound_file(fresh, quality) for quality in (BEST, LADDER[-1], LADDER[-1])]
    assert [len(jpegs(file)) for file in files] == [2, 2, 2]
    assert len(encoded) == len(set(encoded)) == 4


@pytest.mark.slow
def test_pixels_and_quality_fall_together(ladder: Ladder) -> None:
    best, lightest = (jpegs(ladder[quality])[0] for quality in (BEST, LADDER[-1]))
    assert lightest.width == pytest.approx(best.width * 96 / 150, abs=1)
    tables = [max(picture.quantization[0]) for picture in (best, lightest)]
    assert tables[0] < tables[1]


@pytest.mark.slow
# -------------------------------------------------------------------- too heavy
def test_what_is_heavy_is_named_with_its_entry_its_bytes_and_its_share(
    edition: Path, made: PieceBook, ladder: Ladder
) -> None:
    lightest = ladder[LADDER[-1]]
    fitted, _ = fit(edition, made, ladder, len(lightest) - 1)
    assert fitted.quality == LADDER[-1]
    assert fitted.given_up is None
    (finding,) = fitted.findings
    assert (finding.code, finding.severity) == ("size-limit", "error")
    assert (finding.place.file, finding.place.field) == ("content/harbour/offices/tide-office.md", "photo.file")
    heavy, light = stream_sizes(lightest)
    assert f"'quay.jpg' of content/harbour/offices/tide-office.md {heavy / 1e3:.0f} kB" in finding.message
    assert f"'lantern.jpg' of content/harbour/entries/lantern-league.md {light / 1e3:.0f} kB" in finding.message
    assert finding.message.index("quay.jpg") < finding.message.index("lantern.jpg")
    assert "fonts " in finding.message
    assert "\n" not in finding.message
    assert "--max-size" in finding.remedy


def stream_sizes(pdf: bytes) -> list[int]:
    """The bytes of each picture in a file, heaviest first."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [each for each in opened.objects if isinstance(each, pikepdf.Stream)]
        images = [each for each in streams if each.get("/Subtype") == pikepdf.Name.Image]
        return sorted((len(each.read_raw_bytes()) for each in images), reverse=True)


@pytest.mark.slow
def test_where_pictures_are_not_what_is_heavy_the_finding_says_so(
    edition: Path, made: PieceBook, ladder: Ladder
) -> None:
    fitted, _ = fit(edition, made, ladder, 1000)
    (finding,) = fitted.findings
    assert finding.code == "size-limit"
    assert "Pictures are not what is heavy" in finding.message
    assert finding.place.file == "content/harbour/edition.yaml"


@pytest.mark.slow
# -------------------------------------------------------------------- the whole build
def test_a_build_keeps_the_email_file_within_its_limit_and_leaves_the_press_file_alone(
    edition: Path, ladder: Ladder, tmp_path: Path, kept: Path
) -> None:
    fitting = ladder[PictureQuality(108, 62)]
    resources = Resources(cache=kept)
    free = build_edition(edition, tmp_path / "free", targets=[PRESS], resources=resources)
    held = build_edition(edition, tmp_path / "held", email_limit_bytes=len(fitting), resources=resources)
    assert not held.failed, "\n".join(map(str, held.report))
    assert held.files["email"].stat().st_size <= len(fitting)
    assert held.files["email"].read_bytes() == labelled(fitting)
    assert held.given_up is not None
    assert held.files["press"].read_bytes() == free.files["press"].read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(("spare", "best"), [(0, True), (-1, False)], ids=["as large as the limit", "a byte larger"])
def test_the_file_that_is_delivered_is_weighed(
    edition: Path, ladder: Ladder, tmp_path: Path, spare: int, best: bool
) -> None:
    held = build_edition(edition, tmp_path, targets=[EMAIL], email_limit_bytes=len(ladder[BEST]) + spare)
    assert held.files["email"].read_bytes() == labelled(ladder[BEST if best else LADDER[1]])
    assert (held.given_up is None) == best


@pytest.mark.slow
def test_a_build_that_cannot_keep_its_limit_is_withheld(edition: Path, tmp_path: Path, kept: Path) -> None:
    held = build_edition(edition, tmp_path, targets=[EMAIL], email_limit_bytes=50_000, resources=Resources(cache=kept))
    assert held.failed
    assert [each.code for each in held.report] == ["size-limit"]
    assert list(held.files) == ["PROOF"]
