"""A meeting: a script of steps, the people and tables in the room, and what they contribute."""

from samenwijk.meetings.models.acquaintance import Acquaintance
from samenwijk.meetings.models.around import Ambassador, Answer
from samenwijk.meetings.models.contribution import Contribution, MeetingTheme, Submission
from samenwijk.meetings.models.deed import Deed
from samenwijk.meetings.models.emergency import EmergencyLink
from samenwijk.meetings.models.meeting import Meeting, Series, Template
from samenwijk.meetings.models.participant import Participant, Table
from samenwijk.meetings.models.step import Step
from samenwijk.meetings.models.table_plan import Seat, TablePlan

__all__ = [
    "Acquaintance",
    "Ambassador",
    "Answer",
    "Contribution",
    "Deed",
    "EmergencyLink",
    "Meeting",
    "MeetingTheme",
    "Participant",
    "Seat",
    "Series",
    "Step",
    "Submission",
    "Table",
    "TablePlan",
    "Template",
]
