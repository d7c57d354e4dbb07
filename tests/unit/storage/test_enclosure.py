"""A file is opened where it lies in the project or the edition, and nowhere else."""

from __future__ import annotations

import ast
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from directory_pub.storage import enclosure
from directory_pub.storage.enclosure import MOST_TEXT_BYTES, Refused, list_files, read_bytes, read_text
from watching import watching


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project" / "styles").mkdir(parents=True)
    (tmp_path / "project" / "styles" / "text.css").write_text("p {}")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "text.css").write_text("secret")
    return tmp_path / "project"


def link(path: Path, to: Path | str) -> Path:
    path.symlink_to(to)
    return path


WAYS_OUT: dict[str, Callable[[Path], Path]] = {
    "a link": lambda root: link(root / "styles" / "a.css", root.parent / "secret" / "text.css"),
    "a relative link": lambda root: link(root / "styles" / "a.css", "../../secret/text.css"),
    "a link to a link": lambda root: link(
        root / "styles" / "a.css", link(root / "b.css", root.parent / "secret" / "text.css")
    ),
    "a folder that is a link": lambda root: link(root / "other", root.parent / "secret") / "text.css",
    "above": lambda root: root / "styles" / ".." / ".." / "secret" / "text.css",
    "above and in again": lambda root: root / "styles" / ".." / ".." / "project" / ".." / "secret" / "text.css",
    "above behind a link": lambda root: link(root / "in", root / "styles") / ".." / ".." / "secret" / "text.css",
    "an absolute name": lambda root: root / "styles" / str(root.parent / "secret" / "text.css"),
    "what is not there": lambda root: root / ".." / "secret" / "none.css",
    "the folder above": lambda root: root / "..",
    "a link to the folder above": lambda root: link(root / "up", ".."),
    "a folder with a like name": lambda root: link(root / "a.css", root.parent / "project-2" / "a.css"),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_way_leads_out(root: Path, way: str) -> None:
    path = WAYS_OUT[way](root)
    with watching(root.parent / "secret") as seen, pytest.raises(Refused) as refused:
        read_bytes(path, root)
    assert refused.value.is_outside
    assert "secret" not in refused.value.finding.message
    assert seen.opened == []


def test_what_leads_to_another_place_inside_is_read(root: Path) -> None:
    (root / "shared").mkdir()
    (root / "shared" / "b.css").write_text("b")
    link(root / "styles" / "parts", "../shared")
    link(root / "styles" / "c.css", root / "shared" / "b.css")
    assert read_text(root / "styles" / "parts" / "b.css", root) == "b"
    assert read_text(root / "styles" / "c.css", root) == "b"
    assert read_text(root / "styles" / "parts" / ".." / "styles" / "text.css", root) == "p {}"
    assert [path.name for path in list_files(root / "styles", root, ending=".css")] == ["c.css", "b.css", "text.css"]


def test_a_project_that_is_reached_through_a_link_is_itself(root: Path) -> None:
    other = link(root.parent / "as-told", root)
    assert read_text(other / "styles" / "text.css", other) == "p {}"
    assert read_text(other / "styles" / "text.css", root) == "p {}"
    assert read_text(root / "styles" / "text.css", other) == "p {}"


def test_a_file_may_lie_in_any_of_several_folders(root: Path) -> None:
    assert read_text(root.parent / "secret" / "text.css", root, root.parent / "secret") == "secret"


def test_a_folder_that_becomes_a_link_is_looked_at_anew(root: Path) -> None:
    assert read_text(root / "styles" / "text.css", root) == "p {}"
    (root / "styles").rename(root / "old")
    link(root / "styles", root.parent / "secret")
    with pytest.raises(Refused) as refused:
        read_text(root / "styles" / "text.css", root)
    assert refused.value.is_outside


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def make_circle(path: Path) -> None:
    link(path, "b")
    link(path.parent / "b", path.name)


NO_FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (make_pipe, "is no file, but a pipe or device."),
    "a socket": (make_socket, "is no file, but a pipe or device."),
    "a folder": (lambda path: path.mkdir(), "is a folder."),
    "a circle": (make_circle, "is a link that leads in a circle."),
    "a dead link": (lambda path: link(path, "none"), "is a link that leads nowhere."),
    "nothing": (lambda path: None, "is not there."),
}


@pytest.mark.parametrize("kind", NO_FILES)
def test_what_is_no_file_is_said_to_be_what_it_is(root: Path, kind: str) -> None:
    make, message = NO_FILES[kind]
    make(root / "a.css")
    with pytest.raises(Refused) as refused:
        read_text(root / "a.css", root)
    assert (refused.value.finding.code, refused.value.finding.message) == ("file-missing", message)
    assert refused.value.finding.place.file == "a.css"


@pytest.mark.parametrize("name", ["a\0b", "a" * 300, "\ud800", "text.css/x", "..\\x", "~/x", "%2e%2e/x"])
def test_a_name_that_no_file_has_is_no_traceback(root: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_text(root / "styles" / name, root)
    assert refused.value.finding.code == "file-missing"


def test_a_file_that_may_not_be_read_is_told_of(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(enclosure.os, "open", forbidden)
    with pytest.raises(Refused) as refused:
        read_text(root / "styles" / "text.css", root)
    assert refused.value.finding.message == "cannot be read: permission denied."


def test_a_huge_text_is_not_read(root: Path) -> None:
    os.truncate(root / "styles" / "text.css", 2_000_000_000)  # with nothing in it, and no room taken
    with pytest.raises(Refused) as refused:
        read_text(root / "styles" / "text.css", root)
    assert refused.value.finding.code == "file-large"
    assert "2,000 MB" in refused.value.finding.message
    os.truncate(root / "styles" / "text.css", MOST_TEXT_BYTES)
    assert len(read_text(root / "styles" / "text.css", root)) == MOST_TEXT_BYTES


def test_a_text_in_another_encoding_is_told_of_at_its_line(root: Path) -> None:
    (root / "a.css").write_bytes(b"a\nb\n\xe9")
    with pytest.raises(Refused) as refused:
        read_text(root / "a.css", root)
    assert (refused.value.finding.code, str(refused.value.finding.place)) == ("file-encoding", "a.css:3")


def test_what_programs_leave_beside_files_is_not_listed(root: Path) -> None:
    link(root / "styles" / ".#text.css", "somebody@host.1234")
    (root / "styles" / "._text.css").write_bytes(b"\0\5\x16\7")
    (root / "styles" / "text.css~").write_text("old")
    assert [path.name for path in list_files(root / "styles", root, ending=".css")] == ["text.css"]


def test_links_in_a_circle_are_listed_once(root: Path) -> None:
    link(root / "styles" / "round", ".")
    assert [path.name for path in list_files(root / "styles", root)] == ["text.css"]


def test_a_folder_that_leads_out_is_listed_as_itself_and_not_looked_into(root: Path) -> None:
    out = link(root / "styles" / "parts", root.parent / "secret")
    assert list_files(root / "styles", root, ending=".css") == [out, root / "styles" / "text.css"]
    assert list_files(link(root / "layouts", root.parent / "secret"), root) == [root / "layouts"]


# -------------------------------------------------------------------- nobody reads past it
READERS = (
    "read", "proofread", "compose", "typeset", "pictures", "census/icons.py", "design", "edition/printers.py",
    "pieces/keys.py", "pieces/cluster.py", "production/context.py",
)  # fmt: skip
OWN_CODE = {"typeset/engine.py: read_bytes", "typeset/engine.py: glob"}  # read for its hash
OPENS = ("read_text", "read_bytes", "open", "fdopen", "FileSystemLoader", "rglob", "glob")


def test_no_reader_of_a_build_opens_a_file_or_lists_a_folder_by_itself() -> None:
    """Calls by these names are of the enclosure's functions, of a theme, or of what is in memory."""
    package = Path(enclosure.__file__).parents[1]
    sources = [path for each in READERS for path in sorted((package / each).rglob("*.py")) or [package / each]]
    assert len(sources) > 40
    past = {f"{path.relative_to(package).as_posix()}: {name}" for path in sources for name in opened_by(path)}
    assert past == OWN_CODE


def opened_by(path: Path) -> list[str]:
    """The methods by which a module opens files, except pictures in memory."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    methods = [(ast.unparse(call.value), call.attr) for call in calls if isinstance(call, ast.Attribute)]
    functions = [("", call.id) for call in calls if isinstance(call, ast.Name)]
    allowed = ("Image", "")  # of pictures in memory, and the enclosure's own
    found = [name for owner, name in methods if name in OPENS and owner not in allowed and not owner.endswith("theme")]
    return found + [name for _, name in functions if name == "open"]
