"""What is shelved is the same when it is looked at, small when it is not, and goes where it is sent."""

from __future__ import annotations

import pickle

from directory_pub.edition.model import Block, Entry, Note, Paragraph, Run, runs_within
from directory_pub.packing import Shelved, pack, unpack
from unit.hand_made import entry, paragraph

WORDS = "The harbour was dredged in the autumn of that year, and again after the storm. "
BODY = tuple(paragraph(WORDS * 4, f"Paragraph {line}", line=line) for line in range(40))


def test_what_is_shelved_is_the_same() -> None:
    shelved = Shelved(BODY, Block)
    assert shelved == BODY
    assert shelved != BODY[1:]
    assert (len(shelved), shelved[3], tuple(shelved[1:3])) == (40, BODY[3], BODY[1:3])
    assert [block.line for block in shelved if isinstance(block, Paragraph)] == list(range(40))
    assert (repr(shelved), hash(shelved)) == (repr(BODY), hash(BODY))


def test_nothing_shelved_is_false() -> None:
    assert not Shelved((), Block)
    assert Shelved(BODY, Block)


def test_what_is_shelved_is_sent_packed() -> None:
    sent = pickle.dumps(Shelved(BODY, Block))
    assert len(sent) < len(pickle.dumps(BODY)) / 5
    assert pickle.loads(sent) == BODY


def test_many_that_are_looked_at_in_turn_stay_themselves() -> None:
    many = [Shelved((paragraph(f"number {number}"),), Block) for number in range(300)]
    told = [run.text for _ in range(2) for shelved in many for runs in runs_within(shelved) for run in runs]
    assert told == [f"number {number}" for number in range(300)] * 2


def test_data_classes_come_back_as_they_were() -> None:
    made = entry("quay", *BODY, subtitle="On the water")
    kind = tuple[Entry | None, dict[str, tuple[Run, Note | None]]]
    value = (made, {"a": (Run(text="x", line=1), None)})
    again = unpack(pack(value, kind), kind)
    assert again == value
    assert isinstance(again[0].body[0], Paragraph)
