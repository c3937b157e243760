"""Forms for property tests: what the constructors can build, over a few names."""

from hypothesis import strategies as st

from derive.meaning.form import PI, E, Form, add, call, const, fn, mul, num, power, var

NAMES = ("x", "y", "mu", "x_1", "p_hat")

numbers = st.builds(num, st.integers(-12, 12), st.integers(1, 6))
leaves = st.one_of(
    numbers, st.sampled_from([var(name) for name in NAMES]), st.sampled_from([PI, const("EulerGamma"), E])
)


def _says_its_dependence(body: Form) -> bool:
    """`dy/dx` has a meaning only where the page says how y depends on x."""
    return body.head != "var" or body == var("x")


def _grown(parts: st.SearchStrategy[Form]) -> st.SearchStrategy[Form]:
    return st.one_of(
        st.builds(add, parts, parts),
        st.builds(add, parts, parts, parts),
        st.builds(mul, parts, parts),
        st.builds(mul, parts, parts, parts),
        st.builds(mul, parts, parts.map(lambda form: power(form, num(-1)))),
        st.builds(power, parts.filter(lambda form: form != E), parts),
        st.builds(fn, st.sampled_from(["sin", "log", "exp", "tanh", "Abs", "gamma", "asin", "floor", "erf"]), parts),
        st.builds(fn, st.sampled_from(["Max", "binomial"]), parts, parts),
        st.builds(call, st.just("f"), parts),
        st.builds(lambda body: Form("diff", (body, var("x"), num(1))), parts.filter(_says_its_dependence)),
        st.builds(lambda body: Form("int", (body, var("x"))), parts),
        st.builds(lambda body, low, high: Form("int", (body, var("y"), low, high)), parts, numbers, parts),
        st.builds(lambda body, low, high: Form("sum", (body, var("k"), low, high)), parts, numbers, parts),
        st.builds(lambda body, at: Form("limit", (body, var("x"), at, const("+"))), parts, numbers),
        st.builds(lambda body, at: Form("subs", (body, var("x"), at)), parts, parts),
    )


terms = st.recursive(leaves, _grown, max_leaves=8)
relations = st.builds(lambda head, a, b: Form(head, (a, b)), st.sampled_from(["eq", "ne", "lt", "le"]), terms, terms)
statements = st.one_of(
    relations,
    st.builds(lambda a, b: Form("implies", (a, b)), relations, relations),
    st.builds(lambda a, b: Form("iff", (a, b)), relations, relations),
)
