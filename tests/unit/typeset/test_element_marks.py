"""The one place inside the engine that we reach into: an upgrade that closes it shows itself here."""

from __future__ import annotations

import inspect
import io

import pikepdf
import pytest

from directory_pub.typeset import Engine, import_engine
from directory_pub.typeset.element_marks import marking, number_elements
from unit.hand_made import small_engine

BODY = """<p id="goal">One <b>two</b>.</p>
<ol><li id="item">Three</li></ol>
<p><a href="#goal">go</a> <span class="note" id="n">A note.</span></p>
<address id="aside">Margin</address>"""
CSS = """.note { float: footnote } li::before { content: "-" } a::after { content: leader(".") target-counter(attr(href), page) }
address { position: running(side) } @page { @bottom-left { content: element(side) } @top-left { content: "head" } }"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_engine(tmp_path_factory.mktemp("marks") / "project", CSS)


@pytest.fixture(scope="module")
def marks(engine: Engine) -> dict[str, set[str]]:
    """The marks of a small document: by the tag or id of the element, the pseudo-elements met."""
    pages = engine.typeset(f'<html lang="en"><title>t</title><body>{BODY}', "x")
    assert pages is not None, engine.findings
    elements = pages.elements
    found: dict[str, set[str]] = {}
    with pikepdf.open(io.BytesIO(pages.write())) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == pikepdf.Name.StructElem and "/T" in each:
                number, _, pseudo = str(each.T).partition("::")
                element = elements[int(number)]
                found.setdefault(element.get("id") or element.tag, set()).add(pseudo)
    return found


def test_every_element_that_is_set_is_marked(marks: dict[str, set[str]]) -> None:
    assert {"goal", "a", "b", "item", "n", "aside", "ol"} <= set(marks)
    assert all("" in pseudos for pseudos in marks.values())


def test_what_a_sheet_adds_is_told_apart(marks: dict[str, set[str]]) -> None:
    assert "before" in marks["item"]
    assert "footnote-call" in marks["n"]
    assert {"after", "leader"} <= marks["a"]


def test_the_engine_is_as_it_was_when_the_file_is_written() -> None:
    tags = import_engine().pdf.tags
    before = tags._build_box_tree
    with marking([]):
        assert tags._build_box_tree is not before
    assert tags._build_box_tree is before


def test_the_engine_still_builds_its_tree_with_the_function_that_is_wrapped() -> None:
    """It is a generator, takes the box first, and calls itself and is called by its module's name."""
    tags = import_engine().pdf.tags
    assert inspect.isgeneratorfunction(tags._build_box_tree)
    assert next(iter(inspect.signature(tags._build_box_tree).parameters)) == "box"
    assert "_build_box_tree" in tags.add_tags.__code__.co_names
    assert "_build_box_tree" in tags._build_box_tree.__code__.co_names


def test_elements_are_numbered_in_their_order() -> None:
    from xml.etree.ElementTree import fromstring

    roots = [fromstring("<a><b/><c><d/></c></a>"), fromstring("<e/>")]
    assert [element.tag for element in number_elements(roots)] == ["a", "b", "c", "d", "e"]
