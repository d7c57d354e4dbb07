"""Adverts on pages, and what is known of a guest's page."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.edition.adverts import Advert, AdvertSize, advert_pages
from directory_pub.edition.guests import GuestError, guest_page, whole_page
from directory_pub.findings import Place
from made_guests import guest_pdf, picture_bytes, write_guest

NOWHERE = Place(file="edition.yaml")
FULL = (170.0, 240.0)


def advert(key: str, size: AdvertSize) -> Advert:
    return Advert(key=key, file="x.pdf", advertiser="X", size=size, alt="X", place=NOWHERE, file_place=NOWHERE)


def test_small_adverts_share_pages_and_none_is_left_out() -> None:
    sizes: list[AdvertSize] = ["quarter", "half", "full", "half", "quarter", "quarter"]
    pages = advert_pages([advert(f"a{at}", size) for at, size in enumerate(sizes)])
    assert pages == ["a1+a0+a4", "a2", "a3+a5"]


def test_without_adverts_there_are_no_pages() -> None:
    assert advert_pages([]) == []


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"slug_mm": 7},
        {"turn": 90},
        {"turn": 180},
        {"turn": 270},
        {"unit": 2.0},
        {"origin": (100.0, -300.0)},
    ],
    ids=str,
)
def test_boxes_are_read_as_they_are_displayed(tmp_path: Path, how: dict[str, object]) -> None:
    path = write_guest(tmp_path / "a.pdf", *FULL, **how)
    _, shown, guest = guest_page(path, (tmp_path,), FULL, 3.0)
    assert shown.size_mm == pytest.approx(FULL, abs=0.01)
    assert shown.bleed_mm == pytest.approx(3, abs=0.01)
    assert (guest.width_mm, guest.height_mm) == pytest.approx((176, 246), abs=0.01)


def test_a_page_without_boxes_is_taken_with_its_bleed(tmp_path: Path) -> None:
    path = write_guest(tmp_path / "a.pdf", 176, 246, boxes=False)
    _, shown, _ = guest_page(path, (tmp_path,), FULL, 3.0)
    assert shown.size_mm == pytest.approx(FULL, abs=0.01)
    assert shown.bleed_mm == pytest.approx(3, abs=0.01)


@pytest.mark.parametrize(("size_px", "bleed_mm"), [((1760, 2460), 3.0), ((1700, 2400), 0.0)])
def test_a_picture_is_put_on_a_page_of_its_shape(tmp_path: Path, size_px: tuple[int, int], bleed_mm: float) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture_bytes(*size_px))
    _, shown, guest = guest_page(path, (tmp_path,), FULL, 3.0)
    assert shown.size_mm == pytest.approx(FULL, abs=0.1)
    assert shown.bleed_mm == pytest.approx(bleed_mm, abs=0.1)
    assert guest.read().startswith(b"%PDF-")


@pytest.mark.parametrize("content", [b"", b"no picture", b"%PDF-1.7\nnothing", guest_pdf()[:60]])
def test_what_is_neither_page_nor_picture_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(GuestError, match="cannot be read"):
        guest_page(tmp_path / "a.pdf", (tmp_path,), FULL, 3.0)


def test_a_digest_is_of_content_and_place(tmp_path: Path) -> None:
    one, other = write_guest(tmp_path / "a.pdf", *FULL), write_guest(tmp_path / "b.pdf", *FULL)
    third = write_guest(tmp_path / "c.pdf", *FULL, ground="0 0 0 1 k")
    digests = [guest_page(path, (tmp_path,), FULL, 3.0)[2].digest for path in (one, other, third)]
    assert digests[0] == digests[1] != digests[2]
    assert guest_page(one, (tmp_path,), FULL, 0.0)[2].digest != digests[0]


def test_a_whole_page_is_as_large_as_it_is(tmp_path: Path) -> None:
    path = write_guest(tmp_path / "plan.pdf", 100, 80)
    assert whole_page(path, (tmp_path,)).width_mm == pytest.approx(100, abs=0.01)
    assert whole_page(path, (tmp_path,), 3.0).width_mm == pytest.approx(106, abs=0.01)
