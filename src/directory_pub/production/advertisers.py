"""The list of advertisers: a paragraph below the text that names the publisher, or below a text of its own."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from directory_pub.edition.adverts import Advert, page_of_advertisers
from directory_pub.edition.model import Edition
from directory_pub.edition.own_words import own_words
from directory_pub.edition.rewriting import named_folios
from directory_pub.edition.text import Paragraph, Run

__all__ = ["with_advertisers"]

_TITLES = {
    "ca": "Anunciants", "cs": "Inzerenti", "da": "Annoncører", "de": "Inserenten", "el": "Διαφημιζόμενοι",
    "en": "Advertisers", "es": "Anunciantes", "et": "Reklaamijad", "fi": "Ilmoittajat", "fr": "Annonceurs",
    "hr": "Oglašivači", "hu": "Hirdetők", "it": "Inserzionisti", "nl": "Adverteerders", "nb": "Annonsører",
    "pl": "Reklamodawcy", "pt": "Anunciantes", "ro": "Agenți de publicitate", "sk": "Inzerenti", "sl": "Oglaševalci",
    "sv": "Annonsörer",
}  # fmt: skip


def with_advertisers(edition: Edition) -> Edition:
    """The edition whose page of advertisers lists them, each with the folios of its adverts."""
    key = page_of_advertisers(edition)
    if key is None:
        return edition
    page = edition.text_pages[key]
    body = (*page.body, Paragraph(runs=tuple(_runs(edition, titled=page.kind != "advertisers")), line=1))
    listing = replace(page, body=body, names_folios=named_folios(body))
    return replace(edition, text_pages={**edition.text_pages, key: listing})


def _runs(edition: Edition, *, titled: bool) -> Iterator[Run]:
    tag = edition.language.split("-")[0].lower()
    english = tag not in _TITLES
    if titled:
        language = "en" if english and own_words(edition.language) else None
        yield Run(text=_TITLES["en" if english else tag], line=1, bold=True, language=language)
    by_advertiser: dict[str, list[Advert]] = {}
    for advert in edition.adverts:
        by_advertiser.setdefault(advert.advertiser, []).append(advert)
    for number, (name, adverts) in enumerate(by_advertiser.items()):
        yield Run(text=("\n" if titled or number else "") + name + "\u2002", line=1)
        for at, advert in enumerate(adverts):
            if at:
                yield Run(text=", ", line=1)
            yield Run(text="", line=1, href=f"#{advert.anchor}", folio_of=advert.anchor)
