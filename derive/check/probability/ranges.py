"""Reading sums, products and integrals: over an index with bounds, over a set, or over all values of a variable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derive.check.probability.errors import Opaque
from derive.check.probability.heads import ALL
from derive.meaning.form import Form, opaque, replace_at, var
from derive.notation.printer import latex
from derive.notation.tree import (
    BigOperator,
    Differential,
    Group,
    Integral,
    Listing,
    Node,
    Product,
    Relation,
    Styled,
    Subscript,
    Sum,
    Symbol,
    walk,
)

if TYPE_CHECKING:
    from derive.check.probability.reading import Reading

__all__ = ["over", "read_integral", "read_sum"]

_SETS = frozenset({"\\mathcal", "\\mathscr", "\\mathbb"})
_HEADS = {"\\sum": "sum", "\\prod": "prod", "\\sum\\limits": "sum"}
Range = tuple[Form, Form, Form]
"""A letter and its bounds."""


def read_sum(reading: Reading, node: Node) -> Form | None:
    """`\\sum_x`, `\\sum_{i=1}^n`, `\\prod_{c \\in C}`; None for anything else."""
    if not isinstance(node, BigOperator) or node.command.split("\\limits")[0] not in _HEADS:
        return None
    if node.body is None:
        raise Opaque
    head = _HEADS[node.command.split("\\limits")[0]]
    reading.speaks = True
    found = reading.form(node.body)
    for letter, lower, upper in reversed(_ranges(reading, node)):
        found = over(head, found, letter, lower, upper)
    return found


def over(head: str, body: Form, letter: Form, lower: Form = ALL, upper: Form = ALL) -> Form:
    """The sum or integral over a letter; one with an index, as in `sum_{x_i}`, is a letter of its own in the body."""
    if letter.head == "var":
        return Form(head, (body, letter, lower, upper))
    own = var("_".join((letter.args[0].name, *(repr(index) for index in letter.args[1:]))))
    return Form(head, (replace_at(body, letter, own), own, lower, upper))


def _ranges(reading: Reading, node: BigOperator) -> list[Range]:
    lower, upper = node.lower, node.upper
    if lower is None:
        if upper is not None or node.body is None:
            raise Opaque
        return [(_only_index(node.body), ALL, ALL)]
    if isinstance(lower, Relation) and len(lower.links) == 1 and lower.first is not None:
        link = lower.links[0]
        if link.sign == "=" and upper is not None:
            return [(_letter(lower.first), reading.form(link.term), reading.form(upper))]
        if link.sign == "\\in" and upper is None:
            return [(letter, *_set(reading, letter, link.term)) for letter in map(_letter, _entries(lower.first))]
        if link.sign in ("\\ne", "\\neq", "\\not=", "<", ">", "\\le", "\\leq") and upper is None:
            return [(_letter(lower.first), opaque(f"range {link.sign}", reading.form(link.term)), ALL)]
        raise Opaque
    if upper is not None:
        return [(_letter(lower), opaque("from"), reading.form(upper))]
    if isinstance(lower, Listing) and isinstance(lower.items[-1], Relation):
        last = lower.items[-1]
        if len(last.links) == 1 and last.links[0].sign == "\\in" and last.first is not None:
            letters = [_letter(item) for item in (*lower.items[:-1], last.first)]
            return [(letter, *_set(reading, letter, last.links[0].term)) for letter in letters]
        raise Opaque
    return [(_letter(item), ALL, ALL) for item in _entries(lower)]


def _entries(node: Node) -> tuple[Node, ...]:
    body = node.body if isinstance(node, Group) and node.left in ("", "(") else node
    return body.items if isinstance(body, Listing) else (body,)


def _letter(node: Node) -> Form:
    """The letter that a sum runs over, maybe with an index."""
    from derive.check.probability.reading import named

    form = named(node)
    if form is None:
        raise Opaque
    return form


def _set(reading: Reading, letter: Form, node: Node) -> tuple[Form, Form]:
    """The bounds for a set; the set of all values of a variable is no bound."""
    text = re.sub(r"\\(?:mathrm|operatorname|text|cdot)|[\s{}\\]", "", latex(node))
    own = (letter if letter.head == "var" else letter.args[0]).name.split("_")[0]
    if isinstance(node, Styled) and node.command in _SETS and isinstance(node.body, Symbol):
        whole = node.body.name.lower() == own or node.body.name == "R"
        return (ALL, ALL) if whole else (opaque("range in", reading.template(node)), ALL)
    if text.startswith(f"Val({own.upper()}") or text == "Omega":
        return ALL, ALL
    return opaque("range in", reading.template(node)), ALL


def _only_index(body: Node) -> Form:
    """The index of a sum that does not say it: the only letter that stands below others."""
    found = {part.index for part in walk(body) if isinstance(part, Subscript) and isinstance(part.index, Symbol)}
    letters = {node.name for node in found if isinstance(node, Symbol) and node.name in "ijklnt"}
    if len(letters) != 1 or any(isinstance(part, BigOperator) for part in walk(body)):
        raise Opaque
    return var(letters.pop())


# --- integrals ---------------------------------------------------------------------------------------------


def read_integral(reading: Reading, node: Node) -> Form | None:
    """`\\int p(x) f(x) dx` over all x, or between bounds; None for anything else."""
    if not isinstance(node, Integral):
        return None
    if node.command != "\\int":
        raise Opaque
    body, letters = node.body, [node.differential] if node.differential is not None else []
    bounds = [(node.lower, node.upper)]
    while isinstance(body, Integral) and len(letters) < 4:
        if body.differential is not None:
            letters.append(body.differential)
        bounds.append((body.lower, body.upper))
        body = body.body
    body, more = _without_differentials(body)
    letters += more
    if not letters or any(
        each.order is not None or each.sign not in ("d", "\\mathrm{d}", "\\text{d}") for each in letters
    ):
        raise Opaque
    if len(bounds) not in (1, len(letters)):
        raise Opaque
    found = reading.form(body)
    for place, each in enumerate(letters):
        letter = _letter(each.variable)
        lower, upper = bounds[place if len(bounds) > 1 else 0]
        if isinstance(lower, Relation) and upper is None and len(lower.links) == 1 and lower.links[0].sign == "\\in":
            if lower.first is None or _letter(lower.first) != letter:
                raise Opaque
            found = over("int", found, letter, *_set(reading, letter, lower.links[0].term))
            continue
        whole = _is_all(lower, letter) and (upper is None or _is_infinite(upper))
        if not whole and (lower is None or upper is None):
            raise Opaque
        limits = (ALL, ALL) if whole or lower is None or upper is None else (reading.form(lower), reading.form(upper))
        found = over("int", found, letter, *limits)
    return found


def _without_differentials(body: Node) -> tuple[Node, list[Differential]]:
    if not isinstance(body, Product):
        return body, []
    kept = [place for place, factor in enumerate(body.factors) if not isinstance(factor, Differential)]
    found = [factor for factor in body.factors if isinstance(factor, Differential)]
    if not found or not kept:
        return body, []
    factors = tuple(body.factors[place] for place in kept)
    if any(
        body.operators[place - 1] not in ("", "\\cdot") for place in range(1, len(body.factors)) if place not in kept
    ):
        return body, []
    signs = tuple(body.operators[place - 1] for place in kept[1:])
    return (factors[0] if len(factors) == 1 else Product(factors, signs)), found


def _is_all(lower: Node | None, letter: Form) -> bool:
    from derive.check.probability.reading import named

    if lower is None:
        return True
    if named(lower) == letter:
        return True
    if isinstance(lower, Styled) and isinstance(lower.body, Symbol):
        return lower.body.name == "R" or lower.body.name.lower() == repr(letter)
    return (
        isinstance(lower, Sum)
        and len(lower.terms) == 1
        and lower.terms[0].sign == "-"
        and _is_infinite(lower.terms[0].term)
    )


def _is_infinite(node: Node) -> bool:
    if isinstance(node, Sum) and len(node.terms) == 1 and node.terms[0].sign == "+":
        node = node.terms[0].term
    return isinstance(node, Symbol) and node.name == "\\infty"
