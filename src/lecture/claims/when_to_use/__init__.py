"""Claims of the chapter 'when to use'."""
