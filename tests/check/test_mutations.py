"""Planted errors: one likely slip in a line that is proved must never be proved, and is refuted nearly always."""

from __future__ import annotations

import random
import re
from functools import partial

from derive.check.page import check_document
from derive.check.slips import mutated
from derive.meaning.errors import MeaningError
from derive.meaning.interpret import form_of
from derive.meaning.tosympy import to_sympy
from derive.notation.reader import read
from derive.read.readers import read_document
from derive.verify.ladder import verify

SEED = 20
EACH = 5
LEAST = 0.97
UNUSUAL = re.compile(r"\||\\cdot|[a-z]\(|\(-e\)")
"""Absolute values (right for positive letters), products for sums, powers of -e, brackets that may be arguments."""

IDENTITIES = (
    (r"(a + b)^3", r"a^3 + 3 a^2 b + 3 a b^2 + b^3"),
    (r"\cos(a + b)", r"\cos a \cos b - \sin a \sin b"),
    (r"\frac{1}{x - 1} - \frac{1}{x + 1}", r"\frac{2}{x^2 - 1}"),
    (r"\frac{d}{dx}(x^2 e^{3 x})", r"(2 x + 3 x^2) e^{3 x}"),
    (r"\frac{d}{dt} \sin(\omega t + \phi)", r"\omega \cos(\omega t + \phi)"),
    (r"\sum_{k=1}^{n} k", r"\frac{n (n + 1)}{2}"),
    (r"\int_0^1 x^2 e^x \, dx", r"e - 2"),
    (r"\frac{e^x - e^{-x}}{e^x + e^{-x}}", r"\frac{1 - e^{-2 x}}{1 + e^{-2 x}}"),
    (r"(x - p)^2 + (y - q)^2", r"x^2 - 2 p x + p^2 + y^2 - 2 q y + q^2"),
)


def statuses(left: str, right: str) -> list[str]:
    """What the checker says of the link as a later one of a chain, so that it is no definition."""
    page = read_document("page.md", f"We get\n\n$$0 + {left} = {left} = {right}$$\n")
    return [step.status for step in check_document(page, partial(verify, budget=1.0, cas=False)).steps]


def is_settled(shown: str) -> bool:
    """Whether the altered side can be read in one way only."""
    try:
        form_of(read(shown))
    except MeaningError:
        return False
    return True


def is_still_true(right: str, shown: str) -> bool:
    """Whether the altered side has the same values as the right one, at points where all letters are positive."""
    sides = [to_sympy(form_of(read(text))) for text in (right, shown)]
    letters = sorted(sides[0].free_symbols | sides[1].free_symbols, key=str)
    points = [{letter: (step + place) / 7 for place, letter in enumerate(letters)} for step in (3, 5, 11)]
    return all(abs(complex((sides[0] - sides[1]).evalf(20, subs=point))) < 1e-9 for point in points)


def test_planted_slips_are_refuted() -> None:
    draw = random.Random(SEED)
    refuted = tried = 0
    missed: list[str] = []
    for left, right in IDENTITIES:
        assert statuses(left, right) == ["proved", "proved"] or statuses(left, right)[1] == "conditional", left
        slips = [shown for _, shown in mutated(read(right)) if not UNUSUAL.search(shown) and is_settled(shown)]
        for shown in draw.sample(slips, min(EACH, len(slips))):
            if is_still_true(right, shown):
                continue
            status = statuses(left, shown)[1]
            tried += 1
            refuted += status == "refuted"
            if status != "refuted":
                missed.append(f"{left} = {shown}: {status}")
            assert status != "proved", f"{left} = {shown}"
    assert refuted >= LEAST * tried, "\n".join(missed)
