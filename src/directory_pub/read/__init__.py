"""The first step: read content/ into an Edition."""

from directory_pub.read.edition import read_edition
from directory_pub.read.files import edition_files, is_for_makers
from directory_pub.read.theme_files import check_theme

__all__ = ["check_theme", "edition_files", "is_for_makers", "read_edition"]
