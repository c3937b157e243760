"""Reads an expression in SymPy's text syntax into its exact form, by Python's own parser and without SymPy."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection
from fractions import Fraction

from derive.meaning.errors import MeaningError
from derive.meaning.form import MINUS_ONE, ONE, E, Form, add, const, fn, mul, neg, num, power, var
from derive.meaning.functions import ALIASES, ARITY
from derive.meaning.sympy_constructors import CONSTRUCTORS

__all__ = ["DEEPEST", "LONGEST", "parse_sympy"]

LONGEST = 50_000
DEEPEST = 80
LARGEST_DECIMAL_EXPONENT = 400

_NAMED = frozenset({"pi", "E", "I", "oo", "zoo", "EulerGamma", "Catalan", "GoldenRatio", "True", "False"})
_NUMBERS_OF_S = {"Half": num(1, 2), "One": ONE, "Zero": num(0), "NegativeOne": MINUS_ONE}
_SET_NAMES = frozenset({"Reals", "Integers", "Naturals", "Naturals0", "Rationals", "Complexes"})
_COMPARISONS: dict[type[ast.cmpop], tuple[str, bool]] = {
    ast.Eq: ("eq", False),
    ast.NotEq: ("ne", False),
    ast.Lt: ("lt", False),
    ast.LtE: ("le", False),
    ast.Gt: ("lt", True),
    ast.GtE: ("le", True),
}
_SUMS = (ast.Add, ast.Sub)
_PRODUCTS = (ast.Mult, ast.Div)
_METHODS: dict[str, str] = {"T": "transpose", "transpose": "transpose", "det": "det", "trace": "trace"}
_KEYWORD = re.compile(r"\blambda\b")


def parse_sympy(text: str, variables: Collection[str] = ()) -> Form:
    """The form of a SymPy text; names in `variables` are variables even where SymPy has a constant of that name.

    Raises MeaningError (with the place in `text`) where the text is no expression, is too long or too deep, or
    uses something that has no form.
    """
    if len(text) > LONGEST:
        raise MeaningError(f"the expression is longer than {LONGEST} characters")
    source = text.replace("\n", " ").replace("^", "**")
    if "lambda" in source:
        source = _KEYWORD.sub("lamda ", source)
    shift = len(source) - len(source.lstrip())
    source = source.strip()
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        start = shift + max((error.offset or 1) - 1, 0)
        raise _problem(f"not an expression: {error.msg}", start, start + 1) from None
    except (ValueError, MemoryError, RecursionError):
        raise MeaningError("the expression is nested too deeply") from None
    return _Reader(source, shift, frozenset(variables)).form(tree, 0)


def _problem(message: str, start: int, end: int) -> MeaningError:
    from derive.notation.tree import Span  # late: a text without problems does not need the notation tree

    return MeaningError(message, Span(start, end))


class _Reader:
    """Walks one syntax tree; `shift` is where its source begins in the caller's text."""

    def __init__(self, source: str, shift: int, variables: frozenset[str]) -> None:
        self.source = source
        self.shift = shift
        self.variables = variables

    def problem(self, message: str, node: ast.AST) -> MeaningError:
        start = getattr(node, "col_offset", 0)
        end = getattr(node, "end_col_offset", None) or start + 1
        line = self.source.encode()
        left, right = (len(line[:n].decode(errors="replace")) for n in (start, end))
        return _problem(message, self.shift + left, self.shift + right)

    def form(self, node: ast.expr, depth: int) -> Form:
        if depth > DEEPEST:
            raise self.problem("the expression is nested too deeply", node)
        read = _FORMS.get(type(node))
        if read is None:
            raise self.problem(f"{type(node).__name__} has no mathematical meaning here", node)
        return read(self, node, depth + 1)

    # --- leaves -------------------------------------------------------------------------------------------

    def constant(self, node: ast.Constant, depth: int) -> Form:
        value = node.value
        if value is True or value is False:
            return const(str(value))
        if isinstance(value, int):
            return num(value)
        if isinstance(value, float):
            return num(self.decimal(node))
        if isinstance(value, str) and value in ("+", "-", "+-"):
            return const(value)
        raise self.problem(f"{value!r} is no number", node)

    def decimal(self, node: ast.Constant) -> Fraction:
        written = (ast.get_source_segment(self.source, node) or "").replace("_", "")
        exponent = written.lower().partition("e")[2]
        if len(exponent) > 5 or abs(int(exponent or 0)) > LARGEST_DECIMAL_EXPONENT:
            raise self.problem("the exponent of the decimal is too large", node)
        return Fraction(written)

    def name(self, node: ast.Name, depth: int) -> Form:
        if node.id in _NAMED and node.id not in self.variables:
            return const(node.id)
        if node.id == "nan":
            raise self.problem("nan is no value", node)
        return var(node.id)

    def listed(self, node: ast.Tuple | ast.List, depth: int) -> Form:
        return Form("tuple", tuple(self.form(item, depth) for item in node.elts))

    def enumerated(self, node: ast.Set, depth: int) -> Form:
        return Form("set", tuple(self.form(item, depth) for item in node.elts))

    # --- operators ----------------------------------------------------------------------------------------

    def unary(self, node: ast.UnaryOp, depth: int) -> Form:
        operand = self.form(node.operand, depth)
        if isinstance(node.op, ast.USub):
            return const("-oo") if operand == const("oo") else neg(operand)
        if isinstance(node.op, ast.Invert | ast.Not):
            return Form("not", (operand,))
        return operand

    def binary(self, node: ast.BinOp, depth: int) -> Form:
        kind = type(node.op)
        if kind is ast.Pow:
            base, exponent = self.form(node.left, depth), self.form(node.right, depth)
            return fn("exp", exponent) if base == E else power(base, exponent)
        if kind in _SUMS:
            return add(*[neg(t) if op is ast.Sub else t for op, t in self.chain(node, _SUMS, depth)])
        if kind in _PRODUCTS:
            factors = self.chain(node, _PRODUCTS, depth)
            return mul(*[power(f, MINUS_ONE) if op is ast.Div else f for op, f in factors])
        if kind is ast.BitAnd or kind is ast.BitOr:
            word = "and" if kind is ast.BitAnd else "or"
            return Form(word, tuple(f for _, f in self.chain(node, (kind,), depth)))
        if kind is ast.RShift:
            return Form("implies", (self.form(node.left, depth), self.form(node.right, depth)))
        if kind is ast.Mod:
            return fn("Mod", self.form(node.left, depth), self.form(node.right, depth))
        raise self.problem(f"the operator {kind.__name__} has no mathematical meaning here", node)

    def chain(
        self, node: ast.expr, kinds: tuple[type[ast.operator], ...], depth: int
    ) -> list[tuple[type[ast.operator] | None, Form]]:
        """The operands of a run of left-associative operators, each with the operator before it."""
        found: list[tuple[type[ast.operator] | None, ast.expr]] = []
        while isinstance(node, ast.BinOp) and type(node.op) in kinds:
            found.append((type(node.op), node.right))
            node = node.left
        found.append((None, node))
        return [(op, self.form(operand, depth)) for op, operand in reversed(found)]

    def comparison(self, node: ast.Compare, depth: int) -> Form:
        sides = [self.form(side, depth) for side in (node.left, *node.comparators)]
        links: list[Form] = []
        for operator, left, right in zip(node.ops, sides, sides[1:], strict=False):
            if type(operator) not in _COMPARISONS:
                raise self.problem(f"{type(operator).__name__} is no relation of mathematics", node)
            head, swapped = _COMPARISONS[type(operator)]
            links.append(Form(head, (right, left) if swapped else (left, right)))
        return links[0] if len(links) == 1 else Form("and", tuple(links))

    def connective(self, node: ast.BoolOp, depth: int) -> Form:
        head = "and" if isinstance(node.op, ast.And) else "or"
        return Form(head, tuple(self.form(value, depth) for value in node.values))

    # --- names with something behind them -----------------------------------------------------------------

    def attribute(self, node: ast.Attribute, depth: int) -> Form:
        if isinstance(node.value, ast.Name) and node.value.id == "S":
            if node.attr in _NUMBERS_OF_S:
                return _NUMBERS_OF_S[node.attr]
            if node.attr in _SET_NAMES:
                return var(node.attr)
        elif node.attr == "T":
            return fn("transpose", self.form(node.value, depth))
        raise self.problem(f"unknown attribute {node.attr!r}", node)

    def subscript(self, node: ast.Subscript, depth: int) -> Form:
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return Form("index", (self.form(node.value, depth), *(self.form(item, depth) for item in items)))

    def call(self, node: ast.Call, depth: int) -> Form:
        if isinstance(node.func, ast.Attribute):
            return self.method(node, node.func, depth)
        if not isinstance(node.func, ast.Name):
            raise self.problem("only a name can be applied", node)
        name = ALIASES.get(node.func.id, node.func.id)
        if name in ("Symbol", "IndexedBase") and len(node.args) == 1:
            return self.quoted(node)
        arguments = self.arguments(node, depth, first_may_be_text=name == "Indexed")
        make = CONSTRUCTORS.get(name)
        if make is not None:
            return self.constructed(make, arguments, node)
        if name not in ARITY or node.func.id in self.variables:
            return Form("call", (node.func.id, *arguments))
        least, most = ARITY[name]
        if not least <= len(arguments) <= most:
            raise self.problem(f"{name} does not take {len(arguments)} arguments", node)
        return fn(name, *arguments)

    def arguments(self, node: ast.Call, depth: int, *, first_may_be_text: bool = False) -> tuple[Form, ...]:
        arguments: list[Form] = []
        for place, argument in enumerate(node.args):
            if first_may_be_text and place == 0 and isinstance(argument, ast.Constant):
                arguments.append(var(str(argument.value)))
            else:
                arguments.append(self.form(argument, depth))
        for keyword in node.keywords:
            if keyword.arg == "dir":
                arguments.append(self.form(keyword.value, depth))
            elif keyword.arg != "evaluate":
                raise self.problem(f"unknown option {keyword.arg!r}", node)
        return tuple(arguments)

    def constructed(self, make: Callable[..., Form], arguments: tuple[Form, ...], node: ast.AST) -> Form:
        try:
            return make(*arguments)
        except TypeError:
            raise self.problem(f"wrong number of arguments ({len(arguments)})", node) from None
        except MeaningError as error:
            raise self.problem(error.message, node) from None

    def quoted(self, node: ast.Call) -> Form:
        text = node.args[0]
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value.isidentifier():
            return var(text.value)
        raise self.problem("a name in quotes is expected", node)

    def method(self, node: ast.Call, function: ast.Attribute, depth: int) -> Form:
        arguments = self.arguments(node, depth)
        owner, name = function.value, function.attr
        if isinstance(owner, ast.Name) and owner.id == "Interval":
            make = CONSTRUCTORS.get(f"Interval.{name}")
            if make is not None:
                return self.constructed(make, arguments, node)
        elif not arguments and name in _METHODS:
            return fn(_METHODS[name], self.form(owner, depth))
        elif not arguments and name in ("inv", "inverse"):
            return power(self.form(owner, depth), MINUS_ONE)
        elif not arguments and name == "doit":
            return self.form(owner, depth)
        elif name == "diff":
            return self.constructed(CONSTRUCTORS["Derivative"], (self.form(owner, depth), *arguments), node)
        elif name == "subs":
            return self.constructed(CONSTRUCTORS["Subs"], (self.form(owner, depth), *arguments), node)
        raise self.problem(f"unknown method {name!r}", node)


_FORMS: dict[type[ast.expr], Callable[..., Form]] = {
    ast.Constant: _Reader.constant,
    ast.Name: _Reader.name,
    ast.UnaryOp: _Reader.unary,
    ast.BinOp: _Reader.binary,
    ast.Compare: _Reader.comparison,
    ast.BoolOp: _Reader.connective,
    ast.Tuple: _Reader.listed,
    ast.List: _Reader.listed,
    ast.Set: _Reader.enumerated,
    ast.Attribute: _Reader.attribute,
    ast.Subscript: _Reader.subscript,
    ast.Call: _Reader.call,
}
