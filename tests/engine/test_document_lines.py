"""The lines of a textbook derivation, byte for byte, and the same code with other letters and inner functions."""

from __future__ import annotations

import pytest

from derive.engine.differentiate import differentiate
from derive.engine.into import companion, express
from derive.engine.solve import solve
from derive.model.derivation import Derivation
from derive.notation.printer import latex
from derive.notation.reader import read
from derive.notation.vocabulary import DEFAULT

WITH_SIGMA = DEFAULT.declaring("\\sigma")


def lines(derivation: Derivation) -> list[str]:
    return [latex(step.after) for step in derivation.steps]


CHAINS = [
    (
        r"\log\left(\frac{p}{1 - p}\right) = x", "p", ("0 < p < 1",),
        [
            r"\frac{p}{1 - p} = e^x",
            r"p = e^x (1 - p)",
            r"p = e^x - e^x p",
            r"p(1 + e^x) = e^x",
            r"p = \frac{e^x}{1 + e^x}",
            r"p = \frac{1}{1 + e^{-x}}",
        ],
    ),
    (
        r"\log\left(\frac{q}{2-q}\right) = 3t", "q", ("0 < q < 2",),
        [
            r"\frac{q}{2 - q} = e^{3t}",
            r"q = e^{3t} (2 - q)",
            r"q = 2e^{3t} - e^{3t} q",
            r"q(1 + e^{3t}) = 2e^{3t}",
            r"q = \frac{2e^{3t}}{1 + e^{3t}}",
            r"q = \frac{2}{1 + e^{-3t}}",
        ],
    ),
    (
        r"\log\left(\frac{u-1}{4-u}\right) = k z + b", "u", ("1 < u < 4",),
        [
            r"\frac{u - 1}{4 - u} = e^{k z + b}",
            r"u - 1 = e^{k z + b} (4 - u)",
            r"u - 1 = 4e^{k z + b} - e^{k z + b} u",
            r"u(1 + e^{k z + b}) = 1 + 4e^{k z + b}",
            r"u = \frac{1 + 4e^{k z + b}}{1 + e^{k z + b}}",
        ],
    ),
    (
        r"e^{-t/\tau} = \frac{1}{2}", "t", (r"\tau > 0",),
        [
            r"-t/\tau = \log\left(\frac{1}{2}\right)",
            r"t/\tau = -\log\left(\frac{1}{2}\right)",
            r"t = -\log\left(\frac{1}{2}\right) \tau",
        ],
    ),
    (
        r"4^x - 2^{x+1} - 8 = 0", "x", (),
        [
            r"2^{2x} - 2 \cdot 2^x - 8 = 0",
            r"(2^x + 2)(2^x - 4) = 0",
            r"2^x + 2 = 0 \quad \text{or} \quad 2^x - 4 = 0",
            r"2^x = -2 \quad \text{or} \quad 2^x = 4",
            r"2^x = 4",
            r"x = 2",
        ],
    ),
]  # fmt: skip


def unspaced(texts: list[str]) -> list[str]:
    return [text.replace(" ", "") for text in texts]


@pytest.mark.parametrize(("equation", "unknown", "given", "expected"), CHAINS)
def test_equation_lines(equation: str, unknown: str, given: tuple[str, ...], expected: list[str]) -> None:
    solution = solve(read(equation), read(unknown), tuple(read(g) for g in given))
    assert unspaced(lines(solution.derivation)) == unspaced(expected)
    assert all(step.relation == "iff" for step in solution.derivation.steps)
    assert latex(solution.solutions[0]) == expected[-1].partition(" = ")[2]
    assert solution.conditions == ()


def test_an_index_is_part_of_the_name() -> None:
    solution = solve(read(r"\frac{1}{R} = \frac{1}{R_1} + \frac{1}{R_2}"), read("R"))
    assert lines(solution.derivation)[-1] == r"R = \frac{R_1 R_2}{R_2 + R_1}"


def test_owed_condition_stands_at_its_step() -> None:
    solution = solve(read(CHAINS[0][0]), read("p"), (read("0 < p < 1"),))
    owed = {step.rule: [latex(c) for c in step.conditions] for step in solution.derivation.steps}
    assert owed["equations.clear_fraction"] == [r"1 - p \ne 0"]
    assert owed["equations.divide"] == []
    assert solve(read(CHAINS[0][0]), read("p")).conditions == (read(r"1 - p \ne 0"),)


DERIVATIVES = [
    (
        "(1 + e^{-x})^{-1}", "x",
        [
            r"-1 \cdot (1 + e^{-x})^{-2} \cdot \frac{d}{dx}(1 + e^{-x})",
            r"-(1 + e^{-x})^{-2} \cdot (-e^{-x})",
            r"\frac{e^{-x}}{(1 + e^{-x})^2}",
        ],
    ),
    (
        "(2 + e^{-3x})^{-1}", "x",
        [
            r"-1 \cdot (2 + e^{-3x})^{-2} \cdot \frac{d}{dx}(2 + e^{-3x})",
            r"-(2 + e^{-3x})^{-2} \cdot (-3e^{-3x})",
            r"\frac{3e^{-3x}}{(2 + e^{-3x})^2}",
        ],
    ),
    (
        r"\log(1+e^{2t})", "t",
        [
            r"\frac{1}{1 + e^{2t}} \cdot \frac{d}{dt}(1 + e^{2t})",
            r"\frac{1}{1 + e^{2t}} \cdot 2e^{2t}",
            r"\frac{2e^{2t}}{1 + e^{2t}}",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("term", "variable", "expected"), DERIVATIVES)
def test_derivative_lines(term: str, variable: str, expected: list[str]) -> None:
    derivation = differentiate(read(term), read(variable))
    assert unspaced(lines(derivation)) == unspaced(expected)
    assert "chain" in derivation.steps[0].rule


def test_one_minus_sigma() -> None:
    definition = read(r"\sigma(x) = \frac{1}{1 + e^{-x}}", WITH_SIGMA)
    derivation = companion(read(r"1 - \sigma(x)", WITH_SIGMA), definition)
    assert lines(derivation) == [
        r"1 - \frac{1}{1 + e^{-x}}",
        r"\frac{1 + e^{-x}}{1 + e^{-x}} - \frac{1}{1 + e^{-x}}",
        r"\frac{1 + e^{-x} - 1}{1 + e^{-x}}",
        r"\frac{e^{-x}}{1 + e^{-x}}",
    ]


def test_slope_by_means_of_sigma() -> None:
    definition = read(r"\sigma(x) = \frac{1}{1 + e^{-x}}", WITH_SIGMA)
    found = express(read(r"\frac{e^{-x}}{(1 + e^{-x})^2}"), definition)
    assert lines(found.derivation) == [
        r"\frac{1}{1 + e^{-x}} \cdot \frac{e^{-x}}{1 + e^{-x}}",
        r"\sigma(x) \cdot (1 - \sigma(x))",
    ]
    assert [latex(c.start) for c in found.companions] == [r"1 - \sigma(x)"]


OTHER_FUNCTIONS = [
    (
        r"\frac{3e^{-3x}}{(1 + e^{-3x})^2}",
        r"\sigma(x) = \frac{1}{1 + e^{-x}}",
        r"3 \cdot \sigma(3x) \cdot (1 - \sigma(3x))",
    ),
    (r"\frac{e^{x}}{(1 + e^{x})^2}", r"\sigma(x) = \frac{1}{1 + e^{-x}}", r"\sigma(x) \cdot (1 - \sigma(x))"),
    (r"\frac{4}{(e^x + e^{-x})^2}", r"\sigma(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}", r"1 - \sigma(x)^2"),
    (r"\frac{2e^{-t}}{(2 + e^{-t})^2}", r"f(t) = \frac{1}{2 + e^{-t}}", r"2 \cdot f(t) \cdot (1 - 2f(t))"),
    (r"-\frac{2x}{(1 + x^2)^2}", r"f(x) = \frac{1}{1 + x^2}", r"-2x \cdot f(x)^2"),
]


@pytest.mark.parametrize(("term", "definition", "expected"), OTHER_FUNCTIONS)
def test_other_functions(term: str, definition: str, expected: str) -> None:
    found = express(read(term), read(definition, WITH_SIGMA))
    assert latex(found.derivation.result) == expected
