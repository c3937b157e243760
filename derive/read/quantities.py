"""Numbers, angles and units of the siunitx package as plain LaTeX: `\\SI{5e3}{\\metre}`, `\\num{e-3}`, `\\ang{30}`."""

from __future__ import annotations

import re

__all__ = ["QUANTITIES", "quantity"]

QUANTITIES: dict[str, int] = {
    "\\SI": 2, "\\qty": 2, "\\num": 1, "\\ang": 1, "\\si": 1, "\\unit": 1,
}  # fmt: skip
"""The commands and how many arguments they have (after an optional one)."""

_NUMBER = re.compile(r"([-+]?)(\d[\d ]*(?:[.,]\d+)?|[.,]\d+)?(?:[eEdD]([-+]?\d+))?")
_UNITS = {
    "m": "metre", "s": "second", "kg": "kilogram", "g": "gram", "N": "newton", "J": "joule", "W": "watt",
    "Pa": "pascal", "Hz": "hertz", "V": "volt", "A": "ampere", "K": "kelvin", "C": "coulomb", "T": "tesla",
    "rad": "radian", "h": "hour", "d": "day", "L": "litre", "l": "litre", "eV": "electronvolt", "F": "farad",
    "H": "henry", "min": "minute", "meter": "metre", "liter": "litre",
}  # fmt: skip
"""Short and other names of units."""
_WORDS = frozenset({*_UNITS.values(), "mole", "ohm", "steradian", "candela", "becquerel", "day"})
_DEGREES = frozenset({"degree", "deg", "arcdegree"})
_PREFIXES = {
    "kilo": 3, "mega": 6, "giga": 9, "tera": 12, "hecto": 2, "deca": 1, "deci": -1, "centi": -2, "milli": -3,
    "micro": -6, "nano": -9, "pico": -12, "femto": -15,
}  # fmt: skip
_POWERS = {"squared": 2, "cubed": 3}
_POWERS_OF_NEXT = {"square": 2, "cubic": 3}
_SPLIT = re.compile(r"\\([A-Za-z]+)\s*|\^\s*\{?(-?\d)\}?\s*|([A-Za-z]+)|(\\?[.~/()\s])")


def quantity(command: str, arguments: tuple[str, ...]) -> str | None:
    """The LaTeX of a number, an angle or a quantity; None where an argument is not understood.

    Units are words of their own, so that a metre is no mass m.
    """
    if command == "\\num":
        return _number(arguments[0])
    if command == "\\ang":
        return _angle(arguments[0])
    if command in ("\\si", "\\unit"):
        unit = _unit(arguments[0])
        return rf"\left({unit}\right)" if unit else unit
    number, unit = _number(arguments[0]), _unit(arguments[1])
    if number is None or unit is None:
        return None
    return rf"\left({number} \cdot {unit}\right)" if unit else number


def _number(text: str) -> str | None:
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not (found[2] or found[3]):
        return None
    sign, digits, exponent = found[1].replace("+", ""), (found[2] or "").replace(" ", "").replace(",", "."), found[3]
    power = f"10^{{{int(exponent)}}}" if exponent else ""
    return sign + (rf"{digits} \cdot {power}" if digits and power else digits or power)


def _angle(text: str) -> str | None:
    """Degrees, or degrees, minutes and seconds parted by semicolons, as a number."""
    parts = [_number(part) if part.strip() else "0" for part in text.split(";")]
    if len(parts) > 3 or None in parts:
        return None
    terms = [f"{part}" if not scale else rf"\frac{{{part}}}{{{60**scale}}}" for scale, part in enumerate(parts)]
    terms = [term for place, term in enumerate(terms) if not place or parts[place] != "0"]
    return rf"\left(({' + '.join(terms)}) \cdot \frac{{\pi}}{{180}}\right)"


def _unit(text: str) -> str | None:
    """The product of units with their prefixes and powers; what follows a `\\per` or a slash is divided by."""
    factors: list[str] = []
    divides = bracket = False
    scale, power = 0, 1
    position = 0
    while position < len(text):
        found = _SPLIT.match(text, position)
        if found is None:
            return None
        position = found.end()
        if found[4]:
            sign = found[4].strip("\\ ~.")
            bracket = (bracket or sign == "(") and sign != ")"
            divides = sign in ("/", "(") and (divides or sign == "/") if sign else divides and bracket
            continue
        if found[2] or found[1] in _POWERS:
            if not factors:
                return None
            raised = int(found[2]) if found[2] else _POWERS[found[1]]
            base, _, own = factors[-1].rpartition("^")
            factors[-1] = f"{base}^{{{int(own.strip('{}')) * raised}}}"
            continue
        name = found[1] or found[3]
        if found[1] == "cdot":
            continue
        if found[1] == "per":
            divides = True
        elif found[1] in _PREFIXES:
            scale = _PREFIXES[found[1]]
        elif found[1] in _POWERS_OF_NEXT:
            power = _POWERS_OF_NEXT[found[1]]
        elif (word := _UNITS.get(name, name)) in _WORDS or word in _DEGREES:
            sign = -1 if divides else 1
            if scale:
                factors.append(f"10^{{{scale * sign * power}}}")
            base = rf"\mathrm{{{word}}}" if word in _WORDS else r"\left(\frac{\pi}{180}\right)"
            factors.append(f"{base}^{{{sign * power}}}")
            divides, scale, power = divides and bracket, 0, 1
        else:
            return None
    return r" \cdot ".join(factors).replace("^{1}", "")
