"""The lexicon: what the page has said about its names, as far as reading a formula's meaning needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from derive.meaning.form import Form, free_variables

__all__ = ["DEFAULT", "Lexicon"]

_SHAPED_MARKS = frozenset({"bold", "vec"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names are names of forms (`sigma`, `x_1`), not LaTeX.

    `functions` maps a declared function to its parameters (empty where they are not known); `definitions` maps a
    name to the form it abbreviates; `dependents` maps a name that is an unknown function of others to those
    (`y` of `x`); `variables` are names declared to be variables, which even `e` and `i` then are; `matrices` and
    `vectors` are names declared as such, whose products do not commute; `arrays` are `array` forms, the vectors and
    matrices whose shape is declared too, with which one calculates.  `e_is_constant` and `i_is_imaginary` say what
    a bare `e` and `i` are; None for `i` means that the page does not decide.  With `moves`, letters
    with dots are independent of those without, and a total derivative by t is an operator.  With
    `others_are_constants` a letter of which nothing is said depends on nothing, so that `\\frac{d}{dx}(b c)` is 0.
    `operators` are words for operators with laws of their own on the page, whose values are `opaque`.
    """

    functions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    definitions: tuple[tuple[str, Form], ...] = ()
    dependents: tuple[tuple[str, tuple[str, ...]], ...] = ()
    variables: frozenset[str] = frozenset()
    matrices: frozenset[str] = frozenset()
    vectors: frozenset[str] = frozenset()
    arrays: tuple[Form, ...] = ()
    e_is_constant: bool = True
    i_is_imaginary: bool | None = None
    others_are_constants: bool = False
    primes_are_quantities: bool = False
    products_keep_order: bool = False
    has_cross_products: bool = False
    t_transposes: bool = False
    worked_out: frozenset[str] = frozenset()
    has_brackets: bool = False
    operators: frozenset[str] = frozenset()
    moves: bool = False

    def declaring(self, name: str, *parameters: str) -> Lexicon:
        """This lexicon with a function of that name."""
        others = tuple(entry for entry in self.functions if entry[0] != name)
        return replace(self, functions=(*others, (name, parameters)))

    def defining(self, name: str, form: Form) -> Lexicon:
        """This lexicon with `name` as an abbreviation for the form."""
        others = tuple(entry for entry in self.definitions if entry[0] != name)
        return replace(self, definitions=(*others, (name, form)))

    def depending(self, name: str, *on: str) -> Lexicon:
        """This lexicon with `name` as an unknown function of the names `on`."""
        others = tuple(entry for entry in self.dependents if entry[0] != name)
        return replace(self, dependents=(*others, (name, on)))

    def with_variables(self, names: Iterable[str]) -> Lexicon:
        return replace(self, variables=self.variables.union(names))

    def with_arrays(self, arrays: Iterable[Form]) -> Lexicon:
        """This lexicon with vectors and matrices of declared shape, as `array` forms."""
        return replace(self, arrays=tuple(arrays))

    def array(self, name: str | None) -> Form | None:
        """The vector or matrix of declared shape that bears the name."""
        return next((form for form in self.arrays if form.name == name), None)

    def is_shaped(self, name: str | None) -> bool:
        """Whether a name is that of a vector or matrix, by its font, its arrow, or what is said of its letter."""
        if name is None:
            return False
        letter, *marks = name.split("_")
        said = self.matrices | self.vectors
        return not _SHAPED_MARKS.isdisjoint(marks) or name in said or letter in said

    def parameters(self, function: str) -> tuple[str, ...] | None:
        """The parameters of a declared function, None when no such function is declared."""
        return next((parameters for name, parameters in self.functions if name == function), None)

    def definition(self, name: str) -> Form | None:
        return next((form for defined, form in self.definitions if defined == name), None)

    def dependence(self, name: str) -> tuple[str, ...] | None:
        return next((on for dependent, on in self.dependents if dependent == name), None)

    def depends(self, name: str, on: str) -> bool:
        """Whether `name` is known to depend on the variable `on`, directly or through other definitions."""
        seen: set[str] = set()
        open_names = [name]
        while open_names:
            current = open_names.pop()
            if current in seen:
                continue
            seen.add(current)
            if current != name and current == on:
                return True
            if on in (self.dependence(current) or ()):
                return True
            form = self.definition(current)
            if form is not None:
                open_names.extend(free_variables(form))
        return False


DEFAULT = Lexicon()
