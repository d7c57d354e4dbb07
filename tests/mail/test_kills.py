"""Many mails, a server that fails at random, and a program that is killed at random: everybody once, nothing guessed.

The sender is a process of its own and dies by SIGKILL. The server lives in this one and keeps the record that a
person would look in, and that everything is held against.
"""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mail.desk import Desk
from mail.post_office import CUT_AFTER, CUT_BEFORE, CUT_REFUSED, Office, open_office

FAULTS: dict[str, list[str]] = {
    "MAIL": ["451 not now", "421 busy"],
    "RCPT": ["451 greylisted", "421 busy", "550 no such user", "552 full"],
    "text": [CUT_BEFORE, "451 no room"],
    "END": ["451 later", "421 busy", "554 spam", "552 too large", CUT_AFTER, CUT_REFUSED],
}


def send(desk: Desk, office: Office, kill_after: tuple[int, float] | None = None) -> int | None:
    """One run; its exit code, or None where it was killed after so many commands and seconds."""
    words = ("people.csv", "--message", "text.md", "--send", "--server", f"smtp://127.0.0.1:{office.port}")
    run = desk.begin(*words)
    if kill_after:
        goal = len(office.heard) + kill_after[0]
        while len(office.heard) < goal and run.poll() is None:
            time.sleep(0.001)
        time.sleep(kill_after[1])
        run.kill()
    _, errors = run.communicate(timeout=120)
    if run.returncode == -signal.SIGKILL:
        return None
    assert run.returncode in {0, 1}, errors
    return run.returncode


def decide(desk: Desk, office: Office, mail: Any) -> int:
    """A person looks in the server's record for each Message-ID whose fate is unknown."""
    mail("status", "people.csv")  # settles what a kill has left
    taken = set(office.ids())
    unknown = [
        (str(address), str(name))
        for address, name, state in desk.rows("address, message_id, state")
        if state == "unknown"
    ]
    for address, message_id in unknown:
        word = "sent" if message_id in taken else "again"
        assert mail("decide", "people.csv", address, word).exit_code == 0
    return len(unknown)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_random_faults_and_kills_over_200_recipients(desk: Desk, mail: Any, seed: int) -> None:
    chance = random.Random(seed)
    addresses = [f"p{number:03d}@example.org" for number in range(200)]
    desk.write_list(*addresses)
    rejected: dict[str, str] = {}
    in_hand: set[str] = set()  # whom the server heard of last before a kill

    def behave(step: str, address: str) -> str | None:
        if chance.random() > 0.06:
            return None
        fault = chance.choice(FAULTS[step])
        if fault.startswith("55"):
            rejected[address] = fault
        return fault

    decided, runs, killed = 0, 0, 0
    with open_office(Office(behave=behave)) as office:
        while runs < 60:
            runs += 1
            code = send(desk, office, (chance.randrange(1, 90), chance.uniform(0, 0.02)) if runs <= 8 else None)
            killed += code is None
            if code is None:
                in_hand.add(office.heard[-1].rpartition(" ")[2])
            decided += decide(desk, office, mail)
            if not set(desk.states().values()) & {"waiting", "deferred", "claimed", "sealed"}:
                break
    accepted = Counter(office.addresses())
    assert set(accepted.values()) == {1}, "nobody twice"
    assert set(accepted) | set(rejected) == set(addresses), "nobody left out"
    # A refusal that was said to a program which died before it could read is asked for again, and may be another answer.
    assert set(accepted) & set(rejected) <= in_hand
    for address in accepted:
        rejected.pop(address, None)
    assert {address for address, state in desk.states().items() if state == "sent"} == set(accepted)
    failures = Path("people.failures.csv").read_text("utf-8-sig").splitlines()[1:]
    assert {line.split(",")[1]: line.split(",")[-2:] for line in failures} == {
        address: fault.split(" ", 1) for address, fault in rejected.items()
    }
    assert killed >= 3, "no kill came in time to try anything"
    print(f"seed {seed}: {runs} runs, {killed} killed, {decided} decided, {len(rejected)} rejected")


@pytest.mark.slow
def test_a_thousand_mails_survive_ten_kills(desk: Desk, mail: Any) -> None:
    addresses = [f"p{number:04d}@example.org" for number in range(1000)]
    desk.write_list(*addresses)
    chance = random.Random(7)
    begun, decided, kills = time.monotonic(), 0, 0
    with open_office(Office()) as office:
        for kill in range(10):
            # Three commands a mail; the rest of the wait is anywhere within one.
            code = send(desk, office, (3 * chance.randrange(1, 90), chance.uniform(0, 0.02)))
            assert code is None, f"kill {kill} came too late"
            kills += 1
        codes = [send(desk, office)]
        decided = decide(desk, office, mail)
        codes.append(send(desk, office))
    assert codes[-1] == 0
    assert kills == 10
    assert Counter(office.addresses()) == Counter(addresses), "each once, none missing, none twice"
    assert len(set(office.ids())) == 1000
    assert set(desk.states().values()) == {"sent"}
    print(f"1,000 mails, {kills} kills, {decided} unknown, {time.monotonic() - begun:.0f} s")
