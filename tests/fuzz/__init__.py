"""Fuzzing the verifier: claims true by construction, mutants of them, and claims with an assumption weakened."""
