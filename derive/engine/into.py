"""Writing a term by means of a declared function: `\\frac{e^{-x}}{(1 + e^{-x})^2}` as `\\sigma(x) (1 - \\sigma(x))`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction as Rational
from itertools import product as every

from derive.engine.errors import EngineError
from derive.engine.fractions import together
from derive.engine.lines import Lines
from derive.engine.match import Bindings, matches, put_in
from derive.engine.moves import sides
from derive.engine.tidy import tidy
from derive.engine.views import Monomial, free_of, key, like_terms, merged, monomial, terms, written
from derive.engine.writing import ONE, E, bare, bracketed, negative, number_of, numeral, raised, total
from derive.model.derivation import Derivation
from derive.notation.printer import latex
from derive.notation.tree import Call, Fraction, Node, Power, Relation, Sum, Symbol, transform, walk

__all__ = ["Expression", "companion", "express"]

LARGEST_POWER = 4
MOST_ARGUMENTS = 6


@dataclass(frozen=True, slots=True)
class Expression:
    """A term written by a function: the derivation, and one for each companion (`1 - f(x) = ...`) it uses."""

    derivation: Derivation
    companions: tuple[Derivation, ...]


@dataclass(frozen=True, slots=True)
class Companion:
    """A simple term in the function and its closed form as a product of powers."""

    notation: Node
    closed: Monomial
    derivation: Derivation


def express(term: Node, definition: Node, *, title: str = "") -> Expression:
    """The steps from a term to a product of powers of a declared function f and its companions (1 - f, 1 + f, ...).

    `definition` is an equation `f(x) = ...`.  Raises EngineError where it is no definition or the term is no such
    product.
    """
    head, variable, body = _read_definition(definition)
    for argument in _arguments(body, variable, term):
        call = Call(head, bracketed(argument))
        closed = _put_in(body, variable, argument)
        for exact in (True, False):
            for target, before in _variants(term):
                found = _companions(call, closed, target, definition)
                powers = _powers_of(target, found, exact)
                if powers is not None:
                    return _expression(term, before, powers, definition, title)
    raise EngineError(
        f"{latex(term)} is no product of powers of {latex(Call(head, bracketed(variable)))} and its companions"
    )


def companion(term: Node, definition: Node, *, title: str = "") -> Derivation:
    """The steps from a term in a declared function (`1 - f(x)`) to its closed form as one fraction."""
    head, variable, body = _read_definition(definition)

    def opened(node: Node) -> Node:
        if isinstance(node, Call) and node.head == head:
            value = _put_in(body, variable, bare(node.argument))
            return bracketed(value) if isinstance(value, Sum) else value
        inner = transform(node, opened)
        return raised(inner.base, inner.exponent) if isinstance(inner, Power) and inner is not node else inner

    lines = Lines(term)
    lines.add(opened(term), ("functions.definition",))
    if not together(lines):
        result = tidy(lines.current)
        if result.laws:
            lines.add(result.node, result.laws, result.owes)
    return lines.derivation(title or f"Closed form of {latex(term)}", (definition,))


def _read_definition(definition: Node) -> tuple[Node, Node, Node]:
    pair = sides(definition)
    if pair is not None and isinstance(definition, Relation):
        match pair:
            case Call(head, argument), body if isinstance(bare(argument), Symbol):
                return head, bare(argument), body
    raise EngineError(f"{latex(definition)} does not define a function of one variable")


def _put_in(body: Node, variable: Node, argument: Node) -> Node:
    """The body with the argument for the variable, signs and brackets in order."""

    def change(node: Node) -> Node:
        if node == variable:
            return bracketed(argument) if isinstance(argument, Sum) else argument
        return transform(node, change)

    return body if argument == variable else tidy(change(body), order=False).node


# --- arguments ---------------------------------------------------------------------------------------------


def _arguments(body: Node, variable: Node, term: Node) -> Iterator[Node]:
    """What the function may be applied to: its own variable, then what makes a piece of its body one of the term."""
    yield variable
    letter = next(Symbol(name) for name in "uvwzs" if free_of(body, Symbol(name)))
    general = _put_in(body, variable, letter)
    pieces = [piece for piece in walk(general) if not free_of(piece, letter) and piece != letter]
    pieces.sort(key=lambda piece: sum(1 for _ in walk(piece)))
    seen = {key(variable)}
    for piece in pieces[:MOST_ARGUMENTS]:
        for candidate in walk(term):
            if type(candidate) is not type(piece):
                continue
            for found in matches(piece, candidate, _anything):
                argument = found.get(letter.name)
                if argument is not None and key(argument) not in seen and len(seen) < MOST_ARGUMENTS:
                    seen.add(key(argument))
                    yield bare(argument)


def _anything(letter: str, node: Node, known: Bindings) -> bool:
    return True


# --- companions --------------------------------------------------------------------------------------------


def _companions(call: Node, closed: Node, target: Monomial, definition: Node) -> tuple[Companion, ...]:
    """The function, then one minus it, one plus it and the like, with their closed forms."""
    square = raised(call, numeral(2))
    notations = (
        call,
        total([(1, ONE), (-1, call)]),
        total([(1, ONE), (1, call)]),
        total([(1, call), (-1, ONE)]),
        *_linear_companions(call, closed, target),
        total([(1, ONE), (-1, square)]),
        total([(1, ONE), (1, square)]),
        total([(1, square), (-1, ONE)]),
    )
    found = []
    for notation in dict.fromkeys(notations):
        derivation = companion(notation, definition)
        result = closed if notation == call else derivation.result
        product = merged(monomial(result))
        if product.coefficient and product.powers:
            found.append(Companion(notation, product, derivation))
    return tuple(found)


def _linear_companions(call: Node, closed: Node, target: Monomial) -> Iterator[Node]:
    """`a + b f` with numbers a, b, where that makes a factor of the target: with f = N/D, a factor a D + b N."""
    body = bare(closed)
    if not isinstance(body, Fraction):
        return
    for base, exponent in target.powers:
        for factor in (base, raised(base, exponent)):
            numbers = _combination(factor, body.denominator, body.numerator)
            if numbers is not None and all(numbers):
                parts = [(numbers[0], Monomial(Rational(1))), (numbers[1], Monomial(Rational(1), ((call, ONE),)))]
                parts.sort(key=lambda part: part[0] < 0)
                yield total((1, written(Monomial(n, m.powers))) for n, m in parts)


def _combination(goal: Node, first: Node, second: Node) -> tuple[Rational, Rational] | None:
    """Numbers a, b with goal = a first + b second as sums of terms, None where there are none."""
    g, p, q = (_counts(node) for node in (goal, first, second))
    names = sorted({*g, *p, *q})
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            size = p.get(one, 0) * q.get(other, 0) - p.get(other, 0) * q.get(one, 0)
            if not size:
                continue
            a = Rational(g.get(one, 0) * q.get(other, 0) - g.get(other, 0) * q.get(one, 0)) / size
            b = Rational(p.get(one, 0) * g.get(other, 0) - p.get(other, 0) * g.get(one, 0)) / size
            fits = all(a * p.get(n, 0) + b * q.get(n, 0) == g.get(n, 0) for n in names)
            return (a, b) if fits else None
    return None


def _counts(node: Node) -> dict[str, Rational]:
    return {key(written(product)): count for count, product in like_terms(node)}


def _vector(product: Monomial) -> dict[str, Rational] | None:
    """Exponents by base; an exponential counts by each term of its exponent."""
    found: dict[str, Rational] = {}
    for base, exponent in product.powers:
        value = number_of(exponent)
        if value is not None and base != E:
            found[key(base)] = found.get(key(base), Rational(0)) + value
            continue
        for sign, part in terms(exponent):
            inner = monomial(part)
            name = f"{key(base)}^{key(written(Monomial(Rational(1), inner.powers)))}"
            found[name] = found.get(name, Rational(0)) + sign * inner.coefficient
    return {name: count for name, count in found.items() if count}


def _powers_of(target: Monomial, companions: tuple[Companion, ...], exact: bool) -> list[tuple[Companion, int]] | None:
    """Whole powers of at most two companions whose product is the target.

    What is left must be a number when `exact`, otherwise letters to positive powers.
    """
    goal = _vector(target)
    if not goal:
        return None
    function, *others = companions
    choices: list[tuple[Companion, ...]] = [(function,), *((function, other) for other in others)]
    choices += [(other,) for other in others]
    small = sorted(range(-LARGEST_POWER, LARGEST_POWER + 1), key=lambda n: (abs(n), -n))
    for choice in choices:
        vectors = [_vector(c.closed) or {} for c in choice]
        for powers in every(small, repeat=len(choice)):
            if 0 in powers:
                continue
            reached: dict[str, Rational] = {}
            for vector, n in zip(vectors, powers, strict=True):
                for name, count in vector.items():
                    reached[name] = reached.get(name, Rational(0)) + n * count
            rest = {name: goal.get(name, Rational(0)) - reached.get(name, Rational(0)) for name in {*goal, *reached}}
            if all(count == 0 or (not exact and count > 0 and name.isalpha()) for name, count in rest.items()):
                return list(zip(choice, powers, strict=True))
    return None


# --- forms of the term -------------------------------------------------------------------------------------


def _variants(term: Node) -> Iterator[tuple[Monomial, tuple[Node, ...]]]:
    """The term as a product, and again with powers of e taken out of the sums in it; with the lines that lead there."""
    tidied = tidy(term).node
    product = merged(monomial(tidied))
    first = (tidied,) if tidied != term else ()
    yield product, first
    for sign in (1, -1):
        rest = Monomial(product.coefficient)
        for base, exponent in product.powers:
            taken = _taken_out(base, exponent, sign)
            rest = rest * (taken if taken is not None else Monomial(Rational(1), ((base, exponent),)))
        changed = merged(rest)
        line = written(changed)
        if line != tidied:
            yield changed, (*first, line)


def _taken_out(base: Node, exponent: Node, sign: int) -> Monomial | None:
    """`(1 + e^x)^n` as `e^{n x} (1 + e^{-x})^n`; with sign -1 only exponentials with a minus sign are taken out."""
    value = number_of(exponent)
    if not isinstance(base, Sum) or value is None or value.denominator != 1:
        return None
    for _, part in terms(base):
        product = monomial(part)
        powers = [(b, e) for b, e in product.powers if b == E and number_of(e) is None]
        if len(powers) == 1 and (terms(powers[0][1])[0][0] > 0) == (sign > 0):
            factor = Monomial(Rational(1), (powers[0],)).to_the(-1)
            inner = total((s, written(merged(monomial(t) * factor))) for s, t in reversed(terms(base)))
            back = Monomial(Rational(1), (powers[0],)).to_the(int(value))
            return back * Monomial(Rational(1), ((bare(inner), exponent),))
    return None


# --- lines -------------------------------------------------------------------------------------------------


def _expression(
    term: Node, before: tuple[Node, ...], powers: list[tuple[Companion, int]], definition: Node, title: str
) -> Expression:
    lines = Lines(term)
    for line in before:
        lines.add(line, ("algebra.reduce_by",))
    closed, named = [], []
    rest = monomial(lines.current)
    for member, n in powers:
        closed.append(raised(written(member.closed), numeral(n)))
        named.append(raised(member.notation, numeral(n)))
        rest = rest * member.closed.to_the(-n)
    left_over = merged(rest)
    lines.add(_product(left_over, closed), ("algebra.split_product",))
    lines.add(_product(left_over, named), ("functions.recognise",))
    used = tuple(member.derivation for member, _ in powers if not isinstance(member.notation, Call))
    name = title or f"{latex(term)} by means of the function"
    return Expression(lines.derivation(name, (definition,)), used)


def _product(front: Monomial, factors: list[Node]) -> Node:
    """Factors joined by dots, what is left of the term first and its sign in front."""
    shown = [bracketed(f) if isinstance(f, Sum) else f for f in factors]
    rest = written(Monomial(abs(front.coefficient), front.powers))
    factors = shown if rest == ONE else [rest, *shown]
    result = put_in(factors, ("\\cdot",) * (len(factors) - 1))
    return result if front.coefficient > 0 else negative(result)
