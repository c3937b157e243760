"""The LaTeX printer: canonical LaTeX for a notation tree, inverse to the reader.

White space is the printer's; everything else is in the tree.  Where a tree made by a program would be read
differently without brackets (a sum as a factor, a power as a base), brackets are written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derive.notation.symbols import EXTREMA, FUNCTIONS
from derive.notation.tree import (
    Accented,
    BigOperator,
    Binomial,
    Call,
    Cases,
    Conditional,
    Derivative,
    Differential,
    Ellipsis,
    Evaluated,
    Factorial,
    Fraction,
    Group,
    Implication,
    Integral,
    Link,
    Listing,
    Matrix,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Root,
    Rows,
    Signed,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Underbrace,
    Word,
)

__all__ = ["latex"]

LIST, ARROW, CONDITION, RELATION, SUM, PRODUCT, FACTOR, SCRIPTED, SOLID = range(9)
LEVELS: dict[type[Node], int] = {
    Listing: LIST, Implication: ARROW, Conditional: CONDITION, Relation: RELATION, Link: RELATION, Sum: SUM,
    Signed: SUM, Product: PRODUCT, BigOperator: FACTOR, Integral: FACTOR, Derivative: FACTOR, Differential: FACTOR,
    Evaluated: FACTOR, Call: FACTOR, Power: SCRIPTED, Subscript: SCRIPTED, Primed: SCRIPTED, Factorial: SCRIPTED,
    Underbrace: SCRIPTED,
}  # fmt: skip
"""How tightly a node holds together; what is not listed is solid."""

_TALL = ("\\frac", "\\dfrac", "\\sum", "\\prod", "\\int", "\\begin", "\\binom", "\\cfrac")


def latex(node: Node) -> str:
    """The canonical LaTeX of a tree."""
    printed: str = PRINTERS[type(node)](node)
    return printed


def level(node: Node) -> int:
    if isinstance(node, Call):
        return SCRIPTED if isinstance(node.argument, Group) and node.argument.left else FACTOR
    if isinstance(node, Derivative) and node.form == "quotient":
        return SOLID
    if isinstance(node, Evaluated) and node.left:
        return SCRIPTED
    return LEVELS.get(type(node), SOLID)


def at(node: Node, needed: int) -> str:
    """The node as printed where only what holds together as tightly as `needed` may stand without brackets."""
    text = latex(node)
    return text if level(node) >= needed else bracketed(text)


def bracketed(text: str) -> str:
    """The text in round brackets, as high as what they hold."""
    return f"\\left({text}\\right)" if any(command in text for command in _TALL) else f"({text})"


def spaced(left: str, right: str) -> str:
    """Two pieces one after the other, with a space only where the first is a command and the second a letter."""
    if right[:1].isalnum() and left[-1:].isalpha() and "\\" in left:
        return f"{left} {right}"
    return left + right


# --- names and numbers -------------------------------------------------------------------------------------


def _word(node: Word) -> str:
    return f"{node.command}{{{node.text}}}" if node.text and node.command else node.command or node.text


def _styled(node: Styled | Accented) -> str:
    return f"{node.command}{{{latex(node.body)}}}"


def script(node: Node) -> str:
    """A node as the argument of `_` or `^`: braces only around more than one token."""
    if isinstance(node, Relation):
        return f"{{{_tight(node)}}}"
    text = latex(node)
    single = isinstance(node, Symbol) or (isinstance(node, Number) and len(text) == 1) or text == "\\dots"
    return text if single and text not in ("{", "}", "\\prime") else f"{{{text}}}"


def _tight(node: Relation) -> str:
    """`i=1`: a relation in a script, where signs that are no commands stand without spaces."""
    pieces = [] if node.first is None else [_side(node.first, SUM)]
    for link in node.links:
        sign = link.sign if link.sign in ("=", "<", ">") else f" {link.sign} "
        pieces.append(sign + _side(link.term, SUM))
    return "".join(pieces).strip()


def _scripted(base: Node, sign: str, index: Node) -> str:
    text = script(index)
    return f"{_base(base)}{sign}{text}"


def _base(base: Node) -> str:
    if isinstance(base, Power) or (isinstance(base, Call) and not isinstance(base.argument, Group)):
        return bracketed(latex(base))
    return at(base, SCRIPTED)


def _subscript(node: Subscript) -> str:
    return (
        _scripted(node.base, "_", node.index)
        if not isinstance(node.base, Subscript)
        else (f"{{{latex(node.base)}}}_{script(node.index)}")
    )


def _primed(node: Primed) -> str:
    return _base(node.base) + "'" * node.count


# --- arithmetic --------------------------------------------------------------------------------------------


def _sum(node: Sum) -> str:
    pieces: list[str] = []
    for place, term in enumerate(node.terms):
        text = at(term.term, PRODUCT)
        if place == 0:
            pieces.append(spaced(term.sign, text) if term.sign in ("+", "-", "") else f"{term.sign} {text}")
        else:
            pieces.append(f" {term.sign or '+'} {text}")
    return "".join(pieces)


def _signed(node: Signed) -> str:
    return _sum(Sum((node,)))


def _product(node: Product) -> str:
    last = len(node.factors) - 1
    pieces: list[str] = []
    for place, factor in enumerate(node.factors):
        sign = node.operators[place] if place < last else None
        text = _closed(factor, sign, node.factors[place + 1] if place < last else None)
        if place:
            before = node.operators[place - 1]
            pieces.append(_joint(node.factors[place - 1], pieces[-1], before, factor, text))
        pieces.append(text)
    return "".join(pieces)


def _closed(factor: Node, sign: str | None, following: Node | None) -> str:
    """A factor so that what follows it is not taken for a part of it."""
    if sign is None:
        return at(factor, FACTOR)
    if isinstance(factor, Call) and level(factor) == FACTOR:
        open_ended = sign == "" and not _ends_argument(following)
        return f"{latex(factor.head)}{bracketed(latex(factor.argument))}" if open_ended else latex(factor)
    if isinstance(factor, BigOperator | Integral) and not (isinstance(factor, Integral) and factor.differential):
        return bracketed(latex(factor))
    if isinstance(factor, Derivative) and factor.form == "operator":
        body = factor.body
        kept = body is not None and (sign not in ("", "/") or _begins_with_group(body))
        return latex(factor) if kept else bracketed(latex(factor))
    return at(factor, FACTOR)


def _ends_argument(following: Node | None) -> bool:
    """Whether an argument without brackets ends before this factor."""
    first = _leftmost(following) if following is not None else None
    return isinstance(first, Word | Fraction | BigOperator | Integral | Derivative | Matrix | Cases)


def _joint(left: Node, left_text: str, sign: str, right: Node, right_text: str) -> str:
    """What is written between two factors: their sign, or the space that reads well."""
    if sign in ("/",):
        return sign
    if sign:
        return f" {sign} "
    if isinstance(left, Number):
        if _is_number_at_start(right) or (isinstance(right, Fraction) and isinstance(right.numerator, Number)):
            return " \\cdot "
        return "" if isinstance(_leftmost(right), Symbol | Group) else " "
    if isinstance(right, Power | Call | Primed) and isinstance(_leftmost(right), Group):
        return " " if isinstance(left, Power | Subscript) else ""
    if isinstance(right, Group) and right.left == "(" and right.size == "":
        return " " if isinstance(left, Power | Subscript | Integral) else ""
    if right_text.startswith("(") and not right_text.startswith("(\\"):
        return " " if isinstance(left, Power | Subscript | Integral) else ""
    if isinstance(right, Differential):
        return " \\, "
    return " "


def _leftmost(node: Node) -> Node:
    while True:
        if isinstance(node, Power | Subscript | Primed):
            node = node.base
        elif isinstance(node, Factorial):
            node = node.body
        elif isinstance(node, Call):
            node = node.head
        elif isinstance(node, Product):
            node = node.factors[0]
        else:
            return node


def _is_number_at_start(node: Node) -> bool:
    return isinstance(_leftmost(node), Number)


def _begins_with_group(node: Node) -> bool:
    return not isinstance(node, Product | Call) and isinstance(_leftmost(node), Group)


def _fraction(node: Fraction | Binomial) -> str:
    upper, lower = (node.numerator, node.denominator) if isinstance(node, Fraction) else (node.upper, node.lower)
    return f"{node.command}{{{latex(upper)}}}{{{latex(lower)}}}"


def _root(node: Root) -> str:
    index = f"[{latex(node.index)}]" if node.index is not None else ""
    return f"\\sqrt{index}{{{latex(node.radicand)}}}"


def _factorial(node: Factorial) -> str:
    return _base(node.body) + "!" * node.count


def _group(node: Group) -> str:
    body = latex(node.body)
    if node.left == "" and node.right == "":
        return f"{{{body}}}"
    if node.size == "left":
        return f"\\left{spaced(node.left, body)}\\right{node.right}"
    if node.size:
        closing = node.size[:-1] + "r" if node.size.endswith("l") else node.size
        return f"{node.size}{spaced(node.left, body)}{closing}{node.right}"
    return f"{spaced(node.left, body)}{node.right}"


# --- functions ---------------------------------------------------------------------------------------------


def _call(node: Call) -> str:
    head, argument = latex(node.head), node.argument
    text = latex(argument)
    if isinstance(argument, Group):
        return head + text if argument.left or isinstance(argument.body, Sum) else f"{head}{text}"
    if not _stands_alone(argument) or not _is_named(node.head):
        return head + bracketed(text)
    return f"{head} {text}"


def _is_named(head: Node) -> bool:
    while isinstance(head, Power | Subscript | Primed):
        head = head.base
    return isinstance(head, Word) and (head.command in FUNCTIONS or head.command in EXTREMA)


def _stands_alone(argument: Node) -> bool:
    """Whether an argument is read back whole without brackets."""
    if isinstance(argument, Product):
        joined = all(sign == "" for sign in argument.operators)
        return joined and all(
            isinstance(factor, Number | Symbol | Styled | Accented | Root)
            or (isinstance(factor, Power | Subscript) and isinstance(_leftmost(factor), Number | Symbol | Styled))
            for factor in argument.factors
        )
    return level(argument) >= FACTOR and not isinstance(argument, Differential)


def _conditional(node: Conditional) -> str:
    return f"{at(node.left, CONDITION + 1) if not isinstance(node.left, Listing) else latex(node.left)} {node.bar} {latex(node.right)}"


# --- calculus ----------------------------------------------------------------------------------------------


def _differential(node: Differential) -> str:
    order = f"^{script(node.order)}" if node.order is not None else ""
    variable = at(node.variable, SCRIPTED)
    return spaced(node.sign, variable) if not order else f"{node.sign}{order} {variable}"


def _derivative(node: Derivative) -> str:
    order = f"^{script(node.order)}" if node.order is not None else ""
    upper = node.sign + order
    if node.form == "quotient" and node.body is not None:
        body = at(node.body, SCRIPTED) if not isinstance(node.body, Product | Call) else latex(node.body)
        upper = f"{upper} {body}" if order else spaced(upper, body)
    lower = " ".join(_divisor(variable) for variable in node.variables)
    operator = f"{node.command}{{{upper}}}{{{lower}}}"
    if node.form == "quotient" or node.body is None:
        return operator
    body = _derived(node.body)
    return operator + body if body.startswith("(") else f"{operator} {body}"


def _divisor(node: Differential) -> str:
    order = f"^{script(node.order)}" if node.order is not None else ""
    return spaced(node.sign, at(node.variable, SCRIPTED)) + order


def _derived(body: Node) -> str:
    """The body of an operator d/dx, in brackets where it would not be read back whole."""
    if isinstance(body, Product):
        whole = all(sign in ("", "/") for sign in body.operators) and not isinstance(_leftmost(body), Group)
        return latex(body) if whole else bracketed(latex(body))
    return at(body, FACTOR)


def _integral(node: Integral) -> str:
    head = node.command + _bounds(node.lower, node.upper)
    if node.differential is None:
        return f"{head} {at(node.body, PRODUCT)}"
    return f"{head} {at(node.body, SUM)} \\, {latex(node.differential)}"


def _bounds(lower: Node | None, upper: Node | None) -> str:
    below = f"_{script(lower)}" if lower is not None else ""
    return below + (f"^{script(upper)}" if upper is not None else "")


def _big_operator(node: BigOperator) -> str:
    head = node.command + _bounds(node.lower, node.upper)
    return head if node.body is None else f"{head} {at(node.body, PRODUCT)}"


def _evaluated(node: Evaluated) -> str:
    bounds = _bounds(node.lower, node.upper)
    if node.left == "":
        return f"{at(node.body, SCRIPTED)}{node.size}{node.right}{bounds}"
    return f"\\left{spaced(node.left, latex(node.body))}\\right{node.right}{bounds}"


def _underbrace(node: Underbrace) -> str:
    if node.command in ("\\overset", "\\underset", "\\stackrel"):
        label = latex(node.label) if node.label is not None else ""
        return f"{node.command}{{{label}}}{{{latex(node.body)}}}"
    sign = "_" if node.command.startswith("\\under") else "^"
    label = f"{sign}{script(node.label)}" if node.label is not None else ""
    return f"{node.command}{{{latex(node.body)}}}{label}"


# --- arrays ------------------------------------------------------------------------------------------------


def _environment(name: str, rows: list[str]) -> str:
    columns = "{" + "c" * max((row.count("&") + 1 for row in rows), default=1) + "}" if name == "array" else ""
    lines = " \\\\ ".join(rows)
    return f"\\begin{{{name}}}{columns} {lines} \\end{{{name}}}"


def _matrix(node: Matrix) -> str:
    return _environment(node.environment, [" & ".join(latex(cell) for cell in row) for row in node.rows])


def _cases(node: Cases) -> str:
    rows = [latex(value) + (f" & {latex(when)}" if when is not None else "") for value, when in node.rows]
    return _environment(node.environment, rows)


def _rows(node: Rows) -> str:
    return _environment(node.environment, [_row(row) for row in node.rows])


def _row(cells: tuple[Node | None, ...]) -> str:
    """`a &= b`: a cell that begins with a relation stands close to its ampersand."""
    pieces = [latex(cells[0]) if cells and cells[0] is not None else ""]
    for cell in cells[1:]:
        text = latex(cell) if cell is not None else ""
        close = isinstance(cell, Relation | Implication) and cell.first is None
        pieces.append(f"&{text}" if close else f"& {text}".rstrip())
    return " ".join(piece for piece in pieces if piece)


def _listing(node: Listing) -> str:
    pieces: list[str] = []
    for place, item in enumerate(node.items):
        pieces.append(latex(item))
        if place < len(node.separators):
            separator = node.separators[place]
            lead = "" if separator[:1] in (",", ";", "") else " "
            trail = "" if place == len(node.items) - 1 else " "
            pieces.append(f"{lead}{separator}{trail}")
    return "".join(pieces)


# --- statements --------------------------------------------------------------------------------------------


def _chain(node: Relation | Implication) -> str:
    inner = SUM if isinstance(node, Relation) else CONDITION
    pieces = [] if node.first is None else [_side(node.first, inner)]
    pieces.extend(f"{link.sign} {_side(link.term, inner)}" for link in node.links)
    return " ".join(pieces)


def _side(node: Node, inner: int) -> str:
    if isinstance(node, Listing) and inner == CONDITION:
        return latex(node)
    return at(node, inner)


def _link(node: Link) -> str:
    return f"{node.sign} {latex(node.term)}"


PRINTERS: dict[type[Node], Callable[[Any], str]] = {
    Number: lambda node: node.text,
    Symbol: lambda node: node.name,
    Word: _word,
    Ellipsis: lambda node: node.command,
    Styled: _styled,
    Accented: _styled,
    Subscript: _subscript,
    Primed: _primed,
    Signed: _signed,
    Sum: _sum,
    Product: _product,
    Fraction: _fraction,
    Binomial: _fraction,
    Power: lambda node: _scripted(node.base, "^", node.exponent),
    Root: _root,
    Factorial: _factorial,
    Group: _group,
    Call: _call,
    Conditional: _conditional,
    Differential: _differential,
    Derivative: _derivative,
    Integral: _integral,
    BigOperator: _big_operator,
    Evaluated: _evaluated,
    Underbrace: _underbrace,
    Matrix: _matrix,
    Cases: _cases,
    Rows: _rows,
    Listing: _listing,
    Link: _link,
    Relation: _chain,
    Implication: _chain,
}
