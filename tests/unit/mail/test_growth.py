"""The bound on a letter's plain text, which spares most letters of a long list from being written to be checked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from directory_pub.mail import markdown

PIECES = ["# a", "a\n===", "- a", "- ", "1. b", "999999999. c", "> q", "    code", "```\n\n\n```", "***", "a\\\nb", "\t",
          "`x`", "[w](https://example.org/a)", "<https://example.org/>", "word " * 30, "", "\n", "&"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text("a >-\t\n#*1.`", max_size=12), max_size=8), st.integers(0, 4))
def test_the_plain_text_is_never_longer_than_its_bound(pieces: list[str], depth: int) -> None:
    marked = markdown.parse("\n\n".join("> " * depth + piece for piece in pieces))
    if not marked.too_deep:
        assert len(marked.text()) <= 1 + len(marked.html()) * marked.growth
