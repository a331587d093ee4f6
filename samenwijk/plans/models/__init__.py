"""What a wijk wants and does: themes, ideas, choices, plans with their actions and agreements."""

from samenwijk.plans.models.choice import Ballot, Choice, ChoiceOption, Dot, PaperDots
from samenwijk.plans.models.idea import Author, Idea, Merge
from samenwijk.plans.models.plan import Action, Agreement, AgreementParty, Form, Need, Partner, Plan
from samenwijk.plans.models.theme import Theme

__all__ = [
    "Action",
    "Agreement",
    "AgreementParty",
    "Author",
    "Ballot",
    "Choice",
    "ChoiceOption",
    "Dot",
    "Form",
    "Idea",
    "Merge",
    "Need",
    "PaperDots",
    "Partner",
    "Plan",
    "Theme",
]
