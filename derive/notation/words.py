"""Words in formulas: which `\\text{...}` joins statements, which is a name, and which run of letters is one name."""

from __future__ import annotations

from derive.notation.symbols import EXTREMA, FUNCTIONS

__all__ = ["FUNCTION_NAMES", "OPERATOR_NAMES", "is_name", "is_prose"]

CONNECTING_WORDS = frozenset({
    "if", "and", "or", "where", "for", "when", "otherwise", "else", "with", "such", "let", "then", "so", "since",
    "because", "hence", "therefore", "is", "are", "as", "on", "iff", "given", "which", "we", "by", "s.t.", "i.e.",
    "e.g.", "but", "while", "whenever", "unless", "all", "any", "some", "every", "that", "thus", "from", "to", "in",
    "at", "also", "until", "assuming", "suppose", "provided", "subject", "using",
})  # fmt: skip

OPERATOR_NAMES = frozenset({
    "argmax", "argmin", "arg max", "arg min", "arg\\,max", "arg\\,min", "arg~max", "arg~min", "max", "min", "sup",
    "inf", "lim", "limsup", "liminf", "plim", "arg\\ max", "arg\\ min", "arg\\;max", "arg\\;min", "minimize",
    "maximize",
})  # fmt: skip
"""Words which with a subscript are operators over it, as `\\max` is."""

FUNCTION_NAMES = frozenset(FUNCTIONS.values()) | frozenset(EXTREMA.values())
"""Words which take an argument without a bracket, as `\\log` does."""

_RUNS = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "log", "ln", "exp", "arcsin", "arccos",
    "arctan", "max", "min", "argmax", "argmin", "sup", "inf", "softmax", "sigmoid", "relu", "ReLU", "Var", "var",
    "Cov", "cov", "Corr", "MSE", "RSS", "MLE", "MAP", "new", "old", "out", "eff", "tot", "ref", "obs", "true",
    "pred", "std", "diag", "rank", "sgn", "sign", "test", "train", "data", "real", "fake", "class",
    "loss", "cost", "time", "mean", "size", "rate", "area", "mass", "item", "ATE", "ATT", "CATE", "RMSE", "MAE", "AUC",
    "ELBO", "LHS", "RHS",
})  # fmt: skip
_VOWELS = frozenset("aeiouAEIOU")
_SHORTEST_UNKNOWN = 5


def is_prose(content: str) -> bool:
    """Whether the content of a `\\text{...}` is prose that joins statements, and no name of a quantity."""
    words = content.replace(",", " ").replace(":", " ").replace("~", " ").lower().split()
    return bool(words) and (words[0] in CONNECTING_WORDS or words[-1] in CONNECTING_WORDS)


def is_name(run: str) -> bool:
    """Whether letters written without a space between them are one name and no product of letters.

    LaTeX sets both alike; names are the ones in a list and long runs that can be spoken.
    """
    if run in _RUNS:
        return True
    if len(run) < _SHORTEST_UNKNOWN or "d" in run[1:-1]:
        return False
    return 0.2 < sum(letter in _VOWELS for letter in run) / len(run) < 0.7 and len(set(run)) > len(run) // 2
