"""Files that a PDF has with it, as associated files of the document (PDF/A-3, ISO 19005-3, 6.8)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Literal

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, String

__all__ = ["AttachedFile", "as_json", "attach_files", "from_json"]


class AttachedFile(Struct, frozen=True, kw_only=True):
    """A file to attach: its name, what it is, what it is to the document, and the day it was made (2031-03-02)."""

    name: str
    media_type: str
    says: str
    created: str
    data: bytes
    relationship: Literal["Data", "Supplement", "Source", "Alternative"] = "Data"


def attach_files(pdf: pikepdf.Pdf, files: Sequence[AttachedFile]) -> None:
    """Attach files to an open document, in the order of their names, which a tree of names must have."""
    if not files:
        return
    ordered = sorted(files, key=lambda each: each.name.encode())
    specified = [(each.name, pdf.make_indirect(_specify(pdf, each))) for each in ordered]
    names = pdf.Root.get("/Names")
    if names is None:
        names = pdf.Root.Names = pdf.make_indirect(Dictionary())
    row = [part for name, specification in specified for part in (String(name), specification)]
    names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=Array(row)))
    pdf.Root.AF = Array([specification for _, specification in specified])


def _specify(pdf: pikepdf.Pdf, file: AttachedFile) -> Dictionary:
    day = String(f"D:{file.created.replace('-', '')}000000Z")
    stream = pdf.make_stream(
        file.data,
        Type=Name.EmbeddedFile,
        Subtype=Name(f"/{file.media_type}"),
        Params=Dictionary(
            Size=len(file.data),
            CreationDate=day,
            ModDate=day,
            CheckSum=String(hashlib.md5(file.data, usedforsecurity=False).digest()),
        ),
    )
    return Dictionary(
        Type=Name.Filespec,
        F=String(file.name),
        UF=String(file.name),
        Desc=String(file.says),
        AFRelationship=Name(f"/{file.relationship}"),
        EF=Dictionary(F=stream, UF=stream),
    )


def as_json(files: Sequence[AttachedFile]) -> str:
    """Files as a text, for another process."""
    return json.dumps(
        [
            {
                "name": each.name,
                "media_type": each.media_type,
                "says": each.says,
                "created": each.created,
                "relationship": each.relationship,
                "data": base64.b64encode(each.data).decode(),
            }
            for each in files
        ]
    )


def from_json(text: str) -> list[AttachedFile]:
    """The files of such a text."""
    rows = json.loads(text or "[]")
    return [AttachedFile(**{**row, "data": base64.b64decode(row["data"])}) for row in rows]
