"""exp, log and general powers: split over sums and products as far as signs allow."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpz

from derive.meaning.form import PI, Form, add, fn, mul, num, sub
from derive.verify.balls import Undefined
from derive.verify.normal.field import (
    CONSTANT_ONE,
    GENERATORS,
    ONE,
    ZERO,
    Element,
    Field,
    Polynomial,
    Unsupported,
    exact,
    factored,
    fraction,
    monomial,
)

__all__ = ["exponential", "imaginary", "integer_power", "logarithm", "pi", "power_of", "primes", "single", "split"]


def primes(q: Fraction) -> list[tuple[int, int]]:
    """Prime factors with exponents of a positive rational number."""
    if q.numerator.bit_length() > 200 or q.denominator.bit_length() > 200:
        raise Unsupported("a number too large to factor")
    above = [(int(p), e) for p, e in fmpz(q.numerator).factor()]
    return above + [(int(p), -e) for p, e in fmpz(q.denominator).factor()]


def imaginary(field: Field) -> Element:
    """i, with i**2 = -1."""
    if field.real:
        raise Unsupported("I among real numbers")
    index = field.generator("I", "I", Form("const", ("I",)), real=False)
    field.relate(index, 2, exact(-1))
    return field.element(index)


def pi(field: Field) -> Element:
    return field.element(field.generator("pi", "const", PI, real=True, positive=True))


def split(field: Field, u: Element) -> list[tuple[Fraction, Element]]:
    """u as a sum of rational multiples of monomials (or of one monomial over the denominator)."""
    n, d = u
    if len(n) == 1 and d.is_one():
        coefficient = n.leading_coefficient()
        return [(fraction(coefficient), u if coefficient == 1 else Element(n / coefficient, CONSTANT_ONE))]
    if not d.is_constant():
        q, r = divmod(n, d)
        if r.is_zero():
            n, d = q, CONSTANT_ONE
        elif not q.is_zero():
            return split(field, Element(q, CONSTANT_ONE)) + split(field, field.normal(r, d))
    if d.is_one() and not field.relations:
        return [(fraction(c), Element(monomial(exponents), CONSTANT_ONE)) for exponents, c in n.to_dict().items()]
    parts = []
    for exponents, coefficient in n.to_dict().items():
        unit = field.normal(monomial(exponents), d)
        scale = unit.num.leading_coefficient() if len(unit.num) == 1 else fmpq(1)
        parts.append((fraction(coefficient * scale), Element(unit.num / scale, unit.den)))
    return parts


def single(field: Field, m: Element) -> int | None:
    """The generator that the monomial is, if it is exactly one to the first power."""
    if not m.den.is_one() or len(m.num) != 1 or m.num.total_degree() != 1 or m.num.leading_coefficient() != 1:
        return None
    return field.used(m.num)[0]


def is_imaginary_unit(field: Field, v: Element) -> bool:
    """Whether the element is i or -i, whose logarithm is i pi/2 or -i pi/2."""
    index = field.index.get("I")
    return index is not None and v.den.is_one() and (v.num == GENERATORS[index] or v.num == -GENERATORS[index])


def has_imaginary(field: Field, m: Element) -> bool:
    index = field.index.get("I")
    return index is not None and m.den.is_one() and bool(m.num.degrees()[index])


def exponential(field: Field, u: Element) -> Element:
    """exp(a + b) = exp(a) exp(b), exp(k log v) = v**k, exp(i t) = cos t + i sin t: all hold everywhere."""
    from derive.verify.normal.trigonometry import circular

    result = ONE
    for c, m in split(field, u):
        if has_imaginary(field, m):
            cosine, sine = circular(field, c, field.mul(m, field.neg(imaginary(field))))
            result = field.mul(result, field.add(cosine, field.mul(imaginary(field), sine)))
            continue
        result = field.mul(result, _of_logarithm(field, c, m) or _of_monomial(field, c, m))
    return result


def _of_logarithm(field: Field, c: Fraction, m: Element) -> Element | None:
    """exp(c k log v) = v**(c k) where k is 1 or integer-valued."""
    from derive.verify.normal.roots import root

    index = single(field, m)
    if index is not None and field.generators[index].kind == "log":
        argument = field.generators[index].argument
        assert argument is not None
        return field.power(root(field, argument, c.denominator), c.numerator)
    if index is not None and field.generators[index].kind == "lambert" and c.denominator == 1:
        return field.power(_of_lambert(field, index), int(c))
    if not m.den.is_one() or c.denominator != 1 or len(m.num) != 1:
        return None
    logs = [i for i in field.used(m.num) if field.generators[i].kind == "log" and m.num.degrees()[i] == 1]
    if len(logs) != 1 or field.generators[logs[0]].positive:
        return None
    rest = Element(divmod(m.num, field.element(logs[0]).num)[0] * c.numerator, CONSTANT_ONE)
    argument = field.generators[logs[0]].argument
    if argument is None or not field.is_integer(rest) or field.sign_of(argument) > 0:
        return None
    return integer_power(field, argument, rest)


def _of_lambert(field: Field, index: int) -> Element:
    """exp(W) = u/W, where W, the function of u, is not 0."""
    argument = field.generators[index].argument
    assert argument is not None
    if not field.nonzero(argument.num):
        field.divided_by(field.form_of(argument))
    return field.divide(argument, field.element(index))


def _of_monomial(field: Field, c: Fraction, m: Element) -> Element:
    key = ("exp", field.key(m))
    part = field.refined(key, c.denominator)
    real = field.is_real(m)

    def form() -> Form:
        return fn("exp", mul(num(1, part), field.form_of(m)))

    index = field.generator(key, "exp", form, real=real, positive=real, argument=m, part=part)
    return field.power(field.element(index), c.numerator * part // c.denominator)


def power_of(field: Field, b: Element, x: Element) -> Element:
    """b**x for an exponent that is no rational number: exp(x log b) where b != 0."""
    if b.num.is_zero():
        raise Unsupported("a power of 0")
    if (
        field.is_integer(x)
        and not is_imaginary_unit(field, b)
        and field.sign_of(b) <= 0
        and not (field.number(b) or Fraction(-1)) > 0
    ):
        return integer_power(field, b, x)
    return exponential(field, field.mul(x, logarithm(field, b)))


def integer_power(field: Field, b: Element, x: Element) -> Element:
    """b**x for integer-valued x and b != 0: one generator f**m for each factor f of b and monomial m of x.

    f**(m + k) = f**m f**k needs f != 0 where k < 0, which is noted.
    """
    result = ONE
    content, factors = _factored(b)
    for exponents, coefficient in x.num.to_dict().items():
        k = int(coefficient.p)
        if not any(exponents):
            for f, e in factors:
                if k * e < 0 and not field.nonzero(f):
                    field.divided_by(field.polynomial_form(f))
            result = field.mul(result, field.power(b, k))
            continue
        unit = Element(monomial(exponents), CONSTANT_ONE)
        for f, e in factors:
            if field.positive(f):
                result = field.mul(
                    result,
                    exponential(
                        field, field.scaled(k * e, field.mul(unit, logarithm(field, Element(f, CONSTANT_ONE))))
                    ),
                )
                continue
            inverse = _inverse_power(field, f, unit, k * e)
            if inverse is not None:
                result = field.mul(result, inverse)
                continue
            if not field.nonzero(f):
                field.divided_by(field.polynomial_form(f))
            base = Element(f, CONSTANT_ONE)
            form = Form("pow", (field.polynomial_form(f), field.form_of(unit)))
            key = ("ipow", str(f), field.key(unit))
            index = field.generator(key, "ipow", form, real=field.is_real(base), argument=base)
            result = field.mul(result, field.power(field.element(index), k * e))
        if abs(content) != 1:
            result = field.mul(
                result, exponential(field, field.scaled(k, field.mul(unit, logarithm(field, exact(abs(content))))))
            )
        if content < 0:
            result = field.mul(result, _sign_power(field, unit, k))
    return result


def _inverse_power(field: Field, f: Polynomial, unit: Element, times: int) -> Element | None:
    """f**m = c**m / g**m where g**m is a generator already and f g = c is a rational number."""
    for other in list(field.generators):
        if other.kind != "ipow" or other.argument is None or other.form.args[1] != field.form_of(unit):
            continue
        product, extra = field.reduced(f * other.argument.num)
        if extra is None and product.is_constant() and not product.is_zero() and f != other.argument.num:
            index = field.index[("ipow", str(other.argument.num), field.key(unit))]
            scale = power_of(field, exact(fraction(product.leading_coefficient())), field.scaled(times, unit))
            return field.mul(scale, field.power(field.element(index), -times))
    return None


def _sign_power(field: Field, unit: Element, k: int) -> Element:
    """(-1)**(k m) for an integer-valued monomial m: cos(pi m) to the k, whose square is 1."""
    from derive.verify.normal.trigonometry import parity

    return parity(field, unit) if k % 2 else ONE


def _factored(b: Element) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
    above, top = factored(b.num)
    below, bottom = factored(b.den)
    return above / below, top + [(f, -e) for f, e in bottom]


def logarithm(field: Field, v: Element) -> Element:
    """log of a product is the sum of the logs of its positive factors and the log of the rest (principal branch)."""
    if v.num.is_zero():
        raise Undefined("log 0")
    content, factors = _factored(v)
    sign, content = (1, content) if content > 0 else (-1, -content)
    result, rest = ZERO, ONE
    for p, e in primes(content):
        index = field.generator(("log", p), "log", fn("log", num(p)), real=True, positive=True, argument=exact(p))
        result = field.add(result, field.scaled(e, field.element(index)))
    for f, e in factors:
        if field.positive(-f):
            f, sign = -f, sign * (-1 if e % 2 else 1)
        if field.positive(f):
            result = field.add(result, field.scaled(e, _of_positive(field, f)))
        elif e % 2 == 0 and field.is_real(Element(f, CONSTANT_ONE)):
            result = field.add(result, field.scaled(e, _of_absolute(field, f)))
        else:
            rest = field.mul(rest, field.power(Element(f, CONSTANT_ONE), e))
    if sign < 0:
        rest = field.neg(rest)
    constant = field.number(rest)
    if constant == 1:
        return result
    if constant == -1:
        return field.add(result, field.mul(imaginary(field), pi(field)))
    stripped = _without_signs(field, rest)
    return field.add(result, stripped if stripped is not None else _of_rest(field, rest))


def _of_rest(field: Field, rest: Element) -> Element:
    if is_imaginary_unit(field, rest):
        side = 1 if rest.num.leading_coefficient() > 0 else -1
        return field.scaled(Fraction(side, 2), field.mul(imaginary(field), pi(field)))
    index = single(field, rest)
    if index is not None and index in field.relations and field.generators[index].kind == "root":
        degree, n, d = field.relations[index]
        return field.scaled(Fraction(1, degree), logarithm(field, Element(n, d)))
    exponent = _in_the_strip(field, rest)
    if exponent is not None:
        return exponent
    known = field.sign_of(rest)
    if known < 0:
        return field.add(_of_rest(field, field.neg(rest)), field.mul(imaginary(field), pi(field)))
    key = ("log", field.key(rest))
    index = field.generator(key, "log", fn("log", field.form_of(rest)), real=known > 0, argument=rest)
    return field.element(index)


def _in_the_strip(field: Field, rest: Element) -> Element | None:
    """u where the element is exp(u) and the imaginary part of u lies between -pi and pi, -pi left out."""
    n, d = rest
    if not d.is_one():
        return None
    used = field.used(n)
    if len(n) == 1 and n.leading_coefficient() == 1 and len(used) == 1:
        generator = field.generators[used[0]]
        if generator.kind == "exp" and generator.argument is not None:
            u = field.scaled(Fraction(int(n.degrees()[used[0]]), generator.part), generator.argument)
            return u if _within_strip(field, _height(field, u)) else None
    if len(n) == 2 and len(used) == 3:
        cosine = next((i for i in used if field.generators[i].kind == "cos"), None)
        sine = next((i for i in used if field.generators[i].kind == "sin"), None)
        i = field.index.get("I")
        if cosine is None or sine is None or i not in used:
            return None
        known, other = field.generators[cosine], field.generators[sine]
        angle = known.argument
        if angle is None or not known.real or (angle, known.part) != (other.argument, other.part):
            return None
        angle = field.scaled(Fraction(1, known.part), angle)
        for turned in (angle, field.neg(angle)):
            side = GENERATORS[i] * GENERATORS[sine] * (1 if turned is angle else -1)
            if n == GENERATORS[cosine] + side and _within_strip(field, field.form_of(turned)):
                return field.mul(imaginary(field), turned)
    return None


def _within_strip(field: Field, height: Form) -> bool:
    return field.oracle.positive(add(height, PI)) and field.oracle.nonnegative(sub(PI, height))


def _height(field: Field, u: Element) -> Form:
    """The imaginary part, of a sum term by term."""
    terms = []
    for c, m in split(field, u):
        if not field.is_real(m):
            terms.append(mul(num(c), fn("im", field.form_of(m))))
    return add(num(0), *terms)


def _without_signs(field: Field, rest: Element) -> Element | None:
    """log(|f|) where the rest is a product of absolute values s_f f with s_f = ±1."""
    if not rest.den.is_one():
        return None
    result = ZERO
    for i in field.used(rest.num):
        generator = field.generators[i]
        if generator.kind != "sign" or generator.argument is None:
            continue
        f = generator.argument.num
        absolute = field.element(i).num * f
        quotient, remainder = divmod(rest.num, absolute)
        if not remainder.is_zero():
            return None
        rest = Element(quotient, CONSTANT_ONE)
        result = field.add(result, _of_absolute(field, f))
    return result if rest.num.is_one() else None


def _of_positive(field: Field, f: Polynomial) -> Element:
    """log of a polynomial that is positive: of an exponential its exponent, of a root a part of the log."""
    v = Element(f, CONSTANT_ONE)
    index = single(field, v)
    if index is not None:
        generator = field.generators[index]
        if generator.kind == "exp" and generator.argument is not None:
            return field.scaled(Fraction(1, generator.part), generator.argument)
        if generator.kind == "root" and index in field.relations:
            degree, n, d = field.relations[index]
            return field.scaled(Fraction(1, degree), logarithm(field, Element(n, d)))
        if generator.kind == "lambert" and generator.argument is not None:
            return field.sub(logarithm(field, generator.argument), v)

    def form() -> Form:
        return fn("log", field.polynomial_form(f))

    return field.element(field.generator(("log", field.key(v)), "log", form, real=True, argument=v))


def _of_absolute(field: Field, f: Polynomial) -> Element:
    """log |f| for real f."""
    if f.leading_coefficient() < 0:
        f = -f
    form = fn("log", fn("Abs", field.polynomial_form(f)))
    return field.element(field.generator(("logabs", str(f)), "logabs", form, real=True))
