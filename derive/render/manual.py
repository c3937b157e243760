"""The manual of the rules: every row of the rule tables as an entry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby

from derive.model.rule import Rule
from derive.model.schema import FORMAT
from derive.render.formats import markup
from derive.render.prose import runs
from derive.render.templates import fill
from derive.render.view import Formula, Runs
from derive.render.viewing import written

__all__ = ["rules_document"]


@dataclass(frozen=True, slots=True)
class RuleView:
    """An entry of the manual; `line` is None for a rule that no single pattern says."""

    name: str
    says: Runs
    line: Formula | None
    when: tuple[Formula, ...]
    example: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class FamilyView:
    """The rules whose names begin with the same word."""

    title: str
    rules: tuple[RuleView, ...]


def rules_document(rules: Iterable[Rule], to: str, *, math: str = "dollars") -> str:
    """The entries of the rules as `text`, `md` or `json`, in the order of the tables."""
    chosen = tuple(rules)
    if to == "json":
        return json.dumps({"format": FORMAT, "rules": [asdict(rule) for rule in chosen]}, indent=2) + "\n"
    families = tuple(
        FamilyView(word.replace("_", " ").capitalize(), tuple(_entry(rule) for rule in group))
        for word, group in groupby(chosen, key=lambda rule: rule.name.split(".")[0])
    )
    template, chosen_markup = ("rules.md.j2", markup("md", math)) if to == "md" else ("rules.txt.j2", markup("txt"))
    return fill(template, chosen_markup, {"families": families})


def _entry(rule: Rule) -> RuleView:
    examples = tuple(written(formula) for formula in rule.example if formula)
    return RuleView(rule.name, runs(rule.says, written), _line(rule), tuple(written(c) for c in rule.when), examples)


def _line(rule: Rule) -> Formula | None:
    if not rule.left:
        return None
    left, right = written(rule.left), written(rule.right)
    return Formula(rf"{left.latex} \;\longrightarrow\; {right.latex}", f"{left.text}  →  {right.text}")
