"""Rules for declared functions: putting their definition in, and recognising it."""

from __future__ import annotations

from derive.model.rule import Rule

__all__ = ["FUNCTIONS"]

FUNCTIONS: tuple[Rule, ...] = (
    Rule(
        "functions.definition", "", "",
        says="put in the definition of the function",
        example=(r"1 - f(x)", r"1 - \frac{1}{x}"), counterexample="x",
    ),
    Rule(
        "functions.recognise", "", "",
        says="recognise the function in each factor",
        example=(r"\frac{1}{x} \cdot \frac{x - 1}{x}", r"f(x) \cdot (1 - f(x))"), counterexample="x",
    ),
)  # fmt: skip
