"""Every format: which formulas are found, and that each stands in the file exactly where it is said to stand."""

from __future__ import annotations

import json

import pytest

from derive.read.document import Document
from derive.read.readers import DocumentError, decode, read_document

MARKDOWN = r"""---
title: $not = mathematics$
---

# A heading with $h$

Inline $a = b$ and \(c = d\), escaped \\(e = f\\), GitHub $`g = h`$, prices of $5 and $6, code `$x = 1$`.

$$
i = j
$$

> quoted
> $$
> k = l
> $$

```python
m = "$n = o$"
```

```math
p = q
```

```{math}
:label: first
r = s
```

- item
    \[ t = u \]

\begin{align}
v &= w \\
  &= x
\end{align}

<!-- $y = z$ -->
<!-- derive: given y > 0 -->
"""

TEX = r"""\documentclass{article}
\newcommand{\half}[1]{\frac{#1}{2}} % a macro
\DeclareMathOperator{\Var}{Var}
\begin{document}
\section{First}
Text $a = \half{b}$ and 50\% of $c = d$. % $e = f$ is a comment
% derive: given a > 0
\[ g = h \]
\begin{verbatim}
$i = j$
\end{verbatim}
\verb|$k = l$|
\begin{equation*} m = n \end{equation*}
\input{other}
\end{document}
$o = p$
"""

RST = r"""Title
=====

Inline :math:`a = b` and ``:math:`c = d```.

.. math::
   :label: eq

   e = f \\
     = g

   h = i

.. math:: j = k

.. code-block:: python

   x = "$l = m$"

Literal::

   $n = o$

.. derive: given a > 0
"""

HTML = r"""<html><head><title>$t = u$</title></head><body>
<h2>Part</h2>
<p>Inline \(a &lt; b\) and <code>\(c = d\)</code>.</p>
<script>var s = "$e = f$";</script>
<p>\[ g = h \]</p><!-- \(i = j\) -->
</body></html>
"""


def lines_of(document: Document, source: str) -> list[tuple[str, str]]:
    """Each formula and the text that stands in the source at its place."""
    rows = source.split("\n")
    found = []
    for formula in document.formulas:
        place = document.place(formula.start, formula.end)
        first = formula.text.split("\n")[0]
        found.append((first, rows[place.line - 1][place.column - 1 : place.column - 1 + len(first)]))
    return found


def texts(document: Document) -> list[str]:
    return [" ".join(formula.text.split()) for formula in document.formulas]


def test_markdown_dialects() -> None:
    document = read_document("page.md", MARKDOWN)
    assert texts(document) == [
        "h", "a = b", "c = d", "e = f", "g = h", "i = j", "k = l", "p = q", "r = s", "t = u",
        r"\begin{align} v &= w \\ &= x \end{align}",
    ]  # fmt: skip
    assert [comment.text for comment in document.comments] == ["given y > 0"]
    assert [heading.level for heading in document.headings] == [1]
    assert all(written == there for written, there in lines_of(document, MARKDOWN))


def test_latex_source() -> None:
    document = read_document("page.tex", TEX)
    assert texts(document) == [r"a = \half{b}", "c = d", "g = h", r"\begin{equation*} m = n \end{equation*}"]
    assert [definition.name for definition in document.definitions] == [r"\half", r"\Var"]
    assert document.definitions[0].parameters == 1
    assert [heading.title for heading in document.headings] == ["First"]
    assert [comment.text for comment in document.comments] == ["given a > 0"]
    assert all(written == there for written, there in lines_of(document, TEX))


def test_restructured_text() -> None:
    document = read_document("page.rst", RST)
    assert texts(document) == ["a = b", r"e = f \\ = g", "h = i", "j = k"]
    assert [comment.text for comment in document.comments] == ["given a > 0"]
    assert all(written == there for written, there in lines_of(document, RST))


def test_html() -> None:
    document = read_document("page.html", HTML)
    assert texts(document) == ["a < b", "g = h"]
    assert [heading.level for heading in document.headings] == [2]
    assert document.place(document.formulas[1].start, document.formulas[1].end).line == 5


@pytest.mark.parametrize("indent", [None, 1])
def test_notebook_places_are_those_of_the_file(indent: int | None) -> None:
    cells = [
        {"cell_type": "code", "source": ["x = '$a = b$'\n"], "outputs": [], "metadata": {}, "execution_count": None},
        {"cell_type": "markdown", "source": ["# Größe\n", "then $\\alpha = \\beta$\n", "and $c = d$"], "metadata": {}},
        {"cell_type": "raw", "source": "\\newcommand{\\half}{\\frac12}", "metadata": {}},
        {"cell_type": "markdown", "source": "$$\ne = f\n$$", "metadata": {}},
    ]
    source = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}, indent=indent)
    document = read_document("page.ipynb", source)
    assert texts(document) == [r"\alpha = \beta", "c = d", "e = f"]
    assert [definition.name for definition in document.definitions] == [r"\half"]
    rows = source.split("\n")
    for formula in document.formulas[:2]:
        place = document.place(formula.start, formula.end)
        encoded = json.dumps(formula.text)[1:-1]
        assert rows[place.line - 1][place.column - 1 : place.end_column - 1] == encoded
        assert place.cell == 2
    assert document.place(document.formulas[0].start, document.formulas[0].end).cell_line == 2


def test_plain_text_is_read_as_markdown() -> None:
    assert texts(read_document("page.txt", r"Then \( x = 1 \) holds.")) == ["x = 1"]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"\x00\x01\x02", "binary"), (b"\xff\xfe\xfa", "UTF-8"), (b"a" * 20_000_001, "more than")],
)
def test_what_is_no_text_ends_in_one_message(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        decode(data)


def test_what_is_no_notebook_ends_in_one_message() -> None:
    for text in ("{}", "[1, 2", '{"cells": 3}', '{"cells": [{"cell_type": "markdown", "source": 4}]}', "[" * 100_000):
        with pytest.raises(DocumentError, match="not a notebook"):
            read_document("page.ipynb", text)


@pytest.mark.parametrize(
    "text", ["$" * 50_001, r"\[" * 50_000, "\\begin{align}" * 20_000, "`" * 99_999, "<!--" * 50_000]
)
def test_delimiters_without_end_are_passed_over(text: str) -> None:
    for name in ("a.md", "a.tex", "a.rst", "a.html"):
        assert len(read_document(name, text).formulas) <= 1
