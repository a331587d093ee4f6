"""Which pages take a file. All others pass over it (see `samenwijk.config.uploads`)."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])


def takes_a_file(most_bytes: int) -> Callable[[View], View]:
    """Marks a view whose form has a file of at most so many bytes. Put it on top, so that nothing hides the mark."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


def most_bytes_for(request: HttpRequest) -> int:
    """How many bytes a file may have at this address; 0 where none is asked for."""
    match = request.resolver_match
    return int(getattr(match.func, "most_bytes", 0)) if match else 0
