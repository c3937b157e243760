"""Reading probabilities and densities: whose they are, of which events or variables, given what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.check.probability.errors import Opaque
from derive.check.probability.heads import probability, span
from derive.check.probability.page import Said
from derive.meaning.form import ONE, Form, num, sub, var
from derive.meaning.names import name_of
from derive.notation.tree import (
    Accented,
    Call,
    Conditional,
    Ellipsis,
    Group,
    Listing,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Styled,
    Subscript,
    Sum,
    Symbol,
    Word,
)

if TYPE_CHECKING:
    from derive.check.probability.reading import Reading

__all__ = ["density_head", "elements", "read_density", "run_or"]

_ALWAYS = frozenset({"Pr", "Prob", "P_bb", "prob"})
_JOINS = frozenset({"\\cap", "\\wedge"})
_SURE = frozenset({"Omega", "S"})
_BELOW = {"<": "lt", "\\lt": "lt", "\\le": "le", "\\leq": "le", "\\leqslant": "le"}
_ABOVE = {">": "le", "\\gt": "le", "\\ge": "lt", "\\geq": "lt", "\\geqslant": "lt"}
Head = tuple[str, tuple[Node, ...]]


def density_head(said: Said, head: Node, argument: Group) -> Head | None:
    """The family that a head names and what is written below it, if it is that of a probability or density."""
    below: tuple[Node, ...] = ()
    base = head
    if isinstance(head, Power) and isinstance(head.exponent, Symbol) and head.exponent.name in ("*", "\\ast", "\\star"):
        base = head.base
    if isinstance(base, Subscript):
        below, base = (base.index,), base.base
    name = name_of(base) if not isinstance(base, Word) or base.text else base.command.lstrip("\\")
    if name is None or argument.left not in ("(", "[", "\\{"):
        return None
    star = "*" if base is not head and isinstance(head, Power) else ""
    if name in _ALWAYS or (name in said.densities and said.probability):
        inside = argument.body
        if name in _ALWAYS or _is_listed(inside):
            return f"{name}{star}", below
        return None
    if name == "f" and below and said.probability and _is_upper(below[0]):
        return name, below
    return None


def _is_listed(body: Node) -> bool:
    """Whether what stands in the bracket may be variables or events, and is no number to be multiplied."""
    if isinstance(body, Conditional | Relation):
        return True
    if isinstance(body, Listing):
        return all(isinstance(item, Ellipsis) or _is_listed(item) for item in body.items)
    if isinstance(body, Product):
        signs = set(body.operators)
        capitals = signs == {""} and all((name_of(f) or "a")[0].isupper() for f in body.factors)
        return (
            bool(signs & {"\\cap", "\\cup", "\\setminus", "\\wedge", "\\vee", "\\backslash"})
            or capitals
            or (isinstance(body.factors[0], Symbol) and body.factors[0].name in ("\\neg", "\\lnot"))
        )
    if isinstance(body, Sum):
        return _without(body) is not None
    if isinstance(body, Number):
        return False
    if isinstance(body, Subscript) and isinstance(body.index, Relation):
        return True
    return isinstance(body, Power | Accented | Styled | Symbol | Subscript | Word | Primed) and not (
        isinstance(body, Power) and isinstance(body.exponent, Number)
    )


def _is_upper(node: Node) -> bool:
    parts = node.factors if isinstance(node, Product) else node.items if isinstance(node, Listing) else (node,)
    if isinstance(node, Conditional):
        return _is_upper(node.left) and _is_upper(node.right)
    return all((name_of(part) or "a")[0].isupper() for part in parts)


def read_density(reading: Reading, node: Node) -> Form | None:
    """`p(x, y | z; \\theta)`, `P(A \\cap B)`, `p_{Y | X}(y | x)`; None for anything else."""
    if not isinstance(node, Call) or not isinstance(node.argument, Group):
        return None
    found = density_head(reading.said, node.head, node.argument)
    if found is None:
        return None
    family, below = found
    body = node.argument.body
    given: list[Form] = []
    parameters: list[Form] = []
    if isinstance(body, Conditional):
        given = elements(reading, body.right, parameters)
        body = body.left
    of = elements(reading, body, parameters)
    for index in below:
        own = _labels(index)
        if own is not None and _is_upper(index) and _fits(own, [*of, *given]):
            continue
        family = f"{family}_"
        parameters += _parameters(reading, index)
    reading.speaks = True
    return probability(family, of, given, parameters)


def _labels(index: Node) -> list[str] | None:
    """The names of variables below a density: those of `p_{Y | X}`."""
    if isinstance(index, Conditional):
        left, right = _labels(index.left), _labels(index.right)
        return None if left is None or right is None else [*left, *right]
    parts = index.factors if isinstance(index, Product) else index.items if isinstance(index, Listing) else (index,)
    names = [name_of(part) for part in parts if not isinstance(part, Ellipsis)]
    return None if any(name is None for name in names) else [name for name in names if name]


def _fits(labels: list[str], parts: list[Form]) -> bool:
    """Whether the variables below are those in the bracket, or what these are values of."""
    found: set[str] = set()
    for part in parts:
        while part.head in ("index", "span", "eq"):
            part = part.args[0]
        found.add(part.name.split("_")[0].lower() if part.head == "var" else "")
    return {label.split("_")[0].lower() for label in labels} == found


def _parameters(reading: Reading, index: Node) -> list[Form]:
    if isinstance(index, Listing):
        return [form for item in index.items for form in _parameters(reading, item)]
    return [reading.form(index)]


# --- events ------------------------------------------------------------------------------------------------


def elements(reading: Reading, node: Node, parameters: list[Form]) -> list[Form]:
    """The variables and events that are listed; what stands behind a semicolon is added to the parameters."""
    if not isinstance(node, Listing):
        return _element(reading, node)
    found: list[Form] = []
    into = found
    for place, item in enumerate(node.items):
        if place and node.separators[place - 1] == ";":
            into = parameters
        if isinstance(item, Ellipsis):
            _run(into, reading, node.items[place + 1] if place + 1 < len(node.items) else None)
        else:
            into += _element(reading, item)
    return found


def _run(found: list[Form], reading: Reading, after: Node | None) -> None:
    """Dots between `x_1` and `x_n`: all that are between; the last one is read next."""
    last = _element(reading, after)[0] if after is not None else None
    place = _place(found[-1]) if found else None
    end = _place(last) if last is not None else None
    if place is None or end is None or place[0] != end[0]:
        raise Opaque
    base, before = found.pop(), sub(end[1], ONE)
    first = place[1]
    while found and (earlier := _place(found[-1])) and earlier[0] == place[0] and _follows(earlier[1], first):
        first = earlier[1]
        found.pop()
    del base
    found.append(span(place[0], first, before))


def _follows(first: Form, second: Form) -> bool:
    return first.head == "num" and second.head == "num" and first.value + 1 == second.value


def _place(form: Form) -> tuple[Form, Form] | None:
    """A letter and its one index."""
    if form.head == "index" and len(form.args) == 2:
        return form.args[0], form.args[1]
    if form.head == "var":
        base, _, number = form.name.rpartition("_")
        return (var(base), num(int(number))) if base and number.isdigit() else None
    return None


def run_or(reading: Reading, node: Node) -> list[Form]:
    """`x_{<i}` and `x_{1:t}` as runs of variables, anything else as what it is."""
    run = _written_run(reading, node)
    if run is not None:
        return [run]
    if isinstance(node, Ellipsis):
        raise Opaque
    return [reading.form(node)]


def _written_run(reading: Reading, node: Node) -> Form | None:
    if not isinstance(node, Subscript) or not isinstance(node.index, Relation) or len(node.index.links) != 1:
        return None
    base, link = name_of(node.base), node.index.links[0]
    if base is None:
        return None
    letter = var(base.removesuffix("_bold"))
    if link.sign == "<" and node.index.first is None:
        return span(letter, ONE, sub(reading.form(link.term), ONE))
    if link.sign in ("\\le", "\\leq") and node.index.first is None:
        return span(letter, ONE, reading.form(link.term))
    if link.sign == ":" and node.index.first is not None:
        return span(letter, reading.form(node.index.first), reading.form(link.term))
    return None


def _element(reading: Reading, node: Node) -> list[Form]:
    if isinstance(node, Group) and node.left in ("", "(", "\\{"):
        return _element(reading, node.body)
    if isinstance(node, Listing):
        return elements(reading, node, [])
    if isinstance(node, Product):
        return _of_product(reading, node)
    if isinstance(node, Relation):
        return _of_relation(reading, node)
    if isinstance(node, Symbol) and node.name in ("\\emptyset", "\\varnothing"):
        return [Form("or", ())]
    opposite = _opposite(node)
    if opposite is not None:
        return [Form("not", (_conjunction(_element(reading, opposite)),))]
    return run_or(reading, node)


def _of_product(reading: Reading, node: Product) -> list[Form]:
    signs = set(node.operators)
    capitals = signs == {""} and all((name_of(f) or "a")[0].isupper() for f in node.factors)
    if signs <= _JOINS or capitals:
        return [part for factor in node.factors for part in _element(reading, factor)]
    if signs <= {"\\cup", "\\vee"}:
        return [Form("or", tuple(_conjunction(_element(reading, factor)) for factor in node.factors))]
    if len(node.factors) == 2 and signs <= {"\\setminus", "\\backslash"}:
        first, second = (_element(reading, factor) for factor in node.factors)
        return [*first, Form("not", (_conjunction(second),))]
    if isinstance(node.factors[0], Symbol) and node.factors[0].name in ("\\neg", "\\lnot") and len(node.factors) == 2:
        return [Form("not", (_conjunction(_element(reading, node.factors[1])),))]
    return [reading.form(node)]


def _conjunction(parts: list[Form]) -> Form:
    return parts[0] if len(parts) == 1 else Form("and", tuple(parts))


def _without(node: Sum) -> Node | None:
    """The event that is taken from the sure one: A in `\\Omega - A`."""
    first, *rest = node.terms
    sure = first.sign == "" and name_of(first.term) in _SURE
    return rest[0].term if sure and len(rest) == 1 and rest[0].sign == "-" else None


def _opposite(node: Node) -> Node | None:
    """The event whose complement is written: `A^c`, `\\bar A`."""
    body: Node | None = None
    if isinstance(node, Sum):
        body = _without(node)
    if (
        isinstance(node, Power)
        and isinstance(node.exponent, Symbol)
        and node.exponent.name in ("c", "C", "\\complement")
    ):
        body = node.base
    if isinstance(node, Accented) and node.command in ("\\bar", "\\overline"):
        body = node.body
    return body if body is not None and (name_of(body) or "a")[0].isupper() else None


def _of_relation(reading: Reading, node: Relation) -> list[Form]:
    """`X = x` is the variable x; `X > a` is that not `X \\le a`."""
    if node.first is None or len(node.links) != 1:
        raise Opaque
    link = node.links[0]
    left = reading.form(node.first)
    if link.sign in ("=", "\\in"):
        if link.sign == "\\in":
            return [Form("in", (left, reading.form(link.term)))]
        right = reading.form(link.term)
        return [right] if _is_value_of(left, right) else [Form("eq", (left, right))]
    right = reading.form(link.term)
    if link.sign in _BELOW:
        return [Form(_BELOW[link.sign], (left, right))]
    if link.sign in _ABOVE:
        return [Form("not", (Form(_ABOVE[link.sign], (left, right)),))]
    raise Opaque


def _is_value_of(variable: Form, value: Form) -> bool:
    """Whether a letter is the small one of a capital: `X = x`, `X_i = x_i`."""
    if variable.head == "var" and value.head == "var":
        return variable.name != value.name and variable.name.lower() == value.name
    if variable.head == value.head == "index":
        return variable.args[1:] == value.args[1:] and _is_value_of(variable.args[0], value.args[0])
    return False
