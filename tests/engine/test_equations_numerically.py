"""A broad table of classroom equations: what is found solves them, nothing is lost, and no line says otherwise."""

from __future__ import annotations

import pytest
import sympy

from derive.engine.differentiate import differentiate
from derive.engine.errors import EngineError
from derive.engine.numeric import holds_at, value_at
from derive.engine.solve import Solution, solve
from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.tree import Listing, Symbol

COMPLETE = {
    # equation in x: its real solutions as SymPy text
    "3x + 5 = x - 1": "-3",
    "2(x - 3) = 4 - (x + 1)": "3",
    r"\frac{x - 1}{2} + \frac{x}{3} = 1": "9/5",
    "5 - 2x = 3": "1",
    "3 = x": "3",
    "x = 2x": "0",
    "0.5x + 1.5 = 2": "1",
    "x^2 = 9": "3, -3",
    "x^2 - 5x + 6 = 0": "2, 3",
    "x^2 + x - 1 = 0": "(-1 + sqrt(5))/2, (-1 - sqrt(5))/2",
    "x^2 + 2x - 5 = 0": "-1 + sqrt(6), -1 - sqrt(6)",
    "2x^2 - 4x = 6": "-1, 3",
    "x^2 = x": "0, 1",
    "(x - 1)^2 = 4": "3, -1",
    "(x + 1)(x - 2) = 4": "-2, 3",
    "4x^2 - 12x + 9 = 0": "3/2",
    "x^2 + 1 = 0": "",
    "x^2 + x + 1 = 0": "",
    "x^3 = 8": "2",
    "x^3 = -8": "-2",
    "x^3 = x": "0, 1, -1",
    "x^3 - 6x^2 + 11x - 6 = 0": "1, 2, 3",
    "x^4 - 5x^2 + 4 = 0": "1, -1, 2, -2",
    "x^4 - x^2 - 6 = 0": "sqrt(3), -sqrt(3)",
    r"\frac{1}{x} + \frac{1}{x + 1} = 2": "sqrt(2)/2, -sqrt(2)/2",
    r"\frac{x}{x - 1} = \frac{2}{x - 1}": "2",
    r"\frac{x^2 - 1}{x - 1} = 0": "-1",
    r"\frac{x}{x - 1} = \frac{1}{x - 1}": "",
    r"\frac{2}{x} = 3": "2/3",
    r"\frac{3}{x - 2} = \frac{1}{x}": "-1",
    r"\sqrt{x + 2} = x": "2",
    r"\sqrt{x} = 6 - x": "4",
    r"\sqrt{2x + 1} - \sqrt{x} = 1": "0, 4",
    r"\sqrt{x} = -1": "",
    r"\sqrt[3]{x - 1} = 2": "9",
    r"x - 3\sqrt{x} + 2 = 0": "1, 4",
    "e^{2x} = 5": "log(5)/2",
    "e^x = -1": "",
    "e^{2x} - 3e^x + 2 = 0": "0, log(2)",
    "e^{2x} - e^x - 6 = 0": "log(3)",
    "e^x + e^{-x} = 3": "log((3 + sqrt(5))/2), log((3 - sqrt(5))/2)",
    "2^{3x} = 2^{x + 4}": "2",
    "2^{x + 1} = 3^x": "log(2)/log(3/2)",
    r"5 \cdot 2^x = 40": "3",
    r"5^{2x} - 6 \cdot 5^x + 5 = 0": "0, 1",
    "x e^x = 2e^x": "2",
    r"\log x = 2": "exp(2)",
    r"\ln(2x - 1) = 0": "1",
    r"\log_2 x + \log_2(x - 2) = 3": "4",
    r"\ln(x + 1) + \ln x = 2": "(-1 + sqrt(1 + 4*exp(2)))/2",
    r"\log(x + 3) = \log(2x)": "3",
    r"2\log x = \log(x + 6)": "3",
    r"\log(x^2) = 4": "exp(2), -exp(2)",
    r"\log x = \log 3 + \log 2": "6",
    "|x - 1| = 3": "4, -2",
    "|2x - 1| = |x + 3|": "4, -2/3",
    "|x - 1| = 2x": "1/3",
    "|x| = -2": "",
    r"\arctan(2x) = 1": "tan(1)/2",
    r"\sinh(2x) = 1": "asinh(1)/2",
    r"\frac{1}{1 + e^{-x}} = \frac{1}{4}": "-log(3)",
    r"x^{2/3} = 4": "8",
}


def solved(equation: str, unknown: str = "x", *given: str) -> Solution:
    return solve(read(equation), read(unknown), tuple(read(g) for g in given))


@pytest.mark.parametrize("equation", COMPLETE)
def test_solutions_are_all_and_right(equation: str) -> None:
    found = sorted(value_at(node) for node in solved(equation).solutions)
    expected = sorted(float(sympy.sympify(text)) for text in COMPLETE[equation].split(", ") if text)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("equation", COMPLETE)
def test_no_line_excludes_a_solution(equation: str) -> None:
    solution = solved(equation)
    for step in solution.derivation.steps:
        lines = step.after.items if isinstance(step.after, Listing) else (step.after,)
        for answer in solution.solutions:
            assert any(holds_at(line, Symbol("x"), answer) for line in lines), latex(step.after)
    for condition in (c for step in solution.derivation.steps for c in step.conditions):
        assert all(holds_at(condition, Symbol("x"), answer) for answer in solution.solutions)


@pytest.mark.parametrize("equation", COMPLETE)
def test_lines_read_back_as_they_are(equation: str) -> None:
    for step in solved(equation).derivation.steps:
        assert read(latex(step.after)) == step.after, latex(step.after)
        assert all(read(latex(condition)) == condition for condition in step.conditions)


LITERAL = [
    ("E = m c^2", "m", r"\frac{E}{c^2}"),
    ("A = P(1 + r)^t", "t", r"\frac{\log\left(\frac{A}{P}\right)}{\log(1 + r)}"),
    ("a x + b = c x + d", "x", r"\frac{d - b}{a - c}"),
    (r"y = \frac{a x + b}{c x + d}", "x", r"\frac{y d - b}{a - y c}"),
    (r"\frac{1}{R} = \frac{1}{a} + \frac{1}{b}", "R", r"\frac{a b}{b + a}"),
    ("N = N_0 e^{-k t}", "t", r"-\frac{\log\left(\frac{N}{N_0}\right)}{k}"),
    (r"T = 2\pi \sqrt{\frac{L}{g}}", "L", r"\frac{T^2 g}{4\pi^2}"),
    (r"V = \frac{4}{3} \pi r^3", "r", r"\sqrt[3]{\frac{3V}{4\pi}}"),
    (r"C = \frac{5}{9}(F - 32)", "F", r"\frac{9C}{5} + 32"),
    ("v^2 = u^2 + 2 a s", "s", r"\frac{v^2 - u^2}{2a}"),
    ("P V = n R T", "T", r"\frac{P V}{n R}"),
]


@pytest.mark.parametrize(("equation", "unknown", "answer"), LITERAL)
def test_formulas_with_letters(equation: str, unknown: str, answer: str) -> None:
    assert [latex(s) for s in solved(equation, unknown).solutions] == [latex(read(answer))]


def test_quadratic_formula_with_letters_owes_its_conditions() -> None:
    solution = solved("a x^2 + b x + c = 0")
    assert [latex(c) for c in solution.conditions] == [latex(read(text)) for text in (r"a \ne 0", r"b^2 - 4 a c \ge 0")]


TRIGONOMETRIC = {
    r"\sin x = \frac{1}{2}": [r"\frac{\pi}{6} + 2\pi n", r"\frac{5\pi}{6} + 2\pi n"],
    r"\cos(2x) = -\frac{1}{2}": [r"\frac{\pi}{3} + \pi n", r"-\frac{\pi}{3} + \pi n"],
    r"\tan x = 1": [r"\frac{\pi}{4} + \pi n"],
    r"\sin x = \cos x": [r"\frac{\pi}{4} + \pi n"],
    r"2\sin^2 x - 3\sin x + 1 = 0": [
        r"\frac{\pi}{2} + 2\pi n", r"\frac{\pi}{6} + 2\pi n", r"\frac{5\pi}{6} + 2\pi n",
    ],
    r"\sin x \cos x = 0": [r"\pi n", r"\frac{\pi}{2} + \pi n"],
    r"\sin x = 2": [],
}  # fmt: skip


@pytest.mark.parametrize("equation", TRIGONOMETRIC)
def test_all_angles(equation: str) -> None:
    solution = solved(equation)
    assert [latex(s) for s in solution.solutions] == TRIGONOMETRIC[equation]
    for answer in solution.solutions:
        for n in (-1, 0, 2):
            angle = value_at(answer, {"n": float(n)})
            assert angle is not None and holds_at(read(equation), Symbol("x"), read(f"{angle:.15f}"))


def test_angles_between_given_bounds() -> None:
    bounds = r"0 \le x < 2\pi"
    assert [latex(s) for s in solved(r"\sin x = \frac{1}{2}", "x", bounds).solutions] == [
        r"\frac{\pi}{6}",
        r"\frac{5\pi}{6}",
    ]
    assert [latex(s) for s in solved(r"\cos(2x) = 0", "x", r"0 \le x \le \pi").solutions] == [
        r"\frac{\pi}{4}",
        r"\frac{3\pi}{4}",
    ]
    assert [latex(s) for s in solved(r"\tan x = -1", "x", r"0 \le x < \pi").solutions] == [r"\frac{3\pi}{4}"]


def test_what_is_given_decides_between_solutions() -> None:
    assert [latex(s) for s in solved("x^2 = 9", "x", "x > 0").solutions] == ["3"]
    assert [latex(s) for s in solved("x^2 - x - 6 = 0", "x", "x < 0").solutions] == ["-2"]
    assert solved("x = x + 1 - 1").everywhere


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("x + 1 = 2", "does not occur"),
        ("p < 3", "is not an equation"),
        ("p e^p = 1", "alone"),
        ("p + a = p + b", "cancels"),
    ],
)
def test_says_why_it_cannot(equation: str, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        solved(equation, "p")


def test_empty_set_is_a_result() -> None:
    solution = solved("x + 1 = x + 3")
    assert solution.solutions == () and not solution.everywhere
    assert latex(solution.derivation.result) == r"x \in \emptyset"


@pytest.mark.parametrize(
    "equation",
    [
        "x^{1000000} = 2", "x^2 = 10^{400}", "x^0 = 1", "2^{2^{2^x}} = 5", r"\log x = \log x", "(x + 1)^{50} = 0",
        r"\frac{1}{\frac{1}{\frac{1}{x}}} = 2", "123456789123456789x^2 + 987654321987654321x - 1 = 0",
    ],
)  # fmt: skip
def test_extremes_come_to_an_end(equation: str) -> None:
    assert latex(solved(equation).derivation.result)


def test_a_sum_of_many_terms_is_differentiated() -> None:
    many = " + ".join(f"x^{{{k}}}" for k in range(2, 30))
    assert latex(differentiate(read(many), read("x")).result).endswith("+ 29x^{28}")
