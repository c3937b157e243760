"""Names of symbols and the symbols of names."""

import pytest

from derive.meaning.names import GREEK, is_primed, name_of, node_of, primed_name
from derive.notation.printer import latex
from derive.notation.reader import read


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("x", "x"), (r"\lambda", "lamda"), (r"\mu", "mu"), ("x_1", "x_1"), (r"\theta_{ij}", "theta_ij"),
        (r"\hat{x}", "x_hat"), (r"\hat{x}_1", "x_hat_1"), (r"\mathbf{w}", "w_bold"), (r"\mathcal{L}", "L_cal"),
        ("x^*", "x_star"), (r"x_{\text{max}}", "x_max"), ("x_{i,j}", "x_i__j"), ("x^{(i)}", "x_supi"),
        ("W^{[2]}", "W_sqr2"), (r"\varepsilon", "varepsilon"), ("x_{12}", "x_12"), (r"\underline{N}", "N_"),
        ("v_k^+", "v_k_pos"), (r"\varOmega", "varOmega"), ("{a_1}^{[3]^{(2)}}", "a_1_sqr3_sup2"),
        ("{a^{[3]}_1}^{(2)}", "a_1_sqr3_sup2"),
    ],
)  # fmt: skip
def test_names(written: str, name: str) -> None:
    assert name_of(read(written)) == name
    assert name_of(node_of(name)) == name


@pytest.mark.parametrize("written", ["x + 1", "2", "x^2", "f(x)", r"\overline{x + y}", "x_{n+1}", r"\infty"])
def test_what_is_no_name(written: str) -> None:
    assert name_of(read(written)) is None


@pytest.mark.parametrize("name", [*GREEK.values(), "x_1_2", "rate", "x_hat_bold", "a_b_c", "p_hat", "k2", "N_"])
def test_every_name_can_be_written_and_read(name: str) -> None:
    assert name_of(node_of(name)) == name
    assert name_of(read(latex(node_of(name)))) == name


def test_different_marks_are_different_names() -> None:
    written = [
        "x",
        "x_1",
        r"\hat{x}",
        r"\bar{x}",
        r"\mathbf{x}",
        r"\mathcal{x}",
        "x^*",
        "x^{(1)}",
        "x^{[1]}",
        r"x_{\text{hat}}",
        "x^+",
        "x_+",
        "x^-",
    ]
    assert len({name_of(read(w)) for w in written}) == len(written)


def test_a_prime_makes_the_name_of_a_quantity_only_where_it_is_asked_for() -> None:
    assert name_of(read("x'")) is None
    assert [primed_name(read(w)) for w in ("x'", "x''", "v'_{1}", "x")] == ["x_prime", "x_prime2", "v_prime_1", None]
    assert latex(node_of("v_prime_1")) == "v'_1"
    assert is_primed("v_prime_1") and not is_primed("v_1")
