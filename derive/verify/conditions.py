"""What is left of two forms' obligations when they are compared: the conditions that a verdict prints."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derive.meaning.form import IMAGINARY, PI, ZERO, Form, add, fn, mul, num, sub
from derive.verify.balls import Undefined
from derive.verify.deadline import NEVER, Deadline
from derive.verify.normal import Element, Field, TooLarge, Unsupported, normal_forms
from derive.verify.normal.convert import element
from derive.verify.normal.field import CONSTANT_ONE, Polynomial, Refined, factored, fraction
from derive.verify.obligations import Obligation
from derive.verify.signs import Signs

__all__ = ["granted", "holds_by_signs", "leftover", "shown"]


def holds_by_signs(statement: Form, signs: Signs) -> bool:
    """Whether the sign oracle proves a statement `ne`, `lt` or `le` at every point where it is defined."""
    left, right = statement.args
    gap = sub(right, left) if left != ZERO else right
    if statement.head == "ne":
        subject = left if right == ZERO else gap
        if subject.head == "rgamma":
            return signs.positive(real_part(subject.args[0], signs))
        return signs.nonzero(subject)
    return signs.positive(gap) if statement.head == "lt" else signs.nonnegative(gap)


def real_part(form: Form, signs: Signs) -> Form:
    """The real part of `a + b i` written as such, with real a and b; any other form itself."""
    terms = form.args if form.head == "add" else (form,)
    rest = [t for t in terms if not _imaginary(t, signs)]
    return add(*rest) if len(rest) < len(terms) else form


def _imaginary(form: Form, signs: Signs) -> bool:
    """Whether the form is i, or a product of i and real numbers."""
    factors = form.args if form.head == "mul" else (form,)
    others = [f for f in factors if f != IMAGINARY]
    return len(others) == len(factors) - 1 and all(signs.real(f) for f in others)


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
    deadline: Deadline = NEVER,
) -> list[Form]:
    """The conditions without which exactly one side may be undefined.

    An obligation of one side matters only where it is not granted by the context and not implied by the (necessary)
    obligations of the other side: where it fails and is implied, both sides are undefined and agree.
    """
    open_left, open_right = granted(signs, left)[1], granted(signs, right)[1]
    if not open_left and not open_right:
        return []
    factors = _Factors([o.statement for o in (*left, *right)], signs, deadline)
    conditions: list[Form] = []
    for own, other in ((open_left, open_right), (open_right, open_left)):
        given = [o.statement for o in other if o.exact]
        for statement in (o.statement for o in own):
            if not factors.implied(statement, given):
                pieces = shown(statement, signs, deadline)
                conditions += [p for p in pieces if len(pieces) == 1 or not factors.implied(p, given)]
    return factors.minimal(conditions)


class _Factors:
    """Compares obligations by the irreducible factors of their numerators, all in one field."""

    def __init__(self, statements: Iterable[Form], signs: Signs, deadline: Deadline) -> None:
        self.signs = signs
        self._oracles: dict[tuple[Form, ...], Signs] = {}
        self._field: Field | None = None
        self._known: dict[tuple[tuple[Form, ...], bool], set[str]] = {}
        self._deadline = deadline
        self._clean: dict[Form, bool] = {}
        subjects = [s for statement in statements for s in _subjects(statement)]
        try:
            self._field, _ = normal_forms(subjects, signs, real=False, deadline=deadline)
        except (Unsupported, Undefined):
            self._field = None

    def _holds_everywhere(self, subject: Form) -> bool:
        """Whether the subject's normal form divides by nothing new, so that it has the subject's zeros."""
        assert self._field is not None
        if not self._field.introduced:
            return True
        if subject not in self._clean:
            field, _ = normal_forms([subject], self.signs, real=False, deadline=self._deadline)
            self._clean[subject] = not field.introduced
        return self._clean[subject]

    def implied(self, statement: Form, others: list[Form], *, closely: bool = False) -> bool:
        """Whether the statement follows from the others (and the context)."""
        if statement in others:
            return True
        if statement.head == "ne" and any(self._by_factors(s, others, closely) for s in _sufficient(statement)):
            return True
        if not others:
            return False
        key = tuple(others)
        if key not in self._oracles:
            self._oracles[key] = self.signs.assuming(*others)
        return holds_by_signs(statement, self._oracles[key])

    def _by_factors(self, subject: Form, others: list[Form], closely: bool) -> bool:
        """Every factor of the subject, or of its product with its conjugates, is one that the others say is not 0."""
        field = self._field
        if field is None:
            return False
        try:
            own = element(field, subject)
            if own.num.is_zero() or not self._holds_everywhere(subject):
                return False
            key = (tuple(others), closely)
            if key not in self._known:
                strict = [s for s in others if s.head in ("ne", "lt")]
                gaps = [gap for gap in (sub(s.args[1], s.args[0]) for s in strict) if self._holds_everywhere(gap)]
                known = [element(field, gap).num for gap in (*gaps, *self._off_integers(strict))]
                self._known[key] = _unequal(field, [p for p in known if not p.is_zero()], closely)
            unequal = self._known[key]
            return all(_surely_unequal(field, f, unequal) for f, _ in factored(own.num)[1])
        except (Unsupported, Undefined, Refined):
            return False

    def _off_integers(self, statements: list[Form]) -> list[Form]:
        """sin(pi u) where neither u nor v = k - u, for an integer k <= 1, is a pole of gamma: u is no integer."""
        assert self._field is not None
        arguments = [s.args[0].args[0] for s in statements if s.args[0].head == "rgamma"]
        found = []
        for i, u in enumerate(arguments):
            for v in arguments[i + 1 :]:
                total = self._field.number(element(self._field, add(u, v)))
                if total is not None and total.denominator == 1 and total <= 1:
                    found.append(_sine(u))
        return found

    def minimal(self, conditions: list[Form]) -> list[Form]:
        """The conditions without those that follow from the others."""
        pieces = list(dict.fromkeys(conditions))
        kept = list(pieces)
        for piece in sorted(pieces, key=lambda p: (p.head != "ne", -len(str(p)))):
            others = [k for k in kept if k != piece]
            if others and self.implied(piece, others, closely=True):
                kept = others
        return kept


def _subjects(statement: Form) -> list[Form]:
    """What the field must hold to compare the statement with others."""
    found = [sub(statement.args[1], statement.args[0])]
    if statement.args[0].head == "rgamma":
        inner = statement.args[0].args[0]
        found += [_sine(inner), fn("rgamma", add(inner, num(2)))]  # 1/gamma(u) = u (u + 1)/gamma(u + 2)
    return found


def _sine(u: Form) -> Form:
    return fn("sin", mul(PI, u))


def _sufficient(statement: Form) -> list[Form]:
    """Terms of which one not being 0 gives the statement: off the integers gamma has no pole."""
    left, right = statement.args
    return [sub(right, left)] + ([_sine(left.args[0])] if left.head == "rgamma" else [])


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
    return {str(f) for p in polynomials if not p.is_zero() for f, _ in factored(p)[1]}


def _surely_unequal(field: Field, f: Polynomial, unequal: set[str]) -> bool:
    """f is not 0: it is in the set, or has a sign, or the product with its conjugates is not 0."""
    if str(f) in unequal or str(-f) in unequal or field.nonzero(f):
        return True
    norm = _norm(field, f, roots_only=False)
    if norm is None or norm.is_zero():
        return False
    return all(str(g) in unequal or str(-g) in unequal or field.nonzero(g) for g, _ in factored(norm)[1])


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
    if condition.head == "ne" and subject.head in ("sign", "Abs"):  # zero where their arguments are
        return shown(Form("ne", (subject.args[0], ZERO)), signs, deadline)
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
    if element.num.is_zero() or element.num.is_constant() or field.introduced:
        return [condition]
    try:
        factors = factored(element.num)[1]
    except TooLarge:
        return [condition]
    pieces = []
    for f, _ in factors:
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
