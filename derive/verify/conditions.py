"""Where a form is defined: the obligations of its nodes, and what is left of them when two forms are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from derive.meaning.form import MINUS_ONE, ONE, ZERO, Form, add, fn, num, power, sub, substitute
from derive.verify.balls import Undefined
from derive.verify.deadline import NEVER, Deadline
from derive.verify.differentiate import NotDifferentiable, carried_out
from derive.verify.normal import Element, Field, Unsupported, normal_forms
from derive.verify.normal.field import CONSTANT_ONE, Polynomial, fraction
from derive.verify.signs import Signs

__all__ = ["Obligation", "Opaque", "granted", "holds_by_signs", "leftover", "obligations", "shown"]


class Opaque(Exception):
    """It is not known where a form is defined."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A statement that makes a node defined; `exact` when it is also necessary for that.

    All obligations of a form together are sufficient for it to be defined.
    """

    statement: Form
    exact: bool = True


def _nonzero(u: Form, exact: bool = True) -> Obligation:
    return Obligation(Form("ne", (u, ZERO)), exact)


def _positive(u: Form, exact: bool = True) -> Obligation:
    """0 < u; for |v| and even powers of real v that is v != 0."""
    if u.head == "Abs" or (u.head == "pow" and u.args[1].head == "num" and u.args[1].value in (2, 4, 6)):
        return _nonzero(u.args[0], exact)
    return Obligation(Form("lt", (ZERO, u)), exact)


def _nonnegative(u: Form, exact: bool = True) -> Obligation:
    return Obligation(Form("le", (ZERO, u)), exact)


def _square(u: Form) -> Form:
    return power(u, num(2))


Rule = Callable[[Form], Iterable[Obligation]]


def _no_pole(u: Form) -> Obligation:
    """u is no pole of gamma: 1/gamma is not 0 there."""
    return _nonzero(fn("rgamma", u))


# The conditions under which a function is defined over the real numbers, by the function's name.
REAL: dict[str, Rule] = {
    "log": lambda f: [_positive(f.args[0])],
    "asin": lambda f: [_nonnegative(sub(ONE, _square(f.args[0])))],
    "acos": lambda f: [_nonnegative(sub(ONE, _square(f.args[0])))],
    "atanh": lambda f: [_positive(sub(ONE, _square(f.args[0])))],
    "acosh": lambda f: [_nonnegative(sub(f.args[0], ONE))],
    "acoth": lambda f: [_positive(sub(_square(f.args[0]), ONE))],
    "asec": lambda f: [_nonnegative(sub(_square(f.args[0]), ONE))],
    "acsc": lambda f: [_nonnegative(sub(_square(f.args[0]), ONE))],
    "asech": lambda f: [_positive(f.args[0]), _nonnegative(sub(ONE, f.args[0]))],
    "loggamma": lambda f: [_positive(f.args[0], exact=False)],
    "LambertW": lambda f: [_nonnegative(add(f.args[0], fn("exp", MINUS_ONE)), exact=len(f.args) == 1)],
    "li": lambda f: [_positive(f.args[0], exact=False), _nonzero(sub(f.args[0], ONE))],
    "Ci": lambda f: [_positive(f.args[0], exact=False)],
    "Chi": lambda f: [_positive(f.args[0], exact=False)],
    "polylog": lambda f: [_positive(sub(ONE, f.args[1]), exact=False)],
    "elliptic_k": lambda f: [_positive(sub(ONE, f.args[0]))],
    "elliptic_e": lambda f: [_nonnegative(sub(ONE, f.args[-1]), exact=False)],
    "bessely": lambda f: [_positive(f.args[1], exact=False)],
    "besselk": lambda f: [_positive(f.args[1], exact=False)],
}  # fmt: skip

# The same for principal branches.
PRINCIPAL: dict[str, Rule] = {
    "log": lambda f: [_nonzero(f.args[0])],
    "atan": lambda f: [_nonzero(add(ONE, _square(f.args[0])))],
    "atanh": lambda f: [_nonzero(sub(ONE, _square(f.args[0])))],
    "acoth": lambda f: [_nonzero(sub(ONE, _square(f.args[0]))), _nonzero(f.args[0])],
    "asec": lambda f: [_nonzero(f.args[0])],
    "acsc": lambda f: [_nonzero(f.args[0])],
    "asech": lambda f: [_nonzero(f.args[0])],
    "loggamma": lambda f: [_no_pole(f.args[0])],
    "li": lambda f: [_nonzero(f.args[0]), _nonzero(sub(f.args[0], ONE))],
    "Ci": lambda f: [_nonzero(f.args[0])],
    "Chi": lambda f: [_nonzero(f.args[0])],
    "polylog": lambda f: [_nonzero(sub(f.args[1], ONE), exact=False)],
    "elliptic_k": lambda f: [_nonzero(sub(f.args[0], ONE))],
    "bessely": lambda f: [_nonzero(f.args[1])],
    "besselk": lambda f: [_nonzero(f.args[1])],
}  # fmt: skip

# Those that are the same over the real and over the complex numbers.
BOTH: dict[str, Rule] = {
    "tan": lambda f: [_nonzero(fn("cos", f.args[0]))],
    "sec": lambda f: [_nonzero(fn("cos", f.args[0]))],
    "cot": lambda f: [_nonzero(fn("sin", f.args[0]))],
    "csc": lambda f: [_nonzero(fn("sin", f.args[0]))],
    "coth": lambda f: [_nonzero(fn("sinh", f.args[0]))],
    "csch": lambda f: [_nonzero(fn("sinh", f.args[0]))],
    "tanh": lambda f: [_nonzero(fn("cosh", f.args[0]))],
    "sech": lambda f: [_nonzero(fn("cosh", f.args[0]))],
    "acsch": lambda f: [_nonzero(f.args[0])],
    "gamma": lambda f: [_no_pole(f.args[0])],
    "factorial": lambda f: [_no_pole(add(f.args[0], ONE))],
    "digamma": lambda f: [_no_pole(f.args[0])],
    "polygamma": lambda f: [_no_pole(f.args[1])],
    "harmonic": lambda f: [_no_pole(add(f.args[0], ONE))],
    "beta": lambda f: [_no_pole(f.args[0]), _no_pole(f.args[1])],
    "zeta": lambda f: [_nonzero(sub(f.args[0], ONE)), *(_positive(a, exact=False) for a in f.args[1:])],
    "Ei": lambda f: [_nonzero(f.args[0])],
    "arg": lambda f: [_nonzero(f.args[0])],
    "atan2": lambda f: [_nonzero(add(_square(f.args[0]), _square(f.args[1])))],
    "Mod": lambda f: [_nonzero(f.args[1])],
    "Heaviside": lambda f: [_nonzero(f.args[0], exact=False)],
}  # fmt: skip

TOTAL = frozenset(
    (
        *("num", "var", "const", "add", "mul", "call", "exp", "exp_polar", "sin", "cos", "sinh", "cosh", "sinc"),
        *("asin", "acos", "atan", "asinh", "acosh", "acot", "Abs", "sign", "re", "im", "conjugate", "Max", "Min"),
        *("floor", "ceiling", "frac", "erf", "erfc", "erfi", "Si", "Shi", "fresnels", "fresnelc", "rgamma"),
        *("airyai", "airybi", "airyaiprime", "airybiprime", "fibonacci", "lucas", "catalan", "bernoulli"),
        *("chebyshevt", "chebyshevu", "legendre", "hermite", "laguerre", "gegenbauer", "dirichlet_eta"),
        *("besselj", "besseli", "KroneckerDelta", "LambertW", "elliptic_e"),
    )
)
"""Functions without conditions of their own (in a sense in which they have no row above)."""


def obligations(form: Form, signs: Signs, *, real: bool) -> list[Obligation]:
    """What must hold for the form to be defined, innermost first; raises Opaque where that is not known."""
    return list(dict.fromkeys(_at_integers(o, signs) for o in _obligations(form, signs, real)))


def _at_integers(obligation: Obligation, signs: Signs) -> Obligation:
    """At integers u is no pole of gamma just where u > 0."""
    subject = obligation.statement.args[0]
    if subject.head == "rgamma" and signs.integer(subject.args[0]):
        return Obligation(Form("lt", (ZERO, subject.args[0])), obligation.exact)
    return obligation


def _obligations(form: Form, signs: Signs, real: bool) -> Iterator[Obligation]:
    head = form.head
    if head in ("diff", "subs", "cases", "sum", "prod", "int", "limit"):
        yield from _of_binder(form, signs, real)
        return
    for part in form.args:
        if isinstance(part, Form):
            yield from _obligations(part, signs, real)
    if head == "pow":
        yield from _of_power(form, signs, real)
        return
    of_orders = _OF_ORDERS.get(head)
    if of_orders is not None:
        yield from of_orders(form, signs)
        return
    rule = (REAL if real else PRINCIPAL).get(head) or BOTH.get(head)
    if rule is not None:
        yield from rule(form)
    elif head not in TOTAL:
        raise Opaque(head)


def _of_power(form: Form, signs: Signs, real: bool) -> Iterator[Obligation]:
    base, exponent = form.args
    if base.head == "const" and base.name == "E":
        return
    if exponent.head == "num":
        q: Fraction = exponent.value
        if real and q.denominator > 1:  # odd roots of negative numbers: books differ
            yield _positive(base) if q < 0 else _nonnegative(base)
        elif q < 0:
            yield _nonzero(base)
        return
    if signs.integer(exponent):
        if not signs.nonnegative(exponent):
            yield _nonzero(base, exact=False)
        return
    yield _positive(base, exact=False) if real else _nonzero(base, exact=False)


def _of_binder(form: Form, signs: Signs, real: bool) -> Iterator[Obligation]:
    head = form.head
    if head == "diff":
        try:
            done = carried_out(form)
        except NotDifferentiable as error:
            raise Opaque(str(error)) from error
        yield from _obligations(form.args[0], signs, real)
        if done.head != "diff":
            yield from (Obligation(o.statement, False) for o in _obligations(done, signs, real))
        return
    if head == "subs":
        body, variable, at = form.args
        yield from _obligations(at, signs, real)
        if body.head != "diff":
            yield from _obligations(substitute(body, {variable.name: at}), signs, real)
        return
    if head == "cases":
        for part in form.parts:
            for piece in part.parts if part.head in ("lt", "le", "eq", "ne") else (part,):
                if piece.head != "const":
                    yield from (Obligation(o.statement, False) for o in _obligations(piece, signs, real))
        return
    raise Opaque(head)


def _binomial(form: Form, signs: Signs) -> Iterator[Obligation]:
    n, k = form.args
    if not (signs.integer(k) and signs.nonnegative(k)) and not signs.nonnegative(n):
        yield _nonnegative(n, exact=False)


def _rising(form: Form, signs: Signs) -> Iterator[Obligation]:
    _, k = form.args
    if not (signs.integer(k) and signs.nonnegative(k)):
        raise Opaque(form.head)
    return
    yield


_OF_ORDERS: dict[str, Callable[[Form, Signs], Iterator[Obligation]]] = {
    "binomial": _binomial, "RisingFactorial": _rising, "FallingFactorial": _rising, "rf": _rising, "ff": _rising,
}  # fmt: skip


# --- discharging -----------------------------------------------------------------------------------------


def holds_by_signs(statement: Form, signs: Signs) -> bool:
    """Whether the sign oracle proves a statement `ne`, `lt` or `le` at every point where it is defined."""
    left, right = statement.args
    gap = sub(right, left) if left != ZERO else right
    if statement.head == "ne":
        subject = left if right == ZERO else gap
        if subject.head == "rgamma":
            return signs.positive(subject.args[0])
        return signs.nonzero(subject)
    return signs.positive(gap) if statement.head == "lt" else signs.nonnegative(gap)


def granted(context_signs: Signs, wanted: Iterable[Obligation]) -> tuple[list[Obligation], list[Obligation]]:
    """(granted by the context, open)."""
    closed: list[Obligation] = []
    open_: list[Obligation] = []
    for obligation in wanted:
        (closed if holds_by_signs(obligation.statement, context_signs) else open_).append(obligation)
    return closed, open_


def leftover(
    left: list[Obligation],
    right: list[Obligation],
    signs: Signs,
    *,
    real: bool,
    deadline: Deadline = NEVER,
) -> list[Form]:
    """The conditions without which exactly one side may be undefined.

    An obligation of one side matters only where it is not granted by the context and not implied by the (necessary)
    obligations of the other side: where it fails and is implied, both sides are undefined and agree.
    """
    open_left, open_right = granted(signs, left)[1], granted(signs, right)[1]
    if not open_left and not open_right:
        return []
    factors = _Factors(signs, real, deadline)
    conditions: list[Form] = []
    for own, other in ((open_left, open_right), (open_right, open_left)):
        given = [o.statement for o in other if o.exact]
        for statement in (o.statement for o in own):
            if not factors.implied(statement, given):
                pieces = shown(statement, signs, deadline)
                conditions += [p for p in pieces if len(pieces) == 1 or not factors.implied(p, given)]
    return factors.minimal(conditions)


class _Factors:
    """Compares obligations by the irreducible factors of their numerators in normal form."""

    def __init__(self, signs: Signs, real: bool, deadline: Deadline) -> None:
        self.signs = signs
        self.real = real
        self.deadline = deadline
        self._oracles: dict[tuple[Form, ...], Signs] = {}

    def implied(self, statement: Form, others: list[Form], *, closely: bool = False) -> bool:
        """Whether the statement follows from the others (and the context)."""
        if statement in others:
            return True
        if statement.head == "ne" and self._by_factors(statement, others, closely):
            return True
        if not others:
            return False
        key = tuple(others)
        if key not in self._oracles:
            self._oracles[key] = self.signs.assuming(*others)
        return holds_by_signs(statement, self._oracles[key])

    def _by_factors(self, statement: Form, others: list[Form], closely: bool) -> bool:
        """Every factor of u, or of a product of u with its conjugates, is one that the others say is not 0."""
        strict = [s for s in others if s.head in ("ne", "lt")]
        subjects = [sub(s.args[1], s.args[0]) for s in strict]
        try:
            field, (own, *known) = normal_forms(
                [sub(statement.args[0], statement.args[1]), *subjects], self.signs, real=False, deadline=self.deadline
            )
            if own.num.is_zero():
                return False
            unequal = _unequal(field, [e.num for e in known if not e.num.is_zero()], closely)
            return all(_surely_unequal(field, f, unequal) for f, _ in own.num.factor()[1])
        except (Unsupported, Undefined):
            return False

    def minimal(self, conditions: list[Form]) -> list[Form]:
        """The conditions without those that follow from the others."""
        pieces = list(dict.fromkeys(conditions))
        kept = list(pieces)
        for piece in sorted(pieces, key=lambda p: (p.head != "ne", -len(str(p)))):
            others = [k for k in kept if k != piece]
            if others and self.implied(piece, others, closely=True):
                kept = others
        return kept


def _unequal(field: Field, known: list[Polynomial], closely: bool) -> set[str]:
    """Factors of polynomials that are not 0, of their product and of the powers of roots among them."""
    polynomials = list(known)
    if len(known) > 1:
        product = known[0]
        for p in known[1:]:
            product = product * p
        polynomials.append(field.reduced(product)[0])
    for p in known:
        norm = _norm(field, p, roots_only=not closely)
        if norm is not None:
            polynomials.append(norm)
    return {str(f) for p in polynomials if not p.is_zero() for f, _ in p.factor()[1]}


def _surely_unequal(field: Field, f: Polynomial, unequal: set[str]) -> bool:
    """f is not 0: it is in the set, or has a sign, or the product with its conjugates is not 0."""
    if str(f) in unequal or str(-f) in unequal or field.nonzero(f):
        return True
    norm = _norm(field, f, roots_only=False)
    if norm is None or norm.is_zero():
        return False
    return all(str(g) in unequal or str(-g) in unequal or field.nonzero(g) for g, _ in norm.factor()[1])


def _norm(field: Field, f: Polynomial, *, roots_only: bool) -> Polynomial | None:
    """f times its conjugates over the generators with a square relation; it is 0 where f is 0."""
    changed = False
    for i, (degree, _, d) in sorted(field.relations.items(), reverse=True):
        if degree != 2 or not d.is_one() or f.degrees()[i] != 1:
            continue
        if roots_only and field.generators[i].kind != "root":
            continue
        f, extra = field.reduced(f * field.conjugated(f, i))
        if extra is not None:
            return None
        changed = True
    return f if changed else None


def shown(condition: Form, signs: Signs, deadline: Deadline = NEVER) -> list[Form]:
    """A condition as a reader wants it: `x != 1` for `x**2 - 1 != 0` where x > 0, `x < 1` for `0 < 1 - x`."""
    left, right = condition.args
    subject = sub(left, right) if condition.head == "ne" else sub(right, left)
    if subject.head == "rgamma":
        inner = subject.args[0]
        return shown(Form("lt", (ZERO, inner)), signs, deadline) if signs.integer(inner) else [condition]
    try:
        field, (element,) = normal_forms([subject], signs, real=False, deadline=deadline)
    except (Unsupported, Undefined):
        return [condition]
    if condition.head != "ne":
        linear = _linear(field, element)
        if linear is None:
            return [condition]
        variable, at, rises = linear
        return [Form(condition.head, (at, variable) if rises else (variable, at))]
    if element.num.is_zero() or element.num.is_constant():
        return [condition]
    pieces = []
    for f, _ in element.num.factor()[1]:
        if field.nonzero(f):
            continue
        linear = _linear(field, Element(f, CONSTANT_ONE))
        pieces.append(Form("ne", linear[:2]) if linear else Form("ne", (field.polynomial_form(f), ZERO)))
    return pieces or [condition]


def _linear(field: Field, element: Element) -> tuple[Form, Form, bool] | None:
    """(variable, root, whether it rises) of a rational linear polynomial in one variable."""
    if not element.den.is_constant() or element.num.total_degree() != 1:
        return None
    used = field.used(element.num)
    if len(used) != 1 or field.generators[used[0]].kind != "var":
        return None
    slope, constant = Fraction(0), Fraction(0)
    for monomial, coefficient in element.num.to_dict().items():
        if any(monomial):
            slope = fraction(coefficient)
        else:
            constant = fraction(coefficient)
    return field.generators[used[0]].form, num(-constant / slope), slope > 0
