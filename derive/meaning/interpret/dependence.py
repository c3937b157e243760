"""What notation says of dependence: where `\\frac{dy}{dx}` is written, y depends on x, and where u depends on x too,
`\\frac{dy}{du}` makes y a function of u, and through it of x."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from derive.meaning.form import CONSTANTS, Form, call, free_variables, num, var
from derive.meaning.lexicon import Lexicon
from derive.meaning.names import name_of
from derive.notation.tree import Accented, Call, Derivative, Implication, Listing, Node, Relation, Subscript, walk

__all__ = [
    "Differentiated", "dependent", "differentiated", "differentiation_variables", "with_dependences",
    "with_differentiated",
]  # fmt: skip

MOST_VARIABLES = 16
_CONSTANTS = CONSTANTS | {"e", "i"}
_DOTS = {"_dot": 1, "_ddot": 2}


@dataclass(frozen=True, slots=True)
class Differentiated:
    """A name that is differentiated, by what, and with which sign (`d`, `\\partial`; `.` for a dot over it)."""

    name: str
    by: str
    sign: str


def with_dependences(node: Node, lexicon: Lexicon) -> Lexicon:
    """The lexicon with the letters that a statement differentiates as unknown functions of what it does so by.

    Only whole statements say this: in a term read alone, the same letter beside it would stay a constant.
    """
    if not isinstance(node, Relation | Implication | Listing):
        return lexicon
    return with_differentiated(differentiated((node,), lexicon), lexicon)


def differentiated(nodes: Iterable[Node], lexicon: Lexicon) -> frozenset[Differentiated]:
    """Every bare name that is differentiated in the nodes, by a dot only where a derivative by t stands beside it.

    Gradients are left out, for what depends on a vector is not guessed.
    """
    found: set[Differentiated] = set()
    dotted: set[Differentiated] = set()
    timed = False
    for part in (part for node in nodes for part in walk(node)):
        if isinstance(part, Accented) and part.command in ("\\dot", "\\ddot"):
            name = name_of(part.body)
            if name is not None:
                dotted.add(Differentiated(name, "t", "."))
        elif isinstance(part, Derivative) and part.body is not None:
            if any(_is_array(each.variable, lexicon) for each in part.variables):
                continue
            name = name_of(part.body)
            variables = [by for by in (name_of(each.variable) for each in part.variables) if by is not None]
            timed = timed or "t" in variables
            if name is not None:
                found.update(Differentiated(name, by, part.sign) for by in variables)
    return frozenset(found | dotted if timed else found)


def differentiation_variables(nodes: Iterable[Node]) -> frozenset[str]:
    """The names by which anything is differentiated in the nodes."""
    found = (each for node in nodes for part in walk(node) if isinstance(part, Derivative) for each in part.variables)
    return frozenset(name for name in (name_of(each.variable) for each in found) if name is not None)


def with_differentiated(found: Iterable[Differentiated], lexicon: Lexicon) -> Lexicon:
    """The lexicon in which these names are unknown functions, each of what it depends on without a detour.

    Left open is a name that in the end depends on itself, or whose total and partial derivative by the same
    variable both occur; and one that is known well enough already.
    """
    by: dict[str, set[str]] = {}
    signs: dict[tuple[str, str], set[str]] = {}
    for each in found:
        by.setdefault(each.name, set()).add(each.by)
        signs.setdefault((each.name, each.by), set()).add(each.sign)
    by = {name: variables for name, variables in by.items() if not _is_known(name, variables, lexicon)}
    reach = {name: _reached(name, by, lexicon) for name in {*by, *(v for variables in by.values() for v in variables)}}
    for name, variables in by.items():
        twofold = any({"d", "\\partial"} <= signs[name, variable] for variable in variables)
        if name in reach[name] or twofold or len(variables) > MOST_VARIABLES:
            continue
        direct = sorted(v for v in variables if not any(v in reach[other] for other in variables - {v}))
        lexicon = lexicon.depending(name, *direct)
    return lexicon


def _is_known(name: str, variables: set[str], lexicon: Lexicon) -> bool:
    if name in _CONSTANTS or name in lexicon.variables or name in lexicon.worked_out:
        return True
    parameters = lexicon.parameters(name)
    if parameters is not None:
        return not parameters or variables <= set(parameters)
    if lexicon.dependence(name) is not None:
        return True
    return lexicon.definition(name) is not None and all(lexicon.depends(name, variable) for variable in variables)


def _reached(name: str, by: Mapping[str, set[str]], lexicon: Lexicon) -> set[str]:
    """All that a name depends on, by what is differentiated and by definitions."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        definition = lexicon.definition(current) if current not in by else None
        known = lexicon.dependence(current) or (free_variables(definition) if definition is not None else ())
        for variable in {*by.get(current, ()), *known} - reached:
            reached.add(variable)
            waiting.append(variable)
    return reached


def _is_array(node: Node, lexicon: Lexicon) -> bool:
    """Whether the node is a declared vector or matrix, or one of its entries."""
    base = node.base if isinstance(node, Subscript) else node
    if lexicon.products_keep_order and (lexicon.is_shaped(name_of(node)) or isinstance(node, Call)):
        return True
    return any(lexicon.array(name_of(part)) is not None for part in (node, base))


def dependent(name: str, lexicon: Lexicon, fixed: frozenset[str] = frozenset()) -> Form | None:
    """What a dependent name stands for: `y(u(x))`, or for `\\dot{x}` the derivative of `x(t)`; None of any other.

    The names `fixed` are variables at this place, because something is differentiated by them.
    """
    on = None if name in fixed else lexicon.dependence(name)
    if on is not None:
        return call(name, *(dependent(each, lexicon, fixed | {name}) or var(each) for each in on))
    for mark, order in _DOTS.items():
        base = name.removesuffix(mark)
        if base != name and name not in fixed and lexicon.dependence(base) == ("t",):
            return Form("diff", (call(base, var("t")), var("t"), num(order)))
    return None
