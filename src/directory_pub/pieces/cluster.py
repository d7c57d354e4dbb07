"""Workers of a Dask cluster: the same work as in this process, sent with all that it needs.

A worker's disk need have nothing but this program: the theme's layouts, sheets, faces and
profiles are sent to each worker once, a piece's pictures with its job.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from directory_pub.design.faces import read_faces
from directory_pub.design.inks import InkTable
from directory_pub.edition.model import Edition
from directory_pub.edition.printers import Printer
from directory_pub.edition.theme import PARTS, Theme
from directory_pub.pictures import find_picture
from directory_pub.pieces.jobs import FinishJob, SetJob, WorkerContext
from directory_pub.production.context import BuildContext, context_of
from directory_pub.storage.enclosure import read_bytes
from directory_pub.storage.hashes import code_hash
from directory_pub.storage.temporary import use_scratch

__all__ = ["ClusterError", "DaskCluster", "open_cluster"]

SCHEME = "dask://"
_PATIENCE = "10s"  # until a scheduler must have answered
_FOLDER = "edition"  # where an edition lies on a worker, whatever its place here


class ClusterError(Exception):
    """A cluster that cannot be used; the second argument says what to do."""


class Recipe(Struct, frozen=True):
    """What a build context is opened from: the edition, and the theme's files by name."""

    program: str
    edition: Edition
    printer: Printer
    inks: InkTable
    files: Mapping[str, bytes]

    @classmethod
    def of(cls, context: BuildContext) -> Recipe:
        """The recipe of a context of this process."""
        theme = context.edition.theme
        files = {name: theme.read_bytes(name) for part in PARTS for name in theme.names(part)}
        return cls(code_hash(), context.edition, context.printer, context.inks, files)


class Parcel(Struct, frozen=True):
    """One job, with the pictures that it needs by their names below photos/."""

    work: Callable[[WorkerContext, Any], Any]
    job: SetJob | FinishJob
    pictures: Mapping[str, bytes]


class DaskCluster:
    """The executor of a Dask cluster whose workers have the recipe of one build context."""

    def __init__(self, address: str, context: BuildContext) -> None:
        self._context = context
        self._client = _connect(address)
        self.workers = max(1, len(self._client.scheduler_info()["workers"]))
        self.executor = self._client.get_executor(pure=False)
        self._recipe = self._client.scatter(Recipe.of(context), broadcast=True)

    def bring(self, work: Callable[[Any, Any], Any], job: Any) -> Future[Any]:
        """Give one job out with its pictures."""
        given: Future[Any] = self.executor.submit(_work_there, self._recipe, Parcel(work, job, self._pictures(job)))
        return given

    def _pictures(self, job: SetJob | FinishJob) -> dict[str, bytes]:
        set_job, edition = job if isinstance(job, SetJob) else job.job, self._context.edition
        files = [photo.file for photo in set_job.pictures(self._context)]
        found = {file: path for file in files if (path := find_picture(edition.folder, file))}
        return {file: read_bytes(path, edition.root, edition.folder) for file, path in found.items()}

    def is_crash(self, fault: BaseException) -> bool:
        """Whether a job ended one worker after another, until the scheduler gave it up."""
        from distributed import KilledWorker

        return isinstance(fault, KilledWorker | CancelledError)

    def end(self) -> None:
        """Cancel what is not done, and disconnect."""
        self.executor.shutdown(wait=False)
        self._client.close()


def open_cluster(address: str, context: BuildContext) -> DaskCluster:
    """Connect to the cluster at ``dask://HOST:PORT``; raises ClusterError if it cannot be used."""
    if not address.startswith(SCHEME):
        raise ClusterError(f"'{address}' names no cluster.", f"Write {SCHEME}HOST:PORT, as the scheduler tells it.")
    return DaskCluster(address.removeprefix(SCHEME), context)


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        remedy = "Install it with: pip install 'directory-pub[dask]'"
        raise ClusterError("the library that speaks with Dask is missing.", remedy) from None
    try:
        connect: Any = Client  # it has no types
        return connect(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as fault:
        remedy = "Start one with 'dask scheduler' and workers with 'dask worker', or look at the address."
        raise ClusterError(f"no Dask scheduler answers at {address} ({type(fault).__name__}).", remedy) from fault


# -------------------------------------------------------------------- on the worker
_one_at_a_time = threading.Lock()  # a process has one engine, however many threads its worker has
_contexts: dict[int, tuple[Recipe, WorkerContext, tempfile.TemporaryDirectory[str]]] = {}


def _work_there(recipe: Recipe, parcel: Parcel) -> Any:
    with _one_at_a_time:
        if recipe.program != code_hash():
            raise ClusterError("a worker runs another version of this program.", "Install the same one everywhere.")
        worker, folder = _context_of(recipe)
        for name, content in parcel.pictures.items():
            path = folder / "photos" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return parcel.work(worker, parcel.job)


def _context_of(recipe: Recipe) -> tuple[WorkerContext, Path]:
    """The context of a recipe, with its files in a folder of its own, kept while jobs of this recipe come."""
    if id(recipe) not in _contexts:
        for _, _, room in _contexts.values():
            room.cleanup()
        _contexts.clear()
        use_scratch()
        room = tempfile.TemporaryDirectory(prefix="directory-pub-worker-")
        _contexts[id(recipe)] = (recipe, _open_context(recipe, Path(room.name)), room)
    _, worker, room = _contexts[id(recipe)]
    return worker, Path(room.name) / _FOLDER


def _open_context(recipe: Recipe, root: Path) -> WorkerContext:
    for name, content in recipe.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    theme = Theme.of(root)
    edition = replace(recipe.edition, root=root, folder=root / _FOLDER, theme=theme)
    printer = recipe.printer
    if printer.condition is not None:
        profile = root / (recipe.edition.theme.name_of(printer.condition.profile) or "")
        printer = replace(printer, condition=replace(printer.condition, profile=profile))
    context = context_of(edition, printer, recipe.inks, read_faces(theme))
    return WorkerContext(context=context, store=None)
