"""How much of the equations in a folder of notes is proved: `python -m tests.bench.coverage FOLDER [--show CODE]`.

Counted are links by `=` or `\\equiv` that the page does not make true by saying them: definitions, givens and what the
author skips are left out; what needs a premise or cannot be read is not.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

from derive.check.files import find_files
from derive.check.run import check_sources
from derive.check.settings import Settings
from derive.check.sources import sources_of

EQUALITIES = ("=", "\\equiv")
UNCOUNTED = ("assumed", "skipped")


def main() -> int:
    """Print one row for each folder below the given ones, and with `--show` a sample of steps with that code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.coverage", description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--show", metavar="CODE", help="show steps with this code or status")
    parser.add_argument("--grep", default="", help="of these, those whose place or message has this in it")
    parser.add_argument("--sample", type=int, default=40, help="how many of them (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    shown: list[str] = []
    roots = [Path(path) for path in options.paths]
    for file in check_sources(sources_of(find_files(options.paths)), Settings(cache="")).files:
        folder = _folder(Path(file.path), roots)
        for step in file.steps:
            word = step.code or step.status
            if step.relation in EQUALITIES and step.status not in UNCOUNTED:
                tallies[folder][word] += 1
            place = f"{folder}/{Path(file.path).name}:{step.place.line}"
            line = f"{place}: {word}: {step.before}  {step.relation}  {step.after}   [{step.message}]".replace(
                "\n", " "
            )
            if word == options.show and options.grep in line:
                shown.append(line)
    for folder, tally in sorted(tallies.items()):
        print(_row(folder, tally))
    print(_row("all", sum(tallies.values(), Counter())))
    count = min(len(shown), options.sample or len(shown))
    for line in random.Random(options.seed).sample(shown, count):
        print(line)
    return 0


def _folder(path: Path, roots: list[Path]) -> str:
    """The first folder of a file below one of the roots."""
    for root in roots:
        if path.is_relative_to(root) and path != root:
            return path.relative_to(root).parts[0]
    return path.name


def _row(name: str, tally: Counter[str]) -> str:
    held = tally["proved"] + tally["DRV201"]
    total = tally.total() or 1
    rest = ", ".join(f"{word} {n}" for word, n in sorted(tally.items()))
    return f"{held / total:6.1%} of {total:5}  {name[:28]:28}  {rest}"


if __name__ == "__main__":
    sys.exit(main())
