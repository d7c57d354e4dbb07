"""The text census: hold the finished PDF against the content, word by word.

It reads the file as a stranger would (PDFium) and the content from the model; it shares no
code with compose, typeset or finish.
"""

from directory_pub.census.adverts import check_adverts
from directory_pub.census.bound import Figure, PageFingerprint, check_bound, fingerprint_folios, fingerprint_pages
from directory_pub.census.codes import check_codes
from directory_pub.census.count import Census
from directory_pub.census.files import check_faces, check_pictures, compare_breaks
from directory_pub.census.located import Located
from directory_pub.census.looks import check_looks
from directory_pub.census.page_reader import (
    PageText,
    PlacedPicture,
    Word,
    pictures_on,
    read_page,
    read_pages,
    read_pictures,
)
from directory_pub.census.screen_reader import compare_screen_reader
from directory_pub.census.tag_tree import read_tag_tree
from directory_pub.census.withheld import check_withheld, check_withheld_texts

__all__ = [
    "Census",
    "Figure",
    "Located",
    "PageFingerprint",
    "PageText",
    "PlacedPicture",
    "Word",
    "check_adverts",
    "check_bound",
    "check_codes",
    "check_faces",
    "check_looks",
    "check_pictures",
    "check_withheld",
    "check_withheld_texts",
    "compare_breaks",
    "compare_screen_reader",
    "fingerprint_folios",
    "fingerprint_pages",
    "pictures_on",
    "read_page",
    "read_pages",
    "read_pictures",
    "read_tag_tree",
]
