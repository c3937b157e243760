"""SymPy's text syntax, read and written without SymPy: `parse_sympy` and `sympy_text` are inverse to each other."""

from derive.meaning.sympy_reader import parse_sympy
from derive.meaning.sympy_writer import sympy_text

__all__ = ["parse_sympy", "sympy_text"]
