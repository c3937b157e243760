"""What SymPy's class names build that is no plain function: a table from the name to the form of its arguments."""

from __future__ import annotations

from collections.abc import Callable

from derive.meaning.errors import MeaningError
from derive.meaning.form import (
    INFINITIES,
    MINUS_ONE,
    ONE,
    Form,
    add,
    const,
    fn,
    free_variables,
    mul,
    num,
    power,
    quotient,
    sqrt,
)

__all__ = ["CONSTRUCTORS", "interval"]

LARGEST_MATRIX = 64


def _variable(form: Form) -> Form:
    if form.head != "var":
        raise MeaningError("a variable is expected")
    return form


def _rational(numerator: Form, denominator: Form = ONE) -> Form:
    if numerator.head != "num" or denominator.head != "num" or not denominator.value:
        raise MeaningError("Rational needs two numbers, the second not 0")
    return num(numerator.value / denominator.value)


def _logarithm(argument: Form, base: Form | None = None) -> Form:
    plain = fn("log", argument)
    return plain if base is None else quotient(plain, fn("log", base))


def _root(radicand: Form, index: Form) -> Form:
    return power(radicand, power(index, MINUS_ONE))


def _power(base: Form, exponent: Form) -> Form:
    return fn("exp", exponent) if base == const("E") else power(base, exponent)


def _derivative(body: Form, *variables: Form) -> Form:
    if not variables:
        raise MeaningError("the variable of the derivative is missing")
    orders: list[tuple[Form, Form]] = []
    for item in variables:
        if item.head == "num" and orders:
            name, _ = orders.pop()
            orders.append((name, item))
            continue
        name, order = item.args if item.head == "tuple" and len(item.args) == 2 else (item, ONE)
        if orders and orders[-1][0] == name:
            orders[-1] = (name, add(orders[-1][1], order))
        else:
            orders.append((_variable(name), order))
    for name, order in orders:
        body = Form("diff", (body, name, order))
    return body


def _iterated(head: str, *, may_be_unbounded: bool) -> Callable[..., Form]:
    def build(body: Form, *ranges: Form) -> Form:
        if not ranges:
            raise MeaningError("the variable is missing")
        for item in ranges:
            parts = item.args if item.head == "tuple" else (item,)
            if len(parts) != 3 and not (may_be_unbounded and len(parts) == 1):
                raise MeaningError("(variable, lower, upper) is expected")
            body = Form(head, (body, _variable(parts[0]), *parts[1:]))
        return body

    return build


def _limit(body: Form, variable: Form, point: Form, side: Form | None = None) -> Form:
    if point in INFINITIES:
        side = const("-" if point == INFINITIES[0] else "+")
    elif side is None:
        side = const("+")
    elif side.head != "const":
        raise MeaningError("the side of a limit is '+', '-' or '+-'")
    return Form("limit", (body, _variable(variable), point, side))


def _evaluated_at(body: Form, variables: Form, values: Form) -> Form:
    names = variables.args if variables.head == "tuple" else (variables,)
    points = values.args if values.head == "tuple" else (values,)
    if len(names) != len(points):
        raise MeaningError("as many values as variables are expected")
    for place, (name, point) in enumerate(zip(names, points, strict=True)):
        later = {_variable(n).name for n in names[place + 1 :]}
        if later & free_variables(point):
            raise MeaningError("the values of a simultaneous substitution use its variables")
        body = Form("subs", (body, _variable(name), point))
    return body


def interval(lower: Form, upper: Form, left_open: Form | bool = False, right_open: Form | bool = False) -> Form:
    """The interval form; an infinite end is always open."""
    left = left_open in (True, const("True")) or lower in INFINITIES
    right = right_open in (True, const("True")) or upper in INFINITIES
    return Form("interval", (lower, upper, const(str(left)), const(str(right))))


def _cases(*branches: Form) -> Form:
    if not branches or any(b.head != "tuple" or len(b.args) != 2 for b in branches):
        raise MeaningError("Piecewise takes (value, condition) pairs")
    return Form("cases", tuple(part for branch in branches for part in branch.args))


def _matrix(rows: Form, *rest: Form) -> Form:
    if rest or rows.head != "tuple" or not rows.args:
        raise MeaningError("Matrix takes one list of rows")
    lines = tuple(row.args if row.head == "tuple" else (row,) for row in rows.args)
    if len({len(line) for line in lines}) != 1 or not lines[0]:
        raise MeaningError("the rows of the matrix differ in length")
    if len(lines) * len(lines[0]) > LARGEST_MATRIX**2:
        raise MeaningError("the matrix is too large")
    return Form("matrix", tuple(Form("row", line) for line in lines))


def _identity_matrix(size: Form) -> Form:
    if size.head != "num" or size.value.denominator != 1 or not 0 < size.value <= LARGEST_MATRIX:
        raise MeaningError("the size of an identity matrix is a small number")
    n = int(size.value)
    return Form("matrix", tuple(Form("row", tuple(num(int(i == j)) for j in range(n))) for i in range(n)))


def _inverse(matrix: Form) -> Form:
    return power(matrix, MINUS_ONE)


def _statement(head: str, *, swapped: bool = False) -> Callable[[Form, Form], Form]:
    def build(left: Form, right: Form) -> Form:
        return Form(head, (right, left) if swapped else (left, right))

    return build


def _connective(head: str) -> Callable[..., Form]:
    def build(*statements: Form) -> Form:
        return statements[0] if len(statements) == 1 else Form(head, statements)

    return build


def _negation(statement: Form) -> Form:
    return Form("not", (statement,))


def _same(value: Form) -> Form:
    return value


def _indexed(base: Form, index: Form, *more: Form) -> Form:
    return Form("index", (base, index, *more))


def _items(head: str) -> Callable[..., Form]:
    return lambda *items: Form(head, items)


CONSTRUCTORS: dict[str, Callable[..., Form]] = {
    "Rational": _rational,
    "Integer": _same,
    "S": _same,
    "sympify": _same,
    "Add": add,
    "Mul": mul,
    "Pow": _power,
    "sqrt": sqrt,
    "cbrt": lambda radicand: power(radicand, num(1, 3)),
    "root": _root,
    "log": _logarithm,
    "Derivative": _derivative,
    "diff": _derivative,
    "Integral": _iterated("int", may_be_unbounded=True),
    "integrate": _iterated("int", may_be_unbounded=True),
    "Sum": _iterated("sum", may_be_unbounded=False),
    "summation": _iterated("sum", may_be_unbounded=False),
    "Product": _iterated("prod", may_be_unbounded=False),
    "product": _iterated("prod", may_be_unbounded=False),
    "Limit": _limit,
    "limit": _limit,
    "Subs": _evaluated_at,
    "Piecewise": _cases,
    "Interval": interval,
    "Interval.open": lambda lower, upper: interval(lower, upper, True, True),
    "Interval.Lopen": lambda lower, upper: interval(lower, upper, True, False),
    "Interval.Ropen": lambda lower, upper: interval(lower, upper, False, True),
    "FiniteSet": _items("set"),
    "Union": _items("union"),
    "Matrix": _matrix,
    "ImmutableMatrix": _matrix,
    "eye": _identity_matrix,
    "Inverse": _inverse,
    "Indexed": _indexed,
    "Tuple": _items("tuple"),
    "Eq": _statement("eq"),
    "Equality": _statement("eq"),
    "Ne": _statement("ne"),
    "Unequality": _statement("ne"),
    "Lt": _statement("lt"),
    "Le": _statement("le"),
    "Gt": _statement("lt", swapped=True),
    "Ge": _statement("le", swapped=True),
    "Implies": _statement("implies"),
    "Equivalent": _statement("iff"),
    "Contains": _statement("in"),
    "And": _connective("and"),
    "Or": _connective("or"),
    "Not": _negation,
}
"""By name; each raises TypeError at a wrong number of arguments and MeaningError at arguments of a wrong kind."""
