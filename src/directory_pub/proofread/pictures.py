"""Pictures as files: there, whole, and of a kind that the engine prints as it should."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageFile, UnidentifiedImageError

from directory_pub.findings import Finding, Place, error
from directory_pub.memo import Memo, file_hash
from directory_pub.model import Edition, Photo
from directory_pub.spelling import did_you_mean

__all__ = ["UNUSABLE_PHOTO", "proofread_pictures"]

UNUSABLE_PHOTO = frozenset({"photo-missing", "photo-unreadable", "photo-depth", "outside-project"})

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_DEEP_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "F"})


def _photo_path(edition: Edition, photo: Photo) -> Path:
    """Where an entry's picture lies: photos/ of the edition."""
    return edition.folder / "photos" / photo.file


def proofread_pictures(edition: Edition, memo: Memo | None = None) -> Iterator[Finding]:
    """Open every picture to its last byte; one that was opened before, in this or an earlier build, is not again."""
    memo = memo or Memo()
    for entry in edition.entries:
        if entry.photo:
            yield from _proofread(_photo_path(edition, entry.photo), entry.photo, edition, memo)


def _proofread(path: Path, photo: Photo, edition: Edition, memo: Memo) -> Iterator[Finding]:
    place = photo.file_place
    if not path.resolve().is_relative_to(edition.folder):
        yield error(
            "outside-project",
            place,
            f"'{photo.file}' leads out of the project's folder.",
            "Put the picture into the edition's photos/.",
        )
        return
    if not path.is_file():
        yield error(
            "photo-missing",
            place,
            f"'{photo.file}' is not in the edition's photos/.",
            _nearest(path),
        )
        return
    try:
        kind, mode, bits = memo.recall("picture", lambda: _open_to_the_end(path), file_hash(path))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        yield error(
            "photo-unreadable",
            place,
            f"'{photo.file}' cannot be read to its end ({_reason(problem)}).",
            "Save it again from the original as JPEG or PNG.",
        )
        return
    yield from _kind(photo, kind, mode, bits, place)


def _open_to_the_end(path: Path) -> tuple[str, str, int]:
    """Format, mode and bits a channel of a picture that decodes to its last byte."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the engine sets it for the whole process: half a picture would pass
    try:
        with warnings.catch_warnings(), Image.open(path) as image:
            warnings.simplefilter("ignore")
            kind, mode = image.format or "?", image.mode
            image.load()
            return kind, mode, _bits(path, kind)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _kind(photo: Photo, kind: str, mode: str, bits: int, place: Place) -> Iterator[Finding]:
    if kind not in _FORMATS:
        yield error(
            "photo-unreadable",
            place,
            f"'{photo.file}' is a {kind} file, which the engine leaves out or prints wrongly.",
            "Save it as JPEG or PNG.",
        )
    elif bits > 8 or mode in _DEEP_MODES:
        yield error(
            "photo-depth",
            place,
            f"'{photo.file}' has 16 bits a channel and would print black or wrong.",
            "Save it with 8 bits a channel.",
        )


def _bits(path: Path, kind: str) -> int:
    """Bits a channel of a PNG, from its header; Pillow folds 16-bit colour to 8 unseen."""
    if kind != "PNG":
        return 8
    with path.open("rb") as file:
        header = file.read(25)
    return header[24] if len(header) == 25 else 8


def _reason(problem: Exception) -> str:
    if isinstance(problem, UnidentifiedImageError):
        return "it is no picture"
    return str(problem).split(" (")[0].rstrip(".").lower() or type(problem).__name__


def _nearest(path: Path) -> str:
    names = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    return did_you_mean(path.name, names, "Put the file there, or mend its name.")
