"""What the email PDF has with it: the contact data of its entries, as far as it shows them."""

from __future__ import annotations

from collections.abc import Callable

from directory_pub.cards import cards_of, table_of
from directory_pub.edition.codes import Attachment
from directory_pub.edition.model import Edition
from directory_pub.pdf_writing.attachments import AttachedFile

__all__ = ["attached_to"]

_MADE_BY: dict[Attachment, tuple[str, Callable[[Edition], bytes]]] = {
    "contacts.vcf": ("text/vcard", cards_of),
    "contacts.csv": ("text/csv", table_of),
}


def attached_to(edition: Edition) -> list[AttachedFile]:
    """The files that go with the email PDF of an edition, which is as that shows it."""
    return [
        AttachedFile(
            name=name,
            media_type=_MADE_BY[name][0],
            says=f"{edition.full_title}: {name}",
            created=edition.created,
            data=_MADE_BY[name][1](edition),
        )
        for name in edition.attach
    ]
