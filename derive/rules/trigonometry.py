"""Trigonometric and hyperbolic identities, written in the direction in which a common form is reached."""

from __future__ import annotations

from derive.model.rule import Rule

__all__ = ["TRIGONOMETRY"]

TRIGONOMETRY: tuple[Rule, ...] = (
    Rule(
        "trigonometry.tangent", r"\tan(u)", r"\frac{\sin(u)}{\cos(u)}",
        says="the tangent is sine over cosine", example=(r"\tan x", r"\frac{\sin x}{\cos x}"), counterexample=r"\sin x",
    ),
    Rule(
        "trigonometry.cotangent", r"\cot(u)", r"\frac{\cos(u)}{\sin(u)}",
        says="the cotangent is cosine over sine",
        example=(r"\cot x", r"\frac{\cos x}{\sin x}"), counterexample=r"\sin x",
    ),
    Rule(
        "trigonometry.secant", r"\sec(u)", r"\frac{1}{\cos(u)}",
        says="the secant is one over the cosine", example=(r"\sec x", r"\frac{1}{\cos x}"), counterexample=r"\cos x",
    ),
    Rule(
        "trigonometry.cosecant", r"\csc(u)", r"\frac{1}{\sin(u)}",
        says="the cosecant is one over the sine", example=(r"\csc x", r"\frac{1}{\sin x}"), counterexample=r"\sin x",
    ),
    Rule(
        "trigonometry.sine_is_odd", r"\sin(-u)", r"-\sin(u)",
        says="the sine is odd", example=(r"\sin(-x)", r"-\sin x"), counterexample=r"\sin(x)",
    ),
    Rule(
        "trigonometry.cosine_is_even", r"\cos(-u)", r"\cos(u)",
        says="the cosine is even", example=(r"\cos(-x)", r"\cos x"), counterexample=r"\cos(x)",
    ),
    Rule(
        "trigonometry.double_sine", r"\sin(2 u)", r"2 \sin(u) \cos(u)",
        says="sine of the double angle", example=(r"\sin(2 x)", r"2 \sin x \cos x"), counterexample=r"\sin(3 x)",
    ),
    Rule(
        "trigonometry.double_cosine", r"\cos(2 u)", r"1 - 2 \sin^2(u)",
        says="cosine of the double angle", example=(r"\cos(2 x)", r"1 - 2 \sin^2 x"), counterexample=r"\cos(3 x)",
    ),
    Rule(
        "trigonometry.sine_of_sum", r"\sin(u + v)", r"\sin(u) \cos(v) + \cos(u) \sin(v)",
        says="addition theorem of the sine",
        example=(r"\sin(x + y)", r"\sin x \cos y + \cos x \sin y"), counterexample=r"\sin(x y)",
    ),
    Rule(
        "trigonometry.cosine_of_sum", r"\cos(u + v)", r"\cos(u) \cos(v) - \sin(u) \sin(v)",
        says="addition theorem of the cosine",
        example=(r"\cos(x + y)", r"\cos x \cos y - \sin x \sin y"), counterexample=r"\cos(x y)",
    ),
    Rule(
        "trigonometry.hyperbolic_sine", r"\sinh(u)", r"\frac{e^u - e^{-u}}{2}",
        says="the hyperbolic sine by exponentials",
        example=(r"\sinh x", r"\frac{e^x - e^{-x}}{2}"), counterexample=r"\sin x",
    ),
    Rule(
        "trigonometry.hyperbolic_cosine", r"\cosh(u)", r"\frac{e^u + e^{-u}}{2}",
        says="the hyperbolic cosine by exponentials",
        example=(r"\cosh x", r"\frac{e^x + e^{-x}}{2}"), counterexample=r"\cos x",
    ),
    Rule(
        "trigonometry.hyperbolic_tangent", r"\tanh(u)", r"\frac{e^u - e^{-u}}{e^u + e^{-u}}",
        says="the hyperbolic tangent by exponentials",
        example=(r"\tanh x", r"\frac{e^x - e^{-x}}{e^x + e^{-x}}"), counterexample=r"\tan x",
    ),
    Rule(
        "trigonometry.pythagoras", r"\cos^2(u)", r"1 - \sin^2(u)",
        says="Pythagoras: the squares of sine and cosine add up to 1",
        example=(r"\cos^2 x", r"1 - \sin^2 x"), counterexample=r"\sin^2 x",
    ),
)  # fmt: skip
