"""What macros stand for that are defined nowhere in a document: by package, by custom, or by how they are used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from derive.notation.reader import KNOWN_COMMANDS
from derive.read.customs import customary
from derive.read.document import Document
from derive.read.flatten import FLATTENED
from derive.read.macros import Definition, find_definitions
from derive.read.packages import PACKAGES, Row
from derive.read.tex import read_tex, without_hidden
from derive.read.usage import Usage, Use, fits, is_letter, is_sign, uses_of

__all__ = ["Supposed", "supposed_macros"]

PAIRS = 3
"""Fractions that a sign of no customary name must head in both parts to count as one of differentiation."""
MANY = 6
DIFFERENT = 4
"""Uses, and different letters in them, from which on a command around letters is a font or an accent."""

_COMMAND = re.compile(r"\\[A-Za-z]+")
_USES = re.compile(r"\\usepackage\s*(?:\[[^\]]*\])?\s*\{([^{}\n]+)\}")
_ORDINARY = re.compile(r"\\[dt]?frac\s*\{\s*(?:d(?![A-Za-z]{2})|\\(?:mathrm|text|rm)\s*\{?\s*d|\{\s*\\rm\s+d|\\mathd)")
_HINTS = {
    "bf": r"\mathbf", "bold": r"\mathbf", "vec": r"\mathbf", "cal": r"\mathcal", "scr": r"\mathscr",
    "frak": r"\mathfrak", "hat": r"\hat", "bar": r"\bar", "tild": r"\tilde", "rm": r"\mathrm",
}  # fmt: skip
_QUATERNION = frozenset({"\\mathj", "\\mathk"})


@dataclass(frozen=True, slots=True)
class Supposed:
    """A macro with a meaning that the document does not give; `says` is the condition, empty where there is none."""

    definition: Definition
    says: str = ""


def supposed_macros(document: Document, definitions: Mapping[str, Definition]) -> tuple[Supposed, ...]:
    """The macros of a document that have no definition and a meaning all the same, in alphabetical order.

    The uses in all of the document count, and those in other parts of the same larger document.
    """
    texts = tuple(formula.text for formula in document.formulas)
    bodies = tuple(definition.body for definition in definitions.values())
    missing = {name for text in (*texts, *bodies) for name in _COMMAND.findall(text)}
    missing -= KNOWN_COMMANDS | FLATTENED | definitions.keys()
    if not missing:
        return ()
    usage: dict[str, tuple[Use, ...]] = dict(uses_of((*texts, *bodies), missing))
    for _, text in document.beside:
        if "\\documentclass" not in text:
            for name, uses in _uses_beside(text).items():
                if name in missing:
                    usage[name] = (*usage.get(name, ()), *uses)
    evidence = _Evidence(document, usage, any(map(_ORDINARY.search, texts)))
    found = (evidence.supposed(name) for name in sorted(missing & usage.keys()))
    return tuple(each for each in found if each is not None)


@lru_cache(maxsize=64)
def _uses_beside(text: str) -> Usage:
    """The uses of all commands without a meaning of their own in another part."""
    texts = tuple(formula.text for formula in read_tex("", text).formulas)
    names = {name for formula in texts for name in _COMMAND.findall(formula)} - KNOWN_COMMANDS - FLATTENED
    return uses_of(texts, names)


@lru_cache(maxsize=64)
def _definitions_beside(text: str) -> tuple[Definition, ...]:
    return tuple(find_definitions(without_hidden(text)))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The document, how its macros are used, and whether it has a sign for ordinary derivatives besides."""

    document: Document
    usage: Usage
    has_ordinary: bool

    def supposed(self, name: str) -> Supposed | None:
        """What a macro stands for by a package, a file beside the document, custom or its uses, in this order."""
        uses = self.usage[name]
        packaged = [row for package in self._packages() for row in PACKAGES[package] if name[1:] in row.names.split()]
        row = next((row for row in packaged if fits(uses, row.form)), None)
        beside = None if row is not None and self._is_declared(row) else self._beside(name)
        if beside is not None:
            return beside
        if row is not None and not (name == "\\mathi" and not _QUATERNION.isdisjoint(self.usage)):
            return Supposed(_definition(name, row))
        row = next((row for row in customary(name[1:]) if fits(uses, row.form)), None) or self._inferred(name, uses)
        return None if row is None else Supposed(_definition(name, row), f"{_said(name, row)}")

    def _packages(self) -> Iterator[str]:
        """The packages that the document names, and after them all others."""
        named = [name.strip() for found in _USES.findall(self.document.written) for name in found.split(",")]
        return iter(dict.fromkeys([*(name for name in named if name in PACKAGES), *PACKAGES]))

    def _is_declared(self, row: Row) -> bool:
        named = {name.strip() for found in _USES.findall(self.document.written) for name in found.split(",")}
        return any(row in PACKAGES[name] for name in named if name in PACKAGES)

    def _beside(self, name: str) -> Supposed | None:
        """The definition that files beside the document give, if they agree on one."""
        found = {
            (each.parameters, each.default, each.body): (path, each)
            for path, text in self.document.beside
            for each in _definitions_beside(text)
            if each.name == name
        }
        if len(found) != 1:
            return None
        path, definition = next(iter(found.values()))
        return Supposed(definition, f"{name} is what {PurePath(path).name} defines")

    def _inferred(self, name: str, uses: tuple[Use, ...]) -> Row | None:
        """A sign of differentiation, a font around letters, or the sign nabla: by all that the macro is used for."""
        if is_sign(uses, PAIRS):
            return Row(name[1:], "sign", r"\partial" if self.has_ordinary else r"\mathrm{d}")
        if len(uses) < MANY:
            return None
        if _wraps_letters(uses):
            font = next((font for hint, font in _HINTS.items() if hint in name.lower()), None)
            marked = 4 * sum(use.behind == "_" for use in uses) >= len(uses)
            if font is not None or marked:
                return Row(name[1:], "letter", f"{font or chr(92) + 'mathsf'}{{#1}}", 1)
        if fits(uses, "plain") and fits(uses, "before"):
            multiplied = sum(use.after in ("\\cdot", "\\times") for use in uses)
            if multiplied and len(uses) - multiplied >= 2:
                return Row(name[1:], "before", r"\nabla")
        return None


def _wraps_letters(uses: Iterable[Use]) -> bool:
    """Whether a command always takes one braced name, and many different ones."""
    uses = tuple(uses)
    names = {use.arguments[0] for use in uses if use.arguments}
    return fits(uses, "letter") and all(use.arguments for use in uses) and sum(map(is_letter, names)) >= DIFFERENT


def _definition(name: str, row: Row) -> Definition:
    return Definition(name, row.parameters, row.default, row.body, "", 0, 0)


def _said(name: str, row: Row) -> str:
    """The condition in words: `\\pl stands for \\partial`."""
    if row.form == "letter" and row.body.endswith("{#1}"):
        font = row.body.removesuffix("{#1}")
        return f"{name} stands for {font}" if font != "\\mathsf" else f"{name} is a font or an accent"
    letters = ("", "f", "x") if row.default is not None else ("x", "y")
    body = row.body
    for number, letter in enumerate(letters, 1):
        body = body.replace(f"#{number}", letter)
    arguments = "".join(f"{{{letter}}}" for letter in letters[: row.parameters] if letter)
    return f"{name}{arguments} stands for {body.replace('^{}', '') or 'nothing'}"
