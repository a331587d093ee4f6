"""The table planner: who sits where in each round, so that people meet new people at mixed tables.

Definition, formulas and measures: docs/methods/seating.md.
"""

from samenwijk.methods.seating.limits import bounds
from samenwijk.methods.seating.mending import replan
from samenwijk.methods.seating.people import Bounds, Finding, Person, Plan
from samenwijk.methods.seating.planning import plan

__all__ = ["Bounds", "Finding", "Person", "Plan", "bounds", "plan", "replan"]
