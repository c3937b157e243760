"""Samples: the probability of a data set, `p(D) = \\prod_{x \\in D} p(x)`, and how many members it has."""

from __future__ import annotations

from collections.abc import Iterator

from derive.check.probability.heads import ALL, items, probability
from derive.check.probability.spelling import spelled_sample
from derive.meaning.form import ONE, Form, opaque, replace_at, subforms

__all__ = ["with_members"]

_SIZES = ("piece |\\mathrm{name0}|", "piece \\lvert\\mathrm{name0} \\rvert", "piece \\#\\mathrm{name0}")


def with_members(left: Form, right: Form) -> tuple[Form, Form, list[str]] | None:
    """Both sides with a set that is summed over taken apart, and what has to hold; None where there is no such set.

    Where its members are drawn independently, the probability of all of them is the product of their probabilities;
    the size of a set is the sum of 1 over its members.
    """
    sides, words = (left, right), list[str]()
    for whole, letter, bounds in dict.fromkeys(_sets(left, right)):
        for part in dict.fromkeys((*subforms(left), *subforms(right))):
            if part.head == "call" and part.name in _SIZES and part.parts == (whole,):
                members = Form("sum", (ONE, letter, bounds, ALL))
            elif part.head == "probability" and items(part.args[1]) == (whole,):
                family, _, given, by = part.args
                each = probability(family, (letter,), items(given), items(by))
                members = Form("prod", (each, letter, bounds, ALL))
                words.append(spelled_sample(whole, items(given)))
            else:
                continue
            sides = replace_at(sides[0], part, members), replace_at(sides[1], part, members)
    return None if sides == (left, right) else (*sides, list(dict.fromkeys(words)))


def _sets(left: Form, right: Form) -> Iterator[tuple[Form, Form, Form]]:
    """The names of sets that are summed over, the letter that runs and its bounds; of pairs nothing is known."""
    sums = [part for side in (left, right) for part in subforms(side) if part.head in ("sum", "prod")]
    for part in sums:
        body, letter, bounds, _ = part.args
        if bounds.head != "opaque" or bounds.args[0] != "range in" or len(bounds.args[1].parts) != 1:
            continue
        if any(inner.head == "sum" and inner.args[2] == bounds for inner in subforms(body)):
            return
        (whole,) = bounds.args[1].parts
        yield whole, letter, opaque("range in", bounds.args[1])
