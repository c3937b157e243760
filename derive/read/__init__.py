"""From a document to claims: formulas with their places, chains, and context from prose."""
