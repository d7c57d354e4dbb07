"""What codes to scan may say, and what the email PDF may have attached."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from directory_pub.findings import Place

__all__ = ["Attachment", "EntryCode", "PageCode"]

# What the code of an entry is for: its web address, its contact data for an address book, or there is none.
EntryCode = Literal["web", "vcard", "none"]

# The files that the email PDF may carry.
Attachment = Literal["contacts.vcf", "contacts.csv"]


class PageCode(Struct, frozen=True, kw_only=True):
    """The address that the code of a text page leads to; the one of the email PDF, if the page says so."""

    address: str
    place: Place
