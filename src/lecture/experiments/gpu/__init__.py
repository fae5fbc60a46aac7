"""Experiments of the chapter 'gpu'."""
