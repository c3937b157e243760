r"""Rules of algebra: identities between terms, each true wherever both sides are defined and its conditions hold.

Rows without a pattern (`left` is empty) are worked out by a function of that name in `engine/actions.py`.
"""

from __future__ import annotations

from derive.model.rule import Rule

__all__ = ["ALGEBRA"]

_SUMS = (
    Rule(
        "algebra.expand", r"a (b + c)", r"a b + a c",
        says="multiply out the bracket",
        example=(r"e^x (1 - p)", r"e^x - e^x p"), counterexample=r"e^x p",
    ),
    Rule(
        "algebra.factor_out", r"a b + a c", r"a (b + c)",
        says="take the common factor out",
        example=(r"x y + x z", r"x (y + z)"), counterexample=r"p + q",
    ),
    Rule(
        "algebra.like_terms", "", "",
        says="add like terms",
        example=(r"1 + x^2 - 2 x^2", r"1 - x^2"), counterexample=r"x + x^2",
    ),
    Rule(
        "algebra.zero", "", "",
        says="what is multiplied by zero vanishes",
        example=(r"0 \cdot x + y", "y"), counterexample="x + y",
    ),
    Rule(
        "algebra.difference_of_squares", r"a^2 - b^2", r"(a - b) (a + b)",
        says="difference of two squares",
        example=(r"x^2 - y^2", r"(x - y) (x + y)"), counterexample=r"x^2 + y^2",
    ),
    Rule(
        "algebra.square_of_sum", r"(a + b)^2", r"a^2 + 2 a b + b^2",
        says="square of a sum",
        example=(r"(x + y)^2", r"x^2 + 2 x y + y^2"), counterexample=r"(x + y)^3",
    ),
)  # fmt: skip

_SIGNS_AND_NUMBERS = (
    Rule(
        "algebra.signs_cancel", "", "",
        says="two minus signs cancel",
        example=(r"-x \cdot (-y)", r"x y"), counterexample=r"x y",
    ),
    Rule(
        "algebra.sign_to_front", "", "",
        says="put the minus sign in front",
        example=(r"x \cdot (-y)", r"-x y"), counterexample=r"x y",
    ),
    Rule(
        "algebra.arithmetic", "", "",
        says="work out the numbers",
        example=(r"2 \cdot 3 x", r"6 x"), counterexample=r"2 x",
    ),
    Rule(
        "algebra.one", "", "",
        says="a factor 1 may be left out",
        example=(r"1 \cdot x", "x"), counterexample=r"2 x",
    ),
    Rule(
        "algebra.order", "", "",
        says="put the factors in order",
        example=(r"e^x x", r"x e^x"), counterexample=r"x e^x",
    ),
)  # fmt: skip

_FRACTIONS = (
    Rule(
        "algebra.cancel", r"\frac{a c}{b c}", r"\frac{a}{b}",
        says="cancel the common factor", when=(r"c \ne 0",),
        example=(r"\frac{2 x}{3 x}", r"\frac{2}{3}"), counterexample=r"\frac{x + 1}{x + 2}",
    ),
    Rule(
        "algebra.reduce_by", "", "",
        says="divide numerator and denominator by the same factor",
        example=(r"\frac{e^x}{1 + e^x}", r"\frac{1}{1 + e^{-x}}"), counterexample=r"\frac{a}{b}",
    ),
    Rule(
        "algebra.extend_by", "", "",
        says="multiply numerator and denominator by the same factor",
        example=(r"\frac{1}{\frac{1}{a} + \frac{1}{b}}", r"\frac{a b}{b + a}"), counterexample=r"\frac{a}{b}",
    ),
    Rule(
        "algebra.exponential_of_logarithm", r"e^{\log(a)}", "a",
        says="exponential and logarithm undo each other", when=("a > 0",),
        example=(r"e^{\log(3)}", "3"), counterexample=r"e^x",
    ),
    Rule(
        "algebra.logarithm_of_exponential", r"\log(e^a)", "a",
        says="logarithm and exponential undo each other",
        example=(r"\log(e^{2 x})", "2 x"), counterexample=r"\log(x)",
    ),
    Rule(
        "algebra.multiply_fractions", r"\frac{a}{b} \cdot \frac{c}{d}", r"\frac{a c}{b d}",
        says="multiply fractions: numerators and denominators",
        example=(r"\frac{x}{2} \cdot \frac{y}{z}", r"\frac{x y}{2 z}"), counterexample=r"\frac{x}{2} + \frac{y}{3}",
    ),
    Rule(
        "algebra.split_product", r"\frac{a c}{b d}", r"\frac{a}{b} \cdot \frac{c}{d}",
        says="write the fraction as a product of fractions",
        example=(r"\frac{x y}{2 z}", r"\frac{x}{2} \cdot \frac{y}{z}"), counterexample=r"\frac{x + 1}{2}",
    ),
    Rule(
        "algebra.common_denominator", r"\frac{a}{b} + \frac{c}{d}", r"\frac{a d + c b}{b d}",
        says="bring to a common denominator",
        example=(r"\frac{x}{2} + \frac{y}{3}", r"\frac{x \cdot 3 + y \cdot 2}{2 \cdot 3}"),
        counterexample=r"\frac{x}{2} \cdot \frac{y}{3}",
    ),
    Rule(
        "algebra.add_fractions", r"\frac{a}{c} + \frac{b}{c}", r"\frac{a + b}{c}",
        says="add fractions with the same denominator",
        example=(r"\frac{x}{3} + \frac{y}{3}", r"\frac{x + y}{3}"), counterexample=r"\frac{x}{3} + \frac{y}{4}",
    ),
    Rule(
        "algebra.split_fraction", r"\frac{a + b}{c}", r"\frac{a}{c} + \frac{b}{c}",
        says="split the fraction term by term",
        example=(r"\frac{x + y}{3}", r"\frac{x}{3} + \frac{y}{3}"), counterexample=r"\frac{x y}{3}",
    ),
    Rule(
        "algebra.fraction_of_fractions", r"\frac{\frac{a}{b}}{\frac{c}{d}}", r"\frac{a d}{b c}",
        says="dividing by a fraction is multiplying by its reciprocal", when=(r"d \ne 0",),
        example=(r"\frac{\frac{x}{y}}{\frac{z}{3}}", r"\frac{x \cdot 3}{y z}"), counterexample=r"\frac{x}{y}",
    ),
)  # fmt: skip

_POWERS = (
    Rule(
        "algebra.negative_power", r"a^{-n}", r"\frac{1}{a^n}",
        says="a negative power is one over the positive power",
        example=(r"x^{-2}", r"\frac{1}{x^2}"), counterexample=r"x^2",
    ),
    Rule(
        "algebra.as_negative_power", r"\frac{1}{a}", r"a^{-1}",
        says="one over a term is its power -1",
        example=(r"\frac{1}{1 + e^{-x}}", r"(1 + e^{-x})^{-1}"), counterexample=r"\frac{x}{1 + x}",
    ),
    Rule(
        "algebra.add_exponents", r"a^m a^n", r"a^{m + n}",
        says="powers of the same base: add the exponents", when=(r"a > 0",),
        example=(r"e^x e^y", r"e^{x + y}"), counterexample=r"e^x 2^y",
    ),
    Rule(
        "algebra.power_zero", "a^0", "1",
        says="a power with exponent 0 is 1", when=(r"a \ne 0",),
        example=("(x + 1)^0", "1"), counterexample="x^1",
    ),
    Rule(
        "algebra.power_of_power", r"(a^m)^n", r"a^{m n}",
        says="power of a power: multiply the exponents", when=(r"a > 0",),
        example=(r"(e^x)^3", r"e^{x \cdot 3}"), counterexample=r"e^{x}",
    ),
    Rule(
        "algebra.power_of_product", r"(a b)^n", r"a^n b^n",
        says="power of a product: factor by factor", when=(r"a > 0", r"b > 0"),
        example=(r"(2 x)^3", r"2^3 x^3"), counterexample=r"(2 + x)^3",
    ),
    Rule(
        "algebra.root_squared", r"(\sqrt{a})^2", r"a",
        says="the square of the square root", when=(r"a \ge 0",),
        example=(r"(\sqrt{x})^2", r"x"), counterexample=r"(\sqrt{x})^3",
    ),
    Rule(
        "algebra.square_factor", "", "",
        says="take the square factor out of the root",
        example=(r"\sqrt{12}", r"2 \sqrt{3}"), counterexample=r"\sqrt{6}",
    ),
    Rule(
        "functions.special_value", "", "",
        says="a value known by heart",
        example=(r"\log(1)", "0"), counterexample=r"\log(x)",
    ),
)  # fmt: skip

ALGEBRA: tuple[Rule, ...] = (*_SUMS, *_SIGNS_AND_NUMBERS, *_FRACTIONS, *_POWERS)
