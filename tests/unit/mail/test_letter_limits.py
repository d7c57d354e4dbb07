"""A letter cannot fill the memory, run for ever or break its reader: each attack is a finding with the letter's line."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from directory_pub.findings import Finding, Place
from directory_pub.mail.addresses import Mailbox
from directory_pub.mail.letter_file import read_letter_file
from directory_pub.mail.letters import Letter, write_letter
from directory_pub.mail.recipients import Recipient
from directory_pub.mail.templates import TemplateError

FIRST_LINE = 6  # of the body


def write(folder: Path, body: str, subject: str = "s", **fields: str) -> Letter | Finding:
    path = folder / "text.md"
    path.write_text(f"---\nsubject: {subject}\nfrom: dir@example.org\nlanguage: en\n---\n{body}", "utf-8")
    return read_and_write(path, fields)


def read_and_write(path: Path, fields: dict[str, str]) -> Letter | Finding:
    """The letter at a path for somebody, or the first finding of either step."""
    source, findings = read_letter_file(path)
    if source is None:
        return findings[0]
    values = {"email": "a@example.org", "name": "Ada King", **fields}
    box = Mailbox(address="a@example.org", name="Ada King")
    person = Recipient(place=Place(file="people.csv", line=2), mailbox=box, language="", fields=values)
    try:
        return write_letter(source, person, {"attached": True, "pdf": {"name": "d.pdf", "size_mb": 1.2}})
    except TemplateError as fault:
        return fault.finding


BOMBS = [
    '{{ "x" * 999999999 }}',
    "{{ name * 999999999 }}",
    "{{ 999999999 * name }}",
    "{{ [1] * 999999999 }}",
    "{{ (name,) * (name|length * 99999999) }}",
    "{{ range(10**9) | list }}",
    "{{ range(1000000000)|list }}",
    "{% for a in range(1000000000) %}{% endfor %}",
    "{% for a in name %}{% for b in name %}{% for c in name %}x{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in [[1]] recursive %}{{ loop(a) }}{% endfor %}",
    "{{ '%999999999d' % 1 }}",
    "{{ '%999999999s' % name }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ '{:>999999999}'.format_map(pdf) }}",
    "{{ name.center(999999999) }}",
    "{{ name.ljust(999999999) }}",
    "{{ name.zfill(999999999) }}",
    "{{ '\\t'.expandtabs(999999999) }}",
    "{{ name|center(999999999) }}",
    "{{ name|center(10**9) }}",
    "{{ name|indent(999999999) }}",
    "{{ name|wordwrap(1, wrapstring='x' * 999999999) }}",
    "{{ [name]|tojson(indent=999999999) }}",
    "{{ [name]|batch(999999999, 'x')|list }}",
    "{{ name|list|slice(999999999)|list }}",
    "{{ name|map('center', 999999999)|list }}",
    "{{ 1|round(999999999, 'ceil') }}",
    "{{ 1|round(-999999999, 'floor') }}",
    "{{ name" + "|replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaa')" * 9 + " }}",
    "{{ name" + "|replace('', 'aaaaaaaaaaaaaaaaaaaaaaaa')" * 9 + " }}",
    "{{ name" + ".replace('', 'aaaaaaaaaaaaaaaaaaaaaaaa')" * 9 + " }}",
    "{{ name" + "|list|join('aaaaaaaaaaaaaaaaaaaaaaaa')" * 9 + " }}",
    "{% set a = name ~ name %}\n" + "{% set a = a ~ a ~ a ~ a %}\n" * 30 + "{{ a }}",
    "{% set a = [name, name] %}\n" + "{% set a = [a, a, a, a] %}\n" * 30 + "{{ a }}",
    "{% set a = name %}\n" + "{% set a = a + a %}\n" * 40 + "{{ a }}",
    "{% set a = 999999999 %}\n" + "{% set a = a * a %}\n" * 40 + "{{ a }}",
    "{% for a in (name ~ name)|list %}{{ big }}{% endfor %}",
    "{% for a in big %}{% endfor %}",
    "{{ 9**9**9 }}",
    "{{ 2 ** (name|length) ** 99 }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ 1" + "0" * 400 + ".0 }}",
    "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
    "{{ " + "[" * 2000 + "]" * 2000 + " }}",
    "{{ " + "{" * 2000 + "}" * 2000 + " }}",
    "{{ " + "not " * 2000 + "name }}",
    "{{ " + "-" * 2000 + "1 }}",
    "{{ 1" + " + 1" * 2000 + " }}",
    "{{ name" + " ~ name" * 2000 + " }}",
    "{{ name" + "|upper" * 2000 + " }}",
    "{{ name" + ".a" * 2000 + " }}",
    "{{ name" + "[0]" * 2000 + " }}",
    "{{ name" + " if name" * 2000 + " }}",
    "{{ name" + " and name" * 2000 + " }}",
    "{{ name == name" + " == name" * 2000 + " }}",
    "{% if name %}" * 2000 + "x" + "{% endif %}" * 2000,
    "{% for a in name %}" * 50 + "x" + "{% endfor %}" * 50,
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'text.md' %}",
    "{% extends 'text.md' %}",
    "{% import 'text.md' as x %}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{% filter center(999999999) %}x{% endfilter %}",
    "{% set a %}x{% endset %}",
    "{% call x() %}{% endcall %}",
    "{{ lipsum(n=9999999) }}",
    "{{ cycler('a').next() }}",
    "{{ namespace(a=1) }}",
    "{{ dict(a=1) }}",
    "{{ name|random }}",
    "{{ {'a': 1}|xmlattr }}",
    "{{ name|attr('__class__') }}",
    "{{ name.encode() }}",
    "{{ name.__class__.__mro__ }}",
    "{{ pdf.update({'a': 1}) }}",
    "{{ pdf.clear() }}",
    "{{ big ~ big }}",
    "{{ big }} {{ big }}",
    "x" * 100_001,
    "> " * 2000 + "x",
    "- " * 2000 + "x",
    "1. " * 2000 + "x",
    "> - " * 500 + "x",
    "**" * 2000 + "a" + "**" * 2000,
    "*" * 4001 + "a" + "*" * 4001,
    "*a _b " * 1000 + "c" + "_ d*" * 1000,
    "a" + "\n".join("  " * depth + "- x" for depth in range(200)),
]  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb[:40].encode("unicode_escape").decode())
def test_a_bomb_is_a_finding_with_its_line(tmp_path: Path, bomb: str) -> None:
    tracemalloc.start()
    try:
        found = write(tmp_path, f"Hello,\n\n{bomb}\n", big="x" * 60_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(found, Finding), bomb[:60]
    assert found.code == "letter-template"
    assert (found.place.line or 0) >= FIRST_LINE
    if "\n" not in bomb and "big ~" not in bomb and "{{ big }}" not in bomb and len(bomb) < 100_000:
        assert found.place.line == FIRST_LINE + 2
    assert peak < 60e6
    assert len(found.message) < 300
    assert "depth exceeded" not in found.message


@pytest.mark.parametrize(
    "bomb",
    [
        '{{ "x" * 999999999 }}',
        "{{ range(10**9)|list }}",
        "{{ 9**9**9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ " + "(" * 2000 + ")" * 2000 + " }}",
    ],
)
@pytest.mark.parametrize("field", ["subject", "list_unsubscribe"])
def test_a_bomb_in_the_head_is_a_finding(tmp_path: Path, bomb: str, field: str) -> None:
    path = tmp_path / "text.md"
    head = {"subject": "s", "from": "d@example.org", field: bomb}
    lines = "".join(f"{name}: '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in head.items())
    path.write_text(f"---\n{lines}---\nHi\n", "utf-8")
    found = read_and_write(path, {})
    assert isinstance(found, Finding)
    assert (found.code, found.place.field, found.place.line) == ("letter-template", field, list(head).index(field) + 2)


FLAT = [
    "[" * 2000, "]" * 2000, "[" * 2000 + "a" + "]" * 2000, "![" * 2000, "(" * 2000, "`" * 2000, "<" * 2000, "&" * 2000,
    "*" * 2000, "_a" * 2000, "a**b" * 2000, "[a](" * 2000, "\\" * 2001, "~" * 2000, "#" * 2000, "|a" * 2000, "$" * 2000,
    "[a]: b\n" * 500 + "[a]", "`a" * 2000, "<a " * 2000, "* * " * 500 + "\n", "{% raw %}" + "{{" * 2000 + "{% endraw %}",
    "é" * 5000, "a\n" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("text", FLAT, ids=lambda text: text[:12])
def test_much_of_what_is_flat_is_a_letter(tmp_path: Path, text: str) -> None:
    found = write(tmp_path, f"Hello\n\na{text}\n")
    assert isinstance(found, Letter), found


GOOD = {
    "Dear {{ name.split()[0] }},": "Dear Ada,",
    "Dear {{ name.split(' ')|last|upper }},": "Dear KING,",
    "{{ (seats|int) * 25 }} EUR": "75 EUR",
    "{{ (seats|int) * 12.5 }} EUR, {{ 7 % 4 }}, {{ 7 // 2 }}, {{ 7 - 2 }}, {{ -1 }}": "37.5 EUR, 3, 3, 5, -1",
    "{{ 'a' + 'b' ~ seats }}": "ab3",
    "{% for town in towns.split(';') %}{{ town|trim }}{% if not loop.last %}, {% endif %}{% endfor %}": "Łódź, Gent",
    "{{ towns.split(';')|join(' and ') }}": "Łódź and Gent",
    "{{ towns|replace(';', ' / ') }} {{ towns.replace(';', '+') }}": "Łódź / Gent Łódź+Gent",
    "{% set first = name.split()[0] %}Dear {{ first }}": "Dear Ada",
    "{% if seats == '1' %}one{% elif seats in ['2', '3'] %}few{% else %}many{% endif %}": "few",
    "{{ 'many' if seats|int > 2 else 'few' }}": "many",
    "{{ nothing|default('no one') }} {{ seats or 'x' }}": "no one 3",
    "{{ name|truncate(5, true, '…', 0) }} {{ name|length }} {{ name[:3] }} {{ name|lower|title }}": "Ada … 8 Ada Ada King",
    "{{ pdf.size_mb|round(0)|int }} MB, {{ pdf['name'] }}": "1 MB, d.pdf",
    "{% if name.startswith('Ada') and name is defined and seats is not none %}yes{% endif %}": "yes",
    "{# a remark #}{% raw %}{{ }}{% endraw %}": "{{ }}",
}  # fmt: skip


@pytest.mark.parametrize(("body", "text"), GOOD.items())
def test_what_letters_need_is_allowed(tmp_path: Path, body: str, text: str) -> None:
    made = write(tmp_path, body, seats="3", towns="Łódź;Gent")
    assert isinstance(made, Letter), made
    assert made.text == f"{text}\n"


def test_a_letter_that_is_nested_as_people_do_is_whole(tmp_path: Path) -> None:
    body = "\n".join("  " * depth + f"- item {depth}" for depth in range(8)) + "\n\n> > > quoted ***a*** **b *c* d**\n"
    made = write(tmp_path, body)
    assert isinstance(made, Letter), made
    assert all(f"item {depth}" in made.text for depth in range(8))


def test_a_noncharacter_that_somebody_types_is_no_slot(tmp_path: Path) -> None:
    made = write(tmp_path, "a \ufdd05\ufdd1 \ufdd0zz\ufdd1 {{ name }}", name="\ufdd09\ufdd1")
    assert isinstance(made, Letter)
    assert made.text == "a 5 zz 9\n"


def test_two_letters_that_differ_in_values_alone_are_one_shape(tmp_path: Path) -> None:
    first, second = (
        write(tmp_path, "Dear *{{ name }}*, {{ town }}", name=n, town=t) for n, t in (("A", "B"), ("B*", "<A>"))
    )
    assert isinstance(first, Letter)
    assert isinstance(second, Letter)
    assert (first.text, second.text) == ("Dear A, B\n", "Dear B*, <A>\n")
    assert "<em>B*</em>, &lt;A&gt;" in second.html
