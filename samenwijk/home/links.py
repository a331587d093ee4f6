"""The owner's link stands in plans, because mails lead to it too."""

from samenwijk.plans.links import action_behind, action_link

__all__ = ["action_behind", "action_link"]
