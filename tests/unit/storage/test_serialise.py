"""What is in a store is data: bytes that would run something when they are read by other means run nothing here."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

import directory_pub
from directory_pub.bind import PieceObjects
from directory_pub.bind.folio_placeholders import FolioPlaceholder
from directory_pub.bind.piece_objects import Bookmark, PageObjects, Stored
from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import Entry
from directory_pub.edition.pictures import Photo
from directory_pub.edition.text import Block, ItemList, Quote, Row, Run, TermList
from directory_pub.edition.yaml_source import Node
from directory_pub.findings import Finding, Place, note
from directory_pub.pdf_writing.fonts import FaceUse
from directory_pub.pieces.jobs import PieceFacts
from directory_pub.storage import store as storing
from directory_pub.storage.hashes import hash_of
from directory_pub.storage.serialise import UnreadableError, deserialise, serialise
from directory_pub.storage.store import Store
from directory_pub.typeset import TypesetPiece
from unit.hand_made import entry, paragraph

SOURCES = Path(directory_pub.__file__).parent
PLACE = Place(file="entries/quay.md", line=3)
BODY: tuple[Block, ...] = (
    paragraph("A pier, and a quay.", line=4),
    ItemList(items=((paragraph("one"), ItemList(items=((paragraph("two"),),), line=8)),), line=7, labels=("1.",)),
    TermList(rows=(Row(term=(Run(text="1990", line=9),), paragraphs=(paragraph("begun"),), line=9),), line=9),
    Quote(paragraphs=(paragraph("We sail."),), line=11, credit=paragraph("A sailor")),
)
PHOTO = Photo(file="quay.jpg", alt="Boats", place=PLACE, focus=(50.0, 20.5), file_place=PLACE)
ROWS = (ContactRow(kind="web", text="www.example.org", place=PLACE),)
ENTRY = entry("quay", *BODY, contact=ROWS, photo=PHOTO, places={"name": PLACE})
REMEMBERED = tuple[Entry, list[Finding]]
STORED = Stored(b"<< /A %7d >>", (1, "document"), b"stream")
OBJECTS = PieceObjects(
    pages=[PageObjects(1, ("shared a",), True, (FolioPlaceholder(3, "quay", 1, (b"0001",)),))],
    loose=[STORED, Stored(b"[]")],
    shared={"shared a": STORED},
    faces={"F": FaceUse(b"a", b"b", b"c", (0.0, -1.5, 2.0, 3.0), "F", {3: 500.0}, {b"0003": b"0041"})},
    names={"quay": (0, b"[0 0]")},
    bookmarks=[Bookmark("Quay", 0, b"[0 0]")],
    hung=[(1, 2)],
    packed_tree=(b"a", b"b"),
)
FACTS = PieceFacts(2, True, {"quay": (0, 12.5)}, ("mole",), "key", "a b c")
SET = TypesetPiece(pdf=b"%PDF", page_count=1, has_folio=True, anchors={"quay": (0, 1.5)}, elements="[]")
NODE = Node({"name": Node("Quay", PLACE), "rows": Node([Node("a", PLACE)], PLACE)}, PLACE)
KINDS: dict[str, tuple[Any, Any]] = {
    "entry": ((ENTRY, [note("query", PLACE, "“a”: b", "Ask.")]), REMEMBERED),
    "body": (BODY, tuple[Block, ...]),
    "fields": ((NODE, []), tuple[Node | None, list[Finding]]),
    "no fields": ((None, [], ()), tuple[Node | None, list[Finding], tuple[Block, ...]]),
    "piece objects": (OBJECTS, PieceObjects),
    "piece facts": (FACTS, PieceFacts),
    "set piece": (SET, TypesetPiece),
}
each_kind = pytest.mark.parametrize(("value", "kind"), KINDS.values(), ids=KINDS)


def test_no_module_reads_what_could_be_a_program() -> None:
    readers = re.compile(r"^\s*(?:import|from) (?:pickle|marshal|shelve|dill|cloudpickle)\b", re.M)
    assert [path.name for path in SOURCES.rglob("*.py") if readers.search(path.read_text("utf-8"))] == []


# -------------------------------------------------------------------- values
@each_kind
def test_a_value_comes_back_as_it_was(value: Any, kind: Any) -> None:
    again = deserialise(serialise(value, kind), kind)
    assert again == value
    assert repr(again) == repr(value)


@each_kind
def test_whatever_byte_is_another_the_value_is_of_its_kind_or_there_is_none(value: Any, kind: Any) -> None:
    packed = serialise(value, kind)
    for at in range(len(packed)):
        for change in (0x01, 0x20, 0x80, 0xFF):
            changed = bytearray(packed)
            changed[at] ^= change
            check(bytes(changed), kind)
        check(packed[:at], kind)
        check(packed[:at] + packed[at + 1 :], kind)


def check(packed: bytes, kind: Any) -> None:
    try:
        value = deserialise(packed, kind)
    except UnreadableError:
        return
    serialise(value, kind)


@each_kind
def test_a_value_of_another_kind_is_none(value: Any, kind: Any) -> None:
    for other, its_kind in KINDS.values():
        if its_kind is not kind:
            with pytest.raises(UnreadableError):
                deserialise(serialise(other, its_kind), kind)


class Harm:
    """What leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self._mark),)


def plain(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


def evils(mark: Path) -> dict[str, bytes]:
    harm = pickle.dumps(Harm(mark))
    return {
        "pickle": harm,
        "pickle within": plain(harm),
        "extension": plain(msgspec.msgpack.Ext(1, harm)),
        "extensions": plain([msgspec.msgpack.Ext(code, harm) for code in range(-1, 9)]),
        "row": plain([harm] * 17),
        "fields": plain({"pdf": harm, "__reduce__": harm, "__class__": "os.system"}),
        "fields of a kind": plain(("PieceFacts", {"pdf": harm, "__reduce__": harm})),
        "class": plain(("builtins.eval", ["os.system", "true"])),
        "nothing": b"",
        "deep": b"\x91" * 100_000 + b"\xc0",
        "deep fields": b"\x81\xa5value" * 50_000 + b"\xc0",
        "long": b"\xdd\xff\xff\xff\xff",
    }


@pytest.mark.parametrize("name", evils(Path()))
def test_evil_bytes_with_a_good_seal_are_thrown_away(tmp_path: Path, name: str) -> None:
    """Somebody who can write into the store can seal what he writes with our own code."""
    mark, key = tmp_path / "mark", "ab" * 32
    evil = evils(mark)[name]
    store = Store(tmp_path / "kept")
    for kind in (TypesetPiece, PieceFacts, PieceObjects):
        store.put(key, evil)
        assert store.read(key, kind, at_hand=True) is None
        assert not store.has(key)
    for value, its_kind in KINDS.values():
        for answers in (evil, serialise({hash_of("words", "told"): evil}, dict[str, bytes])):
            store.put(storing._answers_key(), answers)
            assert Store(tmp_path / "kept").recall("words", its_kind, lambda value=value: value, "told") == value
    assert not mark.exists()


# -------------------------------------------------------------------- what has no bytes
def test_half_a_character_has_no_bytes() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        serialise((paragraph("half \ud800"),), tuple[Block, ...])


def test_an_answer_that_has_no_bytes_is_found_out_anew(tmp_path: Path) -> None:
    for half in ("\ud800", "\udcff"):
        for _ in range(2):
            known = Store(tmp_path)
            assert known.recall("words", str, lambda half=half: half, half) == half
            known.save_answers()


# -------------------------------------------------------------------- the file
@pytest.mark.parametrize("odd", ["link", "link to nothing", "pipe", "folder"])
def test_what_stands_where_the_answers_should_be_is_not_followed(tmp_path: Path, odd: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    content = b"" if odd == "link to nothing" else b"of somebody else"
    elsewhere.write_bytes(content)
    key = storing._answers_key()
    path = tmp_path / "kept" / key[:2] / key[2:]
    path.parent.mkdir(0o700, parents=True)
    path.parent.parent.chmod(0o700)
    if odd.startswith("link"):
        path.symlink_to(elsewhere)
    elif odd == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    for _ in range(2):
        known = Store(tmp_path / "kept")
        assert known.recall("words", str, lambda: "an answer", "told") == "an answer"
        known.save_answers()
    assert elsewhere.read_bytes() == content
    assert path.is_file()
    assert not path.is_symlink()


def test_answers_that_others_can_write_into_are_not_read(tmp_path: Path) -> None:
    known = Store(tmp_path)
    known.recall("words", str, lambda: "an answer", "told")
    known.save_answers()
    tmp_path.chmod(0o777)
    with Store(tmp_path) as later:
        assert later.recall("words", str, lambda: "found anew", "told") == "found anew"


def test_what_is_stored_is_for_its_user_alone(tmp_path: Path) -> None:
    Store(tmp_path / "kept").put("ab" * 32, b"a part")
    assert [path.stat().st_mode & 0o777 for path in sorted((tmp_path / "kept").rglob("*"))] == [0o700, 0o600]


def test_the_seal_is_no_secret() -> None:
    """Why the format must be without code: the seal keeps damage off, and nobody who can write."""
    assert storing._seal(b"content", "key") == hashlib.sha256(b"keycontent").hexdigest().encode()
