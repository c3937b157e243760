"""Numbers, letters, words, fonts, accents and subscripts."""

from __future__ import annotations

import re
from fractions import Fraction

from derive.meaning.form import IMAGINARY, PI, ZERO, E, Form, call, const, fn, indexed, mul, num, opaque, sqrt, var
from derive.meaning.functions import undefined_name
from derive.meaning.interpret import arrays, tensors, vectors
from derive.meaning.interpret.dependence import dependent
from derive.meaning.interpret.reading import Reading, problem
from derive.meaning.lexicon import Lexicon
from derive.meaning.names import is_letter, name_of, primed_name
from derive.notation.tree import (
    Accented,
    Group,
    Listing,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Styled,
    Subscript,
    Symbol,
    Word,
    walk,
)

__all__ = [
    "CONSTANT_WORDS",
    "NUMBER_SETS",
    "accented",
    "is_open",
    "letters_in",
    "named",
    "number",
    "styled",
    "subscript",
    "symbol",
    "word",
]

_DECIMAL = re.compile(r"\d{1,400}(\.\d{0,400})?\Z|\.\d{1,400}\Z")
_CONSTANTS = {"\\pi": PI, "\\infty": const("oo")}
_TRANSPARENT = frozenset(
    {"\\boxed", "\\displaystyle", "\\textstyle", "\\mathstrut", "\\color", "\\textcolor", "\\fbox"}
)
CONSTANT_WORDS = frozenset({"EulerGamma", "Catalan", "GoldenRatio"})
"""Constants whose usual letters have other meanings too, written as words."""

NUMBER_SETS = {
    "R": "Reals", "Z": "Integers", "N": "Naturals", "Q": "Rationals", "C": "Complexes",
}  # fmt: skip


def number(node: Number, reading: Reading) -> Form:
    text = node.text.replace("{,}", "").replace("\\,", "")
    if not _DECIMAL.match(text):
        raise problem(f"{node.text!r} is not one number", node)
    return num(Fraction(text.rstrip(".")))


def symbol(node: Symbol, reading: Reading) -> Form:
    lexicon = reading.lexicon
    declared = tensors.declared(node, reading)
    if declared is not None:
        return declared
    name = name_of(node)
    if name is not None and (name in reading.bound or name in lexicon.variables):
        return var(name)
    if node.name in _CONSTANTS:
        return _CONSTANTS[node.name]
    if name is None:
        raise problem(f"{node.name} is no quantity", node)
    if name == "e" and lexicon.definition("e") is None:
        return E if lexicon.e_is_constant else var(name)
    if name == "i" and lexicon.definition("i") is None:
        if lexicon.i_is_imaginary is None:
            raise problem("i may be the imaginary unit or an index: the page does not say which", node)
        return IMAGINARY if lexicon.i_is_imaginary else var(name)
    return named(name, node, reading)


def named(name: str, node: Node, reading: Reading) -> Form:
    """The form of a name: a variable, an unknown function of others, or a function that stands without an argument.

    Such a function is its value at its parameters; where those are not known, nothing can be calculated with it.
    """
    if name in reading.bound:
        return var(name)
    if _index_letters(node) & reading.bound:
        raise problem("an index inside this name has no meaning that the page says", node)
    unknown = dependent(name, reading.lexicon, reading.bound)
    if unknown is not None:
        return unknown
    parameters = reading.lexicon.parameters(name)
    if parameters is None or name in reading.lexicon.variables:
        return var(name)
    return call(undefined_name(name), *map(var, parameters)) if parameters else opaque(name)


def word(node: Word, reading: Reading) -> Form:
    if node.command in ("\\mathrm", "\\operatorname", "\\text") and node.text in ("e", "i"):
        return E if node.text == "e" else IMAGINARY
    if node.text in CONSTANT_WORDS:
        return const(node.text)
    name = name_of(node)
    if name is None or not node.text:
        raise problem(f"{node.command if not node.text else node.text.strip()!r} is no quantity", node)
    return named(name, node, reading)


def styled(node: Styled, reading: Reading) -> Form:
    if node.command in _TRANSPARENT:
        return reading.form(node.body)
    if isinstance(node.body, Word) and node.command in ("\\mathrm", "\\mathit", "\\mathsf"):
        return word(Word(node.command, node.body.text, span=node.span), reading)
    if node.command == "\\mathbb" and isinstance(node.body, Symbol) and node.body.name in NUMBER_SETS:
        return var(NUMBER_SETS[node.body.name])
    if node.command == "\\mathrm" and isinstance(node.body, Symbol) and node.body.name in ("e", "i"):
        return E if node.body.name == "e" else IMAGINARY
    if isinstance(node.body, Number) and node.body.text == "0":
        return ZERO
    name = name_of(node)
    declared = tensors.declared(node, reading)
    if declared is not None:
        return declared
    if name is None:
        raise problem(f"{node.command} of this has no meaning that the page says", node)
    return named(name, node, reading)


def accented(node: Accented, reading: Reading) -> Form:
    if node.command in ("\\vec", "\\overrightarrow") and isinstance(node.body, Number) and node.body.text == "0":
        return ZERO
    name = name_of(node)
    declared = tensors.declared(node, reading)
    if declared is not None:
        return declared
    if name is None:
        raise problem(f"{node.command} over an expression has no meaning that the page says", node)
    return named(name, node, reading)


def subscript(node: Subscript, reading: Reading) -> Form:
    measured = _norm(node, reading)
    if measured is not None:
        return measured
    of_array = tensors.declared(node, reading) or tensors.entry(node, reading)
    if of_array is not None:
        return of_array
    if reading.lexicon.products_keep_order and (sized := arrays.sized(node, reading)) is not None:
        return sized
    name = name_of(node)
    if name is not None and not _index_letters(node) & reading.bound:
        return named(name, node, reading)
    if isinstance(node.base, Primed):
        return _primed(node, node.base, reading)
    base = None if _index_letters(node.base) & reading.bound else name_of(node.base)
    if base is None:
        raise problem("a subscript of an expression has no meaning that the page says", node)
    return _indexed(base, node, reading)


def _norm(node: Subscript, reading: Reading) -> Form | None:
    """`\\|A\\|_F`, the root of the sum of all squares; of a vector `\\|v\\|_2` is that too.  None of anything else."""
    base = node.base
    if not isinstance(base, Group) or base.left not in ("\\|", "\\Vert", "\\lVert", "||"):
        return None
    kind = node.index.text if isinstance(node.index, Number | Word) else name_of(node.index)
    if kind in ("F", "Frob", "fro") and reading.lexicon.products_keep_order:
        body = reading.form(base.body)
        return sqrt(fn("trace", mul(fn("transpose", body), body)))
    if kind == "2" and reading.lexicon.products_keep_order and vectors.is_vector(base.body, reading):
        return reading.form(base)
    return None


def _is_run(index: Node) -> bool:
    """Whether letters stand side by side; read as so many indices, what holds of them holds of their product too."""
    return isinstance(index, Product) and not any(index.operators) and all(map(is_letter, index.factors))


def _indexed(base: str, node: Subscript, reading: Reading) -> Form:
    """The entry of what is named so."""
    items = node.index.items if isinstance(node.index, Listing) else (node.index,)
    if any(map(_is_run, items)):
        if len(items) > 1 or not reading.lexicon.products_keep_order:
            raise problem("letters side by side in a subscript may be two indices or a product", node)
        items = items[0].factors if isinstance(items[0], Product) else items
    return indexed(var(base), *(reading.form(item) for item in items))


def is_open(name: str, lexicon: Lexicon) -> bool:
    """Whether a page says nothing of a letter, so that its prime is no derivative that one could work out."""
    if not lexicon.primes_are_quantities:
        return False
    known = lexicon.dependence(name) or lexicon.definition(name) or lexicon.parameters(name) is not None
    return not known and "prime" not in name.split("_")


def _primed(node: Subscript, base: Primed, reading: Reading) -> Form:
    """`v'_1`, the first of the primed velocities; `x'_k` at an index k that runs."""
    plain, own = name_of(base.base), primed_name(node)
    if own is not None and own in reading.bound:
        return var(own)
    if plain is None or not is_open(plain, reading.lexicon):
        raise problem("a prime with a subscript may be a derivative: the page does not say so", node)
    if own is not None and not letters_in(node.index) & reading.bound:
        return var(own)
    name = primed_name(base)
    if name is None or letters_in(base) & reading.bound:
        raise problem("a subscript of an expression has no meaning that the page says", node)
    return _indexed(name, node, reading)


def _index_letters(node: Node) -> frozenset[str]:
    """The names in the subscripts and bracketed labels of what is written like one name."""
    found: frozenset[str] = frozenset()
    for part in walk(node):
        if isinstance(part, Subscript):
            found |= letters_in(part.index)
        elif isinstance(part, Power):
            found |= letters_in(part.exponent)
    return found


def letters_in(node: Node) -> frozenset[str]:
    """The names of everything that is written in the node."""
    return frozenset(name for name in map(name_of, walk(node)) if name)
