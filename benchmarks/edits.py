"""The edits that every case is measured with: the second entry of a generated edition changes, or grows by a page."""

from __future__ import annotations

import time
from pathlib import Path

__all__ = ["EDITED", "ROOT", "edit"]

ROOT = Path(__file__).resolve().parent.parent
EDITED = "network-00001"


def edit(kind: str, folder: Path) -> None:
    """Change the entry as the kind asks; the text differs each time, so that nothing is kept of it."""
    path = folder / "entries" / f"{EDITED}.md"
    text = path.read_text("utf-8").rstrip()
    now = time.time_ns()
    if kind == "edited":
        path.write_text(f"{text[:-1]} {now}.\n", "utf-8")
    elif kind == "grown":
        more = "\n\n".join(f"Paragraph {n} of {now}. " + "It goes on and on about cities. " * 12 for n in range(10))
        path.write_text(f"{text}\n\n{more}\n", "utf-8")
