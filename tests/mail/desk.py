"""An organiser's folder: a list, a letter and a PDF, and the command that is given in it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PDF = b"%PDF-1.7\r\n.\r\n..\r\n" + bytes(range(256)) * 20
LETTER = """\
---
subject: The directory for {{ name }}
from: "Directory Team <dir@example.org>"
list_unsubscribe: https://example.org/leave
---
Dear {{ name }}

.\\
. a dot at the head of a line. {{ pdf.name }}, {{ pdf.size_mb }} MB.
"""
# The command with the waits of a test instead of minutes.
_IMPATIENT = """
import functools, sys
from directory_pub.commands import mail_send
from directory_pub.mail.pace import Patience
mail_send.Patience = functools.partial(Patience, tries=4, first_s=0.05, longest_s=0.2)
from directory_pub.commands.main import main
sys.argv[0] = "directory-pub"
if {largest_file}:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, ({largest_file},) * 2)
main()
"""


@dataclass(frozen=True)
class Desk:
    """A folder to send from."""

    folder: Path

    @property
    def ledger(self) -> Path:
        return self.folder / "people.ledger.sqlite"

    def write_list(self, *addresses: str) -> None:
        rows = "".join(f"{address},{address.partition('@')[0].title()},en\n" for address in addresses)
        (self.folder / "people.csv").write_text(f"email,name,language\n{rows}", "utf-8")

    def write_letter(self, text: str = LETTER) -> None:
        (self.folder / "text.md").write_text(text, "utf-8")

    def begin(self, *words: str, largest_file: int = 0) -> subprocess.Popen[str]:
        """Start the command as a process of its own; with ``largest_file`` (bytes), on a disk that is soon full."""
        return subprocess.Popen(
            [sys.executable, "-c", _IMPATIENT.format(largest_file=largest_file), "mail", *words],
            cwd=self.folder,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def states(self) -> dict[str, str]:
        """State by address, as another program reads it in the ledger."""
        return {address: str(state) for address, state in self.rows("address, state")}

    def rows(self, columns: str) -> list[tuple[str, ...]]:
        """Columns of the ledger for the current campaign."""
        base = sqlite3.connect(self.ledger)
        try:
            question = "WHERE campaign=(SELECT id FROM campaign ORDER BY taken_up DESC LIMIT 1) ORDER BY row"
            return base.execute(f"SELECT {columns} FROM entry {question}").fetchall()
        finally:
            base.close()


def make_desk(folder: Path) -> Desk:
    """A folder with three people in the list."""
    desk = Desk(folder)
    (folder / "build").mkdir()
    (folder / "build" / "book-email.pdf").write_bytes(PDF)
    desk.write_list("ada@example.org", "bob@example.org", "cy@example.org")
    desk.write_letter()
    return desk
