"""Debian's Postfix with a configuration, queue and mailboxes of its own: it takes mail on loopback and lets none out."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mail.post_office import free_port

__all__ = ["Postfix", "open_postfix"]

_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_peername_lookup = no
smtpd_recipient_restrictions = reject_unauth_destination
smtpd_relay_restrictions = reject_unauth_destination
disable_dns_lookups = yes
default_transport = error:no mail leaves this machine
relay_transport = error:no mail leaves this machine
local_transport = error:no local mail
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = inline:{{ {boxes} }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
message_size_limit = 3000000
alias_maps =
alias_database =
"""
_MASTER = """\
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """A running server; every address it was opened for has a Maildir."""

    folder: Path
    port: int

    def delivered(self, address: str) -> list[bytes]:
        """The mails in a mailbox."""
        box = self.folder / "boxes" / address.partition("@")[0] / "new"
        return [path.read_bytes() for path in sorted(box.glob("*"))]

    def log(self) -> str:
        """What it wrote down."""
        path = self.folder / "log"
        return path.read_text("utf-8", "replace") if path.exists() else "(no log)"

    def command(self, word: str) -> subprocess.CompletedProcess[str]:
        """start, stop or status, as an administrator gives them."""
        return subprocess.run(
            ["postfix", "-c", str(self.folder / "conf"), word], text=True, capture_output=True, timeout=60, check=False
        )


@contextmanager
def open_postfix(*addresses: str) -> Iterator[Postfix]:
    """Run Postfix until the end of ``with``, and leave no process of it."""
    folder = Path(tempfile.mkdtemp(prefix="postfix-", dir="/tmp"))  # where its own users may look, too
    folder.chmod(0o755)  # its own user must get in
    nobody = pwd.getpwnam("nobody")
    for name in ("conf", "queue", "data", "boxes"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    os.chown(folder / "boxes", nobody.pw_uid, nobody.pw_gid)
    office = Postfix(folder, free_port())
    boxes = ", ".join(f"{{ {address} = {address.partition('@')[0]}/ }}" for address in addresses)
    main = _MAIN.format(folder=folder, boxes=boxes, uid=nobody.pw_uid, gid=nobody.pw_gid)
    (folder / "conf" / "main.cf").write_text(main)
    (folder / "conf" / "master.cf").write_text(_MASTER.format(port=f"127.0.0.1:{office.port}"))
    started = office.command("start")
    try:
        assert started.returncode == 0, started.stderr + office.log()
        yield office
    finally:
        _stop(office)
        shutil.rmtree(folder)


def _stop(office: Postfix) -> None:
    pid_file = office.folder / "queue" / "pid" / "master.pid"
    pid = int(pid_file.read_text()) if pid_file.exists() else 0
    office.command("stop")
    for _ in range(50):
        if not pid or not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
