"""Begin: a new edition's folder, with a sample in it that builds at once."""

from directory_pub.begin.folder import TakenError, begin_edition
from directory_pub.begin.sample import LIKES, Wanted, WantedError, language_of_sample

__all__ = ["LIKES", "TakenError", "Wanted", "WantedError", "begin_edition", "language_of_sample"]
