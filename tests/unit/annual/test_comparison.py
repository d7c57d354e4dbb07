"""Two editions side by side: every kind of change is told, once, and nothing that is read as the same."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory_pub.annual import Comparison, compare_editions, comparison_rows
from directory_pub.annual.comparison import PageComparison
from directory_pub.annual.parts import Change
from directory_pub.begin import Wanted, begin_edition
from directory_pub.edition.model import Entry, Publisher, TextPage
from directory_pub.edition.pictures import Photo
from project import draw_picture
from small_book import write_small
from two_years import change, copy_2020, two_years


def compare(before: Path, after: Path) -> Comparison:
    comparison, findings = compare_editions(before, after)
    assert comparison is not None, findings
    return comparison


def shown(changes: tuple[Change, ...]) -> list[str]:
    """Changes as ``name how: words``."""
    marks = {"out": "[-{}-]", "in": "{{+{}+}}"}
    return [
        f"{each.name} {each.how}: {' '.join(marks.get(part.kind, '{}').format(part.text) for part in each.words)}"
        for each in changes
    ]


def entry(comparison: Comparison, key: str) -> PageComparison:
    (found,) = [each for each in comparison.entries if key in each.key]
    return found


def bodies(folder: Path, before: str, after: str) -> PageComparison:
    """The comparison of one entry with two bodies."""
    old, new = (write_small(folder / name, {"rye": body}) for name, body in (("2027", before), ("2028", after)))
    (found,) = compare(old, new).entries
    return found


# -------------------------------------------------------------------- a whole edition
@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compare(*two_years(tmp_path_factory.mktemp("two-years")))


def test_every_entry_has_its_state(compared: Comparison) -> None:
    assert compared.counts == {"unchanged": 10, "changed": 5, "new": 1, "dropped": 1, "unread": 0}
    assert entry(compared, "harbour-league").status == "new"
    assert entry(compared, "rainbow-cities").status == "dropped"
    assert [each.key[1] for each in compared.entries if each.status == "changed"] == [
        "eurocities", "aimf", "metropolis", "platforma-network", "uclg",
    ]  # fmt: skip


def test_words_names_and_contact_rows_of_an_entry_are_told_with_their_lines(compared: Comparison) -> None:
    metropolis = entry(compared, "metropolis")
    assert metropolis.name == ("Metropolis", "Metropolis Network")
    assert shown(metropolis.changes) == [
        "name changed: Metropolis {+Network+}",
        "phone changed: +34 93 342 94 [-60-] {+61+}",
        "mail new: {+office@example.org+}",
        "text changed: Currently, Metropolis has [-141-] {+146+} members worldwide. Any public … "
        "at least 1 million [-inhabitants..-] {+inhabitants.+}",
    ]
    assert [each.lines for each in metropolis.changes] == [(2, 2), (7, 7), (None, 8), (14, 15)]


def test_a_key_that_is_another_for_the_same_name_is_no_new_entry(compared: Comparison) -> None:
    assert entry(compared, "platforma").key == ("platforma", "platforma-network")
    assert shown(entry(compared, "platforma").changes) == ["key changed: [-platforma-] {+platforma-network+}"]


def test_an_entry_in_another_section_has_moved(compared: Comparison) -> None:
    assert shown(entry(compared, "eurocities").changes) == ["section changed: [-THE DIRECTORY-] {+ORGANIZERS+}"]


def test_another_picture_is_told_also_under_the_same_name(compared: Comparison) -> None:
    assert shown(entry(compared, "aimf").changes) == ["photo changed: quay.jpg: another picture under this name"]
    assert shown(entry(compared, "uclg").changes) == ["photo changed: [-hall.jpg-] {+city-hall.jpg+}"]


def test_another_picture_on_the_cover_and_another_logo_are_told(tmp_path: Path) -> None:
    before = copy_2020(tmp_path)
    (before / "photos").mkdir()
    for name in ("cover.png", "logo.png"):
        draw_picture(before / "photos" / name, [40, 40], kind="PNG")
    change(before / "edition.yaml", "cover:\n", "cover:\n  picture: {file: cover.png, alt: A quay.}\n")
    change(
        before / "front-matter" / "imprint.md", "publisher:\n", "publisher:\n  logo: {file: logo.png, alt: A hub.}\n"
    )
    after = Path(shutil.copytree(before, before.with_name("2021")))
    assert compare(before, after).sheet == ()
    for name in ("cover.png", "logo.png"):
        draw_picture(after / "photos" / name, [40, 41], kind="PNG")
    change(after / "front-matter" / "imprint.md", "A hub.", "The hub.")
    told = compare(before, after)
    assert shown(told.sheet) == ["cover.picture changed: cover.png: another picture under this name"]
    assert shown(told.pages[1].changes) == [
        "publisher.logo.alt changed: [-A-] {+The+} hub.",
        "publisher.logo changed: logo.png: another picture under this name",
    ]


def test_fields_of_the_sheet_and_front_matter_are_compared(compared: Comparison) -> None:
    assert shown(compared.sheet) == [
        "key changed: [-international-city-networks-directory-2020-] {+international-city-networks-directory-2021+}",
        "year changed: [-2020-] {+2021+}",
        "cover.event changed: IN FOCUS: [-SDG 11 DAY-] {+A GREEN RECOVERY+}",
        "section the-directory title changed: THE [-DIRECTORY-] {+NETWORKS+}",
    ]
    assert [(page.key[1], page.status) for page in compared.pages] == [("preface", "unchanged"), ("imprint", "changed")]
    assert shown(compared.pages[1].changes) == [
        "mail changed: [-info@genevacitieshub.org-] {+office@example.org+}",
        "text changed: © Geneva Cities Hub, [-2020-] {+2021+}",
    ]


def test_an_edition_beside_itself_or_its_copy_is_unchanged(tmp_path: Path) -> None:
    edition = copy_2020(tmp_path)
    copy = Path(shutil.copytree(edition, edition.with_name("copy")))
    for other in (edition, copy):
        comparison = compare(edition, other)
        assert comparison.counts["unchanged"] == len(comparison.entries) == 16
        assert comparison.sheet == ()
        assert {page.status for page in comparison.pages} == {"unchanged"}


def test_the_json_has_the_whole_values_and_what_of_them_is_another(compared: Comparison) -> None:
    rows = comparison_rows(compared)
    assert rows["counts"] == compared.counts
    row = next(each for each in rows["entries"] if each["key_after"] == "metropolis")
    assert (row["status"], row["name_before"], row["section_after"]) == ("changed", "Metropolis", "THE NETWORKS")
    assert row["changes"][1] == {
        "what": "contact", "name": "phone", "how": "changed",
        "before": "+34 93 342 94 60", "after": "+34 93 342 94 61", "line_before": 7, "line_after": 7,
        "words": [["same", "+34 93 342 94"], ["out", "60"], ["in", "61"]],
    }  # fmt: skip
    assert "eligible urban areas must have" in row["changes"][3]["before"]


# -------------------------------------------------------------------- what is read
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One two three.", "One\ntwo\nthree."),
        ("One two.", "One  two."),
        ("One.\n\nTwo.", "One.\n\n\n\nTwo.\n"),
        ("*One* two.", "_One_ two."),
        ("- one\n- two", "* one\n* two"),
        ("One.[^a]\n\n[^a]: A note.", "One.[^other]\n\n[^other]: A\n    note."),
        ("One <!-- who? --> two.", "One two."),
        ("See https://example.org/a.", "See <https://example.org/a>."),
        ("A & B.", "A &amp; B."),
    ],
)
def test_what_is_typed_otherwise_and_read_as_the_same_is_no_change(tmp_path: Path, before: str, after: str) -> None:
    assert bodies(tmp_path, before, after).changes == ()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("One two.", "One **two.**", "text changed: One [-two.-] {+**two.**+}"),
        ("## HEAD\n\nOne.", "### HEAD\n\nOne.", "text changed: [-##-] {+###+} HEAD"),
        ("One.", "- One.", "text changed: {+-+} One."),
        ("1. One.", "2. One.", "text changed: [-1.-] {+2.+} One."),
        ("[One](https://example.org/a).", "[One](https://example.org/b).",
         "text changed: [-[One](https://example.org/a).-] {+[One](https://example.org/b).+}"),
        ("[Un]{lang=fr} deux.", "[Un]{lang=nl} deux.", "text changed: [-[Un]{lang=fr}-] {+[Un]{lang=nl}+} deux."),
        ("One.[^a]\n\n[^a]: A note.", "One.[^a]\n\n[^a]: A late note.", "text changed: [^]: A {+late+} note."),
        ("> “One.”\n>\n> — **ADA,** DIRECTOR", "> “One.”\n>\n> — **ADA,** CHAIR",
         "text changed: > — **ADA,** [-DIRECTOR-] {+CHAIR+}"),
        ("One\\\ntwo.", "One two.", "text changed: One [-↵-] two."),
        ("Year\n: Then.", "Year\n: Now.", "text changed: : [-Then.-] {+Now.+}"),
        ("One.\n\nTwo.", "One.", "text dropped: [-Two.-]"),
        ("One.", "One.\n\nTwo.\n\nThree.", "text new: {+Two. ¶ Three.+}"),
        ("10 km.", "10\u00a0km.", "text changed: [-10 km.-] {+10\u00a0km.+}"),
    ],
)  # fmt: skip
def test_what_is_read_otherwise_is_a_change(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert shown(bodies(tmp_path, before, after).changes) == [told]


def test_contact_rows_are_told_one_by_one(tmp_path: Path) -> None:
    def head(*rows: str) -> str:
        return "\n".join(["---", "name: Rye", "contact:", *(f"  - {row}" for row in rows), "---", "", "One."])

    before = head("web: a.example.org", "phone: +41 1", "mail: a@example.org", "fax: +41 9", "address: Quay 1")
    after = head("mail: a@example.org", "web: a.example.org", "phone: +41 2", "address: Quay 1", "phone: +41 3",
                 "social: {network: mastodon, handle: '@rye@example.org'}")  # fmt: skip
    told = bodies(tmp_path, before, after).changes
    assert shown(told) == [
        "web moved: a.example.org",
        "phone changed: +41 [-1-] {+2+}",
        "phone new: {++41 3+}",
        "fax dropped: [-+41 9-]",
        "social new: {+mastodon @rye@example.org+}",
    ]
    assert [each.what for each in told] == ["contact"] * 5


def test_the_order_of_entries_is_told_and_a_section_is_known_by_its_title(tmp_path: Path) -> None:
    edition = copy_2020(tmp_path)
    copy = Path(shutil.copytree(edition, edition.with_name("2021")))
    change(copy / "edition.yaml", "      - uclg\n", "")
    change(copy / "edition.yaml", "      - cities-alliance\n", "      - uclg\n      - cities-alliance\n")
    change(copy / "edition.yaml", "  - key: organizers\n", "  - key: hosts\n")
    told = compare(edition, copy)
    assert told.counts["unchanged"] == 16
    assert shown(told.sheet) == [
        "section organizers key changed: [-organizers-] {+hosts+}",
        "order of “THE DIRECTORY” changed: {+United Cities and Local Governments+} Cities Alliance · Covenant of "
        "Mayors for Climate and Energy – Europe Office · Eurocities · Global City Network … Metropolis · Open and "
        "Agile Smart Cities · Platforma · Rainbow Cities Network [-United Cities and Local Governments-] Women "
        "Transforming Cities International Society",
    ]


def test_two_entries_of_one_name_are_not_taken_for_a_third(tmp_path: Path) -> None:
    head = "---\nname: Rye\n---\n\nOne."
    old = write_small(tmp_path / "2027", {"rye": head})
    new = write_small(tmp_path / "2028", {"rye-1": head, "rye-2": head})
    assert compare(old, new).counts == {"unchanged": 0, "changed": 0, "new": 2, "dropped": 1, "unread": 0}


def test_what_is_not_printed_is_no_change(tmp_path: Path) -> None:
    query = "queries:\n  - at: One\n    query: Is it?\n"
    before, after = f"---\nname: Rye\n{query}---\n\nOne.", "---\nname: Rye\nconfirmed: 2028-01-01\n---\n\nOne."
    found = bodies(tmp_path, before, after)
    assert (found.status, found.confirmed) == ("unchanged", "2028-01-01")


def test_fields_of_an_editions_own_and_the_place_are_compared(tmp_path: Path) -> None:
    more = "fields:\n  founded: {label: Founded, type: date}\n  topics: {label: Topics, type: list}\n"
    head = "---\nname: Rye\nplace: {}\nfounded: 1887\n{}---\n\nOne."
    old = write_small(tmp_path / "2027", {"rye": head.format("Northport", "")}, more=more)
    new = write_small(tmp_path / "2028", {"rye": head.format("Southport", "topics: [Water, Boats]\n")}, more=more)
    (found,) = compare(old, new).entries
    assert shown(found.changes) == ["place changed: [-Northport-] {+Southport+}", "topics new: {+Water, Boats+}"]
    assert [each.lines for each in found.changes] == [(3, 3), (None, 5)]


def test_what_edition_yaml_declares_is_compared(tmp_path: Path) -> None:
    entries = {"rye": "One."}
    old = write_small(tmp_path / "2027", entries, more="fields:\n  hours: {label: Hours}\n")
    new = write_small(tmp_path / "2028", entries, more="fields:\n  hours: {label: Open}\n")
    comparison = compare(old, new)
    assert [change for change in shown(comparison.sheet) if change.startswith("fields")] == [
        "fields.hours.label changed: [-Hours-] {+Open+}"
    ]


def test_every_field_of_the_model_is_compared_or_known_not_to_be_printed() -> None:
    compared = {
        Entry: "key name short subtitle mark motif language country photo logo photos closing_photo contact body level locality values see_also show qr sort",
        TextPage: "key kind title picture publisher body show qr",
        Photo: "file alt credit focus fit caption size",
        Publisher: "name wordmark address contact logo",
    }
    apart = "place body_place places digest note_count file_place queries confirmed names_folios name_breaks stays"
    for kind, names in compared.items():
        assert set(kind.__struct_fields__) - set(apart.split()) == set(names.split()), kind


# -------------------------------------------------------------------- editions with errors
def test_of_an_edition_with_errors_all_is_compared_that_can_be_read(tmp_path: Path) -> None:
    before, after = two_years(tmp_path)
    (after / "entries" / "uclg.md").write_text("---\nname: [\n---\n\nOne.\n")
    (after / "entries" / "aimf.md").unlink()
    (after / "entries" / "iclei-europe.md").write_bytes(b"---\nname: \xff\n---\n")
    comparison = compare(before, after)
    assert comparison.after.unread == {"uclg", "aimf", "iclei-europe"}
    assert comparison.counts == {"unchanged": 9, "changed": 3, "new": 1, "dropped": 1, "unread": 3}
    assert not comparison.is_whole
    told = {(finding.code, finding.place.file) for finding in comparison.after.errors}
    assert {("yaml-syntax", "content/2021/entries/uclg.md"), ("entry-missing", "content/2021/edition.yaml"),
            ("file-encoding", "content/2021/entries/iclei-europe.md")} <= told  # fmt: skip
    assert comparison.before.errors == ()


def test_without_a_sheet_there_is_nothing_to_compare(tmp_path: Path) -> None:
    before, after = two_years(tmp_path)
    (after / "edition.yaml").write_text("key: [\n")
    comparison, findings = compare_editions(before, after)
    assert comparison is None
    assert [finding.place.file for finding in findings] == ["content/2021/edition.yaml"]


# -------------------------------------------------------------------- any two editions
_TEXTS = st.sampled_from(
    ["One.", "Two of the sea.", "One of the towns.", "- one\n- two", "> “One.”", "## HEAD\n\nA.", "*A* b."]
)
_ROWS = st.sampled_from(["phone: +41 1", "phone: +41 2", "mail: a@example.org", "web: a.example.org"])
_NAMES = st.sampled_from(["Rye", "Hythe", "Deal", "Dover"])
_ENTRIES = st.dictionaries(
    st.sampled_from(["rye", "hythe", "deal", "dover"]),
    st.tuples(_NAMES, st.lists(_ROWS, max_size=3), st.lists(_TEXTS, min_size=1, max_size=4)),
    min_size=1,
)  # fmt: skip


def written(folder: Path, entries: dict[str, Any]) -> Path:
    texts = {}
    for key, (name, rows, paragraphs) in entries.items():
        contact = "".join(f"\n  - {row}" for row in rows)
        head = f"name: {name}" + (f"\ncontact:{contact}" if rows else "")
        texts[key] = f"---\n{head}\n---\n\n" + "\n\n".join(paragraphs)
    return write_small(folder, texts)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(_ENTRIES, _ENTRIES)
def test_any_edition_is_itself_and_the_other_way_round_is_the_mirror(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        before, after = written(Path(folder, "a"), one), written(Path(folder, "b"), other)
        same = compare(before, before)
        assert same.counts["unchanged"] == len(one)
        assert same.sheet == ()
        there, back = compare(before, after), compare(after, before)
    assert mirror(there, flip=False) == mirror(back, flip=True)


def mirror(comparison: Comparison, *, flip: bool) -> tuple[object, ...]:
    """What a comparison says, whatever its order; flipped as if it had been made the other way round."""
    other = {"new": "dropped", "dropped": "new", "in": "out", "out": "in"} if flip else {}

    def turned(pair: tuple[Any, Any]) -> tuple[Any, Any]:
        return pair[::-1] if flip else pair

    def told(each: Change) -> object:
        words = frozenset((other.get(part.kind, part.kind), part.text) for part in each.words)
        name = "order" if each.what == "order" else each.name
        values = None if each.what == "order" else turned((each.before, each.after))  # names are the later ones
        return (each.what, name, other.get(each.how, each.how), values, turned(each.lines),
                words if each.what != "order" else None)  # fmt: skip

    pages = frozenset(
        (other.get(page.status, page.status), turned(page.key), turned(page.name), frozenset(map(told, page.changes)))
        for page in comparison.entries
    )
    return pages, frozenset(map(told, comparison.sheet))


# -------------------------------------------------------------------- entries of a table
def of_table(root: Path, year: str, rows: str) -> Path:
    folder = write_small(root / year, {})
    sheet = (folder / "edition.yaml").read_text("utf-8")
    (folder / "edition.yaml").write_text(sheet.replace("entries: []", "entries: members.csv"), "utf-8")
    (folder / "members.csv").write_text(f"Name,Phone,Text\n{rows}", "utf-8")
    return folder


def test_rows_of_a_table_are_compared_as_entries(tmp_path: Path) -> None:
    before = of_table(tmp_path, "2027", "Rye,+41 22 555 01 32,One town.\nWeir,,Two.\nLock,,Three.\n")
    after = of_table(tmp_path, "2028", "Weir,,Two.\nRye,+41 22 555 01 33,Our town.\nQuay,,Four.\n")
    compared = compare(before, after)
    assert {entry.key[1] or entry.key[0]: entry.status for entry in compared.entries} == {
        "weir": "unchanged",
        "rye": "changed",
        "quay": "new",
        "lock": "dropped",
    }
    assert {change.name for change in entry(compared, "rye").changes} == {"phone", "text"}


# -------------------------------------------------------------------- an event
def test_sessions_and_sponsors_are_compared_by_title_and_name(tmp_path: Path) -> None:
    begin_edition(tmp_path / "2026", Wanted(like="booklet", created=date(2026, 3, 9)))
    shutil.copytree(tmp_path / "2026", tmp_path / "2027")
    programme, sponsors = (tmp_path / "2027" / f"{name}.yaml" for name in ("programme", "sponsors"))
    text = programme.read_text("utf-8").replace("title: Clocks that stop at night", "title: Clocks that go")
    change(programme, programme.read_text("utf-8"), text.replace("2026-06-13", "2027-06-12"))
    change(programme, "chair: liv-aaltonen", "chair: ruth-adeyemi")
    change(programme, 'start: "16:00"', 'start: "16:30"')
    change(sponsors, "web: books.example.org", "web: shelf.example.org")
    told = shown(compare(tmp_path / "2026", tmp_path / "2027").sheet)
    assert [each.partition(":")[0] for each in told if "Clocks" in each] == [
        "session “Clocks that go” new",
        "session “Clocks that stop at night” dropped",
    ]
    rest = [each for each in told if "Clocks" not in each]
    assert len(rest) == 4
    assert rest[0].startswith("programme: day 1 changed")
    assert all(words in rest[1] for words in ("session “Thirteen minutes", "[-Liv", "{+Ruth"))
    assert "session “Open table” changed" in rest[2]
    assert "[-books.example.org-]" in rest[3]
