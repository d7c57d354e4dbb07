"""What the email PDF has with it: the programme as a calendar, and the contact data that it shows, if asked for."""

from __future__ import annotations

from collections.abc import Callable

from directory_pub.cards import cards_of, table_of
from directory_pub.edition.codes import Attachment
from directory_pub.edition.model import Edition
from directory_pub.pdf_writing.attachments import AttachedFile
from directory_pub.production.calendar_file import programme_ics

__all__ = ["attached_to"]

_MADE_BY: dict[Attachment, tuple[str, Callable[[Edition], bytes]]] = {
    "contacts.vcf": ("text/vcard", cards_of),
    "contacts.csv": ("text/csv", table_of),
}


def attached_to(edition: Edition) -> list[AttachedFile]:
    """The files that go with the email PDF of an edition, which is as that shows it."""
    made = [(name, *_MADE_BY[name]) for name in edition.attach]
    calendar = [("programme.ics", "text/calendar", programme_ics)] if edition.programme else []
    return [
        AttachedFile(
            name=name,
            media_type=media_type,
            says=f"{edition.full_title}: {name}",
            created=edition.created,
            data=make(edition),
        )
        for name, media_type, make in (*calendar, *made)
    ]
