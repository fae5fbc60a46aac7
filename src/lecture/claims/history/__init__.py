"""Claims of the history chapter."""
