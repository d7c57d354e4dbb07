"""Make a book piece by piece: read what is stored, share the rest out among workers, and bind all of it."""

from directory_pub.pieces.ahead import WorkAhead
from directory_pub.pieces.book import PieceBook, make_pieces
from directory_pub.pieces.cluster import ClusterError, open_cluster
from directory_pub.pieces.jobs import WorkerContext
from directory_pub.pieces.resources import Resources
from directory_pub.pieces.retry import once_more_without
from directory_pub.pieces.sharing import BuildStopped, Progress
from directory_pub.pieces.workers import Workers, undisturbed

__all__ = [
    "BuildStopped",
    "ClusterError",
    "PieceBook",
    "Progress",
    "Resources",
    "WorkAhead",
    "WorkerContext",
    "Workers",
    "make_pieces",
    "once_more_without",
    "open_cluster",
    "undisturbed",
]
