"""What stands side by side: how factors and arguments are printed so that each ends where it ends in the tree."""

from __future__ import annotations

from derive.notation.printing import Level, Print, Printer, bracketed, leftmost, level
from derive.notation.symbols import CIRCULAR, EXTREMA, FUNCTION_FONTS, FUNCTIONS, UPRIGHT_CONSTANTS
from derive.notation.tree import (
    Accented,
    BigOperator,
    Binomial,
    Call,
    Cases,
    Derivative,
    Differential,
    Ellipsis,
    Evaluated,
    Fraction,
    Group,
    Integral,
    Matrix,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Root,
    Rows,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Underbrace,
    Word,
)
from derive.notation.words import FUNCTION_NAMES, is_name

_QUOTIENTS = ("/", "\\div")

_ENDING = (
    Word, Fraction, Binomial, BigOperator, Integral, Derivative, Matrix, Cases, Rows, Accented, Styled, Underbrace,
    Differential,
)  # fmt: skip
"""What is no part of an argument without brackets unless it begins it."""

# --- products ----------------------------------------------------------------------------------------------


def print_product(node: Product, printer: Printer) -> str:
    factors, operators = _flat(node)
    last = len(factors) - 1
    tight = _coefficient_letters(factors, operators)
    text = ""
    for place, factor in enumerate(factors):
        sign = operators[place] if place < last else None
        following = factors[place + 1] if place < last else None
        if place == 0 and isinstance(factor, Evaluated) and factor.upper is None:
            piece = printer.text(factor)
        else:
            piece = _factor(factor, sign, following, printer)
        if place and place not in tight:
            piece = _joint(factors[place - 1], operators[place - 1], factor, piece) + piece
        text += piece
    return text


def _coefficient_letters(factors: list[Node], operators: list[str]) -> set[int]:
    """The places of letters right after a number and letters, as in `4ac`, which stand without spaces."""
    tight: set[int] = set()
    place = 0
    while place < len(factors):
        start = place
        place += 1
        while place < len(factors) and operators[place - 1] == "" and _is_letter(factors[place]):
            place += 1
        run = "".join(letter.name for letter in factors[start + 1 : place] if isinstance(letter, Symbol))
        if isinstance(factors[start], Number) and "d" not in run and not is_name(run):
            tight.update(range(start + 1, place))
    return tight


def _is_letter(node: Node) -> bool:
    return isinstance(node, Symbol) and len(node.name) == 1 and node.name.isalpha()


def _flat(node: Product) -> tuple[list[Node], list[str]]:
    """The factors with those of inner products among them, where reading from left to right gives the same."""
    factors: list[Node] = []
    operators: list[str] = []
    for place, factor in enumerate(node.factors):
        if place:
            operators.append(node.operators[place - 1])
        if isinstance(factor, Product) and not (place and operators[-1] in _QUOTIENTS):
            inner, signs = _flat(factor)
            factors += inner
            operators += signs
        else:
            factors.append(factor)
    return factors, operators


def _factor(factor: Node, sign: str | None, following: Node | None, printer: Printer) -> str:
    """A factor so that what follows it is not taken for a part of it."""
    if sign is None or following is None:
        return printer.at(factor, Level.FACTOR)
    text = printer.at(factor, Level.FACTOR)
    if sign == "" and isinstance(factor, Derivative) and factor.form == "operator" and factor.body is None:
        return f"{{{text}}}"
    if sign == "" and text in ("d", "\\partial", "\\mathrm{d}"):
        return f"{{{text}}}"
    if not _swallows(factor, sign, following):
        return text
    if isinstance(factor, Call):
        return printer.text(factor.head) + bracketed(printer.text(factor.argument))
    return bracketed(text)


def _swallows(factor: Node, sign: str, following: Node) -> bool:
    """Whether the factor, printed without brackets, would take in what follows it."""
    if isinstance(factor, Product):
        return _swallows(factor.factors[-1], sign, following)
    if isinstance(factor, BigOperator):
        return factor.body is not None or sign == ""
    if isinstance(factor, Integral):
        return factor.differential is None
    if isinstance(factor, Derivative) and factor.form == "operator":
        if factor.body is None:
            return False
        return sign in ("", "/") and not begins_with_group(factor.body)
    if isinstance(factor, Word):
        return sign == "" and is_named_function(factor)
    if isinstance(factor, Call) and level(factor) == Level.FACTOR:
        last = factor.argument.factors[-1] if isinstance(factor.argument, Product) else factor.argument
        ends = sign != "" or _ends_argument(last, following, takes_brackets(factor.head))
        return not ends or _swallows(factor.argument, sign, following)
    return False


def _ends_argument(last: Node, following: Node, brackets: bool) -> bool:
    """Whether an argument without brackets ends before this factor."""
    first = leftmost(following)
    if isinstance(first, Group):
        return first.left != "" and not (brackets and is_name_like(last) and is_simple_group(first))
    if isinstance(first, Root):
        return not isinstance(last, Number)
    return isinstance(first, _ENDING) and not is_difference(first)


def _joint(left: Node, sign: str, right: Node, right_text: str) -> str:
    """What is written between two factors: their sign, or the space that reads well."""
    if sign == "/":
        return sign
    if sign:
        return f" {sign} "
    first = leftmost(right)
    if isinstance(left, Number):
        if isinstance(first, Number) or (isinstance(right, Fraction) and isinstance(right.numerator, Number)):
            return " \\cdot "
        return "" if isinstance(first, Symbol) or right_text.startswith("(") else " "
    if right_text.startswith(("(", "[", "\\left(", "\\left[")) and _applies(left):
        return " \\cdot "
    if right_text.startswith("("):
        return " " if isinstance(left, Power | Subscript | Integral) else ""
    return " \\, " if isinstance(right, Differential) and not is_difference(right) else " "


def _applies(left: Node) -> bool:
    """Whether a bracket right after this is always its argument, so that a product needs its sign."""
    while isinstance(left, Power | Subscript):
        left = left.base
    if isinstance(left, Word):
        return len(left.text) != 1
    if isinstance(left, Styled) and left.command == "\\mathrm" and isinstance(left.body, Symbol):
        return left.body.name not in UPRIGHT_CONSTANTS
    if isinstance(left, Group):
        return isinstance(left.body, Product) and "\\circ" in left.body.operators
    return isinstance(left, Primed) or (isinstance(left, Styled) and left.command in FUNCTION_FONTS)


def begins_with_group(node: Node) -> bool:
    first = leftmost(node)
    return isinstance(first, Group) and first.left != ""


# --- arguments ---------------------------------------------------------------------------------------------


def print_call(node: Call, printer: Printer) -> str:
    head, argument = printer.text(node.head), node.argument
    text = printer.text(argument)
    if isinstance(argument, Group) and argument.left:
        return head + text
    if (
        _head_is_named(node.head)
        and _stands_alone(argument, takes_brackets(node.head))
        and not text.startswith(("(", "\\left("))
    ):
        return f"{head} {text}"
    return head + bracketed(text)


def _head_is_named(head: Node) -> bool:
    word = leftmost(head)
    return isinstance(word, Word) and is_named_function(word)


def takes_brackets(head: Node) -> bool:
    """Whether `p(x)` after this function is its argument though p is not declared: so for log, not for sines."""
    word = leftmost(head)
    return not (isinstance(word, Word) and word.command in CIRCULAR)


def is_named_function(word: Word) -> bool:
    """Whether the word takes an argument without a bracket: `\\log x`, `\\operatorname{tr} A`, `\\mathrm{tr} A`."""
    named = word.command in FUNCTIONS or word.command in EXTREMA
    return named or word.command.startswith("\\operatorname") or word.text in FUNCTION_NAMES


def is_name_like(node: Node) -> bool:
    """Whether a bracket after this may be its argument, though it is no declared function: `\\log p_\\theta(x)`."""
    return isinstance(node, Symbol | Subscript | Accented | Styled | Primed) and isinstance(
        leftmost(node), Symbol | Accented | Styled
    )


def is_simple_group(node: Group) -> bool:
    """Whether the group is a round bracket around letters and numbers without any sign: `(x_i)`, `(G(z))`."""
    return (node.left, node.right) == ("(", ")") and node.size in ("", "left") and _is_plain(node.body)


def _is_plain(node: Node) -> bool:
    if isinstance(node, Number | Symbol | Styled | Accented):
        return True
    if isinstance(node, Power | Subscript):
        return _is_plain(node.base)
    if isinstance(node, Primed):
        return _is_plain(node.base)
    if isinstance(node, Call):
        return _is_plain(node.head) and isinstance(node.argument, Group) and _is_plain(node.argument)
    if isinstance(node, Product):
        return not any(node.operators) and all(_is_plain(factor) for factor in node.factors)
    return isinstance(node, Group) and (node.left, node.right) in (("(", ")"), ("[", "]"))


def _stands_alone(argument: Node, brackets: bool) -> bool:
    """Whether an argument is read back whole without brackets."""
    if isinstance(argument, Group):
        return isinstance(argument.body, Sum) and not argument.left
    if not isinstance(argument, Product):
        return level(argument) >= Level.FACTOR and _begins_argument(argument)
    if any(argument.operators) or not _begins_argument(argument.factors[0]) or _is_open(argument.factors[0]):
        return False
    return all(_continues(a, b, brackets) for a, b in zip(argument.factors, argument.factors[1:], strict=False))


def is_difference(node: Node) -> bool:
    """Whether this is a difference `\\Delta x`, one quantity like any other."""
    return isinstance(node, Differential) and node.sign == "\\Delta"


def _begins_argument(node: Node) -> bool:
    first = leftmost(node)
    return is_difference(first) or not isinstance(first, Group | Differential | Evaluated)


def _continues(left: Node, right: Node, brackets: bool) -> bool:
    """Whether `right` after `left` still belongs to an argument without brackets."""
    first = leftmost(right)
    if isinstance(first, Number) and isinstance(left, Number):
        return False
    if isinstance(first, Group):
        return brackets and is_name_like(left) and is_simple_group(first)
    if isinstance(first, Root):
        return isinstance(left, Number)
    plain = isinstance(first, Number | Symbol | Ellipsis) or is_difference(first)
    return plain and not isinstance(right, Evaluated)


def _is_open(node: Node) -> bool:
    return level(node) < Level.SCRIPTED and not isinstance(node, Fraction)


PRINTERS: dict[type[Node], Print] = {Product: print_product, Call: print_call}
