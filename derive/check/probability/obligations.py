"""What the parts of a form need to have a value: what divides is not 0, what stands in a logarithm is positive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from derive.check.probability.heads import ALL, BIG, is_positive, items, joint
from derive.check.probability.normal import Normal
from derive.check.probability.polynomials import as_form
from derive.meaning.form import ZERO, Form, free_variables, substitute, var

__all__ = ["Needs", "conditions", "needs"]

EACH = "each "
Needs = dict[Form, Form]
"""What has to hold, as it is compared (letters that run named by what they run over) and as it is shown."""


def needs(normal: Normal, form: Form) -> Needs:
    """What has to hold so that a form, as it is written, has a value."""
    return dict(_found(normal, form, {}))


def _found(normal: Normal, form: Form, running: Mapping[str, Form]) -> Iterator[tuple[Form, Form]]:
    if form.head in BIG:
        body, letter, lower, upper = form.args
        yield from _found(normal, body, {**running, letter.name: _each(lower, upper)})
        return
    for need in _own(normal, form):
        used = free_variables(need) & running.keys()
        yield substitute(need, {name: running[name] for name in used}), _shown(need)
    for part in form.parts:
        yield from _found(normal, part, running)


def _shown(need: Form) -> Form:
    """What is needed with `i` for any of the values between bounds."""
    return substitute(need, {name: var("i") for name in free_variables(need) if name.startswith(EACH)})


def _each(lower: Form, upper: Form) -> Form:
    """Any of the values between bounds, as a letter."""
    return var(EACH if upper == ALL and lower == ALL else f"{EACH}{lower!r}, {upper!r}")


def _own(normal: Normal, form: Form) -> Iterator[Form]:
    """What the outermost operation of a form needs."""
    if form.head == "probability" and items(form.args[2]):
        yield from _factors(normal, joint(form.args[0], items(form.args[2]), items(form.args[3])))
    elif form.head == "pow" and form.args[1].head == "num" and form.args[1].value < 0:
        yield from _factors(normal, form.args[0])
    elif form.head == "log":
        yield from _factors(normal, form.args[0], positive=True)
    elif form.head == "mean":
        given = items(form.args[2])
        if given and all(each.head in ("eq", "in", "lt", "le", "not") for each in given):
            yield from _factors(normal, joint("P", given))


def _factors(normal: Normal, form: Form, *, positive: bool = False) -> Iterator[Form]:
    """What a form needs to be other than 0, or positive: of a product each factor that is not negative anyway."""
    polynomial = normal(form)
    if len(polynomial) != 1:
        whole = as_form(polynomial)
        if not is_positive(whole):
            yield Form("lt", (ZERO, whole)) if positive else Form("ne", (whole, ZERO))
        return
    ((factors, scale),) = polynomial.items()
    others: list[tuple[Form, int]] = []
    for each, exponent in factors:
        if each.head == "prod":
            body, letter, lower, upper = each.args
            yield from _factors(normal, substitute(body, {letter.name: _each(lower, upper)}), positive=positive)
        elif each.head == "joint":
            yield Form("lt", (ZERO, each))
        elif not is_positive(each):
            others.append((each, exponent))
    if positive and scale > 0 and len(others) == 1 and others[0][1] % 2:
        yield Form("lt", (ZERO, others[0][0]))
    elif positive and (others or scale < 0):
        yield Form("lt", (ZERO, as_form({tuple(others): scale})))
    elif not positive:
        yield from (Form("ne", (each, ZERO)) for each, _ in others)


def conditions(left: Needs, right: Needs, more: Iterable[Form] = ()) -> list[Form]:
    """What one side needs that the other does not, the weaker of two left out."""
    found = [need for need in left if not _follows(need, right)]
    found += [need for need in right if not _follows(need, left)]
    every = list(dict.fromkeys((*sorted(found, key=repr), *more)))
    for need in tuple(every):
        rest = [other for other in every if other != need]
        if _follows(need, rest):
            every = rest
    return list(dict.fromkeys(right.get(need, left.get(need, need)) for need in every))


def _follows(need: Form, given: Iterable[Form]) -> bool:
    """Whether a need holds where others do: a product is positive where its factors are, a power where its base is."""
    given = tuple(given)
    if any(_implies(other, need) for other in given):
        return True
    if need.head == "ne":
        return any(other == Form("lt", (ZERO, need.args[0])) for other in given)
    if need.head != "lt" or need.args[0] != ZERO:
        return False
    form = need.args[1]
    if form.head == "pow":
        return is_positive(form) or _follows(Form("lt", (ZERO, form.args[0])), given)
    parts = (Form("lt", (ZERO, part)) for part in form.parts)
    return is_positive(form) or (form.head == "mul" and all(_follows(part, given) for part in parts))


def _implies(other: Form, need: Form) -> bool:
    """Whether what holds makes a need hold: what is possible together is possible by itself."""
    if other == need:
        return True
    if need.head != "lt" or other.head != "lt" or need.args[1].head != "joint" or other.args[1].head != "joint":
        return False
    (family, of, by), (name, others, parameters) = need.args[1].args, other.args[1].args
    return bool(family == name and by == parameters and set(items(of)) <= set(items(others)))
