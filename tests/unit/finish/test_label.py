"""A label is written into the place that is kept for it, and taken back where it was not earned."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from directory_pub.finish import EMAIL_LABEL, PRESS_LABEL, DocumentFacts, labelling
from directory_pub.finish.document import write_identity
from directory_pub.finish.email import write_plain
from directory_pub.finish.label import Label
from directory_pub.pdf_writing.linearise import linearise

LABELS = [(EMAIL_LABEL, "pdfuaid:part", "1"), (PRESS_LABEL, "pdfxid:GTS_PDFXVersion", "PDF/X-4")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A linearised page with an identity of ours."""
    facts = DocumentFacts(title="Tales & <tags>", author="Å. Ølund", language="en", created=date(2031, 3, 2))
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(90, 90))
        write_identity(pdf, facts, for_press=False)
        path = tmp_path / "book.pdf"
        linearise(io.BytesIO(write_plain(pdf)), path)
    return path


def packet(content: bytes) -> tuple[int, int]:
    """Where the XMP packet stands."""
    start = content.rfind(b"<?xpacket begin")
    return start, content.index(b"<?xpacket end", start)


@pytest.mark.parametrize(("label", "name", "value"), LABELS, ids=["email", "press"])
def test_a_label_that_is_kept_changes_no_other_byte(file: Path, label: Label, name: str, value: str) -> None:
    before = file.read_bytes()
    with labelling(file, label) as trial:
        trial.keep(True)
    after, (start, end) = file.read_bytes(), packet(before)
    assert after != before
    assert (after[:start], after[end:]) == (before[:start], before[end:])
    with pikepdf.open(io.BytesIO(after)) as pdf:
        told = pdf.open_metadata()
        assert told[name] == value
        assert told["dc:title"] == "Tales & <tags>"
        assert pdf.is_linearized
        assert pdf.check_linearization(io.StringIO())


@pytest.mark.parametrize("end", ["not earned", "nothing said", "a fault"])
def test_a_label_that_is_not_kept_is_there_inside_the_block_alone(file: Path, end: str) -> None:
    before = file.read_bytes()

    def try_it() -> None:
        with labelling(file, EMAIL_LABEL) as trial:
            assert b"<pdfuaid:part>1<" in file.read_bytes()
            if end == "a fault":
                raise KeyboardInterrupt
            if end == "not earned":
                trial.keep(False)

    if end == "a fault":
        with pytest.raises(KeyboardInterrupt):
            try_it()
    else:
        try_it()
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content.replace(b"<?xpacket", b"<?xqacket"), "has no XMP packet"),
        (lambda content: content.replace(b"<?xpacket end", b"<?xqacket end"), "has no XMP packet"),
        (lambda content: content.replace(b" " * 2000, b" " * 20 + b"x" * 1980), "has no room for a label"),
    ],
    ids=["no packet", "no end", "no room"],
)
def test_a_file_that_a_label_cannot_be_written_into_is_left_as_it_was(
    file: Path, change: Callable[[bytes], bytes], message: str
) -> None:
    content = change(file.read_bytes())
    file.write_bytes(content)
    with pytest.raises(ValueError, match=message), labelling(file, EMAIL_LABEL):
        pytest.fail("there is nothing to try")
    assert file.read_bytes() == content


@pytest.mark.parametrize("at_once", [1, 7, 64, 4096])
def test_a_packet_is_found_wherever_a_part_of_the_search_ends(
    file: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    before = file.read_bytes()
    with labelling(file, EMAIL_LABEL) as trial:
        trial.keep(True)
    at_one_go = file.read_bytes()
    file.write_bytes(before)
    monkeypatch.setattr("directory_pub.finish.label._SEARCHED_AT_ONCE", at_once)
    with labelling(file, EMAIL_LABEL) as trial:
        trial.keep(True)
    assert file.read_bytes() == at_one_go != before
