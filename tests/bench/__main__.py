"""`make bench`: the commands beside `import sympy`, the verifier beside SymPy and SymEngine, and a batch of claims.

Run as `python -m tests.bench [--claims 10000]`.  Ratios, because seconds say more about a machine than about a program.
"""

from __future__ import annotations

import argparse
import sys

from tests.bench import batch, commands, systems


def main() -> int:
    """Print the three tables; the exit status says whether every figure with a limit keeps it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000, help="claims in the batch")
    options = parser.parse_args()
    kept = [commands.table(), systems.table(), batch.table(options.claims)]
    return 0 if all(kept) else 1


sys.exit(main())
