"""From derivations and reports to pages, through templates that see only plain data."""
