"""Taylor expansions as they are broken off: `e^x = 1 + x + \\cdots`, `\\cos x = 1 - x^2/2 + O(x^4)`.

Why it is true: what is made of functions that are analytic where their arguments lie has derivatives of every order at
0, and by Taylor's theorem differs from its Taylor polynomial of degree n - 1 by O(x^n).  So the expansion holds where
each coefficient up to there is the derivative of its order at 0 by its factorial.  Dots continue it to higher powers.
"""

from __future__ import annotations

from dataclasses import replace
from math import factorial
from typing import TYPE_CHECKING

from derive.check.judge import Outcome
from derive.check.terms import Term, meaning
from derive.meaning.form import ONE, ZERO, Form, add, free_variables, heads, mul, num, subforms, substitute, var
from derive.model.statement import equality_kind
from derive.notation.tree import Ellipsis, Node, Sum

if TYPE_CHECKING:
    from derive.check.page import Page

__all__ = ["judged_expansion"]

_ENTIRE = frozenset({"num", "var", "const", "add", "mul", "exp", "sin", "cos", "sinh", "cosh", "atan", "tanh", "erf"})
_POSITIVE = frozenset({"log", "pow"})
_LANDAU = frozenset({"O", "O_cal"})
HIGHEST = 12
FEWEST = 2
"""Terms before the dots."""


def judged_expansion(page: Page, left: Term, right: Term) -> Outcome | None:
    """The verdict on an expansion around 0; None where this is none, or not one that can be told."""
    node = right.node
    if not isinstance(node, Sum) or len(node.terms) <= FEWEST or left.form is None:
        return None
    form = page.knowledge.expanded(left.form)
    terms = [_form(page, right, Sum((term,))) for term in node.terms]
    if isinstance(node.terms[-1].term, Ellipsis):
        terms.pop()
        order = None
    else:
        landau = _landau(terms.pop())
        if landau is None:
            return None
        order = landau
    written = [term for term in terms if term is not None]
    names = {name for term in written for name in free_variables(term)} & free_variables(form)
    found = [(name, degrees) for name in sorted(names) if (degrees := _degrees(written, name)) is not None]
    if len(written) < len(terms) or len(found) != 1 or (order is not None and order[0] != found[0][0]):
        return None
    ((name, degrees),) = found
    last = max(degrees) if order is None else order[1] - 1
    if degrees != sorted(set(degrees)) or not 0 < last <= HIGHEST or not _is_analytic(page, form, name):
        return None
    coefficients = dict(zip(degrees, (substitute(term, {name: ONE}) for term in written), strict=True))
    return _compared(page, form, name, [coefficients.get(k, ZERO) for k in range(last + 1)])


def _compared(page: Page, form: Form, name: str, coefficients: list[Form]) -> Outcome | None:
    """Each coefficient compared with the derivative of its order at 0."""
    weaker: Outcome | None = None
    for degree, coefficient in enumerate(coefficients):
        derivative = form if degree == 0 else Form("diff", (form, var(name), num(degree)))
        sides = Form("subs", (derivative, var(name), ZERO)), mul(num(factorial(degree)), coefficient)
        verdict = page.judge.verdict(equality_kind(*sides), *sides, page.knowledge.context())
        outcome = page.judge.outcome(verdict, "DRV101")
        if outcome.status == "refuted":
            return replace(outcome, message=f"the coefficient of {name}^{degree} is another one: {outcome.message}")
        if not outcome.holds:
            return None
        weaker = outcome if outcome.status == "conditional" or weaker is None else weaker
    return None if weaker is None else replace(weaker, by="Taylor coefficients", trust="exact")


def _form(page: Page, term: Term, node: Node) -> Form | None:
    found = meaning(Term(term.piece, node), page.knowledge.lexicon).form
    return None if found is None else page.knowledge.expanded(found)


def _landau(form: Form | None) -> tuple[str, int] | None:
    """The variable and the power in `O(x^n)`."""
    if form is None or form.head != "opaque" or form.args[0] not in _LANDAU or len(form.args) != 2:
        return None
    inner = form.args[1]
    if inner.head == "var":
        return inner.name, 1
    if inner.head == "pow" and inner.args[0].head == "var" and inner.args[1].head == "num":
        power = inner.args[1].value
        return (inner.args[0].name, int(power)) if power.denominator == 1 and power > 0 else None
    return None


def _degrees(terms: list[Form], name: str) -> list[int] | None:
    """The degree of each term in a variable; None where one of them is no power of it with a coefficient."""
    found = [_degree(term, name) for term in terms]
    return None if None in found else [degree for degree in found if degree is not None]


def _degree(form: Form, name: str) -> int | None:
    if name not in free_variables(form):
        return 0
    if form.head == "var":
        return 1
    if form.head == "pow" and form.args[0] == var(name) and form.args[1].head == "num":
        power = form.args[1].value
        return int(power) if power.denominator == 1 and power > 0 else None
    if form.head == "mul":
        degrees = [_degree(part, name) for part in form.parts]
        return None if None in degrees else sum(degree for degree in degrees if degree is not None)
    return None


def _is_analytic(page: Page, form: Form, name: str) -> bool:
    """Whether the form is made of functions that are analytic at what their arguments are at 0."""
    if heads(form) - _ENTIRE - _POSITIVE:
        return False
    for part in subforms(form):
        if part.head not in _POSITIVE or name not in free_variables(part):
            continue
        base = part.args[0]
        if part.head == "pow" and part.args[1].head == "num":
            power = part.args[1].value
            if power.denominator == 1 and power > 0:
                continue
        elif part.head == "pow" and name in free_variables(part.args[1]):
            return False
        at = add(ZERO, substitute(base, {name: ZERO}))
        if not page.judge.is_proved("lt", ZERO, at, page.knowledge.context()):
            return False
    return True
