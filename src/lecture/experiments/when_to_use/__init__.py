"""Experiments of the chapter 'when to use'."""
