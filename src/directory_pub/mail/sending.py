"""Send a campaign: each mail once, politely, and written down so that nothing is lost when it ends early."""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct, field

from directory_pub.mail.addresses import Mailbox
from directory_pub.mail.campaign import Campaign, Mailing
from directory_pub.mail.connection import Answer, Connection, LostError
from directory_pub.mail.ledger import Ledger, State
from directory_pub.mail.pace import Pace, Patience, Stop, StopAskedError
from directory_pub.mail.recipients import Recipient
from directory_pub.mail.server import ServerError
from directory_pub.mail.wire import WireError

__all__ = ["Run"]

_MAILS_PER_CONNECTION = 100  # servers tire of a connection that goes on for ever
_TOO_LARGE = 552
_LETTERS = "the server takes no address with such letters before the @ (it has no SMTPUTF8)"


class Run(Struct, kw_only=True):
    """One run of a campaign. A mail is written when it goes (``write``), so that a long list is not held as mails.

    ``open_connection`` raises as connect does; ``tell`` hears what became of whom, ``tell_wait`` until when
    (seconds since 1970) nothing is done because the server asked for patience.
    """

    campaign: Campaign
    ledger: Ledger
    open_connection: Callable[[], Connection]
    write: Callable[[Recipient], Mailing]
    tell: Callable[[Recipient, State, Answer], None]
    tell_wait: Callable[[float], None]
    stop: Stop
    pace: Pace = field(default_factory=Pace)
    patience: Patience = field(default_factory=Patience)
    connection: Connection | None = None  # one that is open already
    _not_before_s: float = 0

    def send(self, recipients: Sequence[Recipient]) -> None:
        """Send what is due, and try again what the server puts off, until all is decided or the tries are used up.

        Raises ServerError or LedgerError where going on is of no use; what is not decided then waits in the ledger.
        """
        # What was put off is never far: a clock that was wrong when it was written down must not make it so.
        latest_s = time.time() + self.patience.longest_s
        put_off = self.ledger.next_tries(self.campaign.id)
        queue = [(min(put_off.get(to.mailbox.key, 0), latest_s), index) for index, to in enumerate(recipients)]
        heapq.heapify(queue)
        tries: Counter[int] = Counter()
        try:
            while queue:
                due_s, index = heapq.heappop(queue)
                if due_s > time.time() + 1:
                    self.tell_wait(due_s)
                self.stop.sleep_until(due_s)
                self.pace.wait(self.stop)
                if self.stop.asked:
                    return
                tries[index] += 1
                next_try_s = time.time() + self.patience.delay_s(tries[index])
                state = self._send_one(recipients[index], next_try_s)
                if state is State.DEFERRED and tries[index] < self.patience.tries:
                    heapq.heappush(queue, (next_try_s, index))
                else:
                    del tries[index]
        except StopAskedError:
            return
        finally:
            self._hang_up(quietly=True)

    def _send_one(self, recipient: Recipient, next_try_s: float) -> State:
        """Claim, hand over, and write down the answer."""
        connection = self._connected()
        to = recipient.mailbox
        mailing = self.write(recipient)
        date_s = self.ledger.claim(self.campaign.id, to.key)
        if to.needs_utf8 and not connection.takes_utf8:
            return self._record(recipient, State.FAILED, Answer(step="RCPT", code=0, text=_LETTERS), 0)
        try:
            content = mailing.content(self.campaign, date_s)
        except WireError as fault:
            return self._record(
                recipient, State.FAILED, Answer(step="", code=0, text=f"it must not go out: {fault}"), 0
            )
        try:
            answer = connection.deliver(self.campaign.source.sender, to, content, lambda: self._seal(to.key))
        except LostError as lost:
            self._hang_up()
            state = State.UNKNOWN if lost.sealed else State.DEFERRED
            answer = Answer(step=lost.step, code=0, text=f"the connection broke: {lost.reason}")
            return self._record(recipient, state, answer, next_try_s)
        except StopAskedError:
            self.ledger.release(self.campaign.id, to.key)
            raise
        if answer.hangs_up:
            self._hang_up()
            self._not_before_s = next_try_s
        self._check_sender(answer, to)
        return self._record(recipient, _state(answer), answer, next_try_s)

    def _seal(self, key: str) -> None:
        if self.stop.asked:
            raise StopAskedError
        self.ledger.seal(self.campaign.id, key)

    def _record(self, recipient: Recipient, state: State, answer: Answer, next_try_s: float) -> State:
        due_s = next_try_s if state is State.DEFERRED else 0
        self.ledger.record(
            self.campaign.id,
            recipient.mailbox.key,
            state,
            step=answer.step,
            code=answer.code,
            answer=answer.text,
            next_try_s=due_s,
        )
        self.tell(recipient, state, answer)
        return state

    def _check_sender(self, answer: Answer, to: Mailbox) -> None:
        """A refusal of MAIL is about the sender, not about whom the mail is to: everybody would fail by it."""
        of_this_mail = answer.code == _TOO_LARGE or to.needs_utf8
        if answer.step != "MAIL" or answer.code < 500 or of_this_mail:
            return
        self.ledger.release(self.campaign.id, to.key)
        message = f"the server takes no mail from {self.campaign.source.sender.address}: {answer.code} {answer.text}"
        raise ServerError(message, "Look at 'from' in the letter, and whether the server wants a login.")

    # -------------------------------------------------------------------- the connection
    def _connected(self) -> Connection:
        """A connection that is ready for a mail; one that has had many, or has gone, is replaced."""
        if self.connection and self.connection.mails >= _MAILS_PER_CONNECTION:
            self._hang_up(quietly=True)
        if self.connection:
            try:
                self.connection.reset()
                return self.connection
            except LostError:
                self._hang_up()
        self.connection = self._reconnect()
        return self.connection

    def _reconnect(self) -> Connection:
        for tries in range(1, self.patience.tries + 1):
            self.stop.sleep_until(self._not_before_s)
            if self.stop.asked:
                raise StopAskedError
            try:
                return self.open_connection()
            except LostError as lost:
                reason = lost.reason
                self._not_before_s = time.time() + self.patience.delay_s(tries)
        raise ServerError(f"the server cannot be reached any more: {reason}.", "Run the same command again later.")

    def _hang_up(self, *, quietly: bool = False) -> None:
        if self.connection and quietly:
            self.connection.quit()
        elif self.connection:
            self.connection.close()
        self.connection = None


def _state(answer: Answer) -> State:
    return {2: State.SENT, 4: State.DEFERRED}.get(answer.code // 100, State.FAILED)
