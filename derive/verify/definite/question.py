"""An integral from 0 that is looked up in the tables, and what is asked about its integrand."""

from __future__ import annotations

from dataclasses import dataclass

from derive.meaning.form import Form, free_variables, var
from derive.model.context import Context
from derive.verify.balls import Undefined
from derive.verify.deadline import Deadline
from derive.verify.normal import Unsupported, normal_form
from derive.verify.signs import Signs

__all__ = ["Question"]


@dataclass(frozen=True, slots=True)
class Question:
    """An integral from 0 to `upper`; `inside` is the context between the limits, `signs` the oracle outside."""

    body: Form
    name: str
    upper: Form
    inside: Context
    signs: Signs
    deadline: Deadline

    @property
    def x(self) -> Form:
        return var(self.name)

    def free(self, form: Form) -> Form | None:
        """The form in normal form, if that is free of the variable."""
        if self.name not in free_variables(form):
            return form
        try:
            field, found = normal_form(form, Signs(self.inside, self.deadline), real=False, deadline=self.deadline)
            shown = field.form_of(found)
        except (Unsupported, Undefined):
            return None
        return None if self.name in free_variables(shown) else shown
