"""Write an edition of any length out of the 2020 entries, with pictures, for measuring.

    python benchmarks/generate.py --entries N FOLDER

FOLDER becomes an edition that ``directory-pub build FOLDER`` takes like any other: N entries with
the texts of 2020 in turn, each under a name, key and contact of its own, every third with a
picture. The same N gives the same files.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
from pathlib import Path

import yaml
from PIL import Image, ImageDraw, ImageFilter

SOURCE = Path(__file__).resolve().parent.parent / "content" / "2020"
PICTURES = 12  # that are drawn, and shown in turn: a directory has one a place, and places look alike
SECTION = 200  # entries behind one opener


def generate(count: int, folder: Path) -> None:
    """Write the edition; ``folder`` must not be there, or be empty."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty.\n    Name a folder that is not there yet.")
    shutil.copytree(SOURCE / "front-matter", folder / "front-matter")
    shutil.copytree(SOURCE / "organizers", folder / "organizers")
    (folder / "photos").mkdir(parents=True)
    for number in range(min(PICTURES, count // 3 + 1)):
        draw_picture(folder / "photos" / f"place-{number}.jpg", number)
    texts = [path.read_text("utf-8") for path in sorted((SOURCE / "entries").glob("*.md"))]
    keys = [f"network-{number:05}" for number in range(count)]
    (folder / "entries").mkdir()
    for number, key in enumerate(keys):
        (folder / "entries" / f"{key}.md").write_text(entry(texts[number % len(texts)], number), "utf-8")
    (folder / "edition.yaml").write_text(edition(keys), "utf-8")


def entry(text: str, number: int) -> str:
    """One of the 2020 texts as another network's."""
    head, body = text.split("---\n", 2)[1:]
    fields = yaml.safe_load(head)
    name = fields["name"]
    fields = {key: value for key, value in fields.items() if key in ("contact", "subtitle")}
    fields["name"] = f"{name} {number + 1}"
    fields["contact"] = [*fields.get("contact", [])[:2], {"mail": f"office-{number}@example.org"}]
    if number % 3 == 0:
        file = f"place-{number // 3 % PICTURES}.jpg"
        fields["photo"] = {
            "file": file,
            "alt": f"Roofs and a tower of place {number + 1}.",
            "credit": "Drawn for measuring",
        }
    body = re.sub(r"\{lang=[\w-]+\}", "", re.sub(r"\[([^\]]+)\](?=\{lang)", r"\1", body))
    return f"---\n{yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)}---\n{body}"


def edition(keys: list[str]) -> str:
    """The 2020 edition's file with these entries in sections."""
    told = yaml.safe_load((SOURCE / "edition.yaml").read_text("utf-8"))
    told["key"] = f"measured-{len(keys)}"
    sections = [told["sections"][0]]
    for start in range(0, len(keys), SECTION):
        part = keys[start : start + SECTION]
        number = start // SECTION + 1
        sections.append({"key": f"part-{number}", "title": f"PART {number}", "folder": "entries", "entries": part})
    told["sections"] = sections
    told["cover"]["words"] = told["cover"]["words"][:4]
    del told["marks"]
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)


def draw_picture(path: Path, number: int) -> None:
    """A place that nobody has seen: roofs under a sky, 1500 x 1100 pixels, as heavy as a photograph."""
    chance = random.Random(number)
    sky = Image.linear_gradient("L").resize((1500, 1100))
    image = Image.merge(
        "RGB", [sky.point([chance.randint(90, 160) + value // 3 for value in range(256)]) for _ in range(3)]
    )
    draw = ImageDraw.Draw(image)
    for left in range(0, 1500, 60):
        top = 1100 - chance.randint(120, 700)
        draw.rectangle(
            (left, top, left + chance.randint(40, 90), 1100), fill=tuple(chance.randint(30, 200) for _ in range(3))
        )
    grain = Image.frombytes("L", (1500, 1100), chance.randbytes(1500 * 1100)).filter(ImageFilter.GaussianBlur(1))
    image = Image.blend(image, Image.merge("RGB", [grain] * 3), 0.12)
    image.save(path, quality=88)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, required=True, metavar="N")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    generate(options.entries, options.folder)


if __name__ == "__main__":
    main()
