"""A piece says which pages it takes."""

from __future__ import annotations

import pytest

from directory_pub.edition.flatplan import Piece


@pytest.mark.parametrize(("pages", "text"), [(range(4, 5), "page 5"), (range(4, 7), "pages 5-7")])
def test_pages_are_named_as_a_reader_counts_them(pages: range, text: str) -> None:
    assert Piece(kind="entry", key="quay", pages=pages).folios == text
