"""Rules as rows: a named identity or transformation, written as a textbook writes it."""
