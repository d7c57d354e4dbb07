"""Build once more without the store where its content brings a build down.

What is stored is read as data of known kinds, but data may still be untrue: a page that is not
there, a number of something else. Whatever that does to a build, it must not cost the book.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from msgspec.structs import replace

from directory_pub.pieces.cluster import ClusterError
from directory_pub.pieces.resources import Resources

__all__ = ["once_more_without"]


class _Result(Protocol):
    cache_fault: str


R = TypeVar("R", bound=_Result)


def once_more_without(resources: Resources, build: Callable[[Resources], R]) -> R:
    """Build with these resources; if that fails, build without the store, and then empty it.

    Raises what is no fault of the store: what the system refuses, a cluster that cannot be used,
    and whatever the build without the store raises.
    """
    try:
        return build(resources)
    except (OSError, ClusterError):
        raise
    except Exception:  # untrue data may cause any
        if resources.cache is None:
            raise
        result = build(replace(resources, cache=None))
    resources.forget()
    result.cache_fault = f"what was kept in {resources.cache} could not be used, and was thrown away"
    return result
