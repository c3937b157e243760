"""The exact form: what a notation tree means, as a small hash-carrying tree in which nothing is evaluated away.

A form is a head and its arguments.  `0*x`, `x/x` and `log(x) - log(x)` stay as they are, because where they
are undefined matters; only exact numbers are folded.  Subtraction is `a + (-1)*b`, division `a * b**(-1)`,
a square root `a**(1/2)`.

| head | arguments |
|---|---|
| `num` | a `fractions.Fraction` |
| `var` | a name |
| `const` | a name of `CONSTANTS` |
| `add`, `mul` | two or more forms |
| `pow` | base, exponent |
| a function's name (`sin`, `log`, `exp`, `Abs`, `gamma`, ...) | its arguments; names as in SymPy |
| `call` | name of an undefined function, then its arguments |
| `opaque` | name of an operator with laws of its own (`E`, `P`, `given`), then its arguments; never unfolded |
| `diff` | body, `var`, order (a form; `num` as a rule) |
| `subs` | body, `var`, value: the body at that value, after everything inside was done |
| `int` | body, `var` (an antiderivative), or body, `var`, lower, upper |
| `sum`, `prod` | body, `var`, lower, upper |
| `limit` | body, `var`, point, `const` `+`, `-` or `+-` |
| `cases` | value, condition, value, condition, ... (first condition that holds) |
| `matrix` | rows, each a `row` of forms |
| `det` `trace` `transpose` `norm` | a matrix or vector |
| `index` | base, index, ... (`x_i`) |
| `array` | a name, rows, columns: a declared vector or matrix; products of them keep their order |
| `identity` | its size, or nothing where the formula around it says it |
| `delta` | two indices: 1 where they are equal, else 0 |
| `gradient` | a number, the `array` or entry (`index`) by which it is differentiated |
| `eq` `ne` `lt` `le` | left, right |
| `and` `or` `not` `implies` `iff` | statements |
| `in` | element, set; a set is one of the next or a `var` |
| `interval` | lower, upper, `const` open-left?, open-right? |
| `set` `union` | items; sets |
| `arrays` | rows, columns: all real matrices of that shape |
| `tuple` | items |
| `said` | a statement in words, which no calculation looks into |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

__all__ = [
    "CONSTANTS", "E", "HALF", "IMAGINARY", "INFINITIES", "MINUS_ONE", "ONE", "PI", "TWO", "ZERO", "Form", "Head",
    "add", "call", "const", "difference", "fn", "free_variables", "fresh_name", "heads", "indexed", "mul", "neg",
    "nesting", "num", "opaque", "power", "quotient", "replace_at", "sqrt", "sub", "substitute", "subforms", "var",
    "with_own_variables",
]  # fmt: skip

Head = str

CONSTANTS = frozenset(
    {"pi", "E", "I", "oo", "-oo", "zoo", "EulerGamma", "Catalan", "GoldenRatio", "True", "False", "+", "-", "+-"}
)
BINDERS = {"int": 1, "sum": 1, "prod": 1, "limit": 1, "subs": 1}
LARGEST_FOLDED_EXPONENT = 400
LARGEST_FOLDED_BITS = 20_000
LEAVES = 4096
"""Names and numbers whose forms are kept, with what is cached on them."""


class Form:
    """An immutable node; equality is structural, the hash is computed once."""

    __slots__ = ("_free", "_hash", "_heads", "args", "head")

    head: Head
    args: tuple[Any, ...]

    def __init__(self, head: Head, args: tuple[Any, ...]) -> None:
        self.head = head
        self.args = args
        self._hash = hash((args[0].numerator, args[0].denominator) if head == "num" else (head, args))
        self._free: frozenset[str] | None = None
        self._heads: frozenset[Head] | None = None

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Form)
            and self._hash == other._hash
            and self.head == other.head
            and self.args == other.args
        )

    def __repr__(self) -> str:
        if self.head in ("num", "var", "const"):
            return str(self.args[0])
        return f"{self.head}({', '.join(map(repr, self.args))})"

    def __reduce__(self) -> tuple[type[Form], tuple[Head, tuple[Any, ...]]]:
        return Form, (self.head, self.args)

    @property
    def value(self) -> Fraction:
        """The number of a `num` form."""
        number: Fraction = self.args[0]
        return number

    @property
    def name(self) -> str:
        """The name of a `var`, `const` or `call` form."""
        name: str = self.args[0]
        return name

    @property
    def parts(self) -> tuple[Form, ...]:
        """The arguments that are forms."""
        return tuple(a for a in self.args if isinstance(a, Form))


_SMALL = {n: Form("num", (Fraction(n),)) for n in range(-20, 101)}


def num(numerator: int | Fraction, denominator: int = 1) -> Form:
    """The exact rational number numerator / denominator."""
    if denominator != 1:
        numerator = Fraction(numerator) / denominator
    over = numerator.denominator
    if over == 1:
        return _SMALL.get(numerator.numerator) or _number(numerator.numerator, 1)
    return _number(numerator.numerator, over)


@lru_cache(maxsize=LEAVES)
def _number(numerator: int, denominator: int) -> Form:
    return Form("num", (Fraction(numerator, denominator),))


@lru_cache(maxsize=LEAVES)
def var(name: str) -> Form:
    return Form("var", (name,))


@lru_cache(maxsize=LEAVES)
def const(name: str) -> Form:
    return Form("const", (name,))


ZERO, ONE, TWO, MINUS_ONE, HALF = num(0), num(1), num(2), num(-1), num(1, 2)
PI, E, IMAGINARY = const("pi"), const("E"), const("I")
INFINITIES = (const("oo"), const("-oo"))


def add(*terms: Form) -> Form:
    """The sum, flattened, its numbers folded into one last term."""
    rest: list[Form] = []
    number: Fraction | None = None
    for term in terms:
        for part in term.args if term.head == "add" else (term,):
            if part.head == "num":
                number = part.value if number is None else number + part.value
            else:
                rest.append(part)
    if number:
        rest.append(num(number))
    if not rest:
        return ZERO
    return rest[0] if len(rest) == 1 else Form("add", tuple(rest))


def mul(*factors: Form) -> Form:
    """The product, flattened, its numbers folded into one first factor; `0*x` stays a product."""
    rest: list[Form] = []
    number: Fraction | None = None
    for factor in factors:
        for part in factor.args if factor.head == "mul" else (factor,):
            if part.head == "num":
                number = part.value if number is None else number * part.value
            else:
                rest.append(part)
    if not rest:
        return ONE if number is None else num(number)
    if number is not None and number != 1:
        rest.insert(0, num(number))
    return rest[0] if len(rest) == 1 else Form("mul", tuple(rest))


def power(base: Form, exponent: Form) -> Form:
    """base**exponent; folded only for exact numbers with a small integer exponent, never 0**negative."""
    if exponent == ONE:
        return base
    if base.head == "num" and exponent.head == "num" and exponent.value.denominator == 1:
        n = exponent.value.numerator
        if (
            abs(n) <= LARGEST_FOLDED_EXPONENT
            and (base.value or n >= 0)
            and _bits(base.value) * abs(n) < LARGEST_FOLDED_BITS
        ):
            return num(base.value**n)
    return Form("pow", (base, exponent))


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def neg(term: Form) -> Form:
    return mul(MINUS_ONE, term)


def sub(left: Form, right: Form) -> Form:
    return add(left, neg(right))


difference = sub


def quotient(numerator: Form, denominator: Form) -> Form:
    return mul(numerator, power(denominator, MINUS_ONE))


def sqrt(radicand: Form) -> Form:
    return power(radicand, HALF)


def fn(name: str, *arguments: Form) -> Form:
    """A known function applied: `fn("sin", x)`."""
    return Form(name, arguments)


def call(name: str, *arguments: Form) -> Form:
    """An undefined function applied: `call("f", x)`."""
    return Form("call", (name, *arguments))


def subforms(form: Form) -> Iterator[Form]:
    """The form and everything below it, parents first."""
    stack = [form]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(a for a in reversed(top.args) if isinstance(a, Form))


def nesting(form: Form, head: Head) -> int:
    """How many forms with that head are within one another."""
    if head not in heads(form):
        return 0
    return (form.head == head) + max((nesting(part, head) for part in form.parts), default=0)


def free_variables(form: Form) -> frozenset[str]:
    """Names of the variables that occur free; cached on the form."""
    found = form._free
    if found is None:
        if form.head == "var":
            found = frozenset((form.name,))
        elif form.head in BINDERS and len(form.args) > 2:
            body, bound, *limits = form.args
            found = (free_variables(body) - {bound.name}).union(*map(free_variables, limits))
        else:
            found = _together(free_variables, form.args, NOTHING)
        form._free = found
    return found


def heads(form: Form) -> frozenset[Head]:
    """The heads of the form and of everything below it; cached on the form."""
    found = form._heads
    if found is None:
        found = form._heads = _together(heads, form.args, frozenset((form.head,)))
    return found


NOTHING: frozenset[str] = frozenset()


def _together(names: Callable[[Form], frozenset[str]], parts: tuple[Any, ...], found: frozenset[str]) -> frozenset[str]:
    """The names of all parts and those found already; what adds nothing makes no new set."""
    for part in parts:
        if type(part) is Form:
            more = names(part)
            if not more <= found:
                found = found | more if found else more
    return found


def opaque(name: str, *arguments: Form) -> Form:
    """What the page does not say enough of to calculate with: an expectation, a probability, a bare function."""
    return Form("opaque", (name, *arguments))


def indexed(base: Form, *indices: Form) -> Form:
    """`x_i`; of a name at plain numbers it is a name again: `x_1`."""
    plain = all(i.head == "num" and i.value.denominator == 1 and i.value >= 0 for i in indices)
    if plain and base.head == "var":
        return var("_".join((base.name, "__".join(str(i.value) for i in indices))))
    return Form("index", (base, *indices))


_REBUILD: dict[Head, Callable[..., Form]] = {"add": add, "mul": mul, "pow": power, "index": indexed}


def rebuild(head: Head, args: Iterable[Any]) -> Form:
    """The form of that head and arguments through its constructor, so that numbers fold."""
    maker = _REBUILD.get(head)
    return maker(*args) if maker else Form(head, tuple(args))


def substitute(form: Form, values: Mapping[str, Form]) -> Form:
    """Each free variable replaced by its value; bound variables are renamed where a value would be captured."""
    if not values or not (free_variables(form) & values.keys()):
        return form
    if form.head == "var":
        return values[form.name]
    if form.head in BINDERS and len(form.args) > 2:
        return _substitute_under_binder(form, values)
    if form.head == "diff" and form.args[1].name in values:
        return _substitute_at_derivative(form, values)
    return rebuild(form.head, (substitute(a, values) if isinstance(a, Form) else a for a in form.args))


def _substitute_at_derivative(form: Form, values: Mapping[str, Form]) -> Form:
    """A derivative by x at a value for x: (d/dx f) taken first, then evaluated there."""
    body, variable, order = form.args
    value = values[variable.name]
    others = {name: v for name, v in values.items() if name != variable.name}
    fresh = fresh_name(variable.name, free_variables(body).union(*(free_variables(v) for v in values.values())))
    inner = substitute(body, {**others, variable.name: var(fresh)})
    if value.head == "var" and value.name not in free_variables(body) - {variable.name}:
        return Form("diff", (substitute(body, {**others, variable.name: value}), value, substitute(order, values)))
    derivative = Form("diff", (inner, var(fresh), substitute(order, values)))
    return Form("subs", (derivative, var(fresh), value))


def _substitute_under_binder(form: Form, values: Mapping[str, Form]) -> Form:
    body, bound, *limits = form.args
    inner = {name: value for name, value in values.items() if name != bound.name}
    captured = frozenset().union(*(free_variables(v) for n, v in inner.items() if n in free_variables(body)))
    if bound.name in captured:
        fresh = var(fresh_name(bound.name, captured | free_variables(body)))
        body, bound = substitute(body, {bound.name: fresh}), fresh
    return Form(form.head, (substitute(body, inner), bound, *(substitute(limit, values) for limit in limits)))


def with_own_variables(form: Form) -> Form:
    """The form in which no integral's variable is a letter of its bounds: in `\\int_0^x e^x dx` there are two x."""
    if not heads(form) & {"int"}:
        return form
    args = tuple(with_own_variables(arg) if isinstance(arg, Form) else arg for arg in form.args)
    if form.head == "int" and len(args) == 4 and args[1].name in free_variables(args[2]) | free_variables(args[3]):
        other = var(
            fresh_name(args[1].name, free_variables(args[0]) | free_variables(args[2]) | free_variables(args[3]))
        )
        return Form("int", (substitute(args[0], {args[1].name: other}), other, *args[2:]))
    return form if args == form.args else rebuild(form.head, args)


def fresh_name(name: str, taken: frozenset[str]) -> str:
    while name in taken:
        name += "_"
    return name


def replace_at(form: Form, old: Form, new: Form) -> Form:
    """Every occurrence of the subform `old` replaced by `new` (no regard to binders)."""
    if form == old:
        return new
    if not any(isinstance(a, Form) for a in form.args):
        return form
    return rebuild(form.head, (replace_at(a, old, new) if isinstance(a, Form) else a for a in form.args))
