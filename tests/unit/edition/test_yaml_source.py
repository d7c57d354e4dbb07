"""YAML as written: strings with their lines, and what cannot be read told of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory_pub.edition.yaml_source import Fields, Node, parse_yaml, scalars
from directory_pub.findings import Finding, Place
from directory_pub.read.characters import check_characters

HERE = Place(file="a.yaml")


def read(text: str, first_line: int = 1) -> Node:
    node, findings = parse_yaml(text, "a.yaml", first_line)
    assert node is not None
    assert not findings
    return node


def fields(text: str) -> tuple[Fields, list[Finding]]:
    node, findings = parse_yaml(text, "a.yaml")
    return Fields(node, HERE, findings), findings


def codes(findings: list[Finding]) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.place.line) for finding in findings]


def child(node: Node, *path: str | int) -> Node:
    for step in path:
        assert isinstance(node.value, dict | list)
        node = node.value[step]  # type: ignore[index]
    return node


# -------------------------------------------------------------------- scalars
@pytest.mark.parametrize(
    "written",
    ["0301234", "NO", "yes", "2020", "2031-03-02", "1.0", "0x1F", "1_000", "~", "null", "12:30", ".inf", "=", "+41 22"],
)
def test_every_scalar_stays_the_string_that_was_written(written: str) -> None:
    assert child(read(f"key: {written}"), "key").value == written


def test_a_tag_makes_no_object_and_is_told_of() -> None:
    for written, value in (("!!python/object/apply:os.getcwd []", []), ("!!int 7", "7"), ("!Director Ada", "Ada")):
        node, findings = parse_yaml(f"key: {written}", "a.yaml")
        assert node is not None
        assert child(node, "key").value == value
        assert [(f.code, f.place.field) for f in findings] == [("yaml-tag", "key")]
        assert written.split()[0] in findings[0].message


def test_a_block_keeps_its_lines_and_drops_the_last_break() -> None:
    assert child(read("a: |\n  one\n\n  two\n\nb: x"), "a").value == "one\n\ntwo"
    assert child(read("a: >\n  one\n  two\n"), "a").value == "one two"


# -------------------------------------------------------------------- places
def test_each_value_knows_its_line_and_field() -> None:
    node = read("name: A\ncontact:\n  - web: x\n  - phone: y\n    fax: z\nphoto:\n  file: q", first_line=2)
    assert child(node, "name").place == Place(file="a.yaml", line=2, field="name")
    assert child(node, "contact", 0, "web").place == Place(file="a.yaml", line=4, field="contact[1].web")
    assert child(node, "contact", 1, "fax").place == Place(file="a.yaml", line=6, field="contact[2].fax")
    assert child(node, "photo", "file").place == Place(file="a.yaml", line=8, field="photo.file")


def test_a_mapping_below_a_key_is_where_its_key_stands() -> None:
    node = read("photo:\n  file: q\nlist:\n  - a")
    assert child(node, "photo").place.line == 1
    assert child(node, "list").place.line == 3


def test_flow_style_reads_as_block_style_does() -> None:
    flow, block = read("{a: {b: [1, NO]}}"), read("a:\n  b:\n    - 1\n    - NO")
    for index, text in enumerate(("1", "NO")):
        assert child(flow, "a", "b", index).value == child(block, "a", "b", index).value == text
    assert child(flow, "a", "b", 1).place.field == child(block, "a", "b", 1).place.field == "a.b[2]"


def test_quotes_and_unicode_are_read() -> None:
    assert child(read('a: "Tel: +41 · Genève\\u00a0"'), "a").value == "Tel: +41 · Genève\u00a0"


# -------------------------------------------------------------------- what cannot be read
def test_a_key_that_stands_twice_is_told_of_at_the_second_and_the_first_counts() -> None:
    node, findings = parse_yaml("a: 1\nb:\n  c: 1\n  c: 2\na: 2", "a.yaml", 3)
    assert node is not None
    assert child(node, "a").value == "1"
    assert child(node, "b", "c").value == "1"
    assert [(f.code, f.place.line, f.place.field) for f in findings] == [
        ("key-duplicate", 6, "b.c"),
        ("key-duplicate", 7, "a"),
    ]
    assert "line 3" in findings[1].message


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: &x 2\nc: *x", "yaml-alias", 3),
        ("a:\n\tb: 1", "yaml-syntax", 2),
        ("a: 1\n---\nb: 2", "yaml-syntax", 2),
        ("a: [1, 2\nb: 3", "yaml-syntax", 2),
        ("a: 1\n b: 2", "yaml-syntax", 2),
        ("a: \x07", "yaml-syntax", 1),
        ("a: 'x", "yaml-syntax", 1),
    ],
)
def test_what_cannot_be_read_is_one_finding_at_its_line(text: str, code: str, line: int) -> None:
    node, findings = parse_yaml(text, "a.yaml")
    assert node is None
    assert codes(findings) == [(code, line)]
    assert "\n" not in findings[0].message


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_nothing_and_no_finding(text: str) -> None:
    assert parse_yaml(text, "a.yaml") == (None, [])


def test_deep_nesting_is_read_and_bottomless_nesting_is_a_finding() -> None:
    node = read("[" * 60 + "x" + "]" * 60)
    for _ in range(60):
        node = child(node, 0)
    assert node.value == "x"
    assert codes(parse_yaml("[" * 600 + "]" * 600, "a.yaml")[1]) == [("yaml-syntax", 1)]


# -------------------------------------------------------------------- what YAML takes away
@pytest.mark.parametrize(
    ("text", "line", "field", "lost"),
    [
        ("name: Hash Network #2030", 1, "name", "#2030"),
        ("a: 1\nsubtitle: Cities for all #CitiesForAll", 2, "subtitle", "#CitiesForAll"),
        ("contact:\n  - address: Road 5 #12, 1000 Brussels", 2, "contact[1].address", "#12, 1000 Brussels"),
        ('name: "Hash" #2030', 1, "name", "#2030"),
        ("words: [ONE, TWO] #THREE", 1, "words[2]", "#THREE"),
        ("entries:\n  - quay #1", 2, "entries[1]", "#1"),
        ("name: #12 Road", 1, "name", "#12 Road"),
        ("a: |  #x\n  text", 1, "a", "#x"),
        ("name: Cities\n  #2030 and on", 2, None, "#2030 and on"),
    ],
)
def test_a_comment_that_may_be_part_of_a_value_is_an_error(text: str, line: int, field: str | None, lost: str) -> None:
    (finding,) = parse_yaml(text, "a.yaml")[1]
    assert (finding.code, finding.severity, finding.place.line) == ("yaml-comment", "error", line)
    assert finding.place.field == field
    assert f"“{lost}”" in finding.message


def test_a_comment_that_begins_with_a_figure_is_a_warning() -> None:
    (finding,) = parse_yaml("address: Road 5 # 12, Brussels", "a.yaml")[1]
    assert (finding.code, finding.severity) == ("yaml-comment", "warning")
    assert '"Road 5 # 12, Brussels"' in finding.remedy


@pytest.mark.parametrize(
    "text",
    [
        "name: A # the name as it is printed",
        "# a line\nname: A\n#2030\n  # and one more\nb: c",
        "contact:\n  - web: x\n  #- web: y\n    # and more\n#name: z",
        "contact:\n  #- web: y\n  - web: x",
        "contact:   # in this order\n  - web: x # optional",
        "name: A # -----\nb: c #",
        "name: 'A #1'\nb: A#1\nc: |\n  one #1\n  # two",
        "words: [A, # first\n  B]",
        "a: > # folded\n  one",
    ],
)
def test_a_plain_remark_is_silent(text: str) -> None:
    assert parse_yaml(text, "a.yaml")[1] == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x 2", "yaml-alias", 1),
        ("%YAML 1.1\n---\na: 1", "yaml-syntax", 1),
        ("a: 1\n...\n", "yaml-syntax", 2),
        ("? a\n: b", "yaml-syntax", 1),
        ("[a, b]: c", "yaml-syntax", 1),
        ('a: "\\ud800"', "character-unseen", 1),
    ],
)
def test_what_else_would_vanish_is_told_of(text: str, code: str, line: int) -> None:
    node, findings = parse_yaml(text, "a.yaml")
    found = [*findings, *check_characters(scalars(node))]
    assert (code, line) in codes(found)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nname: Foo: bar", 2, 'Quote it: name: "Foo: bar".'),
        ('name: Foo "x": bar', 1, "Quote it: name: 'Foo \"x\": bar'."),
        ("a: 1\n  b: 2", 2, "further in"),
        ("a:\n\tb: 1", 2, "tab"),
        ("a: @handle", 1, "Put the whole value in quotes"),
        ("a: *Ada*", 1, "Put the whole value in quotes"),
        ('a: "A" and B', 1, "“and B” stands behind"),
        ("a: [A] B", 1, "“B” stands behind"),
        ("a: 1\nb: 'x\nc: 2", 3, "opens on line 2 is not closed"),
        ("a: 1\nwords alone\nb: 2", 2, "“words alone” is no 'key: value'"),
        ("a:\n  - {b: What is it?, c: d}", 2, "has a '?' in it"),
        ("a:\n   b: 1\n  c: 2", 3, "line up"),
        ("a: 1\nb: \x07", 2, "U+0007"),
    ],
)
def test_a_fault_is_told_in_an_editors_words(text: str, line: int, says: str) -> None:
    (finding,) = parse_yaml(text, "a.yaml")[1]
    assert (finding.code, finding.place.line) == ("yaml-syntax", line)
    assert says in finding.message + finding.remedy


# letters and figures; signs; a remark that begins with a letter is a remark, and so none is made here
VALUES = st.lists(st.sampled_from([*"ab12", *" :-?,[]{}&*!'\"%@`~=+", " #1", "#", " # 2", "\n  "]), max_size=14).map(
    "".join
)


@settings(max_examples=300, deadline=None)
@given(VALUES, st.sampled_from(["k: ", "- ", "k:\n  - m: "]))
def test_of_any_value_each_letter_is_read_or_told_of(value: str, before: str) -> None:
    text = f"{before}{value}"
    node, findings = parse_yaml(text, "a.yaml")
    if not findings and not re.search(r"#\s*[^\d\s]|\n\s*#", text):
        read = Counter(letter for written in written_in(node) for letter in written if letter.isalnum())
        assert read == Counter(letter for letter in text if letter.isalnum())


def written_in(node: Node | None) -> Iterator[str]:
    """Every key and value."""
    match node.value if node else "":
        case str(written):
            yield written
        case list(children):
            for child in children:
                yield from written_in(child)
        case dict(children):
            for key, child in children.items():
                yield key
                yield from written_in(child)


# -------------------------------------------------------------------- fields
def test_a_field_that_was_left_blank_is_a_note_and_nothing_in_yamls_way_a_warning() -> None:
    f, findings = fields("a:\nb: '  '\nc: ~\nd: null\ne: x\nf: [x, '', y]")
    assert [f.text(name) for name in "abe"] == [None, None, "x"]
    assert (f.text("c"), f.text("d"), f.lines("f")) == ("~", "null", ("x", "y"))
    f.close()
    assert {(x.code, str(x.place.field), str(x.severity)) for x in findings} == {
        ("value-blank", "a", "note"),
        ("value-blank", "b", "note"),
        ("value-blank", "c", "warning"),
        ("value-blank", "d", "warning"),
        ("value-blank", "f[2]", "warning"),
    }


def test_an_unknown_key_names_the_nearest_known_one_or_all() -> None:
    f, findings = fields("naem: A\nxyzzy: B")
    f.text("name"), f.text("title")
    f.close()
    assert codes(findings) == [("key-unknown", 1), ("key-unknown", 2)]
    assert findings[0].remedy == "Did you mean 'name'?"
    assert findings[1].remedy == "Known here: name, title."


def test_a_required_key_that_is_misspelt_is_one_finding() -> None:
    f, findings = fields("naem: A")
    f.text("name", required=True), f.text("title", required=True)
    f.close()
    assert [(x.code, x.place.field) for x in findings] == [("key-unknown", "naem"), ("key-missing", "title")]


@pytest.mark.parametrize("text", ["other: 1", "name:", "name: ''"])
def test_a_required_field_that_is_absent_or_empty_is_missing(text: str) -> None:
    f, findings = fields(text)
    assert f.text("name", required=True) is None
    f.text("other")
    f.close()
    assert [(x.code, x.place.field) for x in findings] == [("key-missing", "name")]


def test_text_refuses_lists_and_mappings_by_their_names() -> None:
    f, findings = fields("a: [1]\nb: {c: 1}")
    assert f.text("a") is None
    assert f.text("b") is None
    assert [x.message for x in findings] == ["is a list, not text.", "is a mapping, not text."]


def test_lines_take_one_text_or_a_list_and_complain_of_what_is_neither() -> None:
    f, findings = fields("a: one\nb: [x, y]\nc: [x, {y: 1}]")
    assert (f.lines("a"), f.lines("b"), f.lines("c"), f.lines("none")) == (("one",), ("x", "y"), ("x",), ())
    assert [(x.code, x.place.field) for x in findings] == [("value-type", "c[2]")]


@pytest.mark.parametrize("text", ["three", "nan", "-1", "0", "21", "inf", "3 mm"])
def test_a_number_out_of_its_bounds_is_told_of_and_the_usual_one_taken(text: str) -> None:
    f, findings = fields(f"bleed: {text}")
    assert f.number("bleed", 3, above=0, most=20) == 3
    assert codes(findings) == [("value-type", 1)]


def test_a_whole_number_has_no_fraction() -> None:
    f, findings = fields("a: 0.5\nb: 4")
    assert (f.number("a", 2, above=0, most=9, whole=True), f.number("b", 2, above=0, most=9, whole=True)) == (2, 4)
    assert codes(findings) == [("value-type", 1)]


def test_a_text_where_a_mapping_belongs_is_one_finding() -> None:
    f, findings = fields("photo: quay.jpg")
    inner = f.fields("photo")
    assert inner is not None
    assert inner.text("file") is None
    assert [(x.code, x.message) for x in findings] == [("value-type", "is text, not a mapping of keys to values.")]


def test_what_is_missing_in_unread_yaml_is_no_news() -> None:
    findings: list[Finding] = []
    assert Fields(None, HERE, findings, unread=True).text("name", required=True) is None
    assert findings == []
