"""The dry run: every mail as a file that any mail program opens. Nothing is sent and nobody is connected to."""

from __future__ import annotations

import errno
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from directory_pub.mail.campaign import Campaign, Mailing

__all__ = ["write_eml_files"]


def write_eml_files(
    folder: Path, campaign: Campaign, mailings: Iterable[Mailing], most_bytes: int
) -> Iterator[tuple[Mailing, Path, int]]:
    """Write one file a recipient, named by row and address; those of an earlier dry run are removed first.

    Each mail comes with its file and its size in bytes. Raises OSError, and writes nothing, where the disk has no
    room for ``most_bytes`` of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("[0-9]*-*.eml"):
        stale.unlink()
    if shutil.disk_usage(folder).free < most_bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    now_s = int(time.time())
    for mailing in mailings:
        path = folder / _name(mailing)
        yield mailing, path, path.write_bytes(mailing.content(campaign, now_s))


def _name(mailing: Mailing) -> str:
    """Plain characters only, and the row before them: two addresses may be alike without the others."""
    recipient = mailing.letter.recipient
    address = re.sub(r"[^a-z0-9@._+-]", "_", recipient.mailbox.address.lower())[:100]
    return f"{recipient.place.line:04d}-{address}.eml"
