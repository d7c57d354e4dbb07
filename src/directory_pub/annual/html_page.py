"""A comparison as a page to read and print: one file, with nothing fetched from elsewhere."""

from __future__ import annotations

from functools import cache

import jinja2

from directory_pub.annual.comparison import Comparison, PageComparison
from directory_pub.findings import printable

__all__ = ["html_page"]

_HEADS = {"changed": "Changed", "new": "New", "dropped": "Dropped", "unread": "Not read", "unchanged": "Unchanged"}


def html_page(comparison: Comparison) -> str:
    """The page; texts of the editions are escaped, whatever is in them."""
    return _template().render(
        comparison=comparison,
        heads=_HEADS,
        groups={status: _of_status(comparison, status) for status in _HEADS},
        front=[page for page in comparison.pages if page.status != "unchanged"],
        printable=printable,
    )


def _of_status(comparison: Comparison, status: str) -> list[PageComparison]:
    return [entry for entry in comparison.entries if entry.status == status]


@cache
def _template() -> jinja2.Template:
    house = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return house.from_string(_PAGE)


_SHEET = """
:root { --ink: #1d1d1b; --navy: #12355b; --blue: #4a6f94; --mist: #c9d7e4; --pale: #e9eff4; --out: #8f1d14; --in: #0b5a2b }
* { box-sizing: border-box }
html { font: 100%/1.5 "Source Sans 3", "Source Sans Pro", system-ui, "Segoe UI", "Helvetica Neue", sans-serif }
body { margin: 0 auto; max-width: 60rem; padding: 2.5rem 1.5rem 4rem; color: var(--ink); background: #fff }
header { border-top: .5rem solid var(--navy); padding-top: 1.25rem }
.over { margin: 0; color: var(--blue); font-size: .875rem; letter-spacing: .06em; text-transform: uppercase }
h1 { margin: .1rem 0 .25rem; color: var(--navy); font-size: 2rem; font-weight: 600; line-height: 1.15; text-wrap: balance }
header p:last-of-type { margin: 0 }
h2 { margin: 3rem 0 .75rem; padding-top: .4rem; border-top: 2px solid var(--navy);
     color: var(--navy); font-size: 1.25rem; font-weight: 600; line-height: 1.3; break-after: avoid }
h3 { margin: 1.75rem 0 .25rem; color: var(--navy); font-size: 1.0625rem; font-weight: 600; line-height: 1.3; break-after: avoid }
h3 small { margin-left: .5em; color: var(--blue); font-size: .8125rem; font-weight: 400 }
a { color: inherit; text-decoration-color: var(--mist); text-underline-offset: .2em }
a:focus-visible { outline: 3px solid #fd9d24; outline-offset: 2px }
nav ul { display: flex; flex-wrap: wrap; gap: .5rem 2.25rem; margin: 1.5rem 0 0; padding: 0; list-style: none }
nav b { display: block; color: var(--navy); font-size: 1.75rem; font-weight: 600; line-height: 1.1; font-variant-numeric: lining-nums }
nav li.none { color: #6b6b68 } nav li.none b { color: #8a97a5 }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; line-height: 1.45 }
tr { border-top: 1px solid var(--mist); break-inside: avoid }
th, td { padding: .35rem 0; text-align: left; vertical-align: top; font-weight: 400 }
th { width: 11.5rem; padding-right: 1.25rem; color: var(--blue); overflow-wrap: anywhere }
th i { display: block; font-size: .8125rem }
td.words { max-width: 0; overflow-wrap: break-word; hyphens: manual }
td.line { width: 7rem; padding-left: 1.25rem; color: var(--blue); font-size: .8125rem; line-height: 1.7; text-align: right;
          white-space: nowrap; font-variant-numeric: tabular-nums }
del { color: var(--out); text-decoration: line-through; text-decoration-thickness: 1px }
ins { color: var(--in); background: #e4f3e8; text-decoration: underline; text-decoration-thickness: 1.5px;
      text-underline-offset: .18em }
del::before, del::after, ins::before, ins::after { position: absolute; width: 1px; height: 1px; overflow: hidden;
      clip-path: inset(100%); white-space: nowrap }
del::before { content: " out: " } del::after { content: ", end of out " }
ins::before { content: " in: " } ins::after { content: ", end of in " }
.gap { color: var(--blue) }
ul.names { columns: 17rem; column-gap: 2rem; margin: 0; padding: 0; list-style: none; font-size: .9375rem }
ul.names li { padding: .1rem 0; break-inside: avoid }
ul.names small { color: var(--blue) }
.fault { margin-top: 1.5rem; padding: .75rem 1rem; border-left: .35rem solid var(--out); background: #faf0ef; break-inside: avoid }
.fault p, .fault ul { margin: 0 } .fault ul { padding-left: 1.1rem }
@media (max-width: 40rem) { td.line { display: none } th { width: 7rem } }
@page { size: A4; margin: 18mm 18mm 20mm;
        @bottom-right { content: counter(page); font: 9pt "Source Sans 3", system-ui, sans-serif; color: #4a6f94 } }
@media print { html { font-size: 10pt } body { max-width: none; padding: 0 } h2 { margin-top: 2rem } a { text-decoration: none }
               ins { background: none } }
"""

_PAGE = (
    """\
{% macro side(pair) %}{{ pair[1] or pair[0] or "" }}{% endmacro %}
{% macro words(change) %}
{%- for part in change.words -%}
{%- set text = printable(part.text) -%}
{%- if not loop.first %} {% endif -%}
{%- if part.kind == "out" %}<del>{{ text }}</del>
{%- elif part.kind == "in" %}<ins>{{ text }}</ins>
{%- elif part.kind == "gap" %}<span class="gap">{{ text }}</span>
{%- else %}{{ text }}{% endif -%}
{%- endfor -%}
{% endmacro %}
{% macro line(change) %}
{%- if change.lines[1] %}line {{ change.lines[1] }}{% elif change.lines[0] %}was line {{ change.lines[0] }}{% endif -%}
{% endmacro %}
{% macro table(changes, about) %}
<table aria-label="{{ about }}">
{% for change in changes %}
<tr><th scope="row">{{ printable(change.name) }}{% if change.how != "changed" %}<i>{{ change.how }}</i>{% endif %}</th>
<td class="words" lang="{{ comparison.after.language }}">{{ words(change) }}</td>
<td class="line">{{ line(change) }}</td></tr>
{% endfor %}
</table>
{% endmacro %}
{% macro names(pages) %}
<ul class="names">
{% for page in pages %}
<li>{{ printable(page.shown_name) }}{% if side(page.section) %} <small>{{ printable(side(page.section)) }}</small>{% endif %}</li>
{% endfor %}
</ul>
{% endmacro %}
{% macro article(page) %}
<article>
<h3>{{ printable(page.shown_name) }}<small>{{ printable(side(page.file)) }}
{%- if page.confirmed %}, confirmed {{ page.confirmed }}{% endif %}</small></h3>
{% if page.changes %}{{ table(page.changes, printable(page.shown_name)) }}{% else %}<p>{{ heads[page.status] }}.</p>{% endif %}
</article>
{% endmacro %}
{% set before, after = comparison.before, comparison.after %}
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ printable(before.title) }} and {{ printable(after.title) }}: what has changed</title>
<style>"""
    + _SHEET
    + """</style>
</head>
<body>
<header>
<p class="over">What has changed</p>
<h1 lang="{{ after.language }}">{{ printable(after.title) }}</h1>
<p>Beside <span lang="{{ before.language }}">{{ printable(before.title) }}</span>: {{ comparison.entries | length }} entries.</p>
</header>
<nav aria-label="Entries">
<ul>
{% for status, head in heads.items() if status != "unread" or groups.unread %}
<li{% if not groups[status] %} class="none"{% endif %}><b>{{ groups[status] | length }}</b>
{%- if groups[status] %}<a href="#{{ status }}">{{ head | lower }}</a>{% else %}{{ head | lower }}{% endif %}</li>
{% endfor %}
</ul>
</nav>
<main>
{% for side_of in (before, after) if side_of.errors %}
<section class="fault" aria-label="Errors">
<p><strong>{{ printable(side_of.title) }}</strong> has errors; what could be read is compared.</p>
<ul>
{% for error in side_of.errors %}
<li>{{ printable(error.place | string) }}: {{ printable(error.message) }}</li>
{% endfor %}
</ul>
</section>
{% endfor %}
{% if comparison.sheet %}
<section aria-labelledby="edition"><h2 id="edition">The edition</h2>
{{ table(comparison.sheet, "The edition") }}</section>
{% endif %}
{% if front %}
<section aria-labelledby="front-matter"><h2 id="front-matter">Front matter</h2>
{% for page in front %}{{ article(page) }}{% endfor %}</section>
{% endif %}
{% for status, head in heads.items() if groups[status] %}
<section aria-labelledby="{{ status }}"><h2 id="{{ status }}">{{ head }}</h2>
{% if status == "changed" %}{% for page in groups.changed %}{{ article(page) }}{% endfor %}
{% else %}{{ names(groups[status]) }}{% endif %}</section>
{% endfor %}
</main>
</body>
</html>
"""
)
