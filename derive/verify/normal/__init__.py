"""The exact normal form: quotients of polynomials over generators, modulo the relations that truly hold.

`normal_forms` converts forms; two forms whose difference has the numerator 0 have the same value at every point
of the domain where both are defined, apart from the points that `Field.introduced` lists.
"""

from derive.verify.normal.convert import equal, normal_form, normal_forms
from derive.verify.normal.field import Element, Field, TooLarge, Unsupported

__all__ = ["Element", "Field", "TooLarge", "Unsupported", "equal", "normal_form", "normal_forms"]
