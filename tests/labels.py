"""A finished file with a label in it, as the build leaves one that earned it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from directory_pub.finish import EMAIL_LABEL, labelling
from directory_pub.finish.label import Label

__all__ = ["labelled"]


def labelled(pdf: bytes, label: Label = EMAIL_LABEL) -> bytes:
    """The file with the label kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labelled.pdf"
        path.write_bytes(pdf)
        with labelling(path, label) as trial:
            trial.keep(True)
        return path.read_bytes()
