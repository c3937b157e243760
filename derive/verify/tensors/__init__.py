"""Identities between vectors and matrices of symbolic shape, their gradients, and sums over their entries."""

from derive.verify.tensors.rung import tensors

__all__ = ["tensors"]
