"""Pictures: the right size, the right colours, encoded once."""

from __future__ import annotations

import io
import os
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from directory_pub.prepare import Colour, PictureCache, PictureError, PreparedPicture, prepare_picture
from directory_pub.prepare.ink_limit import limit_ink
from directory_pub.prepare.pictures import colour_transform

PROFILE = Path(__file__).parents[3] / "printers" / "ISOcoated_v2_300_bas.icc"
INCH_PT = 72


def prepare(
    picture: Image.Image | bytes,
    colour: Colour,
    *,
    ppi: int | None = None,
    width_pt: float = INCH_PT,
    jpeg_quality: int | None = None,
    cache: PictureCache | None = None,
) -> PreparedPicture:
    return prepare_picture(
        picture,
        target_ppi=ppi,
        width_pt=width_pt,
        colour=colour,
        profile_path=PROFILE,
        jpeg_quality=jpeg_quality,
        cache=cache,
    )


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    encoded = io.BytesIO()
    image.save(encoded, kind, **options)
    return encoded.getvalue()


def noise(width_px: int, height_px: int = 10) -> Image.Image:
    """A photo, as far as an encoder can tell, and the same one every time."""
    small = Image.linear_gradient("L").resize((width_px, height_px))
    return Image.merge("RGB", (small, small.transpose(Image.Transpose.ROTATE_180), small))


def samples(prepared: PreparedPicture) -> Image.Image:
    """The picture as a PDF viewer would decode it; CMYK JPEGs with Adobe's marker inverted."""
    if prepared.filter == "DCTDecode":
        return Image.open(io.BytesIO(prepared.data))
    mode = {"DeviceCMYK": "CMYK", "DeviceRGB": "RGB", "DeviceGray": "L"}[prepared.colourspace]
    size = (prepared.width_px, prepared.height_px)
    return Image.frombytes(mode, size, zlib.decompress(prepared.data))


def near(one: object, other: tuple[int, ...], by: int) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def swapped_profile() -> bytes:
    """A profile in which red and blue have changed places, so that honouring it shows."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return plain.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


def test_srgb_becomes_cmyk_for_the_press_within_the_ink_limit() -> None:
    prepared = prepare(Image.new("RGB", (8, 8), (0, 0, 0)), "cmyk")
    assert prepared.colourspace == "DeviceCMYK"
    black = samples(prepared).getpixel((3, 3))
    assert isinstance(black, tuple)
    assert 290 < sum(black) / 2.55 <= 300


def test_white_lays_no_ink() -> None:
    prepared = prepare(Image.new("RGB", (8, 8), (255, 255, 255)), "cmyk")
    assert samples(prepared).getpixel((3, 3)) == (0, 0, 0, 0)


def test_a_jpeg_that_becomes_cmyk_keeps_its_colours_through_adobes_inversion() -> None:
    prepared = prepare(saved(Image.new("RGB", (16, 16), (0, 90, 160)), quality=100), "cmyk")
    assert (prepared.filter, prepared.inverted) == ("DCTDecode", True)
    pixel = samples(prepared).getpixel((8, 8))
    expected = samples(prepare(Image.new("RGB", (16, 16), (0, 90, 160)), "cmyk"))
    assert near(pixel, expected.getpixel((8, 8)), by=4)  # type: ignore[arg-type]


@pytest.mark.parametrize("colour", ["cmyk", "srgb"])
def test_grey_stays_grey(colour: Colour) -> None:
    prepared = prepare(Image.linear_gradient("L"), colour)
    assert prepared.colourspace == "DeviceGray"


@pytest.mark.parametrize("colour", ["cmyk", "srgb"])
def test_a_grey_jpeg_that_fits_keeps_its_bytes(colour: Colour) -> None:
    jpeg = saved(Image.linear_gradient("L"))
    assert prepare(jpeg, colour).data == jpeg


def test_a_cmyk_jpeg_keeps_its_bytes_for_the_press() -> None:
    jpeg = saved(Image.new("CMYK", (16, 16), (10, 200, 30, 5)))
    prepared = prepare(jpeg, "cmyk", ppi=300)
    assert prepared.data == jpeg
    assert (prepared.colourspace, prepared.inverted) == ("DeviceCMYK", True)


def test_a_cmyk_jpeg_becomes_srgb_for_the_screen_by_the_profile_of_the_press() -> None:
    navy = samples(prepare(Image.new("RGB", (16, 16), (18, 53, 91)), "cmyk")).getpixel((0, 0))
    jpeg = saved(Image.new("CMYK", (16, 16), navy), quality=100)
    prepared = prepare(jpeg, "srgb")
    assert prepared.colourspace == "DeviceRGB"
    assert near(samples(prepared).getpixel((8, 8)), (18, 53, 91), by=4)


def test_an_srgb_jpeg_that_fits_keeps_its_bytes_for_the_screen() -> None:
    jpeg = saved(noise(150))
    assert prepare(jpeg, "srgb", ppi=150).data == jpeg


def test_a_jpeg_that_does_not_fit_the_screen_is_encoded_once_from_its_own_pixels() -> None:
    photo = saved(noise(600, 400), quality=95)
    once = Image.open(io.BytesIO(photo)).resize((150, 100), Image.Resampling.LANCZOS)
    expected = saved(once, quality=85, subsampling="4:2:0", optimize=True)
    assert prepare(photo, "srgb", ppi=150).data == expected


def test_a_jpeg_that_fits_is_no_way_round_a_lower_quality() -> None:
    heavy = saved(noise(150, 100), quality=98)
    assert prepare(heavy, "srgb", ppi=150, jpeg_quality=85).data == heavy, "the target's own quality: as it is"
    assert len(prepare(heavy, "srgb", ppi=150, jpeg_quality=60).data) < len(heavy) / 2


@pytest.mark.parametrize("quality", [40, 60, 62])
def test_a_jpeg_that_a_lower_quality_hardly_makes_lighter_keeps_its_bytes(quality: int) -> None:
    photo = saved(noise(150, 100), quality=quality, subsampling="4:2:0", optimize=True)
    assert prepare(photo, "srgb", ppi=150, jpeg_quality=60).data == photo


def test_another_quality_does_not_take_the_pictures_of_the_first() -> None:
    cache, photo = PictureCache(), saved(noise(600, 400))
    sizes = [len(prepare(photo, "srgb", ppi=150, jpeg_quality=each, cache=cache).data) for each in (85, 50, 85)]
    assert sizes[0] == sizes[2] > sizes[1]


def test_a_progressive_jpeg_is_written_anew_for_the_screen() -> None:
    prepared = prepare(saved(noise(150), progressive=True), "srgb", ppi=150)
    assert "progressive" not in samples(prepared).info


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_an_embedded_profile_is_honoured_and_not_passed_on(kind: str) -> None:
    red = Image.new("RGB", (16, 16), (255, 0, 0))
    picture = saved(red, kind, icc_profile=swapped_profile())
    prepared = prepare(picture, "srgb")
    red_value, _, blue_value = samples(prepared).getpixel((8, 8))  # type: ignore[misc]
    assert blue_value > 200 > red_value
    assert "icc_profile" not in samples(prepared).info


def test_a_press_picture_is_kept_up_to_one_and_a_half_times_the_resolution() -> None:
    assert prepare(noise(450), "cmyk", ppi=300).width_px == 450
    assert prepare(noise(451), "cmyk", ppi=300).width_px == 300


def test_a_screen_picture_has_no_more_pixels_than_it_is_placed_with() -> None:
    prepared = prepare(noise(1000, 500), "srgb", ppi=150, width_pt=2 * INCH_PT)
    assert (prepared.width_px, prepared.height_px) == (300, 150)


def test_a_small_picture_is_never_blown_up() -> None:
    assert prepare(noise(20), "srgb", ppi=150).width_px == 20


def test_a_lossless_picture_stays_lossless_on_the_press() -> None:
    assert prepare(saved(noise(200), "PNG"), "cmyk").filter == "FlateDecode"


def test_for_the_screen_flat_artwork_stays_lossless_and_a_photo_becomes_a_jpeg() -> None:
    flat = Image.new("RGB", (200, 200), (18, 53, 91))
    assert prepare(flat, "srgb").filter == "FlateDecode"
    photo = Image.effect_noise((200, 200), 60).convert("RGB")
    assert prepare(photo, "srgb").filter == "DCTDecode"


@pytest.mark.parametrize("colour", ["cmyk", "srgb"])
def test_the_alpha_channel_becomes_a_mask_of_the_pictures_size(colour: Colour) -> None:
    picture = Image.new("RGBA", (900, 600), (255, 0, 0, 128))
    prepared = prepare(picture, colour, ppi=300)
    assert prepared.mask is not None
    assert (prepared.mask.width_px, prepared.mask.height_px) == (300, 200)
    assert prepared.mask.colourspace == "DeviceGray"
    assert samples(prepared.mask).getpixel((150, 100)) == 128


def test_the_edge_of_a_transparent_picture_does_not_darken_when_it_is_made_smaller() -> None:
    picture = Image.new("RGBA", (600, 8), (0, 0, 0, 0))
    picture.paste((255, 255, 255, 255), (0, 0, 302, 8))
    prepared = prepare(picture, "srgb", ppi=150)
    assert prepared.mask is not None
    plane, mask = samples(prepared), samples(prepared.mask)
    edge = [x for x in range(150) if 16 < mask.getpixel((x, 0)) < 240]  # type: ignore[operator]
    assert edge
    assert all(near(plane.getpixel((x, 0)), (255, 255, 255), by=4) for x in edge)


def test_the_same_picture_gives_the_same_bytes() -> None:
    picture = saved(Image.effect_noise((400, 300), 60).convert("RGB"), quality=90)
    for colour in ("cmyk", "srgb"):
        assert prepare(picture, colour, ppi=150) == prepare(picture, colour, ppi=150)


def test_a_picture_is_encoded_once_and_then_taken_from_its_folder(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (60, 40), (255, 0, 0, 128))
    first = prepare(picture, "cmyk", cache=PictureCache(tmp_path))
    (kept,) = tmp_path.iterdir()
    marked = kept.read_bytes().replace(b'"bits": 8', b'"bits": 4')
    kept.write_bytes(marked)
    again = prepare(picture, "cmyk", cache=PictureCache(tmp_path))
    assert (again.bits, again.data, first.bits) == (4, first.data, 8)
    assert again.mask is not None
    assert first.mask is not None
    assert again.mask.data == first.mask.data


def test_another_target_does_not_take_the_pictures_of_the_first() -> None:
    cache = PictureCache()
    picture = noise(300)
    assert prepare(picture, "cmyk", cache=cache).colourspace == "DeviceCMYK"
    assert prepare(picture, "srgb", cache=cache).colourspace == "DeviceRGB"
    assert prepare(picture, "srgb", ppi=150, cache=cache).width_px == 150


@pytest.mark.parametrize("colour", ["cmyk", "srgb"])
def test_half_a_photo_is_refused_though_the_engine_would_take_it(
    colour: Colour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    jpeg = saved(Image.effect_noise((200, 200), 60).convert("RGB"))
    with pytest.raises(PictureError, match="truncated"):
        prepare(jpeg[: len(jpeg) // 2], colour)


def test_sixteen_bits_a_channel_are_refused() -> None:
    with pytest.raises(PictureError, match="8 bits"):
        prepare(Image.new("I;16", (8, 8)), "srgb")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(PictureError):
        prepare(b"GIF or what", "srgb")


def test_a_picture_keeps_to_a_printers_ink_limit_and_the_black_stays() -> None:
    heavy = Image.new("CMYK", (4, 4), (255, 200, 180, 100))
    limited = limit_ink(heavy, 240).getpixel((0, 0))
    assert isinstance(limited, tuple)
    assert sum(limited) / 2.55 <= 240
    assert limited[3] == 100
    light = Image.new("CMYK", (4, 4), (20, 30, 40, 10))
    assert limit_ink(light, 240).tobytes() == light.tobytes()


@pytest.mark.slow
def test_forked_processes_do_not_take_the_press_profile_from_one_another() -> None:
    transform = colour_transform(None, "RGB", "cmyk", PROFILE)
    square = Image.new("RGB", (1, 1), (20, 90, 160))
    first = ImageCms.applyTransform(square, transform)
    assert first is not None

    def spoilt() -> bool:
        for _ in range(300):
            made = ImageCms.applyTransform(square, transform)
            if made is None or made.info["icc_profile"] != first.info["icc_profile"]:
                return True
        return False

    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            try:
                os._exit(1 if spoilt() else 0)
            finally:
                os._exit(2)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
