"""Claims of the GPU chapter."""
