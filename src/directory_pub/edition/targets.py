"""The targets: what a finished file is for, and the promises that differ."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["EMAIL", "PRESS", "TARGETS", "Target"]


class Target(Struct, frozen=True, kw_only=True):
    """One kind of finished file. Pictures below ``least_ppi`` as placed fail it."""

    name: str
    least_ppi: int


PRESS = Target(name="press", least_ppi=300)
EMAIL = Target(name="email", least_ppi=150)
TARGETS = {target.name: target for target in (PRESS, EMAIL)}
