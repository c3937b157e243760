"""Thin hosts: other programs that show the checker's verdicts."""
