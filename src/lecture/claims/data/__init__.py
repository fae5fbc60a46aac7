"""Claims of the data chapter."""
