"""Measurements of speed and coverage, as ratios: `python -m tests.bench`, which is `make bench`."""
