"""Normal forms: forms of the algebra as polynomials, by the laws of sums, logarithms, densities and expectations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from derive.check.probability import binders, joints, means, powers, slopes
from derive.check.probability.heads import BIG, OF, variable_of
from derive.check.probability.polynomials import (
    Polynomial,
    as_form,
    atom,
    constant,
    numerator,
    plus,
    product,
)
from derive.meaning.form import Form, rebuild, sub, var

__all__ = ["Independence", "Normal"]


@dataclass(frozen=True, slots=True)
class Independence:
    """A condition under which things are independent: each from the others, given some."""

    of: frozenset[Form]
    given: frozenset[Form] = frozenset()


@dataclass(slots=True)
class Normal:
    """Makes normal forms; `random` are the names of random variables, `independent` what is taken to be independent,
    `settled` are names that depend on nothing.  With `cases`, the events that a sum runs over are all there are, of
    which exactly one happens; that some were is noted in `needed`.

    Equal normal forms are equal quantities: each law is a theorem of finite sums, of integrals that exist, or of
    expectations, about quantities of which nothing else is known.  `needed` collects what the laws used needs to be
    positive.
    """

    random: frozenset[str] = frozenset()
    independent: Independence | None = None
    settled: frozenset[str] = frozenset()
    cases: bool = False
    needed: list[Form] = field(default_factory=list)
    known: dict[Form, Polynomial] = field(default_factory=dict)
    fresh: int = 0

    def __call__(self, form: Form) -> Polynomial:
        """The normal form.  Raises TooLarge."""
        found = self.known.get(form)
        if found is None:
            found = self.known[form] = LAWS.get(form.head, _other)(self, form)
        return found

    def form(self, form: Form) -> Form:
        return as_form(self(form))

    def product(self, left: Polynomial, right: Polynomial) -> Polynomial:
        return product(left, right, self.joined)

    def joined(self, factors: Iterable[tuple[Form, int]]) -> Polynomial:
        """The product of the factors, with exponentials and powers of one base joined."""
        return powers.joined(self, factors)

    def letter(self, old: Form) -> Form:
        """A name that stands nowhere else, for the value of the same variable as the old one."""
        self.fresh += 1
        return var(f"fresh{self.fresh}{OF}{variable_of(old)}")

    def difference(self, left: Form, right: Form) -> Polynomial:
        """What is zero where the two sides are equal."""
        return numerator(self(sub(left, right)), self)


Law = Callable[[Normal, Form], Polynomial]


def _number(normal: Normal, form: Form) -> Polynomial:
    return constant(form.value)


def _sum(normal: Normal, form: Form) -> Polynomial:
    return plus(*map(normal, form.parts))


def _product(normal: Normal, form: Form) -> Polynomial:
    found = constant(1)
    for part in form.parts:
        found = normal.product(found, normal(part))
    return found


def _other(normal: Normal, form: Form) -> Polynomial:
    """What no law takes apart, with its parts in normal form."""
    return atom(rebuild(form.head, tuple(_inside(normal, part) for part in form.args)))


def _inside(normal: Normal, part: Any) -> Any:
    if not isinstance(part, Form):
        return part
    if part.head in ("tuple", "eq", "lt", "le", "in", "ne", "not", "or"):
        return rebuild(part.head, tuple(_inside(normal, each) for each in part.args))
    return normal.form(part)


LAWS: Mapping[str, Law] = {
    "num": _number,
    "add": _sum,
    "mul": _product,
    "pow": powers.power_law,
    "exp": powers.exponential_law,
    "log": powers.logarithm_law,
    "probability": joints.probability_law,
    "joint": joints.joint_law,
    "mean": means.mean_law,
    "indicator": joints.indicator_law,
    **dict.fromkeys(BIG - {"prod"}, binders.sum_law),
    "prod": binders.product_law,
    "slope": slopes.slope_law,
}  # fmt: skip
"""Which laws take a form apart, by its head."""
