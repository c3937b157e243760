"""What verification says of a claim: status, method, trust, conditions, counterexample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from derive.meaning.form import Form

Status = Literal["proved", "conditional", "attested", "refuted", "undecided", "assumed", "unread", "skipped"]
Trust = Literal["coq", "kernel", "exact", "cas", "none"]

STATUSES: tuple[Status, ...] = (
    "proved", "conditional", "attested", "refuted", "undecided", "assumed", "unread", "skipped",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A point of the domain where the claim fails: exact values by name, and both sides there as text.

    For equations `note` says whether a solution is gained or lost.
    """

    point: tuple[tuple[str, Form], ...]
    left: str = ""
    right: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one claim.

    `by` names the rung that decided (`"normal form"`); `conditions` are the statements under which the claim
    holds and which the context does not grant; `holds_if` is the largest simple condition found for a refuted
    claim; `note` is one sentence for the reader; `certificate` is what the kernel replayed: `field`, `given`, `where`,
    `goal` and `proof`, in tuples of texts and integers.
    """

    status: Status
    by: str = ""
    trust: Trust = "none"
    conditions: tuple[Form, ...] = ()
    counterexample: Counterexample | None = None
    holds_if: Form | None = None
    note: str = ""
    second_opinion: Literal["agrees", "differs", "unknown", ""] = ""
    certificate: Mapping[str, Any] | None = field(default=None, hash=False)

    @property
    def holds(self) -> bool:
        """Whether a page may print the claim: proved (maybe under printed conditions), or given."""
        return self.status in ("proved", "conditional", "assumed")
