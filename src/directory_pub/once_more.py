"""A build that what is kept brings down is made once more without it.

What is kept is read as data of the kinds that we know, but data may still be untrue: a page that is not
there, a number of something else. Whatever that does to a build, the book is worth a second one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar

from directory_pub.pieces import ClusterError, Means

__all__ = ["once_more_without"]


class _Result(Protocol):
    cache_fault: str


R = TypeVar("R", bound=_Result)


def once_more_without(means: Means, build: Callable[[Means], R]) -> R:
    """What is built by these means, or else without what they keep, which is then thrown away.

    What is no fault of it is raised: what the system refuses, a cluster that cannot be used, and
    whatever is raised once more without it.
    """
    try:
        return build(means)
    except (OSError, ClusterError):
        raise
    except Exception:  # data that are untrue may bring anything about
        if means.cache is None:
            raise
        result = build(replace(means, cache=None))
    means.forget()
    result.cache_fault = f"what was kept in {means.cache} could not be used, and was thrown away"
    return result
