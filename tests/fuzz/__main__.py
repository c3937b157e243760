"""`python -m tests.fuzz --claims 100000`: the fuzz gate at any length; exits 1 when a verdict was wrong."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.campaign import campaign


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--claims", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    outcome = campaign(options.claims, options.seed)
    print(outcome.table())
    for wrong in outcome.wrong:
        print("WRONG:", wrong)
    return 1 if outcome.wrong else 0


sys.exit(main())
