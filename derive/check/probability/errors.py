"""What is raised where the algebra of probability has no reading."""

from __future__ import annotations

__all__ = ["Opaque"]


class Opaque(Exception):
    """Something has no reading in the algebra."""
