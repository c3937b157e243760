"""The JSON Schema of everything that derive writes for machines: `"format": "derive/1"`."""

from __future__ import annotations

from typing import Any

from derive.model.verdict import STATUSES

__all__ = ["FORMAT", "SCHEMA"]

FORMAT = "derive/1"
Schema = dict[str, Any]


def _object(says: str, required: Schema, optional: Schema | None = None) -> Schema:
    return {
        "description": says,
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _text(says: str) -> Schema:
    return {"description": says, "type": "string"}


def _list(items: Schema, says: str = "") -> Schema:
    return {**({"description": says} if says else {}), "type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


LATEX = _text("a formula as LaTeX")
MEANING = _text("what the formula means, as SymPy text: Eq(p/(1 - p), exp(x))")

_VERDICT = _object(
    "what verification says of a claim",
    {"status": {"enum": list(STATUSES)}, "by": _text("the method that decided"), "trust": _text("how far to trust it")},
    {
        "conditions": _list(MEANING, "what has to hold and is not granted"),
        "counterexample": _ref("counterexample"),
        "holds_if": MEANING,
        "note": _text("one sentence for the reader"),
        "second_opinion": {"description": "SymPy's view of the same claim", "enum": ["agrees", "differs", "unknown"]},
        "certificate": _ref("certificate"),
    },
)

_FACT: Schema = {"type": "array", "prefixItems": [{"type": "string"}], "minItems": 2}
_CERTIFICATE = _object(
    "what the proof kernel replays: terms, facts and lines of proof, as derive/verify/kernel.py says",
    {
        "field": {"description": "what values are", "enum": ["real", "complex"]},
        "given": _list(_FACT, "facts that the context grants"),
        "where": _list(_FACT, "the conditions beyond them"),
        "goal": {"description": "what is proved", **_FACT},
        "proof": _list({"type": "array"}, "lines, or for a goal with two directions the lines of each"),
    },
)

_COUNTEREXAMPLE = _object(
    "a point of the domain where the claim fails",
    {"point": {"type": "object", "additionalProperties": MEANING}},
    {"left": _text("the left side there"), "right": _text("the right side there"), "note": _text("gained or lost")},
)

_BOUND = _object("one end of a range", {"value": MEANING, "strict": {"type": "boolean"}})

_CONTEXT = _object(
    "what is known where the claims are made; a variable not listed is real",
    {},
    {
        "variables": _list(
            _object(
                "a variable",
                {"name": _text("as in the meanings"), "sort": {"enum": ["real", "integer", "complex"]}},
                {"lower": _BOUND, "upper": _BOUND},
            )
        ),
        "constraints": _list(MEANING),
        "functions": _list(
            _object(
                "a declared function",
                {"name": _text("as in the meanings"), "parameters": _list({"type": "string"})},
                {"body": MEANING, "properties": _list({"type": "string"})},
            )
        ),
        "definitions": _list(_object("a name for a term", {"name": _text("the name"), "value": MEANING})),
    },
)

_STEP = _object(
    "one line to the next",
    {
        "before": LATEX,
        "relation": {"enum": ["=", "iff", "implies", "<", "<=", "~"]},
        "after": LATEX,
        "before_meaning": MEANING,
        "after_meaning": MEANING,
        "rule": _text("the rule's permanent name"),
        "says": _text("the reason, as printed"),
        "conditions": _list(LATEX, "statements which the rule owes"),
        "verdict": _ref("verdict"),
    },
)

_DERIVATION_KEYS: Schema = {
    "title": _text("a title, perhaps empty"),
    "given": _list(LATEX),
    "context": _ref("context"),
    "start": LATEX,
    "start_meaning": MEANING,
    "steps": _list(_ref("step")),
    "result": LATEX,
    "result_meaning": MEANING,
}
_DERIVATION = _object(
    "steps from a start, each beginning where the last one ended",
    {"format": {"const": FORMAT}, **_DERIVATION_KEYS},
    {
        "solutions": _list(MEANING, "the values of the unknown, when an equation was solved"),
        "solution_set": MEANING,
    },
)

_CHECK = _object("a claim and the verdict on it", {"kind": _text("the kind of claim"), "verdict": _ref("verdict")}, {
    "left": MEANING, "right": MEANING,
})  # fmt: skip

_BLOCKS: tuple[Schema, ...] = (
    _object("prose, mathematics between \\( and \\)", {"kind": {"const": "prose"}, "text": {"type": "string"}}),
    _object(
        "formulas displayed on one line",
        {
            "kind": {"const": "statement"},
            "role": {"enum": ["definition", "recall", "result"]},
            "formulas": _list(LATEX),
            "checks": _list(_CHECK),
        },
    ),
    _object(
        "a derivation",
        {"kind": {"const": "derivation"}, "name": _text("its name on the page"), **_DERIVATION_KEYS},
        {"left": LATEX, "letter": LATEX},
    ),
    _object(
        "a sentence that is a claim",
        {"kind": {"const": "claim"}, "says": _text("the sentence"), "checks": _list(_CHECK)},
        {"statement": LATEX},
    ),
    _object(
        "a table of results; its statements are claims",
        {
            "kind": {"const": "table"},
            "columns": _list({"type": "string"}),
            "rows": _list(_list({"type": "string"})),
            "checks": _list(_CHECK),
        },
    ),
)

_PAGE = _object(
    "a page: its derivations and claims in order",
    {
        "format": {"const": FORMAT},
        "name": _text("the name it is built under"),
        "title": _text("its title"),
        "sections": _list(
            _object("a section", {"title": _text("its title"), "blocks": _list({"oneOf": list(_BLOCKS)})})
        ),
        "summary": {"description": "how many verdicts of each status", "type": "object"},
    },
)

_RULES = _object(
    "rules of the engine (derive rules --to json)",
    {
        "format": {"const": FORMAT},
        "rules": _list(
            _object(
                "a row of the rule tables",
                {
                    "name": _text("its permanent name"),
                    "left": LATEX,
                    "right": LATEX,
                    "says": _text("the reason that is printed beside a line"),
                    "when": _list(LATEX, "side conditions"),
                    "example": {"type": "array", "items": LATEX, "minItems": 2, "maxItems": 2},
                    "counterexample": LATEX,
                    "source": _text("where it is from, perhaps empty"),
                },
            )
        ),
    },
)

_COUNT = {"type": "integer", "minimum": 0}
_MAYBE_TEXT = {"type": ["string", "null"]}
_CHECKED_STEP = _object(
    "a step in notes; its place is that of its right-hand side or last line",
    {
        **dict.fromkeys(("line", "column", "end_line", "end_column"), _COUNT),
        "relation": _text("as it is written"),
        "before": LATEX,
        "after": LATEX,
        "status": {"enum": list(STATUSES)},
        "by": _text("the method that decided"),
        "trust": _text("how far to trust it"),
        "conditions": _list({"type": "string"}),
        "counterexample": {"type": ["object", "null"]},
        "message": _text("what is said to the author"),
        "code": _MAYBE_TEXT,
    },
    {"correction": _text("what would be right"), "cell": _COUNT, "cell_line": _COUNT},
)
_NOTICE = _object(
    "what is said of a file beside its steps",
    {"line": _COUNT, "column": _COUNT, "code": {"type": "string"}, "message": {"type": "string"}},
)
_CHECK_REPORT = _object(
    "a check of notes (derive check --to json)",
    {
        "format": {"const": FORMAT},
        "files": _list(
            _object("a file", {"path": {"type": "string"}, "steps": _list(_CHECKED_STEP)}, {"notices": _list(_NOTICE)})
        ),
        "summary": {"description": "how many steps of each status", "type": "object"},
    },
)

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": FORMAT,
    "description": "What derive writes for machines: a derivation, a page, its rules, a check of notes.",
    "oneOf": [_ref("derivation"), _ref("page"), _ref("rules"), _ref("check")],
    "$defs": {
        "derivation": _DERIVATION,
        "page": _PAGE,
        "rules": _RULES,
        "check": _CHECK_REPORT,
        "step": _STEP,
        "verdict": _VERDICT,
        "counterexample": _COUNTEREXAMPLE,
        "certificate": _CERTIFICATE,
        "context": _CONTEXT,
    },
}
