"""Social networks: their names, their icons, and where a name on one leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from directory_pub.contact.addresses import web_link, without_unseen

__all__ = ["NETWORKS", "Network", "find_network", "is_address", "profile_link"]


@dataclass(frozen=True, slots=True)
class Network:
    """One network: ``page`` is what stands before a bare name, ``site`` what stands before one with a path.

    Where there is no icon of its own in styles/icons, the name is printed.
    """

    name: str
    site: str
    page: str = ""
    icon: bool = False


NETWORKS: dict[str, Network] = {
    "bluesky": Network("Bluesky", "https://bsky.app/", "profile/", icon=True),
    "discord": Network("Discord", "https://discord.gg/"),
    "facebook": Network("Facebook", "https://www.facebook.com/", icon=True),
    "flickr": Network("Flickr", "https://www.flickr.com/", "people/"),
    "github": Network("GitHub", "https://github.com/"),
    "gitlab": Network("GitLab", "https://gitlab.com/"),
    "instagram": Network("Instagram", "https://www.instagram.com/", icon=True),
    "linkedin": Network("LinkedIn", "https://www.linkedin.com/", "company/", icon=True),
    "mastodon": Network("Mastodon", "", icon=True),  # many sites: a name tells which
    "medium": Network("Medium", "https://medium.com/", "@"),
    "pinterest": Network("Pinterest", "https://www.pinterest.com/"),
    "reddit": Network("Reddit", "https://www.reddit.com/", "user/"),
    "telegram": Network("Telegram", "https://t.me/"),
    "threads": Network("Threads", "https://www.threads.com/", "@"),
    "tiktok": Network("TikTok", "https://www.tiktok.com/", "@"),
    "twitch": Network("Twitch", "https://www.twitch.tv/"),
    "twitter": Network("Twitter", "https://twitter.com/", icon=True),
    "vimeo": Network("Vimeo", "https://vimeo.com/"),
    "whatsapp": Network("WhatsApp", "https://wa.me/"),  # by number
    "xing": Network("Xing", "https://www.xing.com/", "pages/"),
    "youtube": Network("YouTube", "https://www.youtube.com/", "@", icon=True),
}
_OTHER_NAMES = {"x": "twitter"}
_CHANNEL = re.compile(r"UC[\w-]{22}")
_ADDRESS = re.compile(r"\w+://.*|www\..*|[\w-]+(?:\.[\w-]+)+/.*", re.IGNORECASE)


def find_network(name: str) -> str | None:
    """The key of a network by its name, whatever the case; None for one that is not known."""
    key = name.strip().casefold()
    key = _OTHER_NAMES.get(key, key)
    return key if key in NETWORKS else None


def is_address(handle: str) -> bool:
    """Whether a name on a network is a full address rather."""
    return _ADDRESS.fullmatch(handle) is not None


def profile_link(network: str, handle: str) -> str | None:
    """Where a name on a network leads; a full address is taken as it is."""
    handle = without_unseen(handle)
    if is_address(handle):
        return web_link(handle)
    name = handle.strip("/").removeprefix("@")
    if re.search(r"\s", name) or not name:
        return _number_link(name) if network == "whatsapp" else None
    if network == "mastodon":
        user, _, host = name.partition("@")
        return web_link(f"https://{host}/@{user}") if host else None
    if network == "whatsapp":
        return _number_link(name)
    if network == "youtube" and _CHANNEL.fullmatch(name):
        return web_link(f"{NETWORKS[network].site}channel/{name}")
    known = NETWORKS[network]
    return web_link(known.site + ("" if "/" in name else known.page) + quote(name, safe="/@:"))


def _number_link(name: str) -> str | None:
    """A number with its country's code, in digits alone."""
    digits = re.sub(r"[\s().+-]", "", name)
    return f"{NETWORKS['whatsapp'].site}{digits}" if digits.isdecimal() and not digits.startswith("0") else None
