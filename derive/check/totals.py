"""Total differentials: `d(x y) = x dy + y dx`, linear in the differentials of letters, worked out by the rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.meaning.form import MINUS_ONE, ONE, ZERO, Form, add, mul, power, rebuild, subforms, var

__all__ = ["NoDifferential", "has_totals", "without_totals"]

TOTAL = "d"
_MARK = "__d"
_OPERATIONS = frozenset({"sum"})
_UNKNOWN = frozenset({"opaque", "matrix", "int", "limit", "subs", "prod", "cases", "diff", "tuple", "set"})


class NoDifferential(Exception):
    """Something has no differential that is known."""


def has_totals(form: Form) -> bool:
    return any(part.head == "opaque" and part.args[0] == TOTAL for part in subforms(form))


def without_totals(left: Form, right: Form) -> tuple[Form, Form, tuple[str, ...]]:
    """Both sides with each differential in terms of those of letters, and the letters taken to be constant.

    A letter varies if its own differential is written somewhere; whatever the others are differentiated as, their
    differentials count as 0.  Raises NoDifferential.
    """
    parts = [part.args[1] for side in (left, right) for part in subforms(side) if _is_total(part)]
    varying = {name for part in parts if (name := _letter(part)) is not None}
    if not varying:
        raise NoDifferential
    work = _Work(frozenset(varying))
    sides = (work.value(left), work.value(right))
    return *sides, tuple(sorted(work.constant))


def _is_total(form: Form) -> bool:
    return form.head == "opaque" and form.args[0] == TOTAL


def _letter(form: Form) -> str | None:
    """The letter that a differential is of, that of an entry too."""
    if form.head == "index" and form.args[0].head == "var":
        return str(form.args[0].name)
    return form.name if form.head == "var" else None


@dataclass(slots=True)
class _Work:
    """Differentials worked out; `constant` collects the letters whose differential was taken to be 0."""

    varying: frozenset[str]
    constant: set[str] = field(default_factory=set)

    def value(self, form: Form) -> Form:
        """The form with its differentials worked out."""
        if _is_total(form):
            return self.total(form.args[1])
        if not has_totals(form):
            return form
        return rebuild(form.head, tuple(self.value(arg) if isinstance(arg, Form) else arg for arg in form.args))

    def total(self, form: Form) -> Form:
        """The total differential, by linearity, the product rule and the chain rule."""
        head, args = form.head, form.args
        if head in ("num", "const"):
            return ZERO
        letter = _letter(form)
        if letter is not None:
            if letter not in self.varying:
                self.constant.add(letter)
                return ZERO
            changed = var(letter + _MARK)
            return changed if head == "var" else Form("index", (changed, *args[1:]))
        if head == "add":
            return add(ZERO, *map(self.total, form.parts))
        if head == "mul":
            return add(ZERO, *(mul(*args[:i], self.total(part), *args[i + 1 :]) for i, part in enumerate(form.parts)))
        if head == "pow" and args[1].head == "num":
            base, exponent = form.parts
            return mul(exponent, power(base, add(exponent, MINUS_ONE)), self.total(base))
        if head in _OPERATIONS:
            return Form(head, (self.total(args[0]), *args[1:]))
        if head in _UNKNOWN or head == "index":
            raise NoDifferential
        return self._chained(form)

    def _chained(self, form: Form) -> Form:
        """That of a function: each derivative at the arguments, times the differential of the argument."""
        found: list[Form] = []
        places = [place for place, arg in enumerate(form.args) if isinstance(arg, Form)]
        for place in places:
            inner = self.total(form.args[place])
            if inner == ZERO:
                continue
            fresh = var("argument__")
            outer = Form(form.head, (*form.args[:place], fresh, *form.args[place + 1 :]))
            found.append(mul(Form("subs", (Form("diff", (outer, fresh, ONE)), fresh, form.args[place])), inner))
        return add(ZERO, *found)
