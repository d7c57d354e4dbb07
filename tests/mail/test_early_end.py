"""Runs that end early: Ctrl-C, a full disk, a second run, a server that hangs up before the end of a mail."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
import time
from typing import Any

import pytest

from directory_pub.mail import connection
from directory_pub.mail.addresses import Mailbox
from directory_pub.mail.connection import LostError, Timeouts, connect
from directory_pub.mail.lock import RunLock
from directory_pub.mail.server import read_server
from mail.desk import Desk
from mail.post_office import Office, open_office
from program import wait_until

ADA, BOB, CY = "ada@example.org", "bob@example.org", "cy@example.org"


def words(office: Office) -> tuple[str, ...]:
    return ("people.csv", "--message", "text.md", "--send", "--server", f"smtp://127.0.0.1:{office.port}")


def hold(step: str, address: str) -> tuple[Office, threading.Event]:
    """A server that does not answer one step for one address before it is let go."""
    go_on = threading.Event()
    return Office(behave=lambda s, a: go_on if (s, a) == (step, address) else None), go_on


def interrupt(run: subprocess.Popen[str]) -> None:
    """Ctrl-C, and it was heard."""
    run.send_signal(signal.SIGINT)
    assert run.stderr
    while "Stopping after the mail in hand" not in (line := run.stderr.readline()):
        assert line, "it was not heard"


def test_ctrl_c_lets_the_mail_in_hand_end_and_the_next_run_goes_on(desk: Desk, send: Any) -> None:
    held, go_on = hold("END", BOB)
    with open_office(held) as office:
        run = desk.begin(*words(office))
        wait_until(lambda: f"END {BOB}" in office.heard)
        interrupt(run)
        go_on.set()
        output, errors = run.communicate(timeout=20)
        assert run.returncode == 130, errors
        assert desk.states() == {ADA: "sent", BOB: "sent", CY: "waiting"}
        assert "2 sent, 1 waiting" in output
        assert send(office).exit_code == 0
    assert office.addresses() == [ADA, BOB, CY]


@pytest.mark.slow
def test_ctrl_c_before_the_seal_takes_the_mail_back(desk: Desk, send: Any) -> None:
    held, go_on = hold("RCPT", BOB)
    with open_office(held) as office:
        run = desk.begin(*words(office))
        wait_until(lambda: f"RCPT {BOB}" in office.heard)
        interrupt(run)
        go_on.set()
        run.communicate(timeout=20)
        assert run.returncode == 130
        assert desk.states() == {ADA: "sent", BOB: "waiting", CY: "waiting"}
        assert send(office).exit_code == 0
    assert office.addresses() == [ADA, BOB, CY]


@pytest.mark.slow
def test_a_second_ctrl_c_breaks_off_and_the_fate_is_not_guessed(desk: Desk, mail: Any) -> None:
    held, go_on = hold("END", BOB)
    with open_office(held) as office:
        run = desk.begin(*words(office))
        wait_until(lambda: f"END {BOB}" in office.heard)
        interrupt(run)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=20)
        assert run.returncode == 130
        assert "unknown" in mail("status", "people.csv").stdout
        assert desk.states() == {ADA: "sent", BOB: "unknown", CY: "waiting"}
        go_on.set()


@pytest.mark.slow
def test_ctrl_c_while_waiting_is_heard_at_once(desk: Desk) -> None:
    with open_office(Office()) as office:
        run = desk.begin(*words(office), "--rate", "1/h")
        wait_until(lambda: len(office.taken) == 1)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=20)
    assert run.returncode == 130
    assert desk.states() == {ADA: "sent", BOB: "waiting", CY: "waiting"}


def test_a_second_run_is_refused_while_one_is_going_on_and_status_is_not(desk: Desk, send: Any, mail: Any) -> None:
    held, go_on = hold("END", ADA)
    with open_office(held) as office:
        run = desk.begin(*words(office))
        wait_until(lambda: f"END {ADA}" in office.heard)
        second = send(office)
        assert (second.exit_code, "another run" in second.stderr) == (2, True)
        assert mail("decide", "people.csv", ADA, "sent").exit_code == 2
        assert "people.csv: 2 waiting, 1 in hand." in mail("status", "people.csv").stdout
        go_on.set()
        run.communicate(timeout=20)
    assert (run.returncode, office.addresses()) == (0, [ADA, BOB, CY])


@pytest.mark.slow
def test_a_full_disk_stops_the_run_and_nothing_goes_out_that_is_not_written_down(desk: Desk, send: Any) -> None:
    desk.write_list(*(f"p{number:03d}@example.org" for number in range(100)))
    with open_office(Office()) as office:
        assert send(office, "--limit", 10).exit_code == 0
        size = desk.ledger.stat().st_size

        # From here on no file of the run grows past a quarter of the ledger: its journal does not fit.
        run = desk.begin(*words(office), largest_file=size // 4)
        _, errors = run.communicate(timeout=30)
        assert run.returncode == 1, errors
        assert "cannot be kept" in errors
        assert "Traceback" not in errors
        sent = [address for address, state in desk.states().items() if state in {"sent", "sealed"}]
        assert sorted(office.addresses()) == sorted(sent)
        assert send(office).exit_code == 0
    assert sorted(office.addresses()) == [f"p{number:03d}@example.org" for number in range(100)]


def test_a_ledger_that_fails_at_the_seal_keeps_the_last_line_back(
    desk: Desk, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from directory_pub.mail.ledger import Ledger

    seal = Ledger.seal

    def fail(self: Ledger, campaign: str, key: str) -> None:
        if key == BOB:
            self._base.execute("PRAGMA query_only=1")  # SQLite itself refuses the commit
        seal(self, campaign, key)

    monkeypatch.setattr(Ledger, "seal", fail)
    with open_office(Office()) as office:
        result = send(office)
        assert result.exit_code == 1
        assert "cannot be kept" in result.stderr
        monkeypatch.setattr(Ledger, "seal", seal)
        assert office.addresses() == [ADA]
        assert send(office).exit_code == 0
    assert office.addresses() == [ADA, BOB, CY]


def test_a_folder_that_cannot_be_written_to_is_told_of(desk: Desk, send: Any) -> None:
    with open_office(Office()) as office:
        result = send(office, "--ledger", "/proc/people.ledger.sqlite")
    assert result.exit_code == 1
    assert "/proc/people.ledger.sqlite.lock: no such file" in result.stderr
    assert office.heard == []


def test_a_server_that_hangs_up_before_the_end_is_known_to_have_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deterministic: the text is held back until the server, which speaks five lines and hangs up, is gone."""
    listener = socket.create_server(("127.0.0.1", 0))
    gone = threading.Event()

    def speak() -> None:
        peer, _ = listener.accept()
        for line in (b"220 hello", b"250 hello", b"250 ok", b"250 ok", b"354 go on"):
            peer.sendall(line + b"\r\n")
            if not line.startswith(b"354"):
                peer.recv(1000)
        peer.sendall(b"421 closing\r\n")
        peer.close()
        gone.set()

    server = threading.Thread(target=speak)
    server.start()
    stuff = connection._stuff
    monkeypatch.setattr(connection, "_stuff", lambda content: (gone.wait(5), time.sleep(0.1), stuff(content))[2])
    link = connect(read_server(f"smtp://127.0.0.1:{listener.getsockname()[1]}"), None, None, "example.org", Timeouts())
    sealed: list[bool] = []
    box = Mailbox(address=ADA)
    with pytest.raises(LostError) as lost:
        link.deliver(box, box, b"Subject: x\r\n\r\nx\r\n", lambda: sealed.append(True))
    server.join()
    listener.close()
    assert (sealed, lost.value.sealed) == ([], False)


@pytest.mark.slow
def test_the_lock_is_let_go_when_its_process_is_killed(desk: Desk) -> None:
    held, go_on = hold("RCPT", ADA)
    with open_office(held) as office:
        run = desk.begin(*words(office))
        wait_until(lambda: f"RCPT {ADA}" in office.heard)
        run.kill()
        run.communicate()
        with RunLock(desk.ledger):
            pass
        go_on.set()
