"""The verifier proves the rows: both sides of a pattern mean the same where the row's conditions hold."""

from __future__ import annotations

import pytest

from derive.meaning.interpret import form_of
from derive.meaning.lexicon import DEFAULT
from derive.model.claim import Claim, ClaimKind
from derive.model.given import context_from
from derive.model.rule import Rule
from derive.notation.reader import read
from derive.rules import ALL_RULES
from derive.verify.ladder import verify

DEPENDING = DEFAULT.depending("u", "x").depending("v", "x").with_variables("abcn")
PATTERNS = [rule for rule in ALL_RULES if rule.left]
LEFT_OPEN = {
    # true for whole exponents with any base, which the letter n does not say
    "algebra.negative_power", "derivative.power", "derivative.chain_power",
    "equations.exponentiate_base",  # the verifier asks for log b to be other than 0, which b other than 1 says
    # inverse functions and corners, which the verifier does not decide for an unknown inside
    "equations.arcsinh", "equations.arctanh", "equations.sinh_of_arsinh", "equations.tanh_of_artanh",
    "equations.cosh_of_arcosh", "equations.sine_of_arcsine", "equations.cosine_of_arccosine",
    "equations.tangent_of_arctangent", "derivative.chain_area_hyperbolic_cosine", "derivative.chain_absolute_value",
}  # fmt: skip


def kind_of(rule: Rule) -> ClaimKind:
    if rule.name.startswith("derivative."):
        return "derivative"
    return "equiv" if "=" in rule.left else "identity"


@pytest.mark.parametrize("rule", PATTERNS, ids=lambda rule: rule.name)
def test_row_is_proved(rule: Rule) -> None:
    lexicon = DEPENDING if rule.name.startswith("derivative.") else DEFAULT
    left, right = (form_of(read(text), lexicon) for text in (rule.left, rule.right))
    context = context_from(form_of(read(text), lexicon) for text in rule.when if "\\notin" not in text)
    verdict = verify(Claim(kind_of(rule), left, right, context), cas=False)
    assert verdict.status in (("proved", "conditional", "undecided") if rule.name in LEFT_OPEN else ("proved",))
