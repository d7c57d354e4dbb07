"""What keeps a value of a contact row from leading anywhere."""

from __future__ import annotations

from enum import Enum, auto

__all__ = ["Trouble"]


class Trouble(Enum):
    """A value that was meant as an address or a number and cannot be used as one."""

    NO_MAIL = auto()
    NO_WEB = auto()
    SPACE = auto()  # a web address with a space in it
    NO_NUMBER = auto()
    NO_VALUE = auto()  # unlike what its kind wants
    CODE = auto()  # such as *100#: it is dialled by hand, and nothing is wrong with it
    NATIONAL = auto()  # without a country's code, in an edition that names no country
    LOCAL = auto()  # without an area's code
    SHORT = auto()  # for its country
    IMPOSSIBLE = auto()  # in its country
