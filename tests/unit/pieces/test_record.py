"""The record of a book says why a piece is set again; one that cannot be read says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory_pub.pieces.jobs import Fitting
from directory_pub.pieces.record import Record
from directory_pub.storage.hashes import hash_of
from directory_pub.storage.serialise import serialise
from directory_pub.storage.store import Store


def record(folder: Path, book: str = "book") -> Record:
    return Record(Store(folder), book)


@pytest.mark.parametrize(
    "content", [b"", b"{", serialise(["x"], list[str]), serialise({"x": 3}, dict[str, int])], ids=range(4)
)
def test_what_is_no_record_says_nothing(tmp_path: Path, content: bytes) -> None:
    Store(tmp_path).put(hash_of("record", "book"), content)
    assert record(tmp_path).why("x", "a b c") == "it was not set before"


def test_a_record_of_fewer_parts_names_the_others(tmp_path: Path) -> None:
    first = record(tmp_path)
    first.remember("x", "a")
    first.save()
    changed = "a picture or its artwork and the sheets, faces or engine changed"
    assert record(tmp_path).why("x", "a b c") == changed


@pytest.mark.parametrize("book", ["long" * 100, "no\udcff"])
def test_a_book_of_any_name_has_a_record(tmp_path: Path, book: str) -> None:
    first = record(tmp_path, book)
    first.remember("quay", "a b c")
    first.save()
    assert record(tmp_path, book).why("quay", "x b c") == "its text changed"


def test_a_record_with_a_name_that_has_no_bytes_is_not_stored(tmp_path: Path) -> None:
    first = record(tmp_path)
    first.remember("\ud800", "a b c")
    first.save()
    assert record(tmp_path).why("\ud800", "a b c") == "it was not set before"


def test_the_record_says_what_changed_since_the_last_build(tmp_path: Path) -> None:
    first = record(tmp_path)
    first.remember("quay", "a b c")
    first.save()
    later = record(tmp_path)
    assert later.why("quay", "x b c") == "its text changed"
    assert later.why("quay", "x y c") == "its text and a picture or its artwork changed"
    assert later.why("quay", "a b z") == "the sheets, faces or engine changed"
    assert later.why("quay", "a b c") == "its kept copy is gone or damaged"
    assert later.why("mole", "a b c") == "it was not set before"
    assert record(tmp_path, "another").why("quay", "a b c") == "it was not set before"


def test_the_record_says_how_a_piece_was_fitted_to_its_pages(tmp_path: Path) -> None:
    first = record(tmp_path)
    first.remember("quay", "a b c", Fitting(fit="raised", free=12))
    first.save()
    later = record(tmp_path)
    assert [later.fitting("quay"), later.fitting("mole")] == [Fitting(fit="raised", free=12), None]
