"""The data in the middle: contexts, claims, rules, steps, derivations and verdicts, all frozen."""
