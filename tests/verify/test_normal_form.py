"""The normal form: true relations give 0, false ones do not, and divisions that are introduced are told."""

import pytest

from derive.meaning.form import Form, fn, var
from derive.meaning.sympy_text import parse_sympy
from derive.verify.assumptions import context_of
from derive.verify.deadline import Deadline, OutOfTime
from derive.verify.normal import TooLarge, Unsupported, equal
from derive.verify.signs import Signs


def difference(left: str, right: str, real: bool = False, **sorts: str) -> tuple[bool, tuple[Form, ...]]:
    signs = Signs(context_of(sorts, []), principal=not real)
    found = equal(parse_sympy(left), parse_sympy(right), signs, real=real)
    return found.holds, found.introduced


@pytest.mark.parametrize(
    ("left", "right", "sorts"),
    [
        ("cos(5*x)", "16*cos(x)**5-20*cos(x)**3+5*cos(x)", {"x": "complex"}),
        ("sin(x/2)**2", "(1-cos(x))/2", {"x": "complex"}),
        ("cos(pi/12)", "(sqrt(6)+sqrt(2))/4", {}),
        ("cos(2*pi/11)*cos(3*pi/11)", "(cos(5*pi/11)+cos(pi/11))/2", {}),
        ("exp(x+y)*exp(-x)", "exp(y)", {"x": "complex", "y": "complex"}),
        ("8**(1/6)*2**(1/2)", "2", {}),
        ("log(12)", "2*log(2)+log(3)", {}),
        ("gamma(2*z)*sqrt(pi)", "2**(2*z-1)*gamma(z)*gamma(z+1/2)", {"z": "complex"}),
        ("binomial(n+1, k+1)", "binomial(n, k)+binomial(n, k+1)", {"n": "natural", "k": "natural"}),
        ("polygamma(1, 1/4)", "pi**2+8*Catalan", {}),
        ("zeta(3, 1/3)+zeta(3, 2/3)", "26*zeta(3)", {}),
        ("fibonacci(2*n)", "fibonacci(n)*lucas(n)", {"n": "integer"}),
        ("cosh(x)**2-sinh(x)**2", "1", {"x": "complex"}),
        ("tan(atan(x)+atan(y))", "(x+y)/(1-x*y)", {"x": "real", "y": "real"}),
        ("sin(2*asin(x))", "2*x*sqrt(1-x**2)", {"x": "complex"}),
        ("erf(-x)+erf(x)", "0", {"x": "complex"}),
        ("f(x+x)", "f(2*x)", {"x": "real"}),
        ("Max(a, b)+Min(a, b)", "a+b", {"a": "real", "b": "real"}),
        ("(-1)**(n+2)", "(-1)**n", {"n": "integer"}),
    ],
)  # fmt: skip
def test_relations_that_hold_everywhere(left: str, right: str, sorts: dict[str, str]) -> None:
    assert difference(left, right, **sorts) == (True, ())


@pytest.mark.parametrize(
    ("left", "right", "sorts"),
    [
        ("sqrt(x**2)", "x", {"x": "real"}),
        ("sqrt(x*y)", "sqrt(x)*sqrt(y)", {"x": "complex", "y": "complex"}),
        ("log(x*y)", "log(x)+log(y)", {"x": "real", "y": "real"}),
        ("(x**2)**(1/4)", "sqrt(x)", {"x": "real"}),
        ("asin(sin(x))", "x", {"x": "real"}),
        ("exp(x)*exp(y)", "exp(x*y)", {"x": "real", "y": "real"}),
        ("(x**a)**b", "x**(a*b)", {"x": "complex", "a": "real", "b": "real"}),
        ("f(x)", "g(x)", {"x": "real"}),
        ("cos(pi*x)**2", "1", {"x": "real"}),
    ],
)
def test_relations_that_need_a_sign_are_not_used_without_it(left: str, right: str, sorts: dict[str, str]) -> None:
    assert not difference(left, right, **sorts)[0]


def test_reflection_tells_where_it_divides() -> None:
    holds, introduced = difference("gamma(z)*gamma(1-z)*sin(pi*z)", "pi", z="complex")
    assert holds
    assert introduced == (fn("rgamma", var("z")),)


def test_sizes_are_bounded() -> None:
    with pytest.raises(TooLarge):
        difference("(a+b+c+d+x)**60", "1", a="real", b="real", c="real", d="real", x="real")
    with pytest.raises(Unsupported):
        difference("Integral(exp(x**2), (x, 0, 1))", "1")
    with pytest.raises(OutOfTime):
        equal(parse_sympy("sin(x)"), parse_sympy("x"), Signs(context_of({"x": "real"}, [])), real=True,
              deadline=Deadline.after(-1))  # fmt: skip
