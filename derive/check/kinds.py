"""Kinds: which letters of a page stand for vectors and matrices, which for numbers, by how the page uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from derive.meaning.form import Form, free_variables, subforms
from derive.meaning.names import name_of
from derive.notation.errors import ReadError
from derive.notation.reader import read
from derive.notation.tree import (
    Call,
    Cases,
    Fraction,
    Group,
    Integral,
    Listing,
    Matrix,
    Node,
    Number,
    Power,
    Product,
    Root,
    Subscript,
    Sum,
    Symbol,
    Word,
    children,
    walk,
)
from derive.notation.vocabulary import Vocabulary
from derive.read.document import Document
from derive.read.shapes import shapes_of
from derive.read.split import Statement

__all__ = ["Kinds", "kinds_of"]

_MARKS = frozenset({"bold", "vec"})
_HEADS = frozenset({"transpose", "norm", "trace", "det", "inverse"})
_OPERATORS = frozenset(
    {"rank", "dim", "span", "diag", "vec", "null", "ker", "im", "dot", "cross", "hadamard", "jacobian", "gradient"}
)
_OF_NUMBERS = frozenset({"sin", "cos", "tan", "cot", "sec", "csc", "ln", "log", "sinh", "cosh", "tanh", "arctan"})
_CROSSED = re.compile(
    r"\\(?:vec|mathbf|boldsymbol|bm|pmb|overrightarrow)\s*\{?\\?[A-Za-z]+\}?(?:_\{?\w+\}?)?\s*\\times(?!\s*\d)"
)
_ARROWED = re.compile(r"\\(?:vec|mathbf|boldsymbol|bm|pmb|overrightarrow|begin\s*\{[bp]?matrix)")
_TRANSPOSES = re.compile(r"\btranspos|转置", re.IGNORECASE)
_SPOKEN = re.compile(r"\bmatri(?:x|ces)\b|\bvectors?\b|\\mathbb\s*\{?R\}?\s*\^", re.IGNORECASE)
_T_AS_BOUND = re.compile(
    r"\\(?:sum|prod|int)[^&\\]{0,24}\^\s*\{?\s*T\b|\bt\s*=\s*T\b|dots\s*,?\s*T\b|\\leq?\s*T\b|(?<![A-Za-z_^{\\])T\s*[-+]\s*1"
)
_IDENTITY = re.compile(r"\bidentity\s+matri(?:x|ces)\b|\bunit\s+matri(?:x|ces)\b|单位矩阵", re.IGNORECASE)
_POISSON = re.compile(r"\bPoisson(?:'s)?\s*-?(?:brackets?\b|括号)|泊松括号")
_COMMUTATOR = re.compile(r"\bcommutators?\b|对易", re.IGNORECASE)
_CANONICAL = re.compile(r"[\[{]\s*q[^,\]}]*,\s*p[^\]}]*[\]}]\s*=\s*(-?)\s*(?:\\delta|1)")
_SYMMETRIC = re.compile(
    r"\bsymmetric(?:\s+[a-z]+){0,3}\s+\$([A-Z])\b|\$([A-Z])\$\s+(?:is|be)(?:\s+[a-z]+){0,2}\s+symmetric"
    r"|(?<![A-Za-z}^_])([A-Z])\s*\^\s*\{?\s*(?:T|\\top)\s*\}?\s*=\s*\3\s*(?:\$|\\\)|,)"
)
_ROUNDS = 3
MENTIONS_THAT_MATTER = 2


@dataclass(frozen=True, slots=True)
class Kinds:
    """`names` are said to be vectors or matrices, of which `columns` are columns; `rows` are letters of rows.

    `numbers` are letters of numbers.

    With `capitals`, any other capital letter may be a matrix.  `identities` are names of the identity matrix,
    `symmetric` those of symmetric ones.
    `brackets` says what `[f, g]` is, `bracket_sign` is that of `[q, p]` where the page gives it, and
    `states` are the names that stand in brackets.
    """

    names: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    identities: frozenset[str] = frozenset()
    symmetric: frozenset[str] = frozenset()
    capitals: bool = False
    has_cross_products: bool = False
    t_transposes: bool = False
    brackets: Literal["", "poisson", "commutator"] = ""
    bracket_sign: int = 0
    states: frozenset[str] = frozenset()

    def is_shaped(self, form: Form) -> bool:
        """Whether a form speaks of vectors or matrices, or may do so."""
        for part in subforms(form):
            if (part.head in _HEADS and part.args[0].head != "matrix") or (
                part.head == "opaque" and part.args[0] in _OPERATORS
            ):
                return True
        return any(self.is_shaped_name(name) or self.may_be_shaped(name) for name in free_variables(form)) or any(
            part.head == "call" and self.is_shaped_name(part.name) for part in subforms(form)
        )

    def is_shaped_name(self, name: str) -> bool:
        letter, *marks = name.split("_")
        if name in self.names or not _MARKS.isdisjoint(marks):
            return True
        labelled = bool(marks) and marks[0][:3] in ("sqr", "sup")
        return labelled and letter in self.names

    def may_be_shaped(self, name: str) -> bool:
        """Whether this is a capital letter of which nothing is known, on a page with matrices."""
        letter = name.split("_")[0]
        return self.capitals and len(letter) == 1 and letter.isupper() and letter not in self.numbers

    def is_column(self, name: str) -> bool:
        """Whether a name is that of a column vector: an arrow, a small bold letter, or what the page calls one."""
        letter, *marks = name.split("_")
        if letter in self.rows:
            return False
        if "vec" in marks or ("bold" in marks and letter[:1].islower()):
            return True
        labelled = not marks or marks[0][:3] in ("sup", "sqr") or marks[0].isdigit()
        return name in self.columns or (labelled and letter in self.columns)

    def is_vector(self, name: str) -> bool:
        """Whether a name is that of a vector of space."""
        letter, *marks = name.split("_")
        return "vec" in marks or ("bold" in marks and (self.has_cross_products or letter[:1].islower()))


def kinds_of(document: Document, vocabulary: Vocabulary, chains: Iterable[tuple[Statement, ...]]) -> Kinds:
    """What a page says of the kinds of its letters, in words and by how it uses them."""
    shapes = shapes_of(document)
    names: set[str] = set()
    for letter in shapes.letters:
        with suppress(ReadError):
            names.add(name_of(read(letter, vocabulary)) or "")
    text = document.text
    spoken = len(_SPOKEN.findall(text)) >= MENTIONS_THAT_MATTER
    numbers, rows = set(shapes.numbers), set[str]()
    brackets: Literal["", "poisson", "commutator"] = (
        "poisson" if _POISSON.search(text) else "commutator" if _COMMUTATOR.search(text) else ""
    )
    sides: list[list[Node]] = []
    if shapes.capitals or names or brackets or _ARROWED.search(text):
        sides = list(_equations(chains, vocabulary))
        names |= _written_out(sides)
        rows = {name.split("_")[0] for name in _written_out(sides, rows=True)}
        numbers = _numbers(sides, names, shapes.arrows) | (numbers - names)
    return Kinds(
        frozenset(names - {""}),
        frozenset(name for name in names if _is_small(name)),
        frozenset(rows),
        frozenset(numbers),
        frozenset({"I", "I_bold"}) if _IDENTITY.search(text) else frozenset(),
        frozenset(next(filter(None, found)) for found in _SYMMETRIC.findall(text)),
        shapes.capitals,
        bool(_CROSSED.search(text)),
        bool(_TRANSPOSES.search(text) or spoken) and not _T_AS_BOUND.search(_formulas(document)),
        brackets,
        _bracket_sign(_formulas(document)) if brackets == "poisson" else 0,
        frozenset(_bracketed(sides)) if brackets else frozenset(),
    )


def _bracket_sign(text: str) -> int:
    """What the page says that `[q, p]` is: 1, -1, or 0 where it does not say."""
    signs = {found == "-" for found in _CANONICAL.findall(text)}
    return 0 if len(signs) != 1 else -1 if signs == {True} else 1


def _bracketed(sides: list[list[Node]]) -> Iterator[str]:
    """The names that stand in brackets of two."""
    for members in sides:
        for member in members:
            for part in walk(member):
                if isinstance(part, Group) and isinstance(part.body, Listing) and len(part.body.items) == 2:
                    yield from (name for inside in walk(part.body) if (name := name_of(inside)))


def _formulas(document: Document) -> str:
    return "\n".join(formula.text for formula in document.formulas)


def _is_small(name: str) -> bool:
    """Whether this is a small letter: what is transposed and small is a column."""
    letter = name.split("_")[0]
    return (len(letter) == 1 and letter.islower()) or (len(letter) > 1 and letter[:1].islower())


def _equations(chains: Iterable[tuple[Statement, ...]], vocabulary: Vocabulary) -> Iterator[list[Node]]:
    """The members of each chain of equations that can be read."""
    for statements in chains:
        for statement in statements:
            if not statement.is_chain or any(member.sign not in ("", "=") for member in statement.members):
                continue
            found: list[Node] = []
            for member in statement.members:
                with suppress(ReadError, RecursionError):
                    found.append(read(member.piece.text, vocabulary))
            if found:
                yield found


def _written_out(sides: Iterable[list[Node]], *, rows: bool = False) -> set[str]:
    """The names that are equated with a matrix written out; with `rows`, with one of a single row."""
    found: set[str] = set()
    for members in sides:
        if any(isinstance(member, Matrix) and not (rows and len(member.rows) > 1) for member in members):
            found.update(name for name in map(name_of, members) if name)
    return found


# --- numbers -----------------------------------------------------------------------------------------------


def _numbers(sides: list[list[Node]], shaped: set[str], arrows: bool) -> set[str]:
    """The letters that are numbers: by where they stand, and by what they are equal to or added to.

    Where vectors bear `arrows`, a small letter without one is a number.
    """
    letters = {name.split("_")[0] for name in shaped}
    found: set[str] = set()
    applied: set[str] = set()
    for members in sides:
        for member in members:
            found |= _by_place(member)
            applied |= _applied_to_vectors(member)
            found |= {letter for letter in _letters(member) if arrows and _is_small(letter)}
    found -= letters | applied
    for _ in range(_ROUNDS):
        before = len(found)
        for members in sides:
            found |= _by_company(members, found) - letters
        if len(found) == before:
            break
    return found


def _by_place(node: Node) -> set[str]:
    """Letters inside a sine or logarithm, under a root, squared, between bounds of an integral, or in a divisor."""
    found: set[str] = set()
    for part in walk(node):
        match part:
            case Call(argument=inside) if _is_of_numbers(part):
                found |= _letters(inside) if _is_plain(inside) else set()
            case Fraction(denominator=inside) | Root(radicand=inside) if _is_plain(inside):
                found |= _letters(inside)
            case Power(base=Symbol() | Subscript() as inside, exponent=Number()):
                found |= _letters(inside) if _is_small(str(name_of(inside))) else set()
            case Integral(lower=lower, upper=upper):
                for bound in (lower, upper):
                    found |= _letters(bound) if bound is not None and _is_plain(bound) else set()
    return found - {"I", "J"}


def _applied_to_vectors(node: Node) -> set[str]:
    """Capitals that stand right before an arrow or a bold letter, or under a determinant."""
    found: set[str] = set()
    for part in walk(node):
        if isinstance(part, Product):
            for sign, (left, right) in zip(part.operators, pairwise(part.factors), strict=True):
                name, other = name_of(left), name_of(right)
                if sign == "" and name and name[0].isupper() and other and not _MARKS.isdisjoint(other.split("_")[1:]):
                    found.add(name.split("_")[0])
        elif isinstance(part, Call) and part.head == Word("\\det", ""):
            found |= _letters(part.argument)
    return found


def _by_company(members: list[Node], numbers: set[str]) -> set[str]:
    """Letters that stand alone, or before numbers, as terms of an equation in which another term is a number."""
    terms = [term for member in members for term in _terms(member)]
    if not any(_is_number(term, numbers) for term in terms):
        return set()
    return {letter for term in terms for letter in _lone_letter(term, numbers)}


def _terms(node: Node) -> Iterator[Node]:
    if isinstance(node, Group) and node.left in ("", "(", "["):
        yield from _terms(node.body)
    elif isinstance(node, Sum):
        for term in node.terms:
            yield from _terms(term.term)
    else:
        yield node


def _is_number(term: Node, numbers: set[str]) -> bool:
    """Whether a term is a number other than 0, or made of letters known to be numbers."""
    if isinstance(term, Number):
        return term.text.strip("0.") != ""
    letters = _letters(term) if _is_plain(term) else set()
    return bool(letters) and letters <= numbers


def _lone_letter(term: Node, numbers: set[str]) -> set[str]:
    open_letters = _letters(term) - numbers if _is_plain(term) else set()
    return open_letters if len(open_letters) == 1 else set()


def _letters(node: Node) -> set[str]:
    """The letters of the names in a node, without their indices; what a sine or logarithm is of is left out."""
    name = name_of(node)
    if name is not None:
        return {name.split("_")[0]}
    if _is_of_numbers(node):
        return set()
    return {letter for child in children(node) for letter in _letters(child)}


def _is_of_numbers(node: Node) -> bool:
    """Whether this is a sine, a logarithm or their kin, which are numbers of numbers."""
    return isinstance(node, Call) and isinstance(node.head, Word) and _function(node.head) in _OF_NUMBERS


def _function(head: Word) -> str:
    return head.text or head.command[1:]


def _is_plain(node: Node) -> bool:
    """Whether nothing in a node could make a number of vectors or matrices, or is one."""
    for part in walk(node):
        name = name_of(part)
        if name is not None and not _MARKS.isdisjoint(name.split("_")[1:]):
            return False
        if isinstance(part, Matrix | Cases) or (isinstance(part, Call) and not _is_of_numbers(part)):
            return False
        if isinstance(part, Group) and part.left not in ("", "(", "["):
            return False
        if isinstance(part, Power) and isinstance(part.exponent, Symbol) and part.exponent.name in ("T", "\\top"):
            return False
        if isinstance(part, Product) and set(part.operators) - {"", "/", "\\cdot", "\\times", "*", "\\ ", "\\div"}:
            return False
    return True
