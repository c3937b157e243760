"""Calculus: differentials, derivatives written as operators and as quotients, integrals."""

from __future__ import annotations

from dataclasses import replace

from derive.notation.arithmetic import FRACTIONS, begins_factor, read_fraction
from derive.notation.cursor import Infix, Power, Reader, visible
from derive.notation.juxtaposition import begins_with_group
from derive.notation.letters import read_primes, read_subscript, read_symbol, script
from derive.notation.printing import Level, Print, Printer, bracketed, level, spaced
from derive.notation.symbols import ACCENTS, FONTS, GREEK, INTEGRALS, PRODUCT_SIGNS
from derive.notation.tokens import Token
from derive.notation.tree import (
    Call,
    Derivative,
    Differential,
    Fraction,
    Group,
    Integral,
    Node,
    Number,
    Product,
    Span,
    Styled,
    Symbol,
)
from derive.notation.tree import Power as Raised

_PLAIN_SIGNS = frozenset({"d", "\\partial", "\\dd"})
_MOST_NESTED = 20
_DIFFERENCES = ("\\Delta", "\\delta")
_UPRIGHT = ("\\mathrm", "\\mathsf", "\\mathbf", "\\mathit")
_VARIABLE_COMMANDS = frozenset({*GREEK, *FONTS, *ACCENTS, "\\ell"})

# --- differentials -----------------------------------------------------------------------------------------


def sign_length(reader: Reader, place: int) -> int:
    """How many tokens at `place` are a d of a differential: `d`, `\\partial`, `\\mathrm{d}`; 0 where none is."""
    tokens = reader.tokens
    token = tokens[place]
    if token.text in _PLAIN_SIGNS or (token.kind == "text" and token.value == "d" and token.text):
        return 1
    if token.text in _UPRIGHT and place + 1 < len(tokens):
        if tokens[place + 1].text == "d":
            return 2
        spelled = "".join(t.text for t in tokens[place + 1 : place + 4])
        return 4 if spelled == "{d}" else 0
    return 0


def starts_differential(reader: Reader, place: int) -> bool:
    """Whether `dx` (or `d^2 x`, `\\mathrm{d}x`) stands at `place`, in a formula in which d can be a differential's."""
    length = sign_length(reader, place)
    if not length:
        return False
    tokens = reader.tokens
    variable = place + length
    if tokens[variable].text == "^" and tokens[variable + 1].kind == "number":
        variable += 2
    following = tokens[variable]
    if following.text == "{" and tokens[place].text != "d":
        following = tokens[variable + 1]
    if not (following.kind == "letter" or following.text in _VARIABLE_COMMANDS):
        return False
    return tokens[place].text != "d" or has_differentials(reader)


def has_differentials(reader: Reader) -> bool:
    """Whether a `d` before a letter is a differential here: there is an integral, or no d is written otherwise."""
    if reader.differentials is None:
        tokens = reader.tokens
        reader.differentials = any(t.text in INTEGRALS for t in tokens) or _every_d_leads(tokens)
    return reader.differentials


def _every_d_leads(tokens: list[Token]) -> bool:
    """Whether no d stands for a quantity: none ends a product or is followed by a sign, and there are no a, b, c."""
    if {"a", "b", "c"} <= {token.text for token in tokens}:
        return False
    for place, token in enumerate(tokens):
        if token.text != "d" or token.kind != "letter":
            continue
        following = tokens[place + 1]
        joined = following.start == token.end
        leads = (following.kind == "letter" and joined) or following.text in _VARIABLE_COMMANDS
        before = tokens[place - 1] if place else None
        alone = before is not None and before.text == "{" and following.text in ("}", "^")
        glued = before is not None and before.kind == "letter" and before.end == token.start
        if glued or not (leads or alone):
            return False
    return True


def read_letter(reader: Reader, token: Token) -> Node:
    """A `d` or `\\partial`: of a differential or a symbol like any other."""
    if starts_differential(reader, reader.index):
        return read_differential(reader)
    return read_symbol(reader, token)


def read_difference(reader: Reader, token: Token) -> Node:
    """`\\Delta x` and `\\delta x` are one quantity; a delta before anything else is a letter."""
    following = reader.ahead()
    if following.text == "{" and reader.ahead(3).text == "}":
        following = reader.ahead(2)
    if not (following.kind == "letter" or following.text in _VARIABLE_COMMANDS):
        return read_symbol(reader, token)
    reader.next()
    return Differential(_variable(reader), token.text, span=reader.span(token.start))


def read_differential(reader: Reader) -> Node:
    start = reader.token.start
    sign = read_sign(reader)
    order = _order(reader)
    return Differential(_variable(reader), sign, order, span=reader.span(start))


def read_sign(reader: Reader) -> str:
    length = sign_length(reader, reader.index)
    first = reader.tokens[reader.index]
    reader.index += length
    if first.kind == "text":
        return f"{first.text}{{{first.value}}}"
    return first.text if length == 1 else f"{first.text}{{d}}"


def _order(reader: Reader) -> Node | None:
    if reader.token.text != "^":
        return None
    reader.next()
    return script(reader)


def _variable(reader: Reader) -> Node:
    """A variable with its subscript and primes, without an exponent."""
    variable = reader.operand()
    while reader.token.text in ("_", "'"):
        variable = (read_subscript if reader.token.text == "_" else read_primes)(reader, variable)
    return variable


# --- derivatives -------------------------------------------------------------------------------------------


def read_quotient(reader: Reader, token: Token) -> Node:
    """`\\frac{d}{dx}`, `\\frac{d^2 y}{dx^2}`, or a fraction like any other."""
    if not _is_derivative(reader):
        return read_fraction(reader, token)
    reader.index += 2
    sign = read_sign(reader)
    order = _order(reader)
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
        if sign not in _PLAIN_SIGNS and not isinstance(operator, Styled):
            return None
    factors = lower.factors if isinstance(lower, Product) and not any(lower.operators) else (lower,)
    variables: list[Differential] = []
    for factor in factors:
        base = factor.base if isinstance(factor, Raised) else factor
        if not isinstance(base, Differential) or base.order is not None or not sign:
            return None
        variables.append(replace(base, order=factor.exponent) if isinstance(factor, Raised) else base)
    return Derivative(body, tuple(variables), sign, order, "operator" if body is None else "quotient", span=span)


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
    named = variable.kind in ("letter", "text") or variable.text in _VARIABLE_COMMANDS
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
        variable = _variable(reader)
        if reader.token.text in ("(", "\\left"):
            variable = Call(variable, reader.operand(), span=reader.since(variable))
        order = _order(reader)
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
    bracketed = token.text in ("(", "[", "\\left", "\\{", "\\big", "\\Big", "\\bigg", "\\bigl", "\\Bigl", "\\biggl")
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


# --- integrals ---------------------------------------------------------------------------------------------


def read_integral(reader: Reader, token: Token) -> Node:
    reader.next()
    lower, upper = bounds(reader)
    differential: Node | None = None
    if starts_differential(reader, reader.index) or not _differential_ahead(reader):
        ends, reader.ends_at_differential = reader.ends_at_differential, False
        body = reader.expression(Power.SUM)
        reader.ends_at_differential = ends
    else:
        ends, reader.ends_at_differential = reader.ends_at_differential, True
        body = reader.expression(Power.RELATION)
        reader.ends_at_differential = ends
        body, differential = _differentials(reader, body)
    found = differential if isinstance(differential, Differential) else None
    return Integral(body, found, lower, upper, token.text, span=reader.span(token.start))


def bounds(reader: Reader) -> tuple[Node | None, Node | None]:
    """The scripts of a big sign, in either order."""
    lower = upper = None
    while reader.token.text in ("_", "^"):
        if reader.next().text == "_":
            lower = script(reader)
        else:
            upper = script(reader)
    return lower, upper


def _differential_ahead(reader: Reader) -> bool:
    """Whether the differential of the integral stands at its own level and not in a fraction or bracket."""
    depth, due = 0, 1
    for place in range(reader.index, len(reader.tokens)):
        text = reader.tokens[place].text
        if text in ("{", "(", "[", "\\{") or text == "\\begin":
            depth += 1
        elif text in ("}", ")", "]", "\\}") or text == "\\end":
            depth -= 1
            if depth < 0:
                return False
        elif depth == 0 and text in ("=", "&", "\\\\", "\\Rightarrow"):
            return False
        elif depth == 0 and text in INTEGRALS:
            due += 1
            if due > _MOST_NESTED:
                return False
        elif depth == 0 and reader.tokens[place - 1].text in PRODUCT_SIGNS and starts_differential(reader, place):
            return False
        elif depth == 0 and text != "\\partial" and starts_differential(reader, place):
            due -= 1
            if due == 0:
                return True
    return False


def _differentials(reader: Reader, body: Node) -> tuple[Node, Node | None]:
    """The differentials at the position: the last one is the integral's, those before it are factors of the body."""
    found: list[Node] = []
    nested = reader.ends_at_differential
    while starts_differential(reader, reader.index):
        found.append(read_differential(reader))
        if nested or len(found) > 3:
            break
    if len(found) > 1:
        body = Product((body, *found[:-1]), ("",) * (len(found) - 1), span=body.span)
    return body, found[-1] if found else None


OPERANDS = (
    dict.fromkeys(FRACTIONS, read_quotient)
    | dict.fromkeys(INTEGRALS, read_integral)
    | dict.fromkeys(_PLAIN_SIGNS, read_letter)
    | dict.fromkeys(_DIFFERENCES, read_difference)
)
INFIX = {"\\over": Infix(Power.OVER, read_over)}


# --- printing ----------------------------------------------------------------------------------------------


def print_differential(node: Differential, printer: Printer) -> str:
    variable = _differentiated(node.variable, printer)
    return f"{node.sign}{_power(node, printer)} {variable}" if node.order is not None else spaced(node.sign, variable)


def _power(node: Differential | Derivative, printer: Printer) -> str:
    return f"^{printer.script(node.order)}" if node.order is not None else ""


def print_derivative(node: Derivative, printer: Printer) -> str:
    upper = node.sign + _power(node, printer)
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
    return spaced(node.sign, _differentiated(node.variable, printer)) + _power(node, printer)


def _differentiated(variable: Node, printer: Printer) -> str:
    """The variable of a differential, in braces where an exponent on it would be taken for an order."""
    text = printer.text(variable)
    return f"{{{text}}}" if isinstance(variable, Raised) else printer.base(variable)


def _operand(body: Node, printer: Printer) -> str:
    """What an operator d/dx is applied to, in brackets where it would not be read back whole."""
    text = printer.text(body)
    if isinstance(body, Product):
        whole = all(sign in ("", "/") for sign in body.operators) and not begins_with_group(body)
    else:
        whole = level(body) >= Level.FACTOR and not isinstance(body, Differential)
    return text if whole else bracketed(text)


def print_integral(node: Integral, printer: Printer) -> str:
    head = node.command + printer.bounds(node.lower, node.upper)
    if node.differential is None:
        return f"{head} {printer.at(node.body, Level.PRODUCT)}"
    return f"{head} {printer.at(node.body, Level.SUM)} \\, {printer.text(node.differential)}"


PRINTERS: dict[type[Node], Print] = {
    Differential: print_differential,
    Derivative: print_derivative,
    Integral: print_integral,
}
