"""Draw the pictures of the samples: each SVG of this folder as the JPEG of its name below begin/samples/.

The drawings, logos and adverts of the booklet are made by tests/made_editions/sample_pictures.py.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import weasyprint

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "src" / "directory_pub" / "begin" / "samples"
SIZE_PX = (1200, 900)  # 101 mm wide at 300 ppi; between a square tile and a narrow leaf's wide one
PAGES = {"ferry": "profiles", "cup": "booklet", "apple": "members"}


def draw(name: str) -> Path:
    """One picture, by way of a PDF of 120 x 90 mm."""
    sheet = "@page { size: 120mm 90mm; margin: 0 } img { display: block; width: 120mm }"
    page = f"<style>{sheet}</style><img src='{(HERE / name).as_uri()}.svg'>"
    pdf = weasyprint.HTML(string=page).write_pdf()
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        picture = document[0].render(scale=4 * SIZE_PX[0] / document[0].get_width()).to_pil().convert("RGB")
    goal = SAMPLES / PAGES[name] / "photos" / f"{name}.jpg"
    goal.parent.mkdir(exist_ok=True)
    picture.resize(SIZE_PX).save(goal, quality=88, subsampling=0, optimize=True)
    return goal


if __name__ == "__main__":
    for each in PAGES:
        path = draw(each)
        print(path, path.stat().st_size)
