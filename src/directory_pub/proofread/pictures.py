"""Pictures as files: there, whole, and of a kind that prints as it should."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace
from PIL import UnidentifiedImageError

from directory_pub.edition.model import Edition
from directory_pub.edition.pictures import Photo
from directory_pub.edition.spelling import near_name
from directory_pub.edition.targets import PRESS
from directory_pub.findings import Finding, error, note, warning
from directory_pub.pictures import (
    KINDS,
    MOST_PIXELS,
    UNREADABLE,
    DrawingError,
    PictureFacts,
    check_drawing,
    colours_of_drawing,
    find_picture,
    look_at_picture,
    names_in,
)
from directory_pub.storage.enclosure import Refused, check_enclosed, open_file, read_bytes
from directory_pub.storage.hashes import file_hash
from directory_pub.storage.store import Store

__all__ = ["UNUSABLE_PHOTO", "proofread_pictures"]

UNUSABLE_PHOTO = frozenset({"photo-missing", "photo-unreadable", "photo-depth", "photo-large", "outside-project"})

_DRAWINGS = ("SVG", "PDF", "EPS")
_MM_PER_INCH = 25.4
_PUT_IT_THERE = "Put the picture into the edition's photos/."


def proofread_pictures(edition: Edition, store: Store | None = None) -> Iterator[Finding]:
    """Open every picture to its last byte; one that was opened before, in this or an earlier build, is not again."""
    store = store or Store()
    for photo in edition.pictures:
        yield from _proofread(photo, edition, store)
    picture = edition.cover.picture if edition.cover else None
    if picture and picture.credit and not edition.publisher_details:
        message = "its credit is printed on the page that says who publishes, and there is none."
        yield error("key-missing", picture.place, message, "Give the imprint a 'publisher' with a name.")


def _proofread(photo: Photo, edition: Edition, store: Store) -> Iterator[Finding]:
    try:
        path = _find(photo, edition)
        if photo.is_drawing:
            content = read_bytes(path, edition.root, edition.folder)
            check_drawing(content)
            colours_of_drawing(content)
            return
        with open_file(path, edition.root, edition.folder) as file:
            facts = store.recall("picture", PictureFacts, lambda: look_at_picture(file), file_hash(path))
    except Refused as refused:
        yield _explain(refused, photo, edition)
    except DrawingError as fault:
        yield error("photo-unreadable", photo.file_place, f"'{photo.file}' {fault}.", fault.remedy)
    except UNREADABLE as problem:
        yield error(
            "photo-unreadable",
            photo.file_place,
            f"'{photo.file}' cannot be read to its end ({_reason(problem, path)}).",
            "Save it again from the original as JPEG or PNG.",
        )
    else:
        yield from _check_facts(photo, facts, edition)


# -------------------------------------------------------------------- where it lies
def _find(photo: Photo, edition: Edition) -> Path:
    """Where the picture should be; raises Refused. A name leads into the edition alone, a link to the project, too."""
    named = edition.folder / "photos" / photo.file
    if not Path(os.path.normpath(named)).is_relative_to(edition.folder):
        raise Refused(error("outside-project", photo.file_place, "leads out of the edition's folder.", _PUT_IT_THERE))
    check_enclosed(named, edition.root, edition.folder)
    return find_picture(edition.folder, photo.file) or named


def _explain(refused: Refused, photo: Photo, edition: Edition) -> Finding:
    """Why a picture is not read, told where it is named."""
    found = refused.at(photo.file_place, photo.file)
    if found.code == "outside-project":
        return replace(found, remedy=_PUT_IT_THERE)
    if found.code == "file-large":
        return replace(found, code="photo-large")
    if find_picture(edition.folder, photo.file) is None:
        return _missing(photo, edition)
    message = f"'{photo.file}' in the edition's photos/ {refused}"
    return error("photo-missing", photo.file_place, message, "Put the picture itself there.")


def _missing(photo: Photo, edition: Edition) -> Finding:
    message = f"'{photo.file}' is not in the edition's photos/."
    asked = Path(photo.file)
    names = set(names_in((edition.folder / "photos" / asked).parent).values())
    in_capitals = [name for name in sorted(names) if name.casefold() == asked.name.casefold()]
    near = in_capitals[0] if in_capitals else near_name(asked.name, names)
    remedy = f"Did you mean '{asked.with_name(near)}'?" if near else "Put the file there, or mend its name."
    if in_capitals:
        message += " Capitals count in a name."
    return error("photo-missing", photo.file_place, message, remedy)


# -------------------------------------------------------------------- what it is
def _check_facts(photo: Photo, facts: PictureFacts, edition: Edition) -> Iterator[Finding]:
    place, name = photo.file_place, f"'{photo.file}'"
    if facts.kind not in KINDS:
        message = f"{name} is in the format {facts.kind}; pictures are taken as JPEG, PNG, WEBP or GIF."
        yield error("photo-unreadable", place, message, _save_as(facts.kind, edition))
    elif facts.too_large:
        millions = facts.width_px * facts.height_px / 1e6
        size = f"{facts.width_px} x {facts.height_px} px, {millions:.0f} million"
        message = f"{name} has {size}; pictures are read up to {MOST_PIXELS / 1e6:.0f} million."
        yield error("photo-large", place, message, _make_smaller(facts, edition))
    elif facts.bits > 8:
        message = f"{name} has 16 bits a channel and would print black or wrong."
        yield error("photo-depth", place, message, "Save it with 8 bits a channel.")
    else:
        if facts.profile_fault:
            message = f"{name}: its colour profile {facts.profile_fault}; it prints as if it had none."
            remedy = "Convert it to sRGB in a picture program and save it anew, with the profile in it."
            yield warning("photo-profile", place, message, remedy)
        if facts.lacks_marker:
            message = f"{name} is in CMYK without Adobe's marker: it is read as with it, and may be its negative."
            yield warning("photo-marker", place, message, "Open it in a picture program, look, and save it anew.")
        if facts.pictures > 1:
            message = f"{name} has {facts.pictures} pictures in it; the first one prints."
            yield note("photo-moving", place, message, "Save the one that is meant as a picture of its own.")


def _save_as(kind: str, edition: Edition) -> str:
    if kind in _DRAWINGS:
        width_px, height_px = _page_px(edition)
        return f"Export it as PNG; {width_px} x {height_px} px are enough for a whole page."
    if kind == "HEIC":
        return "Export it as JPEG; a phone does so by itself where its camera is set to 'most compatible'."
    return "Save it as JPEG or PNG."


def _make_smaller(facts: PictureFacts, edition: Edition) -> str:
    """The size in pixels that is enough wherever the picture stands: over a whole page, bleed and all."""
    page_px = _page_px(edition)
    share = max(page_px[0] / facts.width_px, page_px[1] / facts.height_px)
    width_px, height_px = math.ceil(facts.width_px * share), math.ceil(facts.height_px * share)
    if share >= 1 or width_px * height_px > MOST_PIXELS:
        return f"Crop it to what is to be seen; {page_px[0]} x {page_px[1]} px are enough for a whole page."
    return f"Save it with {width_px} x {height_px} px, which is enough for a whole page."


def _page_px(edition: Edition) -> tuple[int, int]:
    sides_mm = (side + 2 * edition.bleed_mm for side in (edition.trim.width_mm, edition.trim.height_mm))
    width_px, height_px = (math.ceil(side / _MM_PER_INCH * PRESS.least_ppi) for side in sides_mm)
    return width_px, height_px


def _reason(problem: Exception, path: Path) -> str:
    if isinstance(problem, UnidentifiedImageError):
        return "it is no picture" if path.stat().st_size else "it is empty"
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror.lower()
    return str(problem).split(" (")[0].rstrip(".").lower() or type(problem).__name__
