"""Links whose addresses a reader on paper never sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from directory_pub.contact import UnshownLink, printed_address, unshown_links
from directory_pub.edition.model import Edition, Entry
from directory_pub.findings import Finding, Place, note
from directory_pub.proofread.links import check_shown, leads_somewhere

__all__ = ["proofread_addresses"]

_MOST_TOLD = 3  # links of one text
_REMEDY_UNSHOWN = {
    False: "Write 'links: print' or 'links: note' in edition.yaml to print them, or 'links: silent' to leave them so.",
    True: "In a heading none is printed: say it in the text below, too, or among the contact rows.",
}


def proofread_addresses(edition: Edition) -> Iterator[Finding]:
    """A note on each text with links whose addresses paper does not show, where nobody has decided about them."""
    forms = edition.forms
    in_full = {text.key: text for text in edition.texts if forms.get(text.key) != "register"}
    for text in in_full.values() if edition.links != "silent" else ():
        country = (text.country if isinstance(text, Entry) else None) or edition.country
        links = [each for each in unshown_links(text, edition.contact_table, country) if _is_untold(each)]
        if unprinted := [link for link in links if link.in_heading or not edition.links]:
            place = text.in_body(unprinted[0].line)
            yield note("address-unprinted", place, _say_unshown(unprinted), _REMEDY_UNSHOWN[edition.links is not None])


def _is_untold(link: UnshownLink) -> bool:
    """Whether nothing else is told of a link: that it leads nowhere, or elsewhere than its words say."""
    return leads_somewhere(link.href) and not any(check_shown(link.words, link.href, Place(file="")))


def _say_unshown(links: Sequence[UnshownLink]) -> str:
    told = [f"“{link.words}” to {printed_address(link.href)}" for link in links[:_MOST_TOLD]]
    more = f" and {len(links) - _MOST_TOLD} more" if len(links) > _MOST_TOLD else ""
    lead = "a link leads to an address" if len(links) == 1 else f"{len(links)} links lead to addresses"
    return f"{lead} that paper does not show: {', '.join(told)}{more}."
