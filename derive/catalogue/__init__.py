"""The pages that come with derive."""
