"""The book bound of pieces equals the book set whole: pixel for pixel, tag for tag, link for link."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from directory_pub.bind.folio_placeholders import fill
from directory_pub.build import BuildResult, build_edition
from directory_pub.edition.flatplan import Fit
from directory_pub.edition.targets import EMAIL, PRESS, Target
from directory_pub.findings import Place, error
from directory_pub.pieces import BuildStopped, PieceBook, Resources
from project import HARBOUR, apply_change, copy_project, kept_pieces
from reading import Tag, read_tags
from reference.whole_book import WholeBook, build_whole, prove_whole
from small_book import write_small

Facts = dict[str, Any]


def fits_of(made: BuildResult) -> dict[str, Fit]:
    assert made.book is not None
    return dict(made.book.fits)


def delivered(result: BuildResult) -> BuildResult:
    assert not result.failed, "\n".join(str(finding) for finding in result.report if finding.severity == "error")
    return result


@pytest.fixture(
    scope="module",
    params=[pytest.param("book_2020", marks=pytest.mark.slow), "harbour", "harbour on A5", "harbour on A6"],
)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[BuildResult, WholeBook]:
    """The same edition, bound of pieces and set whole."""
    folder = tmp_path_factory.mktemp("both")
    if " on " in request.param:
        trim = request.param.rpartition(" ")[2]
        edition = copy_project(folder)
        apply_change(folder, {"file": "content/harbour/edition.yaml", "replace": "trim: A4", "with": f"trim: {trim}"})
        # Only who sets it alone knows what room there is for a picture below the text.
        entry = "content/harbour/entries/north-quay.md"
        apply_change(folder, {"file": entry, "replace": "  file: quay.jpg\n", "with": "  file: quay.jpg\n  size: tile\n"})
        made = delivered(build_edition(edition, folder / "pieces"))
    else:
        made = request.getfixturevalue(request.param)
        edition = made.edition.folder
    return made, build_whole(edition, folder / "whole", fits=fits_of(made))


@pytest.mark.quick("harbour-*")
# -------------------------------------------------------------------- the same book
@pytest.mark.quick("harbour-email")
@pytest.mark.parametrize("target", ["press", "email"])
def test_every_page_is_the_same_pixel_for_pixel(both: tuple[BuildResult, WholeBook], target: str) -> None:
    pieces, whole = (pypdfium2.PdfDocument(result.files[target]) for result in both)
    assert len(pieces) == len(whole) > 4
    for index in range(len(whole)):
        one, other = (document[index].render(scale=1.5).to_pil() for document in (pieces, whole))
        assert ImageChops.difference(one, other).getbbox() is None, f"page {index + 1}"


@pytest.mark.quick("harbour")
def test_the_structure_tree_is_the_same(both: tuple[BuildResult, WholeBook]) -> None:
    pieces, whole = (read_tags(result.files["email"]) for result in both)
    assert shape(pieces.document) == shape(whole.document)
    assert pieces.artifacts == whole.artifacts


def shape(tag: Tag) -> tuple[Any, ...]:
    """A tag with its text, pages and links, all the way down."""
    kids: list[Any] = []
    for kid in tag.kids:
        if isinstance(kid, Tag):
            kids.append(shape(kid))
        elif isinstance(kid, str):
            kids.append(kid)
        else:
            area = tuple(round(float(edge), 2) for edge in kid["/Rect"])
            kids.append((str(kid["/Contents"]), area, str(kid["/A"]["/URI"]) if "/A" in kid else "inside"))
    entries = tuple(str(tag.entries.get(key)) for key in ("/Lang", "/Alt", "/ID", "/A"))
    return (tag.role, tuple(sorted(tag.pages)), entries, tuple(kids))


@pytest.mark.quick("harbour")
def test_names_bookmarks_labels_and_links_lead_to_the_same_places(both: tuple[BuildResult, WholeBook]) -> None:
    pieces, whole = (leading(result.files["email"]) for result in both)
    assert pieces == whole
    assert pieces["names"]
    assert pieces["bookmarks"]
    assert pieces["links"]


def leading(path: Path) -> Facts:
    """Where everything in a file leads: page indexes, and places to a hundredth of a point."""
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}

        def place(destination: Any) -> Any:
            places = list(destination.D if isinstance(destination, pikepdf.Dictionary) else destination)
            return (pages[places[0].objgen], [round(float(each), 2) for each in places[2:] if each is not None])

        def marks(items: Any) -> Iterator[Any]:
            for item in items:
                yield (str(item.title), place(item.destination), list(marks(item.children)))

        with pdf.open_outline() as outline:
            bookmarks = list(marks(outline.root))
        links = [
            (
                index,
                [round(float(edge), 2) for edge in link.Rect],
                str(link.Dest) if isinstance(link.Dest, pikepdf.String) else place(link.Dest),
            )
            for index, page in enumerate(pdf.pages)
            for link in page.obj.get("/Annots", [])
            if "/Dest" in link
        ]
        names = {name: place(each) for name, each in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        return {
            "names": names,
            "bookmarks": bookmarks,
            "links": links,
            "labels": [page.label for page in pdf.pages],
        }


@pytest.mark.quick("harbour")
def test_each_face_and_profile_is_there_once(both: tuple[BuildResult, WholeBook]) -> None:
    for target in ("press", "email"):
        pieces, whole = (faces(result.files[target]) for result in both)
        assert pieces == whole
        assert len(set(pieces)) == len(pieces)


def faces(path: Path) -> list[str]:
    """The names of the font programs and profiles in a file."""
    with pikepdf.open(path) as pdf:
        found = [
            str(each.FontName) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each
        ]
        found += [
            f"profile {each.N}"
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and "/N" in each and "/Type" not in each
        ]
        return sorted(found)


# -------------------------------------------------------------------- one entry edited
@pytest.fixture
def kept(harbour: BuildResult, tmp_path: Path) -> Callable[..., BuildResult]:
    """Builds a copy of the made-up edition, whose pieces are kept, after changes."""
    edition = copy_project(tmp_path / "project")
    kept_pieces(harbour, tmp_path)

    def build(*changes: dict[str, Any], **resources: Any) -> BuildResult:
        for change in changes:
            apply_change(tmp_path / "project", change)
        resources = {"cache": tmp_path / "kept", **resources}
        return delivered(build_edition(edition, tmp_path / "out", resources=Resources(**resources)))

    return build


QUAY = "content/harbour/entries/north-quay.md"


def test_an_unchanged_book_sets_nothing_and_an_edited_entry_sets_itself(
    kept: Callable[..., BuildResult], tmp_path: Path
) -> None:
    first = kept(cache=tmp_path / "new")
    assert first.pieces_kept == []
    before = first.files["email"].read_bytes()
    again = kept(cache=tmp_path / "new")
    assert again.pieces_set == {}
    assert again.files["email"].read_bytes() == before
    edited = kept({"file": QUAY, "replace": "oldest of the towns", "with": "newest of the towns"})
    assert edited.pieces_set == {"north-quay": "its text changed"}


@pytest.mark.slow
def test_entries_behind_an_added_page_are_not_set_again(kept: Callable[..., BuildResult], tmp_path: Path) -> None:
    """The tide office takes one more page: the others open on the other side, with other folios and the same notes."""
    more = "\n\n".join(f"Paragraph {number} of a long report on tides, gauges and tables. " * 8 for number in range(14))
    office = "content/harbour/offices/tide-office.md"
    text = (tmp_path / "project" / office).read_text("utf-8")
    kept()
    grown = kept({"file": office, "write": f"{text}\n\n{more}\n"})
    set_anew = {name for name in grown.pieces_set if not name.startswith("folios ")}
    assert set_anew <= {"tide-office", "notes"}
    assert "tide-office" in grown.pieces_set
    assert {"contents", "north-quay", "lantern-league", "towns"} <= set(grown.pieces_kept)
    same_as_whole(grown, tmp_path)


@pytest.mark.slow
def test_what_was_made_ahead_is_not_finished_when_pages_change_sides(harbour: BuildResult, tmp_path: Path) -> None:
    edition = copy_project(tmp_path / "project")
    kept_pieces(harbour, tmp_path)
    office = edition / "offices/tide-office.md"
    finished: list[int] = []

    def build() -> BuildResult:
        steps: dict[str, int] = {}
        resources = Resources(cache=tmp_path / "kept", jobs=1)
        made = build_edition(
            edition,
            tmp_path / "out",
            resources=resources,
            show=lambda progress: steps.update({progress.step: progress.total - progress.kept}),
        )
        finished.append(steps["finish"])
        return delivered(made)

    first = build()
    assert list(first.ahead)
    assert list(first.ahead) == []
    more = " ".join(["One more of many words in a long report."] * 90)
    office.write_text(f"{office.read_text('utf-8')}\n\n{more}\n", "utf-8")
    grown = build()
    before, after = (
        next(piece.pages[0] for piece in made.book.pieces if piece.key == "north-quay") for made in (first, grown)
    )
    assert (after - before) % 2 == 1
    anew = [name for name in grown.pieces_set if name.startswith("folios ")]
    assert finished[1] == 1 + len(anew), "the office and folios, and no entry behind it"


def same_as_whole(made: BuildResult, tmp_path: Path) -> None:
    """Every page of both files to the pixel, every tag and link."""
    whole = build_whole(made.edition.folder, tmp_path / "whole", fits=fits_of(made))
    for target in ("press", "email"):
        pieces, reference = (pypdfium2.PdfDocument(each.files[target]) for each in (made, whole))
        assert len(pieces) == len(reference)
        for index in range(len(reference)):
            one, other = (document[index].render(scale=1.5).to_pil() for document in (pieces, reference))
            assert ImageChops.difference(one, other).getbbox() is None, f"page {index + 1}"
    tags = [read_tags(each.files["email"]) for each in (made, whole)]
    assert shape(tags[0].document) == shape(tags[1].document)
    assert tags[0].artifacts == tags[1].artifacts
    assert leading(made.files["email"]) == leading(whole.files["email"])


# -------------------------------------------------------------------- contents
CONTENTS_CSS = "styles/pages/contents.css"
TALL_ROWS = {
    "file": CONTENTS_CSS,
    "replace": "li { padding: 0 0 var(--unit);",
    "with": "li { padding: 0 0 50mm;",
}
PROPORTIONAL = {
    "file": CONTENTS_CSS,
    "replace": 'font-feature-settings: "tnum"',
    "with": 'font-feature-settings: "pnum"',
}


@pytest.mark.slow
def test_contents_of_many_pages_is_set_in_parts_and_is_one_list(
    kept: Callable[..., BuildResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory_pub.pieces.set_piece._ROWS", 4)
    made = kept(TALL_ROWS)
    parts = [name for name in made.pieces_set if name.startswith("contents")]
    assert len(parts) > 1
    same_as_whole(made, tmp_path)
    assert len([piece for piece in made.book.pieces if piece.kind == "contents"]) == 1


@pytest.mark.slow
def test_rows_that_a_layout_does_not_number_are_set_together(
    kept: Callable[..., BuildResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory_pub.pieces.set_piece._ROWS", 2)
    unnumbered = {"file": "layouts/pages/contents.html.j2", "replace": ' data-row="{{ row.number }}"', "with": ""}
    made = kept(TALL_ROWS, unnumbered)
    assert [name for name in made.pieces_set if name.startswith("contents")] == ["contents"]
    same_as_whole(made, tmp_path)


@pytest.mark.slow
def test_a_name_edited_sets_the_part_of_the_contents_that_has_it(
    kept: Callable[..., BuildResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory_pub.pieces.set_piece._ROWS", 4)
    kept(TALL_ROWS)
    edited = kept({"file": "content/harbour/entries/lantern-league.md", "replace": "Lantern", "with": "Lanterns"})
    parts = [name for name in (*edited.pieces_set, *edited.pieces_kept) if name.startswith("contents")]
    assert "contents" in edited.pieces_kept
    assert any(name in edited.pieces_set for name in parts)


@pytest.mark.slow
def test_where_figures_cannot_be_filled_in_contents_is_set_with_its_folios(
    kept: Callable[..., BuildResult], tmp_path: Path
) -> None:
    """Figures of several widths: a row's leaders end where its own folio begins."""
    same_as_whole(kept(PROPORTIONAL), tmp_path)
    office = "content/harbour/offices/tide-office.md"
    text = (tmp_path / "project" / office).read_text("utf-8")
    grown = kept({"file": office, "write": text + "\n\nOne more of many words. " * 400})
    assert grown.pieces_set["contents"] == "its text changed"
    same_as_whole(grown, tmp_path)


@pytest.mark.slow
def test_an_added_note_sets_the_entries_whose_numbers_change(kept: Callable[..., BuildResult]) -> None:
    kept()
    office = "content/harbour/offices/tide-office.md"
    edited = kept(
        {"file": office, "replace": "before the equinox.", "with": "before the equinox.[^new]\n\n[^new]: Or after it."}
    )
    assert {"tide-office", "north-quay"} <= set(edited.pieces_set)
    assert "lantern-league" in edited.pieces_kept  # it has no notes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"file": "styles/text.css", "replace": "orphans: 2", "with": "orphans: 1"},
            "the sheets, faces or engine changed",
        ),
        (
            {"file": "content/harbour/photos/quay.jpg", "picture": {"size": [700, 500]}},
            "a picture or its artwork changed",
        ),
    ],
    ids=["sheet", "picture"],
)
def test_a_piece_that_is_set_again_has_a_reason(
    kept: Callable[..., BuildResult], change: dict[str, Any], reason: str
) -> None:
    kept()
    assert kept(change).pieces_set["north-quay"] == reason


# -------------------------------------------------------------------- kept files that are not as they were
def cut_short(files: list[Path]) -> None:
    for path in files:
        path.write_bytes(path.read_bytes()[:-20])


def overwritten(files: list[Path]) -> None:
    for path in files:
        path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)


def emptied(files: list[Path]) -> None:
    for path in files:
        path.write_bytes(b"")


def swapped(files: list[Path]) -> None:
    """Each file is whole, but has the content of its neighbour."""
    contents = [path.read_bytes() for path in files]
    for path, content in zip(files, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)


def gone(files: list[Path]) -> None:
    for path in files:
        path.unlink()


Damage = Callable[[list[Path]], None]


@pytest.fixture(scope="module")
def once_kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """The folder of a small edition with a photo, built once with a store beside it, and the bytes of its files."""
    folder = tmp_path_factory.mktemp("once")
    photo = "photo: {file: quay.jpg, alt: A quay.}"
    entries = {
        "quay": f"---\nname: Quay\nmark: guest\n{photo}\n---\n\nBoats lie here.",
        "mole": "Waves break here.[^a]\n\n[^a]: All year.",
    }
    edition = write_small(folder / "edition", entries)
    shutil.copytree(HARBOUR / "photos", edition / "photos")
    first = delivered(build_edition(edition, folder / "out", resources=Resources(cache=folder / "kept")))
    return folder, {name: path.read_bytes() for name, path in first.files.items()}


@pytest.fixture
def damaged(
    once_kept: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> Callable[[Damage, Callable[[list[Path]], list[Path]]], BuildResult]:
    """Builds that edition again from a copy of its store, some files of which were damaged."""
    folder, before = once_kept
    kept = Path(shutil.copytree(folder / "kept", tmp_path / "kept"))

    def build(damage: Damage, choose: Callable[[list[Path]], list[Path]], **demands: Any) -> BuildResult:
        chosen = choose(sorted(path for path in kept.rglob("*") if path.is_file()))
        assert chosen
        damage(chosen)
        made = build_edition(folder / "edition", tmp_path / "out", resources=Resources(cache=kept), **demands)
        assert list(made.report) == []
        if not demands:
            assert {name: path.read_bytes() for name, path in made.files.items()} == before
        return made

    return build


def is_record(path: Path) -> bool:
    """Whether a file says what each piece was set from."""
    return b"_Remembered" in path.read_bytes()[:200]


def is_answers(path: Path) -> bool:
    """Whether a file has answers about the content."""
    return b"dict[str, bytes]" in path.read_bytes()[:200]


DAMAGES = [cut_short, overwritten, emptied, swapped, gone]


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("share", [1, 3, 50], ids=lambda share: f"one in {share}")
def test_whatever_is_done_to_kept_files_the_next_build_gives_the_same_bytes(
    damaged: Callable[..., BuildResult], damage: Damage, share: int
) -> None:
    """From every file of the store down to one in fifty: parts, records and answers."""
    damaged(damage, lambda files: files[::share])


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_and_foreign_files_are_thrown_away_and_set_anew(
    damaged: Callable[..., BuildResult], damage: Damage
) -> None:
    again = damaged(damage, lambda files: [path for path in files if not is_record(path)])
    assert again.pieces_kept == []
    assert again.pieces_set
    assert set(again.pieces_set.values()) == {"its kept copy is gone or damaged"}
    after = damaged(damage, lambda files: [path for path in files if is_answers(path)])
    assert after.pieces_set == {}, "what was made instead is stored"


@pytest.mark.parametrize("damage", [emptied, gone])
def test_a_record_that_is_gone_sets_nothing_anew(damaged: Callable[..., BuildResult], damage: Damage) -> None:
    again = damaged(damage, lambda files: [path for path in files if is_record(path)])
    assert again.pieces_set == {}


@pytest.mark.slow
@pytest.mark.parametrize("damage", [cut_short, gone])
@pytest.mark.parametrize("which", ["everything", "set pieces"])
def test_a_file_of_lighter_pictures_is_made_although_the_store_is_damaged(
    damaged: Callable[..., BuildResult], once_kept: tuple[Path, dict[str, bytes]], damage: Damage, which: str
) -> None:
    """Pieces with pictures of another quality are finished from set pieces that this build has not yet read."""

    def choose(files: list[Path]) -> list[Path]:
        return [path for path in files if which == "everything" or b"\xa3pdf" in path.read_bytes()[:200]]

    limit = len(once_kept[1]["email"]) - 500
    made = damaged(damage, choose, email_limit_bytes=limit)
    assert made.files["email"].stat().st_size <= limit
    assert made.files["press"].read_bytes() == once_kept[1]["press"]


def test_harbour_is_the_edition_that_is_built_here(harbour: BuildResult) -> None:
    """Tests in other files see pieces that are set, not read from a store."""
    assert harbour.pieces_kept == []
    assert harbour.pieces_set
    assert HARBOUR.name == "harbour"


@pytest.mark.slow
def test_a_proof_of_pieces_is_that_of_the_whole_pixel_for_pixel(tmp_path: Path) -> None:
    edition = copy_project(tmp_path / "project")
    entry = edition / "entries" / "north-quay.md"
    entry.write_text(entry.read_text("utf-8") + "\n[A link](#nowhere-at-all) that is broken.\n", "utf-8")
    made = build_edition(edition, tmp_path / "made")
    assert [finding.code for finding in made.report if finding.severity == "error"] == ["reference-broken"]
    assert list(made.files) == ["PROOF"]
    with pypdfium2.PdfDocument(made.files["PROOF"]) as one, pypdfium2.PdfDocument(prove_whole(edition, fits_of(made))) as other:
        assert len(one) == len(other)
        for page, same in zip(one, other, strict=True):
            looks = [each.render(scale=1).to_pil() for each in (page, same)]
            assert ImageChops.difference(*looks).getbbox() is None
            assert "PROOF" in page.get_textpage().get_text_bounded()


@pytest.mark.slow
@pytest.mark.parametrize("target", [PRESS, EMAIL])
@pytest.mark.parametrize("fault", ["another folio", "none"])
def test_a_folio_filled_in_wrongly_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: Target, fault: str
) -> None:
    def fill_wrongly(content: bytes, placeholders: Any, folios: dict[str, int]) -> bytes:
        wrong = {} if fault == "none" else {key: folio + (key == "north-quay") for key, folio in folios.items()}
        return fill(content, placeholders, wrong)

    monkeypatch.setattr("directory_pub.bind.assemble.fill", fill_wrongly)
    made = build_edition(copy_project(tmp_path / "project"), tmp_path / "out", targets=(target,))
    assert {finding.code for finding in made.report if finding.severity == "error"} == {"book-unlike-pieces"}
    assert list(made.files) == ["PROOF"]


@pytest.mark.slow
def test_a_crash_while_lighter_pictures_are_made_is_a_finding_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = PieceBook._finish
    crash = error("piece-crashed", Place(file="layouts/parts/entry.html.j2"), "a process ended.", "Look at it.")

    def finish_once(book: PieceBook, placed: Any, targets: Any, quality: Any = None) -> None:
        if quality is not None:
            book.complaints.append(crash)
            raise BuildStopped
        finish(book, placed, targets, quality)

    monkeypatch.setattr(PieceBook, "_finish", finish_once)
    made = build_edition(copy_project(tmp_path / "project"), tmp_path / "out", email_limit_bytes=60_000)
    assert [finding for finding in made.report if finding.severity == "error"] == [crash]
    assert made.failed
    assert made.files == {}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.json"]
