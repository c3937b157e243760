"""Limits of difference quotients with letters in them."""

from __future__ import annotations

import pytest

from derive.meaning.interpret import form_of
from derive.model.claim import Claim
from derive.model.context import Context
from derive.notation.reader import read
from derive.verify.ladder import verify


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        (r"\lim_{h \to 0} \frac{(x + h)^2 - x^2}{h}", "2 x", "proved"),
        (r"\lim_{h \to 0} \frac{(x + h)^2 - x^2}{h}", "3 x", "refuted"),
        (r"\lim_{h \to 0} \frac{2 b x h + b h^2}{h}", r"\lim_{h \to 0} (2 b x + b h)", "proved"),
        (r"\lim_{h \to 0} \frac{\sin(x + h) - \sin x}{h}", r"\cos x", "proved"),
        (r"\lim_{h \to 0} \frac{\frac{1}{x + h} - \frac{1}{x}}{h}", r"-\frac{1}{x^2}", "conditional"),
        (r"\lim_{h \to 0} \frac{\sqrt{x + h} - \sqrt{x}}{h}", r"\frac{1}{2 \sqrt{x}}", "conditional"),
        (r"\lim_{h \to 0} \frac{1 - \cos(a h)}{h^2}", r"\frac{a^2}{2}", "proved"),
        (r"\lim_{h \to 0} \frac{h \log x}{h}", r"\log x", "conditional"),
        (r"\lim_{h \to 0} \frac{x + h}{h}", "1", "undecided"),
    ],
)
def test_a_difference_quotient_goes_to_the_derivative(left: str, right: str, status: str) -> None:
    claim = Claim("limit", form_of(read(left)), form_of(read(right)), Context())
    assert verify(claim, cas=False).status == status
