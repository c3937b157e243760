r"""Rules for equations: what may be done to both sides, each with the condition it owes.

The rows are the methods of the classroom by their names (Bundy's PRESS: isolation, collection, attraction), worked out
by functions of the engine; patterns stand where one equation goes into another letter by letter.
"""

from __future__ import annotations

from derive.model.rule import Rule

__all__ = ["EQUATIONS"]

_BOTH_SIDES = (
    Rule(
        "equations.swap_sides", "a = b", "b = a",
        says="swap the sides", example=("3 = x", "x = 3"), counterexample="3 < x",
    ),
    Rule(
        "equations.move_terms", "a + b = c", "a = c - b",
        says="bring the terms without the unknown to the other side",
        example=("x + 3 = y", "x = y - 3"), counterexample="3 x = y",
    ),
    Rule(
        "equations.all_to_one_side", "a = b", "a - b = 0",
        says="bring everything to one side", example=("x^2 = x", "x^2 - x = 0"), counterexample="x < 1",
    ),
    Rule(
        "equations.divide", "a b = c", r"a = \frac{c}{b}",
        says="divide both sides by the factor", when=(r"b \ne 0",),
        example=(r"p (1 + e^x) = e^x", r"p = \frac{e^x}{1 + e^x}"), counterexample="x + 3 = y",
    ),
    Rule(
        "equations.multiply", "", "",
        says="multiply both sides by the same number",
        example=(r"\frac{x^2}{2} - x - 4 = 0", "x^2 - 2 x - 8 = 0"), counterexample="x = 3",
    ),
    Rule(
        "equations.like_terms", "", "",
        says="the unknown cancels",
        example=("x + 1 = x + 3", "0 = 2"), counterexample="x = 3",
    ),
    Rule(
        "equations.clear_fractions", "", "",
        says="multiply both sides by all the denominators",
        example=(r"\frac{1}{x} + \frac{1}{x + 1} = 2", "x + 1 + x = 2 x (x + 1)"), counterexample="x = y",
    ),
    Rule(
        "equations.negate", "-a = b", "a = -b",
        says="change the sign of both sides", example=("-x = 3", "x = -3"), counterexample="x = 3",
    ),
    Rule(
        "equations.clear_fraction", r"\frac{a}{b} = c", "a = c b",
        says="multiply both sides by the denominator", when=(r"b \ne 0",),
        example=(r"\frac{p}{1 - p} = e^x", r"p = e^x (1 - p)"), counterexample="x = y",
    ),
    Rule(
        "equations.cross_multiply", r"\frac{a}{b} = \frac{c}{d}", "a d = c b",
        says="multiply both sides by both denominators", when=(r"b \ne 0", r"d \ne 0"),
        example=(r"\frac{x}{2} = \frac{3}{y}", r"x y = 3 \cdot 2"), counterexample="x = y",
    ),
    Rule(
        "equations.expand", "", "",
        says="multiply out the bracket",
        example=(r"p = e^x (1 - p)", r"p = e^x - e^x p"), counterexample="p = e^x",
    ),
    Rule(
        "equations.collect", "", "",
        says="bring all terms with the unknown to one side and take it out as a factor",
        example=(r"p = e^x - e^x p", r"p (1 + e^x) = e^x"), counterexample="p = e^x",
    ),
    Rule(
        "equations.take_out", "a c + b c = d", "c (a + b) = d",
        says="take the unknown out as a factor",
        example=("a x + b x = c", "x (a + b) = c"), counterexample="a x = c",
    ),
)  # fmt: skip

_INVERSES = (
    Rule(
        "equations.exponentiate", r"\log(u) = v", "u = e^v",
        says="apply the exponential function, the inverse of the logarithm, to both sides",
        example=(r"\log\left(\frac{p}{1 - p}\right) = x", r"\frac{p}{1 - p} = e^x"), counterexample="e^x = y",
    ),
    Rule(
        "equations.exponentiate_ln", r"\ln(u) = v", "u = e^v",
        says="apply the exponential function, the inverse of the logarithm, to both sides",
        example=(r"\ln x = 2", "x = e^2"), counterexample="e^x = y",
    ),
    Rule(
        "equations.exponentiate_base", r"\log_b(u) = v", "u = b^v",
        says="raise the base of the logarithm to both sides", when=("b > 0", r"b \ne 1"),
        example=(r"\log_2(x) = 3", "x = 2^3"), counterexample=r"\log(x) = 3",
    ),
    Rule(
        "equations.take_logarithm", "e^u = v", r"u = \log(v)",
        says="take the logarithm of both sides", when=("v > 0",),
        example=("e^{2 x} = y", r"2 x = \log(y)"), counterexample="x^2 = y",
    ),
    Rule(
        "equations.take_logarithm_exp", r"\exp(u) = v", r"u = \log(v)",
        says="take the logarithm of both sides", when=("v > 0",),
        example=(r"\exp(2 x) = y", r"2 x = \log(y)"), counterexample="x^2 = y",
    ),
    Rule(
        "equations.take_logarithm_base", "a^u = v", r"u \log(a) = \log(v)",
        says="take the logarithm of both sides", when=("a > 0", "v > 0"),
        example=("2^{3 x} = y", r"3 x \log(2) = \log(y)"), counterexample="x + 2 = y",
    ),
    Rule(
        "equations.square", r"\sqrt{u} = v", "u = v^2",
        says="square both sides", when=(r"v \ge 0",),
        example=(r"\sqrt{x + 2} = 3", "x + 2 = 3^2"), counterexample="x^2 = y",
    ),
    Rule(
        "equations.arcsinh", r"\sinh(u) = v", r"u = \operatorname{arsinh}(v)",
        says="apply the inverse of the hyperbolic sine to both sides",
        example=(r"\sinh(2 x) = y", r"2 x = \operatorname{arsinh}(y)"), counterexample=r"\sin(x) = y",
    ),
    Rule(
        "equations.arctanh", r"\tanh(u) = v", r"u = \operatorname{artanh}(v)",
        says="apply the inverse of the hyperbolic tangent to both sides", when=("v^2 < 1",),
        example=(r"\tanh(2 x) = y", r"2 x = \operatorname{artanh}(y)"), counterexample=r"\tan(x) = y",
    ),
    Rule(
        "equations.sinh_of_arsinh", r"\operatorname{arsinh}(u) = v", r"u = \sinh(v)",
        says="apply the hyperbolic sine to both sides",
        example=(r"\operatorname{arsinh}(2 x) = y", r"2 x = \sinh(y)"), counterexample=r"\arcsin(x) = y",
    ),
    Rule(
        "equations.tanh_of_artanh", r"\operatorname{artanh}(u) = v", r"u = \tanh(v)",
        says="apply the hyperbolic tangent to both sides",
        example=(r"\operatorname{artanh}(2 x) = y", r"2 x = \tanh(y)"), counterexample=r"\arctan(x) = y",
    ),
    Rule(
        "equations.cosh_of_arcosh", r"\operatorname{arcosh}(u) = v", r"u = \cosh(v)",
        says="apply the hyperbolic cosine to both sides", when=(r"v \ge 0",),
        example=(r"\operatorname{arcosh}(2 x) = y", r"2 x = \cosh(y)"), counterexample=r"\arccos(x) = y",
    ),
    Rule(
        "equations.sine_of_arcsine", r"\arcsin(u) = v", r"u = \sin(v)",
        says="apply the sine to both sides", when=(r"-\frac{\pi}{2} \le v", r"v \le \frac{\pi}{2}"),
        example=(r"\arcsin(2 x) = y", r"2 x = \sin(y)"), counterexample=r"\sin(x) = y",
    ),
    Rule(
        "equations.cosine_of_arccosine", r"\arccos(u) = v", r"u = \cos(v)",
        says="apply the cosine to both sides", when=(r"0 \le v", r"v \le \pi"),
        example=(r"\arccos(2 x) = y", r"2 x = \cos(y)"), counterexample=r"\cos(x) = y",
    ),
    Rule(
        "equations.tangent_of_arctangent", r"\arctan(u) = v", r"u = \tan(v)",
        says="apply the tangent to both sides", when=(r"-\frac{\pi}{2} < v", r"v < \frac{\pi}{2}"),
        example=(r"\arctan(2 x) = y", r"2 x = \tan(y)"), counterexample=r"\tan(x) = y",
    ),
)  # fmt: skip

_SEVERAL_SOLUTIONS = (
    Rule(
        "equations.take_root", "", "",
        says="take the root of both sides",
        example=(r"x^3 = 8", r"x = 2"), counterexample="x = 3",
    ),
    Rule(
        "equations.take_positive_root", "", "",
        says="take the root of both sides: the negative one is not possible here",
        example=("(1 + r^2)^2 = 9", "1 + r^2 = 3"), counterexample="x = 3",
    ),
    Rule(
        "equations.raise_to_power", "", "",
        says="raise both sides to the power that undoes the root",
        example=(r"\sqrt[3]{x} = 2", r"x = 8"), counterexample="x = 3",
    ),
    Rule(
        "equations.take_square_root", "", "",
        says="take the square root of both sides: there are two",
        example=(r"x^2 = 9", r"x = 3 \quad\text{or}\quad x = -3"), counterexample="x^3 = 8",
    ),
    Rule(
        "equations.zero_product", "a b = 0", r"a = 0 \quad\text{or}\quad b = 0",
        says="a product is zero where one of its factors is",
        example=("x (x - 3) = 0", r"x = 0 \quad\text{or}\quad x - 3 = 0"), counterexample="x + 3 = 0",
    ),
    Rule(
        "equations.absolute_value", "|u| = v", r"u = v \quad\text{or}\quad u = -v",
        says="an absolute value is reached with both signs", when=(r"v \ge 0",),
        example=("|x - 1| = 3", r"x - 1 = 3 \quad\text{or}\quad x - 1 = -3"), counterexample="x = 3",
    ),
    Rule(
        "equations.factor", "", "",
        says="factor the polynomial",
        example=("x^2 - 5 x + 6 = 0", "(x - 2) (x - 3) = 0"), counterexample="x^2 + 1 = 0",
    ),
    Rule(
        "equations.quadratic_formula", r"a x^2 + b x + c = 0",
        r"x = \frac{-b + \sqrt{b^2 - 4 a c}}{2 a} \quad\text{or}\quad x = \frac{-b - \sqrt{b^2 - 4 a c}}{2 a}",
        says="quadratic formula", when=(r"a \ne 0", r"b^2 - 4 a c \ge 0"),
        example=(
            "a x^2 + 3 x + c = 0",
            r"x = \frac{-3 + \sqrt{3^2 - 4 a c}}{2 a} \quad\text{or}\quad x = \frac{-3 - \sqrt{3^2 - 4 a c}}{2 a}",
        ),
        counterexample="x + 1 = 0",
    ),
    Rule(
        "equations.complete_square", "", "",
        says="complete the square",
        example=("x^2 + 2 x - 5 = 0", "(x + 1)^2 = 6"), counterexample="x + 1 = 0",
    ),
    Rule(
        "equations.substitute", "", "",
        says="factor, with the repeated term as the unknown",
        example=("e^{2 x} - 3 e^x + 2 = 0", "(e^x - 1) (e^x - 2) = 0"), counterexample="x = 3",
    ),
    Rule(
        "equations.combine_logarithms", r"\log(a) + \log(b)", r"\log(a b)",
        says="a sum of logarithms is the logarithm of the product", when=("a > 0", "b > 0"),
        example=(r"\log(x) + \log(3)", r"\log(x \cdot 3)"), counterexample=r"\log(x) \log(3)",
    ),
    Rule(
        "equations.drop_logarithms", r"\log(a) = \log(b)", "a = b",
        says="equal logarithms have equal arguments", when=("a > 0", "b > 0"),
        example=(r"\log(2 x) = \log(3)", "2 x = 3"), counterexample=r"\log(x) = 3",
    ),
    Rule(
        "equations.compare_exponents", "", "",
        says="equal powers of the same base have equal exponents",
        example=("2^{3 x} = 2^{x + 4}", "3 x = x + 4"), counterexample="2^x = 3",
    ),
    Rule(
        "equations.same_base", "", "",
        says="write the powers with the same base",
        example=("4^x - 2^{x + 1} = 8", "(2^x)^2 - 2 \\cdot 2^x = 8"), counterexample="4^x = 3^x",
    ),
    Rule(
        "equations.take_logarithms", "", "",
        says="take the logarithm of both sides",
        example=("2^x = 5 e^{-x}", r"x \log(2) = \log(5) - x"), counterexample="x = 3",
    ),
    Rule(
        "equations.isolate_root", "", "",
        says="bring the root alone to one side",
        example=(r"\sqrt{x} + x = 6", r"\sqrt{x} = 6 - x"), counterexample="x = 3",
    ),
    Rule(
        "equations.square_both_sides", "", "",
        says="square both sides; this may add solutions, so they are checked at the end",
        example=(r"\sqrt{x} = 6 - x", "x = 36 - 12 x + x^2"), counterexample="x = 3",
    ),
    Rule(
        "equations.multiply_by_exponential", "", "",
        says="multiply both sides by the exponential, which is never zero",
        example=("e^x + e^{-x} = 3", "e^{2 x} + 1 - 3 e^x = 0"), counterexample="e^x = 3",
    ),
    Rule(
        "equations.take_out_common", "", "",
        says="take the common factor out",
        example=("x e^x - 2 e^x = 0", "e^x (x - 2) = 0"), counterexample="x + 1 = 0",
    ),
    Rule(
        "equations.sine", "", "",
        says="all angles with that sine: two families, apart by whole turns",
        example=(r"\sin x = 0", r"x = \pi n"), counterexample="x = 0",
    ),
    Rule(
        "equations.cosine", "", "",
        says="all angles with that cosine: both signs, apart by whole turns",
        example=(r"\cos x = 1", r"x = 2 \pi n"), counterexample="x = 0",
    ),
    Rule(
        "equations.tangent", "", "",
        says="all angles with that tangent: apart by half turns",
        example=(r"\tan x = 0", r"x = \pi n"), counterexample="x = 0",
    ),
    Rule(
        "equations.sine_within", "", "",
        says="the angles with that sine between the given bounds",
        example=(r"\sin x = 0", r"x = 0 \quad\text{or}\quad x = \pi"), counterexample="x = 0",
    ),
    Rule(
        "equations.cosine_within", "", "",
        says="the angles with that cosine between the given bounds",
        example=(r"\cos x = 0", r"x = \frac{\pi}{2} \quad\text{or}\quad x = \frac{3 \pi}{2}"), counterexample="x = 0",
    ),
    Rule(
        "equations.tangent_within", "", "",
        says="the angles with that tangent between the given bounds",
        example=(r"\tan x = 1", r"x = \frac{\pi}{4} \quad\text{or}\quad x = \frac{5 \pi}{4}"), counterexample="x = 0",
    ),
    Rule(
        "equations.divide_by_cosine", "", "",
        says="divide by the cosine: where it is zero, the sine is not, so nothing is lost",
        example=(r"\sin x = \cos x", r"\tan x = 1"), counterexample=r"\sin x = 1",
    ),
)  # fmt: skip

_ENDS = (
    Rule(
        "equations.check_candidates", "", "",
        says="put the candidates into the equation: those that do not fit are dropped",
        example=(r"x = 2 \quad\text{or}\quad x = -1", "x = 2"), counterexample="x < 2",
    ),
    Rule(
        "equations.within_given", "", "",
        says="only this solution lies where the unknown is given to lie",
        example=(r"x = 3 \quad\text{or}\quad x = -3", "x = 3"), counterexample="x < 2",
    ),
    Rule(
        "equations.no_solution", "", "",
        says="this holds for no real number",
        example=("e^x = -1", r"x \in \emptyset"), counterexample="e^x = 1",
    ),
    Rule(
        "equations.no_real_root", "", "",
        says="the number under the root is negative: no real solution",
        example=("x^2 + x + 1 = 0", r"x \in \emptyset"), counterexample="x^2 = 1",
    ),
    Rule(
        "equations.always", "", "",
        says="this holds for every value of the unknown",
        example=("x + 1 = 1 + x", "0 = 0"), counterexample="x = 1",
    ),
)  # fmt: skip

EQUATIONS: tuple[Rule, ...] = (*_BOTH_SIDES, *_INVERSES, *_SEVERAL_SOLUTIONS, *_ENDS)
