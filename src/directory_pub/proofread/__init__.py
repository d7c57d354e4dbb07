"""The house rules that need no page: read an edition as a proofreader would."""

from __future__ import annotations

from collections.abc import Collection

from directory_pub.design.faces import FontLibrary
from directory_pub.edition.model import Edition
from directory_pub.findings import Finding
from directory_pub.proofread.addresses import proofread_addresses
from directory_pub.proofread.codes import proofread_codes
from directory_pub.proofread.confirmations import proofread_confirmations
from directory_pub.proofread.copy import proofread_copy
from directory_pub.proofread.faces import proofread_faces
from directory_pub.proofread.indexes import proofread_indexes
from directory_pub.proofread.links import leads_somewhere
from directory_pub.proofread.listings import proofread_listings
from directory_pub.proofread.pictures import UNUSABLE_PHOTO, proofread_pictures
from directory_pub.proofread.programme import proofread_programme
from directory_pub.proofread.references import proofread_references
from directory_pub.proofread.sheets import proofread_sheets
from directory_pub.proofread.sponsors import proofread_logos, proofread_sponsors
from directory_pub.proofread.theme_files import proofread_theme
from directory_pub.storage.store import Store

__all__ = ["UNUSABLE_PHOTO", "leads_somewhere", "proofread"]


def proofread(
    edition: Edition, library: FontLibrary, motifs: Collection[str], store: Store | None = None
) -> list[Finding]:
    """Every finding of the house rules; one bad entry hides nothing of the others.

    ``store`` knows entries and pictures that were read before.
    """
    return [
        *proofread_confirmations(edition),
        *proofread_references(edition, motifs, store),
        *proofread_indexes(edition),
        *proofread_listings(edition),
        *proofread_programme(edition, motifs),
        *proofread_addresses(edition, store),
        *proofread_codes(edition, library),
        *proofread_copy(edition, library, store),
        *proofread_pictures(edition, store),
        *proofread_sponsors(edition),
        *proofread_logos(edition, store or Store()),
        *proofread_sheets(edition.theme, library),
        *proofread_faces(edition, library),
        *proofread_theme(edition),
    ]
