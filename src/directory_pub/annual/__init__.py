"""The annual work: next year's edition is begun from this year's, and two editions are held side by side."""

from directory_pub.annual.begin import Begun, NotBegun, begin_edition, year_in
from directory_pub.annual.comparison import Comparison, compare_editions
from directory_pub.annual.html_page import html_page
from directory_pub.annual.rows import comparison_rows

__all__ = [
    "Begun",
    "Comparison",
    "NotBegun",
    "begin_edition",
    "compare_editions",
    "comparison_rows",
    "html_page",
    "year_in",
]
