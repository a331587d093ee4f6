"""What happened, in order: apps above read it to react, so apps below never need to know them."""

from django.dispatch import Signal

recorded = Signal()
"""Sent after commit with `entry`. Only a hint: who must not miss anything uses `catching_up.catch_up`."""
