"""Names: a symbol on the page (`\\lambda`, `x_1`, `\\hat{x}`) and how SymPy names it (`lamda`, `x_1`, `x_hat`)."""

from __future__ import annotations

import re

from derive.notation.tree import (
    Accented,
    Differential,
    Group,
    Link,
    Listing,
    Node,
    Number,
    Power,
    Primed,
    Product,
    Relation,
    Styled,
    Subscript,
    Symbol,
    Word,
)

__all__ = ["GREEK", "LABELS", "is_letter", "is_primed", "name_of", "node_of", "primed_name"]

_GREEK_LETTERS = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi "
    "psi omega varepsilon vartheta varpi varrho varsigma varphi varkappa Gamma Delta Theta Lambda Xi Pi Sigma Upsilon "
    "Phi Psi Omega varGamma varDelta varTheta varLambda varPi varSigma varPhi varPsi varOmega ell hbar "
    "imath jmath"
)
GREEK = {f"\\{letter}": {"lambda": "lamda"}.get(letter, letter) for letter in _GREEK_LETTERS.split()}
"""LaTeX command to name; SymPy avoids Python's keyword `lambda`."""

_COMMANDS = {name: command for command, name in GREEK.items()}

_ACCENTS = {
    "\\hat": "hat", "\\widehat": "hat", "\\bar": "bar", "\\overline": "bar", "\\tilde": "tilde",
    "\\widetilde": "tilde", "\\vec": "vec", "\\dot": "dot", "\\ddot": "ddot", "\\breve": "breve",
    "\\underline": "", "\\check": "check", "\\acute": "acute", "\\grave": "grave", "\\overrightarrow": "vec",
}  # fmt: skip
_FONTS = {
    "\\mathbf": "bold", "\\boldsymbol": "bold", "\\bm": "bold", "\\pmb": "bold", "\\bf": "bold",
    "\\mathcal": "cal", "\\mathscr": "scr", "\\mathfrak": "frak", "\\mathbb": "bb", "\\mathsf": "sf",
    "\\mathtt": "tt",
}  # fmt: skip
_PLAIN_FONTS = frozenset({"\\mathrm", "\\mathit", "\\mathnormal", "\\text", "\\textit", "\\textrm", "\\operatorname"})
_STARS = {"*": "star", "\\ast": "star", "\\star": "star", "\\dagger": "dagger", "+": "pos", "-": "neg"}

_SIGNS = {"*": "ast", "+": "plus", "-": "minus", "\\infty": "infty"}
_ACCENT_COMMANDS = {"hat": "\\hat", "bar": "\\bar", "tilde": "\\tilde", "vec": "\\vec", "dot": "\\dot"} | {
    name: command for command, name in _ACCENTS.items() if name not in ("hat", "bar", "tilde", "vec", "dot")
}
_FONT_COMMANDS = {"bold": "\\mathbf"} | {name: cmd for cmd, name in _FONTS.items() if name != "bold"}
_STAR_COMMANDS = {"star": "*", "dagger": "\\dagger", "pos": "+", "neg": "-"}
_CHANGES = {"\\Delta": "step", "\\delta": "shift"}
_CHANGE_COMMANDS = {name: command for command, name in _CHANGES.items()}
_MARKS = frozenset({"prime", *_ACCENT_COMMANDS, *_FONT_COMMANDS, *_STAR_COMMANDS, *_CHANGE_COMMANDS})
_PRIMED = re.compile(r"prime(\d?)\Z")
LABELS = {"(": "sup", "[": "sqr"}
"""What labels in round and square brackets above a letter are called: `x^{(1)}` is `x_sup1`."""

_ARROWED_INDEX = re.compile(r"(\d+|[A-Za-z])to(\d+|[A-Za-z])\Z")
_IDENTIFIER = re.compile(r"[A-Za-z]\w*\Z")


def is_letter(node: Node) -> bool:
    """Whether the node is a single letter, Latin or Greek."""
    return isinstance(node, Symbol) and (node.name in GREEK or (len(node.name) == 1 and node.name.isalpha()))


def name_of(node: Node) -> str | None:
    """The name of what is written like one symbol (`x`, `\\hat{x}_1`, `\\mathbf{w}`, `x^*`), None of anything else."""
    if isinstance(node, Symbol):
        return GREEK.get(node.name) or (node.name if len(node.name) == 1 and node.name.isalpha() else None)
    if isinstance(node, Word):
        text = node.text.strip().replace("-", "_").replace(" ", "_")
        bold = "_bold" if node.command == "\\textbf" and len(text) == 1 else ""
        return text + bold if _IDENTIFIER.match(text) else None
    if isinstance(node, Styled) and node.command in _PLAIN_FONTS:
        return name_of(node.body)
    if isinstance(node, Styled):
        return _marked(node.body, _FONTS.get(node.command))
    if isinstance(node, Accented):
        ends = _ends(node.body) if node.command in ("\\vec", "\\overrightarrow") else None
        return f"{ends}_vec" if ends else _marked(node.body, _ACCENTS.get(node.command))
    if isinstance(node, Power) and isinstance(node.exponent, Group):
        label = _index_text(node.exponent.body)
        return _marked(node.base, f"{LABELS[node.exponent.left]}{label}") if _is_label(node.exponent, label) else None
    if isinstance(node, Power) and isinstance(node.exponent, Power) and isinstance(node.exponent.base, Group):
        inner, outer = node.exponent.base, node.exponent.exponent
        return name_of(Power(Power(node.base, inner), outer)) if isinstance(outer, Group) else None
    if isinstance(node, Group) and not (node.left or node.right) and isinstance(node.body, Power):
        return name_of(node.body) if isinstance(node.body.exponent, Group) else None
    if isinstance(node, Power) and isinstance(node.exponent, Symbol):
        return _marked(node.base, _STARS.get(node.exponent.name))
    if isinstance(node, Differential) and node.order is None:
        return _marked(node.variable, _CHANGES.get(node.sign))
    if isinstance(node, Subscript):
        index = _index_text(node.index)
        return _marked(node.base, f"{index}_" if index in _MARKS else index)
    return None


def _ends(node: Node) -> str | None:
    """The two points of an arrow from one to the other: `\\vec{AB}`."""
    if not isinstance(node, Product) or len(node.factors) != 2 or any(node.operators):
        return None
    names = [name_of(factor) for factor in node.factors]
    return "".join(n for n in names if n) if all(n and len(n) == 1 and n.isupper() for n in names) else None


def primed_name(node: Node) -> str | None:
    """The name of a primed quantity, `x'` or `v'_{1}`; whether a prime is a derivative is not asked here."""
    if isinstance(node, Primed):
        return _marked(node.base, "prime" if node.count == 1 else f"prime{node.count}") if node.count < 10 else None
    if isinstance(node, Subscript) and isinstance(node.base, Primed):
        base, index = primed_name(node.base), _index_text(node.index)
        return f"{base}_{index}" if base and index and index not in _MARKS else None
    return None


def is_primed(name: str) -> bool:
    """Whether this is the name of a primed quantity."""
    return any(_PRIMED.match(part) for part in name.split("_")[1:])


def _is_label(exponent: Group, text: str | None) -> bool:
    return bool(text) and exponent.left in LABELS


def _marked(base: Node, mark: str | None) -> str | None:
    name = name_of(base)
    return f"{name}_{mark}" if name and mark is not None else None


def _index_text(index: Node) -> str | None:
    if isinstance(index, Symbol) and index.name in _SIGNS:
        return _SIGNS[index.name]
    if isinstance(index, Number):
        return index.text if index.text.isdigit() else None
    if isinstance(index, Word) and not index.text:
        return index.command.lstrip("\\")
    if isinstance(index, Subscript):
        return _joined((index.base, index.index), "_")
    if isinstance(index, Product) and not any(index.operators):
        return _joined(index.factors, "")
    if isinstance(index, Listing) and set(index.separators) == {","}:
        return _joined(index.items, "__")
    if isinstance(index, Group) and index.left == "(":
        return None
    if isinstance(index, Relation) and index.first is not None and [link.sign for link in index.links] == ["\\to"]:
        ends = (_index_text(index.first), _index_text(index.links[0].term))
        return f"{ends[0]}to{ends[1]}" if all(ends) else None
    return name_of(index)


def _joined(nodes: tuple[Node, ...], between: str) -> str | None:
    texts = [_index_text(node) for node in nodes]
    return between.join(t for t in texts if t) if all(texts) else None


def node_of(name: str) -> Node:
    """What is written for a name; `name_of` gives the name again."""
    if name.endswith("_"):
        return Accented("\\underline", node_of(name[:-1]))
    head, *marks = _split(name)
    node: Node = _letter(head)
    for mark in marks:
        if mark in _ACCENT_COMMANDS:
            node = Accented(_ACCENT_COMMANDS[mark], node)
        elif mark in _FONT_COMMANDS:
            node = Styled(_FONT_COMMANDS[mark], node)
        elif mark[:3] in LABELS.values() and mark[3:]:
            left = "(" if mark[:3] == "sup" else "["
            node = Power(node, Group(_index_node(mark[3:]), left, {"(": ")", "[": "]"}[left]))
        elif mark in _STAR_COMMANDS:
            node = Power(node, Symbol(_STAR_COMMANDS[mark]))
        elif mark in _CHANGE_COMMANDS:
            node = Differential(node, _CHANGE_COMMANDS[mark])
        elif primes := _PRIMED.match(mark):
            node = Primed(node, int(primes[1] or 1))
        else:
            node = _with_index(node, mark)
    return node if name in (name_of(node), primed_name(node)) else Word("\\mathrm", name)


def _split(name: str) -> list[str]:
    parts = re.split(r"_(?=[^_])", name)
    return [part for part in parts if part] or [name]


def _letter(text: str) -> Node:
    if text in _COMMANDS:
        return Symbol(_COMMANDS[text])
    return Symbol(text) if len(text) == 1 and text.isalpha() else Word("\\mathrm", text)


def _with_index(node: Node, mark: str) -> Node:
    items = [_index_node(item) for item in mark.rstrip("_").split("__")]
    index: Node = items[0] if len(items) == 1 else Listing(tuple(items), (",",) * (len(items) - 1))
    return _below(node, index)


def _below(node: Node, index: Node) -> Node:
    """The index on the node; on an index where the node has one already, as nobody writes `{x_1}_2`."""
    return Subscript(node.base, _below(node.index, index)) if isinstance(node, Subscript) else Subscript(node, index)


def _index_node(text: str) -> Node:
    if text.isdigit():
        return Number(text)
    if text in _SIGNS.values():
        return next(Symbol(sign) for sign, word in _SIGNS.items() if word == text)
    if text in _COMMANDS or len(text) == 1:
        return _letter(text)
    if between := _ARROWED_INDEX.match(text):
        return Relation(_index_node(between[1]), (Link("\\to", _index_node(between[2])),))
    if len(text) == 2 and text.isalpha():
        return Product((Symbol(text[0]), Symbol(text[1])), ("",))
    return Word("\\text", text)
