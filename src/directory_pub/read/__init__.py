"""The first step: read content/ into an Edition."""

from directory_pub.read.edition import read_edition
from directory_pub.read.project import check_project

__all__ = ["check_project", "read_edition"]
