"""Bringing terms to a common form by named laws: to simplify one, and to explain why two of them are equal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derive.engine.errors import EngineError
from derive.engine.expand import expand
from derive.engine.factors import cancel_common_power, cancel_polynomial_factor
from derive.engine.fractions import together
from derive.engine.lines import Lines
from derive.engine.match import in_standard_form, put_in
from derive.engine.moves import relation, sides
from derive.engine.rewrite import apply_rule
from derive.engine.signs import Facts
from derive.engine.tidy import tidy
from derive.engine.views import monomial, same, terms
from derive.engine.writing import (
    ONE,
    TWO,
    ZERO,
    apply,
    bare,
    bracketed,
    is_zero,
    number_of,
    numeral,
    over,
    raised,
    root,
    times,
    total,
)
from derive.model.derivation import Derivation, Step
from derive.model.rule import Rule
from derive.notation.printer import latex
from derive.notation.tree import Call, Fraction, Group, Node, Power, Product, Root, Sum, Symbol, Word, transform, walk
from derive.rules import rule_named
from derive.rules.trigonometry import TRIGONOMETRY

__all__ = ["explain", "simplify"]

MOST_LINES = 40
MOST_NODES = 600
MOST_SQUARES = 8

REWRITES: tuple[Rule, ...] = (
    rule_named("exponentials.as_power"),
    *TRIGONOMETRY[:-1],
    rule_named("exponentials.root_of_square"),
    rule_named("exponentials.logarithm_of_quotient"),
    rule_named("exponentials.logarithm_of_product"),
    rule_named("exponentials.logarithm_of_power"),
    rule_named("exponentials.logarithm_of_root"),
    rule_named("exponentials.ln_of_quotient"),
    rule_named("exponentials.ln_of_product"),
    rule_named("exponentials.ln_of_power"),
)
"""Rules applied wherever they match, in this order; Pythagoras comes last, after everything is multiplied out."""


def simplify(term: Node, given: tuple[Node, ...] = (), *, title: str = "") -> Derivation:
    """The steps from a term to the shortest form that the laws of `PASSES` reach; none where it is short."""
    lines = _common_form(term, given)
    every = [lines.start, *(step.after for step in lines.steps)]
    shortest = min(range(len(every)), key=lambda place: (_size(every[place]), place))
    lines.steps = lines.steps[:shortest]
    return lines.derivation(title or f"Shorter form of {latex(term)}", given)


def explain(statement: Node, given: tuple[Node, ...] = (), *, title: str = "") -> Derivation:
    """A chain of steps from the left side of `A = B` to the right one, through a form that both can be brought to.

    Raises EngineError where the statement is no equation or no common form is found, which proves nothing.
    """
    pair = sides(statement)
    if pair is None:
        raise EngineError(f"{latex(statement)} is not an equation")
    left, right = (_common_form(side, given) for side in pair)
    meeting = _meeting(left, right)
    if meeting is None and not _extended(left, right) and not _cross_multiplied(left, right):
        raise EngineError(f"no chain of steps found from {latex(pair[0])} to {latex(pair[1])}")
    meeting = _meeting(left, right)
    assert meeting is not None
    left.steps = left.steps[: meeting[0]]
    back = right.steps[: meeting[1]]
    left.add(back[-1].after if back else right.start, tidy(left.current).laws or ("algebra.order",))
    for step in reversed(back):
        left.steps.append(_reversed(step))
    return left.derivation(title or f"Why {latex(statement)}", given)


def _reversed(step: Step) -> Step:
    return replace(step, before=step.after, after=step.before, says=f"{step.says} (read backwards)")


def _meeting(left: Lines, right: Lines) -> tuple[int, int] | None:
    """How many steps of each side lead to lines that agree up to order: the fewest."""
    ours = [left.start, *(step.after for step in left.steps)]
    theirs = [right.start, *(step.after for step in right.steps)]
    pairs = [(i, j) for i, a in enumerate(ours) for j, b in enumerate(theirs) if same(a, b)]
    return min(pairs, key=lambda pair: (sum(pair), pair)) if pairs else None


def _extended(left: Lines, right: Lines) -> bool:
    """The left side's last fraction extended by a product that makes it the right side's."""
    ours, theirs = (_parts(bare(lines.current)) for lines in (left, right))
    factor = tidy(over(theirs[0], ours[0])).node
    if any(isinstance(base, Sum) for base, _ in monomial(factor).powers):
        return False
    below = tidy(expand(times(ours[1], factor)).node).node
    if not same(below, theirs[1]):
        return False
    bases = [base for base, _ in monomial(factor).powers if not Facts().is_nonzero(base)]
    owes = tuple(relation(base, "\\ne", ZERO) for base in bases)
    left.add(right.current, ("algebra.extend_by",), owes)
    return True


def _parts(form: Node) -> tuple[Node, Node]:
    """Numerator and denominator; any other term stands over one."""
    return (form.numerator, form.denominator) if isinstance(form, Fraction) else (form, ONE)


def _cross_multiplied(left: Lines, right: Lines) -> bool:
    """Both sides extended to the product of their denominators, if their numerators then agree."""
    (a, b), (c, d) = (_parts(bare(lines.current)) for lines in (left, right))
    first, second = (tidy(expand(tidy(times(*p)).node).node).node for p in ((a, d), (c, b)))
    if not is_zero(tidy(total([(1, first), (-1, second)])).node):
        return False
    for lines, upper, other, expanded in ((left, a, d, first), (right, c, b, second)):
        owes = () if Facts().is_nonzero(other) else (relation(bare(other), "\\ne", ZERO),)
        lines.add(over(times(upper, other), times(b, d)), ("algebra.extend_by",), owes)
        lines.add(over(expanded, times(b, d)), ("algebra.expand",))
    return True


# --- the common form ---------------------------------------------------------------------------------------


def _common_form(term: Node, given: tuple[Node, ...]) -> Lines:
    """All the lines from a term to a form in which nothing more changes."""
    lines = Lines(term)
    facts = Facts.given(given)
    seen = {term}
    while len(lines.steps) < MOST_LINES and _size(lines.current) < MOST_NODES:
        if not any(change(lines, facts) for change in PASSES) or lines.current in seen:
            break
        seen.add(lines.current)
    return lines


def _tidied(lines: Lines, facts: Facts) -> bool:
    result = tidy(lines.current)
    if result.laws and result.node != lines.current:
        lines.add(result.node, result.laws, result.owes)
        return True
    return False


def _rewritten(lines: Lines, facts: Facts) -> bool:
    return any(_everywhere(rule, lines) for rule in REWRITES)


def _everywhere(rule: Rule, lines: Lines) -> bool:
    """The rule applied at every place where it matches, as one line."""
    owes: list[Node] = []

    def change(node: Node) -> Node:
        if isinstance(node, Group) and bare(node) is not node:
            inside = change(node.body)
            return node if inside is node.body else bracketed(inside)
        applied = apply_rule(rule, node)
        if applied is not None and applied.node != node:
            owes.extend(applied.owes)
            return applied.node
        body = in_standard_form(node) if isinstance(node, Call) else node
        inner = transform(body, change)
        return _rebuilt(inner) if inner is not body else node

    after = change(lines.current)
    if after == lines.current:
        return False
    lines.add(after, (rule.name,), owes)
    return True


def _rebuilt(node: Node) -> Node:
    """A node whose parts have changed, written with the brackets that these now need."""
    match node:
        case Product(factors, operators) if "/" not in operators:
            return put_in(list(factors), operators)
        case Sum(parts) if all(p.sign in ("", "+", "-") for p in parts):
            return total((-1 if p.sign == "-" else 1, p.term) for p in parts)
        case Power(base, exponent):
            return raised(base, exponent)
        case Fraction(upper, lower):
            return over(upper, lower)
        case Root(radicand, None):
            return root(radicand)
    return node


def _brought_together(lines: Lines, facts: Facts) -> bool:
    body = bare(lines.current)
    if not isinstance(body, Sum) or len(terms(body)) < 2:
        return False
    return together(lines)


def _expanded(lines: Lines, facts: Facts) -> bool:
    """Everything multiplied out, above and below the line."""
    body = bare(lines.current)
    if isinstance(body, Fraction):
        upper, lower = expand(body.numerator), expand(body.denominator)
        if not upper.laws and not lower.laws:
            return False
        after = over(tidy(upper.node).node, tidy(lower.node).node)
    else:
        opened = expand(body)
        if not opened.laws:
            return False
        after = tidy(opened.node).node
    if same(after, body):
        return False
    lines.add(after, ("algebra.expand", "algebra.like_terms"))
    return True


def _reduced(lines: Lines, facts: Facts) -> bool:
    return cancel_common_power(lines) or cancel_polynomial_factor(lines)


def _pythagoras(lines: Lines, facts: Facts) -> bool:
    """Squares of cosines by sines; of a higher power as many squares as are in it."""

    def change(node: Node) -> Node:
        body = in_standard_form(node)
        match body:
            case Power(Call(Word("\\cos"), argument), exponent):
                value = number_of(exponent)
                if value is not None and value.denominator == 1 and 2 <= value <= MOST_SQUARES:
                    square = total([(1, ONE), (-1, raised(apply("\\sin", argument), TWO))])
                    return times(raised(square, numeral(value // 2)), *([body.base] if value % 2 else []))
        inner = transform(node, change)
        return _rebuilt(inner) if inner is not node else node

    after = change(lines.current)
    if after == lines.current:
        return False
    lines.add(after, (TRIGONOMETRY[-1].name,))
    return True


PASSES: tuple[Callable[[Lines, Facts], bool], ...] = (
    _tidied,
    _reduced,
    _rewritten,
    _brought_together,
    _expanded,
    _pythagoras,
)
"""What is tried on a line, in this order; after each change it begins again."""


def _size(node: Node) -> int:
    """How much there is to read: letters, numbers and signs."""
    return sum(1 for part in walk(node) if not isinstance(part, Product | Sum) or isinstance(part, Symbol))
