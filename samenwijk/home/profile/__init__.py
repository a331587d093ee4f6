"""The health profile as people read, compose, print and project it."""
