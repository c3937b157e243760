"""Matching a rule's pattern against notation, modulo order of sums and products, and filling in its replacement.

A single letter of a pattern stands for any term, except `e`; the letter `x` and the letter of a differential
stand for symbols only, and a letter at the head of a call for a function without a definition.
Matches come lazily, the most natural one first; in products of more than `MOST_FACTORS` factors a letter takes one
factor, or all that a condition allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from itertools import combinations, pairwise

from derive.engine.views import minus, same, terms
from derive.engine.writing import (
    ONE,
    E,
    Term,
    bare,
    bracketed,
    derivative,
    is_one,
    juxtaposed,
    negative,
    number_of,
    numeral,
    over,
    raised,
    runs_together,
    total,
)
from derive.notation.tree import (
    Call,
    Derivative,
    Differential,
    Fraction,
    Group,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Signed,
    Subscript,
    Sum,
    Symbol,
    Word,
    transform,
)

__all__ = ["Bindings", "bare_head", "factors_of", "fill", "matches", "put_in", "with_signs_out"]

Bindings = Mapping[str, Node]
Accepts = Callable[[str, Node, Bindings], bool]

MOST_FACTORS = 8
SIGN_OF_D = "d"
_VARIABLES = frozenset("x")


def matches(pattern: Node, node: Node, accepts: Accepts, known: Bindings | None = None) -> Iterator[Bindings]:
    """Every way to give the pattern's letters terms so that it is the node; `accepts` decides on each choice."""
    known = known or {}
    pattern, node = in_standard_form(bare(pattern)), in_standard_form(bare(node))
    match pattern:
        case Symbol(name) if _is_letter(pattern):
            yield from _bind(name, node, accepts, known)
        case Number():
            if number_of(pattern) == number_of(node):
                yield known
        case Sum(parts) if len(parts) == 1:
            if isinstance(node, Sum) and len(node.terms) == 1 and node.terms[0].sign == parts[0].sign:
                yield from matches(parts[0].term, node.terms[0].term, accepts, known)
        case Sum():
            if isinstance(node, Sum) and len(terms(node)) > 1:
                yield from _match_terms(list(terms(pattern)), list(terms(node)), accepts, known)
        case Product():
            if isinstance(node, Product):
                yield from _match_factors(list(factors_of(pattern)), list(factors_of(node)), accepts, known)
        case Derivative():
            yield from _match_derivative(pattern, node, accepts, known)
        case Call(Symbol(name), argument):
            if isinstance(node, Call) and isinstance(node.head, Symbol | Primed | Subscript):
                for found in _bind(name, node.head, accepts, known):
                    yield from matches(argument, node.argument, accepts, found)
        case _:
            yield from _match_fields(pattern, node, accepts, known)


def in_standard_form(node: Node) -> Node:
    """`\\sin^2 x` as a power of `\\sin x`, and `a / b` as a fraction: what the patterns are written in."""
    match node:
        case Call(Power(Word() as head, exponent), argument):
            value = number_of(exponent)
            return Power(Call(head, argument), exponent) if value is not None and value > 0 else node
        case Product(factors, operators) if operators.count("/") == 1 and number_of(node) is None:
            cut = operators.index("/") + 1
            if len(factors) - cut == 1:
                upper, lower = factors[:cut], factors[cut]
                above = upper[0] if cut == 1 else Product(upper, operators[: cut - 1])
                return Fraction(bare(above), bare(lower))
    return node


def _is_letter(node: Node) -> bool:
    return isinstance(node, Symbol) and len(node.name) == 1 and node != E


def _bind(name: str, node: Node, accepts: Accepts, known: Bindings) -> Iterator[Bindings]:
    if name in known:
        if same(known[name], node):
            yield known
    elif (name not in _VARIABLES or isinstance(node, Symbol | Subscript)) and accepts(name, node, known):
        yield {**known, name: node}


def _match_fields(pattern: Node, node: Node, accepts: Accepts, known: Bindings) -> Iterator[Bindings]:
    """Same kind of node, same marks, and its parts match one after the other."""
    if type(pattern) is not type(node):
        return
    pairs: list[tuple[Node, Node]] = []
    for field in fields(pattern):
        if field.name in ("span", "size") or (field.name == "command" and not _names(pattern)):
            continue
        ours, theirs = getattr(pattern, field.name), getattr(node, field.name)
        if isinstance(ours, Node) and isinstance(theirs, Node):
            pairs.append((ours, theirs))
        elif isinstance(ours, tuple) and all(isinstance(item, Node) for item in (*ours, *theirs)):
            if len(ours) != len(theirs):
                return
            pairs.extend(zip(ours, theirs, strict=True))
        elif ours != theirs:
            return
    found: list[Bindings] = [known]
    for ours, theirs in pairs:
        found = [more for one in found for more in matches(ours, theirs, accepts, one)]
    yield from found


def _names(pattern: Node) -> bool:
    """Whether the command of a node is its name (`\\sin`), not a way to write it (`\\dfrac`)."""
    return not isinstance(pattern, Fraction | Derivative)


def _match_derivative(pattern: Derivative, node: Node, accepts: Accepts, known: Bindings) -> Iterator[Bindings]:
    if not isinstance(node, Derivative) or node.body is None or pattern.body is None:
        return
    if len(node.variables) != 1 or node.order is not None or node.variables[0].order is not None:
        return
    known = {**known, SIGN_OF_D: Symbol(node.sign)}
    for found in matches(pattern.variables[0].variable, node.variables[0].variable, accepts, known):
        yield from matches(pattern.body, node.body, accepts, found)


def factors_of(node: Node) -> Iterator[Node]:
    """The factors of a product as they are written, products in brackets opened."""
    if isinstance(node, Product) and "/" not in node.operators:
        for factor in node.factors:
            yield from factors_of(bare(factor))
    else:
        yield node


def _match_factors(pattern: list[Node], factors: list[Node], accepts: Accepts, known: Bindings) -> Iterator[Bindings]:
    if len(pattern) > len(factors):
        return
    first, *others = pattern
    if not others:
        yield from matches(first, _side_by_side(factors), accepts, known)
        return
    for chosen in _choices(first, factors, len(factors) - len(others), accepts, known):
        taken = [factors[i] for i in chosen]
        rest = [f for i, f in enumerate(factors) if i not in chosen]
        for found in matches(first, _side_by_side(taken), accepts, known):
            yield from _match_factors(others, rest, accepts, found)


def _choices(
    first: Node, factors: list[Node], largest: int, accepts: Accepts, known: Bindings
) -> Iterator[tuple[int, ...]]:
    """The places of factors that a piece of a pattern may take: one, or for a letter several.

    Where a condition tells which factors a letter may stand for, it takes all of these first.
    """
    if isinstance(first, Symbol) and _is_letter(first):
        allowed = tuple(i for i, factor in enumerate(factors) if accepts(first.name, factor, known))
        if 0 < len(allowed) <= largest and len(allowed) < len(factors):
            yield allowed
    else:
        largest = 1
    for size in range(1, (largest if len(factors) <= MOST_FACTORS else 1) + 1):
        yield from combinations(range(len(factors)), size)


def _side_by_side(factors: list[Node]) -> Node:
    """Several factors as one product, sums among them in brackets."""
    return juxtaposed([bracketed(f) if isinstance(f, Sum) else f for f in factors])


def _match_terms(
    pattern: list[tuple[int, Node]], parts: list[tuple[int, Node]], accepts: Accepts, known: Bindings
) -> Iterator[Bindings]:
    if len(pattern) > len(parts):
        return
    (sign, first), *others = pattern
    if not others:
        whole = total((sign * s, t) for s, t in parts)
        if len(parts) == 1 and not _is_letter(first) and parts[0][0] != sign:
            return
        yield from matches(first, whole, accepts, known)
        return
    for i, (s, term) in enumerate(parts):
        if s != sign and (not _is_letter(first) or sign < 0):
            continue
        value = term if s == sign else negative(term)
        rest = parts[:i] + parts[i + 1 :]
        for found in matches(first, value, accepts, known):
            yield from _match_terms(others, rest, accepts, found)


# --- filling in --------------------------------------------------------------------------------------------


def fill(replacement: Node, bindings: Bindings) -> Node:
    """The replacement with its letters' terms put in, written as it stands; numbers in exponents are worked out."""
    match replacement:
        case Symbol(name) if _is_letter(replacement) and name in bindings:
            return bindings[name]
        case Sum():
            parts = ((-1 if p.sign == "-" else 1, fill(p.term, bindings)) for p in replacement.terms)
            filled = total(_sign_outside(sign, part) for sign, part in parts)
            return minus(filled, Number("0")) if all(number_of(t) is not None for _, t in terms(filled)) else filled
        case Product(factors, operators):
            return put_in([fill(factor, bindings) for factor in factors], operators)
        case Fraction(upper, lower):
            return over(fill(upper, bindings), fill(lower, bindings))
        case Power(base, exponent):
            return raised(fill(base, bindings), fill(exponent, bindings))
        case Group(body) if bare(replacement) is not replacement:
            return bracketed(fill(body, bindings))
        case Derivative(body, (variable,)) if body is not None:
            sign = bindings.get(SIGN_OF_D, Symbol(replacement.sign))
            d = sign.name if isinstance(sign, Symbol) else replacement.sign
            inner = bare(fill(body, bindings))
            if isinstance(inner, Sum | Product | Fraction | Derivative):
                inner = bracketed(inner)
            return Derivative(inner, (Differential(fill(variable.variable, bindings), d),), d)
        case Call(head, argument):
            return _call(fill(head, bindings), bare(fill(bare(argument), bindings)))
    return transform(replacement, lambda child: fill(child, bindings))


def _sign_outside(sign: int, part: Node) -> Term:
    """`\\frac{d}{dx} (-v)` in a sum as `-\\frac{d}{dx} v`."""
    body = bare(part.body) if isinstance(part, Derivative) and part.body is not None else None
    if isinstance(part, Derivative) and isinstance(body, Sum) and len(body.terms) == 1 and body.terms[0].sign == "-":
        inner = body.terms[0].term
        return -sign, derivative(inner, part.variables[0].variable, part.sign)
    return sign, part


def _call(head: Node, argument: Node) -> Node:
    if isinstance(head, Primed) and isinstance(head.base, Primed):
        head = Primed(head.base.base, head.count + head.base.count)
    named = not isinstance(bare_head(head), Symbol)
    plain = named and isinstance(argument, Symbol | Number | Subscript)
    return Call(head, argument if plain else bracketed(argument))


def bare_head(head: Node) -> Node:
    """The name at the head of a call, without its powers, primes and subscripts."""
    while isinstance(head, Power | Primed | Subscript):
        head = head.base
    return head


def put_in(factors: list[Node], operators: tuple[str, ...]) -> Node:
    """Factors joined as a rule writes them: the first one's sign in front, brackets around sums, products opened."""
    sign, flat, joins = 1, list[Node](), list[str]()
    for place, factor in enumerate(factors):
        body = _stacked(bare(factor))
        if place == 0 and isinstance(body, Sum) and len(body.terms) == 1 and body.terms[0].sign == "-":
            sign, body = -1, bare(body.terms[0].term)
        inner, inner_joins = _opened(body)
        if flat:
            joins.append(operators[place - 1])
        flat.extend(inner)
        joins.extend(inner_joins)
    pairs = zip(joins, pairwise(flat), strict=True)
    joins = [sign or ("\\cdot" if runs_together(left, right) else "") for sign, (left, right) in pairs]
    result = bare(flat[0]) if len(flat) == 1 else Product(tuple(flat), tuple(joins))
    return Sum((Signed("-", result),)) if sign < 0 else result


def _opened(node: Node) -> tuple[list[Node], list[str]]:
    """The factors of a product, products in brackets opened, and the signs between them; sums in brackets."""
    body = bare(node)
    if not isinstance(body, Product) or "/" in body.operators:
        return [bracketed(body) if isinstance(body, Sum) else body], []
    factors, joins = _opened(body.factors[0])
    for operator, factor in zip(body.operators, body.factors[1:], strict=True):
        more, more_joins = _opened(factor)
        factors += more
        joins += [operator, *more_joins]
    return factors, joins


def _stacked(node: Node) -> Node:
    """A number written `1/2` as a fraction, so that it can stand before other factors."""
    value = number_of(node)
    return numeral(value) if value is not None and value.denominator != 1 else node


def with_signs_out(factors: list[Node], operators: tuple[str, ...]) -> Node:
    """The same without factors that are one: `-1 \\cdot u` becomes `-u`."""
    kept = [i for i, factor in enumerate(factors) if not is_one(factor)]
    if not kept:
        return ONE
    return put_in([factors[i] for i in kept], tuple(operators[i - 1] for i in kept[1:]))
