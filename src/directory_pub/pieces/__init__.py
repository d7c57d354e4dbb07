"""A book made piece by piece: what is kept is not made again, the rest is shared out, and all of it is sewn."""

from directory_pub.pieces.cache import PieceCache
from directory_pub.pieces.cluster import ClusterError, open_cluster
from directory_pub.pieces.excerpts import LONG_BOOK_PAGES
from directory_pub.pieces.jobs import Bench
from directory_pub.pieces.making import PieceBook, make_pieces
from directory_pub.pieces.means import Means
from directory_pub.pieces.sharing import Progress, Stopped
from directory_pub.pieces.workers import Workers, undisturbed

__all__ = [
    "LONG_BOOK_PAGES",
    "Bench",
    "ClusterError",
    "Means",
    "PieceBook",
    "PieceCache",
    "Progress",
    "Stopped",
    "Workers",
    "make_pieces",
    "open_cluster",
    "undisturbed",
]
