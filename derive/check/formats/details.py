"""What is said of a finding below its sentence: the point and both values, and the correction."""

from __future__ import annotations

from derive.check.result import CheckedStep

__all__ = ["details", "summary"]


def details(step: CheckedStep) -> tuple[str, ...]:
    """The lines below a finding, the values indented under their point; none where there is nothing to add."""
    lines: list[str] = []
    failure = step.counterexample
    if failure is not None:
        at = ", ".join(f"{name} = {value}" for name, value in failure.point)
        lines.append(f"at {at}:" if at else "the values:")
        if failure.left or failure.right:
            lines += [f"  left   {failure.left}", f"  right  {failure.right}"]
        if failure.note:
            lines.append(f"  {failure.note}")
    if step.correction:
        lines.append(f"it is true with: {step.correction}")
    return tuple(lines)


def summary(step: CheckedStep) -> str:
    """The sentence of a finding and its details, for reports that have no source line beside them."""
    return "\n".join((step.message or step.status, *details(step)))
