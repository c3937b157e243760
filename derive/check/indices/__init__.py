"""Index notation: products of vectors and matrices told as sums over the indices of their entries, and back."""
