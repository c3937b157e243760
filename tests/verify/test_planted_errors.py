"""One error planted in a correct derivation, in any step, must never come out proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import derive
from derive.model.derivation import Derivation, Step
from derive.notation.printer import latex
from derive.notation.tree import Derivative, Fraction, Node, Number, Power, Product, Relation, Sum, Symbol, transform
from derive.verify.ladder import verify
from derive.verify.report import step_claims

DERIVATIONS: dict[str, Derivation] = {
    "logit": derive.solve(r"\log\left(\frac{p}{1-p}\right) = x", "p", given="0 < p < 1").derivation,
    "shifted logit": derive.solve(r"\log(q/(2-q)) = 3t", "q", given="0 < q < 2").derivation,
    "quadratic": derive.solve("x^2 - 5x + 6 = 0", "x").derivation,
    "chain rule": derive.diff("(1 + e^{-x})^{-1}", "x").derivation,
    "product rule": derive.diff("x^2 e^{3x}", "x").derivation,
    "logarithm": derive.diff(r"\log(1 + e^{2t})", "t").derivation,
    "quotient rule": derive.diff(r"\frac{\sin x}{x^2 + 1}", "x").derivation,
}


def planted(node: Node) -> Iterator[tuple[str, Node]]:
    """The line with one error: a sign, a number, an exponent, a dropped factor or term, a fraction upside down.

    Nothing is planted below a d/dx, where another constant term is no error.
    """
    if isinstance(node, Derivative):
        return
    yield from _here(node)
    if isinstance(node, Relation):
        for number, link in enumerate(node.links):
            for what, changed in planted(link.term):
                links = (*node.links[:number], replace(link, term=changed), *node.links[number + 1 :])
                yield what, replace(node, links=links)
        return
    seen = 0

    def count(child: Node) -> Node:
        nonlocal seen
        seen += 1
        return child

    transform(node, count)
    for place in range(seen):
        yield from _at(node, place)


def _at(node: Node, place: int) -> Iterator[tuple[str, Node]]:
    """Errors planted in the child at a place, each in a copy of the node."""
    found: list[Node] = []
    transform(node, lambda child: (found.append(child), child)[1])
    for what, changed in planted(found[place]):
        counter = iter(range(len(found)))
        yield (
            what,
            transform(node, lambda child, new=changed, counter=counter: new if next(counter) == place else child),
        )


def _here(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Sum) and len(node.terms) > 1:
        last = node.terms[-1]
        flipped = replace(last, sign="+" if last.sign == "-" else "-")
        yield "sign", Sum((*node.terms[:-1], flipped))
        yield "dropped term", node.terms[0].term
    if isinstance(node, Number) and "." not in node.text:
        yield "number", Number(str(int(node.text) + 1))
    if isinstance(node, Power) and isinstance(node.exponent, Symbol | Number):
        yield "dropped exponent", node.base
    if isinstance(node, Product) and len(node.factors) == 2 and "/" not in node.operators:
        yield "dropped factor", node.factors[0]
    if isinstance(node, Fraction):
        yield "upside down", Fraction(node.denominator, node.numerator)


def errors() -> list[tuple[str, Step, Node, Derivation]]:
    rows = []
    for name, derivation in DERIVATIONS.items():
        for number, step in enumerate(derivation.steps, 1):
            for what, after in planted(step.after):
                if after != step.after:
                    rows.append((f"{name}, step {number}, {what}: {latex(after)}", step, after, derivation))
    return rows


ERRORS = errors()


def test_there_are_many_planted_errors_of_every_kind() -> None:
    assert len(ERRORS) >= 100
    kinds = {title.rsplit(": ", 1)[0].rsplit(", ", 1)[1] for title, *_ in ERRORS}
    assert kinds == {"sign", "dropped term", "number", "dropped exponent", "dropped factor", "upside down"}


@pytest.mark.parametrize(("step", "after", "derivation"), [e[1:] for e in ERRORS], ids=[e[0] for e in ERRORS])
def test_a_planted_error_is_never_proved(step: Step, after: Node, derivation: Derivation) -> None:
    wrong = replace(derivation, start=step.before, steps=(replace(step, after=after),))
    (claim,) = step_claims(wrong)
    verdict = verify(claim, budget=1.0, cas=False)
    assert verdict.status not in ("proved", "conditional"), verdict


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_derivations_themselves_are_proved(name: str) -> None:
    for claim in step_claims(DERIVATIONS[name]):
        assert verify(claim, cas=False).status == "proved"


@pytest.mark.parametrize(
    ("before", "after", "condition"),
    [
        (r"\sqrt{x^2}", "x", None),
        (r"\log(a b)", r"\log a + \log b", r"0 < a"),
        (r"\frac{x^2 - 1}{x - 1}", "x + 1", r"x \ne 1"),
        (r"\sqrt{a b}", r"\sqrt{a} \sqrt{b}", r"0 < a"),
        (r"\frac{x}{x}", "1", r"x \ne 0"),
        (r"e^{\log x}", "x", "0 < x"),
    ],
)
def test_a_missing_condition_is_never_passed_over(before: str, after: str, condition: str | None) -> None:
    bare = derive.verdict(f"{before} = {after}")
    assert bare.status == ("refuted" if condition is None else "conditional")
    assert bare.conditions or bare.counterexample
    if condition:
        assert derive.verdict(f"{before} = {after}", given=[condition, "0 < b"]).status == "proved"
