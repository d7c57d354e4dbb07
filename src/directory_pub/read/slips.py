"""Marks that Markdown reads in one way and an editor probably meant in another; each is told of with its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from directory_pub.edition.text import Block, Heading, ItemList, Run, plain, runs_within
from directory_pub.findings import Finding, Place, error, note, warning

_DASHES, _DASHES_QUOTED = re.compile(r"\|[ :]*-{2,}|-{2,}:?[ ]*\|"), 24  # of a table
__all__ = ["blocks_slips", "field_slips", "list_slips", "runs_slips", "text_slips"]

_HIGHEST_DAY = 31  # a list of one item with a higher number is a sentence that begins with a year
_CALL = re.compile(r"\[\^([^\]\n]*)\]")
_LINK = re.compile(r"(?:\[[^\[\]]*)?\]\([^)\n]*\)?")
_LANGUAGE = re.compile(r"(?:\[[^\[\]]*\])?\s*\{\s*lang\s*=[^}\n]*\}?")
_INDEX = re.compile(r"(?:\[[^\[\]]*\])?\s*\{[^{}\n]*\bindex\b[^}\n]*\}?")
_LANGUAGE_APART = re.compile(r"\[[^\[\]]*\]\s+\{\s*lang\s*=[^}\n]*\}")
_REFERENCE = re.compile(r"^\[([^\]^]+)\]:\s+((?:https?://|www\.|mailto:|#)\S+)")
_EMPHASIS = re.compile(
    r"(?:(?<=[\s(“‘«\"])|^)(?:\*{1,3}|_{1,3})(?=\w)"  # opens and is not closed
    r"|(?:(?<=\s)|^)(?:\*\*|__)(?=\s|$)"  # stands alone
    r"|(?<=\w)\*\*(?=\w)"
)
_TERM = re.compile(r"^(?:[:~]\s|:(?=\w))")
_TYPEWRITER = re.compile(r"[\"']|(?<![-!])--(?![->])")
_BULLET = re.compile(r"[•·∙▪◦‣●○■□➢➤✓✔]\s*\S")
_DASHED = re.compile(r"(?:[–—]\s+|-(?=\w)|\d{1,2}[.)](?=[^\W\d]))\S")
PlaceOfLine = Callable[[int], Place]
_MARK = r"Put \ before a mark that is to be printed"


def text_slips(text: str, place: Place) -> Iterator[Finding]:
    """Marks that are left in a line of text, and so have no effect and are printed."""
    for match in _CALL.finditer(text):
        remedy = f"Add a paragraph '[^{match[1]}]: …' below this one; the name of a footnote has no spaces."
        yield error("note-undefined", place, f"footnote {match[0]} is called and not written.", remedy)
    for match in _LINK.finditer(text):
        remedy = f"Write [words](https://example.org), in the address %20 for a space. {_MARK}."
        yield error("link-stray", place, f"“{match[0]}” is no link and prints as it stands.", remedy)
    for match in _LANGUAGE.finditer(text):
        remedy = f"Write [words]{{lang=fr}}, without a space between the brackets. {_MARK}."
        yield error("link-stray", place, f"“{match[0].strip()}” names no language and prints as it stands.", remedy)
    for match in _INDEX.finditer(text):
        remedy = f'Write [words]{{index="Name"}}, the name in quotes, without a space before the brace. {_MARK}.'
        yield error("link-stray", place, f"“{match[0].strip()}” is in no index and prints as it stands.", remedy)
    for match in _REFERENCE.finditer(text):
        message = f"“{match[0]}” is no address for the links that call it [{match[1]}], and prints as it stands."
        remedy = f"Write [words]({match[2]}) where the link is, and take this line out."
        yield error("link-stray", place, message, remedy)
    if dashes := _DASHES.search(text):
        message = f"“{text[dashes.start() :][:_DASHES_QUOTED]}” heads no table and prints as it stands."
        remedy = "Write as many dashes between | as the line above has cells, and an empty line before the table."
        yield error("markdown-unsupported", place, message, remedy)
    for match in itertools.islice(_EMPHASIS.finditer(text), 1):
        message = f"“{_around(text, match.start())}” prints with its {match[0]}."
        yield warning("emphasis-stray", place, message, f"Close it behind a letter, before a space or stop. {_MARK}.")
    if _TERM.match(text):
        message = f"“{_around(text, 0)}” stands below no term and prints as it stands."
        yield warning(
            "list-stray", place, message, "Write the term alone on the line above it, and a space behind the sign."
        )


def field_slips(fields: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
    """Languages of a field's words that are none, and so are printed."""
    for text, place in fields:
        for match in _LANGUAGE_APART.finditer(text):
            message = f"“{match[0]}” names no language and prints as it stands."
            yield error("link-stray", place, message, "Write [words]{lang=fr}, without a space between the brackets.")


def runs_slips(runs: Sequence[Run], place_of_line: PlaceOfLine) -> Iterator[Finding]:
    """Emphasis that begins or ends inside a word or figure: the stars were probably to be printed.

    It is an error between two figures, and where it runs from inside one word to inside another.
    """
    for index, run in enumerate(runs):
        sides = [pair for pair in itertools.pairwise(runs[max(0, index - 1) : index + 2]) if _part_a_word(*pair)]
        if not sides or not (run.bold or run.italic):
            continue
        from_word_to_word = len(sides) == 2 and " " in run.text
        figures = any(before.text[-1].isdigit() and after.text[0].isdigit() for before, after in sides)
        before, after = sides[0]
        between = f"“{before.text.split()[-1]}” and “{after.text.split()[0]}”"
        message = f"emphasis begins or ends inside a word, between {between}, and its marks are not printed."
        remedy = r"Write \* or \_ for a mark that is to be printed, or put the marks round whole words."
        make = error if from_word_to_word or figures else warning
        yield make("emphasis-stray", place_of_line(run.line), message, remedy)


def _part_a_word(before: Run, after: Run) -> bool:
    """Whether emphasis changes inside a word of a script that writes its words apart."""
    if before.note or after.note or (before.bold, before.italic) == (after.bold, after.italic):
        return False
    return all(end.isdigit() or end.lower() != end.upper() for end in (before.text[-1], after.text[0]))


def list_slips(block: ItemList, marker: str, follows: int | None, place: Place) -> Iterator[Finding]:
    """A list of one item may be a sentence; ``follows`` is the number that would go on an earlier list."""
    if len(block.items) != 1 or not block.items[0]:
        return
    words = next((plain(runs) for runs in runs_within(block.items[0])), "")
    if block.labels:
        number = int(block.labels[0][:-1])
        if number in (1, follows) and number <= _HIGHEST_DAY:
            return
        typed, escaped = block.labels[0], f"{block.labels[0][:-1]}\\{block.labels[0][-1]}"
    elif marker != "-" or words[:1].isdigit():
        typed, escaped = marker, f"\\{marker}"
    else:
        return
    message = f"“{typed} {_around(words, 0)}” is set as a list of one item."
    remedy = f"Write '{escaped}' where it begins a sentence, or add the other items."
    yield warning("list-stray", place, message, remedy)


def blocks_slips(blocks: Sequence[Block], place_of_line: PlaceOfLine) -> Iterator[Finding]:
    """Heads with nothing below them, and what typewriters had for quotation marks and dashes."""
    for block, following in zip(blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, Heading) and (
            following is None or (isinstance(following, Heading) and following.level <= block.level)
        ):
            message = f"“{plain(block.runs)}” has no text below it."
            remedy = "Write its text, or take the heading out."
            yield warning("head-without-text", place_of_line(block.line), message, remedy)
    yield from _lists_of_other_signs(blocks, place_of_line)
    typed = [run for runs in runs_within(blocks) for run in runs if _TYPEWRITER.search(run.text)]
    if typed:
        count = sum(len(_TYPEWRITER.findall(run.text)) for run in typed)
        match = _TYPEWRITER.search(typed[0].text)
        words = _around(typed[0].text, match.start() if match else 0)
        times = f"{count} times in this file, first in" if count > 1 else "in"
        message = f"a typewriter's quotation mark or double hyphen stands {times} “{words}”."
        yield note("typewriter-sign", place_of_line(typed[0].line), message, "Write “ ”, ’ and – where they are meant.")


def _lists_of_other_signs(blocks: Sequence[Block], place_of_line: PlaceOfLine) -> Iterator[Finding]:
    """One finding for all lines that begin as in a list of other programs, and run on in the text."""
    found: list[tuple[str, int]] = []
    for runs in runs_within(blocks):
        lines = [(text.strip(), line) for run in runs[:1] for text, line in run.by_line()]
        dashed = [each for each in lines if _DASHED.match(each[0])]
        found += [each for each in lines if _BULLET.match(each[0])] + (dashed if len(dashed) > 1 else [])
    if found:
        words, line = found[0]
        count = "a line begins" if len(found) == 1 else f"{len(found)} lines of this file begin"
        message = f"{count} like a list and print as running text, first “{_around(words, 0)}”."
        yield warning("list-stray", place_of_line(line), message, "Begin each line of a list with '- ' or '1. '.")


def _around(text: str, at: int) -> str:
    """A few words from the one at ``at`` on."""
    start = text.rfind(" ", 0, at) + 1
    words = text[start:].split()
    return " ".join(words[:4]) + (" …" if len(words) > 4 else "")
