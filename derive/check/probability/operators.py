"""Reading expectations, variances, entropies and their kin, by what they are defined to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.check.probability import events
from derive.check.probability.errors import Opaque
from derive.check.probability.heads import indicator, items, mean, probability
from derive.check.probability.page import Said
from derive.check.probability.ranges import over
from derive.meaning.form import TWO, Form, free_variables, mul, neg, power, quotient, sqrt, sub, subforms, var
from derive.meaning.names import name_of
from derive.notation.tree import (
    Call,
    Conditional,
    Group,
    Link,
    Listing,
    Node,
    Number,
    Power,
    Product,
    Relation,
    Styled,
    Subscript,
    Symbol,
)

if TYPE_CHECKING:
    from derive.check.probability.reading import Reading

__all__ = ["applied", "is_bare", "names_operator", "read_operator"]

_MEANS = frozenset({"E", "E_bb", "Expect", "Ex", "E_sf"})
_VARIANCES = frozenset({"Var", "var", "Var_bb", "V_bb", "VAR"})
_COVARIANCES = frozenset({"Cov", "cov", "COV"})
_DEVIATIONS = frozenset({"SD", "sd", "std", "Std"})
_CORRELATIONS = frozenset({"Corr", "corr", "Cor", "cor"})
_DIVERGENCES = frozenset({"KL", "D_KL", "D_mathrmKL", "d_KL", "D_kl"})
_ONES = frozenset({"1_bb", "I_bb", "1_bold", "1", "I_bold", "I"})
_SQUARE = frozenset({"[", "("})


def _name(head: Node) -> str | None:
    if isinstance(head, Number):
        return head.text
    if isinstance(head, Styled) and isinstance(head.body, Number):
        return f"{head.body.text}_{'bb' if head.command == chr(92) + 'mathbb' else 'bold'}"
    return name_of(head)


def _parts(head: Node) -> tuple[str | None, Node | None]:
    """The name of an operator and what is written below it."""
    if isinstance(head, Subscript):
        whole = name_of(head)
        if whole is not None and whole.replace("_mathrm", "_") in _DIVERGENCES:
            return whole.replace("_mathrm", "_"), None
        return _name(head.base), head.index
    return _name(head), None


def names_operator(said: Said, head: Node, argument: Group) -> bool:
    """Whether a head before a bracket is an expectation, a variance or one of their kin."""
    name, below = _parts(head)
    if name in _MEANS:
        return argument.left in ("[", "\\{") or name != "E" or (said.expectation and below is None)
    known = _VARIANCES | _COVARIANCES | _DEVIATIONS | _CORRELATIONS | _DIVERGENCES
    return name in known or (said.entropy and name in ("H", "CE")) or _is_indicator(name, argument)


def _is_indicator(name: str | None, argument: Group) -> bool:
    return name in _ONES and argument.left in ("\\{", "[", "(") and isinstance(argument.body, Relation)


def read_operator(reading: Reading, node: Node) -> Form | None:
    """`E[f(x) | y]`, `Var(X)`, `D_{KL}(q \\| p)`, `H(X)`, `1\\{A\\}`; None for anything else."""
    if isinstance(node, Subscript) and _name(node.base) in _ONES and isinstance(node.index, Relation):
        (event,) = events.elements(reading, node.index, [])
        reading.speaks = True
        return indicator(event)
    if isinstance(node, Product) and len(node.factors) == 2 and node.factors[0] == Symbol("K"):
        second = node.factors[1]
        if isinstance(second, Call) and second.head == Symbol("L") and isinstance(second.argument, Group):
            return _divergence(reading, second.argument.body)
    if not isinstance(node, Call) or not isinstance(node.argument, Group):
        return None
    head, squared = node.head, False
    if isinstance(head, Power) and head.exponent == Number("2"):
        head, squared = head.base, True
    if not names_operator(reading.said, head, node.argument):
        return None
    name, below = _parts(head)
    assert name is not None
    reading.speaks = True
    found = _value(reading, name, below, node.argument.body)
    return power(found, TWO) if squared else found


def _value(reading: Reading, name: str, below: Node | None, body: Node) -> Form:
    if name in _DIVERGENCES:
        return _divergence(reading, body)
    if name in _ONES:
        (event,) = events.elements(reading, body, [])
        return indicator(event)
    if name in ("H", "CE"):
        return _entropy(reading, body)
    given: list[Form] = []
    if isinstance(body, Conditional):
        given = events.elements(reading, body.right, [])
        body = body.left
    entries = body.items if isinstance(body, Listing) else (body,)
    forms = [reading.form(entry) for entry in entries]
    about = _Mean(reading, below, given)
    if len(forms) == 1 and (name in _MEANS or name in _VARIANCES or name in _DEVIATIONS):
        if name in _MEANS:
            return about(forms[0])
        _no_vectors(reading, body)
        spread = sub(about(power(forms[0], TWO)), power(about(forms[0]), TWO))
        return spread if name in _VARIANCES else sqrt(spread)
    if len(forms) == 2 and name in _COVARIANCES | _CORRELATIONS:
        first, second = forms
        both = sub(about(mul(first, second)), mul(about(first), about(second)))
        if name in _COVARIANCES:
            return both
        spreads = [sub(about(power(form, TWO)), power(about(form), TWO)) for form in forms]
        return quotient(both, sqrt(mul(*spreads)))
    raise Opaque


def _no_vectors(reading: Reading, node: Node) -> None:
    """The variance of a vector is a matrix, which is not calculated with here."""
    if reading.is_shaped(node):
        raise Opaque


class _Mean:
    """An expectation under what is written below the E: over all values of a law, or of what the page speaks of."""

    def __init__(self, reading: Reading, below: Node | None, given: list[Form]) -> None:
        self.reading, self.given = reading, given
        self.laws: list[tuple[list[Form], Form]] = []
        self.named: Form | None = None
        self.tag = ""
        if below is not None:
            self._read(below)

    def __call__(self, body: Form) -> Form:
        if self.named is not None:
            self.laws = [self._inferred(self.named, body)]
        if not self.laws:
            return mean(self.tag, body, self.given)
        if self.given:
            raise Opaque
        for variables, law in self.laws:
            body = mul(law, body)
            for letter in variables:
                body = over("sum" if self.reading.sums else "int", body, letter)
        return body

    def _read(self, below: Node) -> None:
        from derive.notation.printer import latex

        entries = below.items if isinstance(below, Listing) else (below,)
        waiting: list[Form] = []
        for entry in entries:
            if isinstance(entry, Relation) and len(entry.links) == 1 and entry.links[0].sign == "\\sim" and entry.first:
                waiting += self._variables(entry.first)
                law = self._law(entry.links[0], waiting)
                if law is None:
                    break
                self.laws.append((waiting, law))
                waiting = []
            elif isinstance(entry, Call | Product) and (law := self._density(entry)) is not None:
                self.laws.append((list(items(law.args[1])), law))
            elif len(entries) == 1 and self._family(entry) is not None:
                self.named = self._family(entry)
            elif isinstance(entry, Symbol | Subscript | Styled):
                waiting += self._variables(entry)
            else:
                break
        else:
            if not waiting:
                return
        self.laws, self.named, self.tag = [], None, latex(below)

    def _variables(self, node: Node) -> list[Form]:
        body = node.body if isinstance(node, Group) else node
        entries = body.items if isinstance(body, Listing) else (body,)
        return [self.reading.form(entry) for entry in entries]

    def _density(self, node: Node) -> Form | None:
        if isinstance(node, Product):
            if len(node.factors) != 2 or not isinstance(node.factors[1], Group):
                return None
            node = Call(node.factors[0], node.factors[1])
        form = events.read_density(self.reading, node)
        return form if form is not None and all(part.head in ("var", "index") for part in items(form.args[1])) else None

    def _law(self, link: Link, variables: list[Form]) -> Form | None:
        """The density of the law behind a `\\sim`, at the variables before it."""
        if any(each.head not in ("var", "index") for each in variables):
            return None
        form = self._density(link.term) if isinstance(link.term, Call | Product) else None
        if form is not None:
            return form if set(items(form.args[1])) == set(variables) else None
        family = self._family(link.term)
        return None if family is None else probability(family.args[0], variables, (), items(family.args[3]))

    def _family(self, node: Node) -> Form | None:
        """A density that is named without its variables: `p`, `q_\\phi`, `p^*`."""
        if isinstance(node, Subscript) and name_of(node.base) == "E":
            return None
        return _bare_density(self.reading, node)

    def _inferred(self, law: Form, body: Form) -> tuple[list[Form], Form]:
        """The law with its one variable: the only small letter that the body is a function of."""
        names = sorted(set(_arguments(body)) - free_variables(law))
        if len(names) != 1:
            raise Opaque
        letter = var(names[0])
        return [letter], probability(law.args[0], (letter,), (), items(law.args[3]))


def _arguments(form: Form) -> Iterator[str]:
    """The letters at which densities and unknown functions are taken."""
    found = [part for part in subforms(form) if part.head in ("probability", "call")]
    if not found:
        yield from free_variables(form)
    for part in found:
        for each in part.args[1].parts if part.head == "probability" else part.parts:
            if each.head == "var":
                yield each.name


# --- divergences and entropies -----------------------------------------------------------------------------


def _divergence(reading: Reading, body: Node) -> Form:
    """`D(q \\| p)` as the expectation of `log q / p` under q."""
    if isinstance(body, Conditional) and body.bar in ("\\|", "||", "\\Vert", "\\parallel"):
        sides: tuple[Node, ...] = (body.left, body.right)
    elif isinstance(body, Relation) and body.first is not None and len(body.links) == 1:
        sides = (body.first, body.links[0].term)
    elif isinstance(body, Listing) and len(body.items) == 2:
        sides = body.items
    else:
        raise Opaque
    first, second = (_side(reading, side) for side in sides)
    reading.speaks = True
    letters = items(first.args[1]) or items(second.args[1]) or (reading.letter,)
    if any(letter.head not in ("var", "index") for letter in letters):
        raise Opaque
    laws = [
        law if items(law.args[1]) else probability(law.args[0], letters, (), items(law.args[3]))
        for law in (first, second)
    ]
    if set(items(laws[0].args[1])) != set(items(laws[1].args[1])):
        raise Opaque
    found = mul(laws[0], Form("log", (quotient(*laws),)))
    for letter in letters:
        found = over("sum" if reading.sums else "int", found, letter)
    return found


def _side(reading: Reading, node: Node) -> Form:
    """A density with its variables, or a family without."""
    if isinstance(node, Product) and len(node.factors) == 2 and isinstance(node.factors[1], Group):
        node = Call(node.factors[0], node.factors[1])
    form = events.read_density(reading, node)
    if form is not None:
        return form
    found = _bare_density(reading, node)
    if found is None:
        raise Opaque
    return found


def _bare_density(reading: Reading, node: Node) -> Form | None:
    """A family without its variables; a law P has the density p, where the page speaks of p."""
    laws = replace(reading.said, densities=reading.said.densities | {"p", "q", "P", "Q"}, probability=True)
    found = events.density_head(laws, node, Group(Symbol("x")))
    if found is None:
        return None
    family, below = found
    if family in ("P", "Q") and family.lower() in reading.said.densities:
        family = family.lower()
    return probability(f"{family}_" if below else family, (), (), [reading.form(part) for part in below])


def _entropy(reading: Reading, body: Node) -> Form:
    """`H(Y | X) = -E[log p(y | x)]`, over all values of what stands in the bracket."""
    laws = [_bare_density(reading, each) for each in (body.items if isinstance(body, Listing) else (body,))]
    if len(laws) <= 2 and laws[0] is not None and laws[-1] is not None:
        first, last = (_at(law, reading.letter) for law in (laws[0], laws[-1]))
        return neg(over("sum" if reading.sums else "int", mul(first, Form("log", (last,))), reading.letter))
    given = events.elements(reading, body.right, []) if isinstance(body, Conditional) else []
    of = events.elements(reading, body.left if isinstance(body, Conditional) else body, [])
    small = [[_value_of(part) for part in parts] for parts in (of, given)]
    if any(part is None for parts in small for part in parts):
        raise Opaque
    family = "p" if "p" in reading.said.densities else "P"
    inside = [[part for part in parts if part is not None] for parts in small]
    found = mul(probability(family, [*inside[0], *inside[1]]), Form("log", (probability(family, *inside),)))
    for letter in (*inside[0], *inside[1]):
        found = over("sum" if reading.sums else "int", found, letter)
    return neg(found)


def _at(law: Form, letter: Form) -> Form:
    """A density that is named without its variable, at a value."""
    return probability(law.args[0], (letter,), (), items(law.args[3]))


def _value_of(variable: Form) -> Form | None:
    plain = variable.head == "var" and variable.name[0].isupper() and "_" not in variable.name
    return var(variable.name.lower()) if plain else None


# --- without brackets --------------------------------------------------------------------------------------


def is_bare(reading: Reading, node: Node) -> bool:
    """Whether this is an expectation of all that follows: `\\mathbb{E}_{q} log p(x)`."""
    name, below = _parts(node)
    if name == "E" and not isinstance(below, Relation | Call | Product):
        return False
    return name in _MEANS and reading.said.expectation


def applied(reading: Reading, head: Node, rest: Node) -> Form:
    """The expectation of the rest of a product."""
    if isinstance(rest, Group) and rest.left in _SQUARE | {"\\{"}:
        rest = rest.body
    elif isinstance(rest, Product) and isinstance(rest.factors[0], Group) and rest.factors[0].left in _SQUARE | {"\\{"}:
        first = applied(reading, head, rest.factors[0])
        others = rest.factors[1:]
        more = others[0] if len(others) == 1 else Product(others, rest.operators[1:])
        if rest.operators[0] not in ("", "\\cdot", "\\times", "*"):
            raise Opaque
        return mul(first, reading.form(more))
    reading.speaks = True
    name, below = _parts(head)
    assert name is not None
    return _value(reading, name, below, rest)
