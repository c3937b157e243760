"""From a question to steps: matching, rewriting, solving, differentiating."""
