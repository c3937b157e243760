"""Rung 8: limits, sums and definite integrals are replaced by what is proved equal to them, and the rest compared."""

from derive.verify.definite.rung import definite

__all__ = ["definite"]
