"""Hostile documents end with a result or one message, whatever they hold."""

from __future__ import annotations

import pytest

from derive.check.run import check_text

PAGES = {
    "nested braces": "$$ x = " + "{" * 100_000 + "1" + "}" * 100_000 + " $$",
    "nested brackets": "$$ x = " + "(" * 5_000 + "1" + ")" * 5_000 + " $$",
    "nested fractions": "$$ x = " + r"\frac{1}{" * 3_000 + "1" + "}" * 3_000 + " $$",
    "a macro that calls itself": r"\newcommand{\a}{\a\a} $$ \a = x $$",
    "macros that double": "".join(rf"\def\m{chr(98 + n)}{{\m{chr(97 + n)}\m{chr(97 + n)}}}" for n in range(20))
    + r"$$ \mu = 1 $$",
    "gigantic exponents": r"$$ 2^{10^{10^{10}}} = 3 $$ and $$ (a + b)^{1000000} = a^{1000000} $$",
    "a long number": "$$ " + "9" * 20_000 + " = 1 $$",
    "a long chain": "$$ " + " = ".join(["x"] * 500) + " $$",
    "definitions in a circle": "Let $a = b + 1$, let $b = c + 1$ and let $c = a + 1$. Then $$ a^2 = b^2 $$",
    "control characters": "$$ x \x01 = \x7f y $$",
}


@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages_end(name: str) -> None:
    checked = check_text("page.md", PAGES[name], budget=0.5)
    assert all(step.status != "refuted" or step.counterexample is not None for step in checked.steps)


def test_what_is_too_deep_is_unread_with_a_message() -> None:
    (step,) = check_text("page.md", PAGES["nested brackets"]).steps
    assert step.status == "unread" and step.message
