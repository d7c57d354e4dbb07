"""The samples: what their files say, and that readers find nothing wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from directory_pub import annual
from directory_pub.begin import LIKES, Wanted, WantedError, begin_edition
from directory_pub.begin.sample import _break_title
from directory_pub.edition.model import Edition
from directory_pub.edition.own_words import known_languages, own_words
from directory_pub.edition.text import (
    Heading,
    ItemList,
    Paragraph,
    Pictures,
    Quote,
    Table,
    TermList,
    blocks_within,
    runs_within,
)
from directory_pub.edition.yaml_source import Fields
from directory_pub.findings import Finding
from directory_pub.read import read_edition

TODAY = date(2026, 3, 9)
SPOKEN = ("en-GB", "de", "fr")


def wanted(
    like: str = "profiles", language: str = "en-GB", title: str | None = None, trim: str | None = None
) -> Wanted:
    return Wanted(like=like, language=language, title=title, trim=trim, created=TODAY)


def read(folder: Path, wish: Wanted) -> tuple[Edition, list[Finding]]:
    begin_edition(folder, wish)
    edition, findings = read_edition(folder, folder)
    assert edition is not None
    return edition, findings


@pytest.mark.quick("de-*")
@pytest.mark.parametrize("like", LIKES)
@pytest.mark.parametrize("language", SPOKEN)
def test_every_kind_of_block_and_row_is_shown_once_at_least(tmp_path: Path, like: str, language: str) -> None:
    edition, findings = read(tmp_path / "book", wanted(like, language))
    assert findings == []
    blocks = [block for entry in edition.entries for block in blocks_within(entry.body)]
    assert {type(block) for block in blocks} >= {Heading, ItemList, Paragraph, Quote, TermList}
    assert {bool(block.labels) for block in blocks if isinstance(block, ItemList)} == {True, False}
    assert {row.kind for entry in edition.entries for row in entry.contact} >= {"web", "mail", "phone", "address", "person", "social"}  # fmt: skip
    assert [entry.photo.file for entry in edition.entries if entry.photo and entry.photo.alt and entry.photo.credit]
    assert any(entry.note_count for entry in edition.entries)
    assert any(entry.subtitle for entry in edition.entries)
    assert {entry.mark for entry in edition.entries} == {None, *(mark.key for mark in edition.marks)}
    runs = [run for entry in edition.entries for runs in runs_within(entry.body) for run in runs]
    assert any(run.href and run.href.startswith("#") for run in runs)
    runs += [run for entry in edition.entries for note in entry.notes() for run in note.runs]
    assert {*edition.languages} == {language} | {run.language for run in runs} - {None}


@pytest.mark.quick("profiles", "members")
@pytest.mark.parametrize("like", LIKES)
def test_a_sample_is_the_same_book_in_each_language(tmp_path: Path, like: str) -> None:
    books = [read(tmp_path / language, wanted(like, language))[0] for language in SPOKEN]
    assert len({tuple((section.key, len(section.entries)) for section in book.sections) for book in books}) == 1
    assert len({tuple(sorted(len(entry.body) for entry in book.entries)) for book in books}) == 1
    assert [book.language for book in books] == list(SPOKEN)
    assert [book.contents_title for book in books] == ["Contents", "Inhalt", "Sommaire"]


@pytest.mark.parametrize("like", LIKES)
@pytest.mark.parametrize("language", SPOKEN)
def test_nobody_in_a_sample_can_be_reached(tmp_path: Path, like: str, language: str) -> None:
    edition, _ = read(tmp_path / "book", wanted(like, language))
    rows = [row for entry in edition.entries for row in entry.contact]
    rows += edition.publisher_details.contact if edition.publisher_details else ()
    texts = {kind: [row.text for row in rows if row.kind == kind] for kind in ("web", "mail", "social", "phone")}
    assert all(texts.values())
    assert all(text.endswith("example.org") for kind in ("web", "mail", "social") for text in texts[kind])
    fictional = re.compile(r"(\+44 20 7946 0|\+49 30 23125 |\+33 1 99 00 )[\d ]+$")  # set apart for films and books
    assert all(fictional.search(text) for text in texts["phone"])
    assert {run.href for entry in edition.entries for runs in runs_within(entry.body) for run in runs if run.href} <= {
        f"#{entry.key}" for entry in edition.entries
    }


# -------------------------------------------------------------------- the booklet
@pytest.mark.parametrize("language", SPOKEN)
def test_the_booklet_shows_what_an_event_has(tmp_path: Path, language: str) -> None:
    edition, findings = read(tmp_path / "book", wanted("booklet", language))
    assert findings == []
    assert edition.programme is not None
    first, second = edition.programme.days
    assert [date.fromisoformat(day.date).isoweekday() for day in (first, second)] == [6, 7]
    assert edition.cover is not None
    assert edition.cover.date is not None
    assert all(str(date.fromisoformat(day.date).day) in edition.cover.date for day in (first, second))
    assert len(edition.programme.rooms) == 2
    assert {session.kind == "break" for session in first.sessions} == {True, False}
    assert edition.sponsors is not None
    assert [len(level.sponsors) for level in edition.sponsors.levels] == [2, 3]
    people = edition.sections[0]
    assert people.form == "people"
    assert [bool(person.photo) for person in people.entries].count(True) == 3
    assert {type(block) for entry in edition.entries for block in entry.body} >= {Pictures, Table}
    assert [entry.key for entry in edition.entries if entry.qr] == [
        entry.key for entry in edition.entries if entry.logo
    ]


@pytest.mark.parametrize(("trim", "count"), [(None, 1), ("A4", 1), ("a5", 1), ("Letter", 0), ("165x235", 0)])
def test_an_advert_comes_along_where_it_was_drawn_for_the_leaf(tmp_path: Path, trim: str | None, count: int) -> None:
    edition, findings = read(tmp_path / "book", wanted("booklet", "de", trim=trim))
    assert findings == []
    assert len(edition.adverts) == count
    assert (tmp_path / "book" / "adverts").is_dir() is bool(count)
    assert ("adverts/" in (tmp_path / "book" / "README.md").read_text("utf-8")) is bool(count)


@pytest.mark.quick("2028")
@pytest.mark.parametrize("year", range(2024, 2035))
def test_the_forum_is_on_a_weekend_in_any_year(tmp_path: Path, year: int) -> None:
    edition, _ = read(tmp_path / "book", wanted("booklet", title=f"Forum {year}"))
    assert edition.programme is not None
    days = [date.fromisoformat(day.date) for day in edition.programme.days]
    assert [(day.year, day.month, day.isoweekday()) for day in days] == [(year, 6, 6), (year, 6, 7)]


def test_the_readme_names_every_folder_and_file_beside_it(tmp_path: Path) -> None:
    for like in LIKES:
        names = begin_edition(tmp_path / like, wanted(like))
        said = (tmp_path / like / "README.md").read_text("utf-8")
        there = {f"{name.partition('/')[0]}/" if "/" in name else name for name in names}
        assert {each for each in there if f"`{each}`" not in said} == {"README.md", ".gitignore"}


# -------------------------------------------------------------------- edition.yaml
@pytest.fixture
def missed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What the reader asks edition.yaml for and does not find there, by field; of rows, in none of them."""
    fields: set[str] = set()
    found: set[str] = set()
    close = Fields.close

    def record(self: Fields, **options: object) -> None:
        if self.place.file == "edition.yaml":
            path = re.sub(r"\[\d+\]", "[]", self.place.field or "")
            found.update(f"{path}.{name}" for name in self._nodes)
            fields.update(f"{path}.{name}" for name in {*self._asked} - self._nodes.keys())
            fields.difference_update(found)
        close(self, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Fields, "close", record)
    return fields


@pytest.mark.parametrize("like", ["booklet", "members"])
def test_edition_yaml_has_every_field_that_its_reader_takes(tmp_path: Path, missed: set[str], like: str) -> None:
    begin_edition(tmp_path / "book", wanted(like, trim="165x235"))
    path = tmp_path / "book" / "edition.yaml"
    left_out = re.compile(r"^( *)# (?=(?:- \{)?\w+: )", re.MULTILINE)
    text = left_out.sub(r"\1", path.read_text("utf-8"))
    if like != "booklet":  # the booklet has a programme and sponsors
        text = text.replace("imprint, contents, ", "imprint, contents, programme, sponsors, ", 1)
        session = '{start: "9:00", end: "10:00", title: Opening}'
        day = f"days:\n  - {{date: 2031-06-03, sessions: [{session}]}}\n"
        (path.parent / "programme.yaml").write_text(day, "utf-8")
        levels = "title: Partners\nlevels: [{title: Gold, sponsors: [{name: A, logo: a.svg}]}]\n"
        (path.parent / "sponsors.yaml").write_text(levels, "utf-8")
    path.write_text(text, "utf-8")
    missed.clear()
    edition, findings = read_edition(tmp_path / "book", tmp_path / "book")
    assert {each.code for each in findings} == {"field-unused"}, findings  # what only a table has, and 'front_matter'
    assert missed == set()
    assert edition is not None
    assert (edition.country, edition.email_opens, edition.contents_title) == ("GB", "single", "In this book")


@pytest.mark.parametrize("like", LIKES)
def test_every_field_of_edition_yaml_stands_below_a_remark(tmp_path: Path, like: str) -> None:
    begin_edition(tmp_path / "book", wanted(like, "fr"))
    lines = (tmp_path / "book" / "edition.yaml").read_text("utf-8").split("\n")
    paragraphs = "\n".join(lines).split("\n\n")
    assert [each for each in paragraphs if not each.startswith("# ")] == []
    assert max(map(len, lines)) <= 120


def test_the_title_is_on_the_cover_and_in_the_key(tmp_path: Path) -> None:
    title = "Führer: der “Städte” #1 {und} [Dörfer]"
    edition, findings = read(tmp_path / "book", wanted(language="de", title=title))
    assert findings == []
    assert edition.title == title
    assert edition.cover is not None
    assert " ".join(edition.cover.title) == title
    assert edition.key == "fuehrer-der-staedte-1-und-doerfer-2026"
    assert edition.created == "2026-03-09"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Small Orchards", ["Small", "Orchards"]),
        ("Directory of River Alliances", ["Directory", "of River", "Alliances"]),
        ("Verzeichnis der Flussbündnisse", ["Verzeichnis der", "Flussbündnisse"]),  # no “der” alone
        ("Who’s Who", ["Who’s Who"]),
        ("A B C D E F G H I J", ["A B C D E", "F G H I J"]),
        ("Supercalifragilistic", ["Supercalifragilistic"]),
    ],
)
def test_a_cover_has_few_lines_and_no_short_word_alone(title: str, lines: list[str]) -> None:
    assert _break_title(title) == lines


@pytest.mark.parametrize(
    ("trim", "size"),
    [
        (None, (210, 297)),
        ("a5", (148, 210)),
        ("Letter", (215.9, 279.4)),
        ("170x240", (170, 240)),
        ("170 mm x 240.5 mm", (170, 240.5)),
        ("210×210", (210, 210)),
    ],
)
def test_a_trim_is_a_name_or_two_lengths(tmp_path: Path, trim: str | None, size: tuple[float, float]) -> None:
    edition, _ = read(tmp_path / "book", wanted(trim=trim))
    assert (edition.trim.width_mm, edition.trim.height_mm) == size


@pytest.mark.quick("el", "nb", "pl")
# -------------------------------------------------------------------- other languages
@pytest.mark.parametrize("language", sorted({*known_languages()} - {"en", "de", "fr"}))
def test_any_language_that_has_words_has_its_own_titles(tmp_path: Path, language: str) -> None:
    edition, findings = read(tmp_path / "book", wanted("booklet", language))
    assert findings == []
    words = own_words(language)
    assert words is not None
    assert (edition.contents_title, edition.text_pages["welcome"].title) == (words.contents, words.preface)
    assert {entry.language for entry in edition.entries} == {"en"}
    paragraphs = [runs for page in edition.text_pages.values() for runs in runs_within(page.body)]
    assert {run.language for runs in paragraphs for run in runs} == {"en"}


def refusals() -> Iterator[tuple[Wanted, str, str]]:
    for language in ("xx", "de_DE", "de-DE-1", "", "deutsch"):
        yield wanted(language=language), f"--language: there are no words in '{language}'.", "bg, ca, cs"
    yield wanted(trim="A9"), "--trim: 'A9' is no known trim.", "170x240"
    yield wanted(trim="10x10"), "--trim: '10' is no number above", "Write a number"
    yield wanted(title="!?"), "--title: '!?' has no letters.", "leave it out"
    yield wanted(title=" "), "--title: ' ' has no letters.", "leave it out"
    yield wanted(title="A\x01B"), "--title: a character of", "anew"


@pytest.mark.parametrize(("wish", "message", "remedy"), [*refusals()])
def test_what_no_edition_can_be_is_refused(tmp_path: Path, wish: Wanted, message: str, remedy: str) -> None:
    with pytest.raises(WantedError) as refused:
        begin_edition(tmp_path / "a" / "b" / "book", wish)
    assert str(refused.value).startswith(message)
    assert remedy in refused.value.remedy
    assert list(tmp_path.iterdir()) == []


# -------------------------------------------------------------------- schemas, and next year
@pytest.mark.parametrize("like", LIKES)
def test_each_file_is_valid_by_the_schema_that_it_leads_to(tmp_path: Path, like: str) -> None:
    begin_edition(tmp_path / "book", wanted(like, "pl"))
    files = [path for path in (tmp_path / "book").rglob("*.*") if path.suffix in (".md", ".yaml")]
    files.remove(tmp_path / "book" / "README.md")
    for path in files:
        text = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")[0]
        named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert named, path
        schema = json.loads((path.parent / named[1]).read_text("utf-8"))
        assert list(Draft202012Validator(schema).iter_errors(yaml.load(text, yaml.BaseLoader))) == []
        kind = {"edition.yaml": "edition", "front-matter": "front-matter", "pages": "front-matter"}
        assert Path(named[1]).stem == kind.get(path.name) or kind.get(path.parent.name, "entry")


def test_next_years_edition_has_all_that_a_new_one_has(tmp_path: Path) -> None:
    names = begin_edition(tmp_path / "2026", wanted())
    annual.begin_edition(tmp_path / "2026", tmp_path / "2027", tmp_path / "2026", date(2026, 12, 1))
    there = {
        path.relative_to(tmp_path / "2027").as_posix() for path in (tmp_path / "2027").rglob("*") if path.is_file()
    }
    assert there == {*names}
    edition, findings = read_edition(tmp_path / "2027", tmp_path / "2027")
    assert findings == []
    assert edition is not None
    assert (edition.year, edition.key) == ("2027", "directory-of-river-alliances-2027")


def test_next_years_booklet_has_its_event_and_says_what_is_last_years(tmp_path: Path) -> None:
    names = begin_edition(tmp_path / "2026", wanted("booklet"))
    begun = annual.begin_edition(tmp_path / "2026", tmp_path / "2027", tmp_path / "2026", date(2026, 12, 1))
    assert begun.files == len(names)
    for name in ("programme.yaml", "sponsors.yaml", "adverts/bakery.pdf", "pages/floor-plan.md", "photos/plan.svg"):
        assert (tmp_path / "2027" / name).read_bytes() == (tmp_path / "2026" / name).read_bytes()
    edition, findings = read_edition(tmp_path / "2027", tmp_path / "2027")
    assert findings == []
    assert edition is not None
    assert edition.programme is not None
    mentions = [(mention.file, mention.text) for mention in begun.mentions]
    for file, text in (
        ("edition.yaml", "programme: programme.yaml"),
        ("edition.yaml", "sponsors: sponsors.yaml"),
        ("edition.yaml", "adverts[1].file: bakery.pdf"),
        ("programme.yaml", "- date: 2026-06-13"),
        ("programme.yaml", "- date: 2026-06-14"),
    ):
        assert (file, text) in mentions
