"""A claim made ready for the rungs: definitions expanded, real or complex reading chosen, time and chance bounded."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from derive.meaning.expand import expand_definitions
from derive.meaning.form import Form, free_variables, heads, replace_at, subforms, substitute, with_own_variables
from derive.model.claim import Claim
from derive.model.context import Bound, Context, Variable
from derive.verify.balls import mentions_imaginary
from derive.verify.deadline import Deadline
from derive.verify.distinctions import chosen
from derive.verify.domain import Domain
from derive.verify.orientation import increasing
from derive.verify.sampling import Sample, quick_samples
from derive.verify.signs import Signs

__all__ = ["Comparison", "TooDeep", "expanded", "is_real"]

LARGEST_CLAIM = 6000
DEEPEST_CLAIM = 150
_POINTWISE = ("identity", "le", "lt")
"""Kinds of claims that speak of values at points alone."""


class TooDeep(Exception):
    """The claim is too large or nested too deeply to be looked at."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two terms said to be equal at every point of a context.

    `real` is the reading: functions on their real domain, or principal branches.  `loosely` asks only for
    equality where both sides are defined (an antiderivative is one on the intervals where both are).  `oracles`
    are kept by the context as an object, beside which they hold it, so that it cannot be taken for another.
    """

    left: Form
    right: Form
    context: Context
    real: bool
    deadline: Deadline
    seed: int = 0
    loosely: bool = False
    oracles: dict[tuple[object, ...], tuple[Context, Signs]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def names(self) -> frozenset[str]:
        return free_variables(self.left) | free_variables(self.right)

    @property
    def domain(self) -> Domain:
        return Domain(self.context, self.names, real=self.real)

    @property
    def rng(self) -> random.Random:
        return random.Random(self.seed)

    def signs(self, *hypotheses: Form, principal: bool = True) -> Signs:
        """The sign oracle of the context with the hypotheses; it remembers its answers."""
        key = (principal, id(self.context), hypotheses)
        found = self.oracles.get(key)
        if found is None:
            context = self.context.assuming(*hypotheses) if hypotheses else self.context
            found = self.oracles[key] = self.context, Signs(context, self.deadline, principal=principal)
        return found[1]

    def looks(self) -> Iterator[Sample]:
        """What is seen at a point where both sides are defined, and then at a second one."""
        return quick_samples(self.left, self.right, self.domain, self.seed, real=self.real, deadline=self.deadline)

    def sampled(self) -> Sample:
        """What is seen at both."""
        *_, last = self.looks()
        return last

    def of(self, left: Form, right: Form) -> Comparison:
        """Two other terms in the same circumstances."""
        return replace(self, left=left, right=right)


def is_real(context: Context, *forms: Form) -> bool:
    """Whether the forms are meant over the real numbers: no complex variable and no `I`."""
    complex_names = [variable.name for variable in context.variables if variable.sort == "complex"]
    if any(name in free_variables(form) for name in complex_names for form in forms):
        return False
    return not mentions_imaginary(*forms)


def expanded(claim: Claim) -> Claim:
    """The claim with definitions and declared functions in place, and with ranges in the context's constraints used.

    Integrals between numbers run upwards in it.

    Raises MeaningError for circular definitions and TooDeep for forms beyond what is looked at.
    """
    context = claim.context
    definitions = dict(context.definitions)
    bodies = {f.name: (f.parameters, f.body) for f in context.functions if f.body is not None}
    left, right = claim.left, claim.right
    if definitions or bodies:
        left, right = (expand_definitions(side, definitions, bodies) for side in (left, right))
        constraints = tuple(expand_definitions(c, definitions, bodies) for c in context.constraints)
        context = replace(context, constraints=constraints)
    for side in (left, right):
        _check_size(side)
    left, right = increasing(with_own_variables(left)), increasing(with_own_variables(right))
    context = _with_ranges(context)
    if claim.kind in _POINTWISE and any("cases" in heads(side) for side in (left, right)):
        signs = Signs(context)
        left, right = chosen(left, signs), chosen(right, signs)
    if left is claim.left and right is claim.right and context is claim.context:
        return claim
    return replace(claim, left=left, right=right, context=context)


def _check_size(form: Form) -> None:
    level, count, depth = [form], 0, 0
    while level:
        count, depth = count + len(level), depth + 1
        if count > LARGEST_CLAIM or depth > DEEPEST_CLAIM:
            raise TooDeep
        level = [part for node in level for part in node.args if type(part) is Form]


def _with_ranges(context: Context) -> Context:
    """Constraints `x < 3`, `0 <= x` as ranges of their variable where it has none on that side."""
    if not context.constraints:
        return context
    kept: list[Form] = []
    for constraint in context.constraints:
        narrowed = _narrowed(context, constraint)
        if narrowed is None:
            kept.append(constraint)
        else:
            context = narrowed
    return replace(context, constraints=tuple(kept))


def _narrowed(context: Context, constraint: Form) -> Context | None:
    if constraint.head not in ("lt", "le"):
        return None
    left, right = constraint.args
    strict = constraint.head == "lt"
    if left.head == "var" and right.head == "num":
        variable = context.variable(left.name)
        if variable.sort != "complex" and variable.upper is None:
            return context.with_variable(replace(variable, upper=Bound(right, strict)))
    if right.head == "var" and left.head == "num":
        variable = context.variable(right.name)
        if variable.sort != "complex" and variable.lower is None:
            return context.with_variable(replace(variable, lower=Bound(left, strict)))
    return None


def in_parts(comparison: Comparison) -> Comparison | None:
    """Complex variables written as a + b i with real a, b.

    Constraints on them are kept where they are about their parts, else left out, which only adds points.
    """
    parts: dict[str, Form] = {}
    variables: list[Variable] = list(comparison.context.variables)
    for name in sorted(comparison.names):
        if comparison.context.variable(name).sort != "complex":
            continue
        re, im = f"{name}_re", f"{name}_im"
        imaginary = Form("mul", (Form("var", (im,)), Form("const", ("I",))))
        parts[name] = Form("add", (Form("var", (re,)), imaginary))
        variables += [Variable(re), Variable(im)]
    if not parts:
        return None
    kept = tuple(c for c in (_of_parts(c, parts) for c in comparison.context.constraints) if c is not None)
    context = replace(comparison.context, variables=tuple(variables), constraints=kept)
    left, right = (substitute(side, parts) for side in (comparison.left, comparison.right))
    return replace(comparison, left=left, right=right, context=context, oracles={})


def _of_parts(constraint: Form, parts: dict[str, Form]) -> Form | None:
    """The constraint with real and imaginary parts of the variables named, None where it is about more of them."""
    for name in parts:
        for head, ending in (("re", "re"), ("im", "im")):
            part = Form(head, (Form("var", (name,)),))
            constraint = replace_at(constraint, part, Form("var", (f"{name}_{ending}",)))
    return None if free_variables(constraint) & parts.keys() else constraint


NOT_ANALYTIC = frozenset(
    {"Abs", "sign", "re", "im", "conjugate", "arg", "Max", "Min", "floor", "ceiling", "Heaviside", "atan2", "cases"}
)


def differentiates_non_analytic(*forms: Form) -> bool:
    """Whether a derivative is taken of a function that has one over the real numbers only."""
    bodies = (part.args[0] for form in forms if "diff" in heads(form) for part in subforms(form) if part.head == "diff")
    return any(heads(body) & NOT_ANALYTIC for body in bodies)


def heads_of(*forms: Form) -> frozenset[str]:
    return frozenset().union(*map(heads, forms))
