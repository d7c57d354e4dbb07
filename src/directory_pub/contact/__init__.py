"""Contact rows: what in a row is an address or a number, and where it leads.

What a row says is printed as it was typed; only where it leads is found out here, for compose to link and for
proofread to judge.
"""

from __future__ import annotations

from directory_pub.contact.addresses import mail_link, web_link
from directory_pub.contact.paper import UnshownLink, bare_address, printed_address, unshown_links
from directory_pub.contact.rows import Part, split_row, split_spans, troubles_of
from directory_pub.contact.trouble import Trouble

__all__ = [
    "Part",
    "Trouble",
    "UnshownLink",
    "bare_address",
    "mail_link",
    "printed_address",
    "split_row",
    "split_spans",
    "troubles_of",
    "unshown_links",
    "web_link",
]
