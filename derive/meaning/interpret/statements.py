"""Relations and their chains, membership and sets, implications."""

from __future__ import annotations

from derive.meaning.form import INFINITIES, ONE, ZERO, Form, const, var
from derive.meaning.interpret import tensors
from derive.meaning.interpret.letters import NUMBER_SETS
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.names import name_of
from derive.notation.tree import Group, Implication, Listing, Node, Number, Power, Relation, Styled, Subscript, Symbol

__all__ = ["implication", "relation"]

_SIGNS: dict[str, tuple[str, bool]] = {
    "=": ("eq", False), ":=": ("eq", False), "\\coloneqq": ("eq", False), "\\triangleq": ("eq", False),
    "\\overset{\\text{def}}{=}": ("eq", False), "\\doteq": ("eq", False), "=:": ("eq", False),
    "\\ne": ("ne", False), "\\neq": ("ne", False), "<": ("lt", False), "\\lt": ("lt", False),
    ">": ("lt", True), "\\gt": ("lt", True), "\\le": ("le", False), "\\leq": ("le", False),
    "\\leqslant": ("le", False), "\\ge": ("le", True), "\\geq": ("le", True), "\\geqslant": ("le", True),
}  # fmt: skip
"""The head of each relation sign, and whether its sides change places."""

_EMPTY_SET = Symbol("\\emptyset")
_ARROWS = {
    "\\Rightarrow": "implies", "\\implies": "implies", "\\Longrightarrow": "implies",
    "\\Leftrightarrow": "iff", "\\iff": "iff", "\\Longleftrightarrow": "iff",
    "\\Leftarrow": "only", "\\impliedby": "only", "\\Longleftarrow": "only",
}  # fmt: skip


def relation(node: Relation, reading: Reading) -> Form:
    if node.first is None:
        raise problem("what stands before the relation is not written", node)
    statements: list[Form] = []
    left = node.first
    for link in node.links:
        statements.append(_link(left, link.sign, link.term, node, reading))
        left = link.term
    return statements[0] if len(statements) == 1 else Form("and", tuple(statements))


def _link(left: Node, sign: str, right: Node, node: Node, reading: Reading) -> Form:
    if sign == "\\in" and right == _EMPTY_SET:
        return Form("eq", (ZERO, ONE))  # nothing is in the empty set: the statement that is false
    if sign in ("\\in", "\\notin", "\\not\\in"):
        space = tensors.space(right, reading)
        if space is not None and name_of(left) is not None:
            return Form("in", (var(str(name_of(left))), space))
        member = Form("in", (reading.form(left), _set(right, reading)))
        return member if sign == "\\in" else Form("not", (member,))
    known = _SIGNS.get(sign)
    if known is None:
        raise problem(f"the relation {sign} is not understood", node)
    head, swapped = known
    sides = (reading.form(left), reading.form(right))
    return Form(head, sides[::-1] if swapped else sides)


# --- sets --------------------------------------------------------------------------------------------------


def _set(node: Node, reading: Reading) -> Form:
    if isinstance(node, Group) and isinstance(node.body, Listing) and len(node.body.items) == 2:
        interval = _interval(node, node.body.items, reading)
        if interval is not None:
            return interval
    if isinstance(node, Group) and node.left in ("\\{", "\\lbrace"):
        body = node.body
        items = body.items if isinstance(body, Listing) else (body,)
        return Form("set", tuple(reading.form(item) for item in items))
    if isinstance(node, Styled) and isinstance(node.body, Symbol) and node.body.name in NUMBER_SETS:
        return var(NUMBER_SETS[node.body.name])
    if isinstance(node, Subscript | Power):
        return _half(node)
    raise problem("this set is not understood", node)


def _interval(node: Group, ends: tuple[Node, ...], reading: Reading) -> Form | None:
    if node.left not in ("(", "[", "]") or node.right not in (")", "]", "["):
        return None
    lower, upper = (reading.form(end) for end in ends)
    left = node.left in ("(", "]") or lower in INFINITIES
    right = node.right in (")", "[") or upper in INFINITIES
    return Form("interval", (lower, upper, const(str(left)), const(str(right))))


def _half(node: Subscript | Power) -> Form:
    """`\\mathbb{R}_+`, `\\mathbb{R}_{>0}`, `\\mathbb{R}_{\\ge 0}`, `\\mathbb{N}_0`."""
    mark = node.index if isinstance(node, Subscript) else node.exponent
    base = node.base
    if isinstance(base, Styled) and isinstance(base.body, Symbol):
        if base.body.name == "N" and mark == Number("0"):
            return var("Naturals0")
        if base.body.name == "R" and isinstance(mark, Relation) and mark.first is None and len(mark.links) == 1:
            link = mark.links[0]
            if link.term == Number("0") and link.sign in (">", "\\gt", "\\ge", "\\geq"):
                is_open = link.sign in (">", "\\gt")
                return Form("interval", (ZERO, INFINITIES[0], const(str(is_open)), const("True")))
    raise problem("this set is not understood", node)


# --- implications ------------------------------------------------------------------------------------------


def implication(node: Implication, reading: Reading) -> Form:
    if node.first is None:
        raise problem("what stands before the arrow is not written", node)
    links: list[Form] = []
    left = reading.form(node.first)
    for link in node.links:
        head = _ARROWS.get(link.sign)
        if head is None:
            raise problem(f"the arrow {link.sign} is not understood", node)
        right = reading.form(link.term)
        links.append(Form("implies", (right, left)) if head == "only" else Form(head, (left, right)))
        left = right
    return links[0] if len(links) == 1 else Form("and", tuple(links))
