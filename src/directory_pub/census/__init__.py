"""The text census: hold the finished PDF against the content, word by word.

It reads the file as a stranger would (PDFium) and the content from the model; it shares no
code with compose, typeset or finish.
"""

from directory_pub.census.aloud import compare_aloud
from directory_pub.census.count import Census
from directory_pub.census.files import check_faces, check_pictures, compare_breaks
from directory_pub.census.page_reader import PageText, PlacedPicture, Word, read_pages
from directory_pub.census.sewn import Figure, PagePrint, check_sewn, print_folios, print_pages
from directory_pub.census.tag_tree import read_tag_tree

__all__ = [
    "Census",
    "Figure",
    "PagePrint",
    "PageText",
    "PlacedPicture",
    "Word",
    "check_faces",
    "check_pictures",
    "check_sewn",
    "compare_aloud",
    "compare_breaks",
    "print_folios",
    "print_pages",
    "read_pages",
    "read_tag_tree",
]
