"""A derivation for a terminal: aligned Unicode lines, the reason and the verdict beside each."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from derive.render.view import DerivationView, Formula, Runs, StepView, VerdictView

_COLOURS = {
    "proved": "32", "assumed": "32", "conditional": "33", "attested": "33", "undecided": "33", "unread": "33",
    "skipped": "2", "refuted": "31;1",
}  # fmt: skip
_WIDEST_LINE = 46


@dataclass(frozen=True, slots=True)
class Paint:
    """Whether text is coloured, which only a terminal without NO_COLOR shows."""

    on: bool = False

    def verdict(self, status: str, text: str) -> str:
        return self._in(_COLOURS.get(status, "0"), text)

    def faint(self, text: str) -> str:
        return self._in("2", text)

    def strong(self, text: str) -> str:
        return self._in("1", text)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on else text


def width(text: str) -> int:
    """Columns a text takes on a terminal: combining marks take none, wide signs two."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def plain(runs: Runs) -> str:
    return "".join(run.formula.text if run.formula else run.text for run in runs)


def verdict_text(verdict: VerdictView, paint: Paint = Paint()) -> str:
    """The mark, the status, and what has to be added to it, in one phrase."""
    words = f"{verdict.mark} {verdict.status}"
    if verdict.conditions:
        words += f" if {_joined(verdict.conditions)}"
    if verdict.counterexample:
        words += f": {verdict.counterexample}"
    return paint.verdict(verdict.status, words)


def layout(derivation: DerivationView, paint: Paint = Paint(), indent: str = "    ") -> str:
    """The derivation line by line, without a line break at its end."""
    arrow = max((width(_sign(step)) for step in derivation.steps), default=0)
    pad = " " * (arrow + 1) if arrow else ""
    column = min(_WIDEST_LINE, max((width(step.line.text) for step in derivation.steps), default=0))
    lines = []
    if derivation.given:
        lines.append(paint.faint(f"given {_joined(derivation.given)}"))
    lines.append(f"{indent}{pad}{paint.strong(derivation.start.text)}")
    for step in derivation.steps:
        lines.extend(_step(step, arrow, column, indent, paint))
    return "\n".join(lines)


def _step(step: StepView, arrow: int, column: int, indent: str, paint: Paint) -> list[str]:
    sign = _sign(step)
    lead = f"{indent}{sign}{' ' * (arrow - width(sign) + 1)}" if arrow else indent
    reason = plain(step.says)
    if step.conditions and not step.verdict.conditions:
        reason += f" ({_joined(step.conditions)})"
    beside = f"{paint.faint(reason)}  {verdict_text(step.verdict, paint)}"
    gap = column - width(step.line.text)
    if gap >= 0:
        return [f"{lead}{step.line.text}{' ' * gap}   {beside}"]
    return [f"{lead}{step.line.text}", f"{' ' * len(indent)}{' ' * (column + 4 + arrow)}{beside}"]


def _sign(step: StepView) -> str:
    return {"iff": "⇔", "implies": "⇒"}.get(step.relation, "")


def _joined(formulas: tuple[Formula, ...]) -> str:
    return ", ".join(formula.text for formula in formulas)
