"""Reasons to distrust a refutation: another reading of the page, special points, letters that are meant positive."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.check.pointwise import may_agree
from derive.check.terms import Term, meaning
from derive.meaning.form import ZERO, Form, free_variables, num
from derive.model.claim import ClaimKind
from derive.model.context import Context
from derive.model.verdict import Verdict
from derive.notation.tree import Call, Group, Node, Number, Power, Product, transform

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["holds_for_positive", "is_special_point", "other_readings"]

SHIFTS = (Fraction(1, 17), Fraction(2, 23), Fraction(3, 31))
MANY_LETTERS = 3


def other_readings(term: Term, page: Page) -> Iterator[Form]:
    """The term's form, that in which `\\sin \\alpha R` is a product of the sine and R, and that in which
    `\\ln (x)^2` is the logarithm of a square."""
    if term.form is not None:
        yield term.form
    for other in (_narrow(term.node), _wide(term.node)) if term.node is not None else ():
        if other != term.node:
            form = meaning(Term(term.piece, other), page.knowledge.lexicon).form
            if form is not None:
                yield form


def _narrow(node: Node) -> Node:
    """The tree in which a function without brackets takes only what stands right behind it."""
    node = transform(node, _narrow)
    if isinstance(node, Call) and isinstance(node.argument, Product):
        factors, operators = node.argument.factors, node.argument.operators
        kept = 2 if isinstance(factors[0], Number) and len(factors) > 2 else 1
        if kept < len(factors):
            inner = factors[0] if kept == 1 else Product(factors[:kept], operators[: kept - 1])
            return Product((Call(node.head, inner), *factors[kept:]), operators[kept - 1 :])
    return node


def _wide(node: Node) -> Node:
    """The tree in which an exponent behind a function's brackets belongs to what is in them."""
    node = transform(node, _wide)
    if isinstance(node, Power) and isinstance(node.base, Call) and isinstance(node.base.argument, Group):
        return Call(node.base.head, Power(node.base.argument, node.exponent))
    return node


def is_special_point(left: Form, right: Form, verdict: Verdict, context: Context) -> bool:
    """Whether the sides agree again a little beside the counterexample, as far as can be seen."""
    found = verdict.counterexample
    if found is None or not found.point or any(value.head != "num" for _, value in found.point):
        return False
    beside: list[tuple[tuple[str, Form], ...]] = []
    for step, shift in enumerate(SHIFTS, 1):
        moved: list[tuple[str, Form]] = []
        for place, (name, value) in enumerate(found.point, 1):
            whole = context.variable(name).sort == "integer"
            moved.append((name, num(value.value + (step if whole else shift * place))))
        beside.append(tuple(moved))
    return all(may_agree(left, right, point) for point in beside)


def holds_for_positive(page: Page, kind: ClaimKind, left: Form, right: Form) -> bool:
    """Whether a claim about many letters is no longer refuted when all are positive, as quantities mostly are."""
    names = sorted(free_variables(left) | free_variables(right))
    if len(names) < MANY_LETTERS:
        return False
    positive = (Form("lt", (ZERO, Form("var", (name,)))) for name in names)
    return page.judge.verdict(kind, left, right, page.knowledge.context(positive)).status != "refuted"
