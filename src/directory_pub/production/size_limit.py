"""Keep the email PDF within a size: with the best pictures that fit, or an error on what is heavy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache

from msgspec import Struct

from directory_pub.edition.flatplan import Piece
from directory_pub.edition.model import Edition
from directory_pub.findings import Finding, Place, error
from directory_pub.prepare import BEST, LADDER, PictureQuality
from directory_pub.production.sizes import say_size, size_to_allow
from directory_pub.production.weights import Weights, weigh

__all__ = ["Fitted", "fit_email"]

_NAMED = 3  # pictures, the heaviest first


class Fitted(Struct, frozen=True, kw_only=True):
    """The quality of pictures that fits, or the lowest with a finding; ``given_up`` is a line on what was lost."""

    quality: PictureQuality
    given_up: str | None = None
    findings: tuple[Finding, ...] = ()


def fit_email(
    finish: Callable[[PictureQuality], bytes], limit_bytes: int, edition: Edition, pieces: Sequence[Piece]
) -> Fitted:
    """Find the best pictures that keep the email file within ``limit_bytes``.

    ``finish`` makes the file with pictures of a quality; it is called at most five times. If the
    lightest file is still too heavy, that is an error. The labels that a file gets later do not make
    it larger.
    """

    @cache
    def finished_at(step: int) -> bytes:
        return finish(LADDER[step])

    step = 0
    if len(finished_at(0)) > limit_bytes:
        step = bisect_left(range(len(LADDER)), True, lo=1, key=lambda step: len(finished_at(step)) <= limit_bytes)
    if step < len(LADDER):
        given_up = f"Pictures at {LADDER[step]} instead of {BEST}, to fit {say_size(limit_bytes)}." if step else None
        return Fitted(quality=LADDER[step], given_up=given_up)
    finding = _too_heavy(weigh(finished_at(len(LADDER) - 1)), limit_bytes, edition, pieces)
    return Fitted(quality=LADDER[-1], findings=(finding,))


# -------------------------------------------------------------------- what is heavy
def _too_heavy(weights: Weights, limit_bytes: int, edition: Edition, pieces: Sequence[Piece]) -> Finding:
    """The error at the heaviest picture's place, or at the edition if no picture is to blame."""
    needed_bytes = weights.total_bytes
    excess = f"the email PDF takes {say_size(needed_bytes)}; the limit is {say_size(limit_bytes)}."
    allow = f"allow it {size_to_allow(needed_bytes)} with --max-size"
    parts = f"fonts {_share(weights.fonts_bytes, weights)}, all else {_share(weights.rest_bytes, weights)}."
    if needed_bytes - weights.pictures_bytes > limit_bytes:
        pictures = _share(weights.pictures_bytes, weights) if weights.pictures else "there are none"
        message = f"{excess} Pictures are not what is heavy: {pictures}; {parts}"
        return error("size-limit", edition.place, message, f"Send a link to the file, or {allow}.")
    named = [(*_name_picture(each.folio, edition, pieces), each.size_bytes) for each in weights.pictures[:_NAMED]]
    heavy = "; ".join(f"{name} {_share(size_bytes, weights)}" for _, name, size_bytes in named)
    message = (
        f"{excess} Pictures at {LADDER[-1]} take {_share(weights.pictures_bytes, weights)}, most of it {heavy}; {parts}"
    )
    return error("size-limit", named[0][0], message, f"Crop or leave out the heaviest picture, or {allow}.")


def _name_picture(folio: int, edition: Edition, pieces: Sequence[Piece]) -> tuple[Place, str]:
    """Where a picture comes from, and its name in a message."""
    shown = next(
        (edition.pictures_of(each.kind, each.key, *each.shown) for each in pieces if folio - 1 in each.pages), ()
    )
    if not shown:
        return edition.place, f"a picture on page {folio}"
    return shown[0].file_place, f"'{shown[0].file}' of {shown[0].file_place.file}"


def _share(size_bytes: int, weights: Weights) -> str:
    return f"{say_size(size_bytes)} ({size_bytes / weights.total_bytes:.0%})"
