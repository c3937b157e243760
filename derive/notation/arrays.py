"""Arrays: matrices, cases, and the rows of aligned displays."""

from __future__ import annotations

from derive.notation.cursor import Reader
from derive.notation.errors import ReadError
from derive.notation.printing import Print, Printer
from derive.notation.symbols import ARROWS, PRODUCT_SIGNS, RELATIONS, SIGNS
from derive.notation.tokens import Token
from derive.notation.tree import Cases, Implication, Matrix, Node, Relation, Rows, Symbol

MATRICES = frozenset({
    "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "psmallmatrix", "bsmallmatrix",
    "array", "matrix*", "pmatrix*", "bmatrix*",
})  # fmt: skip
CASES = frozenset({"cases", "dcases", "rcases", "drcases", "cases*", "dcases*", "rcases*"})
ROWS = frozenset({
    "aligned", "align", "align*", "split", "gather", "gather*", "gathered", "alignat", "alignat*", "alignedat",
    "eqnarray", "eqnarray*", "multline", "multline*", "flalign", "flalign*", "equation", "equation*", "subarray",
    "displaymath", "math", "darray", "multlined",
})  # fmt: skip
_ROW_ENDS = ("\\\\", "\\cr", "\\newline")
_WITH_COLUMNS = frozenset({"array", "darray", "subarray"})
_WITH_ARGUMENT = frozenset({"array", "alignat", "alignat*", "alignedat", "subarray", "darray"})
_WITH_OPTION = frozenset({"aligned", "gathered", "array", "alignedat", "split", "multlined"}) | {
    name for name in MATRICES if name.endswith("*")
}
_SIGNS_BEFORE_CELL = frozenset({*RELATIONS, *ARROWS, *SIGNS, *PRODUCT_SIGNS})


def read_environment(reader: Reader, token: Token) -> Node:
    name = token.value
    if name not in MATRICES and name not in CASES and name not in ROWS:
        raise ReadError(f"unknown environment {name}", token.start, token.end, "a known environment")
    reader.next()
    _skip_options(reader, name)
    rows = _rows(reader, token)
    span = reader.span(token.start)
    if name in MATRICES:
        empty = Symbol("", span=span)
        return Matrix(tuple(tuple(cell or empty for cell in row) for row in rows), name, span=span)
    if name in ROWS:
        return Rows(tuple(rows), name, span=span)
    for row in rows:
        if row[0] is None or len(row) > 2:
            raise ReadError("a case is a value and a condition", token.start, token.end, "value & condition")
    return Cases(tuple((row[0], row[1] if len(row) > 1 else None) for row in rows if row[0]), name, span=span)


def read_bare_rows(reader: Reader) -> Node:
    """The rows of a display whose environment was left to the page: `a &= b \\\\ &= c`."""
    rows: list[tuple[Node | None, ...]] = []
    row: list[Node | None] = []
    while True:
        row.append(_cell(reader, aligned=True))
        token = reader.token
        if token is reader.stop:
            rows.append(tuple(row))
            kept = tuple(cells for cells in rows if cells != (None,))
            return Rows(kept, "", span=reader.span(0))
        if token.text == "&":
            reader.next()
        elif token.text in _ROW_ENDS:
            reader.next()
            rows.append(tuple(row))
            row = []
        else:
            raise reader.unexpected(token, "& or \\\\")


def read_substack(reader: Reader, token: Token) -> Node:
    """`\\substack{i < n \\\\ j > 0}`: lines under a big operator."""
    reader.next()
    opened = reader.expect("{")
    rows: list[tuple[Node | None, ...]] = []
    while True:
        rows.append((_cell(reader, aligned=False),))
        if reader.token.text not in _ROW_ENDS:
            break
        reader.next()
    reader.expect("}", opened)
    return Rows(tuple(rows), "substack", span=reader.span(token.start))


def _skip_options(reader: Reader, name: str) -> None:
    if reader.token.text == "[" and name in _WITH_OPTION:
        while reader.token.text != "]" and reader.token is not reader.stop:
            reader.next()
        reader.next()
    if name in _WITH_ARGUMENT and reader.token.text == "{":
        depth = 0
        while reader.token is not reader.stop:
            depth += {"{": 1, "}": -1}.get(reader.next().text, 0)
            if depth == 0:
                break


def _rows(reader: Reader, opened: Token) -> list[tuple[Node | None, ...]]:
    rows: list[tuple[Node | None, ...]] = []
    row: list[Node | None] = []
    while True:
        row.append(_cell(reader, opened.value in ROWS))
        token = reader.token
        if token.text == "&":
            reader.next()
        elif token.text in _ROW_ENDS:
            reader.next()
            rows.append(tuple(row))
            row = []
        elif token.kind == "end" and token.value == opened.value:
            reader.next()
            if row != [None]:
                rows.append(tuple(row))
            return rows
        elif token is reader.stop:
            raise ReadError(f"\\begin{{{opened.value}}} is not ended", opened.start, opened.end, "\\end")
        else:
            raise reader.unexpected(token, "& or \\\\")


def _cell(reader: Reader, aligned: bool) -> Node | None:
    token = reader.token
    if token.kind == "end" or token.text in ("&", "}", *_ROW_ENDS) or token is reader.stop:
        return None
    if aligned:
        _move_sign_after_ampersand(reader)
        if reader.token.text == "&":
            return None
    return reader.enclosed("&")


def _move_sign_after_ampersand(reader: Reader) -> None:
    """`a =& b` and `a &=& b` become `a &= b`: a sign belongs to what follows it."""
    tokens, place, depth = reader.tokens, reader.index, 0
    while tokens[place] is not reader.stop:
        token = tokens[place]
        if token.kind == "begin" or token.text == "{":
            depth += 1
        elif token.kind == "end" or token.text == "}":
            depth -= 1
        if depth < 0 or (depth == 0 and token.text in ("&", "\\\\")):
            break
        place += 1
    if tokens[place].text == "&" and place > reader.index - 1 and tokens[place - 1].text in _SIGNS_BEFORE_CELL:
        if place - 1 == reader.index and place >= 2 and tokens[place - 2].text == "&":
            del tokens[place]
        elif place - 1 >= reader.index:
            tokens[place - 1], tokens[place] = tokens[place], tokens[place - 1]


OPERANDS = {"\\substack": read_substack}
KINDS = {"begin": read_environment}


# --- printing ----------------------------------------------------------------------------------------------


def _environment(name: str, rows: list[str], columns: int = 0) -> str:
    specification = "{" + "c" * columns + "}" if name in _WITH_COLUMNS else ""
    lines = " \\\\ ".join(rows)
    if name == "substack":
        return f"\\substack{{{lines}}}"
    return f"\\begin{{{name}}}{specification} {lines} \\end{{{name}}}" if name else lines


def print_matrix(node: Matrix, printer: Printer) -> str:
    rows = [" & ".join(printer.text(cell) for cell in row) for row in node.rows]
    return _environment(node.environment, rows, max(map(len, node.rows), default=1))


def print_cases(node: Cases, printer: Printer) -> str:
    rows = [printer.text(value) + (f" & {printer.text(when)}" if when is not None else "") for value, when in node.rows]
    return _environment(node.environment, rows)


def print_rows(node: Rows, printer: Printer) -> str:
    return _environment(
        node.environment, [_row(row, printer) for row in node.rows], max(map(len, node.rows), default=1)
    )


def _row(cells: tuple[Node | None, ...], printer: Printer) -> str:
    """`a &= b`: a cell that begins with a relation stands close to its ampersand."""
    pieces = [printer.text(cells[0]) if cells and cells[0] is not None else ""]
    for cell in cells[1:]:
        text = printer.text(cell) if cell is not None else ""
        close = isinstance(cell, Relation | Implication) and cell.first is None
        pieces.append(f"&{text}" if close else f"& {text}".rstrip())
    return " ".join(piece for piece in pieces if piece)


PRINTERS: dict[type[Node], Print] = {Matrix: print_matrix, Cases: print_cases, Rows: print_rows}
