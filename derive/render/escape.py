"""How plain text and formulas are written in each markup: the only place that knows what has to be escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from derive.render.view import Formula, Runs

if TYPE_CHECKING:
    from math_core import LatexToMathML

Write = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Markup:
    """A markup language: how it writes text, inline and displayed formulas, and the kinds of runs."""

    text: Write
    inline: Callable[[Formula], str]
    display: Callable[[Formula], str]
    strong: str
    em: str
    code: str

    def prose(self, runs: Runs) -> str:
        """A paragraph of runs in this markup."""
        return "".join(self._run(run.kind, run.text, run.formula) for run in runs)

    def cell(self, runs: Runs) -> str:
        """A cell of a Markdown table, where a bar would end the cell even inside a formula."""
        free = (replace(run, formula=_without_bars(run.formula)) if run.formula else run for run in runs)
        return self.prose(tuple(free))

    def _run(self, kind: str, text: str, formula: Formula | None) -> str:
        if formula is not None:
            return self.inline(formula)
        if kind == "code":
            return self.code.format(text if self.code.startswith("`") else self.text(text))
        written = self.text(text)
        return {"strong": self.strong, "em": self.em}.get(kind, "{}").format(written)


def _without_bars(formula: Formula) -> Formula:
    return replace(formula, latex=formula.latex.replace(r"\|", r"\Vert ").replace("|", r"\vert "))


# --- Markdown ----------------------------------------------------------------------------------------------


def markdown_text(text: str) -> str:
    """Text whose signs Markdown would read as markup, escaped."""
    return re.sub(r"([\\`*_<\[\]|])", r"\\\1", text)


@dataclass(frozen=True, slots=True)
class MathStyle:
    """What stands around mathematics in one dialect of Markdown."""

    says: str
    inline: tuple[str, str]
    display: tuple[str, str]


MATH_STYLES: dict[str, MathStyle] = {
    "brackets": MathStyle(r"\( \) and \[ \]", ("\\( ", " \\)"), ("\\[ ", " \\]")),
    "dollars": MathStyle("$ $ and $$ $$", ("$", "$"), ("$$ ", " $$")),
    "github": MathStyle("$` `$ and ```math fences", ("$`", "`$"), ("```math\n", "\n```")),
    "myst": MathStyle("$ $ and $$ on lines of their own", ("$", "$"), ("$$\n", "\n$$")),
}


def markdown(style: MathStyle) -> Markup:
    def wrap(ends: tuple[str, str]) -> Callable[[Formula], str]:
        return lambda formula: f"{ends[0]}{formula.latex}{ends[1]}"

    return Markup(markdown_text, wrap(style.inline), wrap(style.display), "**{}**", "*{}*", "`{}`")


# --- LaTeX -------------------------------------------------------------------------------------------------

_LATEX_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "✓": r"$\checkmark$", "✗": r"$\times$", "–": "--", "—": "---", "“": "``", "”": "''", "’": "'",
}  # fmt: skip


def latex_text(text: str) -> str:
    """Text as LaTeX; signs that pdflatex has no glyph for are written by their commands."""
    return "".join(_LATEX_SIGNS.get(sign, sign) for sign in text)


LATEX = Markup(
    latex_text,
    lambda formula: rf"\({formula.latex}\)",
    lambda formula: rf"\[ {formula.latex} \]",
    r"\textbf{{{}}}",
    r"\emph{{{}}}",
    r"\texttt{{{}}}",
)


# --- HTML --------------------------------------------------------------------------------------------------


@cache
def _mathml() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(annotation=True)


def mathml(latex: str, *, display: bool) -> str:
    """The formula as MathML with its LaTeX as annotation; as code where MathML has no way to write it."""
    from math_core import LatexError

    try:
        written: str = _mathml().convert_with_local_state(latex, displaystyle=display)
    except LatexError:
        return f'<code class="latex">{html.escape(latex)}</code>'
    return written


HTML = Markup(
    html.escape,
    lambda formula: mathml(formula.latex, display=False),
    lambda formula: mathml(formula.latex, display=True),
    "<strong>{}</strong>",
    "<em>{}</em>",
    "<code>{}</code>",
)


# --- plain text --------------------------------------------------------------------------------------------

PLAIN = Markup(str, lambda formula: formula.text, lambda formula: formula.text, "{}", "{}", "{}")
