"""What of an entry a reader takes along: a code to scan, a card for an address book, a row of a table."""

from directory_pub.cards.cards import LINE_END, card_of, cards_of
from directory_pub.cards.codes import CodeContent, code_of_entry, code_of_page
from directory_pub.cards.matrix import Matrix, dark_squares, matrix_of
from directory_pub.cards.sizes import LEAST_MODULE_MM, QUIET_MODULES, CodeSize, size_of_code
from directory_pub.cards.table import table_of

__all__ = [
    "LEAST_MODULE_MM",
    "LINE_END",
    "QUIET_MODULES",
    "CodeContent",
    "CodeSize",
    "Matrix",
    "card_of",
    "cards_of",
    "code_of_entry",
    "code_of_page",
    "dark_squares",
    "matrix_of",
    "size_of_code",
    "table_of",
]
