"""Layouts that reach for what is not theirs, or take without end: each has a finding at its line, or is harmless."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

from directory_pub.compose import LayoutError, compose_book
from directory_pub.compose.book import ComposedBook
from directory_pub.compose.shown import SHOWN
from directory_pub.design.inks import read_inks
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding
from project import ROOT
from unit.hand_made import edition, entry, grid, library, paragraph

SECRET = "the-harbour-masters-secret"
LISTS = "{% set ns = namespace(t=1) %}{% for i in range(100000) %}{% set ns.t = (ns.t,) %}{% endfor %}"
DOUBLED = (
    "{% set ns = namespace(a=1, b=1) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}"
    "{% set ns.b = [ns.b, ns.b] %}{% endfor %}"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of layouts and text styles, with a secret beside it."""
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "secret.txt").write_text(SECRET, "utf-8")
    shutil.copytree(ROOT / "layouts", folder / "project" / "layouts")
    (folder / "project" / "styles").mkdir()
    for name in ("tokens.css", "text-styles.yaml"):
        shutil.copy(ROOT / "styles" / name, folder / "project" / "styles")
    (folder / "project" / "content" / "x" / "photos").mkdir(parents=True)
    return folder / "project"


def composed(root: Path) -> ComposedBook:
    inks, _ = read_inks(Theme.of(ROOT))
    return compose_book(edition(entry("quay", paragraph("x")), root=root), grid(), library(), inks)


def run(root: Path, layout: str) -> str | Finding:
    """What becomes of a layout that stands below three lines: its text, or the finding."""
    (root / "layouts" / "proof.html.j2").write_text(f"one\n\n\n{layout}", "utf-8")
    try:
        return composed(root).proof()
    except LayoutError as fault:
        return fault.finding


def fault(root: Path, layout: str) -> Finding:
    told = run(root, layout)
    assert isinstance(told, Finding), told
    assert told.code == "layout-fault"
    return told


# -------------------------------------------------------------------- reaching out
REACHING = [
    "{{ cycler.__init__.__globals__.os.popen('touch MARK').read() }}",
    "{{ joiner.__init__.__globals__['os'].system('touch MARK') }}",
    "{{ namespace.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('touch MARK').read() }}",
    "{{ range.__self__ }}",
    "{{ edition.root.joinpath('../secret.txt').read_text() }}",
    "{{ edition['root'] }}",
    "{{ edition.folder.parent }}",
    "{{ edition.root.parent.joinpath('MARK').write_text('x') }}",
    "{{ edition.place.file }}",
    "{{ edition.places }}",
    "{{ edition.entries[0].place }}",
    "{{ edition.entries[0].digest }}",
    "{{ edition.place_of('title') }}",
    "{{ edition.__class__.__mro__ }}",
    "{{ edition.__init__.__globals__ }}",
    "{{ edition._x }}",
    "{{ edition|attr('root') }}",
    "{{ edition|attr('__class__') }}",
    "{{ [edition]|map(attribute='root')|first }}",
    "{{ [edition]|map(attribute='root.parent')|join }}",
    "{{ [edition]|map('attr', 'root')|first }}",
    "{{ [edition]|sort(attribute='root')|first }}",
    "{{ [edition]|groupby('folder')|first }}",
    "{{ [edition]|selectattr('root')|list }}",
    "{{ [edition]|sum(attribute='root', start='') }}",
    "{{ [edition]|min(attribute='__class__') }}",
    "{{ edition }}",
    "{{ edition ~ '' }}",
    "{{ '%s' % edition }}",
    "{{ '%r' % (edition,) }}",
    "{{ '%s'|format(edition) }}",
    "{{ '{0.root}'.format(edition) }}",
    "{{ '{e.root}'.format_map({'e': edition}) }}",
    "{{ ('{0.root}'|safe).format(edition) }}",
    "{{ edition|string }}",
    "{{ edition|e }}",
    "{{ edition|replace('a', 'b') }}",
    "{{ [edition]|join }}",
    "{{ [edition] }}",
    "{{ edition.sections }}",
    "{{ edition|pprint }}",
    "{{ edition|tojson }}",
    "{{ {'a': edition}|xmlattr }}",
    "{{ {'a': edition}|dictsort }}",
    "{{ ('a'|safe).split(edition) }}",
    "{{ ('a'|safe).join([edition]) }}",
    "{{ ().__class__.__base__.__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ 'x'.encode() }}",
    "{{ self.__class__ }}",
    "{{ self._TemplateReference__context }}",
    "{% for x in [1] %}{{ loop._undefined }}{% endfor %}",
    "{% for x in [1] %}{{ loop }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% macro m() %}{% endmacro %}{{ m.__call__.__globals__ }}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% import 'parts/text.html.j2' as t %}{{ t.__dict__ }}",
    "{% from 'parts/text.html.j2' import __class__ %}",
    "{% set ns = namespace(a=1) %}{{ ns.__class__ }}{{ ns._Namespace__attrs }}",
    "{% debug %}",
    "{% do edition %}",
    "{{ environment }}",
    "{{ context }}",
    "{{ set.__self__ }}",
    "{{ set.__func__.__globals__ }}",
    "{{ photo_url.__self__.edition.root }}",
    "{{ plans.__class__ }}",
    "{{ plans.clear() }}",
    "{{ grid.sheets }}",
    "{{ grid.tokens.update({'unit': 1}) }}",
    "{{ photo_url(namespace(photo=namespace(file='../../../secret.txt'))) }}",
    "{{ photo_url(edition) }}",
    "{{ open_quote(namespace(paragraphs=[]), 'en') }}",
    "{{ contact_runs(namespace(kind='web', text='x')) }}",
    "{{ term_columns(edition) }}",
    "{{ opener_type(edition) }}",
    "{{ number_of(edition) }}",
    "{{ set('x', edition) }}",
    "{{ set(edition, 'text') }}",
    "{% include '../../secret.txt' %}",
    "{% include '../../../../../../etc/hostname' %}",
    "{% include '/etc/hostname' %}",
    "{% import '../../secret.txt' as x %}",
    "{% extends '/etc/hostname' %}",
    "{% include edition.folder %}",
    "{% include edition %}",
    r"{% include 'a\0b' %}",
]


@pytest.mark.parametrize("layout", REACHING)
def test_a_layout_reaches_nothing_but_what_it_is_shown(
    layout: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []

    def catch(*args: Any, **kwargs: Any) -> None:
        reached.append(repr(args))

    monkeypatch.setattr(subprocess.Popen, "__init__", catch)
    monkeypatch.setattr(socket.socket, "connect", catch)
    mark = root.parent / "MARK"
    told = fault(root, layout.replace("touch MARK", f"touch {mark}"))
    assert told.place.file == "layouts/proof.html.j2"
    assert told.place.line == 4
    assert SECRET not in str(told)
    assert "PosixPath" not in str(told)
    assert not mark.exists()
    assert not reached


def test_a_field_that_is_not_shown_is_named_with_those_that_are(root: Path) -> None:
    told = fault(root, "{{ edition.root }}")
    assert "'root'" in told.message
    assert "full_title" in told.message


def test_every_field_that_is_shown_is_there() -> None:
    for kind, names in SHOWN.items():
        there = set(dir(kind))
        assert names <= there, kind
        assert not [name for name in names if callable(getattr(kind, name, None))], kind


# -------------------------------------------------------------------- without end
ENDLESS = [
    "{% for a in range(99999) %}{% for b in range(99999) if false %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(99999) if b is none %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) if a in range(99999) %}{% for b in range(99999) if b > 99999 %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{% if 'x' in range(99999) %}{% endif %}{% endfor %}",
    "{% for a in range(9999) %}{% set x = cycler(*range(99999)) %}{% endfor %}",
    "{{ 'x' * 10**10 }}",
    "{{ 10**10 * 'x' }}",
    "{{ [1] * 10**10 }}",
    "{{ range(10**9)|list }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
    "{% for i in range(100000) %}{% for j in range(100000) %}x{{ j }}{% endfor %}{% endfor %}",
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace(x=['ab']) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x=2) %}{% for i in range(99) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l, range(100000)|list] %}{% endfor %}",
    "{{ 10**(10**10) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%*d' % (1000000000, 1) }}",
    "{{ '%.1000000000f'|format(1.0) }}",
    "{{ 'x'.center(10**10) }}",
    "{{ 'x'|center(10**10) }}",
    "{{ 'x'|indent(10**10) }}",
    "{{ 'x'.zfill(10**10) }}",
    "{{ 'a'|replace('', 'x' * 100000)|replace('', 'x' * 100000) }}",
    "{{ (['x' * 100000] * 100000)|join }}",
    "{{ [1]|batch(10**9, 1)|list }}",
    "{{ 1.5|round(10**9, 'ceil') }}",
    "{{ ('1' * 900000)|int(0, 16) }}",
    "{{ ('a' * 900000)|trim('b' * 900000) }}",
    "{{ ('a' * 900000).strip('b' * 900000) }}",
    "{{ range(100000)|select('in', range(100000)|map('string')|list)|list }}",
    "{{ lipsum(10**9) }}",
    "{% include 'proof.html.j2' %}",
    "{% extends 'proof.html.j2' %}",
    "{% import 'proof.html.j2' as p %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(40) }}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% include range(100000)|map('string')|list %}",
    "{% for i in range(100000) %}{{ set('a new text ' ~ i, 'text')|length }}{% endfor %}",
    "{{ set('a long text ' * 50000, 'text')|length }}",
    "{{ " + "(" * 400 + "1" + ")" * 400 + " }}",
    "{{ " + "1+" * 4000 + "1 }}",
    "{% for a in [1] %}" * 25 + "{% endfor %}" * 25,
    LISTS + "{{ {ns.t: 1} }}",
    LISTS + "{{ plans[ns.t] }}",
    LISTS + "{{ ns.t in plans }}",
    LISTS + "{{ plans.get(ns.t) }}",
    LISTS + "{{ [ns.t]|unique|length }}",
    LISTS + "{{ ns.t == (ns.t,) }}",
    LISTS + "{{ namespace([(ns.t, 1)]) }}",
    DOUBLED + "{{ ns.a == ns.b }}",
    DOUBLED + "{{ [ns.a]|select('eq', ns.b)|list }}",
    DOUBLED + "{{ [ns.a].index(ns.b) }}",
    DOUBLED + "{{ [ns.a, ns.b]|sort }}",
]


@pytest.mark.quick("0", "?0", "?5")
@pytest.mark.parametrize("layout", ENDLESS, ids=range(len(ENDLESS)))
def test_a_layout_without_end_ends_in_a_finding(layout: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not layout.startswith(LISTS):  # which take most of what there is before they come to what is asked of them
        monkeypatch.setattr("directory_pub.compose.layouts._UNITS", 500_000)
    assert fault(root, layout).place.file == "layouts/proof.html.j2"


def test_filters_on_filters_build_no_tower(root: Path) -> None:
    tower = "{% set ns = namespace(g=[1]) %}{% for i in range(50000) %}{% set ns.g = ns.g|map('string') %}{% endfor %}"
    assert run(root, tower + "{{ ns.g|length }}") == "one\n\n\n1"


def test_no_layout_is_run_behind_one_that_took_too_much(root: Path) -> None:
    (root / "layouts" / "proof.html.j2").write_text(
        "{% for i in range(100000) %}{{ range(9999)|list|length }}{% endfor %}"
    )
    book = composed(root)
    for render in (book.proof, lambda: book.folios("entry", 1, 1)):
        with pytest.raises(LayoutError) as caught:
            render()
        assert caught.value.finding.place.file == "layouts/proof.html.j2"


# -------------------------------------------------------------------- faults of other kinds
@pytest.mark.parametrize(
    ("layout", "told"),
    [
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ 1 + 'a' }}", "TypeError"),
        ("{{ plans['nowhere'].type_area }}", "nowhere"),
        ("{{ none.x }}", "'x'"),
        ("{{ set() }}", "missing"),
        ("{{ cover_type() }}", "no cover"),
        ("{{ set('x', 'txt') }}", "Did you mean 'text'"),
        ("{{ edition.titel }}", "'titel'"),
        ("{% include 'pages/nothing.html.j2' %}", "no layout 'pages/nothing.html.j2'"),
        ("{% if %}", "expression"),
    ],
)
def test_a_fault_of_any_kind_is_told_with_its_line(layout: str, told: str, root: Path) -> None:
    found = fault(root, layout)
    assert told in found.message
    assert (found.place.file, found.place.line) == ("layouts/proof.html.j2", 4)


def test_a_layout_that_is_no_text_is_named(root: Path) -> None:
    (root / "layouts" / "pages" / "odd.html.j2").write_bytes(b"\xff\xfe\x00")
    told = run(root, "{% include 'pages/odd.html.j2' %}")
    assert isinstance(told, Finding)
    assert (told.code, told.place.file) == ("file-encoding", "layouts/pages/odd.html.j2")


def test_half_a_character_is_no_text(root: Path) -> None:
    found = fault(root, r"{{ '\ud800' }}")
    assert "U+D800" in found.message


@pytest.mark.parametrize(
    "line",
    [
        "{{ edition.root }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% set entry = namespace(key='x') %}{% include 'parts/entry.html.j2' %}",
        "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
        "{{ put('../../x') }}{{ 1 / 0 }}",
    ],
)
def test_a_flatplan_is_read_in_the_same_sandbox(line: str, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "layouts", tmp_path / "layouts")
    (tmp_path / "layouts" / "book.html.j2").write_text(f"\n{line}\n", "utf-8")
    with pytest.raises(LayoutError) as caught:
        composed(tmp_path).plan()
    assert (caught.value.finding.place.file, caught.value.finding.place.line) == ("layouts/book.html.j2", 2)


# -------------------------------------------------------------------- what a layout may do
@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("{{ edition.full_title|upper }}", "REGISTER"),
        ("{{ edition.sections|map(attribute='title')|join(', ') }}", "TOWNS"),
        ("{{ edition.sections|selectattr('key', 'eq', 'towns')|map(attribute='key')|first }}", "towns"),
        ("{% for k, v in {'b': 1, 'a': 2}|dictsort %}{{ k }}{{ v }}{% endfor %}", "a2b1"),
        ("{% for k, of in [('x', 1), ('y', 2), ('x', 3)]|groupby(0) %}{{ k }}{{ of|length }}{% endfor %}", "x2y1"),
        ("{{ '%.2f mm'|format(grid.main_mm) }} {{ '%03d' % 7 }}", "114.00 mm 007"),
        ("{{ [3, 1, 2]|sort|join('-') }} {{ [1, 2, 3]|sum }} {{ ['b', 'B', 'a']|unique|list|length }}", "1-2-3 6 2"),
        ("{% if 'a' in 'abc' and 3 not in [1, 2] and 'cover' in plans and 1 < 2 < 3 %}yes{% endif %}", "yes"),
        ("{{ 'a-b'.split('-')|join('+') }}{{ 'abc'[1:] }}{{ 'x'.startswith(('x', 'y')) }}", "a+bbcTrue"),
        (
            "{% for i in 'abc' %}{{ loop.index }}/{{ loop.length }}{{ loop.cycle('o', 'e') }}{% endfor %}",
            "1/3o2/3e3/3o",
        ),
        (
            "{% set c = cycler(1, 2) %}{{ c.next() }}{{ c.next() }}{{ c.current }}{% set j = joiner('|') %}{{ j() }}{{ j() }}",
            "121|",
        ),
        ("{% if edition.root is defined %}yes{% else %}no{% endif %}", "no"),
        ("{{ '<b>' }}{{ '<b>'|safe }}{{ 'a' ~ '<' }}", "&lt;b&gt;<b>a&lt;"),
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}{% call m(1) %}c{% endcall %}", "12c"),
        ("{{ edition.nothing|default('x') }}{{ 'x' if none }}", "x"),
    ],
)
def test_a_layout_may_work_with_texts_numbers_and_lists(layout: str, text: str, root: Path) -> None:
    assert run(root, layout) == f"one\n\n\n{text}"
