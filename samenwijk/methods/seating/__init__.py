"""The table planner: who sits where in each round, so that people meet new people at mixed tables.

Definition, formulas and measures: docs/methods/seating.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samenwijk.methods.seating.limits import bounds
from samenwijk.methods.seating.people import Bounds, Finding, Person, Plan

if TYPE_CHECKING:
    from samenwijk.methods.seating.mending import replan
    from samenwijk.methods.seating.planning import plan

__all__ = ["Bounds", "Finding", "Person", "Plan", "bounds", "plan", "replan"]


def __getattr__(name: str) -> Any:
    """The search loads numpy, which is heavy: only for who plans."""
    if name == "plan":
        from samenwijk.methods.seating.planning import plan

        return plan
    if name == "replan":
        from samenwijk.methods.seating.mending import replan

        return replan
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
