"""The checker: from the formulas of a document to claims, verdicts, and a report like a linter's."""
