"""The text printer: a notation tree as one line of Unicode for a terminal, `log(p/(1 − p)) = x`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derive.notation.letters import head_of
from derive.notation.symbols import (
    ACCENTS,
    ARROWS,
    BIG_SIGNS,
    CONNECTIVES,
    DELIMITER_TEXT,
    ELLIPSES,
    EXTREMA,
    FUNCTIONS,
    INTEGRALS,
    LETTERS,
    PRODUCT_SIGNS,
    QUANTIFIERS,
    RELATIONS,
    SIGNS,
    SUPERSCRIPT_SIGNS,
)
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

__all__ = ["text"]

_RAISED = dict(
    zip(
        "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ∗*′⊤T",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ**′ᵀᵀ",
        strict=True,
    )
)
_LOWERED = dict(zip("0123456789+−-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
_BLACKBOARD = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "E": "𝔼", "P": "ℙ", "1": "𝟙", "F": "𝔽"}
_SCRIPT = {"L": "ℒ", "N": "𝒩", "F": "ℱ", "O": "𝒪", "H": "ℋ", "D": "𝒟", "X": "𝒳", "Y": "𝒴", "A": "𝒜", "B": "ℬ"}
_LONGEST_SCRIPT = 5
_ROOTS = {"3": "∛", "4": "∜"}

STATEMENT, TERM, FACTOR, TIGHT, SOLID = range(5)
_LEVELS: dict[type[Node], int] = {
    Listing: STATEMENT, Implication: STATEMENT, Conditional: STATEMENT, Relation: STATEMENT, Link: STATEMENT,
    Sum: STATEMENT, Signed: STATEMENT, Product: TERM, Fraction: TERM, BigOperator: TERM, Integral: TERM,
    Derivative: TERM, Evaluated: TERM, Call: FACTOR, Differential: FACTOR, Power: TIGHT, Primed: TIGHT,
    Subscript: TIGHT, Factorial: TIGHT, Root: TIGHT,
}  # fmt: skip


def text(node: Node) -> str:
    """The tree as Unicode text in one line (one line for each row of an aligned display)."""
    printed: str = _PRINTERS[type(node)](node)
    return printed


def _level(node: Node) -> int:
    if isinstance(node, Call) and not isinstance(node.argument, Group):
        return TERM
    if isinstance(node, Group) and not node.left:
        return _level(node.body)
    return _LEVELS.get(type(node), SOLID)


def _at(node: Node, needed: int) -> str:
    shown = text(node)
    return shown if _level(node) >= needed else f"({shown})"


def _bare(node: Node) -> Node:
    """What stands in a group that is needed on the page but not beside a fraction bar or in a script."""
    return node.body if isinstance(node, Group) and node.left in ("(", "") and node.right in (")", "") else node


# --- names and scripts -------------------------------------------------------------------------------------


def _symbol(node: Symbol) -> str:
    name = node.name
    return LETTERS.get(name) or SUPERSCRIPT_SIGNS.get(name) or SIGNS.get(name) or name.lstrip("\\")


def _word(node: Word) -> str:
    known = FUNCTIONS.get(node.command) or EXTREMA.get(node.command) or QUANTIFIERS.get(node.command)
    return known or node.text.replace("\\,", " ").replace("~", " ").strip()


def _styled(node: Styled) -> str:
    body = text(node.body)
    if node.command in ("\\mathbb", "\\mathds", "\\mathbbm"):
        return _BLACKBOARD.get(body, body)
    return _SCRIPT.get(body, body) if node.command in ("\\mathcal", "\\mathscr") else body


def _accented(node: Accented) -> str:
    body, mark = text(node.body), ACCENTS[node.command]
    return body + mark if len(body) == 1 else f"{node.command.lstrip(chr(92))}({body})"


def _script(node: Node, images: dict[str, str], sign: str) -> str:
    shown = text(_bare(node) if isinstance(node, Group) and not node.left else node)
    close = shown.replace(" ", "") if isinstance(node, Sum | Relation) else shown
    if 0 < len(close) <= _LONGEST_SCRIPT and all(character in images for character in close):
        return "".join(images[character] for character in close)
    return f"{sign}{shown}" if len(shown) == 1 or isinstance(node, Group | Number) else f"{sign}({shown})"


def _power(node: Power) -> str:
    base = node.base
    if isinstance(base, Call) and isinstance(base.head, Word):
        return f"({text(base)}){_script(node.exponent, _RAISED, '^')}"
    return _at(base, SOLID if isinstance(base, Power) else TIGHT) + _script(node.exponent, _RAISED, "^")


def _subscript(node: Subscript) -> str:
    return _at(node.base, TIGHT) + _script(node.index, _LOWERED, "_")


# --- arithmetic --------------------------------------------------------------------------------------------


def _sum(node: Sum) -> str:
    pieces: list[str] = []
    for place, term in enumerate(node.terms):
        shown = _at(term.term, TERM)
        sign = SIGNS.get(term.sign, term.sign)
        pieces.append(f" {sign or '+'} {shown}" if place else sign + shown)
    return "".join(pieces)


def _product(node: Product) -> str:
    last = len(node.factors) - 1
    shown = []
    for place, factor in enumerate(node.factors):
        ends = place == last or (not node.operators[place] and _is_named_call(node.factors[place + 1]))
        open_ended = isinstance(factor, BigOperator | Integral | Derivative) and place == last
        shown.append(text(factor) if open_ended or (_is_named_call(factor) and ends) else _at(factor, FACTOR))
    joined = shown[0]
    for place, sign in enumerate(node.operators):
        image = PRODUCT_SIGNS.get(sign, sign)
        right = node.factors[place + 1]
        if sign == "/":
            joined += "/" + shown[place + 1]
        elif sign:
            joined += f" {image} {shown[place + 1]}"
        else:
            coefficient = isinstance(node.factors[0], Number) and _is_letter(node.factors[place]) and _is_letter(right)
            joined += ("" if coefficient or _close(node.factors[place], right) else " ") + shown[place + 1]
    return joined


def _is_named_call(node: Node) -> bool:
    return isinstance(node, Call) and isinstance(head_of(node.head), Word)


def _is_letter(node: Node) -> bool:
    return isinstance(node, Symbol) and len(node.name) == 1


def _close(left: Node, right: Node) -> bool:
    """Whether two factors read well without a space."""
    first = head_of(right)
    if isinstance(left, Number):
        return isinstance(first, Symbol | Group | Styled | Root)
    return isinstance(first, Group) and isinstance(left, Symbol | Group | Call | Styled)


def _fraction(node: Fraction) -> str:
    numerator, denominator = node.numerator, node.denominator
    flat = (
        isinstance(numerator, Product) and "/" not in numerator.operators and not _is_named_call(numerator.factors[-1])
    )
    upper = _at(numerator, TERM if flat else FACTOR)
    lower = _at(denominator, FACTOR)
    return f"{upper}/{lower}"


def _root(node: Root) -> str:
    index = text(node.index) if node.index is not None else ""
    sign = _ROOTS.get(index) or _script(node.index, _RAISED, "") + "√" if node.index is not None else "√"
    return sign + _at(_bare(node.radicand), SOLID)


def _group(node: Group) -> str:
    body = text(node.body)
    if not node.left and not node.right:
        return body
    return DELIMITER_TEXT.get(node.left, node.left) + body + DELIMITER_TEXT.get(node.right, node.right)


def _binomial(node: Binomial) -> str:
    return f"C({text(node.upper)}, {text(node.lower)})"


# --- functions and calculus --------------------------------------------------------------------------------


def _call(node: Call) -> str:
    head, argument = text(node.head), node.argument
    if isinstance(argument, Group) and argument.left:
        return head + text(argument)
    if _level(argument) >= FACTOR or (isinstance(argument, Product) and not any(argument.operators)):
        return f"{head} {text(argument)}"
    return f"{head}({text(argument)})"


def _conditional(node: Conditional) -> str:
    if node.bar == "\\pmod":
        return f"{text(node.left)} (mod {text(node.right)})"
    bar = "‖" if node.bar in ("||", "\\|") else ":" if node.bar in (":", "\\colon") else "|"
    return f"{text(node.left)} {bar} {text(node.right)}"


def _differential(node: Differential) -> str:
    sign = LETTERS.get(node.sign, "d")
    order = _script(node.order, _RAISED, "^") if node.order is not None else ""
    return sign + order + _at(node.variable, TIGHT)


def _derivative(node: Derivative) -> str:
    sign = "∂" if node.sign == "\\partial" else "d"
    order = _script(node.order, _RAISED, "^") if node.order is not None else ""
    below = "".join(_divisor(variable) for variable in node.variables)
    if len(node.variables) > 1:
        below = f"({below})"
    if node.form == "quotient" and node.body is not None:
        return f"{sign}{order}{_at(node.body, FACTOR)}/{below}"
    body = "" if node.body is None else " " + _at(node.body, TERM if isinstance(node.body, Product) else FACTOR)
    return f"{sign}{order}/{below}{body}"


def _divisor(node: Differential) -> str:
    return _differential(Differential(node.variable, node.sign)) + (
        _script(node.order, _RAISED, "^") if node.order is not None else ""
    )


def _bounds(lower: Node | None, upper: Node | None) -> str:
    below = _script(lower, _LOWERED, "_") if lower is not None else ""
    return below + (_script(upper, _RAISED, "^") if upper is not None else "")


def _integral(node: Integral) -> str:
    head = INTEGRALS[node.command] + _bounds(node.lower, node.upper)
    body = _at(node.body, TERM)
    return f"{head} {body}" + (f" {text(node.differential)}" if node.differential is not None else "")


def _big_operator(node: BigOperator) -> str:
    sign = BIG_SIGNS.get(node.command) or EXTREMA.get(node.command) or text(Word(node.command)).strip() or "op"
    if sign.isalpha() and node.lower is not None:
        head = f"{sign}[{text(node.lower)}]"
    else:
        head = sign + _bounds(node.lower, node.upper)
    return head if node.body is None else f"{head} {_at(node.body, TERM)}"


def _evaluated(node: Evaluated) -> str:
    closing = DELIMITER_TEXT.get(node.right, node.right)
    opening = DELIMITER_TEXT.get(node.left, node.left) or ("[" if node.upper is not None else "")
    body = text(node.body) if opening else _at(node.body, FACTOR)
    return f"{opening}{body}{']' if opening == '[' else closing}{_bounds(node.lower, node.upper)}"


def _underbrace(node: Underbrace) -> str:
    return text(node.body)


# --- arrays and statements ---------------------------------------------------------------------------------


def _matrix(node: Matrix) -> str:
    bars = "|" if node.environment == "vmatrix" else ""
    rows = "; ".join(", ".join(text(cell) for cell in row) for row in node.rows)
    return f"{bars or '['}{rows}{bars or ']'}"


def _cases(node: Cases) -> str:
    rows = (text(value) + (f" {_when(when)}" if when is not None else "") for value, when in node.rows)
    return "{" + "; ".join(rows) + "}"


def _when(condition: Node) -> str:
    shown = text(condition)
    first = condition.items[0] if isinstance(condition, Listing) and condition.items else condition
    return shown if isinstance(first, Word) else f"if {shown}"


def _rows(node: Rows) -> str:
    return "\n".join(" ".join(text(cell) for cell in row if cell is not None) for row in node.rows)


def _listing(node: Listing) -> str:
    shown = ""
    for place, item in enumerate(node.items):
        shown += text(item)
        if place < len(node.separators):
            shown += _separator(node.separators[place], place == len(node.items) - 1)
    return shown


def _separator(written: str, last: bool) -> str:
    words = written
    for command, image in {"\\qquad": " ", "\\quad": " ", **CONNECTIVES, **QUANTIFIERS}.items():
        words = words.replace(command, image)
    while "\\text" in words and "{" in words:
        before, _, rest = words.partition("\\")
        words = before + rest.partition("{")[2].replace("}", "", 1)
    words = " ".join(words.split())
    if words[:1] not in (",", ";") and words:
        words = " " + words
    return words if last else words + " "


def _chain(node: Relation | Implication) -> str:
    pieces = [] if node.first is None else [text(node.first)]
    for link in node.links:
        pieces += [_relation_sign(link.sign), text(link.term)]
    return " ".join(pieces)


def _relation_sign(sign: str) -> str:
    known = RELATIONS.get(sign) or ARROWS.get(sign)
    if known is None:
        inner = [image for command, image in (RELATIONS | ARROWS).items() if sign.endswith(f"{{{command}}}")]
        known = inner[0] if inner else "→" if "arrow" in sign else sign
    return known


_PRINTERS: dict[type[Node], Callable[[Any], str]] = {
    Number: lambda node: node.text,
    Symbol: _symbol,
    Word: _word,
    Ellipsis: lambda node: ELLIPSES.get(node.command, "…"),
    Styled: _styled,
    Accented: _accented,
    Subscript: _subscript,
    Primed: lambda node: _at(node.base, TIGHT) + "′" * node.count,
    Signed: lambda node: _sum(Sum((node,))),
    Sum: _sum,
    Product: _product,
    Fraction: _fraction,
    Binomial: _binomial,
    Power: _power,
    Root: _root,
    Factorial: lambda node: _at(node.body, TIGHT) + "!" * node.count,
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
    Link: lambda node: f"{_relation_sign(node.sign)} {text(node.term)}",
    Relation: _chain,
    Implication: _chain,
}
