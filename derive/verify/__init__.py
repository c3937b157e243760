"""From a claim to a verdict: the ladder of verification, cheapest rung first."""
