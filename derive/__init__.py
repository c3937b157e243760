"""derive: mathematics on a page, derived step by step, verified and rendered."""

__version__ = "0.1.0"
