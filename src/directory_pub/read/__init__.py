"""The first step: read content/ into an Edition."""

from directory_pub.read.edition import read_edition

__all__ = ["read_edition"]
