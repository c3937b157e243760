"""Vectors and matrices of symbolic shape: identities, gradients, sums over entries, shapes, traps, mutants."""

import pytest

import derive.api as derive
from derive.meaning.sympy_text import sympy_text
from derive.model.verdict import Verdict

GIVEN = (
    r"X \in \mathbb{R}^{n \times p}",
    r"w, \beta \in \mathbb{R}^p",
    r"x, y, z, f \in \mathbb{R}^n",
    r"A, B, C \in \mathbb{R}^{n \times n}",
    r"S \in \mathbb{R}^{n \times n}",
    r"S^\top = S",
    r"Q \in \mathbb{R}^{n \times n}",
    r"Q^\top Q = I",
)
SOFTMAX = (r"s \in \mathbb{R}^n", r"s_i = \frac{e^{z_i}}{\sum_{k=1}^n e^{z_k}}")
MEAN = (r"\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i",)


def _verdict(statement: str, *more: str) -> Verdict:
    return derive.verdict(statement, given=[*GIVEN, *more], budget=10)


PROVED = [
    r"(A B)^\top = B^\top A^\top",
    r"(A B)^{-1} = B^{-1} A^{-1}",
    r"(A^{-1})^\top = (A^\top)^{-1}",
    r"A^{-\top} = (A^\top)^{-1}",
    r"(A + B)^2 = A^2 + A B + B A + B^2",
    r"A (B + C) = A B + A C",
    r"A I = A",
    r"Q Q^\top = I",
    r"Q^{-1} = Q^\top",
    r"\operatorname{tr}(A B C) = \operatorname{tr}(C A B)",
    r"\operatorname{tr}(S A B) = \operatorname{tr}(B^\top A^\top S)",
    r"\operatorname{tr}(x y^\top) = y^\top x",
    r"\operatorname{tr}(I_n) = n",
    r"\det(A B) = \det(A) \det(B)",
    r"\det(-A) = (-1)^n \det(A)",
    r"\det(Q A Q^\top) = \det(A)",
    r"x^\top A y = y^\top A^\top x",
    r"x y^\top z = (y^\top z) x",
    r"A (x^\top y) = (y^\top x) A",
    r"x \cdot y = y^\top x",
    r"\|x + y\|^2 = \|x\|^2 + 2 x^\top y + \|y\|^2",
    r"\|Q x\| = \|x\|",
    r"\|x\|_2^2 = x^\top x",
    r"\|A\|_F^2 = \operatorname{tr}(A^\top A)",
    r"\|\lambda x\|^2 = \lambda^2 \|x\|^2",
    r"A - A = 0",
]

GRADIENTS = [
    r"\frac{\partial}{\partial w} \|y - X w\|^2 = -2 X^\top (y - X w)",
    r"\nabla_w \|y - X w\|^2 = 2 X^\top X w - 2 X^\top y",
    r"\frac{\partial}{\partial w} (y - X w)^\top (y - X w) = -2 X^\top (y - X w)",
    r"\frac{\partial}{\partial w} (\|y - X w\|^2 + \lambda \|w\|^2) = -2 X^\top (y - X w) + 2 \lambda w",
    r"\nabla_x (x^\top A x) = (A + A^\top) x",
    r"\nabla_x (x^\top S x) = 2 S x",
    r"\frac{\partial}{\partial x} (y^\top x) = y",
    r"\frac{\partial}{\partial B} \operatorname{tr}(A B) = A^\top",
    r"\frac{\partial}{\partial X} \operatorname{tr}(X^\top A X) = (A + A^\top) X",
    r"\frac{\partial}{\partial A} (x^\top A y) = x y^\top",
    r"\frac{\partial}{\partial A} \operatorname{tr}(A^{-1} B) = -A^{-\top} B^\top A^{-\top}",
    r"\frac{\partial}{\partial x} (x^\top x)^2 = 4 (x^\top x) x",
    r"\frac{\partial}{\partial x} e^{-\frac{1}{2} x^\top x} = -x e^{-\frac{1}{2} x^\top x}",
    r"\frac{\partial}{\partial x} \log(1 + x^\top x) = \frac{2 x}{1 + x^\top x}",
]

REFUTED = [
    r"A \cdot B = B A",
    r"(A + B)^2 = A^2 + 2 A B + B^2",
    r"(A + B) (A - B) = A^2 - B^2",
    r"(A B)^\top = A^\top B^\top",
    r"(A B)^{-1} = A^{-1} B^{-1}",
    r"(A + B)^{-1} = A^{-1} + B^{-1}",
    r"A^\top = A",
    r"\operatorname{tr}(A B C) = \operatorname{tr}(A C B)",
    r"\operatorname{tr}(A B) = \operatorname{tr}(A) \operatorname{tr}(B)",
    r"\det(A + B) = \det(A) + \det(B)",
    r"\det(-A) = -\det(A)",
    r"\det(2 A) = 2 \det(A)",
    r"\det(Q) = 1",
    r"Q = Q^\top",
    r"x^\top A y = y^\top A x",
    r"x y^\top = y x^\top",
    r"\|x + y\|^2 = \|x\|^2 + \|y\|^2",
    r"\|A x\| = \|x\|",
    r"\frac{\partial}{\partial w} \|y - X w\|^2 = 2 X^\top (y - X w)",
    r"\frac{\partial}{\partial w} \|y - X w\|^2 = -X^\top (y - X w)",
    r"\nabla_x (x^\top A x) = 2 A x",
    r"\nabla_x (x^\top A x) = (A - A^\top) x",
    r"\frac{\partial}{\partial B} \operatorname{tr}(A B) = A",
    r"\frac{\partial}{\partial A} (x^\top A y) = y x^\top",
    r"\frac{\partial}{\partial A} \det(A) = \det(A) A^{-1}",
]

ENTRIES = [
    (r"\frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} - s_j)", SOFTMAX),
    (r"\frac{\partial s_i}{\partial z_i} = s_i (1 - s_i)", SOFTMAX),
    (r"\frac{\partial}{\partial z_j} \frac{e^{z_i}}{\sum_{k=1}^n e^{z_k}} = s_i (\delta_{ij} - s_j)", SOFTMAX),
    (r"\sum_{i=1}^n s_i = 1", SOFTMAX),
    (r"\log s_i = z_i - \log \sum_{k=1}^n e^{z_k}", SOFTMAX),
    (r"\frac{\partial}{\partial z_j} \log \sum_{k=1}^n e^{z_k} = s_j", SOFTMAX),
    (
        r"\frac{\partial}{\partial z_j} \left(-\sum_{i=1}^n y_i \log s_i\right) = s_j - y_j",
        (*SOFTMAX, r"\sum_{i=1}^n y_i = 1"),
    ),
    (r"\sum_i (x_i - \bar{x}) = 0", MEAN),
    (r"\sum_{i=1}^n (x_i - \bar{x})^2 = \sum_{i=1}^n x_i^2 - n \bar{x}^2", MEAN),
    (r"\sum_{i=1}^n (x_i - \bar{x}) y_i = \sum_{i=1}^n x_i y_i - \bar{x} \sum_{i=1}^n y_i", MEAN),
    (r"\frac{\partial \bar{x}}{\partial x_j} = \frac{1}{n}", MEAN),
    (r"\sum_{i=1}^n \delta_{ij} f_i = f_j", ()),
    (r"\sum_{i=1}^n \delta_{ij} \delta_{ik} f_i = \delta_{jk} f_j", ()),
    (r"\frac{\partial x_i}{\partial x_j} = \delta_{ij}", ()),
    (r"\frac{\partial}{\partial x_j} \sum_{i=1}^n x_i^2 = 2 x_j", ()),
    (r"\frac{\partial}{\partial x_j} e^{x_i} = \delta_{ij} e^{x_i}", ()),
    (r"\frac{\partial}{\partial x_j} \sum_{i=1}^n A_{ij} x_i = A_{jj}", ()),
]

WRONG_ENTRIES = [
    (r"\frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} + s_j)", SOFTMAX),
    (r"\frac{\partial s_i}{\partial z_j} = s_i (1 - s_j)", SOFTMAX),
    (r"\frac{\partial s_i}{\partial z_j} = s_j (\delta_{ij} - s_j)", SOFTMAX),
    (r"\frac{\partial s_i}{\partial z_j} = -s_i s_j", SOFTMAX),
    (r"\sum_i (x_i - \bar{x})^2 = 0", MEAN),
    (r"\sum_{i=1}^n x_i = \bar{x}", MEAN),
    (r"\sum_{i=1}^n (x_i - \bar{x})^2 = \sum_{i=1}^n x_i^2 - \bar{x}^2", MEAN),
    (r"\sum_{i=1}^n \delta_{ij} f_i = f_i", ()),
    (r"\frac{\partial}{\partial x_j} \sum_{i=1}^n x_i^2 = 2 x_i", ()),
    (r"\frac{\partial x_i}{\partial x_j} = 1", ()),
    (
        r"\frac{\partial}{\partial z_j} \left(-\sum_{i=1}^n y_i \log s_i\right) = s_j - y_j",
        SOFTMAX,
    ),
]


@pytest.mark.parametrize("statement", PROVED + GRADIENTS)
def test_proved(statement: str) -> None:
    verdict = _verdict(statement)
    assert (verdict.status, verdict.trust, verdict.conditions) == ("proved", "exact", ())


@pytest.mark.parametrize("statement", REFUTED)
def test_refuted(statement: str) -> None:
    verdict = _verdict(statement)
    assert verdict.status == "refuted"
    assert verdict.counterexample is not None
    assert any(form.head == "matrix" for _, form in verdict.counterexample.point)


@pytest.mark.parametrize(("statement", "more"), ENTRIES)
def test_entries_proved(statement: str, more: tuple[str, ...]) -> None:
    assert _verdict(statement, *more).status == "proved"


@pytest.mark.parametrize(("statement", "more"), WRONG_ENTRIES)
def test_entries_refuted(statement: str, more: tuple[str, ...]) -> None:
    assert _verdict(statement, *more).status == "refuted"


@pytest.mark.parametrize(
    ("statement", "condition"),
    [
        (r"A A^{-1} = I", "Ne(det(A), 0)"),
        (r"(X^\top X)^{-1} X^\top X w = w", "Ne(det(transpose(X)*X), 0)"),
        (r"\frac{\partial}{\partial A} \log \det(A) = A^{-\top}", "det(A) > 0"),
        (r"\frac{\partial}{\partial A} \det(A) = \det(A) A^{-\top}", "Ne(det(A), 0)"),
        (r"\frac{\partial}{\partial x} \|x\| = \frac{x}{\|x\|}", "Ne(norm(x), 0)"),
    ],
)
def test_conditions(statement: str, condition: str) -> None:
    verdict = _verdict(statement)
    assert verdict.status == "conditional"
    assert [sympy_text(c) for c in verdict.conditions] == [condition]


def test_what_is_given_is_no_condition() -> None:
    assert _verdict(r"A A^{-1} = I", r"\det(A) \ne 0").status == "proved"
    assert _verdict(r"\frac{\partial}{\partial A} \log \det(A) = A^{-\top}", r"\det(A) > 0").status == "proved"


@pytest.mark.parametrize(
    "statement",
    [
        r"X w = w X",
        r"A x = x A",
        r"X X = I",
        r"X + A = X",
        r"x = x^\top",
        r"(X A)^\top = A^\top X^\top",
        r"\operatorname{tr}(X) = 0",
        r"\det(X) = 1",
        r"X^{-1} X = I",
        r"e^{A} = A",
        r"A + 1 = A",
        r"x^\top y = x",
        r"\nabla_x (A x) = A",
        r"\frac{\partial}{\partial w} \|y - X w\|^2 = -2 (y - X w)^\top X",
    ],
)
def test_shapes_that_do_not_fit_are_neither_true_nor_false(statement: str) -> None:
    verdict = _verdict(statement)
    assert verdict.status == "unread"
    assert "shapes" in verdict.note


def test_what_the_page_does_not_say_is_left_open() -> None:
    assert _verdict(r"\|A\|^2 = \operatorname{tr}(A^\top A)").status == "undecided"
    assert _verdict(r"\frac{\partial}{\partial S} \operatorname{tr}(S) = I").status == "undecided"
    assert _verdict(r"\frac{\partial}{\partial w} \lambda = 0").status == "undecided"
    assert _verdict(r"\frac{\partial x_i}{\partial z_j} = 0").status == "undecided"


def test_a_symmetric_matrix_is_one_only_where_it_is_given() -> None:
    statement = r"x^\top A y = y^\top A x"
    assert _verdict(statement).status == "refuted"
    assert _verdict(statement, r"A^\top = A").status == "proved"


def test_bold_letters() -> None:
    given = [
        r"\mathbf{X} \in \mathbb{R}^{n \times p}", r"\mathbf{w} \in \mathbb{R}^p", r"\mathbf{y} \in \mathbb{R}^n",
    ]  # fmt: skip
    statement = (
        r"\frac{\partial}{\partial \mathbf{w}} \|\mathbf{y} - \mathbf{X} \mathbf{w}\|^2"
        r" = -2 \mathbf{X}^\top (\mathbf{y} - \mathbf{X} \mathbf{w})"
    )
    assert derive.verdict(statement, given=given).status == "proved"


def test_dimensions_that_are_numbers() -> None:
    given = [r"A \in \mathbb{R}^{2 \times 2}"]
    assert derive.verdict(r"\det(-A) = \det(A)", given=given).status == "proved"
    cayley = r"A^2 - \operatorname{tr}(A) A + \det(A) I = 0"
    assert derive.verdict(cayley, given=given).status in ("undecided", "proved")
    assert derive.verdict(r"A^2 = \operatorname{tr}(A) A", given=given).status == "refuted"
