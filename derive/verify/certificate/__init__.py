"""Certificates for the proof kernel: statements of claims, and proofs found for them."""
