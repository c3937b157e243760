"""Notation of signals: applications, transforms, convolutions, conjugates and impulses, marked as what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from derive.meaning.names import name_of
from derive.notation.tree import (
    Call,
    Group,
    Integral,
    Link,
    Listing,
    Node,
    Number,
    Power,
    Product,
    Relation,
    Signed,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Word,
    transform,
    walk,
)

__all__ = ["applied_heads", "marked"]

INDEPENDENT = frozenset({"t", "tau", "omega", "Omega", "k", "n", "m", "kappa", "s", "z", "f", "mu", "nu", "xi"})
_NEVER = frozenset({"i", "j", "e", "d", "pi", "oo", *INDEPENDENT} - {"f"})
_NO_INDEX = frozenset({"i", "j", "e", "pi", "t", "tau", "s", "z", "omega", "Omega", "T"})
_OPEN = frozenset({"(", "["})
_TRANSFORMS = {"F": "fourier", "L": "laplace", "Z": "ztransform"}
_WORDS = {"rect": "box", "sgn": "signum", "sign": "signum", "DFT": "dft", "DTFT": "dtft"}
_STARS = frozenset({"*", "\\ast"})


def applied_heads(nodes: Iterable[Node]) -> tuple[frozenset[str], frozenset[str]]:
    """The names that stand before a bracket with nothing but the letter of a signal in it, and letters in `[ ]`."""
    heads: set[str] = set()
    whole: set[str] = set()
    for node in nodes:
        for part in walk(node):
            for head, group in _applications(part):
                name = name_of(_plain(head))
                if name is None or name.split("_")[0] in _NEVER:
                    continue
                if group.left == "[" and not any(isinstance(inner, Call) for inner in walk(group.body)):
                    whole |= {n for n in map(name_of, walk(group.body)) if n and len(n.split("_")[0]) < 6}
                if _is_independent(group.body):
                    heads.add(name)
    return frozenset(heads), frozenset(whole - _NO_INDEX - heads)


def _applications(node: Node) -> Iterable[tuple[Node, Group]]:
    if isinstance(node, Call) and isinstance(node.argument, Group) and node.argument.left in _OPEN:
        yield node.head, node.argument
    elif isinstance(node, Product):
        for operator, left, right in zip(node.operators, node.factors, node.factors[1:], strict=False):
            if operator == "" and isinstance(right, Group) and right.left in _OPEN:
                yield left, right


def _plain(node: Node) -> Node:
    """The name without a star above it."""
    return node.base if isinstance(node, Power) and node.exponent == Symbol("*") else node


def _is_independent(body: Node) -> bool:
    """`t`, `j \\omega`, `e^{j \\Omega}`, `k`."""
    if isinstance(body, Power) and body.base == Symbol("e"):
        return _is_independent(body.exponent)
    if isinstance(body, Product) and len(body.factors) == 2 and body.factors[0] in (Symbol("j"), Symbol("i")):
        return name_of(body.factors[1]) in INDEPENDENT
    if isinstance(body, Product) and len(body.factors) == 2 and name_of(body.factors[0]) in ("k", "n"):
        return name_of(body.factors[1]) in ("T", "T_s")
    return name_of(body) in INDEPENDENT


def marked(node: Node, heads: frozenset[str]) -> Node:
    """The tree with each operator of signals as a call of its own word.

    `heads` are the names of signals; `step u` among them says that u is the unit step.
    """
    if isinstance(node, Call):
        return _call(node, heads)
    node = transform(node, lambda inner: marked(inner, heads))
    if isinstance(node, Product):
        return _product(node, heads)
    if isinstance(node, Power):
        return _power(node)
    if isinstance(node, Integral):
        return replace(node, lower=_bare(node.lower), upper=_bare(node.upper))
    return node


def _bare(bound: Node | None) -> Node | None:
    """A bound `\\tau = 0` as 0."""
    if isinstance(bound, Relation) and len(bound.links) == 1 and bound.links[0].sign == "=":
        link: Link = bound.links[0]
        return link.term
    return bound


def _word(name: str, *arguments: Node) -> Node:
    body = arguments[0] if len(arguments) == 1 else Listing(arguments, (",",) * (len(arguments) - 1))
    return Call(Word("\\operatorname", name), Group(body))


def _call(node: Call, heads: frozenset[str]) -> Node:
    argument = transform(node.argument, lambda inner: marked(inner, heads))
    if not isinstance(argument, Group):
        return replace(node, argument=argument)
    found = _applied(node.head, argument, heads)
    return found if found is not None else replace(node, argument=argument)


def _applied(head: Node, group: Group, heads: frozenset[str]) -> Node | None:
    """What a head before a bracket is; None where it is nothing of this kind."""
    body = group.body
    inverse = isinstance(head, Power) and _is_minus_one(head.exponent)
    index: Node | None = None
    base = head
    if inverse and isinstance(base, Power):
        base = base.base
    if isinstance(base, Subscript):
        index = base.index
        base = base.base
    if isinstance(base, Styled) and base.command in ("\\mathcal", "\\mathscr") and isinstance(base.body, Symbol):
        return _transform(base.body.name, index, body, inverse=inverse)
    if isinstance(base, Word) and base.text.strip() in _WORDS:
        word = _WORDS[base.text.strip()]
        if word == "box" and group.left == "[":
            return _word("run", body, index) if index is not None else None
        if word == "dft" and index is not None:
            return _word("dft", body, index)
        return _word(word, body) if index is None and not inverse else None
    if head == Symbol("\\delta"):
        return _word("impulse" if group.left == "[" else "dirac", body)
    if f"step {name_of(head)}" in heads:
        return _word("steps" if group.left == "[" else "step", body)
    if head in (Symbol("\\Re"), Symbol("\\Im")):
        return Call(head, group)
    if isinstance(head, Power) and head.exponent == Symbol("*"):
        return _word("conjugate", Call(head.base, group))
    if _is_comb(head):
        return _word("comb", body)
    return Call(head, group) if name_of(head) in heads else None


def _transform(letter: str, index: Node | None, body: Node, *, inverse: bool) -> Node | None:
    name = _TRANSFORMS.get(letter)
    if name is None:
        return None
    sampled = any(isinstance(p, Call) and isinstance(p.argument, Group) and p.argument.left == "[" for p in walk(body))
    if name == "fourier" and (index == Symbol("*") or sampled or _has_sequences(body)):
        name = "dtft"
    return _word(f"{name}_back" if inverse else name, body)


def _has_sequences(body: Node) -> bool:
    words = ("impulse", "steps", "run")
    return any(isinstance(p, Word) and p.text in words for p in walk(body))


def _is_comb(node: Node) -> bool:
    """Three uprights, or a Cyrillic letter, for the train of impulses."""
    if isinstance(node, Word):
        return node.text.strip() in ("Ш", "III")
    inside = node.body if isinstance(node, Group) and not node.left else node
    return isinstance(inside, Product) and set(inside.factors) == {Symbol("\\bot")} and len(inside.factors) == 3


def _is_minus_one(node: Node) -> bool:
    return isinstance(node, Sum) and node.terms == (Signed("-", Number("1")),)


def _power(node: Power) -> Node:
    """`(\\ldots)^*`, the conjugate of a bracket or a value."""
    if isinstance(node.exponent, Symbol) and node.exponent.name in _STARS and isinstance(node.base, Call | Group):
        return _word("conjugate", node.base)
    return node


def _product(node: Product, heads: frozenset[str]) -> Node:
    """Heads before brackets applied; then what is convolved, with all the factors on either side of the sign."""
    factors, operators = [node.factors[0]], list[str]()
    for operator, factor in zip(node.operators, node.factors[1:], strict=True):
        applied = None
        if operator == "" and isinstance(factor, Group) and factor.left in _OPEN:
            applied = _convolved(factors[-1], factor, heads)
        if applied is not None:
            factors[-1] = applied
            continue
        if operator == "" and isinstance(factor, Group) and (factor.left in _OPEN or factors[-1] in _PARTS):
            applied = _applied(factors[-1], factor, heads)
        if applied is not None:
            factors[-1] = applied
        else:
            factors.append(factor)
            operators.append(operator)
    whole = factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(operators), span=node.span)
    if not any(operator in _STARS for operator in operators):
        return whole
    groups: list[list[int]] = [[0]]
    for place, operator in enumerate(operators, 1):
        if operator in _STARS:
            groups.append([place])
        else:
            groups[-1].append(place)
    parts = [_part([factors[i] for i in group], [operators[i - 1] for i in group[1:]]) for group in groups]
    if not all(map(_has_call, parts)):
        return whole
    sampled = _has_sequences(node) or any(_is_sampled(part) for factor in factors for part in walk(factor))
    word = "convolution_sum" if sampled else "convolution"
    result = parts[0]
    for part in parts[1:]:
        result = _word(word, result, part)
    return result


def _convolved(head: Node, group: Group, heads: frozenset[str]) -> Node | None:
    """`(x * h)(t)`: what is convolved is a function of t."""
    if not isinstance(head, Group) or not isinstance(head.body, Product) or set(head.body.operators) - _STARS:
        return None
    names = head.body.factors
    if not all(name_of(factor) in heads for factor in names):
        return None
    parts = [_applied(factor, group, heads) or Call(factor, group) for factor in names]
    result = parts[0]
    for part in parts[1:]:
        result = _word("convolution_sum" if group.left == "[" else "convolution", result, part)
    return result


def _has_call(node: Node) -> bool:
    return any(isinstance(part, Call) for part in walk(node))


_PARTS = (Symbol("\\Re"), Symbol("\\Im"))


def _part(factors: list[Node], operators: list[str]) -> Node:
    return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(operators))


def _is_sampled(node: Node) -> bool:
    if isinstance(node, Word):
        return node.text in ("impulse", "steps", "run", "convolution_sum")
    return isinstance(node, Call) and isinstance(node.argument, Group) and node.argument.left == "["
