"""Each known function on balls, by name."""

from __future__ import annotations

from derive.verify.ballelementary import ELEMENTARY, exp_of, log_of
from derive.verify.ballsense import Function, Sense, Undefined, Unknown, exact_integer, real_part
from derive.verify.ballspecial import SPECIAL

__all__ = ["FUNCTIONS", "Sense", "Undefined", "Unknown", "exact_integer", "exp_of", "log_of", "real_part"]

FUNCTIONS: dict[str, Function] = ELEMENTARY | SPECIAL
