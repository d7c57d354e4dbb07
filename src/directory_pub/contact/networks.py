"""Social networks: their names, their icons, and where a name on one leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from directory_pub.contact.addresses import web_link, without_unseen

__all__ = ["NETWORKS", "Network", "find_network", "is_address", "profile_link"]


@dataclass(frozen=True, slots=True)
class Network:
    """One network: ``page`` is what stands before a bare name, ``site`` what stands before one with a path.

    Where there is no icon of its own in styles/icons, the name is printed. ``others`` are hosts that are its own
    beside its site's; ``anywhere`` says that people have its pages at hosts of theirs.
    """

    name: str
    site: str
    page: str = ""
    icon: bool = False
    others: tuple[str, ...] = ()
    anywhere: bool = False

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of its pages; none where anybody may run a site of it."""
        own = urlsplit(self.site).hostname or ""
        return (own.removeprefix("www."), *self.others) if own and not self.anywhere else ()


NETWORKS: dict[str, Network] = {
    "bluesky": Network("Bluesky", "https://bsky.app/", "profile/", icon=True, anywhere=True),
    "discord": Network("Discord", "https://discord.gg/", others=("discord.com",)),
    "facebook": Network("Facebook", "https://www.facebook.com/", icon=True, others=("fb.com", "fb.me", "m.me")),
    "flickr": Network("Flickr", "https://www.flickr.com/", "people/", others=("flic.kr",)),
    "github": Network("GitHub", "https://github.com/", others=("github.io",)),
    "gitlab": Network("GitLab", "https://gitlab.com/", anywhere=True),
    "instagram": Network("Instagram", "https://www.instagram.com/", icon=True, others=("instagr.am",)),
    "linkedin": Network("LinkedIn", "https://www.linkedin.com/", "company/", icon=True, others=("lnkd.in",)),
    "mastodon": Network("Mastodon", "", icon=True),  # many sites: a name tells which
    "medium": Network("Medium", "https://medium.com/", "@", anywhere=True),
    "pinterest": Network("Pinterest", "https://www.pinterest.com/", anywhere=True),  # each country its own
    "reddit": Network("Reddit", "https://www.reddit.com/", "user/", others=("redd.it",)),
    "telegram": Network("Telegram", "https://t.me/", others=("telegram.me", "telegram.org", "telegram.dog")),
    "threads": Network("Threads", "https://www.threads.com/", "@", others=("threads.net",)),
    "tiktok": Network("TikTok", "https://www.tiktok.com/", "@"),
    "twitch": Network("Twitch", "https://www.twitch.tv/"),
    "twitter": Network("Twitter", "https://twitter.com/", icon=True, others=("x.com", "t.co")),
    "vimeo": Network("Vimeo", "https://vimeo.com/"),
    "whatsapp": Network("WhatsApp", "https://wa.me/", others=("whatsapp.com",)),  # by number
    "xing": Network("Xing", "https://www.xing.com/", "pages/"),
    "youtube": Network("YouTube", "https://www.youtube.com/", "@", icon=True, others=("youtu.be",)),
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
