"""What of each dialect is mathematics and what only looks so; every formula stands where it is said to stand."""

from __future__ import annotations

import pytest

from derive.read.readers import read_document

MARKDOWN = {
    "front matter": ("---\ntitle: $a$\n---\n$x$", ["x"]),
    "role": ("{math}`x = 1`, `$a$` and a `{math}` word", ["x = 1"]),
    "role in code": ("`` {math}`a` `` and $x$", ["x"]),
    "directive": ("```{math}\n:label: one\n:nowrap:\nx = 1\n```", ["x = 1"]),
    "colon directive": (":::{math}\n:label: one\nx = 1\n:::", ["x = 1"]),
    "label": ("$$\nx = 1\n$$ (one)\n\n(target)=\n$y$", ["x = 1", "y"]),
    "theorem": ("```{prf:theorem} Title\n:label: one\n\nThen $x$.\n```\n$y$", ["x", "y"]),
    "nested directives": ("````{note}\n```{math}\nx\n```\n$y$\n````\n```python\n$a$\n```\n$z$", ["x", "y", "z"]),
    "admonition": ("::::{note}\n:::{tip} T\n$x$\n:::\n::::\n$y$", ["x", "y"]),
    "code cell": ("```{code-cell} python\na = '$a$'\n```\n$x$", ["x"]),
    "fences": ("~~~\n$a$\n~~~\n\n```tex\n$b$\n```\n$x$", ["x"]),
    "fence in a list": ("1. item\n\n   ```\n   $a$\n   ```\n\n   $x$", ["x"]),
    "GitHub": ("```math\nx\n```\n$`y`$", ["x", "y"]),
    "indented code": ("text\n\n    $a$\n\n$x$", ["x"]),
    "quote": ("> $x$\n> $$\n> y\n> $$", ["x", "y"]),
    "escapes": ("\\$a = b\\$ and $x$ for $5 or $6", ["x"]),
    "HTML": ("<pre>$a$</pre> <CODE>$b$</Code> <b>$x$</b> <!-- $c$ -->", ["x"]),
    "escaped brackets": ("\\\\[ x \\\\] and \\\\( y \\\\)", ["x", "y"]),
    "table": ("| a | b |\n|---|---|\n| $x$ | $y$ |", ["x", "y"]),
    "tag": ("$$ x \\tag{1} $$ {#eq:x}", ["x \\tag{1}"]),
}
RESTRUCTURED = {
    "role": (":math:`x = 1` and ``:math:`a```", ["x = 1"]),
    "directive": (".. math:: x\n\n.. math::\n   :label: one\n\n   y\n\n   z", ["x", "y", "z"]),
    "inside a note": (".. note::\n\n   .. math::\n\n      x\n\n   :math:`y`", ["x", "y"]),
    "comment": (".. :math:`a` is hidden\n   and :math:`b`\n\n..\n   :math:`c`\n\n:math:`x`", ["x"]),
    "what is no comment": (".. [1] :math:`x`\n.. |s| replace:: :math:`y`\n.. _target:\n\n:math:`z`", ["x", "y", "z"]),
    "literal block": ("Code::\n\n   :math:`a`\n\n:math:`x`", ["x"]),
    "code": (".. code-block:: rst\n\n   :math:`a`\n\n:math:`x`", ["x"]),
}
HTML = {
    "delimiters": (r"<p>\(x\) \[y\] $$z$$</p>", ["x", "y", "z"]),
    "entities": (r"\(a &lt; b &amp; c\)", ["a <    b &     c"]),
    "code": (r"<SCRIPT>'\(a\)'</SCRIPT><code>\(b\)</code><PRE class='x'>\(c\)</pre>\(x\)", ["x"]),
    "math scripts": (r"<script type='math/tex; mode=display'>x</script>", ["x"]),
    "comment": (r"<!-- \(a\) -->\(x\)", ["x"]),
}
CASES = [
    pytest.param(f"page.{ending}", text, wanted, id=f"{ending} {name}")
    for ending, table in (("md", MARKDOWN), ("rst", RESTRUCTURED), ("html", HTML))
    for name, (text, wanted) in table.items()
]


@pytest.mark.parametrize(("path", "text", "wanted"), CASES)
def test_formulas_of_each_dialect(path: str, text: str, wanted: list[str]) -> None:
    document = read_document(path, text)
    assert [formula.text.strip() for formula in document.formulas] == wanted
    if "&" not in text and ">" not in text:
        assert all(text[formula.start : formula.end] == formula.text for formula in document.formulas)
