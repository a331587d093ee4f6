"""Plays an evening and takes the pictures of the handbook and of the README: `bin/pictures`."""

import django

# The simulated participants know the product's ways of choosing.
django.setup()
