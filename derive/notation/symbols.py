"""The tables of LaTeX signs the reader knows, each with the Unicode text that stands for it in a terminal."""

from __future__ import annotations

GREEK: dict[str, str] = {
    "\\alpha": "α", "\\beta": "β", "\\gamma": "γ", "\\delta": "δ", "\\epsilon": "ϵ", "\\varepsilon": "ε",
    "\\zeta": "ζ", "\\eta": "η", "\\theta": "θ", "\\vartheta": "ϑ", "\\iota": "ι", "\\kappa": "κ",
    "\\varkappa": "ϰ", "\\lambda": "λ", "\\mu": "μ", "\\nu": "ν", "\\xi": "ξ", "\\omicron": "ο", "\\pi": "π",
    "\\varpi": "ϖ", "\\rho": "ρ", "\\varrho": "ϱ", "\\sigma": "σ", "\\varsigma": "ς", "\\tau": "τ",
    "\\upsilon": "υ", "\\phi": "ϕ", "\\varphi": "φ", "\\chi": "χ", "\\psi": "ψ", "\\omega": "ω", "\\digamma": "ϝ",
    "\\Gamma": "Γ", "\\Delta": "Δ", "\\Theta": "Θ", "\\Lambda": "Λ", "\\Xi": "Ξ", "\\Pi": "Π", "\\Sigma": "Σ",
    "\\Upsilon": "Υ", "\\Phi": "Φ", "\\Psi": "Ψ", "\\Omega": "Ω", "\\varGamma": "Γ", "\\varDelta": "Δ",
    "\\varTheta": "Θ", "\\varLambda": "Λ", "\\varPi": "Π", "\\varSigma": "Σ", "\\varPhi": "Φ", "\\varPsi": "Ψ",
    "\\varOmega": "Ω",
}  # fmt: skip

LETTERS: dict[str, str] = GREEK | {
    "\\ell": "ℓ", "\\hbar": "ℏ", "\\hslash": "ℏ", "\\imath": "ı", "\\jmath": "ȷ", "\\wp": "℘", "\\Re": "ℜ",
    "\\Im": "ℑ", "\\aleph": "ℵ", "\\beth": "ℶ", "\\infty": "∞", "\\nabla": "∇", "\\emptyset": "∅",
    "\\varnothing": "∅", "\\top": "⊤", "\\bot": "⊥", "\\intercal": "⊺", "\\prime": "′", "\\dagger": "†",
    "\\ddagger": "‡", "\\square": "□", "\\Box": "□", "\\blacksquare": "■", "\\triangle": "△", "\\angle": "∠",
    "\\degree": "°", "\\checkmark": "✓", "\\complement": "∁", "\\eth": "ð", "\\mho": "℧", "\\diamond": "⋄",
    "\\Diamond": "◇", "\\partial": "∂", "\\hdots": "…", "\\%": "%", "\\$": "$", "\\#": "#", "\\&": "&",
    "\\neg": "¬", "\\lnot": "¬", "\\bigstar": "★",
    "\\clubsuit": "♣", "\\diamondsuit": "♢", "\\heartsuit": "♡", "\\spadesuit": "♠", "\\S": "§", "\\P": "¶",
    "\\surd": "√", "\\_": "_", "\\pounds": "£", "\\lozenge": "◊", "\\smiley": "☺", "\\qed": "∎", "\\Alpha": "Α",
}  # fmt: skip
del LETTERS["\\hdots"]

SUPERSCRIPT_SIGNS: dict[str, str] = {
    "*": "*", "\\ast": "∗", "\\star": "⋆", "+": "+", "-": "-", "\\circ": "∘", "\\times": "×", "\\bullet": "•",
    "\\prime": "′", "\\perp": "⊥", "\\parallel": "∥", "\\oplus": "⊕", "\\odot": "⊙", "\\otimes": "⊗",
    "\\cdot": "·", "\\pm": "±", "\\mp": "∓", "\\to": "→", "\\rightarrow": "→", "\\leftarrow": "←",
    "\\uparrow": "↑", "\\downarrow": "↓", "<": "<", ">": ">", "\\le": "≤", "\\ge": "≥", "=": "=", "/": "/",
    "\\mid": "|", "|": "|", "!": "!", ":": ":", "#": "#", "\\sim": "∼", "\\wedge": "∧",
}  # fmt: skip
"""Signs that may stand alone as a script: `x^*`, `0^+`, `a_\\pm`, `90^\\circ`."""

SIGNS: dict[str, str] = {"+": "+", "-": "−", "\\pm": "±", "\\mp": "∓"}

PRODUCT_SIGNS: dict[str, str] = {
    "\\cdot": "·", "\\times": "×", "*": "*", "/": "/", "\\div": "÷", "\\ast": "∗", "\\star": "⋆", "\\odot": "⊙",
    "\\otimes": "⊗", "\\oplus": "⊕", "\\ominus": "⊖", "\\oslash": "⊘", "\\circ": "∘", "\\bullet": "•",
    "\\cdotp": "·", "\\centerdot": "·", "\\cup": "∪", "\\cap": "∩", "\\sqcup": "⊔", "\\sqcap": "⊓",
    "\\setminus": "∖", "\\smallsetminus": "∖", "\\backslash": "∖", "\\uplus": "⊎", "\\wedge": "∧", "\\vee": "∨",
    "\\bmod": "mod", "\\circledast": "⊛", "\\amalg": "⨿", "\\rtimes": "⋊", "\\ltimes": "⋉", "\\boxtimes": "⊠",
}  # fmt: skip

RELATIONS: dict[str, str] = {
    "=": "=", "<": "<", ">": ">", "<=": "≤", ">=": "≥", "->": "→",
    "\\lt": "<", "\\gt": ">", "\\le": "≤", "\\leq": "≤", "\\leqslant": "≤",
    "\\leqq": "≤", "\\ge": "≥", "\\geq": "≥", "\\geqslant": "≥", "\\geqq": "≥", "\\ne": "≠", "\\neq": "≠",
    ":=": ":=", "=:": "=:", "\\coloneqq": ":=", "\\coloneq": ":=", "\\eqqcolon": "=:", "\\triangleq": "≜",
    "\\defeq": ":=", "\\eqdef": "=:", "\\doteq": "≐", "\\equiv": "≡", "\\approx": "≈", "\\approxeq": "≊",
    "\\simeq": "≃", "\\cong": "≅", "\\sim": "∼", "\\propto": "∝", "\\asymp": "≍", "\\in": "∈", "\\notin": "∉",
    "\\ni": "∋", "\\subset": "⊂", "\\subseteq": "⊆", "\\subsetneq": "⊊", "\\supset": "⊃", "\\supseteq": "⊇",
    "\\to": "→", "\\rightarrow": "→", "\\longrightarrow": "⟶", "\\leftarrow": "←", "\\gets": "←",
    "\\longleftarrow": "⟵", "\\mapsto": "↦", "\\longmapsto": "⟼", "\\leftrightarrow": "↔", "\\hookrightarrow": "↪",
    "\\leadsto": "⇝", "\\rightsquigarrow": "⇝", "\\ll": "≪", "\\gg": "≫", "\\lesssim": "≲", "\\gtrsim": "≳",
    "\\prec": "≺", "\\preceq": "⪯", "\\succ": "≻", "\\succeq": "⪰", "\\perp": "⊥", "\\parallel": "∥",
    "\\models": "⊨", "\\vdash": "⊢", "\\colon": ":", ":": ":", "\\nmid": "∤", "\\rightleftharpoons": "⇌",
    "\\nearrow": "↗", "\\searrow": "↘", "\\uparrow": "↑", "\\downarrow": "↓", "\\not\\in": "∉", "\\nleq": "≰",
    "\\ngeq": "≱", "\\varpropto": "∝", "\\bowtie": "⋈", "\\dashv": "⊣", "\\precsim": "≾", "\\succsim": "≿",
    "\\rightharpoonup": "⇀", "\\twoheadrightarrow": "↠", "\\nsubseteq": "⊈", "\\vDash": "⊨", "\\upharpoonright": "↾",
}  # fmt: skip

ARROWS: dict[str, str] = {
    "=>": "⇒", "<=>": "⇔",
    "\\Rightarrow": "⇒", "\\implies": "⇒", "\\Longrightarrow": "⟹", "\\Leftrightarrow": "⇔", "\\iff": "⇔",
    "\\Longleftrightarrow": "⟺", "\\Leftarrow": "⇐", "\\impliedby": "⇐", "\\Longleftarrow": "⟸",
    "\\therefore": "∴", "\\because": "∵",
}  # fmt: skip

QUANTIFIERS: dict[str, str] = {"\\forall": "∀", "\\exists": "∃", "\\nexists": "∄"}

CONNECTIVES: dict[str, str] = {"\\land": "∧", "\\lor": "∨"}

ELLIPSES: dict[str, str] = {
    "\\dots": "…", "\\ldots": "…", "\\cdots": "⋯", "\\vdots": "⋮", "\\ddots": "⋱", "\\dotsb": "⋯", "\\dotsc": "…",
    "\\dotsi": "⋯", "\\dotsm": "⋯", "\\dotso": "…", "\\hdots": "…", "\\iddots": "⋰", "\\mathellipsis": "…",
}  # fmt: skip

ACCENTS: dict[str, str] = {
    "\\hat": "\u0302", "\\widehat": "\u0302", "\\bar": "\u0304", "\\overline": "\u0305", "\\tilde": "\u0303",
    "\\widetilde": "\u0303", "\\vec": "\u20d7", "\\overrightarrow": "\u20d7", "\\overleftarrow": "\u20d6",
    "\\dot": "\u0307", "\\ddot": "\u0308", "\\dddot": "\u20db", "\\ddddot": "\u20dc", "\\check": "\u030c",
    "\\widecheck": "\u030c", "\\breve": "\u0306", "\\acute": "\u0301", "\\grave": "\u0300", "\\mathring": "\u030a",
    "\\underline": "\u0332", "\\underbar": "\u0332", "\\utilde": "\u0330", "\\overleftrightarrow": "\u20e1",
}  # fmt: skip

FONTS: frozenset[str] = frozenset({
    "\\mathbf", "\\boldsymbol", "\\bm", "\\pmb", "\\bold", "\\symbf", "\\mathcal", "\\mathbb", "\\mathrm", "\\mathsf",
    "\\mathscr", "\\mathfrak", "\\mathit", "\\mathtt", "\\mathnormal", "\\mathds", "\\mathbbm", "\\Bbb", "\\frak",
    "\\mathbfit", "\\mathup", "\\mathsfit", "\\symup", "\\symbfit",
})  # fmt: skip
"""Commands that set their argument in another font; several letters in one of them are one name."""

FUNCTION_FONTS: frozenset[str] = frozenset({"\\mathbb", "\\mathcal", "\\mathscr", "\\mathds", "\\Bbb"})
"""Fonts in which a letter before a bracket is a function: `\\mathbb{E}[X]`, `\\mathcal{N}(0, 1)`."""

UPRIGHT_CONSTANTS: frozenset[str] = frozenset({"d", "e", "i", "j", "\\pi"})
"""Letters that are no functions when they stand upright: `\\mathrm{i}(x + y)` is a product."""

OUTLINES: frozenset[str] = frozenset({
    "\\boxed", "\\fbox", "\\cancel", "\\bcancel", "\\xcancel", "\\smash", "\\framebox", "\\ensuremath",
})  # fmt: skip
"""Commands that only draw around their argument."""

OPENING: dict[str, str] = {
    "(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "\\langle": "\\rangle", "\\lfloor": "\\rfloor",
    "\\lceil": "\\rceil", "\\lvert": "\\rvert", "\\lVert": "\\rVert", "\\lbrack": "\\rbrack", "\\lparen": "\\rparen",
    "\\llbracket": "\\rrbracket", "\\ulcorner": "\\urcorner", "\\lgroup": "\\rgroup",
}  # fmt: skip
CLOSING: frozenset[str] = frozenset(OPENING.values())
BARS: frozenset[str] = frozenset({"|", "\\vert", "\\|", "\\Vert", "||"})

DELIMITER_TEXT: dict[str, str] = {
    "\\{": "{", "\\}": "}", "\\lbrace": "{", "\\rbrace": "}", "\\langle": "⟨", "\\rangle": "⟩", "\\lfloor": "⌊",
    "\\rfloor": "⌋", "\\lceil": "⌈", "\\rceil": "⌉", "\\lvert": "|", "\\rvert": "|", "\\lVert": "‖",
    "\\rVert": "‖", "\\|": "‖", "\\Vert": "‖", "||": "‖", "\\vert": "|", "\\lbrack": "[", "\\rbrack": "]",
    "\\lparen": "(", "\\rparen": ")", "\\llbracket": "⟦", "\\rrbracket": "⟧", ".": "", "\\mid": "|",
}  # fmt: skip

SIZES: frozenset[str] = frozenset(
    f"\\{name}{side}" for name in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
)

_NAMES = (
    "log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "arccot",
    "arcsec", "arccsc", "sinh", "cosh", "tanh", "coth", "sech", "csch", "arsinh", "arcosh", "artanh", "arcsinh",
    "arccosh", "arctanh", "tg", "ctg", "det", "dim", "ker", "deg", "hom", "arg", "tr", "Tr", "rank", "diag", "sgn",
    "sign", "erf", "erfc", "gcd", "lcm", "Pr", "Var", "Cov", "span", "supp", "grad", "curl", "logit", "softmax",
)  # fmt: skip
FUNCTIONS: dict[str, str] = {"\\" + name: name for name in _NAMES}
"""Named functions, whose argument may go without a bracket."""

OF_LATEX: frozenset[str] = frozenset({
    "log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh",
    "tanh", "coth", "det", "dim", "ker", "deg", "hom", "arg", "gcd", "Pr",
})  # fmt: skip
"""Functions that LaTeX has a command for; the others are written with `\\operatorname`."""

CIRCULAR: frozenset[str] = frozenset({
    "\\sin", "\\cos", "\\tan", "\\cot", "\\sec", "\\csc", "\\sinh", "\\cosh", "\\tanh", "\\coth", "\\arcsin",
    "\\arccos", "\\arctan",
})  # fmt: skip
"""Functions of an angle."""

BIG_SIGNS: dict[str, str] = {
    "\\sum": "∑", "\\prod": "∏", "\\coprod": "∐", "\\bigcup": "⋃", "\\bigcap": "⋂", "\\bigoplus": "⨁",
    "\\bigotimes": "⨂", "\\bigodot": "⨀", "\\bigvee": "⋁", "\\bigwedge": "⋀", "\\bigsqcup": "⨆", "\\biguplus": "⨄",
    "\\lim": "lim", "\\limsup": "limsup", "\\liminf": "liminf", "\\varlimsup": "limsup", "\\varliminf": "liminf",
    "\\plim": "plim",
}  # fmt: skip
EXTREMA: dict[str, str] = {
    "\\max": "max", "\\min": "min", "\\sup": "sup", "\\inf": "inf", "\\argmax": "argmax", "\\argmin": "argmin",
    "\\esssup": "esssup", "\\essinf": "essinf",
}  # fmt: skip
"""Big operators with a bound below, functions without one: `\\max_x f(x)` and `\\max(a, b)`."""

INTEGRALS: dict[str, str] = {
    "\\int": "∫", "\\iint": "∬", "\\iiint": "∭", "\\iiiint": "⨌", "\\oint": "∮", "\\oiint": "∯", "\\idotsint": "∫⋯∫",
    "\\fint": "⨍", "\\smallint": "∫", "\\intop": "∫",
}  # fmt: skip

UNICODE_SIGNS: dict[str, str] = (
    {image: command for table in (GREEK, RELATIONS, ARROWS) for command, image in reversed(table.items())
     if len(image) == 1 and not image.isascii()}
    | {
        "−": "-", "–": "-", "·": "\\cdot", "⋅": "\\cdot", "×": "\\times", "÷": "\\div", "±": "\\pm", "∓": "\\mp",
        "∞": "\\infty", "∂": "\\partial", "∇": "\\nabla", "ℓ": "\\ell", "ℏ": "\\hbar", "∅": "\\emptyset",
        "∑": "\\sum", "∏": "\\prod", "∫": "\\int", "…": "\\dots", "⋯": "\\cdots", "∪": "\\cup", "∩": "\\cap",
        "∗": "\\ast", "∘": "\\circ", "′": "'", "’": "'", "‖": "\\|", "∥": "\\|", "⟨": "\\langle", "⟩": "\\rangle",
        "ϕ": "\\phi", "φ": "\\varphi", "Δ": "\\Delta", "µ": "\\mu", "Ω": "\\Omega", "∀": "\\forall", "∃": "\\exists",
        "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "→": "\\to", "⇒": "\\Rightarrow", "⇔": "\\iff", "∣": "|",
    }
)  # fmt: skip
"""Unicode characters an author may type in place of a command."""
