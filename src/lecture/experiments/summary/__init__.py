"""Experiments of the chapter 'summary'."""
