"""A derivation for a terminal: aligned Unicode lines, the reason and the verdict beside each."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass

from derive.render.view import DerivationView, Formula, Runs, StepView, VerdictView

_COLOURS = {
    "proved": "32", "assumed": "32", "conditional": "33", "attested": "33", "undecided": "33", "unread": "33",
    "skipped": "2", "refuted": "31;1",
}  # fmt: skip
_WIDEST_LINE = 46
_NARROWEST_REASON = 40


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


def verdict_text(verdict: VerdictView) -> str:
    """The mark, the status, and what has to be added to it, in one phrase."""
    words = f"{verdict.mark} {verdict.status}"
    if verdict.conditions:
        words += f" if {_joined(verdict.conditions)}"
    if verdict.counterexample:
        words += f": {verdict.counterexample}"
    return words


def layout(derivation: DerivationView, paint: Paint = Paint(), indent: str = "    ", columns: int = 100) -> str:
    """The derivation line by line, folded to so many columns, without a line break at its end."""
    arrow = max((width(_sign(step)) + 1 for step in derivation.steps if _sign(step)), default=0)
    column = min(_WIDEST_LINE, max((width(step.line.text) for step in derivation.steps), default=0))
    lines = []
    if derivation.given:
        lines.append(paint.faint(f"given {_joined(derivation.given)}"))
    lines.append(f"{indent}{' ' * arrow}{paint.strong(derivation.start.text)}")
    for step in derivation.steps:
        sign = _sign(step)
        line = f"{indent}{sign}{' ' * (arrow - width(sign))}{step.line.text}"
        lines.extend(_with_reason(line, step, len(indent) + arrow + column + 3, columns, paint))
    return "\n".join(lines)


def _with_reason(line: str, step: StepView, column: int, columns: int, paint: Paint) -> list[str]:
    """The line with its verdict and its reason from that column on; below it where the line is too long."""
    room = max(_NARROWEST_REASON, columns - column)
    verdict, *more = textwrap.wrap(verdict_text(step.verdict), room)
    beside_verdict = room - width(verdict) - 2
    reason = textwrap.wrap(_reason(step), beside_verdict) if beside_verdict >= _NARROWEST_REASON // 2 else []
    if more or not reason:
        reason = textwrap.wrap(_reason(step), room)
        painted = [paint.verdict(step.verdict.status, part) for part in (verdict, *more)]
        beside = [*painted, *(paint.faint(part) for part in reason)]
    else:
        gap = " " * (width(verdict) + 2)
        beside = [f"{paint.verdict(step.verdict.status, verdict)}  {paint.faint(reason[0])}"]
        beside += [gap + paint.faint(part) for part in reason[1:]]
    pad = " " * column
    free = column - width(line)
    first = [f"{line}{' ' * free}{beside[0]}"] if free > 0 else [line, pad + beside[0]]
    return first + [pad + part for part in beside[1:]]


def _reason(step: StepView) -> str:
    if step.conditions and not step.verdict.conditions:
        return f"{plain(step.says)} ({_joined(step.conditions)})"
    return plain(step.says)


def _sign(step: StepView) -> str:
    return {"iff": "⇔", "implies": "⇒"}.get(step.relation, "")


def _joined(formulas: tuple[Formula, ...]) -> str:
    return ", ".join(formula.text for formula in formulas)
