"""A letter: one source for two parts, and nothing in a recipient's fields that is read as more than text."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from directory_pub.findings import Finding, Place
from directory_pub.mail.addresses import Mailbox
from directory_pub.mail.letter_file import read_letter_file
from directory_pub.mail.letters import Letter, write_letter
from directory_pub.mail.recipients import Recipient
from directory_pub.mail.templates import TemplateError

FRONT = "subject: Hello {{ name }}\nfrom: dir@example.org\n"
FACTS = {"attached": True, "pdf": {"name": "d.pdf", "size_mb": 1.2}}


def recipient(**fields: str) -> Recipient:
    values = {"email": "ada@example.org", "name": "Ada", **fields}
    mailbox = Mailbox(address=values["email"], name=values["name"])
    place = Place(file="people.csv", line=2)
    return Recipient(place=place, mailbox=mailbox, language=values.get("language", ""), fields=values)


def read(tmp_path: Path, body: str, front: str = FRONT) -> tuple[Any, list[Finding]]:
    path = tmp_path / "text.md"
    path.write_text(f"---\n{front}---\n\n{body}", "utf-8")
    return read_letter_file(path)


def letter(tmp_path: Path, body: str, front: str = FRONT, facts: dict[str, Any] | None = None, **fields: str) -> Letter:
    source, findings = read(tmp_path, body, front)
    if findings:
        raise TemplateError(findings[0])
    return write_letter(source, recipient(**fields), facts or FACTS)


def fault(tmp_path: Path, body: str, front: str = FRONT, **fields: str) -> Finding:
    with pytest.raises(TemplateError) as caught:
        letter(tmp_path, body, front, **fields)
    return caught.value.finding


# -------------------------------------------------------------------- two parts from one source
BODY = """\
# Dear {{ name }}

The directory is *here*, **{{ pdf.size_mb }} MB**; see
[our page](https://example.org/a_b) or <https://example.org>, or write to <mailto:dir@example.org>.

- one
- two, which goes on for so long that it needs a second line of its own, and hangs below the first
  1. inner

> Said once.\\
> Said twice.

    code {{ name }}

***

{% if attached %}{{ pdf.name }} is attached.{% endif %}
"""


def test_the_plain_text_reads_as_a_person_would_type_it(tmp_path: Path) -> None:
    assert letter(tmp_path, BODY).text == (
        "Dear Ada\n========\n\n"
        "The directory is here, 1.2 MB; see our page <https://example.org/a_b> or\n"
        "https://example.org, or write to mailto:dir@example.org.\n\n"
        "- one\n- two, which goes on for so long that it needs a second line of its own,\n  and hangs below the first\n"
        "  1. inner\n\n"
        "> Said once.\n> Said twice.\n\n    code Ada\n\n" + "-" * 72 + "\n\nd.pdf is attached.\n"
    )


def test_the_html_says_the_same_and_is_closed(tmp_path: Path) -> None:
    page = letter(tmp_path, BODY, FRONT + "language: pt-BR\n", language="pl").html
    assert '<html lang="pt-BR">' in page
    assert '<a href="https://example.org/a_b">our page</a>' in page
    assert "<strong>1.2 MB</strong>" in page
    assert "src=" not in page, "whatever is fetched tells who reads"
    assert tags(page).count("li") == 3


def test_a_letter_is_in_its_recipients_language_where_it_asks_for_it(tmp_path: Path) -> None:
    body = "{% if language == 'fr' %}Bonjour{% else %}Hi{% endif %}"
    assert '<html lang="fr">' in letter(tmp_path, body, language="fr").html
    assert letter(tmp_path, body, language="fr").language == "fr"
    assert "<html>" in letter(tmp_path, body, language="").html


def test_a_letter_that_is_the_same_for_all_is_not_in_their_languages(tmp_path: Path) -> None:
    assert "<html>" in letter(tmp_path, "Hi", language="fr").html
    assert letter(tmp_path, "Hi", language="fr").language == ""


def test_a_letter_in_no_language_that_there_is_is_refused(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "Hi", FRONT + "language: english please\n")
    assert [finding.code for finding in findings] == ["language-unknown"]


def test_a_web_address_is_not_broken_over_lines(tmp_path: Path) -> None:
    address = "https://example.org/" + "x-" * 60
    assert f"<{address}>" in letter(tmp_path, f"Here: [it]({address})").text.splitlines()


def test_a_loose_list_has_air_and_a_later_start_is_kept(tmp_path: Path) -> None:
    assert letter(tmp_path, "3. one\n\n4. two\n").text == "3. one\n\n4. two\n"


def test_the_link_may_stand_alone_or_behind_words(tmp_path: Path) -> None:
    front = FRONT + "link: https://example.org/a?b=1&c=2\n"
    made = letter(tmp_path, "{{ link }} and [words]({{ link }})", front)
    assert made.text == "https://example.org/a?b=1&c=2 and words <https://example.org/a?b=1&c=2>\n"
    assert made.html.count('href="https://example.org/a?b=1&amp;c=2"') == 2


# -------------------------------------------------------------------- a field is text
NASTY = [
    "<b>bold</b>", "<script>alert(1)</script>", "*bold* _it_ `code`", "[x](https://example.com)", "# head",
    "![x](https://example.com/p.png)", "<https://example.com>", "&lt;b&gt;", "1. one", "> quote", "a\n\n# b", "\\*", '" onx="',
    "{{ 7*7 }}", "{% raw %}", "\ufdd061\ufdd1", "---", "    code", "```", "https://example.com",
]  # fmt: skip


@pytest.mark.parametrize("nasty", NASTY)
def test_a_field_cannot_be_markup(tmp_path: Path, nasty: str) -> None:
    body = "Dear {{ name }}, [go](https://example.org/?q={{ name|urlencode }}) `{{ name }}`\n\n{{ name }}\n\n- {{ name }}\n"
    plain, made = (
        letter(tmp_path, body, name="Ada"),
        letter(tmp_path, body, "subject: s\nfrom: d@example.org\n", name=nasty),
    )
    assert tags(made.html) == tags(plain.html)
    words = " ".join(nasty.replace("\ufdd0", "").replace("\ufdd1", "").split())
    assert texts(made.html).count(words) >= 3
    assert f"Dear {words}," in " ".join(made.text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name not in {"style", "charset", "lang"}]

    def handle_data(self, data: str) -> None:
        self.texts.append(" ".join(data.split()))


def tags(page: str) -> list[str]:
    reader = _Reader()
    reader.feed(page)
    return reader.tags


def texts(page: str) -> str:
    reader = _Reader()
    reader.feed(page)
    return "\n".join(reader.texts)


def test_a_paragraph_of_one_empty_field_leaves_no_hole(tmp_path: Path) -> None:
    assert letter(tmp_path, "One\n\n{{ organisation }}\n\nTwo", organisation="").text == "One\n\nTwo\n"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "https://example.org/ a", "data:x"])
def test_a_link_that_a_field_makes_unsafe_is_refused(tmp_path: Path, address: str) -> None:
    found = fault(tmp_path, "Hello\n\n[x]({{ page }})", page=address)
    assert (found.code, found.place.file) == ("letter-link", str(tmp_path / "text.md"))


# -------------------------------------------------------------------- what is wrong
@pytest.mark.parametrize(
    ("body", "code", "line", "words"),
    [
        ("Dear {{ name }}\n\n{{ nmae }}", "letter-template", 8, "'nmae' is undefined"),
        ("{{ pdf.pages }}", "letter-template", 6, "has no attribute 'pages'"),
        ("a\n{{ 1 / 0 }}", "letter-template", 7, "division by zero"),
        ("a\n{{ link }}", "letter-template", 7, "'link' is undefined"),
        ("{{ ''.__class__.__mro__ }}", "letter-template", 6, "unsafe"),
        ("{% for i in range(10**9) %}x{% endfor %}", "letter-template", 6, "range"),
        ("a\n\n![x](https://example.org/p.png)", "letter-picture", 8, "p.png"),
        ("a\n[x](ftp://example.org)", "letter-link", 7, "ftp://example.org"),
    ],
)
def test_what_cannot_be_written_is_refused_with_the_letters_line(
    tmp_path: Path, body: str, code: str, line: int, words: str
) -> None:
    found = fault(tmp_path, body)
    assert (found.code, found.place.line) == (code, line)
    assert words in found.message


@pytest.mark.parametrize(
    ("subject", "fields", "code"),
    [
        ("'{{ title }}'", {"title": ""}, "letter-subject"),
        ("'{{ title }}'", {"title": "a\nBcc: x@example.org"}, "header-break"),
        ('"a\\nb"', {}, "header-break"),
        ("|\n  a\n  b", {}, "header-break"),
        ("'{{ title }}'", {"title": "x" * 201}, "header-long"),
        ("'{{ nobody }}'", {}, "letter-template"),
    ],
)
def test_a_subject_is_one_line_with_words_in_it(
    tmp_path: Path, subject: str, fields: dict[str, str], code: str
) -> None:
    found = fault(tmp_path, "Hi", f"subject: {subject}\nfrom: dir@example.org\n", **fields)
    assert (found.code, found.place.line, found.place.field) == (code, 2, "subject")


@pytest.mark.parametrize(
    "address", ["https://example.org/<x>", "mailto:nobody", "example.org", "https://example.org/{{ name }}"]
)
def test_a_way_to_leave_the_list_that_cannot_be_opened_is_refused(tmp_path: Path, address: str) -> None:
    found = fault(tmp_path, "Hi", f"{FRONT}list_unsubscribe: '{address}'\n", name="Ada L")
    assert (found.code, found.place.field) == ("letter-link", "list_unsubscribe")


@pytest.mark.parametrize(
    ("front", "body", "expected"),
    [
        ("from: dir@example.org\n", "Hi", ("key-missing", 2)),
        ("subject: x\n", "Hi", ("key-missing", 2)),
        (FRONT + "replyto: a@example.org\n", "Hi", ("key-unknown", 4)),
        (FRONT + "subject: again\n", "Hi", ("key-duplicate", 4)),
        (FRONT + "limit_mb: lots\n", "Hi", ("value-type", 4)),
        (FRONT + "reply_to: nobody\n", "Hi", ("mail-syntax", 4)),
        ("subject: x\nfrom: żółw@example.org\n", "Hi", ("mail-syntax", 3)),
        ('subject: x\nfrom: "Dir\\r\\nBcc: x@example.org <dir@example.org>"\n', "Hi", ("header-break", 3)),
        ("subject: '{{ name'\nfrom: dir@example.org\n", "Hi", ("letter-template", 2)),
        (FRONT, "Hi\n{% if name %}\nthere", ("letter-template", 7)),
        (FRONT, "", ("key-missing", 5)),
        (FRONT + "link: example.org\n", "{{ link }}", ("letter-link", 4)),
        (FRONT + "link: https://example.org\n", "No link", ("letter-link", 4)),
        (FRONT + "link: https://example.org\nlighter_pdf: x.pdf\n", "{{ link }}", ("letter-link", 4)),
        ("subject: 'x\nfrom: y\n", "Hi", ("yaml-syntax", 3)),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_letter_is_named_with_its_line(
    tmp_path: Path, front: str, body: str, expected: tuple[str, int]
) -> None:
    source, findings = read(tmp_path, body, front)
    assert source is None
    assert [(finding.code, finding.place.line) for finding in findings] == [expected]


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    assert read(tmp_path, "Hi", FRONT + "replyto: a@example.org\n")[1][0].remedy == "Did you mean 'reply_to'?"


def test_a_file_without_front_matter_or_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text("Dear Ada", "utf-8")
    assert [finding.code for finding in read_letter_file(path)[1]] == ["yaml-syntax"]
    path.write_bytes(b"---\nsubject: \xe4\n---\n")
    assert [(f.code, f.place.line) for f in read_letter_file(path)[1]] == [("file-encoding", 2)]
    assert [finding.code for finding in read_letter_file(tmp_path / "none.md")[1]] == ["file-missing"]
