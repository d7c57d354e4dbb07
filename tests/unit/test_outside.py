"""Nothing of a build may be elsewhere: each file and folder, moved out and a link left in its place, is refused."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.commands.console import print_findings
from directory_pub.findings import Finding
from directory_pub.pictures.icc import fault_of_press_profile
from directory_pub.pieces import Resources
from project import draw_picture
from watching import Seen, watching

EDITION = "content/harbour"
Build = Callable[[], BuildResult]
PARTS = [
    "layouts",
    "layouts/parts",
    "layouts/pages/preface.html.j2",
    "styles",
    "styles/parts",
    "icons",
    "styles/text.css",
    "styles/tokens.css",
    "styles/parts/contact.css",
    "icons/globe.svg",
    "styles/inks.yaml",
    "styles/profiles",
    "styles/profiles/sRGB2014.icc",
    "fonts",
    "fonts/source-sans-3",
    "fonts/source-sans-3/SourceSans3_400Regular.ttf",
    "printers",
    "printers/offset-fogra39.yaml",
    "printers/ISOcoated_v2_300_bas.icc",
    f"{EDITION}/edition.yaml",
    f"{EDITION}/entries",
    f"{EDITION}/entries/north-quay.md",
    f"{EDITION}/front-matter",
    f"{EDITION}/front-matter/preface.md",
    f"{EDITION}/photos",
    f"{EDITION}/photos/quay.jpg",
]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    (tmp_path / "secret").mkdir()
    return tmp_path / "secret"


@pytest.fixture
def build(project: Path, tmp_path: Path, kept: Path) -> Build:
    return lambda: build_edition(project / EDITION, tmp_path / "out", resources=Resources(cache=kept))


def outside(result: BuildResult) -> list[Finding]:
    return [finding for finding in result.report if finding.code == "outside-project"]


def assert_kept(seen: Seen, result: BuildResult, tmp_path: Path, *words: bytes) -> None:
    """Nothing was opened or called, and nothing of it is in what was written or is printed."""
    assert seen.opened == []
    assert seen.called == []
    told = "".join(f"{finding.message}{finding.remedy}" for finding in result.report).encode()
    written = [path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not [word for word in words if any(word in content for content in (told, *written))]


@pytest.mark.quick("layouts/parts", "styles/text.css", "fonts")
@pytest.mark.parametrize("part", PARTS)
def test_a_link_that_leads_out_is_refused_wherever_it_lies(
    project: Path, build: Build, secret: Path, tmp_path: Path, part: str
) -> None:
    moved = secret / "moved" / Path(part).name
    moved.parent.mkdir()
    shutil.move(project / part, moved)
    (project / part).symlink_to(moved)
    with watching(secret) as seen:
        result = build()
    found = outside(result)
    assert found, "\n".join(map(str, result.report))
    assert_kept(seen, result, tmp_path)
    named = {EDITION + "/photos": f"{EDITION}/entries/north-quay.md", EDITION + "/entries": f"{EDITION}/edition.yaml"}
    named |= {f"{EDITION}/photos/quay.jpg": f"{EDITION}/entries/north-quay.md"}
    named |= {f"{EDITION}/front-matter": f"{EDITION}/front-matter/preface.md"}
    named |= {"printers/ISOcoated_v2_300_bas.icc": "printers/offset-fogra39.yaml"}
    assert any(finding.place.file.startswith(named.get(part, part)) for finding in found), found
    assert set(result.files) <= {"PROOF"}


@pytest.mark.slow
def test_links_that_stay_inside_change_no_byte(harbour: BuildResult, project: Path, tmp_path: Path) -> None:
    (project / "shared").mkdir()
    for index, part in enumerate(sorted(PARTS, key=len, reverse=True)):
        moved = project / "shared" / str(index) / Path(part).name
        moved.parent.mkdir()
        shutil.move(project / part, moved)
        (project / part).symlink_to(moved)
    shutil.move(project / "content", project / "texts")
    (project / "content").symlink_to("texts")
    linked = tmp_path / "linked"
    linked.symlink_to(project)
    result = build_edition(linked / EDITION, tmp_path / "out")
    assert not result.failed, "\n".join(map(str, result.report))
    assert [path.read_bytes() for path in result.files.values()] == [
        path.read_bytes() for path in harbour.files.values()
    ]


@pytest.mark.slow
def test_an_edition_that_is_a_link_is_what_it_leads_to(
    project: Path, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is built with the project that the link lies in, and may use pictures of the project."""
    shutil.move(project / EDITION, tmp_path / "elsewhere")
    (project / EDITION).symlink_to(tmp_path / "elsewhere")
    shutil.move(tmp_path / "elsewhere" / "photos" / "quay.jpg", project / "quay.jpg")
    (tmp_path / "elsewhere" / "photos" / "quay.jpg").symlink_to(project / "quay.jpg")
    monkeypatch.chdir(tmp_path)
    result = build()
    assert not result.failed, "\n".join(map(str, result.report))
    assert result.edition is not None
    assert result.edition.root == project.resolve()


# -------------------------------------------------------------------- what names a file
def change(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def name_photo(name: str) -> Callable[[Path], None]:
    return lambda project: change(project, f"{EDITION}/entries/north-quay.md", "quay.jpg", f'"{name}"')


def name_profile(name: str) -> Callable[[Path], None]:
    return lambda project: change(project, "printers/offset-fogra39.yaml", "ISOcoated_v2_300_bas.icc", f'"{name}"')


def name_folder(name: str) -> Callable[[Path], None]:
    return lambda project: change(project, f"{EDITION}/edition.yaml", "folder: entries", f'folder: "{name}"')


NAMES = {
    "a picture above": (name_photo("../../../../secret/x.jpg"), "entries/north-quay.md"),
    "a picture by its path": (name_photo("SECRET/x.jpg"), "entries/north-quay.md"),
    "a picture above the edition": (name_photo("../../../fonts/x.jpg"), "entries/north-quay.md"),
    "a profile above": (name_profile("../../secret/x.icc"), "offset-fogra39.yaml"),
    "a profile by its path": (name_profile("SECRET/x.icc"), "offset-fogra39.yaml"),
    "a section above": (name_folder("../../../secret"), "edition.yaml"),
    "a section by its path": (name_folder("SECRET"), "edition.yaml"),
    "a section behind a link": (name_folder("out"), "edition.yaml"),
}


@pytest.mark.quick("a profile by its path", "a section behind a link")
@pytest.mark.parametrize("case", NAMES)
def test_a_name_that_leads_out_is_refused_where_it_stands(
    project: Path, build: Build, secret: Path, tmp_path: Path, case: str
) -> None:
    for folder in (secret, project / "fonts"):
        draw_picture(folder / "x.jpg", [200, 200])
    shutil.copy(project / "printers" / "ISOcoated_v2_300_bas.icc", secret / "x.icc")
    assert fault_of_press_profile((secret / "x.icc").read_bytes()) is None
    for name in ("north-quay", "tide-office", "lantern-league", "zanzibarite"):
        (secret / f"{name}.md").write_text("---\nname: Zanzibarite\n---\n\nZanzibarite.\n")
    (project / EDITION / "out").symlink_to(secret)
    act, file = NAMES[case]
    act(project)
    for path in (project / "printers/offset-fogra39.yaml", *(project / EDITION).rglob("*.[my]*")):
        if path.is_file() and not path.is_symlink():
            path.write_text(path.read_text("utf-8").replace("SECRET", str(secret)), "utf-8")
    with watching(secret) as seen:
        result = build()
    (finding,) = outside(result)
    assert finding.place.file.endswith(file)
    assert finding.place.line
    assert_kept(seen, result, tmp_path, b"anzibarite")


@pytest.mark.quick("a*b.jpg")
@pytest.mark.parametrize("name", ["a\\0b.jpg", "~/x.jpg", "..\\\\..\\\\x.jpg", "%2e%2e/%2e%2e/x.jpg", "x" * 300, "."])
def test_a_name_that_is_none_is_a_missing_picture(project: Path, build: Build, tmp_path: Path, name: str) -> None:
    name_photo(name)(project)
    result = build()
    codes = {finding.code for finding in result.report if finding.severity == "error"}
    assert codes - {"character-unseen"} == {"photo-missing"}


# -------------------------------------------------------------------- what is no file
NO_FILES = [
    "layouts/book.html.j2",
    "styles/text.css",
    "icons/globe.svg",
    "styles/inks.yaml",
    "styles/profiles/sRGB2014.icc",
    "fonts/source-sans-3/SourceSans3_400Regular.ttf",
    "printers/offset-fogra39.yaml",
    "printers/ISOcoated_v2_300_bas.icc",
    f"{EDITION}/edition.yaml",
    f"{EDITION}/entries/north-quay.md",
    f"{EDITION}/front-matter/preface.md",
    f"{EDITION}/photos/quay.jpg",
]


@pytest.mark.quick("styles/text.css-pipe", "*/quay.jpg-folder")
@pytest.mark.parametrize("kind", ["pipe", "folder", "huge"])
@pytest.mark.parametrize("part", NO_FILES)
def test_what_is_no_file_or_a_huge_one_is_a_finding(
    project: Path, build: Build, tmp_path: Path, part: str, kind: str
) -> None:
    path = project / part
    path.unlink()
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "huge":
            path.touch()
            os.truncate(path, 20_000_000_000)
    result = build()
    errors = [finding for finding in result.report if finding.severity == "error"]
    assert errors
    codes = {finding.code for finding in errors}
    assert codes & {"file-missing", "file-large", "photo-missing", "photo-large", "layout-fault"}, codes
    name = Path(part).name
    assert any(name in f"{finding.place.file} {finding.message}" for finding in errors), errors


def test_what_is_told_of_a_refused_file_is_printed_without_it(
    project: Path, build: Build, secret: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (secret / "edition.yaml").write_text("key: zanzibarite\ntitle: [zanzibarite\n")
    (project / EDITION / "edition.yaml").unlink()
    (project / EDITION / "edition.yaml").symlink_to(secret / "edition.yaml")
    result = build()
    print_findings(list(result.report), strict=False)
    captured = io.StringIO("".join(capsys.readouterr())).getvalue()
    assert "leads out of the project's folder" in captured
    assert "zanzibarite" not in captured
