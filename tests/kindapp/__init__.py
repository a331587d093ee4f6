"""An app above meetings with a kind of step of its own: what an app of tomorrow would be, and nothing more."""
