"""The first step: read content/ into an Edition."""

from directory_pub.read.edition import read_edition
from directory_pub.read.files import edition_files
from directory_pub.read.project import check_project, find_root

__all__ = ["check_project", "edition_files", "find_root", "read_edition"]
