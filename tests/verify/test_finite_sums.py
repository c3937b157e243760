"""Finite binomial sums and products with closed forms, and near misses."""

import pytest

from derive.meaning.sympy_text import parse_sympy
from derive.model.claim import Claim
from derive.verify.assumptions import context_of
from derive.verify.ladder import verify


def _status(left: str, right: str, variables: str) -> str:
    context = context_of(dict(item.split(":") for item in variables.split()), ())
    return verify(Claim("sum", parse_sympy(left), parse_sympy(right), context), budget=20, cas=False).status


@pytest.mark.parametrize(
    ("left", "right", "variables"),
    [
        ("legendre(n,z)", "Sum(binomial(n,k)*binomial(n+k,k)*((z-1)/2)**k,(k,0,n))", "n:natural z:complex"),
        ("Sum((-1)**k*binomial(n,k)*binomial(n+k,k),(k,0,n))", "(-1)**n", "n:natural"),
        ("Sum((-1)**k*binomial(n,k)/(k+1),(k,0,n))", "1/(n+1)", "n:natural"),
        ("Sum(binomial(n,k)/(k+1),(k,0,n))", "(2**(n+1)-1)/(n+1)", "n:natural"),
        ("harmonic(n)", "Sum((-1)**(k+1)*binomial(n,k)/k,(k,1,n))", "n:natural"),
        ("Sum(binomial(n,k)*binomial(n+k,k)*2**k,(k,0,n))", "legendre(n,5)", "n:natural"),
        ("Product(sin(k*pi/n),(k,1,n-1))", "n/2**(n-1)", "n:positive_integer"),
        ("Product(2*sin(k*pi/n),(k,1,n-1))", "n", "n:positive_integer"),
        ("Product(2*sin(x+k*pi/n),(k,0,n-1))", "2*sin(n*x)", "n:positive_integer x:real"),
        ("rf(z,n)", "Product(z+k,(k,0,n-1))", "n:natural z:complex"),
        ("Product(k,(k,1,n))", "factorial(n)", "n:natural"),
        ("Product(2*k,(k,1,n))", "2**n*factorial(n)", "n:natural"),
        ("Product(k+2,(k,1,n))", "factorial(n+2)/2", "n:natural"),
        ("gamma(n+1)", "Product(k,(k,1,n))", "n:natural"),
    ],
)
def test_proved(left: str, right: str, variables: str) -> None:
    assert _status(left, right, variables) == "proved"


@pytest.mark.parametrize(
    ("left", "right", "variables"),
    [
        ("legendre(n,z)", "Sum(binomial(n,k)*binomial(n+k,k)*((z+1)/2)**k,(k,0,n))", "n:natural z:complex"),
        ("legendre(n,z)", "Sum(binomial(n,k)**2*(z-1)**k*(z+1)**(n-k),(k,0,n))", "n:natural z:complex"),
        ("Sum((-1)**k*binomial(n,k)*binomial(n+k,k),(k,0,n))", "1", "n:natural"),
        ("Sum(binomial(n,k)/(k+1),(k,0,n))", "2**(n+1)/(n+1)", "n:natural"),
        ("harmonic(n)", "Sum((-1)**k*binomial(n,k)/k,(k,1,n))", "n:positive_integer"),
        ("Product(sin(k*pi/n),(k,1,n-1))", "n/2**n", "n:positive_integer"),
        ("Product(sin(k*pi/n),(k,1,n))", "n/2**(n-1)", "n:positive_integer"),
        ("Product(sin(k*pi/n),(k,0,n-1))", "n/2**(n-1)", "n:positive_integer"),
        ("Product(z+k,(k,0,n))", "rf(z,n)", "n:natural z:complex"),
        ("Product(k,(k,1,n))", "gamma(n)", "n:positive_integer"),
        ("Product(k,(k,0,n))", "factorial(n)", "n:natural"),
    ],
)
def test_refuted(left: str, right: str, variables: str) -> None:
    assert _status(left, right, variables) == "refuted"
