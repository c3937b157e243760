r"""Rules of differentiation, in the order in which they are tried: the first one that matches is the one to use.

A letter stands for any term; `x` for the variable; `f` for a function without a definition.
"""

from __future__ import annotations

import re

from derive.model.rule import Rule

__all__ = ["DERIVATIVES", "ELEMENTARY"]

_STRUCTURE = (
    Rule(
        "derivative.constant", r"\frac{d}{dx} c", "0",
        says="the derivative of a constant is 0", when=(r"x \notin c",),
        example=(r"\frac{d}{dx} (a + 2)", "0"), counterexample=r"\frac{d}{dx} x",
    ),
    Rule(
        "derivative.identity", r"\frac{d}{dx} x", "1",
        says="the derivative of the variable is 1",
        example=(r"\frac{d}{dt} t", "1"), counterexample=r"\frac{d}{dx} y",
    ),
    Rule(
        "derivative.sum", r"\frac{d}{dx} (u + v)", r"\frac{d}{dx} u + \frac{d}{dx} v",
        says="sum rule: differentiate term by term",
        example=(r"\frac{d}{dx} (x^2 - e^x)", r"\frac{d}{dx} x^2 - \frac{d}{dx} e^x"),
        counterexample=r"\frac{d}{dx} (x e^x)",
    ),
    Rule(
        "derivative.negative", r"\frac{d}{dx} (-u)", r"-\frac{d}{dx} u",
        says="the minus sign stays",
        example=(r"\frac{d}{dx} (-x^2)", r"-\frac{d}{dx} x^2"), counterexample=r"\frac{d}{dx} (x - x^2)",
    ),
    Rule(
        "derivative.constant_factor", r"\frac{d}{dx} (c u)", r"c \cdot \frac{d}{dx} u",
        says="constant factor rule", when=(r"x \notin c",),
        example=(r"\frac{d}{dx} (3 a x^2)", r"3 a \cdot \frac{d}{dx} x^2"), counterexample=r"\frac{d}{dx} (x e^x)",
    ),
    Rule(
        "derivative.constant_divisor", r"\frac{d}{dx} \frac{u}{c}", r"\frac{1}{c} \cdot \frac{d}{dx} u",
        says="constant factor rule", when=(r"x \notin c",),
        example=(r"\frac{d}{dx} \left(\frac{x^2}{3}\right)", r"\frac{1}{3} \cdot \frac{d}{dx} x^2"),
        counterexample=r"\frac{d}{dx} \left(\frac{3}{x}\right)",
    ),
    Rule(
        "derivative.product", r"\frac{d}{dx} (u v)", r"v \cdot \frac{d}{dx} u + u \cdot \frac{d}{dx} v",
        says="product rule",
        example=(r"\frac{d}{dx} (x e^x)", r"e^x \cdot \frac{d}{dx} x + x \cdot \frac{d}{dx} e^x"),
        counterexample=r"\frac{d}{dx} (x + e^x)",
    ),
    Rule(
        "derivative.chain_reciprocal", r"\frac{d}{dx} \frac{c}{u}", r"-\frac{c}{u^2} \cdot \frac{d}{dx} u",
        says="reciprocal rule (chain rule with u to the power -1)", when=(r"x \notin c",),
        example=(
            r"\frac{d}{dx} \left(\frac{2}{x^2 + 1}\right)",
            r"-\frac{2}{(x^2 + 1)^2} \cdot \frac{d}{dx} (x^2 + 1)",
        ),
        counterexample=r"\frac{d}{dx} \left(\frac{x}{x^2 + 1}\right)",
    ),
    Rule(
        "derivative.quotient", r"\frac{d}{dx} \frac{u}{v}",
        r"\frac{v \cdot \frac{d}{dx} u - u \cdot \frac{d}{dx} v}{v^2}",
        says="quotient rule",
        example=(
            r"\frac{d}{dx} \left(\frac{x}{x + 1}\right)",
            r"\frac{(x + 1) \cdot \frac{d}{dx} x - x \cdot \frac{d}{dx} (x + 1)}{(x + 1)^2}",
        ),
        counterexample=r"\frac{d}{dx} (x e^x)",
    ),
)  # fmt: skip

_POWERS = (
    Rule(
        "derivative.power", r"\frac{d}{dx} x^n", r"n x^{n - 1}",
        says="power rule", when=(r"x \notin n",),
        example=(r"\frac{d}{dx} x^5", "5 x^4"), counterexample=r"\frac{d}{dx} x^x",
    ),
    Rule(
        "derivative.chain_exponential", r"\frac{d}{dx} e^u", r"e^u \cdot \frac{d}{dx} u",
        says="chain rule with the exponential function, which is its own derivative",
        example=(r"\frac{d}{dx} e^{-x}", r"e^{-x} \cdot \frac{d}{dx} (-x)"), counterexample=r"\frac{d}{dx} x^2",
    ),
    Rule(
        "derivative.chain_exponential_of_base", r"\frac{d}{dx} a^u", r"a^u \log(a) \cdot \frac{d}{dx} u",
        says="chain rule with an exponential function of another base", when=(r"x \notin a", "a > 0"),
        example=(r"\frac{d}{dx} 2^{3 x}", r"2^{3 x} \log(2) \cdot \frac{d}{dx} (3 x)"),
        counterexample=r"\frac{d}{dx} x^2",
    ),
    Rule(
        "derivative.chain_power", r"\frac{d}{dx} u^n", r"n \cdot u^{n - 1} \cdot \frac{d}{dx} u",
        says="power rule and chain rule", when=(r"x \notin n",),
        example=(
            r"\frac{d}{dx} (1 + x^2)^{-3}",
            r"-3 \cdot (1 + x^2)^{-4} \cdot \frac{d}{dx} (1 + x^2)",
        ),
        counterexample=r"\frac{d}{dx} 2^x",
    ),
    Rule(
        "derivative.chain_general_power", r"\frac{d}{dx} u^v", r"u^v \cdot \frac{d}{dx} (v \log(u))",
        says="logarithmic differentiation: the power is the exponential of exponent times logarithm of the base",
        when=("u > 0",),
        example=(r"\frac{d}{dx} x^x", r"x^x \cdot \frac{d}{dx} (x \log(x))"), counterexample=r"\frac{d}{dx} (x + 1)",
    ),
    Rule(
        "derivative.root_as_power", r"\frac{d}{dx} \sqrt[n]{u}", r"\frac{d}{dx} u^{\frac{1}{n}}",
        says="write the root as a power", when=("u > 0",),
        example=(r"\frac{d}{dx} \sqrt[3]{x^2 + 1}", r"\frac{d}{dx} (x^2 + 1)^{\frac{1}{3}}"),
        counterexample=r"\frac{d}{dx} \sqrt{x}",
    ),
    Rule(
        "derivative.exponential", r"\frac{d}{dx} e^x", r"e^x",
        says="the exponential function is its own derivative",
        example=(r"\frac{d}{dt} e^t", "e^t"), counterexample=r"\frac{d}{dx} e^{2 x}",
    ),
)  # fmt: skip

ELEMENTARY: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    # name, function, its derivative, what it owes
    ("exponential_function", r"\exp(u)", r"\exp(u)", ()),
    ("logarithm", r"\log(u)", r"\frac{1}{u}", ("u > 0",)),
    ("natural_logarithm", r"\ln(u)", r"\frac{1}{u}", ("u > 0",)),
    ("logarithm_of_base", r"\log_b(u)", r"\frac{1}{u \log(b)}", ("u > 0",)),
    ("square_root", r"\sqrt{u}", r"\frac{1}{2 \sqrt{u}}", ("u > 0",)),
    ("absolute_value", r"|u|", r"\frac{u}{|u|}", (r"u \ne 0",)),
    ("sine", r"\sin(u)", r"\cos(u)", ()),
    ("cosine", r"\cos(u)", r"(-\sin(u))", ()),
    ("tangent", r"\tan(u)", r"\sec^2(u)", (r"\cos(u) \ne 0",)),
    ("cotangent", r"\cot(u)", r"(-\csc^2(u))", (r"\sin(u) \ne 0",)),
    ("secant", r"\sec(u)", r"\sec(u) \tan(u)", (r"\cos(u) \ne 0",)),
    ("cosecant", r"\csc(u)", r"(-\csc(u) \cot(u))", (r"\sin(u) \ne 0",)),
    ("arcsine", r"\arcsin(u)", r"\frac{1}{\sqrt{1 - u^2}}", ("u^2 < 1",)),
    ("arccosine", r"\arccos(u)", r"(-\frac{1}{\sqrt{1 - u^2}})", ("u^2 < 1",)),
    ("arctangent", r"\arctan(u)", r"\frac{1}{1 + u^2}", ()),
    ("hyperbolic_sine", r"\sinh(u)", r"\cosh(u)", ()),
    ("hyperbolic_cosine", r"\cosh(u)", r"\sinh(u)", ()),
    ("hyperbolic_tangent", r"\tanh(u)", r"\frac{1}{\cosh^2(u)}", ()),
    ("hyperbolic_cotangent", r"\coth(u)", r"(-\frac{1}{\sinh^2(u)})", (r"u \ne 0",)),
    ("area_hyperbolic_sine", r"\operatorname{arsinh}(u)", r"\frac{1}{\sqrt{u^2 + 1}}", ()),
    ("area_hyperbolic_cosine", r"\operatorname{arcosh}(u)", r"\frac{1}{\sqrt{u^2 - 1}}", ("u > 1",)),
    ("area_hyperbolic_tangent", r"\operatorname{artanh}(u)", r"\frac{1}{1 - u^2}", ("u^2 < 1",)),
    ("error_function", r"\operatorname{erf}(u)", r"\frac{2}{\sqrt{\pi}} e^{-u^2}", ()),
    ("unknown_function", r"f(u)", r"f'(u)", ()),
)
"""Functions of one variable: a row gives the rule for the variable itself and the one with the chain rule."""


def _at(text: str, inner: str) -> str:
    """The LaTeX text with `inner` for the letter u."""
    return re.sub(r"(?<![A-Za-z\\])u(?![A-Za-z])", lambda _: inner, text)


def _direct(name: str, function: str, slope: str, owed: tuple[str, ...]) -> Rule:
    return Rule(
        f"derivative.{name}", rf"\frac{{d}}{{dx}} {_at(function, 'x')}", _at(slope, "x"),
        says=f"derivative of the {name.replace('_', ' ')}", when=tuple(_at(c, "x") for c in owed),
        example=(rf"\frac{{d}}{{dt}} {_at(function, 't')}", _at(slope, "t")),
        counterexample=rf"\frac{{d}}{{dx}} {_at(function, '3 x')}",
    )  # fmt: skip


def _chain(name: str, function: str, slope: str, owed: tuple[str, ...]) -> Rule:
    return Rule(
        f"derivative.chain_{name}", rf"\frac{{d}}{{dx}} {function}", rf"{slope} \cdot \frac{{d}}{{dx}} u",
        says=f"chain rule with the {name.replace('_', ' ')}", when=owed,
        example=(rf"\frac{{d}}{{dx}} {_at(function, 'g(x)')}", rf"{_at(slope, 'g(x)')} \cdot \frac{{d}}{{dx}} g(x)"),
        counterexample=rf"\frac{{d}}{{dx}} \left(\frac{{1}}{{{_at(function, '3 x')}}}\right)",
    )  # fmt: skip


DERIVATIVES: tuple[Rule, ...] = (
    *_STRUCTURE,
    _POWERS[-1],
    *_POWERS[:-1],
    *(_direct(*row) for row in ELEMENTARY),
    *(_chain(*row) for row in ELEMENTARY),
)
