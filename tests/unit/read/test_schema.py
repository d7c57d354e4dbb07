"""The schema takes what the reader takes, and refuses what it refuses; both are asked by reading."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from directory_pub.artwork import MOTIFS
from directory_pub.edition.form import (
    Field,
    Form,
    Lines,
    Named,
    Nested,
    Number,
    Pairs,
    Rows,
    Table,
    Text,
    TextOrNested,
)
from directory_pub.findings import Finding, Severity
from directory_pub.proofread.references import proofread_references
from directory_pub.read import read_edition
from directory_pub.read.reference import describe_fields, example_file
from directory_pub.read.schema import FILES, content_schema, forms_of
from directory_pub.storage.store import Store
from project import HARBOUR, ROOT

FIRST_LINES = re.compile(r"---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
OF_THE_SCHEMA = {
    "value-type",
    "value-blank",
    "key-unknown",
    "key-missing",
    "photo-alt",
    "mark-unknown",
    "motif-unknown",
}
"""What is told of and a schema can know: types, shapes, ranges, keys, names that an edition has."""
KNOWN = Store()  # the files that did not change are not parsed again
NOT_OF_THE_SCHEMA = ("no section has an entry that can be read.", "has no letters.")


# -------------------------------------------------------------------- YAML as an editor's language server reads it
class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema: a date and a `NO` are texts."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), first)


def load(text: str) -> Any:
    return yaml.load(text, Loader=CoreLoader)


def fields_of(path: Path) -> str:
    """The YAML of a file: all of it, or what stands between its first lines of ---."""
    text = path.read_text("utf-8")
    match = FIRST_LINES.match(text)
    return match[1] if match else text


def kind_of(path: Path) -> str:
    if path.name == "edition.yaml":
        return "edition"
    return "front-matter" if path.parent.name == "front-matter" else "entry"


def faults(kind: str, document: Any, folder: Path | None = None) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator_of(kind, folder).iter_errors(document)]


@cache
def validator_of(kind: str, folder: Path | None) -> Draft202012Validator:
    return Draft202012Validator(content_schema(kind, folder))


# -------------------------------------------------------------------- files that there are
@pytest.mark.parametrize("folder", [ROOT / "content" / "2020", HARBOUR], ids=lambda path: path.name)
def test_the_files_of_an_edition_are_valid(folder: Path) -> None:
    files = [folder / "edition.yaml", *(path for path in folder.rglob("*.md") if path.name != "README.md")]
    assert len(files) > 4
    assert [fault for path in files for fault in faults(kind_of(path), load(fields_of(path)), folder)] == []


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_one_of_its_draft_and_says_something_of_every_field(kind: str) -> None:
    schema = content_schema(kind, None)
    Draft202012Validator.check_schema(schema)
    objects = list(objects_of(schema))
    assert len(objects) > 2
    for each in objects:
        assert each["additionalProperties"] is False
        for name, field in each["properties"].items():
            assert field["description"].endswith("."), name
            takes = field.keys() & {"examples", "enum", "properties", "items", "additionalProperties"}
            assert takes, f"{name}: an editor has nothing to offer"
            validator = Draft202012Validator(field | {"$defs": schema.get("$defs", {})})
            assert [list(validator.iter_errors(example)) for example in field.get("examples", [])] == [
                [] for _ in field.get("examples", [])
            ], name
            if "default" in field:
                assert validator.is_valid(field["default"]), name


def objects_of(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object with fields of its own, at whatever depth."""
    if isinstance(schema, list):
        for each in schema:
            yield from objects_of(each)
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and "additionalProperties" in schema:
            yield schema
        for each in schema.values():
            yield from objects_of(each)


def test_an_edition_offers_its_own_contact_rows_marks_themes_and_motifs(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "x"
    (tmp_path / "themes" / "plain" / "styles").mkdir(parents=True)
    (tmp_path / "styles").mkdir()
    folder.mkdir(parents=True)
    (folder / "edition.yaml").write_text("theme: plain\nmarks:\n  host: {sign: '†', legend: Host}\n", "utf-8")
    kinds = "kinds:\n  orcid: {pattern: '\\d+', example: '12'}\n  social: {value: profile}\n"
    networks = "networks:\n  lanterns: {name: Lanterns, site: 'https://lanterns.example.org/'}\n"
    (tmp_path / "themes" / "plain" / "styles" / "contact.yaml").write_text(kinds + networks, "utf-8")
    entry = content_schema("entry", folder)
    assert list(entry["$defs"]["contact"]["properties"]) == ["orcid", "social"]
    assert entry["$defs"]["contact"]["properties"]["social"]["properties"]["network"]["examples"] == ["lanterns"]
    assert entry["properties"]["mark"]["enum"] == ["host", None]
    assert "harbour" in entry["properties"]["motif"]["enum"]
    assert {"city", "plain", None} <= set(content_schema("edition", folder)["properties"]["theme"]["enum"])
    assert faults("entry", {"name": "Quay", "contact": [{"web": "x.org"}]}, folder)
    assert not faults("entry", {"name": "Quay", "contact": [{"orcid": 12}], "mark": "host"}, folder)


# -------------------------------------------------------------------- the reader and the schema
@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good edition's folder, of the examples of every field."""
    return write_examples(tmp_path_factory.mktemp("examples"))


def write_examples(root: Path) -> Path:
    folder = root / "content" / "x"
    forms = forms_of(None)
    for name, kind in (
        ("edition.yaml", "edition"),
        ("entries/quay.md", "entry"),
        ("front-matter/preface.md", "front-matter"),
        ("front-matter/imprint.md", "front-matter"),
        ("programme.yaml", "programme"),
        ("sponsors.yaml", "sponsors"),
    ):
        write(folder / name, example_file(forms[kind].form), kind)
    (folder / "photos").mkdir()
    shutil.copy(HARBOUR / "photos" / "quay.jpg", folder / "photos")
    return folder


def write(path: Path, text: str, kind: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if kind in ("edition", "programme", "sponsors") else f"---\n{text}---\n\nText.\n", "utf-8")


FILE_OF = {
    "edition": "edition.yaml",
    "entry": "entries/quay.md",
    "front-matter": "front-matter/imprint.md",
    "programme": "programme.yaml",
    "sponsors": "sponsors.yaml",
}


def read_with(folder: Path, kind: str, text: str) -> list[Finding]:
    """What the reader tells of a file, put in the place of the one of the good edition."""
    path = folder / FILE_OF[kind]
    good = path.read_text("utf-8")
    write(path, text, kind)
    try:
        made, findings = read_edition(folder, folder.parent.parent, KNOWN)
        assert made is not None
        findings += proofread_references(made, MOTIFS, KNOWN)
    finally:
        path.write_text(good, "utf-8")
    return [each for each in findings if each.place.file.endswith(FILE_OF[kind]) and each.code in OF_THE_SCHEMA]


def refused(told: list[Finding]) -> list[Finding]:
    """The errors of which a schema can know."""
    errors = [each for each in told if each.severity is Severity.ERROR]
    return [each for each in errors if not each.message.endswith(NOT_OF_THE_SCHEMA)]


def test_the_examples_of_all_fields_are_read_without_a_finding_and_are_valid(edition: Path) -> None:
    made, findings = read_edition(edition, edition.parent.parent)
    unused = {each.place.field for each in findings if each.code == "field-unused"}
    # No section has a list and a table, no book two orders, no code stands in a listing; the section is none of people.
    of_people = {"sections[1].portraits", "sections[1].affiliation"}
    assert unused == {"sections[1].sheet", "sections[1].columns", "front_matter", "qr", *of_people}
    assert [each for each in findings if each.code != "field-unused"] == []
    assert made is not None
    for kind, about in forms_of(None).items():
        document = load(example_file(about.form))
        assert faults(kind, document, edition) == []
        assert list(document) == [each.name for each in about.form]


def every_field(form: Form, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Every field of a form with its path in the example; a row's is the list's name and a number."""
    for each in form:
        path = (*above, each.name)
        yield path, each
        if isinstance(each, Nested):
            yield from every_field(each.form, path)
        elif isinstance(each, Table):
            yield from every_field(each.form, (*path, each.example))
        elif isinstance(each, Rows):
            for at, inner in enumerate(each.form):
                row = (*path, f"#{at if each.alone else 0}")
                yield (*row, inner.name), inner
                if isinstance(inner, Nested):
                    yield from every_field(inner.form, (*row, inner.name))


FIELDS = [
    pytest.param(kind, path, field, id=f"{kind}:{'.'.join(path)}")
    for kind, about in forms_of(None).items()
    for path, field in every_field(about.form)
]


def test_no_field_is_declared_twice() -> None:
    ids = [case.id for case in FIELDS]
    assert len(set(ids)) == len(ids)


@cache
def example(kind: str) -> str:
    return example_file(forms_of(None)[kind].form)


@cache
def example_document(kind: str) -> Any:
    return load(example(kind))


# One field of each kind, needed or not, in the shortest file that has one: the shapes are held slowly.
FIRST_OF_A_KIND = {
    (type(field), field.required): case
    for case in sorted(FIELDS, key=lambda case: -len(example(case.values[0])))
    for field in [case.values[2]]
}
FIELDS_BY_HASTE = [
    case if case in FIRST_OF_A_KIND.values() else pytest.param(*case.values, id=case.id, marks=pytest.mark.slow)
    for case in FIELDS
]


def changed(kind: str, path: tuple[str, ...], *value: Any, name: str | None = None) -> Any:
    """The example with another value at a path, without it, or with its key under another name."""
    document = deepcopy(example_document(kind))
    at = document
    for step in path[:-1]:
        at = at[int(step[1:])] if step.startswith("#") else at[step]
    old = at.pop(path[-1])
    if value or name:
        at[name or path[-1]] = value[0] if value else old
    return document


@pytest.mark.parametrize(("kind", "path", "field"), FIELDS_BY_HASTE)
def test_reader_and_schema_know_every_field_by_the_same_name(
    edition: Path, kind: str, path: tuple[str, ...], field: Field
) -> None:
    document = changed(kind, path, name=f"{path[-1]}{path[-1]}x")
    told = {each.code for each in read_with(edition, kind, emit(document))}
    assert "key-unknown" in told
    assert faults(kind, document, edition)


@pytest.mark.parametrize(("kind", "path", "field"), FIELDS_BY_HASTE)
def test_reader_and_schema_miss_the_same_fields(edition: Path, kind: str, path: tuple[str, ...], field: Field) -> None:
    for document, wanted in ((changed(kind, path), field.required), (changed(kind, path, None), needs_text(field))):
        told = refused(read_with(edition, kind, emit(document)))
        missed = faults(kind, document, edition)
        assert bool(told) == bool(missed) == wanted, (told, missed)


def needs_text(field: Field) -> bool:
    return field.required or field.filled


WRONG = [
    [["x"]],
    {"xx": "y"},
    [{"xx": "y"}],
    "two words",
    "7 x",
    7,
    True,
    [],
    {},
    "",
    "x",
    ["x", None],
]
NUMBERS = [2.5, -1, 0, 10**6]  # which only what is a number, or a text, tells from 7


@pytest.mark.parametrize(("kind", "path", "field"), FIELDS_BY_HASTE)
def test_reader_and_schema_take_and_refuse_the_same_values(
    edition: Path, kind: str, path: tuple[str, ...], field: Field
) -> None:
    bounds = [field.above, field.most, field.most + 1] if isinstance(field, Number) else []
    for value in [*WRONG, *(NUMBERS if isinstance(field, (Number, Text)) else []), *bounds]:
        document = changed(kind, path, value)
        hold_together(kind, document, read_with(edition, kind, emit(document)), edition)


def hold_together(kind: str, document: Any, told: list[Finding], folder: Path) -> None:
    """What the reader takes without a word is valid; what it refuses is not."""
    missed = faults(kind, document, folder)
    if not told:
        assert not missed, str(document)
    if refused(told):
        assert missed, f"{told} {document}"


# -------------------------------------------------------------------- any document
class Dumper(yaml.CSafeDumper):
    """YAML in which every text is in quotes, and nothing is written for None."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def emit(document: dict[str, Any]) -> str:
    return yaml.dump(document, Dumper=Dumper, sort_keys=False, width=1000)


def documents(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    """Documents of which each field is there or not, and is right or wrong."""
    right = st.fixed_dictionaries({}, optional={each.name: values(each) for each in form})
    return st.one_of(right, right, right, right.map(lambda document: document | {"unheard": "x"}))


def values(field: Field) -> st.SearchStrategy[Any]:
    match field:
        case TextOrNested():
            right = st.one_of(st.just(field.example), documents(field.form))
        case Text():
            right = st.sampled_from([field.example, "other words", 2031, True])
        case Lines():
            right = st.lists(st.sampled_from([*field.example, 7]), max_size=3)
        case Named():
            heads = st.one_of(st.just("Head"), st.lists(st.sampled_from(["Head", 7]), max_size=2))
            right = st.dictionaries(st.sampled_from(["name", "web", "unheard"]), heads, max_size=2)
        case Number():
            right = st.sampled_from([field.usual, field.most, field.above, field.most + 1, 2.5, f"{field.usual:g}"])
        case Nested():
            right = documents(field.form)
        case Rows() if field.word:
            right = st.lists(st.one_of(values(field.form.get(field.word, Text)), documents(field.form)), max_size=3)
        case Rows():
            right = st.lists(documents(field.form), max_size=3)
        case Pairs():
            right = st.dictionaries(st.sampled_from(field.example), st.sampled_from(["a", 7, ["b", "c"]]), max_size=2)
        case _:
            assert isinstance(field, Table)
            right = st.dictionaries(st.sampled_from(["host", "guest"]), documents(field.form), max_size=2)
    return st.one_of(right, right, right, st.sampled_from([None, *WRONG]))


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), kind=st.sampled_from(list(FILES)))
def test_of_any_document_reader_and_schema_say_the_same(edition: Path, data: st.DataObject, kind: str) -> None:
    document = data.draw(documents(forms_of(None)[kind].form))
    if document:
        hold_together(kind, document, read_with(edition, kind, emit(document)), edition)


# -------------------------------------------------------------------- the page
def test_the_page_of_fields_is_up_to_date() -> None:
    assert (ROOT / "docs" / "editors-reference.md").read_text("utf-8") == describe_fields(), "run 'make reference'"


def test_every_field_stands_in_the_page() -> None:
    page = (ROOT / "docs" / "editors-reference.md").read_text("utf-8")
    for about in forms_of(None).values():
        (part,) = re.findall(rf"^## {re.escape(about.title)}$(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
        for path, _ in every_field(about.form):
            assert f"**{path[-1]}**" in part or "contact" in path
