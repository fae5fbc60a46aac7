"""Experiments of the chapter 'history'."""
