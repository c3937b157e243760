"""The algebra of probability: densities, expectations, sums over all values, and what is equal by their laws."""
