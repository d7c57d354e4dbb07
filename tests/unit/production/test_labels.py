"""The email file's labels are earned: a validator reads it first, and its one false alarm is known by name."""

from __future__ import annotations

import io
import random
import re
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import page
import pikepdf
import pytest
from pikepdf import Name

from directory_pub.build import BuildResult
from directory_pub.edition.model import Edition
from directory_pub.production.labels import _is_false_alarm, check_press_pages, label_email
from labels import labelled as with_label
from preflight.good_pdf import printer
from preflight.seeded import write_seed


@pytest.fixture(scope="module")
def edition(harbour: BuildResult) -> Edition:
    assert harbour.edition
    return harbour.edition


@pytest.fixture(scope="module")
def labelled(harbour: BuildResult) -> bytes:
    return harbour.files["email"].read_bytes()


@pytest.fixture(scope="module")
def unlabelled(labelled: bytes) -> bytes:
    """The made-up edition's file as it was before it was labelled: the room that the labels took is free again."""
    start = labelled.rindex(b"<?xpacket begin")
    end = labelled.index(b"<?xpacket end", start)
    packet = labelled[start:end].decode()
    packet = re.sub(r"<pdf(a|ua)id:\w+>.*?</pdf(a|ua)id:\w+>\n?", "", packet)
    packet = re.sub(r"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>\n?", "", packet, flags=re.DOTALL)
    packet = re.sub(r'\s*xmlns:pdf(a|ua)\w+="[^"]*"', "", packet)
    stripped = packet.encode()
    return labelled[:start] + stripped + b" " * (end - start - len(stripped)) + labelled[end:]


@pytest.fixture
def file(unlabelled: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "book.pdf"
    path.write_bytes(unlabelled)
    return path


def saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, fix_metadata_version=False, **how)
    return out.getvalue()


def labels(pdf: bytes) -> set[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return set(re.findall(rb"<(pdf\w+id):part>", document.Root.Metadata.read_bytes()))


def test_a_good_file_earns_both_labels(file: Path, labelled: bytes, edition: Edition) -> None:
    assert labels(file.read_bytes()) == set()
    assert label_email(file, edition) == []
    assert labels(file.read_bytes()) == {b"pdfaid", b"pdfuaid"}
    assert len(file.read_bytes()) == len(labelled)


@pytest.mark.parametrize("side_by_side", [True, False])
@pytest.mark.parametrize("fault", ["no alt text", "no intent", "no language"])
def test_a_file_with_a_fault_stays_without_labels(
    file: Path, edition: Edition, fault: str, side_by_side: bool
) -> None:
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        if fault == "no alt text":
            figure = next(
                each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == Name.Figure
            )
            del figure["/Alt"]
        else:
            del pdf.Root["/OutputIntents" if fault == "no intent" else "/Lang"]
        bad = saved(pdf)
    file.write_bytes(bad)
    findings = label_email(file, edition, side_by_side=side_by_side)
    assert file.read_bytes() == bad
    assert labels(bad) == set()
    assert findings
    assert {finding.code for finding in findings} == {"conformance"}
    assert all(finding.message.startswith(("PDF/UA-1: ", "PDF/A-3a: ")) for finding in findings)


def test_data_that_ends_like_a_line_is_no_fault(file: Path, edition: Edition) -> None:
    """The validator takes a carriage return at the end of data for a part of the line end behind it."""
    chance = random.Random(1)
    data = next(each for _ in range(9999) if (each := zlib.compress(chance.randbytes(200))).endswith(b"\r"))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        packet = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=pikepdf.Array([0, 0, 1, 1]))
        packet.write(data, filter=Name.FlateDecode)
        pdf.pages[0].add_resource(packet, Name.XObject, Name.Odd)
        odd = saved(pdf)
    alarms = page.validate_pdf_bytes(with_label(odd), profile="3a").failures
    assert ["STREAM-LENGTH" in alarm.rule_id for alarm in alarms] == [True]
    file.write_bytes(odd)
    assert label_email(file, edition) == []
    assert labels(file.read_bytes()) == {b"pdfaid", b"pdfuaid"}


def test_what_is_told_after_a_false_alarm_is_not_lost(file: Path) -> None:
    before = sys.stderr
    told = SimpleNamespace(rule_id="PDFA3A-STREAM-LENGTH-001")
    assert _is_false_alarm(told, file)  # type: ignore[arg-type] # all that is asked of it is the rule
    assert sys.stderr is before


def test_a_stream_whose_length_is_wrong_is_no_false_alarm(file: Path) -> None:
    told = SimpleNamespace(rule_id="PDFA3A-STREAM-LENGTH-001")
    assert _is_false_alarm(told, file)  # type: ignore[arg-type] # all that is asked of it is the rule
    with pikepdf.open(file) as pdf:  # nothing packed, or a wrong length would leave no object at all
        loose = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    wrong = re.sub(
        rb"/Length (\d*)(\d)( /|>>| >>)", lambda m: b"/Length %s%d%s" % (m[1], (int(m[2]) + 3) % 10, m[3]), loose
    )
    assert wrong != loose
    other = SimpleNamespace(rule_id="PDFUA1-CONTENT-TAGGING-001")
    assert not _is_false_alarm(other, file)  # type: ignore[arg-type] # as above
    file.write_bytes(wrong)
    assert not _is_false_alarm(told, file)  # type: ignore[arg-type] # as above


def _ends_a_line(good: bytes, length: re.Match[bytes]) -> bool:
    """Whether a stream ends in a line end: less by that, it is a stream as whole as before."""
    start = good.index(b"stream\n", length.end()) + len(b"stream\n")
    return good[start : start + int(length[1])].endswith((b"\n", b"\r"))


@pytest.mark.parametrize("more", [-4, -1, 2, 7])
def test_one_stream_of_many_whose_length_is_wrong_is_enough(file: Path, more: int) -> None:
    told = SimpleNamespace(rule_id="PDFA3A-STREAM-LENGTH-001")
    good = file.read_bytes()
    lengths = [
        each
        for each in re.finditer(rb"/Length (\d+)", good)
        if len(b"%d" % (int(each[1]) + more)) == len(each[1]) and not _ends_a_line(good, each)
    ]
    for length in lengths[:: len(lengths) // 5]:
        file.write_bytes(good[: length.start(1)] + b"%d" % (int(length[1]) + more) + good[length.end(1) :])
        assert not _is_false_alarm(told, file)  # type: ignore[arg-type] # as above


def test_what_a_build_delivers_has_its_labels(labelled: bytes) -> None:
    assert labels(labelled) == {b"pdfaid", b"pdfuaid"}


@pytest.mark.parametrize(
    ("rule", "way", "told"),
    [
        ("damaged", "a content stream that breaks off", ["damaged"]),
        ("damaged", "content in another language", ["damaged"]),
        ("annotation", "a link", ["annotation"]),
        ("output-profile", "of a screen", []),
        ("colour-spot", "one more than the printer has plates for", []),
    ],
)
def test_pages_are_held_against_what_is_asked_of_a_page(
    rule: str, way: str, told: list[str], edition: Edition, tmp_path: Path
) -> None:
    """What they are not read for is asked of the whole file."""
    pages = write_seed(rule, way, tmp_path).read_bytes()
    findings, _ = check_press_pages(pages, printer(), edition, ())
    assert [re.findall(r"\(([a-z-]+)\)\.$", finding.message) for finding in findings] == [[each] for each in told]
