"""The contact data that the email PDF has with it: what it shows and no more, the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pikepdf
import pytest

from directory_pub.build import BuildResult, build_edition
from directory_pub.census import check_withheld
from directory_pub.edition.targets import EMAIL
from directory_pub.impose import impose_file
from directory_pub.pdf_writing.attachments import AttachedFile, as_json, attach_files, from_json
from directory_pub.pdf_writing.linearise import linearise_file
from small_book import errors, write_small

ENTRIES = {
    "anchor": "---\nname: Anchor\nqr: vcard\ncontact:\n  - web: www.anchor.example.org\n  - phone: +41 22 555 01 32\n"
    "  - mail: desk@example.org\n---\n\nText.\n",
    "bakers": "---\nname: Bakers\ncontact:\n  - phone: +41 22 555 01 33\n---\n\nText.\n",
}
MORE = "country: CH\nemail: {attach: [contacts.csv, contacts.vcf]}\nshow: {phone: press}\n"


def build(folder: Path) -> BuildResult:
    result = build_edition(write_small(folder / "edition", ENTRIES, trim="A5", more=MORE), folder / "out")
    assert not errors(result), errors(result)
    return result


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return build(tmp_path_factory.mktemp("attached"))


def attached(path: Path) -> dict[str, bytes]:
    with pikepdf.open(path) as pdf:
        return {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}


def test_the_email_file_has_what_it_shows_and_the_press_file_nothing(built: BuildResult) -> None:
    files = attached(built.files["email"])
    assert list(files) == ["contacts.csv", "contacts.vcf"]
    rows = list(csv.reader(io.StringIO(files["contacts.csv"].decode("utf-8-sig"))))
    assert rows == [["Name", "Section", "Website", "Email"], ["Anchor", "TOWNS", "www.anchor.example.org",
                    "desk@example.org"], ["Bakers", "TOWNS", "", ""]]  # fmt: skip
    assert b"EMAIL:desk@example.org" in files["contacts.vcf"]
    assert b"555" not in b"".join(files.values())
    assert attached(built.files["press"]) == {}


def test_each_file_says_what_it_is_and_stands_where_readers_look(built: BuildResult) -> None:
    with pikepdf.open(built.files["email"]) as pdf:
        assert pdf.is_linearized
        kinds = {}
        for each in pdf.Root.AF:
            data = each.EF.UF.read_bytes()
            assert str(each.F) == str(each.UF)
            assert (each.AFRelationship, str(each.Desc)) == ("/Data", f"A Small Book: {each.UF}")
            assert bytes(each.EF.UF.Params.CheckSum) == hashlib.md5(data).digest()
            assert int(each.EF.UF.Params.Size) == len(data)
            assert str(each.EF.UF.Params.ModDate) == "D:20310302000000Z"
            kinds[str(each.UF)] = str(each.EF.UF.Subtype)
    assert kinds == {"contacts.csv": "/text/csv", "contacts.vcf": "/text/vcard"}


@pytest.mark.slow
def test_the_same_content_gives_the_same_bytes(built: BuildResult, tmp_path: Path) -> None:
    again = build(tmp_path)
    for target, path in built.files.items():
        assert path.read_bytes() == again.files[target].read_bytes()


def test_what_is_withheld_is_found_in_an_attached_file_however_it_is_folded(built: BuildResult, tmp_path: Path) -> None:
    whole, path = built.edition, tmp_path / "leaks.pdf"
    from directory_pub.read import read_edition
    from project import ROOT

    folder = built.files["email"].parent.parent / "edition"
    whole, _ = read_edition(folder, ROOT)
    assert whole is not None
    assert check_withheld(built.files["email"], whole, None, EMAIL.name, "x.pdf") == []
    leak = "BEGIN:VCARD\r\nTEL:+41 22 5\r\n 55 01 32\r\nEND:VCARD\r\n"
    file = AttachedFile(name="x.vcf", media_type="text/vcard", says="x", created="2031-03-02", data=leak.encode())
    with pikepdf.open(built.files["email"]) as pdf:
        attach_files(pdf, [file])
        pdf.save(path)
    (found,) = check_withheld(path, whole, None, EMAIL.name, "x.pdf")
    assert (found.code, "a file in it" in found.message) == ("words-withheld", True)


def test_a_long_file_gets_them_in_the_process_that_writes_it(
    built: BuildResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = AttachedFile(name="größe.csv", media_type="text/csv", says="x", created="2031-03-02", data=b"a\xff\x00")
    assert from_json(as_json([file])) == [file]
    outs = [tmp_path / "here.pdf", tmp_path / "apart.pdf"]
    for out, most in zip(outs, (10**9, 0), strict=True):
        monkeypatch.setattr("directory_pub.pdf_writing.linearise._APART_FROM_BYTES", most)
        linearise_file(built.files["press"], out, [file])
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert attached(outs[1]) == {"größe.csv": b"a\xff\x00"}


def test_sheets_for_a_copier_have_none(built: BuildResult, tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    out.write_bytes(impose_file(built.files["email"], sheet="A4").pdf)
    assert attached(out) == {}
