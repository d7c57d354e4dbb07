"""The entry point: what holds for every command from its first line on, however it ends.

The commands are imported late: until then an interrupt would end with a traceback.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any, TextIO

__all__ = ["heard_afterwards", "main"]

_NOBODY_LISTENS = (errno.EPIPE, errno.EIO)
_AGAIN_S = 0.01


def __getattr__(name: str) -> Any:
    """``app`` is the program with all its commands."""
    if name != "app":
        raise AttributeError(name)
    from directory_pub.commands.app import app

    return app


def main() -> None:
    """Run the command line.

    On a signal to end (Ctrl-C, a terminal that closes, a machine that shuts down) it clears up and
    exits with 128 and the signal's number. Output that nobody reads any more is no reason to end.
    """
    sys.stdout, sys.stderr = _outlet(1, sys.stdout), _outlet(2, sys.stderr)
    with _ending_quietly():
        with heard_afterwards():
            from directory_pub.commands.app import run
        run()


@contextlib.contextmanager
def heard_afterwards() -> Iterator[None]:
    """Hear of a signal to end only after the block: some libraries do not survive one while they are imported."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Ends:
    """What a signal to end does: the same as Ctrl-C."""

    number = signal.SIGINT.value

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.number = number
        raise KeyboardInterrupt


@contextlib.contextmanager
def _ending_quietly() -> Iterator[None]:
    ends, before = _Ends(), {}
    for number in (signal.SIGTERM, signal.SIGHUP):
        # What is ignored (nohup) stays so; only a main thread may say what a signal does.
        with contextlib.suppress(ValueError):
            if signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, ends)
    try:
        with _asking_again(ends):
            yield
    except KeyboardInterrupt:
        sys.exit(128 + ends.number)
    except RuntimeError as fault:
        # Python says so of whatever comes while a class names what is in it, as it does when a library is imported.
        if isinstance(fault.__cause__, KeyboardInterrupt):
            sys.exit(128 + ends.number)
        raise
    except SystemExit as left:
        if left.code == 128 + signal.SIGINT:
            sys.exit(128 + ends.number)
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _asking_again(ends: _Ends) -> Iterator[None]:
    """A signal that falls where a library lets no exception through is sent again, or it would be lost."""
    usual, timers = sys.unraisablehook, []

    def hear(ignored: Any) -> None:
        if not issubclass(ignored.exc_type, KeyboardInterrupt):
            usual(ignored)
            return
        # Not from here, where what is raised is ignored too.
        timers.append(threading.Timer(_AGAIN_S, os.kill, (os.getpid(), ends.number)))
        timers[-1].daemon = True
        timers[-1].start()

    sys.unraisablehook = hear
    try:
        yield
    finally:
        sys.unraisablehook = usual
        for timer in timers:
            timer.cancel()


# -------------------------------------------------------------------- standard output and error
class _Outlet(io.FileIO):
    """A standard stream that swallows what nobody reads any more, and says once that it cannot be written to."""

    def write(self, content: Any) -> int:
        """Write, or take what would be lost in any case."""
        try:
            return super().write(content)
        except OSError as fault:
            sink = os.open(os.devnull, os.O_WRONLY)
            os.dup2(sink, self.fileno())
            os.close(sink)
            if fault.errno in _NOBODY_LISTENS:
                return len(content)
            raise OSError(fault.errno, fault.strerror, _NAMES[self.fileno()]) from fault


_NAMES = {1: "standard output", 2: "standard error"}


def _outlet(number: int, stream: TextIO | None) -> TextIO | None:
    """A standard stream that can write any name of a file, whatever the terminal's encoding.

    One that was closed leads nowhere: the next file to be opened would get its number, and with it
    all that libraries complain of. One that a test has put there is left alone.
    """
    if stream is not (sys.__stdout__, sys.__stderr__)[number - 1]:
        return stream
    if stream is None:
        while (sink := os.open(os.devnull, os.O_RDWR)) < number:
            pass
        if sink != number:
            os.close(sink)
        return None
    if stream.fileno() != number:
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Outlet(number, "w", closefd=False)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=number == 2 or stream.isatty(),
    )


if __name__ == "__main__":
    main()
