"""Claims of the summary."""
