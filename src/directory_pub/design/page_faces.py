"""The house's faces for pages that are read in a browser: what is made for the screen looks as the book does."""

from __future__ import annotations

import base64
from collections.abc import Collection

import uharfbuzz

from directory_pub.edition.theme import built_in_folder
from directory_pub.storage.enclosure import read_bytes

__all__ = ["PAGE_FACES", "face_rules", "read_face"]

PAGE_FACES = {
    400: "fonts/source-sans-3/SourceSans3_400Regular.ttf",
    600: "fonts/source-sans-3/SourceSans3_600SemiBold.ttf",
}
"""The built-in faces by their weight; pages call the family "House Sans"."""


def read_face(weight: int) -> bytes:
    """A whole face."""
    built_in = built_in_folder()
    return read_bytes(built_in / PAGE_FACES[weight], built_in)


def face_rules(characters: Collection[str]) -> str:
    """Rules of a sheet with as much of the faces as shows these characters, for a page that fetches nothing."""
    return "".join(_rule(weight, characters) for weight in PAGE_FACES)


def _rule(weight: int, characters: Collection[str]) -> str:
    asked = uharfbuzz.SubsetInput()
    asked.unicode_set.update(map(ord, characters))
    face = asked.subset(uharfbuzz.Face(uharfbuzz.Blob(read_face(weight))))
    content = base64.b64encode(face.blob.data).decode()
    return (
        f'@font-face {{ font-family: "House Sans"; font-weight: {weight}; '
        f'src: url("data:font/ttf;base64,{content}") format("truetype") }}\n'
    )
