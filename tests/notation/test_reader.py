"""Reading LaTeX: each family of notation gives exactly the tree of what is written."""

from __future__ import annotations

import pytest

from derive.notation.reader import read
from derive.notation.tree import (
    Accented,
    BigOperator,
    Binomial,
    Call,
    Cases,
    Conditional,
    Derivative,
    Differential,
    Ellipsis,
    Evaluated,
    Factorial,
    Fraction,
    Group,
    Implication,
    Integral,
    Link,
    Listing,
    Matrix,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Root,
    Rows,
    Signed,
    Span,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Underbrace,
    Word,
)
from derive.notation.vocabulary import DEFAULT

a, b, c, d, e, f, n, p, x, y = (Symbol(letter) for letter in "abcdefnpxy")
zero, one, two = (Number(digit) for digit in "012")
dx, dy = Differential(x), Differential(y)


def product(*factors: Node) -> Product:
    return Product(factors, ("",) * (len(factors) - 1))


def plus(first: Node, *others: Node) -> Sum:
    return Sum((Signed("", first), *(Signed("+", term) for term in others)))


def minus(*terms: Node) -> Sum:
    """`-a` of one term, `a - b` of two."""
    if len(terms) == 1:
        return Sum((Signed("-", terms[0]),))
    return Sum((Signed("", terms[0]), *(Signed("-", term) for term in terms[1:])))


def equal(left: Node | None, *rights: Node) -> Relation:
    return Relation(left, tuple(Link("=", right) for right in rights))


def round_group(body: Node) -> Group:
    return Group(body)


def check(text: str, expected: Node, *functions: str) -> None:
    assert read(text, DEFAULT.declaring(*functions)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a - b", minus(a, b)),
        ("-x^2", minus(Power(x, two))),
        (r"a \pm b", Sum((Signed("", a), Signed("\\pm", b)))),
        ("a b", product(a, b)),
        ("2x y", product(two, x, y)),
        (r"a \cdot b \times c", Product((a, b, c), ("\\cdot", "\\times"))),
        ("a/b c", Product((a, b, c), ("/", ""))),
        ("a * b", Product((a, b), ("*",))),
        (r"a \cdot -b", Product((a, Group(minus(b), "", "")), ("\\cdot",))),
        (r"\frac12", Fraction(one, two)),
        (r"\dfrac{a}{b}", Fraction(a, b, "\\dfrac")),
        (r"{a + b \over c}", Fraction(plus(a, b), c)),
        (r"{n \choose 2}", Binomial(n, two)),
        ("x^23", product(Power(x, two), Number("3"))),
        ("x^{23}", Power(x, Number("23"))),
        (r"x^\frac{1}{2}", Power(x, Fraction(one, two))),
        (r"\sqrt[n]{x}", Root(x, n)),
        ("n!", Factorial(n)),
        ("n!!", Factorial(n, 2)),
        ("10{,}000", Number("10000")),
        ("x = 1,000,000", equal(x, Number("1000000"))),
        ("(1,000)", Group(Listing((one, Number("000")), (",",)))),
        ("0.5 + .5", plus(Number("0.5"), Number(".5"))),
        (r"\left(a + b\right)", Group(plus(a, b), "(", ")", "left")),
        (r"\bigl[ a \bigr]", Group(a, "[", "]", "\\bigl")),
        ("[0, 1)", Group(Listing((zero, one), (",",)), "[", ")")),
        ("|x||y|", product(Group(x, "|", "|"), Group(y, "|", "|"))),
        (r"\|x\|_2", Subscript(Group(x, "\\|", "\\|"), two)),
        ("||x||", Group(x, "||", "||")),
        ("||x| - 1|", Group(minus(Group(x, "|", "|"), one), "|", "|")),
        (r"\lfloor x \rfloor", Group(x, "\\lfloor", "\\rfloor")),
        (r"\langle x, y \rangle", Group(Listing((x, y), (",",)), "\\langle", "\\rangle")),
    ],
)
def test_arithmetic(text: str, expected: Node) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\alpha", Symbol("\\alpha")),
        ("x_1^2", Power(Subscript(x, one), two)),
        ("x^2_1", Power(Subscript(x, one), two)),
        (r"\gamma_{ji}", Subscript(Symbol("\\gamma"), product(Symbol("j"), Symbol("i")))),
        ("x''", Primed(x, 2)),
        (r"x^\prime", Primed(x)),
        ("x^*", Power(x, Symbol("*"))),
        (r"0^+", Power(zero, Symbol("+"))),
        (r"A^\top", Power(Symbol("A"), Symbol("\\top"))),
        (r"\mathbf{x}", Styled("\\mathbf", x)),
        (r"{\bf x}", Styled("\\mathbf", x)),
        (r"\mathrm{KL}", Word("\\mathrm", "KL")),
        (r"\mathrm{max}", Word("\\mathrm", "max")),
        (r"\hat\theta", Accented("\\hat", Symbol("\\theta"))),
        (r"x_{\text{max}}", Subscript(x, Word("\\text", "max"))),
        ("x_{min}", Subscript(x, Word("", "min"))),
        (r"\underbrace{a + b}_{c}", Underbrace("\\underbrace", plus(a, b), c)),
        ("a_1, \\dots, a_n", Listing((Subscript(a, one), Ellipsis(), Subscript(a, n)), (",", ","))),
        ("a_1, . . ., a_n", Listing((Subscript(a, one), Ellipsis(), Subscript(a, n)), (",", ","))),
        ("{}_n", Subscript(Symbol(""), n)),
        (r"\Delta x", Differential(x, "\\Delta")),
        (r"\Delta = 1", equal(Symbol("\\Delta"), one)),
    ],
)
def test_letters(text: str, expected: Node) -> None:
    check(text, expected)


log, sin, cos = Word("\\log"), Word("\\sin"), Word("\\cos")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\log x", Call(log, x)),
        (r"\log\left(x\right)", Call(log, Group(x, size="left"))),
        (r"\log(x) y", product(Call(log, Group(x)), y)),
        (r"\log(x)^2", Power(Call(log, Group(x)), two)),
        (r"\sin 2x", Call(sin, product(two, x))),
        (r"\sin x \cos y", product(Call(sin, x), Call(cos, y))),
        (r"\sin x / x", Product((Call(sin, x), x), ("/",))),
        (r"\sin x + 1", plus(Call(sin, x), one)),
        (r"\sin^2 x", Call(Power(sin, two), x)),
        (r"\sin^{-1}(x)", Call(Power(sin, minus(one)), Group(x))),
        (r"\log_2 n", Call(Subscript(log, two), n)),
        (r"\sin x \, y", product(Call(sin, x), y)),
        (r"\cos x (1 - y)", product(Call(cos, x), Group(minus(one, y)))),
        (r"\log p(x)", Call(log, product(p, Group(x)))),
        (r"\operatorname{tr} A", Call(Word("\\operatorname", "tr"), Symbol("A"))),
        ("sin(x)", Call(Word("", "sin"), Group(x))),
        ("f(x)", Call(f, Group(x))),
        ("f'(x)", Call(Primed(f), Group(x))),
        ("f^{-1}(y)", Call(Power(f, minus(one)), Group(y))),
        ("f(x)^2", Power(Call(f, Group(x)), two)),
        ("x'(y)", Call(Primed(x), Group(y))),
        ("p(1 + x)", product(p, Group(plus(one, x)))),
        ("p(x, y)", Call(p, Group(Listing((x, y), (",",))))),
        (r"p(x \mid y)", Call(p, Group(Conditional(x, y)))),
        ("p(x | y)", Call(p, Group(Conditional(x, y, "|")))),
        (r"\mathbb{E}[x]", Call(Styled("\\mathbb", Symbol("E")), Group(x, "[", "]"))),
        (r"\mathrm{Var}(x)", Call(Word("\\mathrm", "Var"), Group(x))),
        (r"\mathrm{e}(x)", product(Styled("\\mathrm", e), Group(x))),
        (r"(f \circ a)(x)", Call(Group(Product((f, a), ("\\circ",))), Group(x))),
        ("x[n]", Call(x, Group(n, "[", "]"))),
        (r"\max(a, b)", Call(Word("\\max"), Group(Listing((a, b), (",",))))),
    ],
)
def test_functions(text: str, expected: Node) -> None:
    check(text, expected)


def test_the_vocabulary_decides_what_a_bracket_is() -> None:
    sigma = Symbol("\\sigma")
    check(r"\sigma(x)", product(sigma, Group(x)))
    check(r"\sigma(x)", Call(sigma, Group(x)), "\\sigma")
    check(r"\sigma'(x)", Call(Primed(sigma), Group(x)))
    check(r"p_\theta(x)", Call(Subscript(p, Symbol("\\theta")), Group(x)), "p")
    assert read("f(x)", DEFAULT.without("f")) == product(f, Group(x))


def test_a_letter_with_a_list_in_brackets_is_a_function_in_the_whole_formula() -> None:
    bayes = read("p(x | y) p(y)")
    assert bayes == product(Call(p, Group(Conditional(x, y, "|"))), Call(p, Group(y)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\frac{d}{dx}(1 + x)", Derivative(Group(plus(one, x)), (dx,))),
        (r"\frac{d}{dx} x y", Derivative(product(x, y), (dx,))),
        (r"\frac{d}{dx}(x) y", product(Derivative(Group(x), (dx,)), y)),
        (r"\frac{dy}{dx}", Derivative(y, (dx,), form="quotient")),
        (r"{dy \over dx}", Derivative(y, (dx,), form="quotient")),
        (r"\frac{d^2 y}{dx^2}", Derivative(y, (Differential(x, order=two),), order=two, form="quotient")),
        (
            r"\frac{\partial^2 f}{\partial x \partial y}",
            Derivative(
                f,
                (Differential(x, "\\partial"), Differential(y, "\\partial")),
                "\\partial",
                two,
                "quotient",
            ),
        ),
        (
            r"\frac{{\rm d}y}{{\rm d}x}",
            Derivative(y, (Differential(x, "\\mathrm{d}"),), "\\mathrm{d}", None, "quotient"),
        ),
        (r"\dv{x} y", Derivative(y, (dx,))),
        (r"\dv[2]{y}{x}", Derivative(y, (Differential(x, order=two),), order=two, form="quotient")),
        (r"\frac{d}{2}", Fraction(d, two)),
        (r"\frac{d_1}{d_2}", Fraction(Subscript(d, one), Subscript(d, two))),
        (r"\int x \, dx", Integral(x, dx)),
        (r"\int_0^1 x + 1 \, dx", Integral(plus(x, one), dx, zero, one)),
        (r"\int \frac{dx}{x}", Integral(Fraction(dx, x), None)),
        (r"\int_0^1 \int_0^x y \, dy \, dx", Integral(Integral(y, dy, zero, x), dx, zero, one)),
        (r"\int \sin x dx", Integral(Call(sin, x), dx)),
        ("dy = 2x dx", equal(dy, product(two, x, dx))),
        ("a + bx + cx^2 + dx^3", plus(a, product(b, x), product(c, Power(x, two)), product(d, Power(x, Number("3"))))),
        (
            r"\sum_{n=1}^a n^2 + 1",
            plus(BigOperator("\\sum", equal(n, one), a, Power(n, two)), one),
        ),
        (
            r"\lim_{x \to 0} \frac{x}{y}",
            BigOperator("\\lim", Relation(x, (Link("\\to", zero),)), None, Fraction(x, y)),
        ),
        (r"\arg\max_x f(x)", BigOperator("\\arg\\max", x, None, Call(f, Group(x)))),
        (r"\underset{x}{\operatorname{argmin}} y", BigOperator("\\operatorname{argmin}", x, None, y)),
        (r"\operatorname*{argmin}_x y", BigOperator("\\operatorname*{argmin}", x, None, y)),
        (r"\left.x\right|_0^1", Evaluated(x, zero, one)),
        (r"x|_{x=1}", Evaluated(x, equal(x, one), None, "", "|", "")),
        (r"a + x\Big|_0^1", Evaluated(plus(a, x), zero, one, "", "|", "\\Big")),
        (r"\left[x\right]_0^1", Evaluated(x, zero, one, "[", "]")),
        (r"\big[x\big]^1_0", Evaluated(x, zero, one, "[", "]", "\\big")),
        (r"\iint x \, dx \, dy", Integral(product(x, dx), dy, command="\\iint")),
    ],
)
def test_calculus(text: str, expected: Node) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = b = c", equal(a, b, c)),
        ("= b", equal(None, b)),
        ("0 < x \\le 1", Relation(zero, (Link("<", x), Link("\\le", one)))),
        ("a := b", Relation(a, (Link(":=", b),))),
        (r"a \coloneqq b", Relation(a, (Link("\\coloneqq", b),))),
        (r"a \stackrel{!}{=} b", Relation(a, (Link("\\stackrel{!}{=}", b),))),
        (r"a \not= b", Relation(a, (Link("\\not=", b),))),
        (r"x \in [0, 1]", Relation(x, (Link("\\in", Group(Listing((zero, one), (",",)), "[", "]")),))),
        (r"a = b \Rightarrow b = a", Implication(equal(a, b), (Link("\\Rightarrow", equal(b, a)),))),
        (r"a = b, \quad b = c", Listing((equal(a, b), equal(b, c)), (", \\quad",))),
        (r"a = b \text{ if } c = d", Listing((equal(a, b), equal(c, d)), ("\\text{ if }",))),
        (r"\text{if } a = b", Listing((Word("\\text", "if "), equal(a, b)), ("",))),
        (r"x = 1, y = 2 \iff c = d", Implication(
            Listing((equal(x, one), equal(y, two)), (",",)), (Link("\\iff", equal(c, d)),))),
        ("a = b.", equal(a, b)),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", Matrix(((a, b), (c, d)), "pmatrix")),
        (r"\begin{cases} a & x = 1 \\ b \end{cases}", Cases(((a, equal(x, one)), (b, None)))),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", Rows(((a, equal(None, b)), (None, equal(None, c))))),
        (r"\begin{align*} a =& b \end{align*}", Rows(((a, equal(None, b)),), "align*")),
        (r"a &= b \\ &= c", Rows(((a, equal(None, b)), (None, equal(None, c))), "")),
        (r"\{x \in a \mid x = 1\}", Group(
            Conditional(Relation(x, (Link("\\in", a),)), equal(x, one)), "\\{", "\\}")),
    ],
)  # fmt: skip
def test_statements(text: str, expected: Node) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (r"a\,b", "a b"),
        (r"\displaystyle x", "x"),
        (r"\sum\limits_{n} x", r"\sum_n x"),
        (r"x = 1 \label{eq:one} \tag{1}", "x = 1"),
        (r"\sum_{n} x % remark", r"\sum_{n} x"),
        ("x − 1 ≤ α", r"x - 1 \le \alpha"),
        (r"\left( x \right)", r"\left(x\right)"),
        (r"{a} {=} {b}", "a = b"),
        (r"\mathop{\rm argmax}_x y", r"\mathrm{argmax}_x y"),
        ("x = 1,", "x = 1"),
    ],
)
def test_layout_says_nothing(first: str, second: str) -> None:
    assert read(first) == read(second)


def test_nodes_know_their_places() -> None:
    tree = read(r"a = \frac{x}{y}")
    assert isinstance(tree, Relation)
    assert tree.span == Span(0, 15)
    fraction = tree.links[0].term
    assert isinstance(fraction, Fraction)
    assert fraction.span == Span(4, 15)
    assert fraction.denominator.span == Span(13, 14)
