"""Samenwijk: where a Dutch neighbourhood's professionals and residents work together."""
