"""What a save changes can be looked at before the book is bound, and looks as it does in the book."""

from __future__ import annotations

import io
from collections.abc import Collection
from pathlib import Path

import pypdfium2
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.findings import error
from directory_pub.pieces import Resources, finish_piece
from directory_pub.production.book import Look
from previewing import begun


class Watcher:
    """Somebody who keeps what they look at, and what is told meanwhile."""

    def __init__(self, prints: dict[str, list[str]]) -> None:
        self.prints = prints
        self.looks: list[tuple[Look, bytes]] = []
        self.told: list[str] = []

    def seen(self, name: str) -> Collection[str]:
        return self.prints.get(name, ())

    def look(self, look: Look) -> None:
        self.looks.append((look, look.path.read_bytes()))
        self.told.append(f"look {look.name}")

    def build(self, edition: Path) -> BuildResult:
        out, kept = edition.parent.parent / "out", edition.parent.parent / "kept"
        return build_edition(edition, out, resources=Resources(cache=kept), tell=self.told.append, onlooker=self)


def shows(pdf: bytes, index: int) -> bytes:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return document[index].render(scale=1).to_pil().tobytes()


def change(edition: Path) -> None:
    path = sorted((edition / "entries").glob("*.md"))[0]
    head, _, body = path.read_text("utf-8").rpartition("\n\n")
    path.write_text(f"{head}\n\nAltogether: {body}", "utf-8")


@pytest.mark.slow
def test_a_changed_page_is_seen_before_the_book_is_written(tmp_path: Path, harbour: BuildResult) -> None:
    edition = begun(tmp_path, harbour)
    first = Watcher({})
    assert not first.build(edition).failed
    assert [look.name for look, _ in first.looks] == ["email", "press"], "who has seen nothing sees the whole book"
    change(edition)

    then = Watcher({look.name: look.prints for look, _ in first.looks})
    assert not then.build(edition).failed
    assert [each for each in then.told if each.startswith(("look", "write"))] == [
        "look email", "look press", "write email", "look email", "write press", "look press",
    ]  # fmt: skip
    for (few, pdf), (whole, book) in zip(then.looks[:2], (then.looks[2], then.looks[3]), strict=True):
        assert few.prints == whole.prints
        new = [print_ for print_ in whole.prints if print_ not in then.prints[few.name]]
        assert 0 < len(new) < len(whole.prints) / 2
        assert len(few.indexes) < len(whole.indexes) / 2
        for print_ in new:
            assert shows(pdf, few.indexes[print_]) == shows(book, whole.indexes[print_])


@pytest.mark.slow
def test_where_most_pages_are_new_the_book_is_waited_for(tmp_path: Path, harbour: BuildResult) -> None:
    edition = begun(tmp_path, harbour)
    first = Watcher({})
    first.build(edition)
    then = Watcher({look.name: [f"{each}, before" for each in look.prints] for look, _ in first.looks})
    then.build(edition)
    assert [look.name for look, _ in then.looks] == ["email", "press"]


@pytest.mark.slow
def test_a_changed_page_is_seen_before_it_is_checked_and_not_delivered_unless_it_is_right(
    tmp_path: Path, harbour: BuildResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = begun(tmp_path, harbour)
    first = Watcher({})
    assert not first.build(edition).failed
    change(edition)

    then = Watcher({look.name: look.prints for look, _ in first.looks})
    with monkeypatch.context() as patch:
        fault = error("words-lost", harbour.edition.place, "as if it were so.", "Nothing.")  # type: ignore[union-attr]
        patch.setattr(finish_piece, "check_pages", lambda *_, **__: then.told.append("check pages") or [fault])
        assert then.build(edition).failed
    steps = [each for each in then.told if each.startswith(("look", "check"))]
    assert steps == ["look email", "look press", "check pages", "look PROOF"]

    again = Watcher(then.prints)
    assert not again.build(edition).failed, "nothing is kept of a page whose check found something"
    for (few, pdf), (whole, book) in zip(again.looks[:2], (again.looks[2], again.looks[3]), strict=True):
        new = [print_ for print_ in few.indexes if print_ not in again.prints[few.name]]
        assert new
        assert all(shows(pdf, few.indexes[each]) == shows(book, whole.indexes[each]) for each in new)
