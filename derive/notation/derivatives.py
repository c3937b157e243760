"""Derivatives, written as operators `\\frac{d}{dx}` and as quotients `\\frac{dy}{dx}`."""

from __future__ import annotations

from dataclasses import replace

from derive.notation.arithmetic import FRACTIONS, begins_factor, read_fraction
from derive.notation.cursor import Infix, Power, Reader, visible
from derive.notation.differentials import (
    PLAIN_SIGNS,
    VARIABLE_COMMANDS,
    print_order,
    print_variable,
    read_order,
    read_sign,
    read_variable,
    sign_length,
)
from derive.notation.juxtaposition import begins_with_group
from derive.notation.printing import Level, Print, Printer, bracketed, level, spaced
from derive.notation.symbols import PRODUCT_SIGNS, SIZES
from derive.notation.tokens import Token
from derive.notation.tree import (
    Call,
    Derivative,
    Differential,
    Fraction,
    Group,
    Node,
    Number,
    Product,
    Span,
    Styled,
    Symbol,
)
from derive.notation.tree import Power as Raised


def read_quotient(reader: Reader, token: Token) -> Node:
    """`\\frac{d}{dx}`, `\\frac{d^2 y}{dx^2}`, or a fraction like any other."""
    if not _is_derivative(reader):
        return read_fraction(reader, token)
    reader.index += 2
    sign = read_sign(reader)
    order = read_order(reader)
    body: Node | None = None
    form = "operator"
    if reader.token.text != "}":
        body, form = reader.enclosed("{", Power.RELATION), "quotient"
    reader.expect("}")
    variables = _denominator(reader, order is not None)
    derivative = Derivative(body, variables, sign, order, form, token.text, span=reader.span(token.start))
    return read_derived(reader, derivative)


def read_derived(reader: Reader, operator: Derivative) -> Node:
    """An operator d/dx with what it is applied to; a derivative that is whole already as it is."""
    if operator.form == "quotient" or (body := _derived(reader)) is None:
        return operator
    return replace(operator, body=body, span=reader.since(operator))


def read_physics(reader: Reader, token: Token) -> Node:
    """`\\dv{f}{x}`, `\\dv[2]{f}{x}`, `\\dv{x}` and `\\pdv{f}{x}{y}` of the physics package, as derivatives like any."""
    reader.next()
    sign = "d" if token.text == "\\dv" else "\\partial"
    order: Node | None = None
    if reader.token.text == "[":
        opened = reader.next()
        order = reader.enclosed("[")
        reader.expect("]", opened)
    parts = [reader.argument()]
    while reader.token.text == "{" and len(parts) < (2 if sign == "d" else 3):
        parts.append(reader.braced())
    body = parts.pop(0) if len(parts) > 1 else None
    if len(parts) > 1:
        order = Number(str(len(parts)))
    of_each = order if len(parts) == 1 else None
    variables = tuple(Differential(part, sign, of_each, span=part.span) for part in parts)
    form = "operator" if body is None else "quotient"
    derivative = Derivative(body, variables, sign, order, form, span=reader.span(token.start))
    return read_derived(reader, derivative)


def read_over(reader: Reader, left: Node) -> Node:
    """`{a \\over b}` and `{dy \\over dx}`: all before the command over all after it."""
    reader.next()
    left, right = visible(left), visible(reader.expression(Power.OVER))
    span = reader.since(left)
    return _derivative_of(left, right, span) or Fraction(left, right, span=span)


def _derivative_of(upper: Node, lower: Node, span: Span) -> Derivative | None:
    """The derivative that a fraction of differentials is, None where it is none."""
    order, body = None, None
    if isinstance(upper, Differential):
        sign, order, body = upper.sign, upper.order, upper.variable
    else:
        operator = upper
        if isinstance(upper, Raised):
            operator, order = upper.base, upper.exponent
        sign = operator.name if isinstance(operator, Symbol) else ""
        if isinstance(operator, Styled) and operator.body == Symbol("d"):
            sign = f"{operator.command}{{d}}"
        if sign not in PLAIN_SIGNS and not isinstance(operator, Styled):
            return None
    factors = lower.factors if isinstance(lower, Product) and not any(lower.operators) else (lower,)
    if sign == "d" and body is None:
        factors = _paired(factors)
    variables: list[Differential] = []
    for factor in factors:
        base = factor.base if isinstance(factor, Raised) else factor
        if isinstance(base, Group) and isinstance(factor, Raised):
            base = base.body
        if not isinstance(base, Differential) or base.order is not None or not sign:
            return None
        variables.append(replace(base, order=factor.exponent) if isinstance(factor, Raised) else base)
    return Derivative(body, tuple(variables), sign, order, "operator" if body is None else "quotient", span=span)


def _paired(factors: tuple[Node, ...]) -> tuple[Node, ...]:
    """The factors `d`, `x`, which under a lone d are the differential dx."""
    if len(factors) % 2 or any(factor != Symbol("d") for factor in factors[::2]):
        return factors
    paired: list[Node] = []
    for variable in factors[1::2]:
        base = variable.base if isinstance(variable, Raised) else variable
        one = Differential(base, "d", None, span=variable.span)
        paired.append(replace(variable, base=one) if isinstance(variable, Raised) else one)
    return tuple(paired)


def _is_derivative(reader: Reader) -> bool:
    """Whether both parts of the fraction begin with a d, the upper one alone, with a power or before an operand."""
    tokens, place = reader.tokens, reader.index + 1
    if tokens[place].text != "{":
        return False
    upper = sign_length(reader, place + 1)
    if not upper:
        return False
    after = place + 1 + upper
    if tokens[after].text == "^":
        after = _after_argument(reader, after + 1)
    if tokens[after].text != "}" and not _starts_derived(reader, after):
        return False
    closing = _closing(reader, place)
    if closing is None or tokens[closing + 1].text != "{":
        return False
    lower = sign_length(reader, closing + 2)
    if not lower:
        return False
    variable = tokens[closing + 2 + lower]
    named = variable.kind in ("letter", "text") or variable.text in VARIABLE_COMMANDS
    return named or variable.text in ("(", "{")


def _starts_derived(reader: Reader, place: int) -> bool:
    token = reader.tokens[place]
    return reader.starts_operand(token) and token.text not in PRODUCT_SIGNS


def _after_argument(reader: Reader, place: int) -> int:
    if reader.tokens[place].text != "{":
        return place + 1
    closing = _closing(reader, place)
    return place + 1 if closing is None else closing + 1


def _closing(reader: Reader, place: int) -> int | None:
    depth = 0
    for index in range(place, len(reader.tokens)):
        depth += {"{": 1, "}": -1}.get(reader.tokens[index].text, 0)
        if depth == 0:
            return index
    return None


def _denominator(reader: Reader, higher: bool) -> tuple[Differential, ...]:
    """The differentials below; an exponent on one is an order where the derivative is a `higher` one."""
    opened = reader.expect("{")
    variables: list[Differential] = []
    while reader.token.text != "}":
        start = reader.token
        if not sign_length(reader, reader.index):
            raise reader.unexpected(start, "a differential")
        sign = read_sign(reader)
        variable = read_variable(reader)
        if reader.token.text in ("(", "\\left"):
            variable = Call(variable, reader.operand(), span=reader.since(variable))
        order = read_order(reader)
        if order is not None and (not higher or isinstance(order, Group)):
            variable, order = Raised(variable, order, span=reader.since(variable)), None
        variables.append(Differential(variable, sign, order, span=reader.span(start.start)))
    reader.expect("}", opened)
    return tuple(variables)


def _derived(reader: Reader) -> Node | None:
    """What an operator d/dx is applied to: a bracket, or all that follows up to a sign of a sum or a product."""
    token = reader.token
    start = token.start
    if not begins_factor(reader, token, Number("")):
        return None
    bracketed = token.text in ("(", "[", "\\left", "\\{") or token.text in SIZES
    factors, operators = [reader.expression(Power.PRODUCT)], []
    while not bracketed:
        if reader.token.text == "/":
            reader.next()
            operators.append("/")
        elif begins_factor(reader, reader.token, factors[-1]):
            operators.append("")
        else:
            break
        factors.append(reader.expression(Power.PRODUCT))
    if not operators:
        return factors[0]
    return Product(tuple(factors), tuple(operators), span=reader.span(start))


# --- printing ----------------------------------------------------------------------------------------------


def print_derivative(node: Derivative, printer: Printer) -> str:
    upper = node.sign + print_order(node, printer)
    lower = " ".join(_divisor(variable, printer) for variable in node.variables)
    if node.form == "quotient" and node.body is not None:
        body = printer.at(node.body, Level.PRODUCT)
        upper = f"{upper} {body}" if node.order is not None else spaced(upper, body)
    operator = f"{node.command}{{{upper}}}{{{lower}}}"
    if node.form == "quotient" or node.body is None:
        return operator
    body = _operand(node.body, printer)
    return operator + body if body.startswith("(") else f"{operator} {body}"


def _divisor(node: Differential, printer: Printer) -> str:
    return spaced(node.sign, print_variable(node.variable, printer)) + print_order(node, printer)


def _operand(body: Node, printer: Printer) -> str:
    """What an operator d/dx is applied to, in brackets where it would not be read back whole."""
    text = printer.text(body)
    if isinstance(body, Product):
        plain = all(sign in ("", "/") for sign in body.operators)
        whole = plain and not begins_with_group(body) and not any(isinstance(f, Number) for f in body.factors[1:])
    else:
        whole = level(body) >= Level.FACTOR and not isinstance(body, Differential)
    return text if whole else bracketed(text)


OPERANDS = dict.fromkeys(FRACTIONS, read_quotient) | dict.fromkeys(("\\dv", "\\pdv"), read_physics)
INFIX = {"\\over": Infix(Power.OVER, read_over)}
PRINTERS: dict[type[Node], Print] = {Derivative: print_derivative}
