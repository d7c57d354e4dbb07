"""A build that what is kept brings down is made once more without it.

What is kept is read as data of the kinds that we know, but data may still be untrue: a page that is not
there, a number of something else. Whatever that does to a build, the book is worth a second one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar

from directory_pub.pieces.cluster import ClusterError
from directory_pub.pieces.resources import Resources

__all__ = ["once_more_without"]


class _Result(Protocol):
    cache_fault: str


R = TypeVar("R", bound=_Result)


def once_more_without(resources: Resources, build: Callable[[Resources], R]) -> R:
    """What is built by these means, or else without what they keep, which is then thrown away.

    What is no fault of it is raised: what the system refuses, a cluster that cannot be used, and
    whatever is raised once more without it.
    """
    try:
        return build(resources)
    except (OSError, ClusterError):
        raise
    except Exception:  # data that are untrue may bring anything about
        if resources.cache is None:
            raise
        result = build(replace(resources, cache=None))
    resources.forget()
    result.cache_fault = f"what was kept in {resources.cache} could not be used, and was thrown away"
    return result
