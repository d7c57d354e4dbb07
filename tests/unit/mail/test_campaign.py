"""A campaign: what makes it the same, what goes with each mail, and the faults that stop it before it begins."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from directory_pub.findings import Finding
from directory_pub.mail.campaign import Campaign, Mailing, check_mailings, read_campaign, write_mailing
from directory_pub.mail.templates import TemplateError

LIST = "email,name\nada@example.org,Ada\nbob@example.org,Bob\ncy@example.org,Cy\n"
BODY = "{% if attached %}{{ pdf.name }}, {{ pdf.size_mb }} MB{% else %}See {{ link }}{% endif %}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(LIST)
    Path("big.pdf").write_bytes(b"%PDF-1.7" + bytes(300_000))
    Path("light.pdf").write_bytes(b"%PDF-1.7" + bytes(30_000))
    return tmp_path


def write(body: str = "Hi {{ name }}", *front: str) -> None:
    lines = "".join(f"{line}\n" for line in ("subject: s", "from: dir@example.org", *front))
    Path("text.md").write_text(f"---\n{lines}---\n{body}\n")


def campaign() -> Campaign:
    found, findings = read_campaign(Path("people.csv"), Path("text.md"), Path("big.pdf"))
    assert found, findings
    return found


def mailings(ceiling: int) -> tuple[list[Mailing], list[Finding]]:
    made, written = campaign(), []
    for recipient in made.recipients:
        with suppress(TemplateError):
            written.append(write_mailing(made, recipient, ceiling))
    return written, check_mailings(made, made.recipients, ceiling, lambda count: None)


def test_the_pdf_goes_with_the_mail_while_the_encoded_mail_fits(folder: Path) -> None:
    write(BODY.replace("{{ link }}", "nothing"))
    fitting, findings = mailings(10**7)
    assert findings == []
    size = max(len(mailing.content(campaign(), 0)) for mailing in fitting)
    assert size > 300_000 * 4 / 3, "what counts is the size after encoding"
    assert fitting[0].letter.text == "big.pdf, 0.3 MB\n"
    assert mailings(size)[1] == []
    assert len(mailings(size - 2)[1]) == 1


def test_above_the_ceiling_the_lighter_pdf_goes(folder: Path) -> None:
    write(BODY.replace("{{ link }}", "nothing"), "lighter_pdf: light.pdf")
    made, findings = mailings(100_000)
    assert findings == []
    assert {mailing.attachment.name for mailing in made if mailing.attachment} == {"light.pdf"}
    assert made[0].letter.text == "light.pdf, 0.1 MB\n"


def test_above_the_ceiling_the_link_goes_and_no_pdf(folder: Path) -> None:
    write(BODY, "link: https://example.org/d.pdf")
    made, findings = mailings(100_000)
    assert findings == []
    assert [mailing.attachment for mailing in made] == [None, None, None]
    assert made[0].letter.text == "See https://example.org/d.pdf\n"
    assert b"application/pdf" not in made[0].content(campaign(), 0)


@pytest.mark.parametrize(("front", "ceiling"), [((), 100_000), (("lighter_pdf: light.pdf",), 10_000)])
def test_a_mail_that_fits_in_no_way_is_one_finding_that_says_what_to_do(
    folder: Path, front: tuple[str, ...], ceiling: int
) -> None:
    write("Hi", *front)
    made, findings = mailings(ceiling)
    assert made == []
    assert [finding.code for finding in findings] == ["letter-size"]
    assert "MB with its attachment encoded" in findings[0].message
    assert "The same for 2 more." in findings[0].message
    assert "directory-pub build --max-size" in findings[0].remedy


def test_a_fault_of_one_recipient_alone_names_the_row(folder: Path) -> None:
    Path("people.csv").write_text("email,name,seats\nada@example.org,Ada,2\nbob@example.org,Bob,0\n")
    write("{{ 10 // (seats|int) }}")
    made, findings = mailings(10**7)
    assert [mailing.letter.recipient.name for mailing in made] == ["Ada"]
    assert [(finding.code, finding.place.line) for finding in findings] == [("letter-template", 5)]
    assert "people.csv:3" in findings[0].message


def test_everything_that_is_wrong_with_list_letter_and_files_is_told_at_once(folder: Path) -> None:
    Path("people.csv").write_text("email,name\nada,Ada\nbob@example.org,\n")
    write("Hi", "replyto: x")
    Path("big.pdf").write_text("no PDF")
    found, findings = read_campaign(Path("people.csv"), Path("text.md"), Path("big.pdf"))
    assert found is None
    assert [f.code for f in findings] == ["mail-syntax", "recipient-name", "key-unknown", "value-type"]
    write("Hi", "lighter_pdf: none.pdf")
    assert "file-missing" in [
        f.code for f in read_campaign(Path("people.csv"), Path("text.md"), Path("none.pdf"))[1]
    ]  # fmt: skip


def test_what_is_sent_makes_a_campaign_and_whom_it_is_sent_to_does_not(folder: Path) -> None:
    write("Hi", "lighter_pdf: light.pdf")
    first = campaign().id
    Path("people.csv").write_text(LIST + "di@example.org,Di\n")
    assert campaign().id == first
    ids = {first}
    for path in ("text.md", "big.pdf", "light.pdf"):
        Path(path).write_bytes(Path(path).read_bytes() + b"\n")
        ids.add(campaign().id)
    assert len(ids) == 4
