"""Laws of exponentials, logarithms and roots."""

from __future__ import annotations

from derive.model.rule import Rule

__all__ = ["EXPONENTIALS"]

EXPONENTIALS: tuple[Rule, ...] = (
    Rule(
        "exponentials.as_power", r"\exp(u)", r"e^u",
        says="the exponential function as a power of e", example=(r"\exp(2 x)", r"e^{2 x}"), counterexample=r"e^x",
    ),
    Rule(
        "exponentials.split", r"e^{a + b}", r"e^a e^b",
        says="a sum in the exponent is a product of powers",
        example=(r"e^{x + y}", r"e^x e^y"), counterexample=r"e^{x y}",
    ),
    Rule(
        "exponentials.logarithm_of_product", r"\log(a b)", r"\log(a) + \log(b)",
        says="the logarithm of a product is the sum of the logarithms", when=("a > 0", "b > 0"),
        example=(r"\log(x y)", r"\log x + \log y"), counterexample=r"\log(x + y)",
    ),
    Rule(
        "exponentials.logarithm_of_quotient", r"\log(\frac{a}{b})", r"\log(a) - \log(b)",
        says="the logarithm of a quotient is the difference of the logarithms", when=("a > 0", "b > 0"),
        example=(r"\log(\frac{x}{y})", r"\log x - \log y"), counterexample=r"\log(x - y)",
    ),
    Rule(
        "exponentials.logarithm_of_power", r"\log(a^n)", r"n \log(a)",
        says="the logarithm of a power: the exponent comes in front", when=("a > 0",),
        example=(r"\log(x^3)", r"3 \log x"), counterexample=r"\log(3 x)",
    ),
    Rule(
        "exponentials.logarithm_of_root", r"\log(\sqrt{a})", r"\frac{1}{2} \log(a)",
        says="the logarithm of a square root is half the logarithm", when=("a > 0",),
        example=(r"\log(\sqrt{x})", r"\frac{1}{2} \log x"), counterexample=r"\log(x)",
    ),
    Rule(
        "exponentials.ln_of_product", r"\ln(a b)", r"\ln(a) + \ln(b)",
        says="the logarithm of a product is the sum of the logarithms", when=("a > 0", "b > 0"),
        example=(r"\ln(x y)", r"\ln x + \ln y"), counterexample=r"\ln(x + y)",
    ),
    Rule(
        "exponentials.ln_of_quotient", r"\ln(\frac{a}{b})", r"\ln(a) - \ln(b)",
        says="the logarithm of a quotient is the difference of the logarithms", when=("a > 0", "b > 0"),
        example=(r"\ln(\frac{x}{y})", r"\ln x - \ln y"), counterexample=r"\ln(x - y)",
    ),
    Rule(
        "exponentials.ln_of_power", r"\ln(a^n)", r"n \ln(a)",
        says="the logarithm of a power: the exponent comes in front", when=("a > 0",),
        example=(r"\ln(x^3)", r"3 \ln x"), counterexample=r"\ln(3 x)",
    ),
    Rule(
        "exponentials.root_of_product", r"\sqrt{a b}", r"\sqrt{a} \sqrt{b}",
        says="the root of a product is the product of the roots", when=(r"a \ge 0", r"b \ge 0"),
        example=(r"\sqrt{x y}", r"\sqrt{x} \sqrt{y}"), counterexample=r"\sqrt{x + y}",
    ),
    Rule(
        "exponentials.root_of_square", r"\sqrt{a^2}", r"|a|",
        says="the root of a square is the absolute value",
        example=(r"\sqrt{x^2}", r"|x|"), counterexample=r"\sqrt{x}",
    ),
)  # fmt: skip
