"""What contact rows may be: kinds and networks by name, and one row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from directory_pub.findings import Place

__all__ = [
    "ContactKind",
    "ContactRow",
    "ContactTable",
    "ContactValue",
    "NamedBy",
    "Network",
]


# What is looked for in a contact row, and what a name on a network is.
ContactValue = Literal["web", "mail", "number", "profile"]


NamedBy = Literal["name", "number", "address"]


class ContactKind(Struct, frozen=True, kw_only=True):
    """A kind of contact row: its icon, and what in it leads where.

    A row of a kind with a ``pattern`` is of that form, and leads to ``link`` with the value in it; ``is_linked``
    is false where nothing in a row is to be opened. ``also`` are words that people have for the kind.
    """

    name: str
    icon: str | None = None
    value: ContactValue | None = None
    pattern: str | None = None
    example: str | None = None
    link: str | None = None
    is_linked: bool = True
    also: tuple[str, ...] = ()


class Network(Struct, frozen=True, kw_only=True):
    """A social network; a name leads to ``site``, ``page`` and the name, or to another page by a pattern of the name.

    Without an icon its name is printed. ``hosts`` are those of its pages; none where anybody may run a site of it.
    """

    key: str
    name: str
    site: str = ""
    page: str = ""
    pages: tuple[tuple[str, str], ...] = ()
    icon: str | None = None
    named_by: NamedBy = "name"
    hosts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class ContactTable(Struct, frozen=True, kw_only=True):
    """The kinds of contact row and the networks by name; ``digest`` is the hash of the file that says so."""

    kinds: Mapping[str, ContactKind] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)
    digest: str = ""

    def kind_of(self, row: ContactRow) -> ContactKind:
        """The kind of a row; one that there is not, is a text."""
        return self.kinds.get(row.kind) or ContactKind(name=row.kind)

    def network_of(self, row: ContactRow) -> Network | None:
        """The network that a row has a name on."""
        return self.networks.get(row.network or "")

    def icon_of(self, row: ContactRow) -> str | None:
        """The icon of a row: its network's, else its kind's."""
        network = self.network_of(row)
        return (network.icon if network else None) or self.kind_of(row).icon

    def find_network(self, name: str) -> Network | None:
        """A network by its key or another of its names, whatever the case."""
        key = name.strip().casefold()
        return self.networks.get(key) or next((each for each in self.networks.values() if key in each.also), None)

    def other_names(self) -> dict[str, str]:
        """The kind that is meant by each word that people have for one; a network's name is for its profiles."""
        names = {word: kind.name for kind in self.kinds.values() for word in kind.also}
        social = next((kind.name for kind in self.kinds.values() if kind.value == "profile"), None)
        for network in self.networks.values() if social else ():
            names |= dict.fromkeys((network.key, *network.also), social or "")
        return names


class ContactRow(Struct, frozen=True, kw_only=True):
    """One line of a contact block.

    ``kind`` is web, phone, fax, mail, address, person or social; ``text`` is what is printed. A social row
    has the key of its ``network`` if that is known, the address (``web``) that its editor gave, and a ``label``
    before its text, as in "Telegram:", where no icon tells the network.
    """

    kind: str
    text: str
    place: Place
    label: str | None = None
    network: str | None = None
    web: str | None = None
