"""Who has it, who waits, who failed and why, and whom a person must decide about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from directory_pub.findings import printable
from directory_pub.mail.ledger import Entry, State

__all__ = ["count_states", "entry_row", "status_lines", "unknown_lines"]

_IN_HAND = (State.CLAIMED, State.SEALED)
# What asks for a person comes last: it is what is still on the screen when the list is long.
_ORDER = (State.SENT, State.WAITING, *_IN_HAND, State.DEFERRED, State.FAILED, State.UNKNOWN)
_LONGEST_ANSWER = 1_000
_WORDS = {State.CLAIMED: "in hand", State.SEALED: "in hand"}


def entry_row(entry: Entry) -> dict[str, Any]:
    """An entry as JSON."""
    return {
        "email": entry.address,
        "name": entry.name,
        "row": entry.row,
        "state": entry.state.value,
        "tries": entry.tries,
        "changed": _when(entry.changed_s) if entry.tries else None,
        "next_try": _when(entry.next_try_s) if entry.state is State.DEFERRED else None,
        "step": entry.step or None,
        "code": entry.code or None,
        "answer": entry.answer or None,
        "message_id": entry.message_id,
    }


def status_lines(entries: Sequence[Entry]) -> list[str]:
    """A table, one line a recipient, ordered by state."""
    width = max((len(entry.address) for entry in entries), default=0)
    return [
        f"{_WORDS.get(state, state.value):<8}  {_when(entry.changed_s) if entry.tries else '':<16}  "
        f"{entry.address:<{width}}  {_why(entry)}".rstrip()
        for state in _ORDER
        for entry in entries
        if entry.state is state
    ]


def count_states(states: Iterable[State]) -> str:
    """How many are in each state, in words."""
    counts = Counter(_WORDS.get(state, state.value) for state in states)
    words = dict.fromkeys(_WORDS.get(state, state.value) for state in _ORDER)
    return ", ".join(f"{counts[word]} {word}" for word in words if counts[word]) or "nobody yet"


def unknown_lines(unknown: Sequence[Entry], decide: str) -> list[str]:
    """What a person needs to decide about each mail whose fate is unknown; ``decide`` is the command to do it with."""
    if not unknown:
        return []
    lines = ["", "Nobody here knows whether the server took these; look for the Message-ID in its log, or ask."]
    for entry in unknown:
        lines.append(f"    {entry.address}  Message-ID: {entry.message_id}")
    example = unknown[0].address
    lines.append(f"They have it:    {decide} {example} sent")
    lines.append(f"They do not:     {decide} {example} again")
    return lines


def _why(entry: Entry) -> str:
    answer = f"{entry.code} {entry.answer}" if entry.code else entry.answer
    answer = f"{answer[:_LONGEST_ANSWER]}…" if len(answer) > _LONGEST_ANSWER else answer
    why = f"{entry.step}: {answer}" if entry.step and entry.state is not State.SENT else answer
    why = printable(why)
    return f"{why} (next try {_when(entry.next_try_s)})" if entry.state is State.DEFERRED else why


def _when(time_s: float) -> str:
    """In this place's own time."""
    return datetime.fromtimestamp(time_s).strftime("%Y-%m-%d %H:%M")
