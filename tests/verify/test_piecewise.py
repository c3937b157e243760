"""Signs, absolute values and extremes case by case; arguments, values at infinity, parts of complex numbers."""

import pytest

import derive
from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.verify.assumptions import context_of
from derive.verify.ladder import verify


def _status(left: str, right: str, variables: str, *constraints: str) -> str:
    pairs = dict(item.split(":") for item in variables.split())
    claim = Claim("identity", parse_sympy(left), parse_sympy(right), context_of(pairs, constraints))
    return verify(claim, budget=20, cas=False).status


@pytest.mark.parametrize(
    ("left", "right", "variables"),
    [
        ("Abs(x)*sign(x)", "x", "x:real"),
        ("x*sign(x)", "Abs(x)", "x:real"),
        ("sign(z)*Abs(z)", "z", "z:complex"),
        ("(x**2 + sign(x**5 + 2))*Abs(x**5 + 2)", "x**5 + x**2*Abs(x**5 + 2) + 2", "x:complex"),
        ("Max(x, 0)*Max(-x, 0)", "0", "x:real"),
        ("Abs(x) + Abs(y)", "Max(Abs(x + y), Abs(x - y))", "x:real y:real"),
        ("floor(x + n)", "floor(x) + n", "x:real n:integer"),
        ("ceiling(x - 2*n)", "ceiling(x) - 2*n", "x:real n:integer"),
        ("arg(1 + I)", "pi/4", ""),
        ("arg(-1 + I)", "3*pi/4", ""),
        ("arg(-sqrt(3) - I)", "-5*pi/6", ""),
        ("arg(1 + I*x)", "atan(x)", "x:real"),
        ("atan(-oo)", "-pi/2", ""),
        ("erf(oo)", "1", ""),
        ("exp(-oo)", "0", ""),
        ("tan(pi/8)", "sqrt(2) - 1", ""),
        ("sec(pi/8)", "2/sqrt(2 + sqrt(2))", ""),
        ("factorial2(2*n)", "2**n*factorial(n)", "n:natural"),
        ("sinc(z)*z", "sin(z)", "z:complex"),
    ],
)
def test_proved(left: str, right: str, variables: str) -> None:
    assert _status(left, right, variables) == "proved"


@pytest.mark.parametrize(
    ("left", "right", "variables"),
    [
        ("Abs(x)*sign(x)", "Abs(x)", "x:real"),
        ("sign(x)**2", "1", "x:real"),
        ("sign(z)*Abs(z)", "conjugate(z)", "z:complex"),
        ("sign(x**2 + 1)*Abs(x**2 + 1)", "x**2", "x:complex"),
        ("Max(x, 0)*Max(-x, 0)", "x", "x:real"),
        ("Abs(x) + Abs(y)", "Abs(x + y)", "x:real y:real"),
        ("floor(x + y)", "floor(x) + floor(y)", "x:real y:real"),
        ("floor(x + n/2)", "floor(x) + n/2", "x:real n:integer"),
        ("arg(-1 - I)", "pi/4", ""),
        ("arg(x + I)", "atan(1/x)", "x:real"),
        ("atan(-oo)", "pi/2", ""),
        ("tan(pi/8)", "sqrt(2)", ""),
    ],
)
def test_false_ones_are_not_proved(left: str, right: str, variables: str) -> None:
    assert _status(left, right, variables) in ("refuted", "undecided")


DENSITY = r"\begin{cases} 0 & x < 0 \\ e^{-x} & x \ge 0 \end{cases}"
MAXIMUM = r"\begin{cases} a & a > b \\ b & \text{otherwise} \end{cases} = \max(a, b)"


@pytest.mark.parametrize(
    ("claim", "given", "status"),
    [
        (rf"{DENSITY} = e^{{-x}}", (r"x \ge 0",), "proved"),
        (rf"{DENSITY} = 0", ("x < 0",), "proved"),
        (rf"{DENSITY} = 0", (r"x \le 0",), "refuted"),
        (rf"{DENSITY} = e^{{-x}}", (), "refuted"),
        (r"\begin{cases} -x & x < 0 \\ x & x \ge 0 \end{cases} = |x|", (), "proved"),
        (MAXIMUM, (), "proved"),
        (r"\begin{cases} 1/x & x \ne 0 \\ 1 & x = 0 \end{cases} \cdot x = 1", (), "refuted"),
    ],
)
def test_case_distinctions_are_decided_by_signs(claim: str, given: tuple[str, ...], status: str) -> None:
    assert derive.verdict(claim, given=given).status == status


def test_a_piece_that_is_missing_at_a_point_is_not_filled_in() -> None:
    claim = r"\begin{cases} -x & x < 0 \\ x & x > 0 \end{cases} = |x|"
    assert derive.verdict(claim).status not in (
        "proved",
        "conditional",
    )


def test_a_derivative_is_not_taken_of_the_piece_that_holds_at_a_point() -> None:
    claim = r"\frac{d}{dx} \begin{cases} -x & x < 0 \\ x & x \ge 0 \end{cases} = 1"
    assert derive.verdict(claim, given=r"x \ge 0").status not in ("proved", "conditional")
