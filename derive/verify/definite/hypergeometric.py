"""Infinite series whose terms have a ratio that is rational in the index, summed by the classical closed forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from derive.meaning.form import (
    HALF,
    MINUS_ONE,
    ONE,
    PI,
    TWO,
    ZERO,
    Form,
    add,
    const,
    fn,
    free_variables,
    mul,
    neg,
    num,
    power,
    quotient,
    sub,
    subforms,
    substitute,
    var,
)
from derive.model.context import Context
from derive.verify.atoms import factored
from derive.verify.balls import Undefined
from derive.verify.deadline import NEVER, Deadline
from derive.verify.definite.value import Value
from derive.verify.normal import Unsupported, normal_form
from derive.verify.positivity import by_powers, used
from derive.verify.regular import unmet
from derive.verify.signs import Signs

__all__ = ["series_value"]

MOST_LEADING_ZEROS = 4


def series_value(body: Form, name: str, first: Fraction, context: Context, deadline: Deadline = NEVER) -> Value | None:
    """The sum of the terms from k = first on, with the statements under which it converges.

    t(k+1)/t(k) = z (k + a1)(k + a2).../((k + b1)...(k + 1)) makes the sum t(first) pFq(a; b; z); the closed forms of
    the table are the classical ones (Abramowitz and Stegun 15.1), each where its series converges.
    """
    while first < MOST_LEADING_ZEROS and _is_surely_zero(substitute(body, {name: num(first)})):
        first += 1
    shifted = substitute(body, {name: add(var(name), num(first))})
    signs = Signs(context, deadline, principal=True)
    try:
        field, found = normal_form(
            quotient(substitute(shifted, {name: add(var(name), ONE)}), shifted), signs, real=False, deadline=deadline
        )
        ratio = field.form_of(found)
    except (Unsupported, Undefined):
        return None
    start = substitute(shifted, {name: ZERO})
    shape = _shape(ratio, name, signs)
    if shape is None:
        return None
    above, below, z = shape
    complex_ = any(signs.context.variable(n).sort == "complex" for n in free_variables(z))
    for row in ROWS:
        if row.above == above and row.below == below:
            made = row.value(z, signs)
            if made is not None:
                conditions = _size_below_one(z) if complex_ and not row.entire else made[1]
                return Value(_product(start, made[0], signs), conditions, "series")
    if len(above) == 1 and not below:
        return Value(mul(start, power(sub(ONE, z), num(-above[0]))), _size_below_one(z), "binomial series")
    return _at_one(above, below, z, start) or _zeta_like(above, below, z, start)


def _is_surely_zero(term: Form) -> bool:
    plain = Signs(Context())
    return plain.vanishes(term) and not unmet(term, plain)


def _at_one(above: tuple[Fraction, ...], below: tuple[Fraction, ...], z: Form, start: Form) -> Value | None:
    """Gauss's theorem: 2F1(a, b; c; 1) is G(c) G(c-a-b) / (G(c-a) G(c-b)) for c > a + b, G the gamma function."""
    if len(above) != 2 or len(below) != 1 or z != ONE:
        return None
    (a, b), (c,) = above, below
    if c <= a + b or any(q <= 0 and q.denominator == 1 for q in (c - a, c - b, c)):
        return None
    gammas = [fn("gamma", num(q)) for q in (c, c - a - b, c - a, c - b)]
    return Value(mul(start, quotient(mul(*gammas[:2]), mul(*gammas[2:]))), by="Gauss's theorem")


def _product(start: Form, value: Form, signs: Signs) -> Form:
    """t(first) times the function, common factors such as x in x * (sin(x)/x) cancelled: both have the limit there."""
    view = Signs(Context()).view(mul(start, value)) if algebraic(start) else None
    return mul(start, value) if view is None else view.atoms.form_of(view.quotients[0])


ALGEBRA = frozenset({"num", "var", "add", "mul", "pow"})


def algebraic(form: Form) -> bool:
    """Whether the form is built by sums, products and integer powers only, and factorials of numbers."""
    return all(
        (part.head in ALGEBRA and (part.head != "pow" or _is_integer(part.args[1])))
        or (part.head in ("factorial", "gamma") and part.args[0].head == "num")
        for part in subforms(form)
    )


def _is_integer(form: Form) -> bool:
    return form.head == "num" and form.value.denominator == 1


Shape = tuple[tuple[Fraction, ...], tuple[Fraction, ...], Form]


def _shape(ratio: Form, name: str, signs: Signs) -> Shape | None:
    """The upper and lower parameters and the argument, where both polynomials split into rational linear factors."""
    if not algebraic(ratio):
        return None
    view = Signs(Context()).view(ratio)  # polynomial algebra, the same over the real and the complex numbers
    if view is None:
        return None
    index = next((i for i, f in enumerate(view.atoms.forms) if f == var(name)), None)
    lists: list[list[Fraction]] = []
    z = ONE
    for polynomial, sign in ((view.quotients[0].numerator, 1), (view.quotients[0].denominator, -1)):
        content, factors = factored(polynomial)
        z = mul(z, power(num(Fraction(int(content.p), int(content.q))), num(sign)))
        parameters: list[Fraction] = []
        for factor, times in factors:
            if index is None or index not in used(factor):
                part = view.atoms.polynomial_form(factor)
                if name in free_variables(part):
                    return None
                z = mul(z, power(part, num(sign * int(times))))
                continue
            parts = by_powers(factor, index)
            if max(parts) != 1 or not all(p.is_constant() for p in parts.values()):
                return None
            slope = parts[1].leading_coefficient()
            shift = parts[0].leading_coefficient() / slope if 0 in parts else slope - slope
            parameters += [Fraction(int(shift.p), int(shift.q))] * int(times)
            z = mul(z, power(num(Fraction(int(slope.p), int(slope.q))), num(sign * int(times))))
        lists.append(parameters)
    above, below = lists
    if Fraction(1) in below:
        below.remove(Fraction(1))
    else:
        above.append(Fraction(1))
    for shared in list(above):
        if shared in below:
            above.remove(shared)
            below.remove(shared)
    if any(p <= 0 and p.denominator == 1 for p in (*above, *below)):
        return None
    return tuple(sorted(above)), tuple(sorted(below)), z


Made = tuple[Form, tuple[Form, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """Parameters of a hypergeometric series, and its closed form with the conditions of convergence.

    `entire` rows hold for all complex arguments, the others inside the unit circle.
    """

    above: tuple[Fraction, ...]
    below: tuple[Fraction, ...]
    value: Callable[[Form, Signs], Made | None]
    entire: bool = False


def _size_below_one(z: Form, closed: bool = False) -> tuple[Form, ...]:
    return (Form("le" if closed else "lt", (fn("Abs", z), ONE)),)


def _root(z: Form, signs: Signs) -> tuple[Form, int] | None:
    """(w, 1) or (w, -1) with z = w**2 or z = -w**2, w a monomial without absolute value or a root of a sign."""
    view = Signs(Context()).view(z)
    if view is None:
        return None
    root, sign = ONE, 1
    for polynomial, exponent in ((view.quotients[0].numerator, 1), (view.quotients[0].denominator, -1)):
        content, factors = factored(polynomial)
        number = Fraction(int(content.p), int(content.q))
        sign = -sign if number < 0 else sign
        root = mul(root, power(num(abs(number)), num(exponent, 2)))
        for factor, times in factors:
            part = view.atoms.polynomial_form(factor)
            if times % 2 and not signs.positive(part):
                return None
            root = mul(root, power(part, num(Fraction(exponent * int(times), 2))))
    return root, sign


def _by_root(plus: Callable[[Form], Made], minus: Callable[[Form], Made]) -> Callable[[Form, Signs], Made | None]:
    def value(z: Form, signs: Signs) -> Made | None:
        found = _root(z, signs)
        if found is None:
            return None
        return plus(found[0]) if found[1] > 0 else minus(found[0])

    return value


def _over(function: str, w: Form, scale: Fraction = Fraction(1)) -> Form:
    return quotient(fn(function, mul(num(scale), w)), mul(num(scale), w))


def _bessel(order: int) -> Callable[[Form, Signs], Made | None]:
    """0F1(; n + 1; z) = n! w**-n I_n(2 w) for z = w**2, and with J_n for z = -w**2 (DLMF 10.16.9, 10.39.9)."""

    def value(w: Form, head: str) -> Made:
        scale = quotient(fn("factorial", num(order)), power(w, num(order)))
        return mul(scale, fn(head, num(order), mul(TWO, w))), ()

    return _by_root(lambda w: value(w, "besseli"), lambda w: value(w, "besselj"))


def _logarithm(z: Form, signs: Signs) -> Made:
    return neg(quotient(fn("log", sub(ONE, z)), z)), (Form("le", (MINUS_ONE, z)), Form("lt", (z, ONE)))


H, T = Fraction(1, 2), Fraction(3, 2)
ROWS: tuple[Row, ...] = (
    Row((), (), lambda z, signs: (fn("exp", z), ()), entire=True),
    Row(
        (), (H,), _by_root(lambda w: (fn("cosh", mul(TWO, w)), ()), lambda w: (fn("cos", mul(TWO, w)), ())), entire=True
    ),
    Row(
        (),
        (T,),
        _by_root(lambda w: (_over("sinh", w, Fraction(2)), ()), lambda w: (_over("sin", w, Fraction(2)), ())),
        entire=True,
    ),
    *(Row((), (Fraction(n + 1),), _bessel(n), entire=True) for n in range(4)),
    Row(
        (H,),
        (T,),
        _by_root(
            lambda w: (quotient(mul(power(PI, HALF), fn("erfi", w)), mul(TWO, w)), ()),
            lambda w: (quotient(mul(power(PI, HALF), fn("erf", w)), mul(TWO, w)), ()),
        ),
        entire=True,
    ),
    Row(
        (Fraction(1), Fraction(1), Fraction(1)),
        (T, Fraction(2)),
        _by_root(
            lambda w: (quotient(power(fn("asin", w), TWO), power(w, TWO)), _size_below_one(w, closed=True)),
            lambda w: (quotient(power(fn("asinh", w), TWO), power(w, TWO)), _size_below_one(w, closed=True)),
        ),
    ),
    Row((H, H), (Fraction(1),), lambda z, signs: (mul(TWO, quotient(fn("elliptic_k", z), PI)), _size_below_one(z))),
    Row((-H, H), (Fraction(1),), lambda z, signs: (mul(TWO, quotient(fn("elliptic_e", z), PI)), _size_below_one(z))),
    Row((Fraction(1), Fraction(1)), (Fraction(2),), _logarithm),
    Row(
        (H, Fraction(1)),
        (T,),
        _by_root(
            lambda w: (_over("atanh", w), _size_below_one(w)),
            lambda w: (_over("atan", w), _size_below_one(w, closed=True)),
        ),
    ),
    Row(
        (H, H),
        (T,),
        _by_root(
            lambda w: (_over("asin", w), _size_below_one(w, closed=True)),
            lambda w: (_over("asinh", w), _size_below_one(w, closed=True)),
        ),
    ),
    Row(
        (Fraction(1), Fraction(1)),
        (T,),
        _by_root(
            lambda w: (quotient(fn("asin", w), mul(w, power(sub(ONE, power(w, TWO)), HALF))), _size_below_one(w)),
            lambda w: (quotient(fn("asinh", w), mul(w, power(add(ONE, power(w, TWO)), HALF))), _size_below_one(w)),
        ),
    ),
)


def _zeta_like(above: tuple[Fraction, ...], below: tuple[Fraction, ...], z: Form, start: Form) -> Value | None:
    """t(0) times the sum of (+-1)**j (c/(j + c))**s, for c = 1 and c = 1/2."""
    s = len(below)
    for c in (Fraction(1), H):
        if below != (c + 1,) * s or sorted(above) != sorted((*(c,) * s, Fraction(1))) or z not in (ONE, MINUS_ONE):
            continue
        total = _alternating(c, s) if z == MINUS_ONE else _plain(c, s)
        return None if total is None else Value(mul(start, num(c**s), total), by="series")
    return None


def _plain(c: Fraction, s: int) -> Form | None:
    """The sum of (j + c)**-s, s >= 2."""
    if s < 2:
        return None
    return fn("zeta", num(s)) if c == 1 else mul(num(2**s - 1), fn("zeta", num(s)))


def _alternating(c: Fraction, s: int) -> Form | None:
    """The sum of (-1)**j (j + c)**-s."""
    if c == 1:
        return fn("log", TWO) if s == 1 else mul(num(1 - Fraction(1, 2 ** (s - 1))), fn("zeta", num(s)))
    if s == 1:
        return mul(HALF, PI)
    return mul(num(4), const("Catalan")) if s == 2 else None
