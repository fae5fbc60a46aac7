"""Claims of the outlook."""
