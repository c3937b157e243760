"""Work that must end: blocks that are stopped, and integrals within integrals."""

import time

import pytest
from flint import acb

from derive.meaning.sympy_text import parse_sympy
from derive.verify.balls import Unknown, value
from derive.verify.deadline import Deadline, OutOfTime, at_most

NESTED = "Integral(Integral(Integral(Abs(sin(x*y*z*w)), (x, 0, 1)), (y, 0, 1)), (z, 0, 1))"


def test_a_block_that_never_ends_is_stopped() -> None:
    with pytest.raises(OutOfTime), at_most(0.05):
        while True:
            pass


def test_it_is_stopped_again_when_it_goes_on() -> None:
    stops = 0
    with pytest.raises(OutOfTime), at_most(0.05):
        while True:
            try:
                while True:
                    pass
            except OutOfTime:
                stops += 1
                if stops > 2:
                    raise


def test_a_block_in_time_is_left_alone_and_nothing_rings_later() -> None:
    with at_most(0.05):
        pass
    end = time.process_time() + 0.15
    while time.process_time() < end:
        pass


def test_a_block_in_a_block_is_bounded_by_the_outer_one() -> None:
    with pytest.raises(OutOfTime), at_most(0.05), at_most(60):
        while True:
            pass


def test_an_integrand_is_not_interrupted_while_the_integrator_waits() -> None:
    def integrand(z: acb, _: bool) -> acb:
        end = time.process_time() + 0.002
        while time.process_time() < end:
            pass
        return z

    with pytest.raises(OutOfTime), at_most(0.01):
        found = acb.integral(integrand, acb(0), acb(1))
        assert found.contains(acb(0.5))
        while True:
            pass


def test_integrals_within_integrals_end_at_the_deadline() -> None:
    with pytest.raises((OutOfTime, Unknown)):
        value(parse_sympy(NESTED), {"w": acb(3)}, deadline=Deadline.after(0.05))


def test_integrals_within_integrals_end_without_a_deadline() -> None:
    with pytest.raises(Unknown):
        value(parse_sympy(NESTED), {"w": acb(3)})


def test_a_double_integral_has_its_value() -> None:
    found = value(parse_sympy("Integral(Integral(x*y + w, (x, 0, 1)), (y, 0, 1))"), {"w": acb(3)})
    assert found.contains(acb(3.25))
    assert found.real.rad() < 1e-6
