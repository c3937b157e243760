"""What is known where a claim is made: sorts and ranges of variables, constraints, functions, definitions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from derive.meaning.form import Form

Sort = Literal["real", "integer", "complex"]
Property = Literal["differentiable", "smooth", "positive", "nonnegative", "increasing", "decreasing", "even", "odd"]


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a variable's range: a closed form without variables, and whether it is excluded."""

    value: Form
    strict: bool


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable with its sort and, for ordered sorts, its range; None means unbounded on that side."""

    name: str
    sort: Sort = "real"
    lower: Bound | None = None
    upper: Bound | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A declared function: its body in terms of its parameters, or None when only `properties` are known."""

    name: str
    parameters: tuple[str, ...]
    body: Form | None = None
    properties: frozenset[Property] = frozenset()


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that may be used to prove a claim; what is not here is not assumed.

    A variable that is not listed is real and unbounded.  `constraints` are statements (`lt`, `le`, `ne`, `eq`)
    that do not fit a single variable's range.  `definitions` maps names to the forms they abbreviate
    (`y := sigma(x)`), which also says on what a name depends.  `arrays` are the vectors
    and matrices of declared shape, `array` forms whose dimensions may be symbols.
    """

    variables: tuple[Variable, ...] = ()
    constraints: tuple[Form, ...] = ()
    functions: tuple[Function, ...] = ()
    definitions: tuple[tuple[str, Form], ...] = ()
    arrays: tuple[Form, ...] = ()

    def variable(self, name: str) -> Variable:
        """The variable of that name; real and unbounded when nothing is said of it."""
        for variable in self.variables:
            if variable.name == name:
                return variable
        return Variable(name)

    def function(self, name: str) -> Function | None:
        return next((f for f in self.functions if f.name == name), None)

    def definition(self, name: str) -> Form | None:
        return next((form for defined, form in self.definitions if defined == name), None)

    def with_variable(self, variable: Variable) -> Context:
        """This context with that variable in place of any earlier one of its name."""
        others = tuple(v for v in self.variables if v.name != variable.name)
        return replace(self, variables=(*others, variable))

    def with_array(self, array: Form) -> Context:
        """This context with that vector or matrix in place of any earlier one of its name."""
        return replace(self, arrays=(*(a for a in self.arrays if a.name != array.name), array))

    def assuming(self, *constraints: Form) -> Context:
        new = tuple(c for c in constraints if c not in self.constraints)
        return replace(self, constraints=self.constraints + new)
