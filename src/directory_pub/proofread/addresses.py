"""Links whose addresses a reader on paper never sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from directory_pub.contact import UnshownLink, printed_address, unshown_links
from directory_pub.edition.model import Edition, Entry, TextPage
from directory_pub.findings import Finding, Place, note
from directory_pub.proofread.links import check_shown, leads_somewhere
from directory_pub.storage.store import Store

__all__ = ["proofread_addresses"]

_MOST_TOLD = 3  # links of one text
_REMEDY_UNSHOWN = {
    False: "Write 'links: print' or 'links: note' in edition.yaml to print them, or 'links: silent' to leave them so.",
    True: "In a heading none is printed: say it in the text below, too, or among the contact rows.",
}


def proofread_addresses(edition: Edition, store: Store | None = None) -> Iterator[Finding]:
    """A note on each text with links whose addresses paper does not show, where nobody has decided about them.

    ``store`` knows entries that were read before.
    """
    forms, store = edition.forms, store or Store()
    in_full = {text.key: text for text in edition.texts if forms.get(text.key) != "register"}
    for text in in_full.values() if edition.links != "silent" else ():
        if isinstance(text, Entry) and text.digest:
            told = (text.whereabouts, text.digest, edition.country, edition.contact_table.digest, edition.links)
            yield from store.recall("addresses", list[Finding], partial(_unprinted, text, edition), *told)
        else:
            yield from _unprinted(text, edition)


def _unprinted(text: Entry | TextPage, edition: Edition) -> list[Finding]:
    country = (text.country if isinstance(text, Entry) else None) or edition.country
    links = [each for each in unshown_links(text, edition.contact_table, country) if _is_untold(each)]
    unprinted = [link for link in links if link.in_heading or not edition.links]
    if not unprinted:
        return []
    place, remedy = text.in_body(unprinted[0].line), _REMEDY_UNSHOWN[edition.links is not None]
    return [note("address-unprinted", place, _say_unshown(unprinted), remedy)]


def _is_untold(link: UnshownLink) -> bool:
    """Whether nothing else is told of a link: that it leads nowhere, or elsewhere than its words say."""
    return leads_somewhere(link.href) and not any(check_shown(link.words, link.href, Place(file="")))


def _say_unshown(links: Sequence[UnshownLink]) -> str:
    told = [f"“{link.words}” to {printed_address(link.href)}" for link in links[:_MOST_TOLD]]
    more = f" and {len(links) - _MOST_TOLD} more" if len(links) > _MOST_TOLD else ""
    lead = "a link leads to an address" if len(links) == 1 else f"{len(links)} links lead to addresses"
    return f"{lead} that paper does not show: {', '.join(told)}{more}."
