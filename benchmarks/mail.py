"""What a long list costs: CPU seconds and memory up to the first mail, and through the run.

    python benchmarks/mail.py [RECIPIENTS [SENT [csv|xlsx]]]

Then ``mail status`` of the ledger, and a dry run of as many as were sent.

A mail goes to a server in the same process that takes everything; what it hears is not kept.
"""

from __future__ import annotations

import asyncio
import csv
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from typer.testing import CliRunner

from directory_pub.commands.main import app

_SELF = Path(__file__).resolve()
LETTER = """\
---
subject: The directory for {{ organisation }}
from: Directory Team <dir@example.org>
list_unsubscribe: https://example.org/leave?{{ email|urlencode }}
---
Dear {{ name }},

the new directory is **out**. {% if attached %}It is attached ({{ pdf.size_mb }} MB).{% endif %}
{% if language == "fr" %}Bonne lecture!{% else %}Enjoy reading!{% endif %}

[Leave this list](https://example.org/leave?{{ email|urlencode }})
"""


def memory_mb() -> float:
    """What the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Cost:
    """What was spent since it was made."""

    def __init__(self) -> None:
        self._begun, self._before = time.process_time(), memory_mb()

    def tell(self, what: str) -> None:
        """Say it at once; the console is the program's for now."""
        spent, held = time.process_time() - self._begun, memory_mb() - self._before
        print(f"{what}: {spent:7.1f} CPU s, {held:6.1f} MB more than at the start", file=sys.__stdout__, flush=True)


class Server:
    """Takes every mail, and tells time and memory at the first and at each tenth of all."""

    def __init__(self, total: int, cost: Cost) -> None:
        self.cost = cost
        self.taken = 0
        self._every = max(1, total // 10)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        writer.write(b"220 hello\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                await writer.drain()
                while await reader.readline() != b".\r\n":
                    pass
                self.note()
            writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            await writer.drain()
        writer.close()

    def note(self) -> None:
        """One more is taken."""
        if self.taken in {0} or (self.taken + 1) % self._every == 0:
            self.cost.tell(f"mail {self.taken + 1:>7,}")
        self.taken += 1


def serve(server: Server) -> int:
    """Begin to listen; the port."""
    ready, port = threading.Event(), []

    async def run() -> None:
        listener = await asyncio.start_server(server.talk, "127.0.0.1", 0)
        port.append(listener.sockets[0].getsockname()[1])
        ready.set()
        await listener.serve_forever()

    threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
    ready.wait()
    return port[0]


def mail(*words: str) -> Any:
    result = CliRunner().invoke(app, ["mail", *words])
    assert result.exit_code == 0, result.stderr or result.exception
    return result


def write_list(path: Path, count: int) -> None:
    """A list of so many, as CSV or as a workbook."""
    head = ("email", "name", "organisation", "language")
    rows = ((f"p{n}@example.org", f"Person {n}", f"Organisation {n}", ("en", "fr")[n % 2]) for n in range(count))
    if path.suffix == ".csv":
        with path.open("w") as file:
            csv.writer(file).writerows([head, *rows])
        return
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    book.save(path)


def main(count: int, sent: int, kind: str) -> None:
    """Measure a list of ``count``, of whom ``sent`` get their mail."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        people = Path(f"people.{kind}")
        subprocess.run([sys.executable, _SELF, "list", str(people), str(count)], check=True)  # not this memory
        Path("text.md").write_text(LETTER)
        Path("d.pdf").write_bytes(b"%PDF-1.7" + bytes(20_000))
        words = (str(people), "--message", "text.md", "--pdf", "d.pdf", "--limit", str(sent))
        cost = Cost()
        port = serve(Server(sent, cost))
        mail(*words, "--send", "--server", f"smtp://127.0.0.1:{port}")
        cost.tell(f"{count:,} on the list, {sent:,} sent")
        print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
        cost = Cost()
        mail("status", str(people))
        cost.tell("status")
        cost = Cost()
        mail(*words)
        cost.tell(f"dry run of {sent:,}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["list"]:
        write_list(Path(sys.argv[2]), int(sys.argv[3]))
        sys.exit()
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    sent = int(sys.argv[2]) if len(sys.argv) > 2 else people
    main(people, sent, sys.argv[3] if len(sys.argv) > 3 else "csv")
