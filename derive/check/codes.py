"""The rule codes of the checker: what each says, why, and an example, from which the manual and tests are made."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CODES", "Code", "code_page", "find_code", "severity_of"]


@dataclass(frozen=True, slots=True)
class Code:
    """A stable code: what it does, why, a page that earns it and one that does not.

    `example` and `better` are Markdown; empty where a page cannot show it.
    """

    code: str
    name: str
    severity: str
    what: str
    why: str
    example: str = ""
    better: str = ""


CODES: tuple[Code, ...] = (
    Code(
        "DRV101", "wrong-equality", "error",
        "The two sides of an equality differ at a point of the domain.",
        "Both sides were understood, are made of the same symbols, and have been evaluated rigorously at the point "
        "shown. No rounding and no guess is involved: the equality is false there.",
        r"$$(a + b)^2 = a^2 + a b + b^2$$",
        r"$$(a + b)^2 = a^2 + 2 a b + b^2$$",
    ),
    Code(
        "DRV102", "wrong-consequence", "error",
        "An equation does not follow from the one before it.",
        "A step from one equation to the next must keep its solutions. At the point shown the earlier equation holds "
        "and the later one does not.",
        "Solving for $p$ where $p \\in (0, 1)$:\n\n$$\\frac{p}{1 - p} = e^x \\Rightarrow p = e^x - e^x p "
        "\\Rightarrow p (1 - e^x) = e^x$$",
        "Solving for $p$ where $p \\in (0, 1)$:\n\n$$\\frac{p}{1 - p} = e^x \\Rightarrow p = e^x - e^x p "
        "\\Rightarrow p (1 + e^x) = e^x$$",
    ),
    Code(
        "DRV103", "wrong-inequality", "error",
        "An inequality fails at a point of the domain.",
        "Both sides were evaluated rigorously at the point shown, and they are the other way round.",
        r"For all $x \in \mathbb{R}$ we have $x^2 + 1 \ge 2 x + 1$.",
        r"For all $x \in \mathbb{R}$ we have $x^2 + 1 \ge 2 x$.",
    ),
    Code(
        "DRV104", "wrong-rounding", "error",
        "A decimal is not the rounded value of what it stands for.",
        "The exact value is enclosed in an interval that the decimal, rounded up or down in its last place, does not "
        "meet.",
        r"$\sqrt{2} \approx 1.514$",
        r"$\sqrt{2} \approx 1.414$",
    ),
    Code(
        "DRV201", "missing-condition", "warning",
        "An equality holds only under a condition which the page does not state.",
        "Where the condition fails, one side is undefined. State the condition in the text, or in a comment to the "
        "checker.",
        r"$$\frac{x^2 - 1}{x - 1} = x + 1$$",
        "For $x \\neq 1$ we have\n\n$$\\frac{x^2 - 1}{x - 1} = x + 1$$",
    ),
    Code(
        "DRV301", "undecided", "note",
        "A step was understood, but neither proved nor refuted.",
        "It lies beyond the methods of the checker, or ran out of time. It may be right or wrong.",
    ),
    Code(
        "DRV302", "needs-premise", "note",
        "The two sides can only be equal by something that the page does not say in a way that is understood.",
        "One side brings symbols that the other does not have and that are defined nowhere on the page. What is not "
        "said is not assumed; a comment `<!-- derive: given k = m/2 -->` says it.",
        "so that $E = T + V$ and in the end\n\n$$E - V = \\frac{1}{2} m v^2$$",
        "with $T = \\frac{1}{2} m v^2$ and $E = T + V$ we get\n\n$$E - V = \\frac{1}{2} m v^2$$",
    ),
    Code(
        "DRV303", "equation-or-identity", "note",
        "The two sides are equal at some points only, and nothing says that they should be equal everywhere.",
        "It reads as an equation to be solved or as a constraint. If an identity is meant, it is wrong.",
        r"$$x^2 + 1 = 2 x^3$$",
    ),
    Code(
        "DRV304", "unknown-operation", "note",
        "A step involves functions or operators about which nothing is known.",
        "The checker knows their names from the page, not their laws, so it cannot tell.",
        r"so that $$2 x \star y = x \star 2 y$$",
    ),
    Code(
        "DRV305", "attested", "note",
        "A computer algebra system agrees, no sample disagrees, and there is no proof.",
        "Such systems err, mostly on branch cuts; their word is reported as such.",
    ),
    Code(
        "DRV306", "undefined-macro", "note",
        "A part of a larger LaTeX document uses a macro that is defined nowhere in what was checked.",
        "What the macro stands for is not guessed. Check the main file, which draws in the definitions, or add them.",
    ),
    Code(
        "DRV307", "supposed-macro", "note",
        "Macros that are defined nowhere were read by custom, by a file beside the document, or by how they are used.",
        "What is proved with such a macro holds only if the macro stands for what the message says, and nothing is "
        "refuted with it. A definition, or a comment `<!-- derive: macro \\pl = \\partial -->`, settles it.",
        r"$$\frac{\pl}{\pl x} x^2 = 2 x$$",
        "<!-- derive: macro \\pl = \\partial -->\n\n$$\\frac{\\pl}{\\pl x} x^2 = 2 x$$",
    ),
    Code(
        "DRV401", "unread", "warning",
        "A formula could not be read.",
        "Unknown notation is never guessed and never passed. The message names the place and what was expected there.",
        r"$$x = \unknowncommand{3} +$$",
        r"$$x = 3$$",
    ),
    Code(
        "DRV501", "unreadable-file", "error",
        "A file is no text, too large, or no document of its kind.",
        "Nothing in it was checked.",
    ),
    Code(
        "DRV502", "missing-input", "warning",
        "A LaTeX source draws in a file that is not there.",
        "What stands in that file was not checked, and what it defines is not known. Check the main file from the "
        "folder it lies in, or take out the `\\input`.",
    ),
    Code(
        "DRV601", "unused-skip", "warning",
        "A skip comment silences nothing.",
        "The step it was written for now passes or is gone; the comment would hide the next fault there.",
        "<!-- derive: skip DRV101 reason=\"a model\" -->\n$$1 + 1 = 2$$",
        "$$1 + 1 = 2$$",
    ),
    Code(
        "DRV602", "unknown-comment", "warning",
        "A comment to the checker is not understood.",
        "Comments are `derive: given STATEMENT`, `derive: macro \\name = BODY`, "
        "`derive: skip [CODE…] [reason=\"…\"]` and `derive: skip-file`. One that is misspelled would be "
        "silently without effect.",
        "<!-- derive: ignore everything -->\n\n$1 + 1 = 2$",
        "<!-- derive: given x > 0 -->\n\n$1 + 1 = 2$",
    ),
)  # fmt: skip


def find_code(name: str) -> Code | None:
    """The code of that number or name, in any case."""
    wanted = name.strip().lower()
    return next((code for code in CODES if wanted in (code.code.lower(), code.name)), None)


def severity_of(code: str) -> str:
    """`error`, `warning` or `note`; a code that is in no table is a note."""
    found = find_code(code)
    return found.severity if found else "note"


def code_page(code: Code) -> str:
    """The manual's entry for a code, as Markdown."""
    parts = [f"# {code.code} {code.name}", f"**What it does.** {code.what}", f"**Why.** {code.why}"]
    if code.example:
        parts.append(f"**Example.**\n\n```markdown\n{code.example}\n```")
    if code.better:
        parts.append(f"**Instead.**\n\n```markdown\n{code.better}\n```")
    parts.append(f'Silence it at one place with `<!-- derive: skip {code.code} reason="…" -->` before the formula.')
    return "\n\n".join(parts) + "\n"
