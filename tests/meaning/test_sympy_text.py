"""SymPy text: read without SymPy, written so that it reads nicely and gives the same form again."""

import pytest

from derive.meaning.errors import MeaningError
from derive.meaning.form import E, Form, call, const, fn, mul, num, power, var
from derive.meaning.sympy_text import parse_sympy, sympy_text

x, y = var("x"), var("y")

NICE = [
    "Eq(p/(1 - p), exp(x))",
    "exp(-x)/(1 + exp(-x))**2",
    "(1 + exp(-x))**(-2)",
    "x**2 - 5*x + 6",
    "-x/2",
    "-(x + 1)/2",
    "-3*x/(2*y)",
    "(3/2)*x/y",
    "a/b*c",
    "1/x",
    "sqrt(x)/3",
    "2**(-x)",
    "(-2)**x",
    "a**(b**c)",
    "(a**b)**c",
    "a - (b - c)",
    "x**(1/3)",
    "-oo",
    "f(x, y)",
    "Abs(x)",
    "log(x)/log(2)",
    "Derivative(f(x), x)",
    "Derivative(Derivative(f(x, y), x), (y, 2))",
    "Integral(x**2, x)",
    "Integral(x**2, (x, 0, 1))",
    "Sum(Indexed('x', i), (i, 1, n))",
    "Product(k, (k, 1, n))",
    "Limit(x*log(x), x, 0, '+')",
    "Limit(1/x, x, oo)",
    "Subs(Derivative(f(t), t), t, x**2)",
    "Matrix([[a, b], [c, d]])*Matrix([[1, 0], [0, 1]])",
    "Matrix([[a, b], [c, d]])**(-1)",
    "det(Matrix([[a, b], [c, d]]))",
    "Piecewise((x, x > 0), (0, True))",
    "Interval.Lopen(0, 1)",
    "Contains(x, Interval(0, 1))",
    "And(p > 0, p < 1)",
    "Or(Eq(x, 2), Eq(x, -2))",
    "Implies(Eq(x**2, 4), Eq(x, 2))",
    "Ne(x, 0)",
    "x >= 1",
    "EulerGamma + 1/2",
    "Symbol('E')*E",
    "FiniteSet(1, 2)",
    "(x, y)",
]


@pytest.mark.parametrize("text", NICE)
def test_nice_text_is_written_as_it_is_read(text: str) -> None:
    assert sympy_text(parse_sympy(text)) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("E**x", fn("exp", x)),
        ("exp(x)", fn("exp", x)),
        ("E", E),
        ("0*x", mul(num(0), x)),
        ("x/x", mul(x, power(x, num(-1)))),
        ("1/0", power(num(0), num(-1))),
        ("Rational(2, 4)", num(1, 2)),
        ("0.125", num(1, 8)),
        ("1e-3", num(1, 1000)),
        ("S.Half", num(1, 2)),
        ("x^2", power(x, num(2))),
        ("lambda*x", mul(var("lamda"), x)),
        ("ln(x)", fn("log", x)),
        ("rf(x, 2)", fn("RisingFactorial", x, num(2))),
        ("cbrt(x)", power(x, num(1, 3))),
        ("tanh(x)", fn("tanh", x)),
        ("f(x)", call("f", x)),
        ("-oo", const("-oo")),
        ("x != 0", Form("ne", (x, num(0)))),
        ("x >= y", Form("le", (y, x))),
        ("0 < x < 1", Form("and", (Form("lt", (num(0), x)), Form("lt", (x, num(1)))))),
        ("~(x < y)", Form("not", (Form("lt", (x, y)),))),
        ("x[1]", Form("index", (x, num(1)))),
    ],
)
def test_meanings(text: str, form: Form) -> None:
    assert parse_sympy(text) == form


def test_declared_names_are_variables_even_where_sympy_has_a_constant() -> None:
    assert parse_sympy("E + I", {"E"}) == parse_sympy("Symbol('E') + I")


def test_methods_of_matrices() -> None:
    matrix = parse_sympy("Matrix([[a, b], [c, d]])")
    assert parse_sympy("Matrix([[a, b], [c, d]]).T") == fn("transpose", matrix)
    assert parse_sympy("Matrix([[a, b], [c, d]]).det()") == fn("det", matrix)
    assert parse_sympy("Matrix([[a, b], [c, d]]).trace()") == fn("trace", matrix)
    assert parse_sympy("Matrix([[a, b], [c, d]]).inv()") == power(matrix, num(-1))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("x + foo.bar", 4, 11),
        ("  (x, y", 2, 3),
        ("log()", 0, 5),
        ("x + Rational(1, 0)", 4, 18),
        ("α + 'text'", 4, 10),
        ("x if y else z", 0, 13),
        ("__import__('os')", 11, 15),
        ("Integral(x)", 0, 11),
        ("1e999999999", 0, 11),
        ("sin(x, y)", 0, 9),
    ],
)
def test_problems_have_a_place(text: str, start: int, end: int) -> None:
    with pytest.raises(MeaningError) as caught:
        parse_sympy(text)
    assert caught.value.span is not None
    assert (caught.value.span.start, caught.value.span.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        *("(" * 300 + "x" + ")" * 300, "-" * 5000 + "x", "**".join("x" * 3000), "sin(" * 150 + "x" + ")" * 150),
        *("x" * 60_000, "+".join("x" * 20_000), "", "\x00", "x;y", "x\ny"),
    ],
)
def test_hostile_text_is_a_meaning_error(text: str) -> None:
    with pytest.raises(MeaningError):
        parse_sympy(text)


def test_towers_of_numbers_are_not_computed() -> None:
    assert parse_sympy("((9**400)**400)**400").head == "pow"
    assert parse_sympy("9**9**9**9").head == "pow"


def test_long_sums_are_read_without_depth() -> None:
    assert len(parse_sympy("+".join(f"x{i}" for i in range(300))).args) == 300
