"""Functions applied: known ones with powers, inverses and bases, declared and undefined ones with primes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.meaning import form as forms
from derive.meaning.form import Form, fn, free_variables, num, opaque, quotient, var
from derive.meaning.form import call as undefined
from derive.meaning.functions import ARITY, undefined_name
from derive.meaning.interpret.letters import is_open, named
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.names import name_of, primed_name
from derive.notation.tree import (
    Call,
    Conditional,
    Derivative,
    Group,
    Listing,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Word,
)

__all__ = ["KNOWN", "call", "primed"]

KNOWN: dict[str, str] = {name: name for name in (*ARITY, "sqrt")} | {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arccot": "acot", "arcsec": "asec",
    "arccsc": "acsc", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "arcoth": "acoth",
    "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh", "sgn": "sign", "abs": "Abs", "max": "Max",
    "min": "Min", "Re": "re", "Im": "im", "tr": "trace", "Tr": "trace", "ceil": "ceiling", "cosec": "csc",
}  # fmt: skip
"""Words that name a function wherever they stand, and the function."""

_LETTERS = {"\\Gamma": "gamma", "\\zeta": "zeta", "\\Re": "re", "\\Im": "im"}
_INVERSES = {
    "sin": "asin", "cos": "acos", "tan": "atan", "cot": "acot", "sec": "asec", "csc": "acsc", "sinh": "asinh",
    "cosh": "acosh", "tanh": "atanh", "coth": "acoth", "sech": "asech", "csch": "acsch",
}  # fmt: skip
OPERATORS = frozenset({
    "E", "P", "Pr", "Var", "Cov", "Corr", "Std", "SD", "Bias", "MSE", "KL", "JS", "E_bb", "P_bb", "H_bb", "I_bb",
    "V_bb", "L_cal", "F_cal", "Z_cal", "N_cal", "O_cal", "O", "o", "rank", "dim", "span", "diag", "vec", "softmax",
    "argmax", "argmin", "ROC", "supp", "var", "cov", "corr",
})  # fmt: skip
"""Heads that are applied to random quantities, events, signals or arrays, unless the page gives their parameters."""

_NOT_VALUES = frozenset({"eq", "ne", "lt", "le", "in", "and", "or", "not", "tuple", "set"})
MOST_PRIMES = 20


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a call taken apart: what is applied, its exponent, its derivative's order, its lower index."""

    node: Node
    known: str | None
    name: str | None = None
    exponent: Node | None = None
    order: int = 0
    base: Node | None = None


def call(node: Call, reading: Reading) -> Form:
    _refuse_range(node)
    head = _taken_apart(node.head, reading)
    arguments = _arguments(node.argument, reading)
    if reading.lexicon.primes_are_quantities and head.known is None:
        arguments = _at_point(str(head.name), arguments, reading)
    if _is_opaque(head, arguments, reading):
        return opaque(str(head.name), *arguments)
    if head.order:
        return _derivative(head, arguments, reading)
    if head.known is not None:
        return _raised(_known(head, arguments, node), head, arguments, reading)
    if head.exponent is not None:
        raise problem("a power of a function may be a power of its value or the function repeated", node)
    return _unknown(head, arguments)


def _refuse_range(node: Call) -> None:
    """`B_k(k = 1, 2)`: the bracket says which k there are, and is no argument."""
    if isinstance(node.head, Subscript) and isinstance(node.argument, Group):
        body = node.argument.body
        first = body.items[0] if isinstance(body, Listing) and body.items else body
        if isinstance(first, Relation) and first.first in (node.head.index, *_items(node.head.index)):
            raise problem("the bracket gives the values of an index", node.argument)


def _items(index: Node) -> tuple[Node, ...]:
    return index.items if isinstance(index, Listing) else index.factors if isinstance(index, Product) else ()


def _is_opaque(head: _Head, arguments: tuple[Form, ...], reading: Reading) -> bool:
    """Expectations, probabilities and their kin: operators that no calculation on values can unfold."""
    if head.known is not None or head.order or head.exponent is not None:
        return False
    if isinstance(head.node, Word) and head.node.text in reading.lexicon.operators:
        return True
    parameters = reading.lexicon.parameters(str(head.name))
    if head.name in OPERATORS and not parameters:
        return True
    return any(argument.head in _NOT_VALUES or argument.args[:1] == ("given",) for argument in arguments)


def _at_point(name: str, arguments: tuple[Form, ...], reading: Reading) -> tuple[Form, ...]:
    """`x(t = 0)` is x at 0, where x is a function of t, or of nothing that is known and no operator."""
    if len(arguments) != 1 or arguments[0].head != "eq" or arguments[0].args[0].head != "var" or name in OPERATORS:
        return arguments
    variable, value = arguments[0].parts
    parameters = reading.lexicon.parameters(name) or reading.lexicon.dependence(name)
    return (value,) if not parameters or parameters == (variable.name,) else arguments


def _taken_apart(node: Node, reading: Reading) -> _Head:
    if isinstance(node, Primed):
        inner = _taken_apart(node.base, reading)
        if node.count > MOST_PRIMES:
            raise problem("too many primes", node)
        return replace(inner, order=inner.order + node.count)
    if isinstance(node, Power) and name_of(node) is None:
        return _with_exponent(node, _taken_apart(node.base, reading))
    if isinstance(node, Derivative):
        return _leibniz(node)
    if isinstance(node, Subscript) and _known_name(node.base, reading) == "log":
        return _Head(node, "log", base=node.index)
    if isinstance(node, Group) and node.left == "(":
        return _taken_apart(node.body, reading)
    known = _known_name(node, reading)
    name = name_of(node)
    if known is None and name is None:
        raise problem("what is applied here is no function's name", node)
    return _Head(node, known, name)


def _leibniz(node: Derivative) -> _Head:
    """`\\frac{df}{dx}` with a bracket after it: the derivative of f at what stands there."""
    body = node.body
    name = None if body is None else name_of(body)
    order = node.order.text if isinstance(node.order, Number) else "1" if node.order is None else ""
    if name is None or len(node.variables) != 1 or not order.isdigit() or int(order) > MOST_PRIMES:
        raise problem("what is applied here is no function's name", node)
    return _Head(node, None, name, order=int(order))


def _with_exponent(node: Power, head: _Head) -> _Head:
    exponent = node.exponent
    if isinstance(exponent, Group) and exponent.left == "(" and isinstance(exponent.body, Number):
        order = exponent.body.text
        if order.isdigit() and 0 < int(order) <= MOST_PRIMES:
            return replace(head, order=head.order + int(order))
        raise problem("the order of a derivative is a small number", exponent)
    if head.exponent is not None:
        raise problem("two exponents on one function", node)
    return replace(head, exponent=exponent)


def _known_name(node: Node, reading: Reading) -> str | None:
    """The function a head names by itself; names the page declares are the page's."""
    name = name_of(node)
    if name is not None and (reading.lexicon.parameters(name) is not None or name in reading.lexicon.variables):
        return None
    if isinstance(node, Word):
        return KNOWN.get(node.text.strip() or node.command.lstrip("\\"))
    if isinstance(node, Styled):
        return None
    return _LETTERS.get(node.name) if isinstance(node, Symbol) else None


def _arguments(node: Node, reading: Reading) -> tuple[Form, ...]:
    body = node
    if isinstance(node, Group) and node.left in ("(", "[", "\\{", "\\lbrack", "\\lbrace"):
        body = node.body
    if isinstance(body, Conditional):
        return (opaque("given", reading.form(body.left), reading.form(body.right)),)
    if isinstance(body, Listing):
        if set(body.separators) - {","}:
            raise problem("arguments are separated by commas", body)
        return tuple(reading.form(item) for item in body.items)
    return (reading.form(body),)


def _known(head: _Head, arguments: tuple[Form, ...], node: Node) -> Form:
    name = str(head.known)
    if name == "sqrt" and len(arguments) == 1:
        return forms.sqrt(arguments[0])
    if name == "log" and len(arguments) == 2:
        return quotient(fn("log", arguments[0]), fn("log", arguments[1]))
    least, most = ARITY[name]
    if not least <= len(arguments) <= most:
        raise problem(f"{name} does not take {len(arguments)} arguments", node)
    return fn(name, *arguments)


def _raised(value: Form, head: _Head, arguments: tuple[Form, ...], reading: Reading) -> Form:
    """`\\log_2 x`, `\\sin^2 x` and `\\sin^{-1} x` from the plain application."""
    if head.base is not None:
        base = reading.form(head.base)
        value = quotient(value, fn("log", base))
    if head.exponent is None:
        return value
    exponent = reading.form(head.exponent)
    if exponent == num(-1) or _is_minus_one(head.exponent):
        inverse = _INVERSES.get(str(head.known))
        if inverse is None:
            raise problem("the exponent -1 may be an inverse or a reciprocal", head.exponent)
        return fn(inverse, *arguments)
    if exponent.head == "num" and (exponent.value < 0 or exponent.value.denominator != 1):
        raise problem("this exponent on a function has no settled meaning", head.exponent)
    return forms.power(value, exponent)


def _is_minus_one(node: Node) -> bool:
    return isinstance(node, Sum) and len(node.terms) == 1 and node.terms[0].term == Number("1")


def _unknown(head: _Head, arguments: tuple[Form, ...]) -> Form:
    return undefined(undefined_name(str(head.name)), *arguments)


def _derivative(head: _Head, arguments: tuple[Form, ...], reading: Reading) -> Form:
    """`f'(x)`: the derivative of f at what stands in the brackets."""
    if len(arguments) != 1:
        raise problem("a prime on a function of several variables does not say by which", head.node)
    if head.exponent is not None or head.base is not None:
        raise problem("a prime and an exponent on one function", head.node)
    argument = arguments[0]
    if argument.head == "var":
        applied = _applied(head, argument, reading)
        return Form("diff", (applied, argument, num(head.order)))
    letter = var(_letter_for(head, argument, reading))
    derived = Form("diff", (_applied(head, letter, reading), letter, num(head.order)))
    return Form("subs", (derived, letter, argument))


def _applied(head: _Head, argument: Form, reading: Reading) -> Form:
    return _known(head, (argument,), head.node) if head.known else _unknown(head, (argument,))


def _letter_for(head: _Head, argument: Form, reading: Reading) -> str:
    parameters = reading.lexicon.parameters(str(head.name)) or ("x",)
    taken = free_variables(argument)
    return next(name for name in (*parameters, "x", "t", "u", "v", "s", "x_") if name not in taken)


def primed(node: Primed, reading: Reading) -> Form:
    """`y'` where y is known as a function of one variable, `f'` where f is declared with one parameter.

    Of a letter about which nothing is known it is a quantity of its own: whatever it is, sums and products of it hold.
    """
    name = name_of(node.base)
    lexicon = reading.lexicon
    if name is None:
        raise problem("the prime of an expression has no meaning that the page says", node)
    own = primed_name(node)
    if own is not None and own in reading.bound:
        return var(own)
    parameters = lexicon.parameters(name) or lexicon.dependence(name)
    if parameters is None and is_open(name, lexicon) and (own := primed_name(node)):
        return var(own)
    if parameters is None or len(parameters) != 1:
        raise problem(f"{name}' may be a derivative or another quantity: the page does not say which", node)
    body = named(name, node, reading) if lexicon.dependence(name) else undefined(name, var(parameters[0]))
    return Form("diff", (body, var(parameters[0]), num(node.count)))
