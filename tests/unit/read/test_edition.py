"""An edition's folder, read from small files."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Edition, TrimSize
from directory_pub.edition.text import Paragraph, plain
from directory_pub.findings import Finding
from directory_pub.read import read_edition
from project import ROOT

HEAD = "key: x\ntitle: Register\nlanguage: en-GB\ncreated: 2031-03-02\n"
SECTIONS = "sections:\n  - key: towns\n    title: TOWNS\n    folder: entries\n    entries: [quay]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "x"
    (folder / "entries").mkdir(parents=True)
    with_contact_table(tmp_path)
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS)
    write(folder, "entries/quay.md", "---\nname: Quay\n---\n\nText.\n")
    return folder


def with_contact_table(root: Path) -> None:
    """What contact rows may be, as this project has it."""
    shutil.copytree(ROOT / "icons", root / "icons")
    shutil.copy(ROOT / "styles" / "contact.yaml", root / "styles")


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def read(folder: Path) -> tuple[Edition, list[Finding]]:
    edition, findings = read_edition(folder, folder.parent.parent)
    assert edition is not None
    return edition, findings


def told(folder: Path) -> list[tuple[str, str, int | None]]:
    _, findings = read_edition(folder, folder.parent.parent)
    return [(f.code, f.place.file.removeprefix("content/x/"), f.place.line) for f in findings]


def entry_with(folder: Path, front_matter: str) -> None:
    write(folder, "entries/quay.md", f"---\nname: Quay\n{front_matter}\n---\n\nText.\n")


# -------------------------------------------------------------------- files
def test_a_good_edition_is_read_without_a_finding(folder: Path) -> None:
    edition, findings = read(folder)
    assert findings == []
    (entry,) = edition.entries
    assert (edition.key, edition.trim, edition.bleed_mm, edition.page_multiple) == (
        "x",
        TrimSize(width_mm=210, height_mm=297),
        3,
        4,
    )
    assert (entry.key, entry.name, entry.place.file) == ("quay", "Quay", "content/x/entries/quay.md")
    assert [block.line for block in entry.body] == [5]


def test_without_its_file_there_is_no_edition(tmp_path: Path) -> None:
    with_contact_table(tmp_path)
    edition, findings = read_edition(tmp_path / "x", tmp_path)
    assert edition is None
    assert [f.code for f in findings] == ["file-missing"]


def test_an_empty_edition_is_one_finding(folder: Path) -> None:
    write(folder, "edition.yaml", "# nothing yet")
    assert told(folder) == [("key-missing", "edition.yaml", None)]


def test_a_listed_entry_without_a_file_is_told_of_where_it_is_listed(folder: Path) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS.replace("[quay]", "\n      - quay\n      - mole"))
    assert told(folder) == [("entry-missing", "edition.yaml", 12)]
    assert [entry.key for entry in read(folder)[0].entries] == ["quay"]


def test_a_file_that_no_section_lists_is_told_of(folder: Path) -> None:
    write(folder, "entries/mole.md", "---\nname: Mole\n---\n")
    assert told(folder) == [("entry-unlisted", "entries/mole.md", None)]


def unused(folder: Path) -> list[tuple[str, str, str]]:
    found = [f for f in read_edition(folder, folder.parent.parent)[1] if f.code in ("file-unused", "entry-unlisted")]
    return [(f.place.file.removeprefix("content/x/"), str(f.severity), f.remedy) for f in found]


@pytest.mark.parametrize(
    ("name", "severity", "remedy"),
    [
        ("entries/new.md.txt", "error", "Name it 'new.md' and list 'new'"),
        ("entries/New2.MD", "error", "Name it 'new2.md'"),
        ("entries/new3.markdown", "error", "Name it 'new3.md'"),
        ("entries/new4.docx", "error", "Save it as plain text, as 'new4.md'"),
        ("entries/sub/new5.md", "error", "a folder that a section names (entries/)"),
        ("other/new6.md", "error", "(entries/)"),
        ("new7.md", "error", "(entries/)"),
        ("letter.md", "error", "lie in mail/"),
        (
            "front-matter/programme.md",
            "error",
            "List it in edition.yaml, as in 'front_matter: [preface, imprint, programme]'.",
        ),
        ("front-matter/Preface.md", "error", "Did you mean 'preface.md'?"),
        ("front-matter/imprint.md.txt", "error", "Did you mean 'imprint.md'?"),
        ("photos/quay.jpg", "note", "Name it in an entry"),
        ("people.csv", "warning", "mail/"),
        ("entries/logo.ai", "warning", "Take it out"),
    ],
)
def test_a_file_that_nothing_comes_from_is_told_of(folder: Path, name: str, severity: str, remedy: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    write(folder, name, "---\nname: Mole\n---\n")
    ((file, weight, told_to_do),) = unused(folder)
    assert (file, weight) == (name, severity)
    assert remedy in told_to_do


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "entries/Readme.txt",
        ".DS_Store",
        ".git/config",
        "entries/quay.md~",
        "entries/#quay.md#",
        "entries/~$quay.docx",
        "entries/quay.md.bak",
        "mail/letter.md",
        "mail/people.csv",
        "Thumbs.db",
    ],
)
def test_what_is_for_the_editions_makers_is_not_told_of(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    write(folder, name, "x")
    assert told(folder) == []


def test_a_picture_in_two_formats_is_one_picture(folder: Path) -> None:
    entry_with(folder, "photo:\n  file: quay.jpg\n  alt: A quay.")
    for name in ("quay.jpg", "quay.tif", "mole.tif"):
        (folder / "photos").mkdir(exist_ok=True)
        write(folder, f"photos/{name}", "x")
    assert [file for file, _, _ in unused(folder)] == ["photos/mole.tif"]


def test_no_picture_is_told_of_where_another_may_be_meant(folder: Path) -> None:
    entry_with(folder, "photo:\n  file: kuay.jpg\n  alt: A quay.")
    (folder / "photos").mkdir()
    write(folder, "photos/quay.jpg", "x")
    assert unused(folder) == []


def test_a_folder_is_found_in_either_form_of_its_accents(folder: Path) -> None:
    (folder / "entries").rename(folder / unicodedata.normalize("NFD", "Städte"))
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS.replace("folder: entries", "folder: Städte"))
    assert told(folder) == []
    assert [entry.key for entry in read(folder)[0].entries] == ["quay"]


def test_a_listed_file_name_is_read_and_told_of(folder: Path) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS.replace("[quay]", "[quay.md]"))
    edition, findings = read(folder)
    assert [entry.key for entry in edition.entries] == ["quay"]
    assert [(f.code, f.severity, f.remedy) for f in findings] == [("value-type", "warning", "Leave '.md' out: 'quay'.")]


def test_an_entry_that_is_listed_twice_is_one_error_and_one_entry(folder: Path) -> None:
    again = SECTIONS.replace("sections:\n", "").replace("key: towns", "key: more")
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS.replace("[quay]", "[quay, quay]") + again)
    assert told(folder) == [("entry-repeated", "edition.yaml", 10), ("entry-repeated", "edition.yaml", 14)]
    assert [entry.key for entry in read(folder)[0].entries] == ["quay"]


def test_a_misspelt_entry_is_told_which_file_is_near(folder: Path) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS.replace("[quay]", "[quai, mole]"))
    remedies = [f.remedy for f in read(folder)[1] if f.code == "entry-missing"]
    assert remedies == ["Did you mean 'quay'?", "Write the entry's file, or take it off the list."]


@pytest.mark.parametrize("entries", ["[]", "[mole]"])
def test_an_edition_without_any_entry_is_told_of(folder: Path, entries: str) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS.replace("[quay]", entries))
    assert ("key-missing", "edition.yaml", 7) in told(folder)


def test_one_entry_may_be_listed_without_brackets(folder: Path) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS.replace("[quay]", "quay"))
    assert told(folder) == []


def test_two_sections_may_share_a_folder(folder: Path) -> None:
    write(folder, "entries/mole.md", "---\nname: Mole\n---\n")
    write(
        folder,
        "edition.yaml",
        HEAD + "trim: A4\n" + SECTIONS + "  - {key: more, title: MORE, folder: entries, entries: [mole]}\n",
    )
    assert told(folder) == []


@pytest.mark.parametrize("listed", ["[Quay]", '["the quay"]', "[quay_1]"])
def test_an_entrys_name_in_the_list_must_be_a_key(folder: Path, listed: str) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS.replace("[quay]", listed))
    assert ("value-type", "edition.yaml", 10) in told(folder)


def test_a_sections_key_must_be_a_key(folder: Path) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + SECTIONS.replace("key: towns", "key: the towns"))
    assert told(folder) == [("value-type", "edition.yaml", 7)]


# -------------------------------------------------------------------- encodings
@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["unix", "windows", "old mac"])
def test_utf8_is_read_with_any_mark_and_line_end(folder: Path, prefix: bytes, end: bytes) -> None:
    text = "---\nname: Żółw\n---\n\nÉté\nici.\n\nEnd.\n".encode().replace(b"\n", end)
    write(folder, "entries/quay.md", prefix + text)
    edition, findings = read(folder)
    assert findings == []
    assert edition.entries[0].name == "Żółw"
    body = edition.entries[0].body
    assert [(plain(b.runs), b.line) for b in body if isinstance(b, Paragraph)] == [("Été ici.", 5), ("End.", 8)]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_any_other_encoding_is_told_of_at_its_line(folder: Path, encoding: str) -> None:
    write(folder, "entries/quay.md", "---\nname: Quay\n---\n\nÉté.\n".encode(encoding))
    assert told(folder)[0] == ("file-encoding", "entries/quay.md", 1 if encoding == "utf-16" else 5)


def test_a_folder_named_like_a_file_is_told_of(folder: Path) -> None:
    (folder / "front-matter" / "preface.md").mkdir(parents=True)
    assert told(folder) == [("file-missing", "front-matter/preface.md", None)]


def test_a_link_out_of_the_project_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text("---\nname: Secret\n---\n")
    (folder / "entries" / "quay.md").unlink()
    (folder / "entries" / "quay.md").symlink_to(secret)
    assert told(folder)[0] == ("outside-project", "entries/quay.md", None)
    assert read(folder)[0].entries == ()


def test_a_link_within_the_project_is_followed(folder: Path) -> None:
    (folder / "entries" / "quay.md").rename(folder / "other.md")
    (folder / "entries" / "quay.md").symlink_to(folder / "other.md")
    assert read(folder)[0].entries[0].name == "Quay"


def test_front_matter_that_is_not_closed_is_said_once(folder: Path) -> None:
    write(folder, "entries/quay.md", "---\nname: Quay\ncontact:\n  - web: x.org\n\n# Head\n\nText[^a] <b>\n")
    (finding,) = read(folder)[1]
    assert (finding.code, finding.place.line) == ("yaml-syntax", 1)
    assert "no end" in finding.message


@pytest.mark.parametrize("name", ['"  "', '"***"', "—", "'-- / --'"])
def test_a_name_without_letters_is_told_of(folder: Path, name: str) -> None:
    write(folder, "entries/quay.md", f"---\nname: {name}\n---\n\nText.\n")
    assert [row for row in told(folder) if row[0] in ("key-missing", "value-blank")] == told(folder)
    assert [line for _, _, line in told(folder)] == [2]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a\u200bb", "U+200B", 5),
        ("a\ufeff b", "U+FEFF", 5),
        ("x\n\na\u202eb", "U+202E", 7),
        ("a\tb", "U+0009", 5),
        ("a\x00b", "U+0000", 5),
        ("a\x0bb", "U+000B", 5),
        ("a\ue001b", "U+E001", 5),
        ("Monday \u00ad Friday", "U+00AD", 5),
        ("town\u00ad", "U+00AD", 5),
        ("a\u2028b", "U+2028", 5),
    ],
)
def test_a_character_that_nobody_sees_is_told_of_with_its_code_point(
    folder: Path, text: str, code: str, line: int
) -> None:
    write(folder, "entries/quay.md", f"---\nname: Quay\n---\n\n{text}\n\n{text}\n")
    (finding,) = read(folder)[1]
    assert (finding.code, finding.place.line) == ("character-unseen", line)
    assert finding.message.startswith(code)
    assert "2 in all" in finding.message


@pytest.mark.parametrize(
    "text", ["a di\u00adrec\u00adtory", "می\u200cخواهم", "5\u00a0km", "👩\u200d👧 \u2764\ufe0f", "  - a"]
)
def test_a_soft_hyphen_in_a_word_and_joiners_are_not_told_of(folder: Path, text: str) -> None:
    write(folder, "entries/quay.md", f"---\nname: Quay\n---\n\n{text}\n")
    assert told(folder) == []


def test_a_file_of_surrogates_is_no_traceback(folder: Path) -> None:
    write(folder, "entries/quay.md", b"---\nname: Quay\n---\n\na \xed\xa0\x80 b\n")
    assert told(folder)[0] == ("file-encoding", "entries/quay.md", 5)


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("Register", "Register 2031"),
        ("Register 2031", "Register 2031"),
        ("Register (2031)", "Register (2031)"),
        ("Register 20311", "Register 20311 2031"),
    ],
)
def test_the_year_stands_once_in_the_title_of_the_files(folder: Path, title: str, whole: str) -> None:
    write(folder, "edition.yaml", HEAD.replace("Register", title) + "year: 2031\ntrim: A4\n" + SECTIONS)
    assert read(folder)[0].full_title == whole


@pytest.mark.parametrize("text", ["Only text.\n", "---\nname: Quay\n\nno end\n", "\n---\nname: Quay\n---\n"])
def test_front_matter_that_does_not_open_or_close_is_one_finding_of_its_own(folder: Path, text: str) -> None:
    write(folder, "entries/quay.md", text)
    assert ("yaml-syntax", "entries/quay.md", 1) in told(folder)
    assert not any(code == "key-missing" for code, *_ in told(folder))


# -------------------------------------------------------------------- edition.yaml
@pytest.mark.parametrize(
    ("trim", "width", "height"), [("A4", 210, 297), ("A5", 148, 210), ("{width_mm: 200, height_mm: 200.5}", 200, 200.5)]
)
def test_the_trim_is_a_name_or_two_figures(folder: Path, trim: str, width: float, height: float) -> None:
    write(folder, "edition.yaml", HEAD + f"trim: {trim}\n" + SECTIONS)
    edition, findings = read(folder)
    assert (edition.trim, findings) == (TrimSize(width_mm=width, height_mm=height), [])


@pytest.mark.parametrize(
    "row",
    [
        "trim: a4",
        "trim: {width_mm: 20, height_mm: 297}",
        "trim: [210, 297]",
        "trim: A4\nbleed_mm: 21",
        "trim: A4\npage_multiple: 0.5",
        "trim: A4\npage_multiple: 2.5",
    ],
)
def test_a_figure_that_cannot_be_is_told_of_at_its_line(folder: Path, row: str) -> None:
    write(folder, "edition.yaml", HEAD + row + "\n" + SECTIONS)
    assert told(folder) == [("value-type", "edition.yaml", 5 + row.count("\n"))]


@pytest.mark.parametrize("date", ["2031-13-45", "2031-02-29", "2 March 2031", "20310302"])
def test_a_date_must_be_in_the_calendar(folder: Path, date: str) -> None:
    write(folder, "edition.yaml", HEAD.replace("2031-03-02", date) + "trim: A4\n" + SECTIONS)
    assert told(folder) == [("value-type", "edition.yaml", 4)]


@pytest.mark.parametrize(
    ("lines", "opens"),
    [("", "spreads"), ("email: {opens: single}\n", "single"), ("email: {opens: spreads}\n", "spreads")],
)
def test_the_email_pdf_opens_by_spreads_unless_the_edition_says_single(folder: Path, lines: str, opens: str) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + lines + SECTIONS)
    edition, findings = read(folder)
    assert (edition.email_opens, findings) == (opens, [])


@pytest.mark.parametrize(("lines", "country"), [("", None), ("country: CH\n", "CH"), ("country: NO\n", "NO")])
def test_the_country_is_two_capital_letters(folder: Path, lines: str, country: str | None) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + lines + SECTIONS)
    edition, findings = read(folder)
    assert (edition.country, findings) == (country, [])


def test_an_entry_may_have_a_country_of_its_own(folder: Path) -> None:
    entry_with(folder, "country: NL")
    assert (read(folder)[0].entries[0].country, told(folder)) == ("NL", [])
    entry_with(folder, "country: Holland")
    assert told(folder) == [("value-type", "entries/quay.md", 3)]


@pytest.mark.parametrize("country", ["Switzerland", "ch", "UK", "[CH]", "XX"])
def test_what_is_no_country_is_told_of(folder: Path, country: str) -> None:
    write(folder, "edition.yaml", HEAD + f"trim: A4\ncountry: {country}\n" + SECTIONS)
    assert told(folder) == [("value-type", "edition.yaml", 6)]


def test_marks_are_read_in_their_order_and_their_sign_is_found(folder: Path) -> None:
    write(
        folder,
        "edition.yaml",
        HEAD + "trim: A4\nmarks:\n  guest: {sign: '*', legend: Guest}\n  host: {sign: '†', legend: Host}\n" + SECTIONS,
    )
    entry_with(folder, "mark: host")
    edition, findings = read(folder)
    assert findings == []
    assert [(mark.key, mark.sign, mark.legend, mark.place.line) for mark in edition.marks] == [
        ("guest", "*", "Guest", 7),
        ("host", "†", "Host", 8),
    ]
    assert edition.sign_of(edition.entries[0]) == "†"


def test_misspelt_keys_are_told_of_at_every_depth(folder: Path) -> None:
    write(
        folder,
        "edition.yaml",
        HEAD + "trim: A4\nlangages: [fr]\ncover: {titel: [A]}\n" + SECTIONS.replace("folder", "foldr"),
    )
    messages = {(f.place.field, f.remedy) for f in read(folder)[1] if f.code == "key-unknown"}
    assert messages == {
        ("langages", "Did you mean 'languages'?"),
        ("cover.titel", "Did you mean 'title'?"),
        ("sections[1].foldr", "Did you mean 'folder'?"),
    }


def test_an_empty_list_of_front_matter_leaves_none_and_names_what_lies_there(folder: Path) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\nfront_matter: []\n" + SECTIONS)
    assert (told(folder), read(folder)[0].text_pages) == ([], {})
    write(folder, "front-matter/preface.md", "---\ntitle: Words\n---\n\nText.\n")
    (finding,) = read(folder)[1]
    assert (finding.code, finding.remedy) == (
        "file-unused",
        "List it in edition.yaml, as in 'front_matter: [preface]'.",
    )


@pytest.mark.parametrize("sections", ["sections: []\n", "sections:\n  -\n"])
def test_an_edition_without_a_section_is_told_of(folder: Path, sections: str) -> None:
    (folder / "entries" / "quay.md").unlink()
    write(folder, "edition.yaml", HEAD + "trim: A4\n" + sections)
    assert ("key-missing", "edition.yaml", 6) in told(folder)


def test_a_mark_without_sign_and_legend_is_told_of(folder: Path) -> None:
    write(folder, "edition.yaml", HEAD + "trim: A4\nmarks:\n  host:\n" + SECTIONS)
    assert [(each.code, each.place.field) for each in read(folder)[1]] == [("value-blank", "marks.host")]


# -------------------------------------------------------------------- contact, photo, queries
def test_contact_rows_keep_their_order(folder: Path) -> None:
    entry_with(
        folder,
        "contact:\n  - person: Ada\n  - web: x.org\n  - social: {network: twitter, handle: '@x'}\n  - web: y.org",
    )
    rows: tuple[ContactRow, ...] = read(folder)[0].entries[0].contact
    assert [(row.kind, row.text, row.network) for row in rows] == [
        ("person", "Ada", None),
        ("web", "x.org", None),
        ("social", "@x", "twitter"),
        ("web", "y.org", None),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("webb: x.org", "key-unknown"),
        ("web: [x.org]", "value-type"),
        ("social: {network: twitter}", "key-missing"),
        ("social: {network: twitter, handle: '@x', icon: bird}", "key-unknown"),
        ("social: '@x'", "value-type"),
        ("x.org", "value-type"),
        ("", "value-blank"),
    ],
)
def test_a_contact_row_that_is_none_is_told_of(folder: Path, row: str, code: str) -> None:
    entry_with(folder, f"contact:\n  - {row}")
    assert told(folder) == [(code, "entries/quay.md", 4)]


@pytest.mark.parametrize(
    "row",
    ["fax:", 'web: ""', "phone: ~", "mail: null", "address: '  '", "social:", "social: {network: twitter, handle: }"],
)
def test_a_contact_row_that_was_left_blank_is_not_printed_and_a_note(folder: Path, row: str) -> None:
    entry_with(folder, f"contact:\n  - {row}\n  - person: Ada")
    edition, (finding,) = read(folder)
    assert [each.kind for each in edition.entries[0].contact] == ["person"]
    assert (finding.code, finding.severity.value, finding.place.line) == ("value-blank", "note", 4)
    assert "take the row out" in finding.remedy


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("mobile", "phone"),
        ("cell", "phone"),
        ("Tel", "phone"),
        ("url", "web"),
        ("website", "web"),
        ("homepage", "web"),
        ("E-Mail", "mail"),
        ("facebook", "social"),
        ("adress", "address"),
    ],
)
def test_another_name_of_a_contact_row_is_told_with_ours(folder: Path, name: str, kind: str) -> None:
    entry_with(folder, f"contact:\n  - {name}: x.org")
    (finding,) = read(folder)[1]
    assert (finding.code, finding.remedy) == ("key-unknown", f"Did you mean '{kind}'?")


@pytest.mark.parametrize(
    ("fields", "network", "label", "text", "web"),
    [
        ("network: Facebook, handle: quay", "facebook", None, "quay", None),
        ("network: X, handle: '@quay'", "twitter", None, "@quay", None),
        ("network: telegram, handle: '@quay'", "telegram", "Telegram:", "@quay", None),
        ("network: facebook, web: fb.example/q", "facebook", None, "fb.example/q", "fb.example/q"),
        ("network: facebook, handle: Quay, web: fb.example/q", "facebook", None, "Quay", "fb.example/q"),
        ("network: Quaynet, handle: quay", None, "Quaynet:", "quay", None),
        ("network: Quaynet, handle: quay, web: q.example/q", None, "Quaynet:", "quay, q.example/q", "q.example/q"),
        ("network: Quaynet, web: q.example/q", None, "Quaynet:", "q.example/q", "q.example/q"),
    ],
)
def test_a_network_without_an_icon_of_its_own_is_printed_by_its_name(
    folder: Path, fields: str, network: str | None, label: str | None, text: str, web: str | None
) -> None:
    entry_with(folder, f"contact:\n  - social: {{{fields}}}")
    (made,) = read(folder)[0].entries[0].contact
    assert (made.network, made.label, made.text, made.web) == (network, label, text, web)
    assert told(folder) == []


def test_a_picture_has_its_words_and_the_point_that_a_crop_keeps(folder: Path) -> None:
    entry_with(folder, "photo:\n  file: q.jpg\n  alt: A quay.\n  credit: A. B.\n  focus: 20% 7.5%")
    photo = read(folder)[0].entries[0].photo
    assert photo is not None
    assert photo.focus == (20, 7.5)
    assert photo.credit == "A. B."
    assert (photo.place.line, photo.file_place.line) == (3, 4)


@pytest.mark.parametrize("focus", ["left top", "101% 5%", "20 30", "20%"])
def test_a_focus_that_is_no_point_is_told_of(folder: Path, focus: str) -> None:
    entry_with(folder, f"photo:\n  file: q.jpg\n  alt: A quay.\n  focus: {focus}")
    edition, findings = read(folder)
    assert [(f.code, f.place.line) for f in findings] == [("value-type", 6)]
    assert edition.entries[0].photo is not None
    assert edition.entries[0].photo.focus == (50, 50)


def test_a_picture_without_words_is_told_of_and_kept(folder: Path) -> None:
    entry_with(folder, "photo:\n  file: q.jpg")
    assert told(folder) == [("photo-alt", "entries/quay.md", 4)]
    assert read(folder)[0].entries[0].photo is not None


def test_a_query_needs_its_passage_and_its_question(folder: Path) -> None:
    entry_with(folder, "queries:\n  - at: Text\n    query: Sure?\n  - at: Text")
    edition, findings = read(folder)
    assert [(q.at, q.query) for q in edition.entries[0].queries] == [("Text", "Sure?")]
    assert [(f.code, f.place.line) for f in findings] == [("key-missing", 6)]


def test_front_matter_is_read_where_it_is(folder: Path) -> None:
    write(
        folder,
        "front-matter/imprint.md",
        "---\npublisher:\n  name: League\n  wordmark: [THE, LEAGUE]\n  contact:\n    - web: x.org\n---\n© L\n",
    )
    edition, findings = read(folder)
    assert findings == []
    assert list(edition.text_pages) == ["imprint"]
    publisher = edition.publisher_details
    assert publisher is not None
    assert publisher == edition.text_pages["imprint"].publisher
    assert (publisher.wordmark, publisher.contact[0].text) == (
        ("THE", "LEAGUE"),
        "x.org",
    )


def test_a_language_apart_from_its_words_in_a_field_is_told_of(folder: Path) -> None:
    write(
        folder, "entries/quay.md", "---\nname: Quay\ncontact:\n  - address: '[Rue du Lac] {lang=fr} 5'\n---\n\nText.\n"
    )
    assert ("link-stray", "entries/quay.md", 4) in told(folder)
    write(
        folder, "entries/quay.md", "---\nname: Quay\ncontact:\n  - address: '[Rue du Lac]{lang=fr} 5'\n---\n\nText.\n"
    )
    assert told(folder) == []
