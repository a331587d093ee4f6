"""Simulated people who hold the evening over HTTP, as people would: with pages and forms, and nothing else."""
