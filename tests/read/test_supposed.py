"""Macros that are defined nowhere: what their packages, custom and their uses say, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derive.read.quantities import quantity
from derive.read.supposed import supposed_macros
from derive.read.tex import read_tex
from derive.read.usage import fits, uses_of

FRACTIONS = r"$\frac{d L}{d t} = 1$ $\frac{@ L}{@ q}$ $\frac{@^2 L}{@ q @ p}$ $\frac{@}{@ x} f$"


def bodies(text: str, *beside: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """By macro: what it stands for, and the condition in words."""
    document = replace(read_tex("part.tex", text), written=text, beside=beside)
    found = supposed_macros(document, {d.name: d for d in document.definitions})
    return {each.definition.name: (each.definition.body, each.says) for each in found}


@pytest.mark.parametrize(
    ("text", "macro", "body", "says"),
    [
        (r"$\mathd x$", r"\mathd", r"\mathrm{d}", ""),
        (r"$\qty(x + 1)$", r"\qty", "", ""),
        (r"$\vb{r}_1 + \vb{\omega}$", r"\vb", r"\mathbf{#1}", ""),
        (r"$\eps^2$", r"\eps", r"\varepsilon", r"\eps stands for \varepsilon"),
        (r"$x \Ind(x = 1) + \Ind_{A}$", r"\Ind", r"\mathbf{1}", r"\Ind stands for \mathbf{1}"),
        (r"$\tp(x) = \frac{\tp(x)}{2}$", r"\tp", r"\tilde{p}", r"\tp stands for \tilde{p}"),
        (r"$G = (\Xc, E)$", r"\Xc", r"\mathcal{X}", r"\Xc stands for \mathcal{X}"),
        (r"$\mbf{r} + \mbf{OO_1}$", r"\mbf", r"\mathbf{#1}", r"\mbf stands for \mathbf"),
        (r"$A^\trans B^{\trans}$", r"\trans", r"\mathrm{T}", r"\trans stands for \mathrm{T}"),
        (r"$\ddt \frac{1}{x}$", r"\ddt", r"\frac{\mathrm{d}}{\mathrm{d} t}", None),
        (r"$\pder{f}{x} + \pder[2]{f}{y}$", r"\pder", r"\frac{\partial^{#1} #2}{\partial #3^{#1}}", None),
        (r"$\int f \dx$", r"\dx", r"\mathrm{d} x", None),
        (FRACTIONS.replace("@", r"\foo"), r"\foo", r"\partial", r"\foo stands for \partial"),
        (FRACTIONS[len("$\\frac{d L}{d t} = 1$ ") :].replace("@", r"\foo"), r"\foo", r"\mathrm{d}", None),
        (r"$\zbold{a}$ $\zbold{b}$ $\zbold{c}$ $\zbold{d}$ $\zbold{a}$ $\zbold{e}$", r"\zbold", r"\mathbf{#1}", None),
        (r"$\W f$, $\W g$, $(\W h)^2$, $\W \cdot A$, $\W \times A$, $\W \times B$", r"\W", r"\nabla", None),
    ],
)
def test_a_macro_is_read_by_its_package_by_custom_or_by_its_uses(
    text: str, macro: str, body: str, says: str | None
) -> None:
    found = bodies(text)
    assert found[macro][0] == body
    assert says is None or found[macro][1] == says


@pytest.mark.parametrize(
    "text",
    [
        r"$\foo x + \foo y$",
        r"$\foo{x} + \foo{y}$",
        r"$\frac{\foo}{\foo + 1} + \frac{\foo}{\foo + 2} + \frac{\foo}{\foo + 3}$",
        r"$\frac{\foo L}{\foo q} + \frac{\foo L}{\foo p} + \frac{1}{\foo x} + \frac{2}{\foo x}$",
        r"$\mbf{x + y}$ and $\mbf{a - b}$",
        r"$\pder{f}{x + y}$",
        r"$\trans x$",
        r"$\foo \cdot x$, $x \foo$, $\foo$, $x \foo = 1$, $\foo \times a$, $a = \foo$",
        r"$\Var{X} \Varx{X} \Varx{Y} \Varx{Z} \Varx{W} \Varx{A} \Varx{B}$",
        r"\newcommand{\eps}{e} $\eps$",
    ],
)
def test_a_macro_whose_uses_do_not_decide_is_left_alone(text: str) -> None:
    assert not bodies(text)


def test_the_document_decides_between_packages_and_files_beside_it_between_customs() -> None:
    use = r"$\foo{x}$ $\eps$ $\dif x$"
    preamble = r"\documentclass{book}\newcommand{\foo}[1]{\tilde{#1}}\newcommand{\eps}{\epsilon}"
    found = bodies(use, ("main.tex", preamble))
    assert found[r"\foo"] == (r"\tilde{#1}", r"\foo is what main.tex defines")
    assert found[r"\eps"][0] == r"\epsilon"
    assert found[r"\dif"] == (r"\mathrm{d}", "")
    other = (preamble.replace("tilde", "bar"), preamble)
    assert r"\foo" not in bodies(use, ("a.tex", other[0]), ("b.tex", other[1]))


def test_quaternions_have_no_imaginary_unit() -> None:
    assert r"\mathi" in bodies(r"$x + \mathi y$")
    assert r"\mathi" not in bodies(r"$\mathi \mathj = \mathk$")


def test_uses_in_other_parts_count() -> None:
    beside = ("two.tex", FRACTIONS.replace("@", r"\foo"))
    assert bodies(r"$\frac{\foo L}{\foo q}$", beside)[r"\foo"][0] == r"\mathrm{d}"
    assert r"\eps" not in bodies(r"$\eps$", ("two.tex", r"$\eps{x}$"))


@pytest.mark.parametrize(
    ("command", "arguments", "written"),
    [
        (r"\num", ("1.5e-3",), r"1.5 \cdot 10^{-3}"),
        (r"\num", ("e-3",), r"10^{-3}"),
        (r"\ang", ("30",), r"\left((30) \cdot \frac{\pi}{180}\right)"),
        (r"\ang", ("1;30;",), r"\left((1 + \frac{30}{60}) \cdot \frac{\pi}{180}\right)"),
        (
            r"\SI",
            ("3", r"\meter\per\second\squared"),
            r"\left(3 \cdot \mathrm{metre} \cdot \mathrm{second}^{-2}\right)",
        ),
        (r"\qty", ("2", r"\kilo\metre"), r"\left(2 \cdot 10^{3} \cdot \mathrm{metre}\right)"),
        (r"\SI", ("2", "m/s"), r"\left(2 \cdot \mathrm{metre} \cdot \mathrm{second}^{-1}\right)"),
        (r"\SI", ("x", r"\metre"), None),
        (r"\SI", ("3", r"\furlong"), None),
        (r"\num", ("",), None),
    ],
)
def test_quantities_are_numbers_and_units(command: str, arguments: tuple[str, ...], written: str | None) -> None:
    assert quantity(command, arguments) == written


def test_a_use_knows_its_neighbours() -> None:
    (use, second) = uses_of([r"\begin{aligned} \ds x \\[1ex] \ds y \end{aligned}"], [r"\ds"])[r"\ds"]
    assert (use.before, second.before, use.after) == ("\\\\", "\\\\", "x")
    assert fits((use, second), "style")
    assert not fits(uses_of([r"x \ds y"], [r"\ds"])[r"\ds"], "style")
