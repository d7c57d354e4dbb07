"""What a long list costs: CPU seconds and memory up to the first mail, and through the run.

    python benchmarks/mail.py [RECIPIENTS]

A mail goes to a server in the same process that takes everything; what it hears is not kept.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from directory_pub.cli import app

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


class Server:
    """Takes every mail, and notes time and memory at the first and at each tenth of all."""

    def __init__(self, total: int) -> None:
        self.marks: list[tuple[int, float, float]] = []
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
            self.marks.append((self.taken + 1, time.process_time(), memory_mb()))
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
    return CliRunner().invoke(app, ["mail", "people.csv", "--message", "text.md", "--pdf", "d.pdf", *words])


def main(count: int, sent: int) -> None:
    """Measure a list of ``count``, of whom ``sent`` get their mail."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        rows = (f"p{n}@example.org,Person {n},Organisation {n},{('en', 'fr')[n % 2]}\n" for n in range(count))
        with open("people.csv", "w") as file:
            file.write("email,name,organisation,language\n")
            file.writelines(rows)
        Path("text.md").write_text(LETTER)
        Path("d.pdf").write_bytes(b"%PDF-1.7" + bytes(20_000))
        server = Server(sent)
        port = serve(server)
        begun, before = time.process_time(), memory_mb()
        result = mail("--send", "--server", f"smtp://127.0.0.1:{port}", "--limit", str(sent))
        assert result.exit_code == 0, result.stderr or result.exception
        for number, cpu_s, held_mb in server.marks:
            print(f"mail {number:>7,}: {cpu_s - begun:7.1f} CPU s, {held_mb - before:6.1f} MB more than at the start")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        print(f"{count:,} on the list, {sent:,} sent: {time.process_time() - begun:.1f} CPU s, peak {peak:.0f} MB")


if __name__ == "__main__":
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    main(people, int(sys.argv[2]) if len(sys.argv) > 2 else people)
