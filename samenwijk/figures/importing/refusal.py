"""What an import says when it takes nothing: one plain sentence that tells what to do."""


class Refused(Exception):
    """The import stopped before anything was stored. The text is for whoever started it."""
