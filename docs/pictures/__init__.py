"""Plays an evening and takes the pictures of the handbook and of the README: `bin/pictures`."""
