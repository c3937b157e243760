"""The table of families: which function reads which kind of node."""

from __future__ import annotations

from derive.meaning.interpret import arithmetic, arrays, calculus, differentials, functions, letters, statements
from derive.meaning.interpret.reading import Family
from derive.notation import tree

FAMILIES: dict[type[tree.Node], Family] = {
    tree.Number: letters.number,
    tree.Symbol: letters.symbol,
    tree.Word: letters.word,
    tree.Styled: letters.styled,
    tree.Accented: letters.accented,
    tree.Subscript: letters.subscript,
    tree.Primed: functions.primed,
    tree.Call: functions.call,
    tree.Sum: arithmetic.total,
    tree.Product: arithmetic.product,
    tree.Fraction: arithmetic.fraction,
    tree.Binomial: arithmetic.binomial,
    tree.Power: arithmetic.power,
    tree.Root: arithmetic.root,
    tree.Factorial: arithmetic.factorial,
    tree.Group: arithmetic.group,
    tree.Underbrace: arithmetic.underbrace,
    tree.Differential: differentials.differential,
    tree.Derivative: calculus.derivative,
    tree.Integral: calculus.integral,
    tree.BigOperator: calculus.big_operator,
    tree.Evaluated: calculus.evaluated,
    tree.Matrix: arrays.matrix,
    tree.Cases: arrays.cases,
    tree.Listing: arrays.listing,
    tree.Relation: statements.relation,
    tree.Implication: statements.implication,
}
"""Kinds that are not here (an ellipsis, a conditional bar) have no meaning on their own."""
