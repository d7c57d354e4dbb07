"""Read a picture of a front matter: its file, what is said of it, how it stands."""

from __future__ import annotations

from typing import cast

from msgspec.structs import replace

from directory_pub.edition.pictures import Fit, Photo, Size
from directory_pub.edition.runs import Run
from directory_pub.edition.yaml_source import Fields
from directory_pub.read.markdown_source import parse_line
from directory_pub.read.text_pictures import NO_ALT_REMEDY, read_focus

__all__ = ["read_photo"]


def read_photo(f: Fields | None, field: str, *, size: Size | None = None) -> Photo | None:
    """The picture of a ``field``, by the form that it has there: a logo is shown whole and credited to nobody.

    Its ``size`` is that of its place, or what it says itself.
    """
    if f is None:
        return None
    told = {name: f.text(name) for name in ("file", "alt", "credit", "focus", "fit", "size") if f.may_have(name)}
    caption = _read_caption(f) if f.may_have("caption") else ()
    f.close()
    file, alt, focus = told["file"], told["alt"], told.get("focus")
    if not file:
        return None
    places = f.places()
    if not alt:
        place = places.get("alt") or replace(places["file"], field=f"{field}.alt")
        message = f"'{file}' has no text for those who cannot see it."
        f.complain("photo-alt", place, message, NO_ALT_REMEDY)
    return Photo(
        file=file,
        alt=alt or "",
        place=f.place,
        file_place=places["file"],
        credit=told.get("credit"),
        focus=read_focus(focus),
        fit=cast(Fit, told.get("fit") or "cover"),
        caption=caption,
        size=size or cast(Size, told.get("size") or "tile"),
        stays=bool(told.get("size")),
    )


def _read_caption(f: Fields) -> tuple[Run, ...]:
    """The words below the picture."""
    text = f.text("caption")
    if not text:
        return ()
    place = f.places()["caption"]
    runs, findings = parse_line(text, place)
    f.findings += findings
    return runs
