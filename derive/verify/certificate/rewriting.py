"""Laws that bring two terms to one normal form: which instances the kernel needs to see that they are equal."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import Any, ClassVar

from derive.verify.certificate.factor import factored, primes
from derive.verify.certificate.script import Poly, Term, Terms, minus, product, raised
from derive.verify.certificate.signs import Signs
from derive.verify.certificate.words import NEGATIVE, NONNEGATIVE, NONPOSITIVE, POSITIVE
from derive.verify.kernel_terms import parts, ratio, value

__all__ = ["Refine", "Rewriter", "normal_terms"]

LARGEST_MULTIPLE = 40
MOST_REFINEMENTS = 8


class Refine(Exception):
    """A generator must be divided further; start again with the denominators known so far."""


class Rewriter:
    """Walks through terms and collects equations by which the kernel's polynomials become normal forms.

    Exponentials become powers of exp(m/q) for the monomials m of their arguments, sines and cosines polynomials
    in those of m/q, logarithms and roots split over the factors of their arguments.  `denominators` holds the q.
    """

    def __init__(self, signs: Signs, denominators: dict[Any, int], *, unfold: bool = False) -> None:
        self.signs = signs
        self.script = signs.script
        self.terms = Terms(signs.script)
        self.denominators = denominators
        self.unfold = unfold
        self.real = signs.context.field == "real"
        self.done: set[Any] = set()

    def visit(self, term: Term) -> None:
        """Add the equations that concern the term and everything in it."""
        if term in self.done or isinstance(term, (str, int)):
            return
        self.done.add(term)
        for part in parts(term):
            self.visit(part)
        handler = self.HANDLERS.get(term[0])
        if handler is not None:
            self.script.effort.check()
            handler(self, term)

    def law(self, name: str, *values: Term) -> bool:
        """Rewrite by a law, after what stands on its right side has been visited."""
        index = self.signs.law(name, *values)
        if index is None:
            return False
        self.visit(self.script.context.facts[index][2])
        return self.terms.use(index)

    # ---- monomials of an argument

    def pieces(self, kind: str, argument: Term) -> list[tuple[int, Term, Poly]]:
        """The argument as a sum of integers times generators, (k, generator, its monomial)."""
        found = []
        poly = self.terms.poly(argument)
        for monomial, coefficient in sorted(poly.items(), reverse=True):
            key = (kind, self.terms.monomial(monomial))
            number = Fraction(coefficient)
            known = self.denominators.get(key, 1)
            if known % number.denominator:
                self.denominators[key] = lcm(known, number.denominator)
                raise Refine
            multiple = number * known
            generator = self.terms.monomial(monomial, Fraction(1, known))
            found.append((int(multiple), generator, {monomial: 1}))
        return found

    def single(self, monomial: Poly) -> Term:
        """The atom that the monomial is, or None."""
        ((factors,),) = (tuple(monomial),)
        return self.terms.atom(factors[0][0]) if len(factors) == 1 and factors[0][1] == 1 else None

    # ---- exponentials

    def exponential(self, term: Term) -> None:
        pieces = self.pieces("exp", term[1])
        if not pieces:
            self.law("exp of 0")
            return
        summands = []
        for multiple, generator, monomial in pieces:
            self.generator(generator, monomial)
            if multiple != 1:
                self.terms.use(self.script.law("exp multiple", generator, multiple))
            summands.append(generator if multiple == 1 else ("*", multiple, generator))
        self.chain("exp sum", "+", summands)

    def chain(self, name: str, head: str, items: list[Term]) -> None:
        """A two-term law applied to many terms, the last two first."""
        whole = items[-1]
        for item in reversed(items[:-1]):
            self.terms.use(self.signs.law(name, item, whole))
            whole = (head, item, whole)

    def generator(self, generator: Term, monomial: Poly) -> None:
        """What is special about exp(generator): a logarithm or an imaginary number inside."""
        if ("exp", generator) in self.done and ("generator", generator) in self.done:
            return
        self.done.add(("generator", generator))
        inner = self.single(monomial)
        if isinstance(inner, tuple) and inner[0] == "log":
            power = self.script.law("exp log", inner[1])
            degree = self.denominators.get(("exp", inner), 1)
            if degree == 1:
                self.terms.use(power)
            elif power is not None:
                multiple = self.script.law("exp multiple", generator, degree)
                goal = ("=", ("^", ("exp", generator), degree), inner[1])
                if multiple is not None:
                    self.terms.use(self.script.show(goal, 1, [(1, (power,), ()), (-1, (multiple,), ())]))
            return
        (factors,) = monomial
        imaginary = [a for a, e in factors if e == 1 and self.terms.ring.atoms[a][0] == ("I", ())]
        if imaginary:
            poly = self.terms.poly(generator)
            ((mono, coefficient),) = poly.items()
            rest = self.terms.monomial(tuple(pair for pair in mono if pair[0] != imaginary[0]), coefficient)
            self.law("euler", rest)

    # ---- sines and cosines

    def trigonometric(self, term: Term) -> None:
        pieces = self.pieces("angle", term[1])
        if not pieces:
            self.law(f"{term[0]} of 0")
            return
        angles: list[Term] = []
        for multiple, generator, monomial in pieces:
            if self.single(monomial) == ("pi",):
                angles += self.constant_angle(Fraction(multiple, self.denominators.get(("angle", ("pi",)), 1)))
            else:
                self.base_angle(generator, monomial)
                angles.append(self.multiple_angle(multiple, generator))
        whole: Term = angles[-1]
        for angle in reversed(angles[:-1]):
            self.terms.use(self.script.law("sin sum", angle, whole))
            self.terms.use(self.script.law("cos sum", angle, whole))
            whole = ("+", angle, whole)

    def constant_angle(self, r: Fraction) -> list[Term]:
        """r*pi as a sum of angles whose sines and cosines are known, or small."""
        if r.denominator == 12:
            thirds = next(k for k in (1, -1, 2, -2, 4, -4, 5, -5) if (r - Fraction(k, 3)).denominator == 4)
            return [*self.constant_angle(Fraction(thirds, 3)), *self.constant_angle(r - Fraction(thirds, 3))]
        if r.denominator > 6:
            quarter = round(2 * r)
            rest = r - Fraction(quarter, 2)
            unit: Term = ("*", ("/", 1, rest.denominator), ("pi",))
            self.pythagoras(unit)
            small = self.multiple_angle(rest.numerator, unit)
            return [*(self.constant_angle(Fraction(quarter, 2)) if quarter else ()), small]
        if r.denominator == 1:
            n = r.numerator
            self.law("sin of n pi", n)
            self.law("cos of n pi", n)
            return [("*", n, ("pi",))]
        unit = ("*", ("pi",), ("/", 1, r.denominator))
        for head in ("sin", "cos"):
            self.law(f"{head} of pi/{r.denominator}") if r.denominator != 5 or head == "cos" else None
        if r.denominator == 5:
            self.pythagoras(unit)
        return [self.multiple_angle(r.numerator, unit)]

    def pythagoras(self, angle: Term) -> None:
        self.terms.use(self.script.law("pythagoras", angle))

    def base_angle(self, angle: Term, monomial: Poly) -> None:
        inner = self.single(monomial)
        if isinstance(inner, tuple) and inner == angle and inner[0] in ("asin", "acos", "atan"):
            for head in ("sin", "cos"):
                self.law(f"{head} {inner[0]}", inner[1])
        self.integer_angle(angle)
        self.pythagoras(angle)

    def integer_angle(self, angle: Term) -> None:
        """n*pi for an integer n."""
        if isinstance(angle, tuple) and angle[0] == "*" and ("pi",) in angle:
            n = product([part for part in angle[1:] if part != ("pi",)])
            if self.signs.establish(("integer", n)):
                self.law("sin of n pi", n)
                self.law("cos of n pi", n)
                self.terms.use(self.script.law("square of a sign", n))

    def multiple_angle(self, multiple: int, angle: Term) -> Term:
        """multiple*angle, after its sine and cosine have been rewritten by those of the angle."""
        if multiple == 1:
            return angle
        whole = ("*", multiple, angle)
        if ("angle", whole) in self.done or abs(multiple) > LARGEST_MULTIPLE:
            return whole
        self.done.add(("angle", whole))
        if multiple < 0:
            inner = self.multiple_angle(-multiple, angle)
            self.terms.use(self.script.law("sin odd", inner))
            self.terms.use(self.script.law("cos even", inner))
            return minus(inner)
        half = self.multiple_angle(multiple // 2, angle)
        rest = self.multiple_angle(multiple - multiple // 2, angle)
        self.terms.use(self.script.law("sin sum", half, rest))
        self.terms.use(self.script.law("cos sum", half, rest))
        return whole

    # ---- logarithms and roots

    def logarithm(self, term: Term) -> None:
        number, factors = factored(self.terms, self.terms.poly(term[1]))
        if number == 0:
            return
        powers: list[Term] = []
        rest: list[Term] = []
        for factor, exponent in factors:
            sign = self.signs.sign(factor) if self.signs.define(factor) else None
            if sign in (POSITIVE, NEGATIVE):
                positive = factor if sign == POSITIVE else minus(factor)
                number *= -1 if sign == NEGATIVE and exponent % 2 else 1
                powers.append(self.log_of_power(positive, exponent))
            elif exponent % 2 == 0 and self.real and self.signs.establish(("!=", factor, 0)):
                self.visit(("Abs", factor))
                powers.append(self.log_of_power(("Abs", factor), exponent))
            else:
                rest.append(factor if exponent == 1 else raised(factor, exponent))
        if number < 0 or rest:
            sign_part = [-1] if number < 0 else []
            rest = [product([*sign_part, *rest])]
            number = abs(number)
        powers += [self.log_of_power(p, e) for p, e in primes(number)]
        if not powers and not rest:
            self.law("log of 1")
        elif len(powers) + len(rest) > 1 or powers != [term[1]]:
            self.chain("log product", "*", [*powers, *rest])

    def log_of_power(self, base: Term, exponent: int) -> Term:
        """base**exponent, after its logarithm has been rewritten."""
        if isinstance(base, tuple) and base[0] == "exp":
            self.terms.use(self.signs.law("log exp", base[1]))
        elif isinstance(base, tuple) and base[0] == "^":
            self.visit(("log", base[1]))
            self.terms.use(self.signs.law("log power", base[1], base[2]))
        if exponent == 1:
            return base
        self.terms.use(self.signs.law("log power", base, exponent))
        return ("^", base, exponent)

    def power(self, term: Term) -> None:
        base, exponent = term[1:]
        number = value(exponent)
        if number is None:
            if self.unfold or not self.integer_power(base, exponent):
                self.law("power", base, exponent)
            return
        if number.denominator > 1:
            self.root(base, number.denominator)

    def integer_power(self, base: Term, exponent: Term) -> bool:
        """base**(sum of integers) as a product, where the base is not surely positive."""
        return self.signs.establish(("integer", exponent)) and self.signs.sign(base) != POSITIVE

    def root(self, base: Term, degree: int) -> None:
        poly = self.terms.poly(base)
        number, factors = factored(self.terms, poly)
        if number == 0:
            return
        items: list[Term] = []
        rest: list[Term] = []
        for factor, exponent in factors:
            sign = self.signs.sign(factor) if self.signs.define(factor) else None
            if sign in (NEGATIVE, NONPOSITIVE):
                number *= -1 if exponent % 2 else 1
                factor, sign = minus(factor), POSITIVE if sign == NEGATIVE else NONNEGATIVE
            if sign in (POSITIVE, NONNEGATIVE):
                items += self.root_of_power(factor, exponent, degree)
            elif exponent % 2 == 0 and degree == 2 and self.real:
                self.visit(("Abs", factor))
                items += self.root_of_power(("Abs", factor), exponent, degree)
            else:
                rest.append(factor if exponent == 1 else raised(factor, exponent))
        if number < 0 or rest:
            rest, number = [product([-1, *rest] if number < 0 else rest)], abs(number)
        for prime, exponent in primes(number):
            items += self.root_of_power(prime, exponent, degree)
        if rest == [-1] and degree == 2:
            self.law("root of -1")
        whole_items = [*items, *rest]
        if len(whole_items) < 2 and whole_items == [base]:
            return
        if not whole_items:
            self.terms.use(self.signs.law("root unique", 1, degree))
            return
        whole = whole_items[-1]
        for item in reversed(whole_items[:-1]):
            self.terms.use(self.signs.law("root product", item, whole, degree))
            whole = ("*", item, whole)

    def root_of_power(self, base: Term, exponent: int, degree: int) -> list[Term]:
        """Factors of base**exponent whose roots are known or cannot be simplified."""
        if isinstance(base, tuple) and base[0] == "exp":
            share = ("*", ratio(Fraction(exponent, degree)), base[1])
            self.visit(("exp", share))
            self.terms.use(self.signs.law("root unique", ("exp", share), degree))
            return [("^", ("exp", share), degree)]
        whole, left = divmod(exponent, degree)
        items: list[Term] = [base] * left
        if whole:
            inner = base if whole == 1 else ("^", base, whole)
            self.terms.use(self.signs.law("root unique", inner, degree))
            items.append(("^", inner, degree))
        return items

    # ---- single functions

    def by_definition(self, term: Term) -> None:
        self.law(term[0], *term[1:])

    def inverse_cosine(self, term: Term) -> None:
        inner = term[1]
        if not (isinstance(inner, tuple) and inner[0] == "cos" and self.law("acos cos", inner[1])):
            self.law("acos", inner)

    def inverse_hyperbolic(self, term: Term) -> None:
        if self.unfold:
            self.law(term[0], term[1])

    def odd(self, term: Term) -> None:
        inner = term[1]
        known = {"asin": ("sin", "asin sin"), "atan": ("tan", "atan tan")}.get(term[0])
        if known and isinstance(inner, tuple) and inner[0] == known[0] and self.law(known[1], inner[1]):
            return
        inverse = term[0] == "atan" and isinstance(inner, tuple) and inner[0] == "^" and inner[2] == -1
        if inverse and self.law("atan inverse", inner[1]):
            return
        poly = self.terms.poly(term[1])
        if poly and Fraction(poly[max(poly)]) < 0:
            inner = self.terms.term(self.terms.ring.times({(): -1}, poly))
            self.law(f"{term[0]} odd", inner)
        elif term[0] == "atan" and set(poly.items()) <= {((), 1)}:
            self.law(f"atan of {len(poly)}")

    def absolute(self, term: Term) -> None:
        sign = self.signs.sign(term[1]) if self.real else None
        if sign in (POSITIVE, NONNEGATIVE):
            self.law("abs of nonneg", term[1])
        elif sign in (NEGATIVE, NONPOSITIVE):
            self.law("abs of nonpos", term[1])
        else:
            number, factors = factored(self.terms, self.terms.poly(term[1]))
            items: list[Term] = [ratio(number)] if number != 1 else []
            for factor, exponent in factors:
                items += [factor if exponent > 0 else ("^", factor, -1)] * abs(exponent)
            if len(items) > 1 and len(items) < LARGEST_MULTIPLE and self.signs.define(*items):
                for item in items:
                    self.visit(("Abs", item))
                self.chain("abs product", "*", items)
            elif self.real:
                self.terms.use(self.script.law("abs square", term[1]))

    def sign(self, term: Term) -> None:
        sign = self.signs.sign(term[1])
        if sign in (POSITIVE, NEGATIVE):
            self.law("sign of positive" if sign == POSITIVE else "sign of negative", term[1])

    def extreme(self, term: Term) -> None:
        _, a, b = term
        name = term[0].lower()
        if self.signs.establish(("<=", a, b)):
            self.law(f"{name} right", a, b)
        elif self.signs.establish(("<=", b, a)):
            self.law(f"{name} left", a, b)

    HANDLERS: ClassVar[dict[str, Callable[[Rewriter, Term], None]]] = {
        "exp": exponential, "sin": trigonometric, "cos": trigonometric, "log": logarithm, "^": power,
        "tan": by_definition, "sinh": by_definition, "cosh": by_definition, "tanh": by_definition,
        "acos": inverse_cosine, "asinh": inverse_hyperbolic, "acosh": inverse_hyperbolic, "atanh": inverse_hyperbolic,
        "asin": odd, "atan": odd, "erf": odd, "Abs": absolute, "sign": sign, "Max": extreme, "Min": extreme,
    }  # fmt: skip


def normal_terms(signs: Signs, terms: list[Term]) -> Terms:
    """A ring in which these terms have been visited."""
    for _ in range(MOST_REFINEMENTS):
        rewriter = Rewriter(signs, signs.denominators)
        try:
            for term in terms:
                rewriter.visit(term)
        except Refine:
            continue
        break
    return rewriter.terms
