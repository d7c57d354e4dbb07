"""Social networks: where a name on one leads."""

from __future__ import annotations

import re
from urllib.parse import quote

from directory_pub.contact.addresses import web_link, without_unseen
from directory_pub.edition.contact_table import Network

__all__ = ["is_address", "profile_link"]

_ADDRESS = re.compile(r"\w+://.*|www\..*|[\w-]+(?:\.[\w-]+)+/.*", re.IGNORECASE)


def is_address(handle: str) -> bool:
    """Whether a name on a network is a full address rather."""
    return _ADDRESS.fullmatch(handle) is not None


def profile_link(network: Network, handle: str) -> str | None:
    """Where a name on a network leads; a full address is taken as it is."""
    handle = without_unseen(handle)
    if is_address(handle):
        return web_link(handle)
    name = handle.strip("/").removeprefix("@")
    if network.named_by == "number":
        return _number_link(network.site, name)
    if re.search(r"\s", name) or not name:
        return None
    if network.named_by == "address":
        user, _, host = name.partition("@")
        return web_link(f"https://{host}/{network.page}{user}") if host else None
    special = next((page for pattern, page in network.pages if re.fullmatch(pattern, name)), None)
    page = special if special is not None else "" if "/" in name else network.page
    return web_link(network.site + page + quote(name, safe="/@:", errors="replace"))


def _number_link(site: str, name: str) -> str | None:
    """A number with its country's code, in digits alone."""
    digits = re.sub(r"[\s().+-]", "", name)
    return f"{site}{digits}" if digits.isdecimal() and not digits.startswith("0") else None
