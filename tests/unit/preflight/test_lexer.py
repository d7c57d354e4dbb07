"""What a content stream says, token by token, for preflight."""

from __future__ import annotations

from typing import Any

import pytest

from directory_pub.preflight.lexer import read_operations


@pytest.mark.parametrize(
    ("written", "operands"),
    [
        (rb"(a\nb) Tj", [b"a\nb"]),
        (rb"(a\rb\tc\bd\fe) Tj", [b"a\rb\tc\bd\fe"]),
        (rb"(\(a\)\\) Tj", [b"(a)\\"]),
        (rb"(\101\7z\0018\777) Tj", [b"A\x07z\x018\xff"]),
        (b"(a\\\nb\\\r\nc\\\rd) Tj", [b"abcd"]),
        (rb"(\q) Tj", [b"q"]),
        (rb"(a(b\nc)d) Tj", [b"a(b\nc)d"]),
        (rb"[(a\nb) -20 <4142> <4>] TJ", [[b"a\nb", -20.0, b"AB", b"@"]]),
        (rb"/P#20Q <</MCID 3 /Lang (x)>> BDC", ["/P Q", {"/MCID": 3.0, "/Lang": b"x"}]),
        (b"1 -.5 +2. % a remark\n rg", [1.0, -0.5, 2.0]),
        (b"true false null X", [True, False, None]),
    ],
)
def test_operands_are_what_the_format_says(written: bytes, operands: list[Any]) -> None:
    (operation,) = read_operations(written)
    assert (operation.operator, operation.operands) == (written.split()[-1].decode(), operands)
