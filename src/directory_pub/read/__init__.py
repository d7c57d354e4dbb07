"""The first step: read content/ into an Edition."""

from directory_pub.read.edition import read_edition
from directory_pub.read.files import edition_files

__all__ = ["edition_files", "read_edition"]
