"""The fuzz gate: over two thousand seeded claims no verdict may be wrong."""

import pytest

from tests.fuzz.campaign import campaign


@pytest.mark.parametrize("seed", range(1, 5))
def test_no_verdict_is_wrong(seed: int) -> None:
    outcome = campaign(520, seed)
    assert outcome.wrong == []


def test_the_gate_decides_most_of_what_it_is_given() -> None:
    outcome = campaign(150, 11)
    proved = sum(count for (family, status), count in outcome.tally.items() if (family, status) == ("true", "proved"))
    refuted = sum(c for (family, status), c in outcome.tally.items() if (family, status) == ("mutant", "refuted"))
    assert proved >= 30
    assert refuted >= 30
