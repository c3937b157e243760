"""Vectors and matrices on a page: which letters they are, words, components, and sums taken apart."""

from __future__ import annotations

import pytest

from derive.check.components import NoComponents, by_components
from derive.check.kinds import Kinds, kinds_of
from derive.check.linear import with_linear_sums, with_sums_named
from derive.check.ordered import in_order
from derive.meaning.form import Form
from derive.meaning.interpret import form_of
from derive.meaning.lexicon import Lexicon
from derive.notation.reader import read
from derive.notation.vocabulary import DEFAULT
from derive.read.readers import read_document
from derive.read.split import split

ORDERED = Lexicon(products_keep_order=True, t_transposes=True)


def meant(text: str) -> Form:
    return form_of(read(text), ORDERED)


def kinds(text: str) -> Kinds:
    document = read_document("page.md", text)
    return kinds_of(document, DEFAULT, [split(formula.text, {}) for formula in document.formulas])


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        ("A B + A C", "A (B + C)", True),
        ("A B", "B A", False),
        ("(A B)^T", "B^T A^T", True),
        ("(A B)^T", "A^T B^T", False),
        ("x^T A z", "z^T A^T x", True),
        ("z^T x A", "A z^T x", True),
        ("z x^T", "x z^T", False),
        ("(2 A)^{-1}", r"\frac{1}{2} A^{-1}", True),
        ("A^2 A", "A^3", True),
    ],
)
def test_words(left: str, right: str, equal: bool) -> None:
    known = Kinds(names=frozenset("ABCxz"), columns=frozenset("xz"))
    sides = (in_order(meant(left), known)[0], in_order(meant(right), known)[0])
    assert (sides[0] == sides[1]) is equal


def test_inverses_are_cancelled_only_when_asked_and_then_said() -> None:
    known = Kinds(names=frozenset("AB"))
    assert in_order(meant("A^{-1} A B"), known)[1] == []
    form, inverted = in_order(meant("A^{-1} A B"), known, cancels=True)
    assert form == meant("B")
    assert inverted == [meant("A")]


def test_equations_are_put_in_from_left_to_right() -> None:
    known = Kinds(names=frozenset("ABx"), columns=frozenset("x"))
    given = [Form("eq", (meant("A x"), meant(r"\lambda x"))), Form("eq", (meant("x"), meant("B x")))]
    assert in_order(meant("B A x"), known, given=given)[0] == in_order(meant(r"\lambda B x"), known)[0]
    assert in_order(meant("A B x"), known, given=given)[0] == in_order(meant("A B x"), known)[0]


def test_components_of_a_cross_product() -> None:
    pairs = by_components(meant(r"\vec a \times \vec b"), meant(r"\vec c"), Kinds())
    assert len(pairs) == 3
    with pytest.raises(NoComponents):
        by_components(meant(r"\vec a \times \vec b"), meant("A"), Kinds(capitals=True))


def test_sums_are_taken_apart_but_not_infinite_ones() -> None:
    finite = with_linear_sums(meant(r"\sum_{i=1}^n (x_i + c y_i)"))
    assert finite.head == "add" and len(finite.args) == 2
    assert with_linear_sums(meant(r"\sum_{i=1}^\infty (x_i + y_i)")).head == "sum"
    names: dict[Form, Form] = {}
    renamed = [with_sums_named(meant(rf"\sum_{{{i}=1}}^n x_{i}"), names) for i in "ij"]
    assert renamed[0] == renamed[1] and len(names) == 1


MATRICES = "Matrices and vectors; a matrix, its transpose. "


@pytest.mark.parametrize(
    ("text", "numbers", "others"),
    [
        ("$y = A \\sin(k L)$", {"L"}, {"A"}),
        ("$\\frac{F}{M} = a^2$", {"M"}, set()),
        ("$E = T + V$ and $T = \\frac{1}{2} m v^2$ and $\\frac{p}{m} = v$", {"E", "T", "V"}, set()),
        ("$A \\vec x = \\vec b$ and $y = \\sin A$", set(), {"A"}),
        ("$A x = b$", set(), {"A"}),
        ("$A = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$, $\\frac{1}{A}$", set(), {"A"}),
    ],
)
def test_capitals_are_numbers_by_where_they_stand(text: str, numbers: set[str], others: set[str]) -> None:
    found = kinds(MATRICES + text)
    assert numbers <= found.numbers
    assert all(found.may_be_shaped(letter) or found.is_shaped_name(letter) for letter in others)


def test_an_exponent_t_is_a_transpose_unless_t_counts_something() -> None:
    assert kinds(MATRICES + "$A^T A$").t_transposes
    assert not kinds(MATRICES + r"$A^T A$, $\sum_{t=1}^T x_t$").t_transposes
    assert not kinds("$x^T$").t_transposes


def test_a_small_row_is_no_column() -> None:
    found = kinds(MATRICES + r"$\mathbf{b} = \begin{bmatrix} 1 & 2 \end{bmatrix}$, $\mathbf{c} = \mathbf{b}^\top$")
    assert not found.is_column("b_bold") and found.is_column("c_bold")
