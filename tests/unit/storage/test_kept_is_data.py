"""What is kept is data: bytes that would run something when they are read by other means run nothing here."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import re
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from directory_pub import memo
from directory_pub.bind import PieceObjects
from directory_pub.bind.folio_placeholders import FolioPlaceholder
from directory_pub.bind.piece_objects import Bookmark, PageObjects, Stored
from directory_pub.edition.model import Block, ContactRow, Entry, ItemList, Photo, Quote, Row, Run, TermList
from directory_pub.edition.yaml_source import Node
from directory_pub.findings import Finding, Place, note
from directory_pub.memo import Memo
from directory_pub.packing import Shelved, UnreadableError, pack, unpack
from directory_pub.pdf_writing.fonts import FaceUse
from directory_pub.pieces import PieceCache
from directory_pub.pieces.jobs import PieceFacts
from directory_pub.typeset import TypesetPiece
from unit.hand_made import entry, paragraph

SOURCES = Path(memo.__file__).parent
PLACE = Place(file="entries/quay.md", line=3)
BODY: tuple[Block, ...] = (
    paragraph("A pier, and a quay.", line=4),
    ItemList(items=((paragraph("one"), ItemList(items=((paragraph("two"),),), line=8)),), line=7, labels=("1.",)),
    TermList(rows=(Row(term=(Run(text="1990", line=9),), paragraphs=(paragraph("begun"),), line=9),), line=9),
    Quote(paragraphs=(paragraph("We sail."),), line=11, credit=paragraph("A sailor")),
)
PHOTO = Photo(file="quay.jpg", alt="Boats", place=PLACE, focus=(50.0, 20.5), file_place=PLACE)
ROWS = (ContactRow(kind="web", text="www.example.org", place=PLACE),)
ENTRY = entry("quay", body=Shelved(BODY, Block), contact=Shelved(ROWS, ContactRow), photo=PHOTO, places={"name": PLACE})
REMEMBERED = tuple[Entry, list[Finding]]
STORED = Stored(b"<< /A %7d >>", (1, "document"), b"stream")
GATHERING = PieceObjects(
    pages=[PageObjects(1, ("shared a",), True, (FolioPlaceholder(3, "quay", 1, (b"0001",)),))],
    loose=[STORED, Stored(b"[]")],
    shared={"shared a": STORED},
    faces={"F": FaceUse(b"a", b"b", b"c", (0.0, -1.5, 2.0, 3.0), "F", {3: 500.0}, {b"0003": b"0041"})},
    names={"quay": (0, b"[0 0]")},
    bookmarks=[Bookmark("Quay", 0, b"[0 0]")],
    hung=[(1, 2)],
    packed_tree=(b"a", b"b"),
)
MET = PieceFacts(2, True, {"quay": (0, 12.5)}, ("mole",), "key", "a b c")
SET = TypesetPiece(pdf=b"%PDF", page_count=1, has_folio=True, anchors={"quay": (0, 1.5)}, elements="[]")
NODE = Node({"name": Node("Quay", PLACE), "rows": Node([Node("a", PLACE)], PLACE)}, PLACE)
KINDS: dict[str, tuple[Any, Any]] = {
    "entry": ((ENTRY, [note("query", PLACE, "“a”: b", "Ask.")]), REMEMBERED),
    "body": (BODY, tuple[Block, ...]),
    "fields": ((NODE, []), tuple[Node | None, list[Finding]]),
    "no fields": ((None, [], ()), tuple[Node | None, list[Finding], tuple[Block, ...]]),
    "gathering": (GATHERING, PieceObjects),
    "met": (MET, PieceFacts),
    "set piece": (SET, TypesetPiece),
}
each_kind = pytest.mark.parametrize(("value", "kind"), KINDS.values(), ids=KINDS)


def test_no_module_reads_what_could_be_a_program() -> None:
    readers = re.compile(r"^\s*(?:import|from) (?:pickle|marshal|shelve|dill|cloudpickle)\b", re.M)
    assert [path.name for path in SOURCES.rglob("*.py") if readers.search(path.read_text("utf-8"))] == []


# -------------------------------------------------------------------- values
@each_kind
def test_a_value_comes_back_as_it_was(value: Any, kind: Any) -> None:
    again = unpack(pack(value, kind), kind)
    assert again == value
    assert repr(again) == repr(value)


@each_kind
def test_whatever_byte_is_another_the_value_is_of_its_kind_or_there_is_none(value: Any, kind: Any) -> None:
    packed = pack(value, kind)
    for at in range(len(packed)):
        for change in (0x01, 0x20, 0x80, 0xFF):
            told = bytearray(packed)
            told[at] ^= change
            check(bytes(told), kind)
        check(packed[:at], kind)
        check(packed[:at] + packed[at + 1 :], kind)


def check(packed: bytes, kind: Any) -> None:
    try:
        value = unpack(packed, kind)
    except UnreadableError:
        return
    pack(value, kind)
    if kind is REMEMBERED:
        for library in (value[0].body, value[0].contact):
            with contextlib.suppress(UnreadableError):
                pack(tuple(library), tuple[library.kind, ...])


@each_kind
def test_a_value_of_another_kind_is_none(value: Any, kind: Any) -> None:
    for other, its_kind in KINDS.values():
        if its_kind is not kind:
            with pytest.raises(UnreadableError):
                unpack(pack(other, its_kind), kind)


class Harm:
    """What leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self._mark),)


def plain(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


def shelf_of(content: bytes) -> bytes:
    """An entry whose body has this packed in it."""
    name, row = msgspec.msgpack.decode(pack(KINDS["entry"][0], REMEMBERED))
    row[0][3] = [len(BODY), zlib.compress(content)]
    return plain((name, row))


def evils(mark: Path) -> dict[str, bytes]:
    harm = pickle.dumps(Harm(mark))
    return {
        "pickle": harm,
        "pickle within": plain(harm),
        "extension": plain(msgspec.msgpack.Ext(1, harm)),
        "extensions": plain([msgspec.msgpack.Ext(code, harm) for code in range(-1, 9)]),
        "row": plain([harm] * 17),
        "fields": plain({"pdf": harm, "__reduce__": harm, "__class__": "os.system"}),
        "fields of a kind": plain(("Met", {"pdf": harm, "__reduce__": harm})),
        "class": plain(("builtins.eval", ["os.system", "true"])),
        "nothing": b"",
        "deep": b"\x91" * 100_000 + b"\xc0",
        "deep fields": b"\x81\xa5value" * 50_000 + b"\xc0",
        "long": b"\xdd\xff\xff\xff\xff",
        "shelf": shelf_of(harm),
        "shelf of another": shelf_of(pack(ROWS, tuple[ContactRow, ...])),
    }


@pytest.mark.parametrize("name", evils(Path()))
def test_evil_bytes_with_a_good_seal_are_thrown_away(tmp_path: Path, name: str) -> None:
    """Whoever can write may seal what he writes by our own means."""
    mark, key = tmp_path / "mark", "ab" * 32
    evil = evils(mark)[name]
    cache = PieceCache(tmp_path / "kept")
    for made_of in (TypesetPiece.from_bytes, PieceFacts.from_bytes, PieceObjects.from_bytes):
        cache.keep(key, evil)
        assert cache.read(key, made_of) is None
        assert not cache.has(key)
    cache.keep(key, evil)
    assert cache.fact(key, PieceFacts.from_bytes) is None
    cache.keep(key, evil)
    assert cache.piece_objects(key) is None
    for value, kind in KINDS.values():
        try:
            recalled = recalled_instead(tmp_path, evil, value, kind)
            assert recalled == value
        except UnreadableError:  # a shelf, when somebody looks at it
            assert "shelf" in name
    assert not mark.exists()


def recalled_instead(tmp_path: Path, evil: bytes, value: Any, kind: Any) -> Any:
    first = Memo(tmp_path / "memo")
    first.recall("words", kind, lambda: value, "told")
    first.close()
    with sqlite3.connect(tmp_path / "memo") as file:
        ((key,),) = file.execute("SELECT key FROM answers").fetchall()
        file.execute("UPDATE answers SET packed = ?, seal = ?", (evil, memo._seal(key, evil)))
    return Memo(tmp_path / "memo").recall("words", kind, lambda: value, "told")


# -------------------------------------------------------------------- what has no bytes
def test_half_a_character_is_held_as_it_is() -> None:
    body = (paragraph("half \ud800"),)
    assert Shelved(body, Block) == body
    assert pickle.loads(pickle.dumps(Shelved(body, Block))) == body
    with pytest.raises(ValueError, match="surrogates"):
        pack(body, tuple[Block, ...])


def test_an_answer_that_has_no_bytes_is_found_out_anew(tmp_path: Path) -> None:
    for half in ("\ud800", "\udcff"):
        for _ in range(2):
            known = Memo(tmp_path / "memo")
            assert known.recall("words", str, lambda half=half: half, half) == half
            known.close()


# -------------------------------------------------------------------- the database
def rows_of_other_kinds(file: sqlite3.Connection) -> None:
    file.execute("UPDATE answers SET packed = 'text', seal = 3")


def texts_that_are_none(file: sqlite3.Connection) -> None:
    file.execute("UPDATE answers SET packed = CAST(x'ff' AS TEXT), seal = CAST(x'ff' AS TEXT)")


def a_view(file: sqlite3.Connection) -> None:
    file.execute("DROP TABLE answers")
    file.execute("CREATE VIEW answers AS SELECT x'00' AS key, x'00' AS seal, x'00' AS packed")


def a_trigger(file: sqlite3.Connection) -> None:
    file.execute("CREATE TABLE marks (mark)")
    file.execute("CREATE TRIGGER t AFTER INSERT ON answers BEGIN INSERT INTO marks VALUES (1); END")


def another_table(file: sqlite3.Connection) -> None:
    file.execute("DROP TABLE answers")
    file.execute("CREATE TABLE answers (key, seal)")


def a_column_more(file: sqlite3.Connection) -> None:
    file.execute("ALTER TABLE answers ADD COLUMN more")


def a_log_beside_it(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize(
    "change",
    [rows_of_other_kinds, texts_that_are_none, a_view, a_trigger, another_table, a_column_more, a_log_beside_it],
)
def test_a_database_that_is_not_ours_is_made_anew(tmp_path: Path, change: Callable[[sqlite3.Connection], None]) -> None:
    first = Memo(tmp_path / "memo")
    first.recall("words", str, lambda: "an answer", "told")
    first.close()
    with sqlite3.connect(tmp_path / "memo") as file:
        change(file)
    file.close()
    for _ in range(2):
        known = Memo(tmp_path / "memo")
        assert known.recall("words", str, lambda: "an answer", "told") == "an answer"
        assert known.recall("words", str, lambda: "another", "told more") == "another"
        known.close()
    assert Memo(tmp_path / "memo").recall("words", str, never, "told") == "an answer"
    with sqlite3.connect(tmp_path / "memo") as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_schema")]
    assert names == ["answers"]


def never() -> str:
    raise AssertionError("it is known")


@pytest.mark.parametrize("odd", ["link", "link to nothing", "pipe", "folder"])
def test_what_stands_where_the_database_should_be_is_not_followed(tmp_path: Path, odd: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    content = b"" if odd == "link to nothing" else b"of somebody else"
    elsewhere.write_bytes(content)
    (tmp_path / "kept").mkdir(0o700)
    path = tmp_path / "kept" / "memo"
    if odd.startswith("link"):
        path.symlink_to(elsewhere)
    elif odd == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    known = Memo(path)
    assert known.recall("words", str, lambda: "an answer", "told") == "an answer"
    known.close()
    assert elsewhere.read_bytes() == content


def test_a_database_that_others_can_write_into_is_not_opened(tmp_path: Path) -> None:
    known = Memo(tmp_path / "memo")
    known.recall("words", str, lambda: "an answer", "told")
    known.close()
    tmp_path.chmod(0o777)
    assert Memo(tmp_path / "memo").recall("words", str, lambda: "found anew", "told") == "found anew"


def test_the_database_is_for_its_user_alone(tmp_path: Path) -> None:
    Memo(tmp_path / "kept" / "memo")
    assert (tmp_path / "kept" / "memo").stat().st_mode & 0o777 == 0o600


def test_the_hash_of_a_key_is_no_secret(tmp_path: Path) -> None:
    """Why the format must be without code: the seal keeps damage off, and nobody who can write."""
    assert memo._seal(b"key", b"packed") == hashlib.sha256(memo.code_hash().encode() + b"keypacked").digest()
