"""Where a form is defined, continuous and smooth: its requirements, discharged by the sign oracle."""

from __future__ import annotations

from derive.meaning.form import ZERO, Form, sub, subforms
from derive.verify.requirements import NEVER, sufficient
from derive.verify.signs import Signs

__all__ = ["continuous", "defined", "entails", "smooth", "unmet"]

JUMPING = frozenset({"floor", "ceiling", "sign", "Heaviside", "cases", "arg", "diff"})
KINKED = frozenset({"Abs", "Max", "Min"})
WHOLE = frozenset({"binomial", "fibonacci"})


def entails(signs: Signs, statement: Form) -> bool:
    """Whether the oracle proves the statement on the whole domain (where its terms are defined)."""
    head, args = statement.head, statement.args
    if head == "lt":
        return signs.less(*args)
    if head == "le":
        return signs.at_most(*args)
    if head == "ne":
        return signs.nonzero(args[0]) if args[1] == ZERO else signs.nonzero(sub(*args))
    if head == "eq":
        return signs.range(sub(*args)).point == 0
    if head == "and":
        return all(entails(signs, part) for part in args)
    if head == "or":
        return any(entails(signs, part) for part in args)
    return statement == Form("const", ("True",))


def unmet(form: Form, signs: Signs) -> tuple[Form, ...]:
    """The requirements of the form that the oracle does not prove; none means defined on the whole domain."""
    return tuple(s for s in sufficient(form, signs.integer) if not _met(s, signs))


def defined(form: Form, signs: Signs) -> bool:
    """Whether the form is shown to be defined at every point of the domain."""
    return not unmet(form, signs)


def continuous(form: Form, signs: Signs) -> bool:
    """Whether the form is shown to be defined and continuous in its real variables on the whole domain.

    Sums, products, powers and the known functions are continuous where they are defined; functions that jump are not.
    """
    return not any(part.head in JUMPING or part.head in WHOLE for part in subforms(form)) and defined(form, signs)


def smooth(form: Form, signs: Signs) -> bool:
    """Whether the form is shown to be analytic in its real variables on the whole domain.

    Its functions are analytic inside their real domains, so the requirements must hold strictly: roots of
    something positive, inverse sines of something strictly between -1 and 1.
    """
    if not continuous(form, signs) or any(
        part.head in KINKED and not _constant_sign(part, signs) for part in subforms(form)
    ):
        return False
    return all(_met(_strictly(s), signs) for s in sufficient(form, signs.integer))


def _constant_sign(kink: Form, signs: Signs) -> bool:
    if kink.head == "Abs":
        return signs.nonzero(kink.args[0])
    return len(kink.args) == 2 and signs.nonzero(sub(*kink.args))


def _strictly(statement: Form) -> Form:
    return Form("lt", statement.args) if statement.head == "le" else statement


def _met(statement: Form, signs: Signs) -> bool:
    return statement != NEVER and entails(signs, statement)
